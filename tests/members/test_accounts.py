import pytest
from django.urls import reverse

from tests.people import a_person, sign_in

pytestmark = pytest.mark.django_db


def test_somebody_signs_in_by_email_and_is_led_to_the_front_page(client):
    anna = a_person()

    response = sign_in(client, "Anna@Example.org")

    assert (response.status_code, response["Location"]) == (302, reverse("home"))
    assert client.session["_auth_user_id"] == str(anna.pk)
