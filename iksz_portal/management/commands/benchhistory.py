import time

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from iksz_portal import sixty_years
from iksz_portal.demo.cast import SECTION_CODE
from iksz_portal.management.commands.benchpages import take_statistics
from positions import publishing, recounting
from positions.models import Position, Vote
from positions.opendata import TABLES
from sections.models import Section


class Command(BaseCommand):
    help = "Make up so many positions that have gone their way, for the bench."

    def add_arguments(self, parser):
        parser.add_argument("--positions", type=int, required=True)

    def handle(self, *, positions, **options):
        if not settings.BENCH:
            raise CommandError("This is for the bench's own database: ./portal bench")
        start = time.monotonic()
        section = Section.objects.get(code=SECTION_CODE)
        before = Position.objects.filter(number__gte=sixty_years.FIRST_NUMBER).count()
        sixty_years.make(section, positions - before, before=before)
        take_statistics()
        made = time.monotonic()
        recount = recounting.recount()
        counted = time.monotonic()
        for table in TABLES.values():
            publishing.make(table, recount)
        self.stdout.write(
            f"{Position.objects.count()} positions and {Vote.objects.count()} votes, made in "
            f"{made - start:.0f} s; counted in {counted - made:.1f} s, the files of open data "
            f"written in {time.monotonic() - counted:.1f} s"
        )
