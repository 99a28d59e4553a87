"""Token buckets in the database: counted over all workers, by an atomic UPDATE."""

import re
from dataclasses import dataclass

from django.db.models import F, FloatField, Value
from django.db.models.functions import Greatest, Least
from django.utils.crypto import salted_hmac

from core import clients, clock, logs
from core.models import Bucket

UNITS = {"m": 60, "h": 3600, "d": 86400}
RATE = re.compile(r"(\d+)/(\d*)([mhd])")


class Throttled(Exception):
    """Too many tries (429). `wait` is in seconds, until the next one is allowed."""

    def __init__(self, scope: str, wait: float):
        super().__init__(scope)
        self.scope = scope
        self.wait = max(1, round(wait))


@dataclass(frozen=True)
class Rate:
    """So many tries in so many seconds; they come back one by one."""

    amount: int
    seconds: int

    @classmethod
    def read(cls, text: str) -> "Rate":
        """From «5/h», «5/15m» or «20/d»."""
        match = RATE.fullmatch(text)
        if match is None:
            raise ValueError(f"not a rate: {text!r}")
        amount, times, unit = match.groups()
        return cls(int(amount), int(times or 1) * UNITS[unit])

    @property
    def per_second(self) -> float:
        return self.amount / self.seconds


def limit(request, *, scope: str, rate: str) -> None:
    """One try by this client's address; raises Throttled when there are none left."""
    take(scope=scope, who=clients.neighbourhood_of(request), rate=rate, request=request)


def take(*, scope: str, who: str, rate: str, request=None) -> None:
    limits = Rate.read(rate)
    key = _key(scope, who)
    now = clock.now().timestamp()
    level = _level(limits, now)
    bucket = Bucket.objects.filter(key=key).alias(level=level)
    left = bucket.filter(level__gte=1)
    if left.update(tokens=level - 1, filled_at=now):
        return
    first = {"scope": scope, "tokens": limits.amount - 1, "filled_at": now}
    _bucket, is_new = Bucket.objects.get_or_create(key=key, defaults=first)
    if is_new or left.update(tokens=level - 1, filled_at=now):
        return
    logs.security("throttled", request, scope=scope)
    there = bucket.values_list(level, flat=True).first() or 0
    raise Throttled(scope, (1 - there) / limits.per_second)


def give_back(*, scope: str, who: str) -> None:
    """The try was a good one and does not count."""
    Bucket.objects.filter(key=_key(scope, who)).update(tokens=F("tokens") + 1)


def forget(*, scope: str, who: str) -> None:
    """All tries are allowed again."""
    Bucket.objects.filter(key=_key(scope, who)).delete()


def _level(limits: Rate, now: float):
    passed = Greatest(Value(now) - F("filled_at"), Value(0.0), output_field=FloatField())
    full = Value(float(limits.amount))
    return Least(F("tokens") + passed * limits.per_second, full, output_field=FloatField())


def _key(scope: str, who: str) -> str:
    return salted_hmac("core.throttle", f"{scope}:{who}", algorithm="sha256").hexdigest()
