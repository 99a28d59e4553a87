"""What the accessibility statement has to say of itself: when it was made, and last looked at.

Commission Implementing Decision (EU) 2018/1523 gives the model; it asks for a review every year.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from core import addresses, clock

PREPARED = date(2026, 11, 22)
REVIEWED = date(2026, 11, 22)
"""Whoever looks the statement through puts the day here, after correcting what it says."""
REVIEWED_EVERY = timedelta(days=365)
LONGEST_PAGE = 500


def review_is_due() -> bool:
    return clock.today() - REVIEWED > REVIEWED_EVERY


def faults() -> Iterator[str]:
    if review_is_due():
        yield f"The accessibility statement was last reviewed on {REVIEWED}, over a year ago."


def page_before(request) -> str:
    """The page a reader found the barrier on: named in the address, else told by the browser, and
    then only one of this portal, without what was asked there."""
    if named := request.GET.get("page"):
        return named[:LONGEST_PAGE]
    before = addresses.page_before(request)
    return before.path[:LONGEST_PAGE] if before else ""
