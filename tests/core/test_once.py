import threading
import uuid

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection, connections
from django.http import HttpResponse
from django.shortcuts import redirect
from django.test import RequestFactory

from core import once
from core.models import Counter, OnceKey
from core.numbering import next_number
from tests.people import a_person

pytestmark = pytest.mark.django_db


@once.once_only
def count(request):
    number = next_number("test", 2026)
    return redirect(f"/number/{number}/")


@once.once_only
def refuse(request):
    next_number("test", 2026)
    return HttpResponse("Please correct this.")


def sent(view, person, key, path="/", **words):
    request = RequestFactory().post(path, {once.FIELD: key, **words})
    request.user = person
    return view(request)


@pytest.fixture
def anna():
    return a_person()


def test_O_050_the_same_form_sent_five_times_has_one_result(anna):
    key = once.new_key()

    answers = [sent(count, anna, key)["Location"] for _turn in range(5)]

    assert answers == ["/number/1/"] * 5
    assert Counter.objects.get().value == 1


def test_another_form_has_a_result_of_its_own(anna):
    answers = [sent(count, anna, once.new_key())["Location"] for _turn in range(2)]

    assert answers == ["/number/1/", "/number/2/"]


@pytest.mark.parametrize("other", [{"text": "Quite another matter."}, {"path": "/other/"}])
def test_who_goes_back_and_writes_something_else_is_heard(anna, other):
    key = once.new_key()

    first = sent(count, anna, key, text="A matter.")
    second = sent(count, anna, key, **{"text": "A matter.", **other})

    assert (first["Location"], second["Location"]) == ("/number/1/", "/number/2/")


def test_O_050_the_token_of_a_form_makes_it_no_other(anna):
    key = once.new_key()

    answers = [sent(count, anna, key, csrfmiddlewaretoken=token)["Location"] for token in "ab"]

    assert answers == ["/number/1/"] * 2


def test_a_form_that_was_not_accepted_can_be_sent_again(anna):
    key = once.new_key()

    refused = sent(refuse, anna, key)
    accepted = sent(count, anna, key)

    assert (refused.status_code, accepted["Location"]) == (200, "/number/1/")


@pytest.mark.parametrize("key", ["", "nonsense"])
def test_a_form_without_a_proper_key_is_handled_as_it_is(anna, key):
    answers = [sent(count, anna, key)["Location"] for _turn in range(2)]

    assert answers == ["/number/1/", "/number/2/"]
    assert not OnceKey.objects.exists()


def test_O_050_the_key_of_somebody_else_says_nothing_and_stops_nothing(anna):
    """A form opened as a visitor, sent, and sent again after signing in; or a key that was seen."""
    key = once.new_key()

    answers = [sent(count, person, key)["Location"] for person in (AnonymousUser(), anna)]

    assert answers == ["/number/1/", "/number/2/"]


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_O_050_the_same_form_sent_five_times_at_once_has_one_result():
    anna, key, answers = a_person(), str(uuid.uuid4()), []

    def work():
        try:
            answers.append(sent(count, anna, key)["Location"])
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work) for _number in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert connection.vendor == "postgresql"
    assert answers == ["/number/1/"] * 5
