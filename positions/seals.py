"""The count of a secret ballot while it runs: numbers alone, sealed, written anew at each vote.

What is stored never says which number rose: the numbers of all answers are packed together, always
as long, with the number of the ballot, and encrypted with fresh randomness and without a time.
Whoever calls holds the position's lock. What it helps against: `docs/decisions/secret-votes.md`.
"""

import struct
from base64 import urlsafe_b64encode

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from core.workflow import SomethingMissing
from positions.choices import SEALED_CHOICES, Choice
from positions.models import Ballot, Seal

NUMBERS = struct.Struct(f">Q{len(SEALED_CHOICES)}I")
AT_NO_TIME = 0
"""A token says in clear when it was made; ours must not."""
UNREADABLE = _(
    "The sealed count of this secret vote cannot be opened. Votes are neither taken nor counted: "
    "the coordinator can annul the vote and hold it anew."
)


class Unreadable(SomethingMissing):
    """The seal is damaged, of another ballot, or made with a key that is known no more."""

    def __init__(self) -> None:
        super().__init__(UNREADABLE)


def begin(ballot: Ballot) -> None:
    Seal.objects.create(ballot=ballot, token=_sealed(ballot, [0] * len(SEALED_CHOICES)))


def add(ballot: Ballot, choice: Choice) -> None:
    numbers = look_into(ballot)
    numbers[choice] += 1
    Seal.objects.filter(ballot=ballot).update(token=_sealed(ballot, numbers.values()))


def open_up(ballot: Ballot) -> None:
    """The ballot, which the caller closes and saves, knows its counts, and the seal is gone.

    Unreadable, too, if the seal does not hold as many votes as libraries have taken part.
    """
    numbers = look_into(ballot)
    if sum(numbers.values()) != ballot.electors.filter(took_part=True).count():
        raise Unreadable
    for choice, number in numbers.items():
        setattr(ballot, f"secret_{choice}", number)
        setattr(ballot, f"tally_{choice}", number)
    destroy(ballot)


def destroy(ballot: Ballot) -> None:
    Seal.objects.filter(ballot=ballot).delete()


def look_into(ballot: Ballot) -> dict[Choice, int]:
    """For the next vote, for the end, and to see that it can be opened; told to nobody."""
    seal = Seal.objects.filter(ballot=ballot).first()
    try:
        packed = _box().decrypt(seal.token) if seal else b""
    except InvalidToken as broken:
        raise Unreadable from broken
    if len(packed) != NUMBERS.size:
        raise Unreadable
    of, *numbers = NUMBERS.unpack(packed)
    if of != ballot.pk:
        raise Unreadable
    return dict(zip(SEALED_CHOICES, numbers, strict=True))


def _sealed(ballot, numbers) -> str:
    packed = NUMBERS.pack(ballot.pk, *numbers)
    return _box().encrypt_at_time(packed, AT_NO_TIME).decode()


def _box() -> MultiFernet:
    """Sealed with the present key; opened with an earlier one, too, while it is still named."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(_derived(key)) for key in keys])


def _derived(key):
    digest = salted_hmac("positions.seals", "", secret=key, algorithm="sha256").digest()
    return urlsafe_b64encode(digest)
