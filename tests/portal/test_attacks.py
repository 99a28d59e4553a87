"""What somebody who means harm would try, as cases of their own."""

from time import process_time

import pytest
from django.urls import reverse

from core import outbox
from core.models import Mail
from positions import actions
from positions.choices import Action, Choice, PointResult, State
from positions.models import Elector

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


@pytest.fixture
def office(staff, client_of):
    return client_of(staff)


def page(model, name, *args):
    return reverse(f"admin:{model}_{name}", args=args)


# The back office ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("model", "column"),
    [
        ("members_person", "password__startswith"),
        ("members_person", "email__regex"),
        ("members_person", "is_active__regex"),
        ("members_mandate", "person__password__startswith"),
        ("members_invitation", "token_digest__startswith"),
        ("core_mail", "body__contains"),
        ("core_mail", "created_at__body"),
    ],
)
def test_O_005_no_list_is_narrowed_by_what_it_does_not_offer(office, model, column):
    Mail.objects.create(kind=outbox.READY, address="a@example.org", body="secret link")

    answer = office.get(page(model, "changelist"), {column: "secret"})

    assert answer.status_code == 400


@pytest.mark.parametrize(
    ("model", "asked"),
    [
        ("members_person", {"is_active__exact": "1", "mandates__kind__exact": "deputy"}),
        ("members_library", {"county__iso_code__exact": "HU-BK"}),
        ("positions_position", {"created_at__year": "2026", "year": "2026"}),
        ("positions_ballot", {"closed_at__isnull": "True", "kind__exact": "board"}),
        ("core_auditentry", {"content_type__id__exact": "1"}),
    ],
)
def test_lists_are_narrowed_by_what_they_offer(office, model, asked):
    assert office.get(page(model, "changelist"), asked).status_code == 200


def test_O_017_a_search_of_thousands_of_words_is_answered(office):
    answer = office.get(page("positions_position", "changelist"), {"q": "a " * 3000})

    assert answer.status_code == 200


@pytest.mark.parametrize("key", ["x", "1" * 5000, "_2F"])
def test_O_018_the_history_of_what_cannot_exist_is_not_found(office, library, key):
    lists = page("members_library", "history", key)
    former = page("members_library", "simple_history", library.pk, key)

    assert [office.get(url).status_code for url in (lists, former)] == [404, 404]


def test_O_046_the_back_office_tells_no_result_of_a_ballot_that_runs(office, way):
    position = way.vote(way.to(State.SECTION_VOTE), Choice.YES, Choice.YES, None)
    ballot, vote = position.section_ballot, Elector.objects.exclude(vote=None).first().vote

    electors = office.get(page("positions_elector", "changelist")).content.decode()
    of_ballot = office.get(page("positions_ballot", "change", ballot.pk)).content.decode()
    votes = office.get(page("positions_vote", "changelist")).context["cl"]

    assert (votes.result_count, office.get(page("positions_vote", "change", vote.pk)).url) == (
        0,
        reverse("admin:index"),
    )
    for told in (electors, of_ballot):
        assert (told.count(">yes<"), told.count(">cast<")) == (0, 2)
    assert "icon-yes" not in of_ballot


def test_the_back_office_tells_the_votes_once_the_ballot_has_ended(office, way):
    way.to(State.ADOPTED)

    electors = office.get(page("positions_elector", "changelist")).content.decode()
    votes = office.get(page("positions_vote", "changelist")).context["cl"]

    assert (electors.count(">yes<"), votes.result_count) == (3, 3)


# What is not public yet -----------------------------------------------------------------------


def test_O_046_an_outcome_is_told_to_the_public_once_the_evaluation_is_concluded(
    client, client_of, coordinator, way
):
    position = way.to(State.ANSWERED)
    told = {"result": PointResult.REJECTED, "reason": "CANARY: too costly"}
    for point in position.current.points.all():
        actions.record_outcome(point=point, by=coordinator, **told)

    def reads(reader):
        return "CANARY" in reader.get(position.get_absolute_url()).content.decode()

    before = reads(client), reads(client_of(coordinator))
    way.move(position, Action.EVALUATE)

    assert (before, reads(client)) == ((False, True), True)


# Numbers --------------------------------------------------------------------------------------


@pytest.mark.parametrize("typed", ["9" * 5000, "9" * 30, "１", "²", "-1", "x"])
def test_O_018_an_author_who_cannot_exist_is_not_found(client_of, drafter, way, typed):
    position = way.start()
    way.start()

    answer = client_of(drafter).post(
        reverse("positions:authors", args=[position.reference]), {"remove": typed}
    )

    assert answer.status_code == 404


# Texts that are meant to keep a worker busy ---------------------------------------------------


@pytest.mark.parametrize("body", ["<a" * 40_000, "<" * 90_000, '<a "' * 25_000])
def test_O_017_a_text_of_broken_tags_is_answered_at_once(client_of, drafter, way, body):
    url = reverse("positions:edit", args=[way.start().reference])
    before = process_time()

    answer = client_of(drafter).post(url, {"title": "", "body": body, "base": 1})

    assert answer.context["form"].errors == {"title": ["This field is required."]}
    assert process_time() - before < 5


def test_O_017_a_text_has_no_more_paragraphs_than_can_be_shown(client_of, drafter, way):
    position = way.start()
    url = reverse("positions:edit", args=[position.reference])
    typed = {"title": "On hours", "body": "a\n\n" * 30_000, "base": 1}
    before = process_time()

    answer = client_of(drafter).post(url, typed)

    sentence = "That is too many paragraphs; join some of them."
    assert answer.context["form"].errors == {"body": [sentence]}
    assert (position.versions.count(), process_time() - before < 5) == (1, True)
