from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core import clock
from members.models.people import Person


class CalendarAddress(models.Model):
    """The address at which a calendar program reads a person's deadlines, until it is revoked. The
    token in it is kept nowhere: the database knows its digest."""

    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="calendars", verbose_name=_("person")
    )
    token_digest = models.CharField(max_length=64, unique=True, editable=False)
    made_at = models.DateTimeField(_("made"), default=clock.now, editable=False)
    revoked_at = models.DateTimeField(_("revoked"), null=True, editable=False)

    class Meta:
        verbose_name = _("address of a calendar")
        verbose_name_plural = _("addresses of calendars")
        ordering = ["-made_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(revoked_at=None),
                name="members_calendaraddress_one_open",
            )
        ]

    def __str__(self):
        return f"{self.person}"
