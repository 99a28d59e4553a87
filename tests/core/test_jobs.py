"""Long work: queued in a transaction, done by the worker, told to the person in plain words."""

import threading
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connections, transaction
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from core import clock, jobs
from core.models import Stage
from iksz_portal import tasks
from positions.models import TextImport
from tests.jobs import run_jobs
from tests.people import a_person

pytestmark = pytest.mark.django_db


def read_aloud(job, tell):
    """Work of many faces, chosen by the name of the file."""
    tell(40)
    seen = TextImport.objects.get(pk=job.pk)
    job.body = f"{seen.stage} {seen.progress}"
    if job.name == "bad.docx":
        raise jobs.Fault("The file has no words in it.")
    if job.name == "broken.docx":
        raise RuntimeError("secret detail")


@task(takes_context=True)
def read_file(context, pk):
    jobs.carry_out(context, TextImport.objects.all(), pk, read_aloud)


@pytest.fixture
def anna():
    return a_person()


def queued(person, name="good.docx"):
    job = TextImport.objects.create(name=name, upload="x", requested_by=person)
    read_file.enqueue(job.pk)
    return job


def fresh(job):
    return TextImport.objects.get(pk=job.pk)


def test_a_job_waits_works_and_is_ready(anna):
    job = queued(anna)
    before = fresh(job).stage

    done = run_jobs()

    after = fresh(job)
    assert (before, done, after.stage, after.progress) == (Stage.WAITING, 1, Stage.READY, 100)
    assert (after.body, after.fault) == ("working 40", "")
    assert after.ended_at is not None


@pytest.mark.django_db(transaction=True)
def test_what_is_rolled_back_never_runs():
    anna = a_person()
    with pytest.raises(RuntimeError), transaction.atomic():
        queued(anna)
        raise RuntimeError

    assert (run_jobs(), TextImport.objects.count()) == (0, 0)


def test_a_fault_is_told_in_its_own_words(anna):
    job = queued(anna, "bad.docx")

    run_jobs()

    assert (fresh(job).stage, fresh(job).fault) == (Stage.FAILED, "The file has no words in it.")


def test_what_breaks_is_told_in_plain_words_and_its_details_are_in_the_log(anna, caplog):
    anna.language = "en"
    anna.save()
    job = queued(anna, "broken.docx")

    run_jobs()

    assert fresh(job).stage == Stage.FAILED
    assert fresh(job).fault == "Something went wrong on our side. Please try it once more."
    assert "secret detail" in caplog.text


def test_a_job_that_has_ended_is_not_done_again(anna):
    job = queued(anna)
    run_jobs()
    ended = fresh(job).ended_at
    read_file.enqueue(job.pk)

    run_jobs()

    assert fresh(job).ended_at == ended


def test_a_job_that_is_gone_is_nobodys_fault(anna):
    job = queued(anna)
    job.delete()

    run_jobs()

    assert [result.status for result in DBTaskResult.objects.all()] == [TaskResultStatus.SUCCESSFUL]


# A worker that dies ----------------------------------------------------------------------------


def killed_at(job, *, attempts=1, before=timedelta(minutes=6)):
    """The worker took the task and was not heard of again."""
    started = clock.now() - before
    DBTaskResult.objects.update(
        status=TaskResultStatus.RUNNING, started_at=started, worker_ids=["portal"] * attempts
    )
    TextImport.objects.filter(pk=job.pk).update(stage=Stage.WORKING, progress=70)


def test_what_a_killed_worker_left_is_taken_up_again(anna):
    job = queued(anna)
    killed_at(job)

    taken = jobs.take_up_again()
    run_jobs()

    assert (taken, fresh(job).stage) == (1, Stage.READY)


def test_what_is_still_worked_on_is_left_alone(anna):
    job = queued(anna)
    killed_at(job, before=timedelta(minutes=4))

    assert (jobs.take_up_again(), run_jobs(), fresh(job).stage) == (0, 0, Stage.WORKING)


def test_what_kills_its_worker_again_and_again_is_given_up(anna, caplog):
    job = queued(anna)
    killed_at(job, attempts=3)

    jobs.take_up_again()
    run_jobs()

    assert fresh(job).stage == Stage.FAILED
    assert "was given up after 3 attempts" in caplog.text


def test_traces_of_old_work_are_swept_away(anna):
    for _number in range(2):
        queued(anna)
    run_jobs()
    old = DBTaskResult.objects.order_by("enqueued_at").first()
    long_ago = clock.now() - timedelta(days=8)
    DBTaskResult.objects.filter(pk=old.pk).update(finished_at=long_ago)

    swept = tasks.sweep()

    assert (swept, DBTaskResult.objects.count()) == (1, 1)


# The worker ------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_one_round_of_the_worker_does_all_that_waits():
    anna = a_person()
    all_of_them = [queued(anna), queued(anna, "bad.docx"), queued(anna)]

    call_command("worker", once=True)

    assert [fresh(job).stage for job in all_of_them] == [Stage.READY, Stage.FAILED, Stage.READY]


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_four_workers_do_every_job_once():
    anna = a_person()
    all_of_them = [queued(anna) for _number in range(20)]
    done = []

    def work():
        try:
            done.append(run_jobs())
        finally:
            connections.close_all()

    workers = [threading.Thread(target=work) for _number in range(4)]
    for thread in workers:
        thread.start()
    for thread in workers:
        thread.join()

    assert {fresh(job).stage for job in all_of_them} == {Stage.READY}
    assert [len(result.worker_ids) for result in DBTaskResult.objects.all()] == [1] * 20


def test_a_page_does_not_ask_for_ever(anna):
    job = queued(anna)
    soon, late = (clock.now() + timedelta(minutes=minutes) for minutes in (14, 16))

    with clock.at(soon):
        early = job.is_watched
    with clock.at(late):
        at_last = job.is_watched
    job.stage = Stage.READY

    assert (early, at_last, job.is_watched) == (True, False, False)
