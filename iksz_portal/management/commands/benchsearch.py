import json
import time
from urllib.parse import urlencode

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.urls import reverse
from django.utils.translation import override

from core.search import index
from iksz_portal.demo.cast import SECTION_CODE
from iksz_portal.management.commands.benchpages import cookie_of, queries, take_statistics
from iksz_portal.many_documents import COMMON, HALF, TENTH, make, rare
from iksz_portal.ops.measuring import BARE
from members.models import Person
from sections.models import Section

ASKED = {
    "no question": {},
    "a rare word": {"q": rare(50_001)},
    "a word of all": {"q": COMMON},
    "a word of half": {"q": HALF},
    "a word of a tenth": {"q": TENTH},
    "two words": {"q": f"{HALF} {TENTH}"},
    "two words, one rare": {"q": f"{COMMON} {rare(50_001)}"},
    "a common prefix": {"q": "kön"},
    "a rare prefix": {"q": "ritka5000"},
    "a facet of all": {"q": COMMON, "kind": "position", "year": "2000"},
    "a misspelt name": {"q": "Kecskmét"},
    "nothing there": {"q": "nincsilyenszo"},
}


class Command(BaseCommand):
    help = "Make up so many documents for the search, and print the pages the bench asks for."

    def add_arguments(self, parser):
        parser.add_argument("--documents", type=int, required=True)

    def handle(self, *, documents, **options):
        if not settings.BENCH:
            raise CommandError("This is for the bench's own database: ./portal bench")
        section = Section.objects.get(code=SECTION_CODE)
        member = Person.objects.get(email="representative1@example.org")
        start = time.monotonic()
        count = make(section, documents, author=member.pk)
        take_statistics()
        index.tidy(connection)  # as the worker does every hour
        told = f"{count} documents, made in {time.monotonic() - start:.0f} s"
        with override(settings.LANGUAGE_CODE):
            self.stdout.write(json.dumps({"told": told, "pages": pages(cookie_of(member))}))


def pages(cookie):
    """{name: (path, cookie, queries)}"""
    found = {BARE: (reverse("bench_bare"), "", 0)}
    for reader, of_reader in (("visitor", ""), ("member", cookie)):
        for name, asked in ASKED.items():
            path = f"{reverse('search:page')}?{urlencode(asked)}".rstrip("?")
            found[f"{name}, {reader}"] = (path, of_reader, queries(path, of_reader))
    return found
