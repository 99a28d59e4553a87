from django.conf import settings
from django.db import models
from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from core import clock
from members.models import Library
from positions.choices import BallotKind, Choice, Verdict
from positions.models.positions import Position, Version
from sections.choices import Majority, Quorum
from sections.rules import is_carried, votes_needed_for_quorum


class BallotManager(models.Manager):
    """Every ballot comes with its tally, counted by the database."""

    def get_queryset(self):
        chosen = {
            f"tally_{choice}": Count("electors__vote", filter=Q(electors__vote__choice=choice))
            for choice in Choice
        }
        return super().get_queryset().annotate(electorate=Count("electors"), **chosen)


class Ballot(models.Model):
    """One vote on one version: the electorate and the rules are frozen when it opens."""

    position = models.ForeignKey(
        Position, on_delete=models.PROTECT, related_name="ballots", verbose_name=_("position")
    )
    kind = models.CharField(_("kind"), max_length=10, choices=BallotKind)
    round = models.PositiveSmallIntegerField(_("round"), default=1)
    version = models.ForeignKey(
        Version, on_delete=models.PROTECT, related_name="+", verbose_name=_("version")
    )
    quorum = models.CharField(_("quorum"), max_length=20, choices=Quorum)
    majority = models.CharField(_("majority"), max_length=20, choices=Majority)
    opened_at = models.DateTimeField(_("opened"), default=clock.now)
    closes_at = models.DateTimeField(_("closes"))
    closed_at = models.DateTimeField(_("closed"), null=True)
    annulled_at = models.DateTimeField(_("annulled"), null=True)
    annulled_reason = models.TextField(_("why it was annulled"), blank=True)

    objects = BallotManager()

    class Meta:
        verbose_name = _("ballot")
        verbose_name_plural = _("ballots")
        ordering = ["position", "opened_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["position", "kind", "round"], name="positions_ballot_round_once"
            ),
            models.UniqueConstraint(
                fields=["position"],
                condition=Q(closed_at=None, annulled_at=None),
                name="positions_ballot_one_open",
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.round}"

    @property
    def is_open(self) -> bool:
        """Votes are taken: not closed, not annulled, and the last second has not passed."""
        return self.is_running and clock.now() <= self.closes_at

    @property
    def is_running(self) -> bool:
        return self.closed_at is None and self.annulled_at is None

    @property
    def entitled(self) -> int:
        """Those whose votes the rules count over: the electorate but those taking no part."""
        return self.electorate - self.tally_recuse

    @property
    def cast(self) -> int:
        """Votes cast, abstentions included, those taking no part left out."""
        return self.turnout - self.tally_recuse

    @property
    def turnout(self) -> int:
        return sum(getattr(self, f"tally_{choice}") for choice in Choice)

    @property
    def quorum_needed(self) -> int:
        return votes_needed_for_quorum(Quorum(self.quorum), self.entitled)

    @property
    def missing_for_quorum(self) -> int:
        return max(0, self.quorum_needed - self.cast)

    @property
    def has_quorum(self) -> bool:
        return self.cast >= self.quorum_needed > 0

    @property
    def carries(self) -> bool:
        """Whether the votes cast so far adopt the motion, quorum included.

        On the board "yes" and "no objection" support it and a blocking concern opposes it.
        """
        supporting = self.tally_yes + self.tally_no_objection
        opposing = self.tally_no + self.tally_concern
        return self.has_quorum and is_carried(
            Majority(self.majority),
            entitled=self.entitled,
            yes=supporting,
            no=opposing,
            abstain=self.tally_abstain,
        )


class Elector(models.Model):
    """One entitled to vote in a ballot: a library in the section's, a person in the board's."""

    ballot = models.ForeignKey(
        Ballot, on_delete=models.PROTECT, related_name="electors", verbose_name=_("ballot")
    )
    library = models.ForeignKey(
        Library, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("library")
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("person"),
    )

    class Meta:
        verbose_name = _("elector")
        verbose_name_plural = _("electors")
        constraints = [
            models.CheckConstraint(
                condition=Q(library=None, person__isnull=False)
                | Q(library__isnull=False, person=None),
                name="positions_elector_library_or_person",
            ),
            models.UniqueConstraint(
                fields=["ballot", "library"], name="positions_elector_library_once"
            ),
            models.UniqueConstraint(
                fields=["ballot", "person"], name="positions_elector_person_once"
            ),
        ]

    def __str__(self):
        return str(self.library or self.person)


class Vote(models.Model):
    """The one vote of an elector."""

    elector = models.OneToOneField(
        Elector, on_delete=models.PROTECT, related_name="vote", verbose_name=_("elector")
    )
    choice = models.CharField(_("vote"), max_length=20, choices=Choice)
    reason = models.TextField(_("reason"), max_length=3000, blank=True)
    cast_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("cast by"),
    )
    cast_at = models.DateTimeField(_("cast"), default=clock.now)

    class Meta:
        verbose_name = _("vote")
        verbose_name_plural = _("votes")
        constraints = [
            models.CheckConstraint(
                condition=~Q(choice=Choice.CONCERN) | ~Q(reason=""),
                name="positions_vote_concern_has_words",
            )
        ]

    def __str__(self):
        return f"{self.elector}: {self.get_choice_display()}"


ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")


class BoardDecision(models.Model):
    """A numbered resolution of the board on a position, with its reasons."""

    position = models.ForeignKey(
        Position, on_delete=models.PROTECT, related_name="decisions", verbose_name=_("position")
    )
    ballot = models.ForeignKey(
        Ballot,
        on_delete=models.PROTECT,
        null=True,
        related_name="decisions",
        verbose_name=_("ballot"),
    )
    version = models.ForeignKey(
        Version, on_delete=models.PROTECT, related_name="+", verbose_name=_("version")
    )
    verdict = models.CharField(_("decision"), max_length=20, choices=Verdict)
    year = models.PositiveSmallIntegerField(_("year"))
    number = models.PositiveIntegerField(_("number"))
    decided_on = models.DateField(_("decided on"))
    reasons = models.TextField(_("reasons"))
    outvoted = models.BooleanField(_("blocking concerns were outvoted"), default=False)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("recorded by"),
    )
    recorded_at = models.DateTimeField(_("recorded"), default=clock.now)

    class Meta:
        verbose_name = _("resolution of the board")
        verbose_name_plural = _("resolutions of the board")
        ordering = ["-year", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["year", "number"], name="positions_boarddecision_numbered_once"
            )
        ]

    def __str__(self):
        return self.resolution

    @property
    def resolution(self) -> str:
        """The number it is cited by, as 12/2026. (XI. 21.)."""
        day = self.decided_on
        return f"{self.number}/{self.year}. ({ROMAN[day.month - 1]}. {day.day}.)"
