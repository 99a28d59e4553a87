"""Pages of a list that may be endless: what they cost does not grow with it."""

from django.core.paginator import Paginator
from django.utils.functional import cached_property

MOST_COUNTED = 1000


class BoundedPaginator(Paginator):
    """Counts to a thousand, and pages that far: whoever looks for more narrows the list."""

    @cached_property
    def _counted(self) -> int:
        return self.object_list.order_by()[: MOST_COUNTED + 1].count()

    @cached_property
    def count(self) -> int:
        return min(self._counted, MOST_COUNTED)

    @property
    def has_more(self) -> bool:
        """Whether there are more than it counts."""
        return self._counted > MOST_COUNTED


class KeyedPaginator(BoundedPaginator):
    """Of what is found only by a look at every row: looked for once, then shown by its keys."""

    @cached_property
    def _keys(self) -> list[int]:
        return list(self.object_list.values_list("pk", flat=True)[: MOST_COUNTED + 1])

    @cached_property
    def _counted(self) -> int:
        return len(self._keys)

    def page(self, number):
        number = self.validate_number(number)
        end = min(number * self.per_page, MOST_COUNTED)
        shown = self._keys[(number - 1) * self.per_page : end]
        return self._get_page(self.object_list.filter(pk__in=shown), number, self)


class KnownPaginator(Paginator):
    """Of what has been counted already: the database is not asked for the number again."""

    def __init__(self, *args, count, **rest):
        super().__init__(*args, **rest)
        self.__dict__["count"] = count
