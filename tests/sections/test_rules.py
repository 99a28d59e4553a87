"""Quorum and majority, against tables reckoned by hand."""

import pytest

from sections.choices import Majority, Quorum
from sections.rules import is_carried, votes_needed_for_quorum, yes_votes_needed

HALF, THIRDS, ANY = Quorum.MORE_THAN_HALF, Quorum.TWO_THIRDS, Quorum.ANY
SIMPLE, ABSOLUTE = Majority.SIMPLE, Majority.ABSOLUTE
TWO_THIRDS, OF_ALL = Majority.TWO_THIRDS, Majority.ABSOLUTE_OF_ALL
THIRDS_OF_ALL = Majority.TWO_THIRDS_OF_ALL
UNOPPOSED = Majority.UNOPPOSED


@pytest.mark.parametrize(
    ("rule", "entitled", "needed"),
    [
        (HALF, 1, 1),
        (HALF, 2, 2),
        (HALF, 3, 2),
        (HALF, 9, 5),
        (HALF, 18, 10),
        (HALF, 19, 10),
        (HALF, 153, 77),
        (THIRDS, 1, 1),
        (THIRDS, 2, 2),
        (THIRDS, 3, 2),
        (THIRDS, 4, 3),
        (THIRDS, 18, 12),
        (THIRDS, 19, 13),
        (THIRDS, 153, 102),
        (ANY, 18, 1),
        (ANY, 1, 1),
        (ANY, 0, 0),
        (HALF, 0, 1),
        (THIRDS, 0, 0),
        (Quorum.NONE, 18, 0),
    ],
)
def test_votes_needed_for_a_quorum(rule, entitled, needed):
    assert votes_needed_for_quorum(rule, entitled) == needed


@pytest.mark.parametrize(
    ("rule", "present", "quorate"),
    [(HALF, 72, False), (HALF, 76, False), (HALF, 77, True), (ANY, 72, True), (ANY, 0, False)],
)
def test_of_153_members_72_are_too_few_until_the_meeting_is_repeated(rule, present, quorate):
    """More than half of 153 are 77; the repeated meeting decides with whoever has come."""
    assert (present >= votes_needed_for_quorum(rule, 153)) is quorate


@pytest.mark.parametrize(
    ("rule", "entitled", "yes", "no", "abstain", "needed", "carried"),
    [
        # Simple: more yes than no, whoever abstains.
        (SIMPLE, 18, 6, 5, 7, 6, True),
        (SIMPLE, 18, 5, 5, 8, 6, False),
        (SIMPLE, 18, 1, 0, 17, 1, True),
        (SIMPLE, 18, 0, 0, 18, 1, False),
        # Absolute: more than half of the votes cast, abstentions among them.
        (ABSOLUTE, 18, 6, 5, 0, 6, True),
        (ABSOLUTE, 18, 6, 5, 1, 7, False),
        (ABSOLUTE, 18, 5, 5, 0, 6, False),
        # Two thirds of the votes cast, rounded up.
        (TWO_THIRDS, 18, 8, 4, 0, 8, True),
        (TWO_THIRDS, 18, 8, 4, 1, 9, False),
        (TWO_THIRDS, 18, 7, 3, 0, 7, True),
        (TWO_THIRDS, 18, 6, 4, 0, 7, False),
        (TWO_THIRDS, 18, 0, 0, 0, 1, False),
        # More than half of all, whoever stays away.
        (OF_ALL, 18, 10, 0, 0, 10, True),
        (OF_ALL, 18, 9, 0, 0, 10, False),
        (OF_ALL, 19, 10, 9, 0, 10, True),
        (OF_ALL, 153, 77, 70, 0, 77, True),
        (OF_ALL, 153, 76, 0, 0, 77, False),
        # Two thirds of all, rounded up, whoever stays away.
        (THIRDS_OF_ALL, 18, 12, 6, 0, 12, True),
        (THIRDS_OF_ALL, 18, 11, 0, 0, 12, False),
        (THIRDS_OF_ALL, 19, 13, 0, 0, 13, True),
        (THIRDS_OF_ALL, 19, 12, 0, 7, 13, False),
        (THIRDS_OF_ALL, 153, 102, 51, 0, 102, True),
        (THIRDS_OF_ALL, 153, 101, 0, 0, 102, False),
        (THIRDS_OF_ALL, 1, 1, 0, 0, 1, True),
        (THIRDS_OF_ALL, 0, 0, 0, 0, 1, False),
        # Silence is consent; a single no is enough against it.
        (UNOPPOSED, 18, 0, 0, 0, 0, True),
        (UNOPPOSED, 18, 3, 0, 15, 0, True),
        (UNOPPOSED, 18, 17, 1, 0, 19, False),
    ],
)
def test_a_motion_is_carried_or_not(rule, entitled, yes, no, abstain, needed, carried):
    votes = {"entitled": entitled, "yes": yes, "no": no, "abstain": abstain}

    assert yes_votes_needed(rule, **votes) == needed
    assert is_carried(rule, **votes) is carried


@pytest.mark.parametrize("function", [votes_needed_for_quorum, lambda rule, _n: rule_of(rule)])
def test_an_unknown_rule_is_an_error(function):
    with pytest.raises(ValueError, match="unknown"):
        function("most", 18)


def rule_of(rule):
    return yes_votes_needed(rule, entitled=1, yes=1, no=0, abstain=0)
