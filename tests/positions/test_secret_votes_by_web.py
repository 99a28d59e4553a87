"""The pages of a secret vote: what is told before it is cast, after it, and once it is closed."""

import pytest

from core.workflow import CLOCK
from positions.choices import Action, Choice, State
from positions.models import Elector, Seal
from positions.workflow import WORKFLOW
from tests.positions.web import at, page_of, step

pytestmark = pytest.mark.usefixtures("english")

SECRET = "The vote is secret: it is recorded that the library has voted and who cast its vote"
NAMED = "The vote is by name: once it is closed, the section and the board see how each library"


@pytest.fixture
def voting(section, way):
    section.votes_secretly = True
    section.save()
    return way.to(State.SECTION_VOTE)


def ballot_page(position):
    return at(position, "vote", position.section_ballot.pk)


def words(client, address):
    return " ".join(client.get(address).content.decode().split())


def cast(client, position, library, choice, **more):
    elector = position.section_ballot.electors.get(library=library)
    sent = {f"elector{elector.pk}-{name}": text for name, text in more.items()}
    return client.post(ballot_page(position), {f"elector{elector.pk}-choice": choice, **sent})


def test_the_form_says_that_it_is_secret_and_who_will_see_what(voting, client_of, representative):
    told = words(client_of(representative), ballot_page(voting))

    assert (SECRET in told, NAMED in told) == (True, False)


def test_a_vote_by_name_says_so(way, client_of, representative):
    told = words(client_of(representative), ballot_page(way.to(State.SECTION_VOTE)))

    assert (SECRET in told, NAMED in told) == (False, True)


def test_before_it_opens_the_coordinator_reads_which_it_will_be(
    way, section, client_of, coordinator
):
    section.votes_secretly = True
    section.save()
    position = way.to(State.CONSOLIDATION)

    told = words(client_of(coordinator), step(position, Action.OPEN_VOTE))

    assert "The vote is secret: only its numbers are ever known, and who has voted." in told


def test_afterwards_it_says_that_one_has_voted_and_not_how(
    voting, client_of, representative, deputy, library
):
    answer = cast(client_of(deputy), voting, library, "no.....")

    told = words(client_of(representative), ballot_page(voting))

    assert answer.status_code == 302
    assert "Library 1 has voted. How, is not recorded." in told
    assert "Cast by" not in told


def test_a_reason_beside_a_secret_answer_is_refused_beside_its_field(
    voting, client_of, representative, library
):
    answer = cast(client_of(representative), voting, library, "yes....", reason="Because.")

    [form] = answer.context["forms"]
    assert form.errors == {"reason": ["A secret vote is cast without a reason."]}
    assert not Elector.objects.filter(took_part=True).exists()


def test_a_broken_seal_is_told_on_a_page(voting, client_of, representative, library):
    Seal.objects.update(token="nonsense")

    answer = cast(client_of(representative), voting, library, "yes....")

    assert answer.status_code == 409
    assert "The sealed count of this secret vote cannot be opened." in answer.content.decode()


def test_the_result_has_numbers_in_a_table_and_no_map(way, voting, client_of, coordinator):
    position = way.vote(voting, Choice.YES, Choice.NO, Choice.RECUSE)
    with way.after(position.section_ballot.closes_at):
        WORKFLOW.perform(Action.CLOSE_VOTE, position, by=CLOCK)

    [shown] = page_of(client_of(coordinator), position).ballots
    page = words(client_of(coordinator), at(position))

    assert shown.has_map is False
    assert [row.answer for row in shown.rows] == [
        "has voted",
        "has voted",
        "taking no part, for conflict of interest",
    ]
    assert '<tr><th scope="row">yes</th><td class="tabular">1</td></tr>' in page
    assert "Cast by" not in page
