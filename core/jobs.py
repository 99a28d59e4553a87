"""Work that takes too long for a page: asked for in a transaction, done by the worker.

A room keeps a row of a model under `core.models.Job` for each wish, and a task that hands the row
to a function doing the work (the recipe is in `docs/architecture.md`). The task is queued in the
transaction that makes the row: rolled back, it never runs. It may run twice, when a worker dies at
it, so it must lead to the same result; and it must end well within the LEASE.
"""

import logging
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import override
from django_tasks import TaskContext, TaskResultStatus
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from core import clock
from core.models import Job, Stage

log = logging.getLogger("portal")

LEASE = timedelta(minutes=5)
"""A task running longer belonged to a worker that is gone."""
ATTEMPTS = 3
RESULTS_ARE_KEPT = timedelta(days=7)

Tell = Callable[[int], Any]
Work = Callable[[Any, Tell], None]


class Fault(Exception):
    """The work cannot be done, for a reason that the person is told: one sentence, translated."""


# Doing -------------------------------------------------------------------------------------


def carry_out(context: TaskContext, jobs: QuerySet, pk: int, work: Work) -> None:
    """Let `work(job, tell)` do the job and set the job's own fields; keep how it ended.

    `tell(40)` says that it is done by 40 per cent. A `Fault` becomes the sentence that the person
    reads, anything else a plain apology and a line in the log. Runs outside of any transaction, so
    that nobody waits for the database while a document is converted.
    """
    job = jobs.exclude(stage__in={Stage.READY, Stage.FAILED}).filter(pk=pk).first()
    if job is None:
        return
    with override(job.told_in):
        fault = _fault_of(job, context.attempt, work)
    job.stage = Stage.FAILED if fault else Stage.READY
    job.fault = fault[:500]
    job.progress = job.progress if fault else 100
    job.ended_at = clock.now()
    job.save(force_update=True)


def _fault_of(job: Job, attempt: int, work: Work) -> str:
    """The sentence that says why it failed; empty if it did not."""
    rows = type(job)._base_manager.filter(pk=job.pk)
    if attempt > ATTEMPTS:
        log.error("%s %s was given up after %s attempts.", job._meta.label, job.pk, ATTEMPTS)
        return _("This could not be finished, although it was tried several times.")
    rows.update(stage=Stage.WORKING, progress=0)
    try:
        work(job, lambda done: rows.update(progress=done))
    except Fault as fault:
        log.info("%s %s: %s", job._meta.label, job.pk, fault)
        return str(fault)
    except Exception:
        log.exception("%s %s failed.", job._meta.label, job.pk)
        return _("Something went wrong on our side. Please try it once more.")
    return ""


# The queue ---------------------------------------------------------------------------------


def run_one() -> bool:
    """Run the next waiting task, if there is one."""
    if not DBTaskResult.objects.ready().exists():  # looking takes no lock
        return False
    Worker(
        queue_names=["*"],
        excluded_queue_names=[],
        backend_name="default",
        worker_id="portal",
        interval=0,
        startup_delay=False,
        batch=True,
        max_tasks=1,
    ).run()
    return True


def take_up_again() -> int:
    """Put tasks whose worker died at them back into the queue."""
    lost = DBTaskResult.objects.running().filter(started_at__lt=clock.now() - LEASE)
    return lost.update(status=TaskResultStatus.READY)


def sweep() -> int:
    ended = DBTaskResult.objects.finished()
    return ended.filter(finished_at__lt=clock.now() - RESULTS_ARE_KEPT).delete()[0]
