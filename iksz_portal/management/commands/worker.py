import logging
import signal
import threading
import time

from django.core.management.base import BaseCommand
from django.db import InterfaceError, OperationalError, close_old_connections

from iksz_portal import tasks

log = logging.getLogger("portal")

ROUND = 5
SECONDS_BETWEEN = (
    (tasks.follow_changes, 5),
    (tasks.send_mail, 5),
    (tasks.make_due_moves, 30),
    (tasks.take_up_jobs_again, 60),
    (tasks.sweep, 3600),
)
SECONDS_WITHOUT_JOBS = 2
SECONDS_TO_FINISH = 8


class Command(BaseCommand):
    help = (
        "Sends letters, makes the moves that time makes, and does the long work that was asked "
        "for, until it is told to stop."
    )

    def add_arguments(self, parser):
        parser.add_argument("--once", action="store_true", help="one round of everything, then end")

    def handle(self, *args, once, **options):
        if once:
            one_round()
            return
        stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_ignored: stop.set())
        jobs = threading.Thread(target=take_jobs, args=[stop], daemon=True)
        jobs.start()
        keep_the_clock(stop)
        jobs.join(SECONDS_TO_FINISH)  # what is cut off is taken up again


def one_round():
    for task, _seconds in SECONDS_BETWEEN:
        run(task)
    while run(tasks.run_job):
        pass


def keep_the_clock(stop):
    due = dict.fromkeys((task for task, _seconds in SECONDS_BETWEEN), 0.0)
    while not stop.is_set():
        for task, seconds in SECONDS_BETWEEN:
            if time.monotonic() >= due[task] and not stop.is_set():
                due[task] = time.monotonic() + seconds
                run(task)
        stop.wait(ROUND)


def take_jobs(stop):
    """In a thread of its own: a long document holds up no letter and no deadline."""
    while not stop.is_set():
        if not run(tasks.run_job):
            stop.wait(SECONDS_WITHOUT_JOBS)


def run(task):
    """A database that is away is waited for; the next round tries again on a new connection."""
    close_old_connections()
    try:
        return task()
    except (OperationalError, InterfaceError) as error:
        log.warning("%s waits for the database: %s", task.__name__, error)
    except Exception:
        log.exception("%s failed.", task.__name__)
    finally:
        close_old_connections()
    return None
