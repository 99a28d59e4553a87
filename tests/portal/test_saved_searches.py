"""Saved searches: whose they are, and the letters about what is new in them."""

from datetime import timedelta

import pytest
from django.core import mail, signing
from django.test import Client
from django.urls import reverse

from core import clock, notices, outbox
from core.models import Cadence, Mail, SavedSearch
from core.notices import Group, Pace
from core.search.asking import Question
from iksz_portal import saved_searches, searching
from iksz_portal.mail import GROUPS, RENDERERS
from iksz_portal.search_forms import SavedSearchForm
from positions.choices import State
from tests.cast import signed_in, yesterday

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


@pytest.fixture
def save(representative):
    def saved(by=representative, words="opening", cadence=Cadence.DAILY, name="Hours"):
        by.language = "en"
        by.save()
        return saved_searches.save(by=by, question=Question(words), name=name, cadence=cadence)

    return saved


def a_day_later():
    return clock.at(clock.now() + timedelta(days=1, minutes=1))


def send():
    """What the worker does: follows, looks, sends; the letters that went."""
    searching.follow()
    told = saved_searches.tell_what_is_new()
    outbox.send_due({**RENDERERS})
    return told


def letters():
    return [each for each in mail.outbox if each.subject.startswith("New in your search")]


# Kept --------------------------------------------------------------------------------------------


def test_a_search_is_saved_renamed_and_deleted(representative):
    client = signed_in(representative)
    address = reverse("search:save") + "?q=opening"

    assert 'value="opening"' in client.get(address).text
    client.post(address, {"name": "Opening hours", "cadence": "weekly"})
    saved = SavedSearch.objects.get()
    assert (saved.person, saved.name, saved.asked, saved.cadence) == (
        representative,
        "Opening hours",
        {"q": "opening"},
        "weekly",
    )
    assert "Opening hours" in client.get(reverse("search:saved")).text

    client.post(reverse("search:change", args=[saved.pk]), {"name": "Hours", "cadence": "never"})
    saved.refresh_from_db()
    assert (saved.name, saved.cadence) == ("Hours", "never")

    client.post(reverse("search:delete", args=[saved.pk]))
    assert not SavedSearch.objects.exists()


def test_two_searches_of_a_person_do_not_share_a_name(representative, save):
    save()
    page = signed_in(representative).post(
        reverse("search:save") + "?q=other", {"name": "Hours", "cadence": "daily"}
    )

    assert "You have saved a search by this name already." in page.text
    assert SavedSearch.objects.count() == 1


def test_a_name_taken_in_the_same_moment_is_told_beside_the_field(
    representative, save, monkeypatch
):
    save()
    monkeypatch.setattr(SavedSearchForm, "clean_name", lambda form: form.cleaned_data["name"])
    page = signed_in(representative).post(
        reverse("search:save") + "?q=other", {"name": "Hours", "cadence": "daily"}
    )

    assert "You have saved a search by this name already." in page.text
    assert SavedSearch.objects.get().asked == {"q": "opening"}


def test_nobody_sees_or_changes_a_search_of_somebody_else(
    representative, other_representative, save
):
    saved = save()
    client = signed_in(other_representative)

    assert "Hours" not in client.get(reverse("search:saved")).text
    assert client.post(reverse("search:delete", args=[saved.pk])).status_code == 404
    assert client.get(reverse("search:change", args=[saved.pk])).status_code == 404


def test_there_is_an_end_to_how_many_one_saves(representative, save, monkeypatch):
    monkeypatch.setattr(saved_searches, "MOST_SAVED", 1)
    save()
    client = signed_in(representative)

    page = client.post(
        reverse("search:save") + "?q=x1", {"name": "More", "cadence": "daily"}, follow=True
    )

    assert "delete one first" in page.text
    assert SavedSearch.objects.count() == 1


# Told --------------------------------------------------------------------------------------------


def test_what_is_new_is_told_once_in_one_letter(way, save):
    way.to(State.CONSULTATION)
    searching.follow()
    save()
    newer = [way.to(State.CONSULTATION), way.to(State.CONSULTATION)]

    with a_day_later():
        assert send() == 1
        assert send() == 0
    with clock.at(clock.now() + timedelta(days=3)):
        assert send() == 0

    (letter,) = letters()
    assert letter.subject == "New in your search: Hours"
    assert all(outbox.link(each.get_absolute_url()) in letter.body for each in newer)
    assert letter.body.count("On the opening hours") == 2


def test_what_only_comes_near_is_not_told(way, save):
    save(words="opening hippopotamus")
    way.to(State.CONSULTATION)

    with a_day_later():
        assert send() == 0


def test_a_search_that_cannot_be_read_does_not_keep_the_others_waiting(way, save):
    broken, _whole = save(name="Broken"), save()
    SavedSearch.objects.filter(pk=broken.pk).update(asked={"q": 5})
    way.to(State.CONSULTATION)

    with a_day_later():
        assert (send(), send()) == (1, 0)

    assert [each.subject for each in letters()] == ["New in your search: Hours"]


@pytest.mark.parametrize(
    ("cadence", "days", "told"),
    [
        ("at_once", 0, 1),
        ("daily", 0, 0),
        ("daily", 1, 1),
        ("weekly", 6, 0),
        ("weekly", 7, 1),
        ("never", 30, 0),
    ],
)
def test_letters_come_as_often_as_was_chosen(way, save, cadence, days, told):
    save(cadence=cadence)
    way.to(State.CONSULTATION)

    with clock.at(clock.now() + timedelta(days=days, minutes=1)):
        assert send() == told


def test_a_letter_that_waits_is_dropped_when_the_right_is_gone(way, save, representative):
    save()
    way.to(State.CONSULTATION)
    searching.follow()
    with a_day_later():
        assert saved_searches.tell_what_is_new() == 1
        representative.mandates.update(ended_on=yesterday())
        outbox.send_due({**RENDERERS})

    assert letters() == []
    assert Mail.objects.get(kind=saved_searches.FOUND).dropped_at is not None


def test_nothing_is_told_of_what_one_may_not_see(way, save, foreign_representative):
    save(by=foreign_representative)
    way.to(State.CONSULTATION)

    with a_day_later():
        assert send() == 0


def test_letters_are_ended_by_their_link_without_signing_in(way, save):
    saved = save()
    way.to(State.CONSULTATION)
    with a_day_later():
        send()
    address = next(line for line in letters()[0].body.splitlines() if "/no-more-letters/" in line)
    path = address.removeprefix(outbox.link(""))

    assert "End these letters" in Client().get(path).text
    assert SavedSearch.objects.get().cadence == Cadence.DAILY
    assert "No more letters will come" in Client().post(path).text
    saved.refresh_from_db()
    assert saved.cadence == Cadence.NEVER


def test_all_letters_of_saved_searches_are_left_with_one_click(way, save, representative):
    save()
    way.to(State.CONSULTATION)
    searching.follow()
    with a_day_later():
        saved_searches.tell_what_is_new()
        outbox.send_due(RENDERERS, GROUPS)
    (letter,) = letters()
    way_out = letter.extra_headers["List-Unsubscribe"].strip("<>").removeprefix(outbox.link(""))

    answer = Client(enforce_csrf_checks=True).post(way_out, {"List-Unsubscribe": "One-Click"})

    assert letter.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert answer.status_code == 200
    assert notices.pace_of(representative, Group.SEARCHES) == Pace.OFF
    assert "Letters of saved searches are switched off" in mine(representative)


def test_the_list_says_nothing_of_letters_that_come(save, representative):
    save()

    assert "Letters of saved searches are switched off" not in mine(representative)


def mine(person):
    return signed_in(person).get(reverse("search:saved")).text


def test_O_054_the_page_of_a_token_is_kept_nowhere(save):
    search = save(cadence=Cadence.NEVER)
    address = reverse("search:end", args=[saved_searches.token_of(search)])

    ended = Client().get(address)

    assert (ended.status_code, ended.cookies, "no-store" in ended["Cache-Control"]) == (
        200,
        {},
        True,
    )


def test_a_token_of_ones_own_making_ends_nothing(save):
    saved = save()

    for token in (signing.dumps(saved.pk), signing.dumps(saved.pk, salt="other"), "nonsense"):
        assert Client().post(reverse("search:end", args=[token])).status_code == 404


def test_a_visitor_has_no_searches():
    page = Client().get(reverse("search:page"), {"q": "opening"}).text

    assert "Save this search" not in page
