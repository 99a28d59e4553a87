"""Who hears that a text which a library endorsed has changed, and who is told of it beforehand."""

import pytest

from core import outbox
from core.models import Mail
from iksz_portal.mail import RENDERERS
from members.choices import MandateKind
from positions import endorsing, foretold, foretold_amendments
from positions.choices import Action, State
from positions.workflow import WORKFLOW
from sections.models import SectionMembership
from tests.cast import mandate, yesterday
from tests.positions.web import at

pytestmark = pytest.mark.usefixtures("english")


def words(response):
    return " ".join(response.content.decode().split())


@pytest.fixture
def heard(db):
    """`heard()`: who has a letter waiting about a changed text, in the order of their names."""

    def waiting():
        letters = Mail.objects.filter(kind="positions.new_text", sent_at=None, dropped_at=None)
        return sorted(letters.values_list("to__name", flat=True))

    return waiting


def test_those_who_act_for_the_library_hear_of_it_once(
    way, rewrite, library, representative, deputy, heard
):
    position = way.to(State.CONSOLIDATION)
    endorsing.endorse(version=position.current, library=library, by=representative)

    position = rewrite(position)
    rewrite(position, "<p>A third text.</p>")

    assert heard() == ["Deputy", "Representative"]


def test_whoever_changed_the_text_gets_no_letter(
    way, rewrite, library, representative, coordinator, heard
):
    mandate(coordinator, MandateKind.DEPUTY, library)
    position = way.to(State.CONSOLIDATION)
    endorsing.endorse(version=position.current, library=library, by=representative)

    rewrite(position)

    assert heard() == ["Representative"]


def test_nobody_hears_of_a_draft_or_of_an_addressee(
    way, rewrite, library, representative, coordinator, heard
):
    position = rewrite(way.start())
    position = way.consolidate(way.consult(position))
    endorsing.endorse(version=position.current, library=library, by=representative)
    position = rewrite(position)  # says the same

    assert (position.current.number, heard()) == (2, [])


def test_the_wording_of_the_board_is_told_of_once_it_is_agreed_to(
    way, library, representative, heard
):
    position = way.to(State.BOARD_REVIEW)
    endorsing.endorse(version=position.current, library=library, by=representative)
    position = way.change(position)
    before = heard()

    way.move(position, Action.AGREE_TO_CHANGES)

    assert (before, heard()) == ([], ["Representative"])


def test_the_letter_names_the_library_and_leads_to_its_page(
    way, rewrite, library, representative, mailoutbox
):
    position = way.to(State.CONSOLIDATION)
    endorsing.endorse(version=position.current, library=library, by=representative)
    representative.language = "en"
    representative.save()
    Mail.objects.waiting().delete()
    position = rewrite(position)

    outbox.send_due(RENDERERS)

    (letter,) = mailoutbox
    assert letter.subject == "The text has changed: On the opening hours"
    assert "Library 1" in letter.body
    assert at(position, "endorsements") in letter.body


@pytest.mark.parametrize(
    "meanwhile", ["confirmed", "withdrawn", "mandate over", "left", "submitted", "parked"]
)
def test_no_letter_goes_where_nothing_waits_any_more(
    meanwhile, way, rewrite, library, representative, mailoutbox
):
    position = way.to(State.CONSOLIDATION)
    given = endorsing.endorse(version=position.current, library=library, by=representative)
    Mail.objects.waiting().delete()
    position = rewrite(position)
    match meanwhile:
        case "confirmed":
            endorsing.endorse(version=position.current, library=library, by=representative)
        case "withdrawn":
            endorsing.withdraw_endorsement(endorsement=given, by=representative)
        case "mandate over":
            representative.mandates.update(ended_on=yesterday())
        case "left":
            SectionMembership.objects.filter(library=library).update(ended_on=yesterday())
        case "submitted":
            way.to(State.SUBMITTED, position)
        case "parked":
            way.park(position)
    Mail.objects.exclude(kind="positions.new_text").delete()

    assert (outbox.send_due(RENDERERS), mailoutbox) == (0, [])
    assert Mail.objects.get().dropped_at is not None


def test_who_gets_mail_is_told_before_the_text_is_changed(
    way, library, representative, deputy, client_of, coordinator
):
    position = way.to(State.CONSOLIDATION)
    client = client_of(coordinator)
    before = words(client.get(at(position, "edit")))
    endorsing.endorse(version=position.current, library=library, by=representative)

    after = words(client.get(at(position, "edit")))

    sentence = "2 people get mail if the text changes"
    assert ("Nobody gets mail." in before, sentence in before) == (True, False)
    assert ("Nobody gets mail." in after, sentence in after) == (False, True)


def test_who_gets_mail_is_told_before_the_wording_of_the_board_is_agreed_to(
    way, library, representative, coordinator
):
    position = way.to(State.BOARD_REVIEW)
    endorsing.endorse(version=position.current, library=library, by=representative)
    position = way.change(position)
    move = WORKFLOW.moves[Action.AGREE_TO_CHANGES]

    told = [str(text) for _icon, text in foretold.consequences(position, move, by=coordinator)]

    assert told[-1].startswith("1 person gets mail if the text changes")


def test_who_gets_mail_is_told_before_an_amendment_is_accepted(
    way, amending, library, representative, deputy, coordinator
):
    position = way.to(State.CONSULTATION)
    amendment = amending.propose(position, by=1)
    position = way.consolidate(position)
    endorsing.endorse(version=position.current, library=library, by=representative)

    told = {
        action: str(
            foretold_amendments.of_step(amendment, action, by=coordinator, rivals=[])[-1][1]
        )
        for action in ("accept", "reject")
    }

    assert told["accept"].startswith("2 people get mail if the text changes")
    assert "if the text changes" not in told["reject"]


def test_an_accepted_amendment_leaves_endorsements_behind(
    way, amending, library, representative, heard
):
    position = way.to(State.CONSULTATION)
    amendment = amending.propose(position, by=1)
    position = way.consolidate(position)
    endorsing.endorse(version=position.current, library=library, by=representative)

    amending.decide(amendment, "accept")

    assert heard() == ["Representative"]
