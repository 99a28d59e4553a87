from django.db import models
from django.utils.translation import gettext_lazy as _

from positions.models.ballots import Ballot


class Seal(models.Model):
    """The count of a secret ballot while it runs, unreadable: one row a ballot, none for a vote.

    It is written anew at each vote and gone when the ballot is closed or annulled.
    """

    ballot = models.OneToOneField(
        Ballot,
        on_delete=models.PROTECT,
        primary_key=True,
        related_name="seal",
        verbose_name=_("ballot"),
    )
    token = models.TextField(_("sealed count"))

    class Meta:
        verbose_name = _("sealed count")
        verbose_name_plural = _("sealed counts")

    def __str__(self):
        return str(self.ballot)
