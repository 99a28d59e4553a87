"""The page of the endorsements, its forms, and what stays of it on other pages."""

import uuid

import pytest

from members.choices import MandateKind
from positions import foretold
from positions.choices import State
from positions.models import Endorsement, MinorityOpinion
from sections.models import SectionMembership
from tests.cast import mandate, yesterday
from tests.positions.web import at

pytestmark = pytest.mark.usefixtures("english")


def page_of(client, position):
    return client.get(at(position, "endorsements"))


def words(response):
    return " ".join(response.content.decode().split())


def desks(response):
    return response.context["desks"]


def send_endorsement(client, position, library, **sent):
    facts = {"library": library.pk, "version": position.current.number, **sent}
    return client.post(at(position, "endorse"), facts)


def send_opinion(client, position, library, **sent):
    facts = {"library": library.pk, "version": position.section_ballot.version.number, **sent}
    return client.post(at(position, "file_opinion"), facts)


def standing():
    rows = Endorsement.objects.standing().order_by("library", "version__number")
    return list(rows.values_list("library__name", "version__number", "reservation"))


# Endorsing ---------------------------------------------------------------------------------------


def test_a_library_endorses_with_a_reservation(way, client_of, representative, library):
    position = way.to(State.CONSULTATION)
    client = client_of(representative)

    response = send_endorsement(client, position, library, reservation="But shorter.")

    assert response.url == at(position, "endorsements")
    assert standing() == [("Library 1", 1, "But shorter.")]
    assert "But shorter." in words(page_of(client, position))


def test_the_form_says_beforehand_what_it_does(way, client_of, representative):
    position = way.to(State.CONSULTATION)

    said = words(page_of(client_of(representative), position))

    for _icon, sentence in foretold.ENDORSING:
        assert str(sentence).replace("'", "&#x27;") in said


def test_the_change_of_a_reservation_starts_from_its_words(way, client_of, representative, library):
    position = way.to(State.CONSULTATION)
    client = client_of(representative)
    send_endorsement(client, position, library, reservation="But shorter.")
    (desk,) = desks(page_of(client, position))
    given = Endorsement.objects.get()

    send_endorsement(client, position, library, seen=given.pk, reservation="")

    assert (desk.endorse["reservation"].value(), desk.endorse["seen"].value()) == (
        "But shorter.",
        given.pk,
    )
    assert standing() == [("Library 1", 1, "")]


def test_a_changed_text_is_confirmed_with_one_button(
    way, rewrite, client_of, representative, library
):
    position = way.to(State.CONSOLIDATION)
    client = client_of(representative)
    send_endorsement(client, position, library, reservation="But shorter.")
    position = rewrite(position)
    response = page_of(client, position)
    (desk,) = desks(response)
    sent = {name: desk.endorse[name].value() for name in ("library", "version", "seen")}

    client.post(at(position, "endorse"), {**sent, "reservation": "But shorter."})

    compare = f"{at(position, 'compare')}?old=1&amp;new=2"
    assert f'href="{compare}"' in words(response)
    assert (desk.tone, desk.endorse["reservation"].value()) == ("waiting", "But shorter.")
    assert standing() == [("Library 1", 1, "But shorter."), ("Library 1", 2, "But shorter.")]


def test_whoever_acts_for_several_libraries_speaks_for_each(
    way, client_of, representative, libraries
):
    mandate(representative, MandateKind.DEPUTY, libraries[2])
    position = way.to(State.CONSULTATION)
    client = client_of(representative)

    send_endorsement(client, position, libraries[2], reservation="But shorter.")

    found = [
        (str(desk.stand.library), desk.stand.stand) for desk in desks(page_of(client, position))
    ]
    assert found == [("Library 1", "silent"), ("Library 3", "reserves")]


def test_a_text_that_has_changed_meanwhile_is_shown_first(
    way, rewrite, client_of, representative, library
):
    old = way.to(State.CONSOLIDATION)
    client = client_of(representative)
    position = rewrite(old)

    response = send_endorsement(client, old, library, reservation="But shorter.")

    (desk,) = desks(response)
    assert (response.status_code, standing()) == (200, [])
    assert desk.endorse.non_field_errors() == [
        "The text has changed meanwhile. Look at what it says now, then decide."
    ]
    assert (desk.endorse["version"].value(), desk.endorse["reservation"].value()) == (
        2,
        "But shorter.",
    )
    assert "Quite another text." in words(client.get(at(position)))


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"reservation": "x" * 3001}, "reservation"),
        ({"version": ""}, "version"),
        ({"version": "one"}, "version"),
        ({"seen": "x"}, "seen"),
    ],
)
def test_an_error_stands_beside_its_field(sent, field, way, client_of, representative, library):
    position = way.to(State.CONSULTATION)

    response = send_endorsement(client_of(representative), position, library, **sent)

    (desk,) = desks(response)
    assert list(desk.endorse.errors) == [field]
    assert standing() == []


def test_a_version_that_never_was_is_not_found(way, client_of, representative, library):
    position = way.to(State.CONSULTATION)

    response = send_endorsement(client_of(representative), position, library, version=9)

    assert response.status_code == 404


@pytest.mark.parametrize("whose", [None, "x", 999_999, "foreign"])
def test_O_036_nobody_speaks_for_a_library_of_others(
    whose, way, client_of, representative, libraries
):
    position = way.to(State.CONSULTATION)
    library = libraries[1].pk if whose == "foreign" else whose
    sent = {"version": 1} | ({"library": library} if library else {})

    response = client_of(representative).post(at(position, "endorse"), sent)

    assert (response.status_code, standing()) == (403, [])


def test_two_who_act_for_the_library_do_not_overwrite_each_other(
    way, client_of, representative, deputy, library
):
    position = way.to(State.CONSULTATION)
    send_endorsement(client_of(representative), position, library, reservation="But shorter.")

    response = send_endorsement(client_of(deputy), position, library, reservation="But longer.")

    shown = response.context["error"]
    assert response.status_code == 409
    assert (shown.mine, shown.theirs, shown.who) == (
        "But longer.",
        "But shorter.",
        "Representative",
    )
    assert standing() == [("Library 1", 1, "But shorter.")]


def test_O_050_the_same_form_sent_five_times_endorses_once(way, client_of, representative, library):
    position = way.to(State.CONSULTATION)
    client, key = client_of(representative), str(uuid.uuid4())

    answers = [send_endorsement(client, position, library, once=key) for _time in range(5)]

    assert {answer.status_code for answer in answers} == {302}
    assert Endorsement.objects.count() == 1


def test_O_038_nothing_else_is_taken_from_the_form(
    way, client_of, representative, other_representative, library
):
    position = way.to(State.CONSULTATION)
    extra = {"author": other_representative.pk, "created_at": "2020-01-01", "withdrawn_at": "x"}

    send_endorsement(client_of(representative), position, library, **extra)

    given = Endorsement.objects.get()
    assert (given.author, given.created_at.year, given.withdrawn_at) == (
        representative,
        position.created_at.year,
        None,
    )


@pytest.mark.parametrize(
    ("state", "status"),
    [(State.CONSULTATION, 302), (State.PARKED, 409), (State.SUBMITTED, 409), (State.DRAFT, 404)],
)
def test_too_early_and_too_late(state, status, way, client_of, representative, library):
    position = way.to(state)

    response = send_endorsement(client_of(representative), position, library)

    assert response.status_code == status


def test_O_037_the_day_the_mandate_ends_the_right_is_gone(way, client_of, representative, library):
    position = way.to(State.CONSULTATION)
    client = client_of(representative)
    representative.mandates.update(ended_on=yesterday())

    assert send_endorsement(client, position, library).status_code == 404


def test_a_library_that_left_the_section_is_refused(way, client_of, coordinator, library):
    position = way.to(State.CONSULTATION)
    mandate(coordinator, MandateKind.DEPUTY, library)
    SectionMembership.objects.filter(library=library).update(ended_on=yesterday())

    assert send_endorsement(client_of(coordinator), position, library).status_code == 403


def test_O_003_an_endorsement_is_withdrawn_at_its_own_position_only(
    way, client_of, representative, library
):
    position, other = way.to(State.CONSULTATION), way.to(State.CONSULTATION)
    client = client_of(representative)
    send_endorsement(client, position, library)
    given = Endorsement.objects.get()

    elsewhere = client.post(at(other, "withdraw_endorsement", given.pk))
    here = client.post(at(position, "withdraw_endorsement", given.pk))

    assert (elsewhere.status_code, here.status_code, standing()) == (404, 302, [])


def test_what_was_withdrawn_meanwhile_is_told(way, client_of, representative, deputy, library):
    position = way.to(State.CONSULTATION)
    send_endorsement(client_of(representative), position, library)
    address = at(position, "withdraw_endorsement", Endorsement.objects.get().pk)
    client_of(deputy).post(address)

    response = client_of(representative).post(address)

    assert response.status_code == 409
    assert "The library has said nothing on this text." in words(response)


def test_the_history_keeps_what_was_withdrawn(way, client_of, representative, coordinator, library):
    position = way.to(State.CONSULTATION)
    client = client_of(representative)
    send_endorsement(client, position, library, reservation="But shorter.")
    client.post(at(position, "withdraw_endorsement", Endorsement.objects.get().pk))

    response = page_of(client_of(coordinator), position)

    (kept,) = response.context["history"]
    assert (kept.what, kept.withdrawn_at is None) == ("endorsement with a reservation", False)


# Minority opinions -------------------------------------------------------------------------------


@pytest.mark.parametrize("rule", [True, False])
def test_an_opinion_is_filed_by_the_rule_that_was_told(
    rule, way, section, client_of, representative, library
):
    section.publishes_minority_opinions = rule
    section.save()
    position = way.to(State.SECTION_VOTE)
    client = client_of(representative)
    response = page_of(client, position)
    (desk,) = desks(response)

    sent = {"goes_public": desk.opinion["goes_public"].value(), "text": "Too dear.\n\nToo long."}
    answer = send_opinion(client, position, library, **sent)

    told = [
        ("globe", "With the position it becomes public, with the library's name and not yours."),
        ("lock", "It stays in the section and the board; it does not become public."),
    ]
    opinion = MinorityOpinion.objects.get()
    assert answer.status_code == 302
    assert (told[0] in response.context["filing"], told[1] in response.context["filing"]) == (
        rule,
        not rule,
    )
    assert (opinion.text, opinion.goes_public) == ("Too dear.\n\nToo long.", rule)


def test_an_opinion_is_not_filed_on_a_rule_that_changed_meanwhile(
    way, section, client_of, representative, library
):
    position = way.to(State.SECTION_VOTE)
    section.publishes_minority_opinions = True
    section.save()

    response = send_opinion(client_of(representative), position, library, text="Too dear.")

    (desk,) = desks(response)
    assert MinorityOpinion.objects.count() == 0
    assert "changed its rule" in desk.opinion.non_field_errors()[0]
    assert (desk.opinion["goes_public"].value(), desk.opinion["text"].value()) == (
        True,
        "Too dear.",
    )


@pytest.mark.parametrize("text", ["", " \n", "x" * 10_001])
def test_an_opinion_needs_words_but_not_too_many(text, way, client_of, representative, library):
    position = way.to(State.SECTION_VOTE)

    response = send_opinion(client_of(representative), position, library, text=text)

    (desk,) = desks(response)
    assert list(desk.opinion.errors) == ["text"]


def test_before_the_vote_no_opinion_is_filed(way, client_of, representative, library):
    position = way.to(State.CONSULTATION)
    client = client_of(representative)
    (desk,) = desks(page_of(client, position))

    sent = {"library": library.pk, "version": 1, "text": "Too dear."}
    response = client.post(at(position, "file_opinion"), sent)

    assert (desk.opinion, response.status_code) == (None, 409)


def test_an_opinion_can_be_withdrawn(way, client_of, representative, library):
    position = way.to(State.SECTION_VOTE)
    client = client_of(representative)
    send_opinion(client, position, library, text="Too dear.")
    address = at(position, "withdraw_opinion", MinorityOpinion.objects.get().pk)

    first, second = client.post(address), client.post(address)

    assert (first.status_code, second.status_code) == (302, 409)
    assert "Too dear." not in words(client.get(at(position)))
