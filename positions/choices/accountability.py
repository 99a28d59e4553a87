from django.db import models
from django.utils.translation import gettext_lazy as _


class Ending(models.TextChoices):
    """How an authority has dealt with what was submitted to it, so far."""

    IN_TIME = "in_time", _("answered in time")
    LATE = "late", _("answered late")
    UNBOUND = "unbound", _("answered, no deadline")
    OVERDUE = "overdue", _("not answered, overdue")
    PENDING = "pending", _("waiting for the answer")
    SET_ASIDE = "set_aside", _("superseded before an answer")


ANSWERED = (Ending.IN_TIME, Ending.LATE, Ending.UNBOUND)
BOUND = (Ending.IN_TIME, Ending.LATE, Ending.OVERDUE)
"""Those whose deadline has told: the share answered in time is counted over them."""
