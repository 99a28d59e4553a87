"""Every place: page × role × state. What a test asks for was found at one visit."""

import os

import pytest

from tests.browser.places import PLACES

pytestmark = [
    pytest.mark.browser,
    pytest.mark.parametrize(
        "place",
        [
            pytest.param(place, id=str(place), marks=pytest.mark.xdist_group(str(place)))
            for place in PLACES
        ],
    ),
]


def test_it_is_there_for_that_person(visits, place):
    assert visits.to(place).status == place.status


def test_its_markup_is_right(visits, place):
    errors = visits.to(place).markup

    if errors is None and not os.environ.get("LEAVE_NOTHING_OUT"):
        pytest.skip("Java or the Nu HTML checker is missing, and VNU names no vnu.jar")
    assert errors == []


def test_O_075_it_has_no_barrier(visits, place):
    assert visits.to(place).barriers == []


def test_O_075_it_has_no_barrier_in_the_dark(visits, place):
    assert visits.to(place).barriers_in_the_dark == []


def test_O_021_the_browser_has_nothing_to_complain_of(visits, place):
    assert visits.to(place).complaints == []


def test_O_082_nothing_comes_from_elsewhere(visits, place):
    assert visits.to(place).strangers == []


def test_O_086_nothing_sticks_out_of_a_narrow_screen(visits, place):
    assert visits.to(place).sticking_out == []


def test_O_086_everything_can_be_hit_with_a_finger(visits, place):
    assert visits.to(place).too_small == []
