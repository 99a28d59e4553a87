"""Proposing, supporting and deciding on amendments, by the actions."""

import pytest

from core import audit
from core.models import Mail
from core.workflow import NotAllowed, Overtaken, SomethingMissing
from iksz_portal.mail import RENDERERS
from members.choices import MandateKind
from positions import actions, proposing
from positions.choices import Action, AmendmentAction, AmendmentState, State
from positions.models import Amendment, Position, Support
from positions.workflow import WORKFLOW
from tests.amend import DELETION, INSERTION, WORDING, text_of
from tests.cast import mandate

pytestmark = pytest.mark.usefixtures("english")
FIRST, SECOND = "<p>First paragraph.</p>", "<p>Second paragraph.</p>"


@pytest.fixture
def open_text(way):
    return way.to(State.CONSOLIDATION)


def fresh(thing):
    return type(thing).objects.get(pk=thing.pk)


def saved(position, body, *, by):
    position = fresh(position)
    return actions.save_draft(
        position=position,
        by=by,
        base=position.current.number,
        title=position.title,
        body=body,
        points=[],
        addressee=position.addressee,
        addressed=position.addressee,
    )


# Proposing -------------------------------------------------------------------------------------


def test_amendments_are_numbered_one_after_the_other(open_text, amending):
    made = [amending.propose(open_text, paragraph=n, body=f"<p>{n}.</p>") for n in (1, 2)]

    assert [amendment.number for amendment in made] == [1, 2]
    assert [entry.payload for entry in audit.of(open_text)[:2]] == [
        {"amendment": 2, "decision": "propose"},
        {"amendment": 1, "decision": "propose"},
    ]


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"body": "<p> </p>"}, "Write the wording you propose."),
        ({"kind": INSERTION, "body": ""}, "Write the wording you propose."),
        ({"body": FIRST}, "This is what the paragraph says already."),
        (
            {"body": "<p>One.</p><p>Two.</p>"},
            "This is more than one paragraph; propose the others as insertions.",
        ),
    ],
)
def test_what_makes_no_amendment_is_refused_in_words(facts, sentence, open_text, amending):
    with pytest.raises(SomethingMissing) as refused:
        amending.propose(open_text, **facts)

    assert (refused.value.sentences, refused.value.field) == ([sentence], "body")
    assert not Amendment.objects.exists()


def test_what_is_proposed_already_is_to_be_supported(open_text, amending):
    amending.propose(open_text, kind=DELETION, paragraph=2)
    amending.propose(open_text, by=1, kind=DELETION, paragraph=1)

    with pytest.raises(SomethingMissing) as refused:
        amending.propose(open_text, by=1, kind=DELETION, paragraph=2)

    assert refused.value.sentences == ["Amendment 1 proposes the same: support that one."]


def test_words_of_an_amendment_are_cleaned(open_text, amending):
    made = amending.propose(open_text, body="<p onclick='x'>Better<script>x</script>.</p>")

    assert made.body == "<p>Better.</p>"


@pytest.mark.parametrize("state", [State.DRAFT, State.SECTION_VOTE, State.ADOPTED, State.PARKED])
def test_a_text_that_is_not_open_takes_no_amendment(state, way, amending):
    position = way.to(state)

    with pytest.raises(NotAllowed):
        amending.propose(position)


def test_the_last_second_for_comments_is_the_last_for_amendments(way, amending, time_machine):
    position = way.to(State.CONSULTATION)
    time_machine.move_to(position.comments_close_at, tick=False)
    amending.propose(position)

    with way.after(position.comments_close_at), pytest.raises(NotAllowed):
        amending.propose(position, paragraph=2)


def test_nobody_proposes_for_a_library_of_others(open_text, representative, libraries):
    with pytest.raises(NotAllowed):
        proposing.propose(
            version=open_text.current,
            by=representative,
            library=libraries[1],
            kind=WORDING,
            paragraph=1,
            body="<p>Ours.</p>",
            reason="Because.",
        )


def test_the_coordinator_without_a_library_edits_instead(open_text, coordinator, library):
    with pytest.raises(NotAllowed):
        proposing.propose(
            version=open_text.current,
            by=coordinator,
            library=library,
            kind=DELETION,
            paragraph=1,
            reason="Because.",
        )


def test_an_older_version_is_not_amended(open_text, amending, coordinator):
    older = open_text.current
    saved(open_text, FIRST + "<p>Second, reworded.</p>", by=coordinator)

    with pytest.raises(SomethingMissing) as refused:
        amending.propose(open_text, version=older)

    assert refused.value.field == "version"


# Supporting ------------------------------------------------------------------------------------


def test_a_library_supports_once_and_may_take_it_back(
    open_text, amending, other_representative, libraries
):
    amendment = amending.propose(open_text)
    facts = {"amendment": amendment, "by": other_representative, "library": libraries[1]}

    proposing.support(**facts)
    proposing.support(**facts)
    assert [str(each) for each in Support.objects.all()] == ["Library 2: 1. new wording"]
    proposing.take_back_support(**facts)
    proposing.take_back_support(**facts)

    assert not Support.objects.exists()
    assert [entry.action for entry in audit.of(amendment)] == [
        "take_back_support",
        "support",
        "propose",
    ]


def test_a_library_does_not_support_itself(open_text, amending, representative, library):
    amendment = amending.propose(open_text)

    with pytest.raises(NotAllowed):
        proposing.support(amendment=amendment, by=representative, library=library)


def test_what_is_decided_on_takes_no_support_and_gives_none_back(
    open_text, amending, other_representative, libraries
):
    amendment = amending.propose(open_text)
    facts = {"amendment": amendment, "by": other_representative, "library": libraries[1]}
    proposing.support(**facts)
    amending.reject(amendment)

    for act in (proposing.support, proposing.take_back_support):
        with pytest.raises(Overtaken):
            act(**facts)

    assert Support.objects.count() == 1


# Deciding --------------------------------------------------------------------------------------


def test_accepting_makes_the_next_version_at_once(open_text, amending, coordinator):
    amendment = amending.propose(open_text, paragraph=2, body="<p>Another second one.</p>")

    amending.accept(amendment)

    position, amendment = fresh(open_text), fresh(amendment)
    version = position.current
    assert version.body == FIRST + "<p>Another second one.</p>"
    assert version.paragraph_ids == ["1.1", "1.2"]
    assert (version.number, version.author) == (2, coordinator)
    assert version.note == "Amendment 1 accepted: It reads better."
    assert [point.text for point in version.points.all()] == [
        "The first thing.",
        "The second thing.",
    ]
    assert (amendment.status, amendment.made, amendment.decided_by) == (
        AmendmentState.ACCEPTED,
        version,
        coordinator,
    )


def test_accepting_is_a_save_of_the_text_in_the_history(open_text, amending):
    amendment = amending.propose(open_text)
    step = fresh(open_text).step

    amending.accept(amendment)

    entry = audit.last_of(open_text)
    assert (entry.action, entry.payload) == ("save", {"version": 2, "new": True, "amendments": [1]})
    assert fresh(open_text).step == step + 1
    assert audit.faults() == []


def test_a_long_reason_is_cut_in_the_note_of_the_version(open_text, amending):
    amending.accept(amending.propose(open_text, reason="Because " * 300))

    assert len(fresh(open_text).current.note) == 300


def test_a_deletion_and_an_insertion(open_text, amending):
    insertion = amending.propose(open_text, kind=INSERTION, body="<p>Between.</p><h2>Title</h2>")
    deletion = amending.propose(open_text, by=1, kind=DELETION)

    amending.accept(deletion)
    amending.accept(insertion)

    assert text_of(open_text) == "<p>Between.</p><h2>Title</h2>" + SECOND


def test_an_insertion_stands_where_it_would_whichever_was_accepted_first(open_text, amending):
    first, second, third = (
        amending.propose(open_text, by=n, kind=INSERTION, body=f"<p>{n}</p>") for n in range(3)
    )

    for amendment in (third, first, second):
        amending.accept(amendment)

    assert text_of(open_text) == FIRST + "<p>0</p><p>1</p><p>2</p>" + SECOND


def test_a_paragraph_reworded_by_a_save_is_amended_in_a_changed_form(
    open_text, amending, coordinator
):
    amendment = amending.propose(open_text, body="<p>First paragraph. And more.</p>")
    saved(open_text, "<p>The first paragraph.</p>" + SECOND, by=coordinator)

    with pytest.raises(SomethingMissing) as refused:
        amending.accept(amendment)
    amending.change(amendment, "<p>The first paragraph. And more.</p>")

    assert refused.value.sentences == [
        "The paragraph has changed since: accept it in a changed form, or reject it."
    ]
    assert text_of(open_text) == "<p>The first paragraph. And more.</p>" + SECOND
    assert fresh(amendment).accepted_body == "<p>The first paragraph. And more.</p>"


def test_a_paragraph_that_moved_is_amended_where_it_stands(open_text, amending, coordinator):
    amendment = amending.propose(open_text, body="<p>Primus.</p>")
    saved(open_text, SECOND + FIRST, by=coordinator)

    amending.accept(amendment)

    assert text_of(open_text) == SECOND + "<p>Primus.</p>"


def test_a_paragraph_that_is_gone_takes_no_amendment(open_text, amending, coordinator):
    amendment = amending.propose(open_text, body="<p>Primus.</p>")
    saved(open_text, SECOND, by=coordinator)

    for decide in (amending.accept, amending.change, amending.to_vote):
        with pytest.raises(SomethingMissing) as refused:
            decide(amendment)
        assert refused.value.sentences == [
            "The paragraph is gone: the amendment can only be rejected or withdrawn."
        ]
    assert amending.reject(amendment).status == AmendmentState.REJECTED


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        ("<p>Better.</p>", "This is the proposal itself: accept it as it is."),
        (FIRST, "This is what the paragraph says already."),
        ("", "Write the wording you propose."),
    ],
)
def test_a_changed_form_is_one(body, sentence, open_text, amending):
    amendment = amending.propose(open_text)

    with pytest.raises(SomethingMissing) as refused:
        amending.change(amendment, body)

    assert refused.value.sentences == [sentence]
    assert fresh(amendment).status == AmendmentState.PROPOSED


def test_a_paragraph_that_was_to_be_deleted_is_shortened_instead(open_text, amending):
    amending.change(amending.propose(open_text, kind=DELETION), "<p>Short.</p>")

    assert text_of(open_text) == "<p>Short.</p>" + SECOND
    assert fresh(open_text).current.paragraph_ids == ["1.1", "1.2"]


def test_a_paragraph_that_has_changed_is_deleted_all_the_same(open_text, amending, coordinator):
    amendment = amending.propose(open_text, kind=DELETION)
    saved(open_text, "<p>The first paragraph.</p>" + SECOND, by=coordinator)

    amending.change(amendment, "")

    assert text_of(open_text) == SECOND


def test_a_changed_form_is_written_on_the_paragraph_that_was_seen(open_text, amending, coordinator):
    amendment = amending.propose(open_text)
    saved(open_text, "<p>The first paragraph.</p>" + SECOND, by=coordinator)

    for base in (1, 99):
        with pytest.raises(SomethingMissing) as refused:
            amending.decide(
                amendment,
                AmendmentAction.ACCEPT_CHANGED,
                note="So.",
                body="<p>So.</p>",
                base=base,
            )
        assert refused.value.field == "base"


@pytest.mark.parametrize(
    "action", [AmendmentAction.REJECT, AmendmentAction.ACCEPT_CHANGED], ids=str
)
def test_some_decisions_are_given_a_reason(action, open_text, amending):
    details = {"body": "<p>So.</p>", "base": 1} if action == "accept_changed" else {}

    with pytest.raises(SomethingMissing) as refused:
        amending.decide(amending.propose(open_text), action, note=" ", **details)

    assert refused.value.field == "note"


def test_of_two_that_collide_the_second_fits_in_a_changed_form_only(open_text, amending):
    first = amending.propose(open_text, body="<p>One way.</p>")
    second = amending.propose(open_text, by=1, body="<p>Another way.</p>")

    amending.accept(first)

    with pytest.raises(SomethingMissing):
        amending.accept(second)
    assert amending.change(second, "<p>One way, another way.</p>").made.number == 3


def test_the_same_decision_twice_is_refused_and_a_stale_one_too(open_text, amending):
    amendment = amending.propose(open_text)
    seen = amendment.step
    amending.decide(amendment, AmendmentAction.ACCEPT, seen=seen)

    with pytest.raises(Overtaken) as twice:
        amending.decide(amendment, AmendmentAction.ACCEPT, seen=seen)

    assert twice.value.own
    assert fresh(open_text).current.number == 2


def test_a_vote_that_was_about_to_be_opened_is_looked_at_again(open_text, amending, coordinator):
    """What will be voted on has changed since the form was opened."""
    amendment = amending.propose(open_text)
    seen = fresh(open_text).step
    amending.to_vote(amendment)

    with pytest.raises(Overtaken):
        WORKFLOW.perform(Action.OPEN_VOTE, open_text, by=coordinator, seen=seen, closes_on=None)


def test_the_vote_cannot_open_while_one_is_undecided(way, open_text, amending):
    amendment = amending.propose(open_text)
    amending.propose(open_text, by=1, kind=INSERTION)

    with pytest.raises(SomethingMissing) as refused:
        way.open_vote(open_text)
    amending.decide(amendment, AmendmentAction.WITHDRAW, "representative")
    with pytest.raises(SomethingMissing) as again:
        way.open_vote(open_text)

    assert refused.value.sentences == ["2 amendments have not been decided on yet."]
    assert again.value.sentences == ["1 amendment has not been decided on yet."]


def test_the_vote_cannot_open_on_an_amendment_that_no_longer_fits(
    way, open_text, amending, coordinator
):
    amendment = amending.to_vote(amending.propose(open_text))
    saved(open_text, "<p>The first paragraph.</p>" + SECOND, by=coordinator)

    with pytest.raises(SomethingMissing) as refused:
        way.open_vote(open_text)
    amending.decide(amendment, AmendmentAction.RECONSIDER)
    amending.reject(amendment)

    assert refused.value.sentences == [
        "The paragraph of amendment 1 has changed since it was carried to the vote: reconsider it."
    ]
    assert way.open_vote(open_text).status == State.SECTION_VOTE


# The history -----------------------------------------------------------------------------------


def test_the_history_of_the_position_tells_of_its_amendments(
    open_text, amending, client_of, coordinator
):
    for n in range(3):
        amending.propose(open_text, by=n, kind=INSERTION, body=f"<p>{n}</p>")
    accepted, rejected, carried = Amendment.objects.order_by("number")
    amending.accept(accepted)
    amending.reject(rejected)
    amending.to_vote(carried)
    amending.decide(carried, AmendmentAction.RECONSIDER)
    amending.decide(carried, AmendmentAction.WITHDRAW, "third_representative")

    page = client_of(coordinator).get(f"/en/positions/{open_text.reference}/")

    told = [(entry["what"], entry["note"]) for entry in page.context["page"].timeline[:6]]
    assert told == [
        ("Amendment 3 was withdrawn", ""),
        ("Amendment 3 is to be decided on anew", ""),
        ("Amendment 3 was carried to the vote", ""),
        ("Amendment 2 was rejected", "Not now."),
        ("Version 2 was made with amendment 1", ""),
        ("3 amendments were proposed", ""),
    ]


# Letters ---------------------------------------------------------------------------------------


def letters(kind):
    mails = Mail.objects.filter(kind=f"positions.amendment_{kind}").select_related("to")
    return {mail.to.name: RENDERERS[mail.kind](mail) for mail in mails.order_by("to__name")}


def test_the_office_holders_hear_of_proposals_once_an_hour(way, amending, chair, time_machine):
    time_machine.move_to("2026-03-03 10:10:00+01:00", tick=False)
    position = way.to(State.CONSOLIDATION)
    for n in range(3):
        amending.propose(position, by=n, kind=INSERTION, body=f"<p>{n}</p>")

    found = letters("proposed")

    assert list(found) == ["Chair", "Coordinator"]
    assert "3 amendments wait for your decision." in found["Chair"].text
    assert f"/{position.reference}/" in found["Chair"].text


def test_who_proposes_and_coordinates_writes_no_letter_to_oneself(open_text, coordinator):
    mandate(coordinator, MandateKind.DEPUTY, open_text.section.memberships.first().library)

    proposing.propose(
        version=open_text.current,
        by=fresh(coordinator),
        library=open_text.section.memberships.first().library,
        kind=DELETION,
        paragraph=1,
        reason="Because.",
    )

    assert list(letters("proposed")) == ["Chair"]


def test_nobody_is_called_to_decide_when_nothing_is_left(open_text, amending):
    amending.reject(amending.propose(open_text))

    assert letters("proposed") == {"Chair": None, "Coordinator": None}


def test_the_library_hears_what_became_of_its_amendment(open_text, amending, deputy):
    amending.reject(amending.propose(open_text))

    found = letters("decided")

    assert list(found) == ["Deputy", "Representative"]
    assert "Amendment 1" in found["Deputy"].text
    assert "rejected" in found["Deputy"].text
    assert "Not now." not in found["Deputy"].text


def test_O_059_who_no_longer_acts_for_the_library_gets_no_letter(open_text, amending, deputy):
    amending.reject(amending.propose(open_text))
    deputy.mandates.all().delete()

    assert [name for name, letter in letters("decided").items() if letter] == ["Representative"]


def test_what_was_decided_otherwise_meanwhile_is_not_told(open_text, amending):
    amendment = amending.to_vote(amending.propose(open_text))
    amending.decide(amendment, AmendmentAction.RECONSIDER)

    assert letters("decided") == {"Representative": None}


def test_a_withdrawal_is_told_to_nobody(open_text, amending):
    amendment = amending.propose(open_text)
    amending.decide(amendment, AmendmentAction.WITHDRAW, "representative")

    assert letters("decided") == {}
    assert Position.objects.get().amendments.get().status == AmendmentState.WITHDRAWN
