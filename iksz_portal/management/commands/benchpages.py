import json
from datetime import date
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from core import clock
from iksz_portal.demo.cast import SECTION_CODE
from iksz_portal.demo.long_text import TITLE, make_long_position
from iksz_portal.ops.measuring import BARE
from iksz_portal.sixty_years import FIRST_NUMBER, IN_EVERY_TITLE
from members.choices import LibraryKind
from members.models import County, Library, Membership, Person
from positions.models import AuthorityFigures, Position
from sections.models import Section

SINCE = date(2010, 1, 1)


class Command(BaseCommand):
    help = "Print the addresses of the pages that the bench asks for, as JSON."

    def add_arguments(self, parser):
        parser.add_argument("--libraries", type=int, default=0, help="make so many more first")
        parser.add_argument(
            "--history", action="store_true", help="those a long history is told on"
        )

    def handle(self, *, libraries, history, **options):
        if not settings.BENCH:
            raise CommandError("This is for the bench's own database: ./portal bench")
        if libraries:
            make_libraries(libraries)
        with override(settings.LANGUAGE_CODE):
            pages = counted(of_history()) if history else addresses()
        self.stdout.write(json.dumps(pages))


def take_statistics():
    """As autovacuum does by itself within a minute, without a limit of time."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET statement_timeout = 0")
        cursor.execute("ANALYZE")


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
    """{name: (path, cookie)}; the pages of the longest text are those of its coordinator."""
    position = Position.objects.public().newest_first().first()
    public = {
        BARE: reverse("bench_bare"),
        "directory": reverse("members:directory"),
        "library": Library.objects.listed().in_order().first().get_absolute_url(),
        "position": position.get_absolute_url(),
    }
    long, cookie = longest_text(), cookie_of(Person.objects.get(email="coordinator@example.org"))
    inner = {
        "600 paragraphs": long.get_absolute_url(),
        "its redline": reverse("positions:compare", args=[long.reference]),
    }
    pages = {name: (path, "") for name, path in public.items()}
    return pages | {name: (path, cookie) for name, path in inner.items()}


def of_history():
    """The pages on which sixty years of one section are told, as whom they are read.

    Each shows as many rows after twenty positions as after twenty thousand: the common word is in
    every title, and no second page is asked for, which the few do not fill.
    """
    register, told = reverse("positions:register"), reverse("positions:accountability")
    authority = AuthorityFigures.objects.exclude(authority=None).order_by("authority").first()
    section = Section.objects.get(code=SECTION_CODE)
    seldom = section.positions.public().newest_first().filter(number__gte=FIRST_NUMBER)[5]
    read = {
        "register": register,
        "register, a rare word": f"{register}?q={seldom.reference}",
        "register, a common word": f"{register}?{urlencode({'q': IN_EVERY_TITLE})}",
        "accountability": told,
        "an authority": reverse("positions:authority", args=[authority.authority_id]),
        "resolutions": reverse("positions:resolutions"),
        "front page": reverse("home"),
        "section": section.get_absolute_url(),
    }
    pages = {f"{name}, visitor": (path, "") for name, path in read.items()}
    for role, email in (("coordinator", "coordinator"), ("board member", "board2")):
        cookie = cookie_of(Person.objects.get(email=f"{email}@example.org"))
        pages |= {f"{name}, {role}": (path, cookie) for name, path in read.items()}
    pages["board queue, board member"] = (reverse("positions:board_queue"), cookie)
    return pages


def counted(pages):
    """{name: (path, cookie, queries)}: how often each page asks the database."""
    return {name: (path, cookie, queries(path, cookie)) for name, (path, cookie) in pages.items()}


def queries(path, cookie):
    client, asked = Client(HTTP_HOST=urlsplit(settings.SITE_URL).netloc), []
    if cookie:
        client.cookies.load(cookie)
    client.get(path)  # the session's sign of life is written once a minute

    def count(execute, *query):
        asked.append(query[0])
        return execute(*query)

    with connection.execute_wrapper(count):
        client.get(path)
    return len(asked)


def longest_text():
    found = Position.objects.filter(title=TITLE).select_related("section").first()
    return found or make_long_position(closes_on=clock.days_after(clock.today(), 10))


def cookie_of(person):
    """Of a session in which the person is signed in."""
    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.save()
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}"
