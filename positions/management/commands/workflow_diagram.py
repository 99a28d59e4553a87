from django.core.management.base import BaseCommand

from positions.workflow_page import FILE, page


class Command(BaseCommand):
    help = "Write docs/positions-workflow.md from the table of the moves."

    def handle(self, **options):
        FILE.write_text(page())
        self.stdout.write(f"{FILE} is current.")
