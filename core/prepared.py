"""Questions that nearly every page asks the database: put together once, asked with other values.

Django needs several times longer to put such a queryset into SQL than the database to answer it.
"""

from collections.abc import Callable
from datetime import date, timedelta
from functools import cache
from typing import Any

from django.db import connection
from django.db.models import QuerySet

Value = int | date


class Prepared:
    """`Prepared(make)(*values)`: the rows of `make(*values)`, which ends in `values_list`.

    Each value, a whole number or a day, must be used as it is, so that it stands in the query by
    itself; how many there are and of which types decides what is put together, nothing else.
    Rows come as the database gives them: ask for numbers and texts only.
    """

    def __init__(self, make: Callable[..., QuerySet]):
        self._make = make
        self._put_together = cache(self._compiled)

    def __call__(self, *values: Value) -> list[tuple]:
        sql, parameters, stand_ins = self._put_together(connection.vendor, *map(type, values))
        instead = dict(zip(stand_ins, map(_adapted, values), strict=True))
        with connection.cursor() as cursor:
            cursor.execute(sql, [instead.get(each, each) for each in parameters])
            return cursor.fetchall()

    def _compiled(self, _vendor: str, *types: type) -> tuple[str, tuple, list]:
        made = _stand_ins(*types)
        sql, parameters = self._make(*made).query.sql_with_params()
        stand_ins = [_adapted(each) for each in made]
        if lost := set(stand_ins) - set(parameters):
            raise ValueError(f"{lost} must stand in the query by themselves: {sql}")
        return sql, parameters, stand_ins


def _stand_ins(*types: type) -> list[Value]:
    """Values that no query has of its own, each different."""
    made = {int: lambda n: -(10**15) - n, date: lambda n: date.min + timedelta(days=n)}
    return [made[each](number) for number, each in enumerate(types)]


def _adapted(value: Value) -> Any:
    return connection.ops.adapt_datefield_value(value) if isinstance(value, date) else value
