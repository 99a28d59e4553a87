from django.core.management.base import BaseCommand

from iksz_portal import searching


class Command(BaseCommand):
    help = "Bring the index of the search up to date; run again it changes nothing."

    def handle(self, **options):
        self.stdout.write(searching.reindex())
