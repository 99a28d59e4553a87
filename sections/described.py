"""A section as schema.org describes it: a part of the association."""

from core.structured import Facts, association, organization
from sections.models import Section


def section_facts(section: Section) -> Facts:
    return part_of(section) | {"parentOrganization": association()}


def part_of(section: Section) -> Facts:
    return organization(name=section, path=section.get_absolute_url(), description=section.mission)
