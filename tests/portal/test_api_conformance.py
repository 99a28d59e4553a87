"""Schemathesis asks the API everything its document allows, and much it does not."""

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import load_all_checks
from schemathesis.specs.openapi.checks import positive_data_acceptance

from iksz_portal.api import served
from iksz_portal.wsgi import application
from positions import recounting
from positions.choices import State
from positions.models import Topic

load_all_checks()
NEVER_LIMITED = "1000000/m"

pytestmark = pytest.mark.django_db


@pytest.fixture
def something_of_everything(position_in, monkeypatch):
    """What is asked for may be there: a position with its topic, resolution and figures."""
    monkeypatch.setattr(served, "RATE", NEVER_LIMITED)
    position = position_in(State.EVALUATED)
    position.topics.add(Topic.objects.create(name="Nyitvatartás"))
    recounting.recount()
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)  # as Django's own client does
    yield position
    for signal in signals:
        signal.connect(close_old_connections)


def from_somewhere(environ, start_response):
    """The portal as a server calls it: with an address of the caller."""
    return application(environ | {"REMOTE_ADDR": "203.0.113.7"}, start_response)


@pytest.fixture
def document(something_of_everything):
    return schemathesis.openapi.from_wsgi("/api/v1/openapi.json", from_somewhere)


BOUNDED = settings(
    max_examples=8,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)


PLAIN = {"Accept-Encoding": "identity"}  # called without a server, nothing unpacks the answer


def ask(case):
    """A cursor is a string like any other to the document, but only those handed out are taken."""
    with_cursor = "cursor" in (case.query or {})
    case.call_and_validate(
        headers=PLAIN, excluded_checks=[positive_data_acceptance] if with_cursor else []
    )


@pytest.mark.parametrize("mode", list(GenerationMode))
def test_schemathesis_finds_nothing(document, mode):
    """Neither by what the document allows nor by what it does not."""
    operations = [found.ok() for found in document.get_all_operations()]
    for operation in operations:
        cases = operation.as_strategy(generation_mode=mode)
        BOUNDED(given(case=cases)(ask))()

    assert len(operations) == 14


def test_what_is_there_is_told_as_the_document_says(document, something_of_everything):
    position = something_of_everything
    series, _slash, number = position.reference.partition("/")
    decision = position.decisions.get()
    there = {
        "/counties/{code}": {"code": "HU-BK"},
        "/libraries/{slug}": {"slug": "library-1"},
        "/sections/{slug}": {"slug": "megyei"},
        "/positions/{series}/{number}": {"series": series, "number": number},
        "/resolutions/{year}/{number}": {"year": decision.year, "number": decision.number},
        "/topics/{key}": {"key": position.topics.get().pk},
        "/authorities/{key}": {"key": position.addressee_id},
        "/positions": {},
        "/resolutions": {},
        "/authorities": {},
    }
    answers = {
        path: document[f"/api/v1{path}"]["GET"]
        .Case(path_parameters=parts)
        .call_and_validate(headers=PLAIN)
        for path, parts in there.items()
    }

    assert {path: answer.status_code for path, answer in answers.items()} == dict.fromkeys(
        there, 200
    )
