from django.shortcuts import get_object_or_404

from positions.models import Position
from positions.references import Reference


def visible(person, reference: Reference) -> Position:
    """The position of this number, for its page; 404 if this person may not see it."""
    seen = Position.objects.visible_to(person).cited_as(*reference).for_page()
    return get_object_or_404(seen)
