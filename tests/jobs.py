"""Long work in tests: it waits in the queue until a test lets the worker do it."""

from unittest import mock

from iksz_portal import tasks

IN_THE_WORKER = "django_tasks_db.management.commands.db_worker"


def run_jobs():
    """Do everything that is queued, one after the other; returns how many tasks that were.

    The worker lets go of its connection between tasks; a test needs the one it has.
    """
    done = 0
    with mock.patch(f"{IN_THE_WORKER}.close_old_connections"):
        while tasks.run_job():
            done += 1
    return done
