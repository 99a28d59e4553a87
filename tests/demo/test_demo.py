from io import StringIO

import pytest
from django.core.management import call_command

from core import audit, clock
from core.models import AuditEntry, Mail
from iksz_portal import office_words
from iksz_portal.demo.cast import PASSWORD, SECTION_CODE
from members.models import (
    BarrierReport,
    Invitation,
    Library,
    Mandate,
    MembershipApplication,
    MistakeReport,
    Person,
    ProfileChange,
)
from positions import page, recount, remarks
from positions.amended import open_amendments, rivals
from positions.choices import (
    AmendmentKind,
    AmendmentState,
    Audience,
    Choice,
    Kind,
    MessageKind,
    PointResult,
    State,
)
from positions.clockwork import make_due_moves
from positions.models import (
    Amendment,
    Ballot,
    BoardDecision,
    Comment,
    Elector,
    Exclusion,
    Message,
    PointOutcome,
    Position,
    Support,
    Version,
    Vote,
)
from positions.workflow import WORKFLOW
from sections.models import Office, Section
from tests.cast import make_person

pytestmark = pytest.mark.xdist_group("demo")
MODELS = (Person, Library, Position, Version, Comment, Vote, BoardDecision, AuditEntry, Mail)


def demo():
    said = StringIO()
    call_command("demo", stdout=said)
    return said.getvalue()


def counts():
    return [model.objects.count() for model in MODELS]


@pytest.fixture
def loaded(shared_demo, db):
    pass


@pytest.fixture
def in_demo(settings):
    settings.DEMO = True


# What is there ---------------------------------------------------------------------------------


def test_there_is_a_position_in_every_state_and_of_every_kind(loaded):
    positions = Position.objects.values_list("status", "kind")

    assert {status for status, _kind in positions} == set(State.values)
    assert {kind for _status, kind in positions} == set(Kind.values)


def test_the_history_is_genuine_and_in_the_order_of_time(loaded):
    moments = list(AuditEntry.objects.order_by("seq").values_list("at", flat=True))

    assert audit.faults() == []
    assert moments == sorted(moments)
    assert moments[-1] < clock.now()


def test_every_move_in_the_history_is_a_row_of_the_table(loaded):
    moves = AuditEntry.objects.filter(action__in=WORKFLOW.moves, content_type__model="position")
    strange = [
        entry
        for entry in moves
        if entry.source not in WORKFLOW.moves[entry.action].sources
        or entry.target not in (WORKFLOW.moves[entry.action].targets() or {entry.source})
    ]

    assert {entry.action for entry in moves} == set(WORKFLOW.moves) - {"refuse_changes", "resume"}
    assert strange == []


def test_numbers_follow_the_order_in_which_they_were_given(loaded):
    started = list(Position.objects.order_by("created_at").values_list("year", "number"))
    decided = list(BoardDecision.objects.order_by("recorded_at").values_list("year", "number"))

    assert started == sorted(started)
    assert decided == sorted(decided)


def test_the_stories_take_their_turns(loaded):
    second = Ballot.objects.filter(kind="section", round=2)
    repeated, anew = second.filter(is_repeat=True), second.filter(is_repeat=False)
    overdue = [position for position in Position.objects.all() if position.is_overdue]
    authors = Version.objects.values_list("position", "author").distinct()

    assert {ballot.position.status for ballot in repeated} == {State.ADOPTED}
    assert {ballot.position.status for ballot in anew} == {State.CLOSED, State.SECTION_VOTE}
    assert [position.status for position in overdue] == [State.SUBMITTED]
    assert set(PointOutcome.objects.values_list("result", flat=True)) == {
        PointResult.ACCEPTED,
        PointResult.PARTLY,
        PointResult.REJECTED,
        PointResult.NO_ANSWER,
        PointResult.ENACTED,
    }
    assert BoardDecision.objects.filter(outvoted=True).count() == 1
    apart = [each for each in Exclusion.objects.all() if not each.is_declared]
    assert [each.position.status for each in apart] == [State.BOARD_REVIEW]
    sent_back = BoardDecision.objects.filter(point_reasons__isnull=False).distinct()
    assert [each.position.status for each in sent_back] == [State.RETURNED]
    assert Vote.objects.filter(choice=Choice.CONCERN).exclude(reason="").exists()
    assert Ballot.objects.exclude(annulled_at=None).count() == 4
    assert {message.kind for message in Message.objects.all()} == set(MessageKind)
    assert len(authors) > Position.objects.count()
    assert Comment.objects.exclude(paragraph=None).exists()


def test_one_vote_was_secret_one_still_is_and_two_libraries_took_no_part(loaded):
    secret = Ballot.objects.get(is_secret=True, closed_at__isnull=False)
    apart = Vote.objects.filter(choice=Choice.RECUSE, elector__ballot__kind="section")

    assert (secret.tally_yes, secret.tally_no, secret.tally_abstain) == (5, 1, 1)
    assert (secret.turnout, secret.electorate, secret.carries) == (8, 9, True)
    assert Ballot.objects.get(is_secret=True, closed_at=None).position.status == "section_vote"
    assert apart.count() == 2 == apart.exclude(reason="").count()
    assert list(recount.faults()) == []
    assert Section.objects.get(code=SECTION_CODE).votes_secretly is False


def test_comments_are_threads_of_every_sort(loaded):
    coordinator = Person.objects.get(email="coordinator@example.org")
    gone = Position.objects.get(status=State.CONSOLIDATION, title__contains="olvasójegyről")

    assert set(Comment.objects.values_list("audience", flat=True)) == set(Audience.values)
    assert Comment.objects.exclude(parent=None).count() == 3
    assert Comment.objects.exclude(resolved_at=None).count() == 2
    [older] = remarks.read(gone, coordinator, versions=page.versions(gone)).older
    assert (len(older.replies), older.answer) == (1, None)


def test_amendments_collide_are_supported_and_end_in_every_way(loaded):
    kinds = set(Amendment.objects.values_list("kind", flat=True))
    states = set(Amendment.objects.values_list("status", flat=True))
    open_text = Position.objects.get(title__contains="mintarendelet tervezetéről")

    assert kinds == set(AmendmentKind.values)
    assert states == set(AmendmentState.values)
    colliding = [each.number for each in open_amendments(open_text) if rivals_of(each)]
    assert colliding == [1, 2]
    assert Support.objects.filter(amendment__position=open_text).count() == 6
    voted_in = Amendment.objects.get(status=AmendmentState.CARRIED)
    assert voted_in.body in voted_in.position.current.body


def rivals_of(amendment):
    return rivals(open_amendments(amendment.position))[amendment.pk]


def test_nothing_falls_due_the_moment_it_is_loaded(loaded):
    assert make_due_moves() == 0


def test_paper_waits_for_the_staff(loaded):
    waiting = [
        ProfileChange.objects.waiting().count(),
        MembershipApplication.objects.count(),
        MistakeReport.objects.count(),
        BarrierReport.objects.count(),
        Invitation.objects.filter(accepted_at=None).count(),
    ]

    assert waiting == [1, 1, 1, 1, 1]


def test_no_letter_of_the_past_is_sent(loaded):
    assert Mail.objects.waiting().count() == 0


# Nobody real -----------------------------------------------------------------------------------


def test_nothing_is_said_in_the_name_of_a_real_library(loaded):
    real = Library.objects.exclude(name__contains="(kitalált)")

    assert real.count() == 18
    assert not Comment.objects.filter(library__in=real).exists()
    assert not Elector.objects.filter(library__in=real).exists()
    assert not ProfileChange.objects.filter(library__in=real).exists()
    assert set(Position.objects.values_list("section__code", flat=True)) == {"DEMO"}


def test_nobody_fictional_stands_for_a_real_library_or_section(loaded):
    real = Library.objects.filter(is_fictional=False)

    assert Mandate.objects.filter(library__in=real).count() == 0
    assert Office.objects.exclude(section__code=SECTION_CODE).count() == 0


def test_everything_fictional_says_so(loaded):
    strangers = Person.objects.filter(is_fictional=False)
    titles = Position.objects.exclude(title__startswith="Minta: ")
    bodies = Version.objects.exclude(body__contains="Kitalált mintaszöveg")
    addressees = Position.objects.exclude(addressee=None).exclude(
        addressee__name_hu__contains="(kitalált)"
    )
    addresses = Person.objects.exclude(email__endswith="@example.org")

    rows = (strangers, titles, bodies, addressees, addresses)
    assert [row.count() for row in rows] == [0, 0, 0, 0, 0]
    assert "(kitalált)" in Section.objects.get(code="DEMO").name_hu


# The command -----------------------------------------------------------------------------------


def test_a_second_run_keeps_the_data_and_prints_the_sign_ins(loaded, in_demo, settings):
    settings.SITE_URL = "http://127.0.0.1:8123"
    before = counts()

    said = demo()

    assert counts() == before
    assert "The demo data is there already and stays as it is." in said
    for path in ("/", "/en/", "/sl/", "/admin/", "/design/"):
        assert f"http://127.0.0.1:8123{path}\n" in said
    assert PASSWORD in said
    for role in ("coordinator (DEMO)", "board chair", "superuser", "staff"):
        assert role.replace("board chair", "chair of the board") in said


def test_every_printed_sign_in_opens(loaded, in_demo):
    said = demo()
    printed = {word for word in said.split() if word.endswith("@example.org")}
    people = Person.objects.filter(email__in=printed)

    assert len(printed) == people.count() == 23
    assert all(person.check_password(PASSWORD) for person in people)


def test_people_added_to_a_loaded_demo_do_not_end_it(loaded, in_demo):
    make_person("newcomer")

    assert "stays as it is" in demo()


def test_every_act_has_its_words_in_the_back_office(demo):
    kinds = AuditEntry.objects.order_by().values_list(
        "content_type__app_label", "content_type__model", "action"
    )
    wordless = {
        (app, model, action)
        for app, model, action in kinds.distinct()
        if action not in {**office_words.ACTS.get(f"{app}.{model}", {}), **office_words.ON_ANYTHING}
    }

    assert wordless == set()
