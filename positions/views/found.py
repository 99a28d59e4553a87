from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from core import notices
from core.workflow import NotAllowed
from positions import policy
from positions.models import Attachment, Consultation, Position
from positions.references import Reference


def visible(person, reference: Reference) -> Position:
    """The position of this number, for its page; 404 if this person may not see it."""
    seen = Position.objects.visible_to(person).cited_as(*reference).for_page()
    seen = notices.with_follow(seen.with_followers(), person)
    return get_object_or_404(seen.annotate(attached=Attachment.objects.how_many()))


def to_answer(person, number: str) -> Consultation | None:
    """The consultation a position is to answer, None where none is named; 404 if this person may
    not know of it, 403 if no section of theirs has it."""
    if not number:
        return None
    if not (number.isascii() and number.isdecimal() and len(number) < 19):
        raise Http404
    asked = get_object_or_404(Consultation.objects.visible_to(person).for_lists(), pk=number)
    if not policy.may_answer_for(person, asked):
        raise NotAllowed(_("No section that you lead has this consultation to decide on."))
    return asked


def inside(person, reference: Reference) -> Position:
    """The position, for those who read what is inside it: its versions, its files."""
    found = Position.objects.visible_to(person).cited_as(*reference).with_followers()
    of = get_object_or_404(found.select_related("section", "current"))
    if not policy.sees_inside(person, of):
        raise Http404
    return of
