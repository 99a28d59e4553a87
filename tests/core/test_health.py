import pytest
from django.db.migrations.recorder import MigrationRecorder

pytestmark = pytest.mark.django_db


def test_the_process_answers_without_the_database(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = client.get("/healthz")

    assert (response.status_code, response.content) == (200, b"ok\n")


def test_a_portal_with_all_migrations_is_ready(client):
    response = client.get("/readyz")

    assert (response.status_code, response.json()["migrations_waiting"]) == (200, 0)


def test_a_portal_behind_its_code_is_not_ready(client):
    MigrationRecorder.Migration.objects.filter(app="core").order_by("-name")[0].delete()

    response = client.get("/readyz")

    assert (response.status_code, response.json()["migrations_waiting"]) == (503, 1)


def test_readiness_is_nobody_elses_business(client):
    assert client.get("/readyz", REMOTE_ADDR="192.0.2.1").status_code == 404


def test_readiness_is_nobody_elses_business_behind_the_proxy(client, settings):
    settings.BEHIND_PROXY = True

    assert client.get("/readyz", HTTP_X_FORWARDED_FOR="192.0.2.1").status_code == 404
