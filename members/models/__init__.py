from members.models.calendars import CalendarAddress
from members.models.erasures import Erasure
from members.models.libraries import Authority, County, Library, Membership
from members.models.own_data import DataExport
from members.models.people import Invitation, Mandate, Person
from members.models.requests import (
    BarrierReport,
    MembershipApplication,
    MistakeReport,
    ProfileChange,
)

__all__ = [
    "Authority",
    "BarrierReport",
    "CalendarAddress",
    "County",
    "DataExport",
    "Erasure",
    "Invitation",
    "Library",
    "Mandate",
    "Membership",
    "MembershipApplication",
    "MistakeReport",
    "Person",
    "ProfileChange",
]
