"""First-use hints: one small word on each key page, until its reader has put it away.

Kept with the person, who is read anyway: no page asks the database once more for them.
"""

from django.db import transaction

from members.models import Person

NAMES = frozenset(
    """
    waiting position edit vote board_queue meeting register directory office
    """.split()  # noqa: SIM905
)


def is_shown(*, name: str, person) -> bool:
    """Visitors see none: nothing could be remembered of them."""
    return person.is_authenticated and name not in person.hints_put_away


@transaction.atomic
def put_away(*, name: str, by: Person) -> None:
    person = Person.objects.select_for_update().get(pk=by.pk)
    _keep(person, sorted({*person.hints_put_away, name}))


def show_again(*, by: Person) -> None:
    _keep(by, [])


def _keep(person, names):
    """A preference and no act: it leaves no entry in the person's history."""
    Person.objects.filter(pk=person.pk).update(hints_put_away=names)
