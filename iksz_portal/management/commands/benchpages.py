import json
from datetime import date

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse
from django.utils.translation import override

from members.choices import LibraryKind
from members.models import County, Library, Membership
from positions.models import Position

SINCE = date(2010, 1, 1)


class Command(BaseCommand):
    help = "Print the addresses of the pages that the bench asks for, as JSON."

    def add_arguments(self, parser):
        parser.add_argument("--libraries", type=int, default=0, help="make so many more first")

    def handle(self, *, libraries, **options):
        if not settings.BENCH:
            raise CommandError("This is for the bench's own database: ./portal bench")
        if libraries:
            make_libraries(libraries)
        with override(settings.LANGUAGE_CODE):
            pages = addresses()
        self.stdout.write(json.dumps(pages))


def make_libraries(count):
    counties = list(County.objects.all())
    made = Library.objects.bulk_create(
        (
            Library(
                name=f"Kitalált Könyvtár {number}",
                slug=f"kitalalt-{number}",
                county=counties[number % len(counties)],
                city="Kitalált",
                kind=LibraryKind.values[number % len(LibraryKind.values)],
            )
            for number in range(count)
        ),
        batch_size=1000,
    )
    Membership.objects.bulk_create(
        (Membership(library=library, started_on=SINCE) for library in made), batch_size=1000
    )


def addresses():
    position = Position.objects.public().newest_first().first()
    return {
        "bare view": reverse("bench_bare"),
        "directory": reverse("members:directory"),
        "library": Library.objects.listed().in_order().first().get_absolute_url(),
        "position": position.get_absolute_url(),
    }
