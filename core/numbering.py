from django.db import transaction

from core.models import Counter


def next_number(series: str, year: int) -> int:
    """The next number of a series in a year, from 1, gapless: given back if the caller fails."""
    with transaction.atomic():
        Counter.objects.get_or_create(series=series, year=year)
        counter = Counter.objects.select_for_update().get(series=series, year=year)
        counter.value += 1
        counter.save(update_fields=["value"])
    return counter.value
