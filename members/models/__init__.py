from members.models.libraries import Authority, County, Library, Membership
from members.models.people import Invitation, Mandate, Person
from members.models.requests import MembershipApplication, MistakeReport, ProfileChange

__all__ = [
    "Authority",
    "County",
    "Invitation",
    "Library",
    "Mandate",
    "Membership",
    "MembershipApplication",
    "MistakeReport",
    "Person",
    "ProfileChange",
]
