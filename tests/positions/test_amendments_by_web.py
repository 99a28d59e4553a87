import re
import uuid

import pytest
from django.test import Client

from members.choices import MandateKind
from positions.choices import Action, AmendmentAction, AmendmentState, Choice, State
from positions.models import Amendment, Support, Vote
from tests.amend import DELETION, INSERTION
from tests.cast import mandate
from tests.positions.test_amendment_votes import fresh
from tests.positions.test_amendments import saved
from tests.positions.web import at, errors_of

pytestmark = pytest.mark.usefixtures("english")
FIRST, SECOND = "<p>First paragraph.</p>", "<p>Second paragraph.</p>"


@pytest.fixture
def open_text(way):
    return way.to(State.CONSOLIDATION)


def body_of(response):
    return response.content.decode()


def proposing(client, position, **sent):
    facts = {"kind": "wording", "paragraph": 1, "version": 1, "body": "Better.", "reason": "So."}
    return client.post(at(position, "propose_amendment"), {**facts, **sent})


def deciding(client, amendment, action, **sent):
    url = at(amendment.position, "amendment_step", amendment.number, action)
    return client.post(url, {"seen": fresh(amendment).step, **sent})


# Proposing -------------------------------------------------------------------------------------


def test_a_library_proposes_a_new_wording(open_text, client_of, representative, library):
    response = proposing(client_of(representative), open_text, library=library.pk)

    amendment = Amendment.objects.get()
    assert response.url == at(open_text, "amendment", 1)
    assert (amendment.body, amendment.reason, amendment.library, amendment.author) == (
        "<p>Better.</p>",
        "So.",
        library,
        representative,
    )


def test_the_place_is_chosen_before_the_words_are_written(open_text, client_of, representative):
    client = client_of(representative)

    choosing = client.get(at(open_text, "propose_amendment"))
    writing = client.get(at(open_text, "propose_amendment"), {"paragraph": 2, "kind": "wording"})

    assert [
        str(label)[:9] for _n, label in choosing.context["form"].fields["paragraph"].choices
    ] == [
        "the begin",
        "1. First ",
        "2. Second",
    ]
    assert "Second paragraph." in str(writing.context["form"]["body"].value())


@pytest.mark.parametrize(
    "asked",
    [
        {"paragraph": "3", "kind": "wording"},
        {"paragraph": "0", "kind": "deletion"},
        {"paragraph": "x", "kind": "wording"},
        {"paragraph": "99999999999999999999", "kind": "wording"},
        {"paragraph": "1", "kind": "nonsense"},
        {"paragraph": "1"},
    ],
)
def test_a_place_that_makes_no_sense_is_chosen_again(asked, open_text, client_of, representative):
    client = client_of(representative)

    read = client.get(at(open_text, "propose_amendment"), asked)
    sent = client.post(at(open_text, "propose_amendment"), {**asked, "version": "1"})

    assert [read.status_code, sent.status_code] == [200, 200]
    assert read.templates[0].name == sent.templates[0].name == "positions/amendment_place.html"
    assert not Amendment.objects.exists()


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"reason": " "}, "reason"),
        ({"reason": "x" * 3001}, "reason"),
        ({"library": ""}, "library"),
        ({"library": "999"}, "library"),
        ({"body": ""}, "body"),
        ({"body": "x" * 20_001}, "body"),
        ({"body": "One.\n\nTwo."}, "body"),
        ({"body": "First paragraph."}, "body"),
    ],
)
def test_an_error_stands_beside_its_field(
    sent, field, open_text, client_of, representative, library
):
    response = proposing(client_of(representative), open_text, **{"library": library.pk, **sent})

    assert list(response.context["form"].errors) == [field]
    assert not Amendment.objects.exists()


def test_a_deletion_asks_for_no_words(open_text, client_of, representative, library):
    client = client_of(representative)
    asked = {"paragraph": "2", "kind": "deletion"}

    page = client.get(at(open_text, "propose_amendment"), asked)
    proposing(client, open_text, **asked, library=library.pk, body="Ignored.")

    assert "body" not in page.context["form"].fields
    assert Amendment.objects.get().body == ""


def test_a_proposal_for_a_text_that_has_moved_is_shown_again_where_it_stands_now(
    open_text, client_of, representative, library, coordinator
):
    saved(open_text, "<p>Zero.</p>" + FIRST + SECOND, by=coordinator)
    client = client_of(representative)

    response = proposing(client, open_text, library=library.pk)

    form = response.context["form"]
    assert errors_of(response, None) == [
        "The text has changed meanwhile. Look at it again, then send your amendment."
    ]
    assert (form["paragraph"].value(), form["version"].value(), form["body"].value()) == (
        2,
        2,
        "Better.",
    )
    assert (
        proposing(client, open_text, library=library.pk, paragraph=2, version=2).status_code == 302
    )


@pytest.mark.parametrize("version", ["", "x", "99", "99999999999999999999"])
def test_a_version_that_there_is_not_is_no_version_to_amend(
    version, open_text, client_of, representative, library
):
    response = proposing(client_of(representative), open_text, library=library.pk, version=version)

    assert response.status_code == 200
    assert not Amendment.objects.exists()


def test_words_for_a_paragraph_that_is_gone_become_an_insertion(
    open_text, client_of, representative, library, coordinator
):
    saved(open_text, FIRST, by=coordinator)

    response = proposing(client_of(representative), open_text, library=library.pk, paragraph=2)

    assert response.context["form"].place == (INSERTION, 1)
    assert "Better." in body_of(response)


def test_nothing_is_left_to_delete_of_a_paragraph_that_is_gone(
    open_text, client_of, representative, library, coordinator
):
    saved(open_text, FIRST, by=coordinator)

    response = proposing(
        client_of(representative), open_text, library=library.pk, paragraph=2, kind="deletion"
    )

    assert "nothing is left to delete" in body_of(response)
    assert not Amendment.objects.exists()


def test_the_same_proposal_sent_twice_is_one_amendment(
    open_text, client_of, representative, library
):
    client, key = client_of(representative), str(uuid.uuid4())

    answers = [proposing(client, open_text, library=library.pk, once=key).url for _time in range(3)]

    assert answers == [at(open_text, "amendment", 1)] * 3
    assert Amendment.objects.count() == 1


def test_more_than_was_asked_for_is_ignored(open_text, client_of, representative, library, chair):
    proposing(
        client_of(representative),
        open_text,
        library=library.pk,
        status="accepted",
        number=99,
        author=chair.pk,
    )

    amendment = Amendment.objects.get()
    assert (amendment.status, amendment.number, amendment.author) == (
        AmendmentState.PROPOSED,
        1,
        representative,
    )


# What is shown ---------------------------------------------------------------------------------


def test_the_amendment_stands_as_redline_beside_its_paragraph(
    open_text, amending, client_of, coordinator
):
    amending.propose(open_text, paragraph=2, body="<p>Second good paragraph.</p>")

    html = body_of(client_of(coordinator).get(at(open_text)))

    beside = html[html.index('id="p2"') :]
    assert "Amendment 1: new wording" in beside
    assert "Second<ins> good</ins> paragraph." in beside


def test_amendments_that_collide_are_shown_together(open_text, amending, client_of, coordinator):
    amending.propose(open_text, paragraph=2, body="<p>One way.</p>")
    amending.propose(open_text, by=1, kind=INSERTION, paragraph=1, body="<p>Between.</p>")
    amending.propose(open_text, by=2, paragraph=2, kind=DELETION)
    client = client_of(coordinator)

    listed = client.get(at(open_text, "amendments"))
    own = client.get(at(open_text, "amendment", 3))
    before = client.get(at(open_text, "amendment_step", 3, "accept"))

    groups = listed.context["groups"]
    assert [(group.where, group.numbers, group.collide) for group in groups] == [
        ("after paragraph 1", "2", False),
        ("paragraph 2", "1, 3", True),
    ]
    assert "These collide: 1, 3." in body_of(listed)
    for page in (own, before):
        assert "It collides with: 1." in body_of(page)
    assert "These can then be accepted in a changed form only, or rejected: 1." in body_of(before)


def test_the_list_tells_what_was_decided(open_text, amending, client_of, representative):
    amending.accept(amending.propose(open_text))
    amending.reject(amending.propose(open_text, paragraph=2))

    page = client_of(representative).get(at(open_text, "amendments"))

    decided = [(each.number, each.status) for each in page.context["disposed_of"]]
    assert (page.context["groups"], decided) == ([], [(1, "accepted"), (2, "rejected")])
    assert "in the text since version 2" in body_of(page)


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("third_representative", 200),
        ("coordinator", 200),
        ("staff", 200),
        ("board_chair", 404),
        ("stranger", 404),
        ("foreign_representative", 404),
    ],
)
def test_amendments_are_read_inside(who, status, open_text, amending, client_of, request):
    amending.propose(open_text)
    client = client_of(request.getfixturevalue(who))

    pages = [at(open_text, "amendments"), at(open_text, "amendment", 1)]

    assert [client.get(page).status_code for page in pages] == [status] * 2


def test_amendments_are_never_public(way, amending, client, client_of, stranger):
    position = way.to(State.CONSOLIDATION)
    amendment = amending.propose(position, body="<p>A canary of 7f3a.</p>", reason="Canary 91bc.")
    carried = amending.to_vote(amending.propose(position, by=1, paragraph=2, body="<p>New.</p>"))
    amending.reject(amendment)
    position = way.vote(way.open_vote(position), *[Choice.YES] * 3)
    way.vote_on(carried, *[Choice.YES] * 3)
    position = way.to(State.SUBMITTED, way.move(position, Action.CLOSE_VOTE))

    for reader in (client, client_of(stranger)):
        html = body_of(reader.get(at(position)))
        assert "New." in html
        assert not re.search(r"7f3a|91bc|[Aa]mendment", html)
        assert reader.get(at(position, "amendment", 1)).status_code in {302, 404}


def test_a_number_that_there_is_not(open_text, amending, client_of, coordinator, way):
    other = way.to(State.CONSOLIDATION)
    amending.propose(other)
    client = client_of(coordinator)

    assert client.get(at(open_text, "amendment", 1)).status_code == 404
    assert client.get(at(open_text, "amendment_step", 1, "accept")).status_code == 404
    assert client.post(at(open_text, "support_amendment", 1)).status_code == 404


# Supporting ------------------------------------------------------------------------------------


def test_a_library_supports_and_takes_it_back(
    open_text, amending, client_of, other_representative, libraries
):
    amending.propose(open_text)
    client, url = client_of(other_representative), at(open_text, "support_amendment", 1)

    offered = client.get(at(open_text, "amendment", 1)).context["supporting"]
    given = client.post(url, {"library": libraries[1].pk})
    twice = client.post(url, {"library": libraries[1].pk})
    assert [support.library for support in Support.objects.all()] == [libraries[1]]
    client.post(url, {"library": libraries[1].pk, "take_back": "1"})

    assert offered == [(libraries[1], False)]
    assert given.url == twice.url == at(open_text, "amendment", 1)
    assert not Support.objects.exists()


@pytest.mark.parametrize("sent", ["", "x", "999"])
def test_support_for_no_library_of_ones_own_is_refused(
    sent, open_text, amending, client_of, other_representative
):
    amending.propose(open_text)

    response = client_of(other_representative).post(
        at(open_text, "support_amendment", 1), {"library": sent}
    )

    assert response.status_code == 403


# Deciding --------------------------------------------------------------------------------------


def test_the_coordinator_accepts(open_text, amending, client_of, coordinator):
    amendment = amending.propose(open_text)

    response = deciding(client_of(coordinator), amendment, "accept")

    assert response.url == at(open_text, "amendment", 1)
    assert fresh(open_text).current.body == "<p>Better.</p>" + SECOND


def test_O_039_a_decision_sent_twice_is_made_once(open_text, amending, client_of, coordinator):
    amendment = amending.propose(open_text)
    client = client_of(coordinator)
    sent = {"seen": amendment.step}

    answers = [
        deciding(client, amendment, "accept", **sent),
        deciding(client, amendment, "accept", **sent),
    ]

    assert [answer.status_code for answer in answers] == [302, 409]
    assert "You have already taken this step" in body_of(answers[1])
    assert fresh(open_text).current.number == 2


@pytest.mark.parametrize("action", AmendmentAction)
def test_O_039_no_decision_is_made_while_the_text_is_frozen(
    action, way, amending, client_of, coordinator
):
    amendment = amending.propose(way.to(State.CONSULTATION))
    client = client_of(coordinator)

    response = deciding(client, amendment, action, note="So.", body="So.", base=1)

    assert response.status_code in {403, 404, 409}
    assert fresh(amendment).status == AmendmentState.PROPOSED


def test_a_decision_on_what_somebody_else_decided_meanwhile(
    open_text, amending, client_of, coordinator
):
    amendment = amending.propose(open_text)
    amending.decide(amendment, AmendmentAction.REJECT, "chair", note="No.")

    response = deciding(client_of(coordinator), amendment, "accept", seen=0)

    assert response.status_code == 409
    assert "Somebody was faster" in body_of(response)


def test_a_rejection_without_a_reason_is_asked_for_one(open_text, amending, client_of, coordinator):
    response = deciding(client_of(coordinator), amending.propose(open_text), "reject", note=" ")

    assert errors_of(response, "note") != []
    assert Amendment.objects.get().status == AmendmentState.PROPOSED


def test_the_changed_form_begins_with_both_changes(open_text, amending, client_of, coordinator):
    position = saved(open_text, "<p>One. Two.</p>", by=coordinator)
    amendment = amending.propose(position, body="<p>One. Three.</p>")
    saved(position, "<p>Uno. Two.</p>", by=coordinator)

    page = client_of(coordinator).get(at(open_text, "amendment_step", 1, "accept_changed"))

    form = page.context["form"]
    assert (form["body"].value(), form["base"].value()) == ("Uno. Three.", 3)
    assert "The paragraph has changed since" in body_of(page)
    assert amendment.body == "<p>One. Three.</p>"


def test_a_changed_form_for_a_paragraph_that_moved_on_is_shown_again(
    open_text, amending, client_of, coordinator
):
    amendment = amending.propose(open_text)
    saved(open_text, "<p>The first paragraph.</p>" + SECOND, by=coordinator)
    client = client_of(coordinator)
    sent = {"note": "So.", "body": "Between both.", "base": 1}

    response = deciding(client, amendment, "accept_changed", **sent)

    form = response.context["form"]
    assert errors_of(response, None) == [
        "The paragraph has changed meanwhile. Look at it again, then decide."
    ]
    assert (form["base"].value(), form["body"].value()) == (2, "Between both.")
    assert deciding(client, amendment, "accept_changed", **sent | {"base": 2}).status_code == 302
    assert fresh(open_text).current.body == "<p>Between both.</p>" + SECOND


def test_what_blocks_a_decision_is_said(open_text, amending, client_of, coordinator):
    amendment = amending.propose(open_text)
    saved(open_text, SECOND, by=coordinator)
    client = client_of(coordinator)

    page = client.get(at(open_text, "amendment_step", 1, "accept"))
    sent = deciding(client, amendment, "accept")

    for response in (page, sent):
        assert response.status_code == 200
        assert "The paragraph is gone" in body_of(response)


def test_the_library_withdraws(open_text, amending, client_of, deputy):
    amendment = amending.propose(open_text)

    response = deciding(client_of(deputy), amendment, "withdraw")

    assert (response.status_code, fresh(amendment).status) == (302, AmendmentState.WITHDRAWN)


def test_O_040_a_look_decides_nothing(open_text, amending, client_of, coordinator):
    amending.propose(open_text)
    client = client_of(coordinator)
    for action in ("accept", "reject", "carry_to_vote", "accept_changed"):
        assert client.get(at(open_text, "amendment_step", 1, action)).status_code == 200
    assert client.get(at(open_text, "support_amendment", 1)).status_code == 405
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(coordinator)

    refused = strict.post(at(open_text, "amendment_step", 1, "accept"), {"seen": 0})

    assert refused.status_code == 403
    assert Amendment.objects.get().status == AmendmentState.PROPOSED


HOSTILE = [
    "<script>window.__xss=1</script>",
    "<img src=x onerror=window.__xss=1>",
    '<a href="javascript:window.__xss=1">x</a>',
    "<svg onload=window.__xss=1>",
]


@pytest.mark.parametrize("vector", HOSTILE)
def test_O_019_hostile_words_are_only_words(
    vector, open_text, client_of, representative, coordinator, library
):
    proposing(
        client_of(representative),
        open_text,
        library=library.pk,
        body=f"<p>Words {vector}</p>",
        reason=vector,
    )
    client = client_of(coordinator)

    for page in (
        at(open_text),
        at(open_text, "amendments"),
        at(open_text, "amendment", 1),
        at(open_text, "amendment_step", 1, "accept_changed"),
    ):
        html = body_of(client.get(page))
        assert not re.search(r"<(script>|img src=x|svg onload)|href=.javascript", html)


# The vote --------------------------------------------------------------------------------------


def test_who_decides_is_led_from_the_position_to_the_amendments(
    amending, open_text, client_of, coordinator, representative
):
    link = f'href="{at(open_text, "amendments")}"'
    first = amending.propose(open_text)

    asked = body_of(client_of(coordinator).get(at(open_text)))
    others = body_of(client_of(representative).get(at(open_text)))
    amending.to_vote(first)
    decided = body_of(client_of(coordinator).get(at(open_text)))

    assert "Decide on the amendments" in asked and link in asked
    assert "Waiting for you" in asked
    assert "Decide on the amendments" not in others + decided


@pytest.fixture
def voting(way, open_text, amending):
    amending.to_vote(amending.propose(open_text))
    amending.to_vote(amending.propose(open_text, by=1, kind=DELETION, paragraph=2))
    return way.open_vote(open_text)


def answers(position, library, *choices):
    """Sent for the text and for each amendment."""
    electors = [
        ballot.electors.get(library=library)
        for ballot in position.ballots.filter(closed_at=None).order_by("pk")
    ]
    return {
        f"elector{elector.pk}-choice": choice
        for elector, choice in zip(electors, choices, strict=True)
    }


def ballot_page(position):
    return at(position, "vote", position.section_ballot.pk)


def test_all_questions_are_asked_at_once(voting, client_of, representative, library):
    client = client_of(representative)

    page = client.get(ballot_page(voting))
    client.post(ballot_page(voting), answers(voting, library, "yes", "no", "abstain"))

    labels = [str(form.fields["choice"].label) for form in page.context["forms"]]
    assert labels == ["The text as it stands", "Amendment 1", "Amendment 2"]
    assert "<del>" in body_of(page)
    assert [vote.choice for vote in Vote.objects.order_by("pk")] == ["yes", "no", "abstain"]


def test_for_two_libraries_all_questions_are_asked_twice(
    voting, client_of, representative, libraries
):
    mandate(representative, MandateKind.DEPUTY, libraries[2])
    client = client_of(representative)

    page = client.get(ballot_page(voting))
    sent = answers(voting, libraries[0], "yes", "yes", "no")
    client.post(ballot_page(voting), sent | answers(voting, libraries[2], "no", "no", "no"))

    assert [str(form.voter) for form in page.context["forms"]] == ["Library 1"] * 3 + [
        "Library 3"
    ] * 3
    assert Vote.objects.count() == 6


def test_a_library_answers_all_questions_or_none(voting, client_of, representative, library):
    response = client_of(representative).post(
        ballot_page(voting), answers(voting, library, "yes", "", "no")
    )

    assert [dict(form.errors) for form in response.context["forms"]] == [
        {},
        {"choice": ["Answer this question, too; you can abstain."]},
        {},
    ]
    assert not Vote.objects.exists()


def test_the_page_of_a_ballot_on_an_amendment_is_that_of_them_all(
    voting, client_of, representative
):
    ballot = voting.ballots.get(amendment__number=2)

    page = client_of(representative).get(at(voting, "vote", ballot.pk))

    assert len(page.context["forms"]) == 3


def test_a_vote_cast_already_is_a_conflict(voting, client_of, representative, deputy, library):
    sent = answers(voting, library, "yes", "yes", "yes")
    client_of(deputy).post(ballot_page(voting), sent)

    late = client_of(representative).post(ballot_page(voting), sent)

    assert (late.status_code, Vote.objects.count()) == (409, 3)


def test_O_046_no_result_is_seen_before_the_end(
    voting, client_of, representative, coordinator, library
):
    client_of(representative).post(ballot_page(voting), answers(voting, library, "yes", "no", "no"))
    client = client_of(coordinator)

    page = client.get(at(voting)).context["page"]
    own = client.get(at(voting, "amendment", 1))

    assert [shown.counts_are_shown for shown in page.ballots] == [False] * 3
    assert [shown.title for shown in page.ballots] == [
        "section vote",
        "vote on amendment 1",
        "vote on amendment 2",
    ]
    assert "1 no" not in body_of(own)


def test_the_results_are_shown_after_the_end(way, voting, client_of, coordinator, libraries):
    voting = way.vote(voting, *[Choice.YES] * 3)
    for amendment in Amendment.objects.all():
        way.vote_on(amendment, Choice.NO, Choice.NO, Choice.YES)
    way.move(voting, Action.CLOSE_VOTE)

    page = client_of(coordinator).get(at(voting)).context["page"]

    assert [[number for _label, number, _tone in shown.counts] for shown in page.ballots] == [
        [3],
        [1, 2],
        [1, 2],
    ]
    assert page.ball.buttons[0].label == "Forward to the board"
