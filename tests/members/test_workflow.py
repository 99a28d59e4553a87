"""The expectation table of the three workflows, written by hand: state × move × role."""

import pytest

from core import audit
from core.workflow import NotAllowed, Overtaken, SomethingMissing
from members.actions import apply_for_membership, report_mistake
from members.choices import LibraryKind
from members.models import MembershipApplication, MistakeReport, ProfileChange
from members.workflow import APPLICATIONS, MISTAKES, PROFILE_CHANGES
from tests.members.profile import proposed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

# move: from, to, who may, whether words are necessary
APPLICATION_MOVES = {
    "approve": ("submitted", "approved", {"staff", "admin"}, False),
    "refuse": ("submitted", "refused", {"staff", "admin"}, True),
    "withdraw": ("submitted", "withdrawn", {"staff", "admin"}, True),
}
CHANGE_MOVES = {
    "approve": ("proposed", "approved", {"staff", "admin"}, False),
    "refuse": ("proposed", "refused", {"staff", "admin"}, True),
    "withdraw": ("proposed", "withdrawn", {"representative", "deputy"}, False),
}
REPORT_MOVES = {
    "settle": ("open", "settled", {"staff", "admin"}, False),
    "dismiss": ("open", "dismissed", {"staff", "admin"}, True),
}
TABLES = {
    "application": (APPLICATIONS, APPLICATION_MOVES),
    "change": (PROFILE_CHANGES, CHANGE_MOVES),
    "report": (MISTAKES, REPORT_MOVES),
}
ROLES = (
    "visitor",
    "stranger",
    "representative",
    "deputy",
    "other_representative",
    "former_representative",
    "left_representative",
    "coordinator",
    "board_secretary",
    "staff",
    "admin",
)


@pytest.fixture
def application(county):
    return apply_for_membership(
        library_name="Új Könyvtár",
        county=county,
        city="Baja",
        kind=LibraryKind.CITY,
        applicant_name="Kitalált Kérelmező",
        applicant_email="kerelmezo@example.org",
        statement="Szeretnénk.",
    )


@pytest.fixture
def change(library, representative):
    return proposed(library, representative, phone="+36 1 111 1111")


@pytest.fixture
def report(library):
    return report_mistake(library=library, text="Rossz a telefonszám.")


def cases():
    return [
        (kind, state, action, role)
        for kind, (workflow, moves) in TABLES.items()
        for state in workflow.states.values
        for action in moves
        for role in ROLES
    ]


def moved_to(thing, state, workflow, moves, staff, representative):
    """The thing led to the state by its real move."""
    for action, (source, target, who, _note) in moves.items():
        if target == state and thing.status == source:
            by = staff if "staff" in who else representative
            return workflow.perform(action, thing, by=by, note="because")
    return thing


def outcome_of(workflow, action, thing, *, by):
    try:
        return workflow.perform(action, thing, by=by, note="because").status
    except (NotAllowed, Overtaken) as refused:
        return type(refused).__name__


def expected(moves, action, state, role):
    source, target, who, _note = moves[action]
    if role not in who:
        return "NotAllowed"
    return target if state == source else "Overtaken"


@pytest.mark.parametrize(("kind", "state", "action", "role"), cases())
def test_the_table_holds(request, staff, representative, kind, state, action, role):
    workflow, moves = TABLES[kind]
    thing = request.getfixturevalue(kind)
    thing = moved_to(thing, state, workflow, moves, staff, representative)
    person = request.getfixturevalue(role)
    acts_before = audit.of(thing).count()

    outcome = outcome_of(workflow, action, thing, by=person)

    thing.refresh_from_db()
    done = outcome in workflow.states.values
    assert outcome == expected(moves, action, state, role)
    assert thing.status == (outcome if done else state)
    assert audit.of(thing).count() == acts_before + done


@pytest.mark.parametrize("kind", TABLES)
def test_the_table_is_complete(kind):
    workflow, moves = TABLES[kind]

    assert {move.action: (set(move.sources), move.targets()) for move in workflow} == {
        action: ({source}, {target}) for action, (source, target, _who, _note) in moves.items()
    }


@pytest.mark.parametrize(
    ("kind", "action"),
    [(kind, action) for kind, (_w, moves) in TABLES.items() for action in moves],
)
def test_a_refusal_needs_its_reason(request, staff, representative, kind, action):
    workflow, moves = TABLES[kind]
    _source, target, who, needs_words = moves[action]
    thing = request.getfixturevalue(kind)
    by = staff if "staff" in who else representative

    if needs_words:
        with pytest.raises(SomethingMissing) as missing:
            workflow.perform(action, thing, by=by, note="  ")
        assert (missing.value.field, missing.value.sentences) == (
            "note",
            ["Please give the reason."],
        )
    else:
        assert workflow.perform(action, thing, by=by).status == target


@pytest.mark.parametrize("kind", TABLES)
def test_staff_are_offered_their_moves(request, staff, kind):
    workflow, moves = TABLES[kind]
    thing = request.getfixturevalue(kind)

    offered = [offer.move.action for offer in workflow.offered_to(staff, thing)]

    assert offered == [action for action, (_s, _t, who, _n) in moves.items() if "staff" in who]


def test_a_step_decided_on_an_older_sight_is_overtaken(staff, change):
    with pytest.raises(Overtaken):
        PROFILE_CHANGES.perform("approve", change, by=staff, seen=change.step + 1)


@pytest.mark.parametrize("model", [MembershipApplication, ProfileChange, MistakeReport])
def test_everything_begins_waiting(model):
    workflow = {"membershipapplication": APPLICATIONS, "profilechange": PROFILE_CHANGES}.get(
        model._meta.model_name, MISTAKES
    )

    assert model._meta.get_field("status").default == workflow.states.values[0]
