import logging
import signal
import threading
import time

from django.core.management.base import BaseCommand
from django.db import InterfaceError, OperationalError, close_old_connections

from iksz_portal import tasks

log = logging.getLogger("portal")

ROUND = 5
SECONDS_BETWEEN = ((tasks.send_mail, 5), (tasks.make_due_moves, 30), (tasks.sweep, 3600))


class Command(BaseCommand):
    help = "Sends letters and makes the moves that time makes, until it is told to stop."

    def add_arguments(self, parser):
        parser.add_argument("--once", action="store_true", help="one round of everything, then end")

    def handle(self, *args, once, **options):
        stop = threading.Event()
        if not once:
            for number in (signal.SIGTERM, signal.SIGINT):
                signal.signal(number, lambda *_ignored: stop.set())
        due = dict.fromkeys((task for task, _seconds in SECONDS_BETWEEN), 0.0)
        while not stop.is_set():
            for task, seconds in SECONDS_BETWEEN:
                if time.monotonic() >= due[task] and not stop.is_set():
                    due[task] = time.monotonic() + seconds
                    run(task)
            if once:
                break
            stop.wait(ROUND)


def run(task):
    """A database that is away is waited for; the next round tries again on a new connection."""
    close_old_connections()
    try:
        task()
    except (OperationalError, InterfaceError) as error:
        log.warning("%s waits for the database: %s", task.__name__, error)
    except Exception:
        log.exception("%s failed.", task.__name__)
    close_old_connections()
