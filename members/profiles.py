"""What a library's profile is, field by field, and how a proposed change compares with it."""

import hashlib
import json
from typing import Any

from django.utils.text import capfirst

from members.models import Library, ProfileChange

FIELDS = (
    "name",
    "city",
    "postal_code",
    "street",
    "phone",
    "email",
    "website",
    "opening_hours",
    "opening_hours_en",
    "opening_hours_sl",
    "description",
    "description_en",
    "description_sl",
)


def values_of(library: Library) -> dict[str, str]:
    """The profile with its line ends made alike, whoever typed them."""
    return {field: getattr(library, field).replace("\r\n", "\n") for field in FIELDS}


def fingerprint(library: Library) -> str:
    """The same for the same profile: tells whether what a form was filled from still stands."""
    text = json.dumps(values_of(library), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def label_of(field: str) -> Any:
    return Library._meta.get_field(field).verbose_name


def comparison(change: ProfileChange) -> list[tuple[Any, str, str]]:
    """Rows of field, old and new value, in the profile's order, for the component of that name."""
    return [
        (capfirst(label_of(field)), change.before[field], change.after[field])
        for field in FIELDS
        if field in change.after
    ]


def changed_since(change: ProfileChange, library: Library) -> list[str]:
    """The fields of the change whose value in the profile is no longer the one that was seen."""
    now = values_of(library)
    return [
        field
        for field in FIELDS
        if field in change.after and now[field] not in {change.before[field], change.after[field]}
    ]
