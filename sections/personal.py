"""What this room knows of a person."""

from core.personal import Declared, Held, changed, earlier
from sections.models import Office, Section, SectionMembership

OFFICE = ("section", "kind", "started_on", "ended_on")

HELD: tuple[Declared, ...] = (
    Held(Office, "person", OFFICE, joined=("section",)),
    earlier(Office, "person", OFFICE, joined=("section",)),
    changed(Section),
    changed(SectionMembership),
    changed(Office),
)
