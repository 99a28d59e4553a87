from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Channel(models.TextChoices):
    OFFICE_GATE = "office_gate", _("official electronic gateway")
    EMAIL = "email", _("e-mail")
    LETTER = "letter", _("letter")
    WEB_FORM = "web_form", _("web form of the authority")
    IN_PERSON = "in_person", _("in person")


class PointResult(models.TextChoices):
    ACCEPTED = "accepted", _("accepted")
    PARTLY = "partly", _("partly accepted")
    REJECTED = "rejected", _("rejected")
    NO_ANSWER = "no_answer", _("no answer")
    ENACTED = "enacted", _("put into force without an answer")


class PromiseState(models.TextChoices):
    OPEN = "open", pgettext_lazy("a promise", "open")
    KEPT = "kept", pgettext_lazy("a promise", "kept")
    BROKEN = "broken", pgettext_lazy("a promise", "broken")


class ProfileKind(models.TextChoices):
    CONSULTATION = "consultation", _("time for comments on a draft")
    ANSWER = "answer", _("time for an authority to answer")
    INFORMATION = "information", _("time to answer an information request")


class Unit(models.TextChoices):
    CALENDAR = "calendar", _("calendar days")
    WORKING = "working", _("working days")


class Leg(models.TextChoices):
    """The steps on the way to an authority's deadline, in their order."""

    COMMENTS = "comments", _("comments close")
    VOTE = "vote", _("the section vote closes")
    BOARD = "board", _("the board decides")
    SUBMISSION = "submission", _("it is submitted")
