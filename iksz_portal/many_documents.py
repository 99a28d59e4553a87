"""A hundred thousand made-up positions with their documents in the search: what the bench asks.

Words are as frequent as in a language: few in nearly every text, most in hardly any.
"""

import random
from collections.abc import Iterator
from datetime import date, timedelta

from django.db import transaction

from core import clock
from core.search.keeping import document_of
from core.search.models import SearchDocument
from core.search.sources import EVERYBODY, Entry, Words
from iksz_portal.searching import SEARCH
from positions.choices import Kind, State
from positions.models import Position
from sections.models import Section

CHUNK = 1000
FIRST_NUMBER = 1000
WORDS_IN_TEXT = 120
COMMON, HALF, TENTH = "könyvtár", "olvasó", "pályázat"
"""In every text, in every second and in every tenth."""
SYLLABLES = [first + last for first in "bcdfghklmnprst" for last in "aeo"]


def rare(number: int) -> str:
    """A word that only the position of this number has."""
    return f"ritka{number}szo"


def make(section: Section, count: int, *, author: int) -> int:
    """So many more, by themselves the same on every database; how many documents there are."""
    chance, vocabulary = random.Random(1), _vocabulary()  # noqa: S311 -- no secret
    for start in range(0, count, CHUNK):
        numbers = range(start, min(start + CHUNK, count))
        with transaction.atomic():
            made = Position.objects.bulk_create(
                _position(section, number, author) for number in numbers
            )
            SearchDocument.objects.bulk_create(_documents(made, chance, vocabulary))
    return SearchDocument.objects.count()


def _vocabulary() -> list[str]:
    pairs = [f"{first}{second}" for first in SYLLABLES for second in SYLLABLES]
    return [f"{pair}{last}r" for pair in pairs for last in SYLLABLES[:12]]


def _position(section: Section, number: int, author: int) -> Position:
    """Three of four are public; the others are the section's."""
    day = date(clock.today().year, 1, 1) - timedelta(days=number // 5)
    moment = clock.end_of_day(day)
    return Position(
        section=section,
        year=day.year,
        number=FIRST_NUMBER + number,
        kind=Kind.OPINION,
        title=f"Kitalált vélemény {number}",
        status=State.SUBMITTED if number % 4 else State.CONSULTATION,
        created_by_id=author,
        created_at=moment,
        shared_at=moment,
        published_at=moment if number % 4 else None,
    )


def _documents(made, chance, vocabulary) -> Iterator[SearchDocument]:
    source = SEARCH.sources["position"]
    for position in made:
        number = position.number - FIRST_NUMBER
        ranks = (int(len(vocabulary) ** chance.random()) - 1 for _word in range(WORDS_IN_TEXT))
        said = [COMMON, rare(number), *(vocabulary[rank] for rank in ranks)]
        said += [HALF] * (number % 2 == 0) + [TENTH] * (number % 10 == 0)
        chance.shuffle(said)
        entry = Entry(
            key=position.pk,
            words={"": Words(position.title, " ".join(said))},
            address=position.reference,
            reference=position.reference,
            scopes=[f"section{position.section_id}", *([EVERYBODY] if position.is_public else [])],
            section=position.section_id,
            state=position.status,
            year=position.year,
            day=clock.day_of(position.created_at),
        )
        yield document_of(source, entry)
