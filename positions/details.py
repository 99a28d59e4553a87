"""What every move asks of its details: SomethingMissing names the field that does not do."""

from django.utils.translation import gettext as _

from core import clock
from core.workflow import SomethingMissing


def require(text, *, field):
    if not text.strip():
        raise SomethingMissing(_("This field is needed."), field=field)


def refuse_past(day, *, field):
    if day < clock.today():
        raise SomethingMissing(_("This day has passed: choose a later one."), field=field)


def refuse_future(day, *, field):
    if day > clock.today():
        raise SomethingMissing(
            _("This day has not come yet: choose today or an earlier one."), field=field
        )
