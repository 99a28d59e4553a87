from django.db import models
from django.utils.translation import gettext_lazy as _


class OfficeKind(models.TextChoices):
    CHAIR = "chair", _("chair of the section")
    COORDINATOR = "coordinator", _("coordinator")


class Quorum(models.TextChoices):
    MORE_THAN_HALF = "more_than_half", _("more than half of those entitled to vote")
    TWO_THIRDS = "two_thirds", _("at least two thirds of those entitled to vote")
    ANY = "any", _("any number of votes")
    NONE = "none", _("none: silence is consent")


class Majority(models.TextChoices):
    SIMPLE = "simple", _("more yes than no votes")
    ABSOLUTE = "absolute", _("more than half of the votes cast")
    TWO_THIRDS = "two_thirds", _("at least two thirds of the votes cast")
    ABSOLUTE_OF_ALL = "absolute_of_all", _("more than half of those entitled to vote")
    TWO_THIRDS_OF_ALL = "two_thirds_of_all", _("at least two thirds of those entitled to vote")
    UNOPPOSED = "unopposed", _("no vote against it")
