"""What libraries say of a text: who may, when, and on which version."""

from contextlib import nullcontext

import pytest

from core import audit
from core.models import AuditEntry
from core.workflow import NotAllowed, Overtaken, SomethingMissing
from positions import endorsing
from positions.choices import DISSENTABLE, ENDORSABLE, Choice, State
from positions.endorsing import SaidMeanwhile
from positions.models import Endorsement, MinorityOpinion, Position
from sections.models import SectionMembership
from tests.cast import yesterday

pytestmark = pytest.mark.usefixtures("english")


def endorse(position, library, by, reservation="", **facts):
    facts = {"version": position.current, **facts}
    return endorsing.endorse(library=library, by=by, reservation=reservation, **facts)


def dissent(position, library, by, text="Too costly.", **facts):
    ballot = position.section_ballot
    version = ballot.version if ballot else position.current
    facts = {"version": version, "goes_public": False, **facts}
    return endorsing.file_opinion(library=library, by=by, text=text, **facts)


def given():
    """Library, version number and reservation of each endorsement that stands."""
    rows = Endorsement.objects.standing().order_by("pk")
    return list(rows.values_list("library__name", "version__number", "reservation"))


# Who and when ------------------------------------------------------------------------------------

ALLOWED = nullcontext()
REFUSED = pytest.raises(NotAllowed)


@pytest.mark.parametrize(
    ("who", "outcome"),
    [
        ("representative", ALLOWED),
        ("deputy", ALLOWED),
        ("other_representative", REFUSED),
        ("drafter", REFUSED),
        ("former_representative", REFUSED),
        ("foreign_representative", REFUSED),
        ("coordinator", REFUSED),
        ("board_member", REFUSED),
        ("board_secretary", REFUSED),
        ("staff", REFUSED),
        ("admin", REFUSED),
        ("stranger", REFUSED),
        ("visitor", REFUSED),
    ],
)
def test_a_library_speaks_by_those_who_act_for_it_today(who, outcome, way, library, request):
    position = way.to(State.SECTION_VOTE)
    person = request.getfixturevalue(who)

    with outcome:
        endorsement = endorse(position, library, person)
        endorsing.withdraw_endorsement(endorsement=endorsement, by=person)
        opinion = dissent(position, library, person)
        endorsing.withdraw_opinion(opinion=opinion, by=person)

    said = Endorsement.objects.count() + MinorityOpinion.objects.count()
    assert said == (2 if outcome is ALLOWED else 0)


@pytest.mark.parametrize("state", State)
def test_O_039_it_is_said_while_the_text_may_go_on(state, way, library, representative):
    """The states are those of the plan, written out: not read from the code."""
    endorsable = {
        State.CONSULTATION,
        State.CONSOLIDATION,
        State.SECTION_VOTE,
        State.ADOPTED,
        State.FORWARDED,
        State.BOARD_REVIEW,
        State.RETURNED,
        State.CHANGES_PROPOSED,
        State.ACCEPTED,
    }
    dissentable = endorsable - {State.CONSULTATION, State.CONSOLIDATION}
    position = way.to(state)

    found = set()
    for name, act in (("endorse", endorse), ("dissent", dissent)):
        entries = AuditEntry.objects.count()
        try:
            made = act(position, library, representative)
        except Overtaken:
            assert AuditEntry.objects.count() == entries
            continue
        made.delete()
        found.add(name)

    assert ("endorse" in found, "dissent" in found) == (state in endorsable, state in dissentable)
    assert (endorsable, dissentable) == (ENDORSABLE, DISSENTABLE)


@pytest.mark.parametrize("state", [State.SUBMITTED, State.CLOSED, State.WITHDRAWN, State.REJECTED])
def test_what_was_said_cannot_be_taken_back_after_the_end(
    state, way, libraries, representative, other_representative
):
    position = way.to(State.SECTION_VOTE)
    endorsement = endorse(position, libraries[0], representative)
    opinion = dissent(position, libraries[1], other_representative)
    way.withdraw(position) if state == State.WITHDRAWN else way.to(state, position)

    with pytest.raises(Overtaken):
        endorsing.withdraw_endorsement(endorsement=endorsement, by=representative)
    with pytest.raises(Overtaken):
        endorsing.withdraw_opinion(opinion=opinion, by=other_representative)


def test_a_library_that_left_the_section_says_nothing_any_more(way, library, representative):
    position = way.to(State.CONSULTATION)
    SectionMembership.objects.filter(library=library).update(ended_on=yesterday())

    with REFUSED:
        endorse(position, library, representative)


def test_O_037_a_right_ends_with_its_mandate(way, library, representative):
    position = way.to(State.CONSULTATION)
    endorsement = endorse(position, library, representative)
    representative.mandates.update(ended_on=yesterday())
    representative.__dict__.pop("_standing")
    representative.__dict__.pop("_mandates")

    with REFUSED:
        endorsing.withdraw_endorsement(endorsement=endorsement, by=representative)

    assert given() == [("Library 1", 1, "")]


# Endorsements ------------------------------------------------------------------------------------


def test_an_endorsement_belongs_to_the_version_and_is_in_the_chain(way, library, representative):
    position = way.to(State.CONSULTATION)

    endorsement = endorse(position, library, representative, " Only if it is cheap. ")

    entry = audit.last_of(position)
    assert given() == [("Library 1", 1, "Only if it is cheap.")]
    assert (entry.action, entry.actor, entry.payload) == (
        "endorse",
        representative,
        {"endorsement": endorsement.pk, "library": library.pk, "version": 1},
    )
    assert audit.faults() == []


def test_only_the_present_text_is_endorsed(way, rewrite, library, representative):
    old = way.to(State.CONSOLIDATION)
    rewrite(old)

    with pytest.raises(SomethingMissing) as refusal:
        endorse(old, library, representative, version=old.current)

    assert refusal.value.sentences == [
        "The text has changed meanwhile. Look at what it says now, then decide."
    ]
    assert given() == []


def test_another_reservation_takes_the_place_of_the_first(way, library, representative, deputy):
    position = way.to(State.CONSULTATION)
    first = endorse(position, library, representative, "Too long.")

    endorse(position, library, deputy, "Too long and too dear.", seen=first.pk)

    first.refresh_from_db()
    assert given() == [("Library 1", 1, "Too long and too dear.")]
    assert (first.reservation, first.withdrawn_at is None) == ("Too long.", False)


@pytest.mark.parametrize("seen", [None, 999_999])
def test_who_has_not_seen_what_stands_there_does_not_replace_it(
    seen, way, library, representative, deputy
):
    position = way.to(State.CONSULTATION)
    first = endorse(position, library, representative, "Too long.")

    with pytest.raises(SaidMeanwhile) as meanwhile:
        endorse(position, library, deputy, seen=seen)

    assert meanwhile.value.theirs == first
    assert given() == [("Library 1", 1, "Too long.")]


def test_what_was_withdrawn_meanwhile_is_not_replaced(way, library, representative, deputy):
    position = way.to(State.CONSULTATION)
    first = endorse(position, library, representative)
    endorsing.withdraw_endorsement(endorsement=first, by=representative)

    with pytest.raises(SaidMeanwhile) as meanwhile:
        endorse(position, library, deputy, "Shorter!", seen=first.pk)

    assert (meanwhile.value.theirs, given()) == (None, [])


def test_a_confirmed_endorsement_leaves_the_earlier_one_in_its_place(
    way, rewrite, library, representative
):
    position = way.to(State.CONSOLIDATION)
    endorse(position, library, representative, "Too long.")
    position = rewrite(position)

    endorse(position, library, representative)

    assert given() == [("Library 1", 1, "Too long."), ("Library 1", 2, "")]


def test_whoever_withdraws_has_withdrawn_it_all(way, rewrite, library, representative):
    position = way.to(State.CONSOLIDATION)
    first = endorse(position, library, representative)
    position = rewrite(position)
    second = endorse(position, library, representative)

    endorsing.withdraw_endorsement(endorsement=second, by=representative)

    first.refresh_from_db()
    assert (given(), first.withdrawn_at is None) == ([], False)
    assert audit.last_of(position).action == "withdraw_endorsement"


def test_what_is_withdrawn_is_not_withdrawn_again(way, library, representative, deputy):
    position = way.to(State.CONSULTATION)
    first = endorse(position, library, representative)
    endorsing.withdraw_endorsement(endorsement=first, by=representative)
    entries = AuditEntry.objects.count()

    with pytest.raises(SaidMeanwhile):
        endorsing.withdraw_endorsement(endorsement=first, by=deputy)

    assert AuditEntry.objects.count() == entries


# Minority opinions -------------------------------------------------------------------------------


def test_an_opinion_is_held_against_the_version_voted_on(way, library, representative):
    position = way.change(way.to(State.BOARD_REVIEW))
    position = way.move(position, "agree_to_changes")

    opinion = dissent(position, library, representative, " Too costly. ")

    assert (opinion.version.number, opinion.text, position.current.number) == (1, "Too costly.", 2)


def test_no_opinion_is_held_against_another_version(way, library, representative):
    position = way.change(way.to(State.BOARD_REVIEW))
    position = way.move(position, "agree_to_changes")

    with pytest.raises(SomethingMissing) as refusal:
        dissent(position, library, representative, version=position.current)

    assert refusal.value.sentences == ["Meanwhile the section has voted on another version."]


def test_a_library_files_one_opinion(way, library, representative, deputy):
    position = way.to(State.SECTION_VOTE)
    first = dissent(position, library, representative)

    with pytest.raises(SaidMeanwhile) as meanwhile:
        dissent(position, library, deputy, "Too long.")

    assert meanwhile.value.theirs == first
    assert MinorityOpinion.objects.get() == first


def test_a_withdrawn_opinion_is_kept_and_another_may_be_filed(way, library, representative):
    position = way.to(State.SECTION_VOTE)
    first = dissent(position, library, representative)
    endorsing.withdraw_opinion(opinion=first, by=representative)

    second = dissent(position, library, representative, "Too long.")

    assert list(MinorityOpinion.objects.values_list("text", flat=True)) == [
        "Too costly.",
        "Too long.",
    ]
    assert list(MinorityOpinion.objects.standing()) == [second]


def test_an_opinion_has_words(way, library, representative):
    with pytest.raises(SomethingMissing) as refusal:
        dissent(way.to(State.SECTION_VOTE), library, representative, " \n ")

    assert refusal.value.field == "text"


@pytest.mark.parametrize("rule", [True, False])
def test_a_rule_that_changed_since_the_form_was_read_is_told_first(
    rule, way, section, library, representative
):
    position = way.to(State.SECTION_VOTE)
    section.publishes_minority_opinions = rule
    section.save()

    with pytest.raises(SomethingMissing) as refusal:
        dissent(position, library, representative, goes_public=not rule)

    assert "changed its rule" in refusal.value.sentences[0]
    assert dissent(position, library, representative, goes_public=rule).goes_public is rule


def test_whoever_endorses_a_text_files_no_opinion_on_it_and_the_other_way_round(
    way, libraries, representative, other_representative
):
    position = way.to(State.SECTION_VOTE)
    endorse(position, libraries[0], representative)
    dissent(position, libraries[1], other_representative)

    with pytest.raises(SomethingMissing):
        dissent(position, libraries[0], representative)
    with pytest.raises(SomethingMissing):
        endorse(position, libraries[1], other_representative)


def test_the_board_may_win_over_whoever_filed_an_opinion(way, library, representative):
    """The wording it proposes is another text, which the library may endorse."""
    position = way.to(State.SECTION_VOTE)
    dissent(position, library, representative)
    position = way.change(way.to(State.BOARD_REVIEW, position))
    position = way.move(position, "agree_to_changes")

    endorse(position, library, representative)

    assert given() == [("Library 1", 2, "")]


def test_what_was_said_does_not_hinder_the_vote(way, libraries, representative):
    position = way.to(State.SECTION_VOTE)
    dissent(position, libraries[0], representative)

    position = way.vote(position, Choice.YES, Choice.YES, Choice.YES)

    assert Position.objects.get().section_ballot.turnout == 3
