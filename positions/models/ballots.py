from django.conf import settings
from django.db import models
from django.db.models import Count, F, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from core import clock
from members.models import Library
from positions.choices import SEALED_CHOICES, BallotKind, Choice
from positions.models.amendments import Amendment
from positions.models.positions import Position
from positions.models.versions import Version
from sections.choices import Majority, Quorum
from sections.rules import is_carried, votes_needed_for_quorum


class BallotManager(models.Manager):
    """Every ballot comes with its tally, counted by the database; the votes of those who were
    excluded are kept and not counted. Of a secret one what was under the seal is in it once that
    was opened."""

    def get_queryset(self):
        counted = Q(electors__excluded=False)
        chosen = {
            f"tally_{choice}": Count(
                "electors__vote", filter=counted & Q(electors__vote__choice=choice)
            )
            for choice in Choice
        }
        for choice in SEALED_CHOICES:
            chosen[f"tally_{choice}"] += Coalesce(F(f"secret_{choice}"), 0)
        return (
            super()
            .get_queryset()
            .annotate(
                electorate=Count("electors", filter=counted),
                took_part=Count("electors", filter=Q(electors__took_part=True)),
                **chosen,
            )
        )


def _all_secret_counts(missing: bool) -> Q:
    return Q(**{f"secret_{choice}__isnull": missing for choice in SEALED_CHOICES})


class Ballot(models.Model):
    """One vote on one version: the electorate and the rules are frozen when it opens."""

    position = models.ForeignKey(
        Position, on_delete=models.PROTECT, related_name="ballots", verbose_name=_("position")
    )
    kind = models.CharField(_("kind"), max_length=10, choices=BallotKind)
    amendment = models.ForeignKey(
        Amendment,
        on_delete=models.PROTECT,
        null=True,
        related_name="ballots",
        verbose_name=_("amendment"),
    )
    round = models.PositiveSmallIntegerField(_("round"), default=1)
    is_repeat = models.BooleanField(_("repeats one that missed its quorum"), default=False)
    item = models.ForeignKey(
        "AgendaItem",
        on_delete=models.PROTECT,
        null=True,
        related_name="ballots",
        verbose_name=_("item on the agenda"),
    )
    version = models.ForeignKey(
        Version, on_delete=models.PROTECT, related_name="+", verbose_name=_("version")
    )
    quorum = models.CharField(_("quorum"), max_length=20, choices=Quorum)
    majority = models.CharField(_("majority"), max_length=20, choices=Majority)
    is_secret = models.BooleanField(_("secret"), default=False)
    secret_yes = models.PositiveIntegerField(_("yes, counted secretly"), null=True)
    secret_no = models.PositiveIntegerField(_("no, counted secretly"), null=True)
    secret_abstain = models.PositiveIntegerField(_("abstentions, counted secretly"), null=True)
    opened_at = models.DateTimeField(_("opened"), default=clock.now)
    closes_at = models.DateTimeField(_("closes"))
    reminded_at = models.DateTimeField(_("the silent ones were reminded"), null=True)
    deferred_at = models.DateTimeField(_("deferred"), null=True)
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
                fields=["position", "kind", "round"],
                condition=Q(amendment=None),
                name="positions_ballot_round_once",
            ),
            models.UniqueConstraint(
                fields=["amendment", "round"], name="positions_ballot_of_amendment_round_once"
            ),
            models.UniqueConstraint(
                fields=["position"],
                condition=Q(closed_at=None, annulled_at=None, amendment=None),
                name="positions_ballot_one_open",
            ),
            models.UniqueConstraint(
                fields=["amendment"],
                condition=Q(closed_at=None, annulled_at=None),
                name="positions_ballot_one_open_of_amendment",
            ),
            models.CheckConstraint(
                condition=Q(kind=BallotKind.AMENDMENT, amendment__isnull=False)
                | ~Q(kind=BallotKind.AMENDMENT) & Q(amendment=None),
                name="positions_ballot_on_text_or_amendment",
            ),
            models.CheckConstraint(
                condition=Q(item=None) | Q(kind=BallotKind.BOARD),
                name="positions_ballot_at_a_meeting_is_the_boards",
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None) | Q(annulled_at=None),
                name="positions_ballot_closed_or_annulled",
            ),
            models.CheckConstraint(
                condition=Q(is_secret=False)
                | ~Q(kind=BallotKind.BOARD) & ~Q(majority=Majority.UNOPPOSED),
                name="positions_ballot_secret_in_the_section_and_not_by_silence",
            ),
            models.CheckConstraint(
                condition=Q(is_secret=True, closed_at__isnull=False) & _all_secret_counts(False)
                | ~Q(is_secret=True, closed_at__isnull=False) & _all_secret_counts(True),
                name="positions_ballot_secret_counts_once_closed",
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.round}"

    @property
    def is_open(self) -> bool:
        """Votes are taken: not closed, not annulled, and the last second has not passed. Those of a
        meeting are entered at once, by its secretary."""
        return self.is_running and not self.is_at_meeting and clock.now() <= self.closes_at

    @property
    def is_by_silence(self) -> bool:
        """Whoever does not vote against it is for it."""
        return self.majority == Majority.UNOPPOSED

    @property
    def is_at_meeting(self) -> bool:
        return self.item_id is not None

    @property
    def awaits_votes(self) -> bool:
        return self.is_open and self.turnout < self.electorate

    @property
    def is_told(self) -> bool:
        """Of the board: no vote can come any more, and its readers see the votes. A ballot whose
        time is over without a quorum may be deferred: it stays untold."""
        return self.closed_at is not None or (self.has_quorum and not self.awaits_votes)

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
        if self.is_secret:
            return self.took_part + self.tally_recuse
        return sum(getattr(self, f"tally_{choice}") for choice in Choice)

    @property
    def quorum_needed(self) -> int:
        return votes_needed_for_quorum(Quorum(self.quorum), self.entitled)

    @property
    def missing_for_quorum(self) -> int:
        return max(0, self.quorum_needed - self.cast)

    @property
    def has_quorum(self) -> bool:
        return self.cast >= self.quorum_needed and self.entitled > 0

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


class ElectorQuerySet(models.QuerySet):
    def silent(self):
        """Those of whom a vote may still come: none has, neither by name nor secretly."""
        return self.filter(vote=None, took_part=False, excluded=False)


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
    took_part = models.BooleanField(_("has voted secretly"), default=False)
    excluded = models.BooleanField(_("excluded for conflict of interest"), default=False)

    objects = ElectorQuerySet.as_manager()

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

    @property
    def has_voted(self) -> bool:
        return self.took_part or hasattr(self, "vote")


class Vote(models.Model):
    """The one vote of an elector; in a secret ballot only that it takes no part."""

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
