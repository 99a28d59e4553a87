"""O-045: whatever is stored or written down, nobody can join a library to its secret choice.

Five libraries vote over the web in a known order, each time with the same choices among others of
them. All that is kept must be equal then, row by row, but for what is random.
"""

import json
import logging
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.db import connection, transaction

from core import typed
from core.logs import JsonFormatter
from core.models import OnceKey
from positions.choices import Action, Choice, State
from positions.models import Elector
from positions.workflow import WORKFLOW
from tests.cast import make_library, make_person, mandate, signed_in
from tests.positions.web import at

pytestmark = pytest.mark.usefixtures("db")

YES, NO, ABSTAIN = Choice.YES, Choice.NO, Choice.ABSTAIN
RANDOM = {
    "positions_seal": {"token"},
    "django_session": {"session_key", "session_data"},
}
"""Columns that differ from one run to the next by themselves; of sessions see `sessions`."""
FIRST_NUMBER = 100_000


@pytest.fixture
def voters(representatives, section, county):
    """One for each of the section's five libraries; all who take part have signed in before."""
    section.votes_secretly = True
    section.save()
    people = [*representatives]
    for number in (4, 5):
        library = make_library(county, number)
        section.memberships.create(library=library)
        people.append(mandate(make_person(f"voter{number}"), "representative", library))
    for person in people:
        signed_in(person)
    return people


def number_from_the_same():
    """PostgreSQL does not take numbers back that were given in a transaction undone."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT schemaname || '.' || sequencename FROM pg_sequences")
            for (name,) in cursor.fetchall():
                cursor.execute("SELECT setval(%s, %s)", [name, FIRST_NUMBER])


def sent(position, person, choice):
    """What the person's browser sends: the answer as the form offers it, in secret equally long."""
    ballot = position.ballots.get(closed_at=None)
    elector = ballot.electors.get(library=person.mandates.get().library_id)
    answer = f"{choice:.<7}" if ballot.is_secret else choice
    return at(position, "vote", ballot.pk), {f"elector{elector.pk}-choice": answer}


def vote(position, person, choice):
    address, form = sent(position, person, choice)
    return signed_in(person).post(address, form)


def kept():
    """Everything in every table and of every sequence, but what is random by itself.

    Sorted, as a row rewritten lies wherever there was room; a secret vote keeps one seal for all
    choices, whose place among rows tells nothing.
    """
    found = {}
    with connection.cursor() as cursor:
        for table in sorted(connection.introspection.table_names(cursor)):
            quoted = connection.ops.quote_name(table)
            cursor.execute(f"SELECT * FROM {quoted}")
            names = [column[0] for column in cursor.description]
            shown = [n for n, name in enumerate(names) if name not in RANDOM.get(table, ())]
            found[table] = sorted([str(row[n]) for n in shown] for row in cursor.fetchall())
        query = {
            "sqlite": "SELECT name, seq FROM sqlite_sequence ORDER BY name",
            "postgresql": "SELECT sequencename, last_value FROM pg_sequences ORDER BY 1",
        }[connection.vendor]
        cursor.execute(query)
        found["sequences"] = cursor.fetchall()
    return found | {"sessions": sessions()}


def sessions():
    """What they hold; their keys are random."""
    held = [session.get_decoded() for session in Session.objects.all()]
    return sorted(json.dumps(each, sort_keys=True, default=str) for each in held)


class Lines(logging.Handler):
    def __init__(self):
        super().__init__()
        self.read = []
        self.setFormatter(JsonFormatter())

    def emit(self, record):
        self.read.append(self.format(record))


@pytest.fixture
def log():
    """Every line that is logged anywhere, as JSON."""
    lines, loggers = Lines(), [logging.getLogger(name) for name in ("", "django", "security")]
    for logger in loggers:
        logger.addHandler(lines)
    yield lines.read
    for logger in loggers:
        logger.removeHandler(lines)


@pytest.fixture
def voting(way, voters):
    return way.to(State.SECTION_VOTE)


@pytest.fixture
def run(way, voting, voters, log):
    """`run(choices)`: what is kept while the vote runs, what is kept when it has closed, the log.

    Every run begins from the same rows in the same second, and is undone.
    """
    moment = voting.section_ballot.opened_at + timedelta(hours=1)

    def cast(choices):
        for person, choice in zip(voters, choices, strict=True):
            assert vote(voting, person, choice).url == at(voting)
        running = kept()
        WORKFLOW.perform(Action.CLOSE_VOTE, voting, by=way.cast("coordinator"))
        return running, kept(), list(log)

    def undone(choices):
        number_from_the_same()
        log.clear()
        with time_machine.travel(moment, tick=False), transaction.atomic():
            found = cast(choices)
            transaction.set_rollback(True)
        return found

    return undone


def differing(one, other):
    return {name for name in one if one[name] != other[name]}


def test_O_045_who_chose_what_makes_no_difference_to_anything_stored(run):
    some = run([YES, YES, YES, NO, ABSTAIN])
    others = run([ABSTAIN, NO, YES, YES, YES])

    for one, other in zip(some, others, strict=True):
        assert one == other
    assert differing(some[0], some[1]) >= {"positions_ballot", "positions_seal"}


def test_O_045_until_it_is_closed_not_even_the_numbers_do(run):
    all_yes, _closed, lines = run([YES] * 5)
    all_no, _closed, other_lines = run([NO] * 5)

    assert differing(all_yes, all_no) == set()
    assert lines == other_lines


def test_in_a_vote_by_name_the_same_look_finds_the_difference(section, voters, request):
    """So that the two tests above can fail."""
    section.votes_secretly = False
    section.save()
    run = request.getfixturevalue("run")

    some = run([YES, YES, YES, NO, ABSTAIN])
    others = run([ABSTAIN, NO, YES, YES, YES])

    found = differing(some[0], others[0])
    assert found == {"positions_vote"}
    assert differing(some[1], others[1]) >= found


# What a form leaves behind ---------------------------------------------------------------------


def test_a_secret_form_leaves_no_key_made_of_its_words(voting, voters):
    address, form = sent(voting, voters[0], YES)
    key = {"once": "6f1d1c2e-9f0b-4a57-8f5e-0c8f6c1f2a11"}

    first = signed_in(voters[0]).post(address, form | key)
    second = signed_in(voters[0]).post(address, form | key)

    assert (first.status_code, second.status_code) == (302, 409)
    assert OnceKey.objects.count() == 0


def test_what_is_typed_into_it_is_kept_nowhere(voting, voters, client):
    """Neither on the server when the session has run out, nor in the browser."""
    address, form = sent(voting, voters[0], YES)

    page = signed_in(voters[0]).get(address).content.decode()
    late = client.post(address, form)

    assert (typed.FIELD in page, 'name="once"' in page) == (False, False)
    assert '<form class="form-page" method="post" novalidate autocomplete="off">' in page
    assert (late.status_code, client.session.get(typed.KEY)) == (302, None)
    assert not Elector.objects.filter(took_part=True).exists()


def test_a_vote_by_name_is_still_kept_for_a_session_that_runs_out(way, voters, section):
    section.votes_secretly = False
    section.save()
    position = way.to(State.SECTION_VOTE)
    address, _form = sent(position, voters[0], YES)

    page = signed_in(voters[0]).get(address).content.decode()

    assert (typed.FIELD in page, 'name="once"' in page) == (True, True)


def test_every_answer_is_sent_equally_long(voting, voters):
    page = signed_in(voters[0]).get(sent(voting, voters[0], YES)[0])

    [form] = page.context["forms"]
    offered = [value for value, _label in form.fields["choice"].choices]
    assert {len(value) for value in offered} == {len("abstain")}
    assert [value.rstrip(".") for value in offered] == ["yes", "no", "abstain", "recuse"]


def test_the_answer_to_a_vote_is_the_same_whatever_was_voted(voting, voters):
    answers = [
        vote(voting, person, choice)
        for person, choice in zip(voters, [YES, NO, ABSTAIN, YES, NO], strict=True)
    ]

    seen = {
        (answer.status_code, answer.url, len(answer.content), answer.get("ETag", ""))
        for answer in answers
    }
    assert len(seen) == 1


# What the database writes down -----------------------------------------------------------------


SEGMENT, PAGE = 16 * 2**20, 8192
PAGE_HEADER, FIRST_PAGE_HEADER = 24, 40


def written_ahead(act):
    """The records that PostgreSQL writes into its log for this database while the act is done.

    Rows that earlier tests took back still lie in the pages, which it may write down as a whole:
    they are cleared away first.
    """
    with connection.cursor() as cursor:
        cursor.execute("VACUUM FULL")
        cursor.execute("SHOW data_directory")
        [folder] = cursor.fetchone()
        # The very first place of a file still bears the name of the one before it.
        name = "pg_walfile_name(lsn + 1)"
        place = f"SELECT lsn - '0/0', {name} FROM pg_current_wal_insert_lsn() AS lsn"
        cursor.execute(place)
        start, first = cursor.fetchone()
        act()
        cursor.execute(place)
        end, last = cursor.fetchone()
        cursor.execute("SELECT pg_switch_wal()")  # and it is all in the files
        cursor.execute(
            "SELECT name FROM pg_ls_waldir() WHERE name BETWEEN %s AND %s ORDER BY name",
            [first, last],
        )
        names = [name for (name,) in cursor.fetchall()]
        cursor.execute(
            "SELECT dattablespace, oid FROM pg_database WHERE datname = current_database()"
        )
        where = cursor.fetchone()
    log = b"".join((Path(folder) / "pg_wal" / name).read_bytes() for name in names)
    base = int(start) // SEGMENT * SEGMENT
    own = b"".join(number.to_bytes(4, "little") for number in where)
    return [record for record in records(log, int(start) - base, int(end) - base) if own in record]


def records(log, start, end):
    """What stands between two places of the log, without the headers of its pages.

    A record begins with its length, at a place that eight divides; zeros fill what was left over.
    """
    begun = start // PAGE * PAGE
    pages = []
    for page in range(begun, end, PAGE):
        header = PAGE_HEADER if page % SEGMENT else FIRST_PAGE_HEADER
        pages.append(log[max(page + header, start) : min(page + PAGE, end)])
    stream = b"".join(pages)
    at = 0
    while at < len(stream):
        length = int.from_bytes(stream[at : at + 4], "little")
        if length:
            yield stream[at : at + length]
        at += -(-length // 8) * 8 or 8


@pytest.mark.postgresql
@pytest.mark.xdist_group("written ahead")
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("secret", [True, False])
def test_O_045_what_is_written_ahead_names_no_choice(way, voters, section, secret):
    """Those of a vote by name are found there, so that this can fail."""
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no such log")
    section.votes_secretly = secret
    section.save()
    position = way.to(State.SECTION_VOTE)

    def cast():
        for person, choice in zip(voters, [ABSTAIN, NO, ABSTAIN, YES, YES], strict=True):
            address, form = sent(position, person, choice)
            assert signed_in(person).post(address, form).status_code == 302

    found = written_ahead(cast)

    assert len(found) > 50
    assert sum(b"abstain" in record for record in found) == (0 if secret else 2)
