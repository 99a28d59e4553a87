"""When somebody was here last: what has happened since is told on their first page."""

from datetime import datetime, timedelta

from core import clock
from members.models import Person

AT_MOST_EVERY = timedelta(hours=1)


def since_last(person: Person) -> datetime | None:
    """The moment of the visit before this one, None on the first. It is written down at most once
    an hour, so that reading does not write each time."""
    now, here = clock.now(), person.here_at
    if here is not None and now - here < AT_MOST_EVERY:
        return person.before_at
    if Person.objects.filter(pk=person.pk, here_at=here).update(here_at=now, before_at=here):
        person.here_at, person.before_at = now, here
    return here
