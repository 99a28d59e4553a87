"""The lists of this room, by noun."""

from positions import (
    admin_amendments,
    admin_consultations,
    admin_files,
    admin_letters,
    admin_meetings,
    admin_positions,
    admin_records,
    admin_subjects,
    admin_translations,
)

__all__ = [
    "admin_amendments",
    "admin_consultations",
    "admin_files",
    "admin_letters",
    "admin_meetings",
    "admin_positions",
    "admin_records",
    "admin_subjects",
    "admin_translations",
]
