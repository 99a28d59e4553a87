from django.core.management.base import BaseCommand
from django.db import transaction

from iksz_portal import searching, seeding


class Command(BaseCommand):
    help = "Load the published data; run again it adds what is new and changes nothing else."

    def handle(self, **options):
        with transaction.atomic():
            for line in seeding.load():
                self.stdout.write(line)
        self.stdout.write(searching.reindex())
