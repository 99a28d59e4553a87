"""Two people at once, with two real connections."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from core.workflow import Overtaken, SomethingMissing
from members.actions import apply_for_membership
from members.choices import LibraryKind
from members.models import Library, Membership, ProfileChange
from members.workflow import APPLICATIONS, PROFILE_CHANGES
from tests.members.profile import proposed

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgresql]


def at_once(*acts):
    """What became of each: its result, or the name of the refusal."""
    start = Barrier(len(acts))

    def run(act):
        try:
            start.wait()
            act()
        except (Overtaken, SomethingMissing) as refused:
            return type(refused).__name__
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(len(acts)) as pool:
        return sorted(pool.map(run, acts))


def application(county):
    return apply_for_membership(
        library_name="Új Könyvtár",
        county=county,
        city="Baja",
        kind=LibraryKind.CITY,
        applicant_name="Kitalált Kérelmező",
        applicant_email="kerelmezo@example.org",
        statement="Szeretnénk.",
    )


def test_two_who_act_for_a_library_propose_at_once(representative, deputy, library):
    came = at_once(
        lambda: proposed(library, representative, phone="1"),
        lambda: proposed(library, deputy, phone="2"),
    )

    assert came == ["SomethingMissing", "done"]
    assert ProfileChange.objects.count() == 1


def test_a_change_is_decided_once(representative, staff, admin, library):
    change = proposed(library, representative, phone="1")

    came = at_once(
        lambda: PROFILE_CHANGES.perform("approve", change, by=staff),
        lambda: PROFILE_CHANGES.perform("refuse", change, by=admin, note="No."),
    )

    assert came == ["Overtaken", "done"]


def test_two_applications_of_one_library_admit_it_once(staff, admin, county):
    first, second = application(county), application(county)

    came = at_once(
        lambda: APPLICATIONS.perform("approve", first, by=staff),
        lambda: APPLICATIONS.perform("approve", second, by=admin),
    )

    assert came == ["SomethingMissing", "done"]
    assert (Library.objects.count(), Membership.objects.count()) == (1, 1)
