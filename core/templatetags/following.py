"""The one button by which somebody follows what the page is about."""

from django import template

from core.notices import USUAL, Group, Pace

register = template.Library()


@register.inclusion_tag("components/follow_button.html", takes_context=True)
def follow_button(context, *, kind, thing):
    """For those who are signed in; `thing` was read with `core.notices.with_follow`, and `kind` is
    its name in `iksz_portal.following`."""
    pace = getattr(thing, "followed_pace", None) or USUAL[Group.FOLLOWED]
    return {
        "csrf_token": context.get("csrf_token"),
        "is_signed_in": hasattr(thing, "is_followed"),
        "is_followed": getattr(thing, "is_followed", False),
        "kind": kind,
        "pk": thing.pk,
        "at_once": pace == Pace.AT_ONCE,
        "daily": pace == Pace.DAILY,
        "weekly": pace == Pace.WEEKLY,
    }
