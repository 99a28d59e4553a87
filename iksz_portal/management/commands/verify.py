import json
import sys

from django.core.management.base import BaseCommand

from core import soundness
from members import accessibility
from positions import recount

CHECKS = {
    **soundness.CHECKS,
    "ballots": recount.faults,
    "accessibility statement": accessibility.faults,
}


class Command(BaseCommand):
    help = "Looks whether everything kept is still whole; ends with 1 when something is not."

    def add_arguments(self, parser):
        parser.add_argument("--json", action="store_true", dest="as_json")

    def handle(self, *args, as_json, **options):
        found = {name: list(check()) for name, check in CHECKS.items()}
        if as_json:
            self.stdout.write(json.dumps(found, ensure_ascii=False))
        else:
            for name, faults in found.items():
                self.stdout.write(f"{name}: {'ok' if not faults else ''}".rstrip())
                for fault in faults:
                    self.stdout.write(f"  {fault}")
        if any(found.values()):
            sys.exit(1)
