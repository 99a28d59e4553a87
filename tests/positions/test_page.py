import re
from html import unescape
from html.parser import HTMLParser

import pytest
from django.contrib.contenttypes.models import ContentType
from django.test import Client

from core import clock
from positions import actions, commenting
from positions.choices import Action, Choice, Holder, PointResult, State
from positions.conflicts import exclude
from positions.models import Position
from positions.references import Reference
from tests.positions.web import at

pytestmark = pytest.mark.usefixtures("english")


def body_of(response):
    return response.content.decode()


def words_of(response):
    return unescape(" ".join(re.sub(r"<[^>]+>", " ", body_of(response)).split()))


@pytest.fixture
def warm(db):
    """The process has looked up its content types before."""
    ContentType.objects.get_for_model(Position)


# Who sees what -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("state", "who", "status"),
    [
        (State.DRAFT, "drafter", 200),
        (State.DRAFT, "coordinator", 200),
        (State.DRAFT, "representative", 404),
        (State.CONSULTATION, "representative", 200),
        (State.CONSULTATION, "board_chair", 404),
        (State.FORWARDED, "board_chair", 200),
        (State.FORWARDED, "stranger", 404),
        (State.FORWARDED, "foreign_representative", 404),
        (State.SUBMITTED, "stranger", 200),
    ],
)
def test_the_page_is_for_those_who_may_see_the_position(
    state, who, status, position_in, client_of, request
):
    position = position_in(state)

    response = client_of(request.getfixturevalue(who)).get(at(position))

    assert response.status_code == status


@pytest.mark.parametrize(("state", "status"), [(State.ACCEPTED, 404), (State.SUBMITTED, 200)])
def test_a_visitor_reads_what_was_submitted(state, status, position_in, client):
    assert client.get(at(position_in(state))).status_code == status


@pytest.mark.parametrize(
    "reference", ["MT-2026/1", "MT-2026/0001", "mt-2026/001", "MT-2026/999", "MT-2026/000"]
)
def test_a_position_has_one_address(reference, position_in, client):
    position = position_in(State.SUBMITTED)
    address = at(position).replace(position.reference, reference)

    assert client.get(address).status_code == 404


def test_the_converter_reads_and_writes_the_number():
    assert str(Reference("MT", 2026, 14)) == "MT-2026/014"


def test_a_visitor_reads_no_name_no_note_and_no_ballot_of_the_board(way, client):
    position = way.to(State.CLOSED)

    text = words_of(client.get(at(position)))

    names = ["Coordinator", "Drafter", "Representative", "Board.Chair", "Board.Secretary", "Chair"]
    assert [name for name in names if re.search(rf"\b{re.escape(name)}\b", text)] == []
    for private in ("The board's reasons.", "Everybody has spoken.", "Please decide.", "Versions"):
        assert private not in text
    assert "ballot of the board" not in text.lower()


def test_a_visitor_reads_text_points_outcomes_votes_resolution_and_dates(way, client):
    position = way.to(State.CLOSED)

    text = words_of(client.get(at(position)))

    for public in (
        "First paragraph.",
        "The first thing.",
        "accepted",
        "Library 1 yes",
        f"Resolution 1/{clock.today().year}.",
        "only acknowledges receipt",
        "Everything was accepted.",
        "the coordinator of the section",
    ):
        assert public in text


def test_the_section_reads_names_and_notes(way, client_of, representative):
    position = way.to(State.ACCEPTED)

    text = words_of(client_of(representative).get(at(position)))

    for inside in ("Coordinator", "Drafter", "Everybody has spoken.", "The board's reasons."):
        assert inside in text


def test_a_successor_that_is_not_public_is_not_named_to_visitors(way, client, client_of, chair):
    old = way.to(State.SUBMITTED)
    new = way.start(title="A secret title")
    way.move(old, Action.SUPERSEDE, note="Better said.", successor=new)

    assert "A secret title" not in body_of(client.get(at(old)))
    way.consult(new)
    assert "A secret title" in body_of(client_of(chair).get(at(old)))


# What it shows -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("state", "who", "tone"),
    [
        (State.DRAFT, "drafter", "mine"),
        (State.ADOPTED, "coordinator", "mine"),
        (State.SUBMITTED, "coordinator", "waiting"),
        (State.PARKED, "coordinator", "waiting"),
        (State.CLOSED, "coordinator", "closed"),
    ],
)
def test_whose_turn_it_is_is_told_to_each(state, who, tone, position_in, client_of, request):
    position = position_in(state)

    page = client_of(request.getfixturevalue(who)).get(at(position)).context["page"]

    assert page.ball.tone == tone


def turn(client, position):
    ball = client.get(at(position)).context["page"].ball
    return ball.holder, ball.tone, str(ball.next).partition(" Deadline")[0]


def test_the_turn_passes_on_while_it_is_submitted(way, client_of, coordinator, chair):
    """From the one who prepares it to a second person, and back."""
    clients = [client_of(coordinator), client_of(chair)]
    accepted = way.to(State.ACCEPTED)
    begun = turn(clients[0], accepted)
    prepared = way.prepare(accepted)
    between = [turn(client, prepared) for client in clients]
    confirmed = way.move(prepared, Action.CONFIRM_SUBMISSION, "chair")

    assert begun[:2] == (Holder.COORDINATOR, "mine")
    confirms = "a second person, not the one who prepared it, confirms the submission."
    assert between == [(Holder.SECOND, tone, confirms) for tone in ("waiting", "mine")]
    shown = clients[0].get(at(confirmed)).context["page"].ball
    assert shown.since == confirmed.submission.confirmed_at
    sends = "the coordinator sends it and records that it was submitted."
    assert turn(clients[0], confirmed) == (Holder.COORDINATOR, "mine", sends)


@pytest.mark.parametrize("choices", [(Choice.YES,) * 3, (Choice.CONCERN,) * 3])
def test_once_no_vote_can_come_the_secretary_has_the_turn(
    way, client_of, board_member, board_secretary, choices
):
    position = way.to(State.BOARD_REVIEW)
    before = [turn(client_of(each), position)[:2] for each in (board_member, board_secretary)]
    way.vote(position, *choices, ballot="board_ballot", reason="Cost.")

    after = [turn(client_of(each), position) for each in (board_member, board_secretary)]

    assert before == [(Holder.BOARD, "mine"), (Holder.BOARD, "waiting")]
    records = (
        "no vote can come any more: the secretary records the decision, defers it or returns it."
    )
    assert after == [(Holder.SECRETARY, tone, records) for tone in ("waiting", "mine")]
    assert client_of(board_member).get(at(position)).context["page"].ball.since is None


@pytest.mark.parametrize("votes", [(Choice.YES, Choice.YES, None), (Choice.YES, None, None)])
def test_after_its_time_the_secretary_has_the_turn_whatever_came(
    way, client_of, board_member, votes
):
    position = way.vote(way.to(State.BOARD_REVIEW), *votes, ballot="board_ballot")
    closes_at = position.board_ballot.closes_at

    with way.after(closes_at):
        ball = client_of(board_member).get(at(position)).context["page"].ball

    assert (ball.holder, ball.since) == (Holder.SECRETARY, closes_at)


def test_whoever_takes_no_part_is_not_told_that_the_votes_are_in(
    way, client_of, board, board_secretary
):
    position = way.to(State.BOARD_REVIEW)
    exclude(position=position, by=board_secretary, member=board[2], reason="A cousin's library.")
    way.vote(position, Choice.YES, Choice.YES, None, ballot="board_ballot")

    assert turn(client_of(board[2]), position)[0] == Holder.BOARD
    assert turn(client_of(board[0]), position)[0] == Holder.SECRETARY


def test_paragraphs_are_numbered_and_can_be_cited(position_in, client):
    html = body_of(client.get(at(position_in(State.SUBMITTED))))

    assert re.findall(r'id="(p\d+)"', html) == ["p1", "p2"]


def test_a_comment_stands_beside_its_paragraph(way, client_of, representative, library):
    position = way.to(State.CONSULTATION)
    commenting.comment(
        version=position.current, by=representative, text="Shorter!", library=library, paragraph=2
    )

    page = client_of(representative).get(at(position)).context["page"]

    beside = [[thread.first.text for thread in each.threads] for each in page.paragraphs]
    assert beside == [[], ["Shorter!"]]
    assert (page.remarks.whole, page.remarks.older) == ([], [])


def test_a_comment_on_an_older_version_is_kept_in_sight(way, client_of, coordinator):
    position = way.to(State.CONSOLIDATION)
    old = position.current
    commenting.comment(version=old, by=coordinator, text="Too long.", paragraph=1)
    actions.save_draft(
        position=position,
        by=coordinator,
        base=1,
        title="T",
        body="<p>New.</p>",
        points=[],
        addressee=position.addressee,
    )

    page = client_of(coordinator).get(at(position)).context["page"]

    older = [(thread.first.text, thread.version) for thread in page.remarks.older]
    assert older == [("Too long.", 1)]


def test_nobody_sees_a_count_before_the_vote_is_closed(way, client_of, coordinator, representative):
    position = way.vote(way.to(State.SECTION_VOTE), Choice.YES, Choice.NO, None)

    for person in (coordinator, representative):
        page = client_of(person).get(at(position))
        assert "2 votes of 3 have been cast." in words_of(page)
        assert [each.counts_are_shown for each in page.context["page"].ballots] == [False]


def test_the_votes_of_the_board_are_shown_once_none_can_come(way, client_of, board_secretary):
    position = way.to(State.BOARD_REVIEW)
    way.vote(position, Choice.YES, Choice.CONCERN, None, ballot="board_ballot", reason="Cost.")
    client = client_of(board_secretary)
    assert "Cost." not in words_of(client.get(at(position)))

    elector = position.board_ballot.electors.filter(vote=None).get()
    actions.cast_vote(elector=elector, by=elector.person, choice=Choice.YES)

    assert "Cost." in words_of(client.get(at(position)))


@pytest.mark.parametrize(
    ("state", "done", "now"),
    [
        (State.DRAFT, 0, "current"),
        (State.CONSOLIDATION, 1, "current"),
        (State.NOT_ADOPTED, 2, "current"),
        (State.ADOPTED, 3, "current"),
        (State.REJECTED, 3, "stopped"),
        (State.ACCEPTED, 4, "current"),
        (State.SUBMITTED, 5, "current"),
        (State.CLOSED, 6, None),
        (State.PARKED, 1, "current"),
        (State.WITHDRAWN, 1, "stopped"),
        (State.SUPERSEDED, 3, "stopped"),
    ],
)
def test_the_stepper_shows_where_it_is(state, done, now, position_in, client_of, coordinator):
    page = client_of(coordinator).get(at(position_in(state))).context["page"]

    states = [step for _label, step in page.steps]
    expected = ["done"] * done + ([now] if now else [])
    assert states == expected + ["todo"] * (6 - len(expected))


def test_a_blocked_step_is_disabled_with_its_sentence_beside(way, client_of, coordinator):
    position = way.start(body="", addressee=None)

    response = client_of(coordinator).get(at(position))

    blocked = {b.label: b.blocked for b in response.context["page"].ball.buttons if b.blocked}
    assert blocked == {
        "Open for comments": "The text is still empty. The addressee is not named yet."
    }
    assert "The text is still empty." in words_of(response)


def test_everybody_inside_reads_what_is_missing(way, client_of, representative):
    position = way.to(State.SECTION_VOTE)

    page = client_of(representative).get(at(position)).context["page"]

    assert page.ball.missing == [
        "3 libraries have not voted yet; the vote closes by itself at its deadline."
    ]


def test_the_due_date_is_shown_with_its_calculation(way, law_profile, client):
    position = way.submit(way.to(State.ACCEPTED), law_profile=law_profile)

    text = words_of(client.get(at(position)))

    assert "+ 30 days (a sample law, § 2)" in text


@pytest.fixture
def law_profile(db):
    from positions.choices import ProfileKind
    from positions.models import LawProfile

    return LawProfile.objects.create(
        kind=ProfileKind.ANSWER, name_hu="Minta", days=30, source="a sample law, § 2"
    )


# Versions ----------------------------------------------------------------------------------------


def test_a_version_is_compared_with_the_one_before(way, client_of, coordinator):
    position = way.to(State.CONSOLIDATION)
    actions.save_draft(
        position=position,
        by=coordinator,
        base=1,
        title=position.title,
        body="<p>First paragraph.</p><p>Second part.</p>",
        points=["The first thing."],
        addressee=position.addressee,
    )

    html = body_of(client_of(coordinator).get(at(position, "version", 2)))

    assert "<p>Second <del>paragraph</del> <ins>part</ins>.</p>" in html
    assert "<del>The second thing.</del>" in html


def test_versions_are_for_those_inside(way, client, client_of, stranger, representative):
    position = way.to(State.SUBMITTED)

    assert client_of(stranger).get(at(position, "version", 1)).status_code == 404
    assert client_of(representative).get(at(position, "version", 1)).status_code == 200
    assert client_of(representative).get(at(position, "version", 9)).status_code == 404
    assert client.get(at(position, "version", 1)).status_code == 302


# Cost --------------------------------------------------------------------------------------------


def fill(way, position, rows):
    """`rows` comments, versions, outcomes and messages more."""
    for _row in range(rows):
        way.move(
            position, Action.RECORD_INTERIM_ANSWER, received_on=clock.today(), text="We read it."
        )


@pytest.mark.parametrize("rows", [1, 3])
def test_a_public_page_takes_seven_queries(rows, way, client, warm, django_assert_max_num_queries):
    position = way.start(points=[f"Point {n}." for n in range(rows)])
    position = way.to(
        State.SUBMITTED,
        way.submit(
            way.accept(
                way.take_up(
                    way.forward(way.adopt(way.open_vote(way.consolidate(way.consult(position)))))
                )
            )
        ),
    )
    fill(way, position, rows)
    way.answer(position)

    with django_assert_max_num_queries(7):
        assert client.get(at(position)).status_code == 200


@pytest.mark.parametrize("who", ["representative", "coordinator", "board_secretary", "drafter"])
@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize("state", [State.CONSOLIDATION, State.ANSWERED])
def test_the_page_takes_fewer_than_fifteen_queries(
    state, rows, who, way, client_of, request, library, warm, django_assert_max_num_queries
):
    position = way.start(points=[f"Point {n}." for n in range(rows)])
    position = way.consult(position)
    for _row in range(rows):
        commenting.comment(
            version=position.current, by=way.cast("representative"), text="Yes.", library=library
        )
    position = way.forward(way.adopt(way.open_vote(way.consolidate(position))))
    position = way.give_back(way.take_up(position))
    position = way.move(position, Action.REWORK)
    if state == State.ANSWERED:
        position = way.submit(
            way.accept(way.take_up(way.forward(way.adopt(way.open_vote(position)))))
        )
        fill(way, position, rows)
        position = way.answer(position)
        for point in position.current.points.all():
            actions.record_outcome(
                point=point, by=way.cast("coordinator"), result=PointResult.ACCEPTED
            )
    client = client_of(request.getfixturevalue(who))
    client.get("/en/")

    with django_assert_max_num_queries(14):
        assert client.get(at(position)).status_code == 200


@pytest.mark.parametrize(
    ("state", "who", "page"),
    [
        (State.DRAFT, "drafter", ("edit",)),
        (State.DRAFT, "drafter", ("authors",)),
        (State.DRAFT, "coordinator", ("move", Action.OPEN_CONSULTATION)),
        (State.CONSULTATION, "representative", ("comment",)),
        (State.CONSOLIDATION, "coordinator", ("move", Action.OPEN_VOTE)),
        (State.CONSOLIDATION, "coordinator", ("version", 1)),
        (State.SECTION_VOTE, "representative", ("vote", 1)),
        (State.FORWARDED, "board_secretary", ("move", Action.TAKE_UP)),
        (State.BOARD_REVIEW, "board_secretary", ("move", Action.ACCEPT_WITH_CHANGES)),
        (State.CHANGES_PROPOSED, "coordinator", ("move", Action.AGREE_TO_CHANGES)),
        (State.ACCEPTED, "coordinator", ("move", Action.PREPARE_SUBMISSION)),
        (State.ACCEPTED, "coordinator", ("move", Action.SUPERSEDE)),
        (State.ANSWERED, "coordinator", ("outcomes",)),
    ],
)
def test_the_pages_below_it_take_twelve_queries(
    state, who, page, position_in, client_of, request, warm, django_assert_max_num_queries
):
    position = position_in(state)
    name, *args = page
    if name == "vote":
        args = [position.ballots.get().pk]
    client = client_of(request.getfixturevalue(who))
    client.get("/en/")

    with django_assert_max_num_queries(12):
        assert client.get(at(position, name, *args)).status_code == 200


# Hostile text ------------------------------------------------------------------------------------

VECTORS = [
    "<script>window.__xss=1</script>",
    "<img src=x onerror=window.__xss=1>",
    "<svg onload=window.__xss=1>",
    "<svg><script>window.__xss=1</script></svg>",
    '<a href="javascript:window.__xss=1">x</a>',
    '<a href="&#106;avascript:window.__xss=1">x</a>',
    '<a href="data:text/html,<script>window.__xss=1</script>">x</a>',
    '<p style="background:url(javascript:window.__xss=1)">x</p>',
    "<style>*{background:url(javascript:window.__xss=1)}</style>",
    '<math><mtext><table><mglyph><style><img src=x onerror="window.__xss=1">',
    '<noscript><p title="</noscript><img src=x onerror=window.__xss=1>">',
    "<template><img src=x onerror=window.__xss=1></template>",
    '<p onclick="window.__xss=1">x</p>',
    "<iframe srcdoc='<script>window.__xss=1</script>'></iframe>",
    "<object data='javascript:window.__xss=1'></object>",
    "<form action='javascript:window.__xss=1'><button>x</button></form>",
    '<p title="x" onmouseover="window.__xss=1">x</p>',
]
DEAD_TAGS = {"iframe", "object", "embed", "style", "math", "template", "noscript", "img"}


class Living(HTMLParser):
    """Collects what a browser would run in a page."""

    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attrs):
        values = dict(attrs)
        own = tag == "template" and any(name.startswith("data-") for name in values)
        data = values.get("type") == "application/ld+json"
        if (tag in DEAD_TAGS and not own) or (tag == "script" and not data and "src" not in values):
            self.found.append(tag)
        self.found += [name for name in values if name.startswith("on") or name == "style"]
        links = [values.get(name) or "" for name in ("href", "src", "action")]
        self.found += [link for link in links if re.match(r"\s*(javascript|data):", link, re.I)]


def living(response):
    parser = Living()
    parser.feed(body_of(response))
    return parser.found


@pytest.mark.parametrize("vector", VECTORS)
def test_hostile_text_is_dead_on_every_page(vector, way, client_of, coordinator, library):
    position = way.start(title=vector[:200], body=f"<p>Words.</p>{vector}", points=[vector])
    # past the cleaning on the way in: what is in the table may be anything
    version = position.current
    version.body = f"<p>Words.</p>{vector}"
    version.save()
    commenting.comment(version=version, by=coordinator, text=vector, paragraph=1)
    client = client_of(coordinator)

    for address in (at(position), at(position, "edit"), at(position, "comment")):
        assert living(client.get(address)) == []


def test_a_page_needs_no_cookie(position_in):
    response = Client().get(at(position_in(State.SUBMITTED)))

    assert response.cookies == {}
