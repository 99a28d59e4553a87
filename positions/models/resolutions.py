from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from core import clock
from core.fields import DerivedTextField
from core.text import fold
from members.policy import is_staff
from members.standing import mandates_of
from positions.choices import MINUTES_DONE, LinkKind, Verdict
from positions.models.ballots import Ballot
from positions.models.meetings import AgendaItem
from positions.models.positions import Position
from positions.models.versions import Version

ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")


class BoardDecisionQuerySet(models.QuerySet):
    def visible_to(self, person):
        """With the position they decide on; what the board resolved besides, for everybody once
        the minutes are authenticated, unless it is to stay inside."""
        if is_staff(person) or mandates_of(person).on_board:
            return self
        seen = Position.objects.visible_to(person).filter(pk=OuterRef("position"))
        on_positions = Q(Exists(seen))
        besides = Q(position=None, goes_public=True, item__meeting__status__in=MINUTES_DONE)
        return self.filter(on_positions | besides)

    def cited_as(self, year: int, number: int):
        return self.filter(year=year, number=number)

    def matching(self, typed: str):
        found = self
        for word in fold(typed).split():
            found = found.filter(search_text__contains=word)
        return found

    def with_later_ones(self):
        """What it is on, and what became of it later."""
        back = ResolutionLink.objects.select_related("source")
        joined = self.select_related("position__section")
        return joined.prefetch_related(models.Prefetch("linked_by", back))

    def for_lists(self):
        """With what it does to earlier ones, too."""
        links = ResolutionLink.objects.select_related("target")
        return self.with_later_ones().prefetch_related(models.Prefetch("links", links))

    def for_page(self):
        """With the meeting it was taken at."""
        return self.for_lists().select_related("position__section", "version", "item__meeting")

    def newest_first(self):
        return self.order_by("-year", "-number")


class BoardDecision(models.Model):
    """A numbered resolution of the board: on a position with its reasons, taken in writing or at a
    meeting; or on another item of a meeting, in its own words, with the votes by show of hands."""

    position = models.ForeignKey(
        Position,
        on_delete=models.PROTECT,
        null=True,
        related_name="decisions",
        verbose_name=_("position"),
    )
    ballot = models.OneToOneField(
        Ballot,
        on_delete=models.PROTECT,
        null=True,
        related_name="decision",
        verbose_name=_("ballot"),
    )
    version = models.ForeignKey(
        Version,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("version"),
    )
    item = models.ForeignKey(
        AgendaItem,
        on_delete=models.PROTECT,
        null=True,
        related_name="resolutions",
        verbose_name=_("item on the agenda"),
    )
    subject = models.CharField(_("subject"), max_length=200, blank=True)
    words = models.TextField(_("words of the resolution"), max_length=5000, blank=True)
    goes_public = models.BooleanField(_("becomes public"), default=True)
    votes_for = models.PositiveSmallIntegerField(_("votes for"), null=True)
    votes_against = models.PositiveSmallIntegerField(_("votes against"), null=True)
    votes_abstained = models.PositiveSmallIntegerField(_("abstentions"), null=True)
    votes_apart = models.PositiveSmallIntegerField(_("took no part"), null=True)
    verdict = models.CharField(_("decision"), max_length=20, choices=Verdict)
    year = models.PositiveSmallIntegerField(_("year"))
    number = models.PositiveIntegerField(_("number"))
    decided_on = models.DateField(_("decided on"))
    reasons = models.TextField(_("reasons"), blank=True)
    outvoted = models.BooleanField(_("blocking concerns were outvoted"), default=False)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("recorded by"),
    )
    recorded_at = models.DateTimeField(_("recorded"), default=clock.now)
    search_text = DerivedTextField(
        derive=lambda decision: fold(
            f"{decision.resolution} {decision.title} "
            f"{decision.position.reference if decision.position_id else decision.words}"
        )
    )

    objects = BoardDecisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("resolution of the board")
        verbose_name_plural = _("resolutions of the board")
        ordering = ["-year", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["year", "number"], name="positions_boarddecision_numbered_once"
            ),
            models.CheckConstraint(
                condition=Q(position__isnull=False, version__isnull=False, words="", subject="")
                | Q(
                    position=None,
                    version=None,
                    ballot=None,
                    item__isnull=False,
                    verdict__in=[Verdict.ACCEPTED, Verdict.REJECTED],
                    votes_for__isnull=False,
                    votes_against__isnull=False,
                    votes_abstained__isnull=False,
                    votes_apart__isnull=False,
                )
                & ~Q(words="")
                & ~Q(subject=""),
                name="positions_boarddecision_on_position_or_item",
            ),
        ]

    def __str__(self):
        return self.resolution

    def get_absolute_url(self):
        return reverse("positions:resolution", args=[self.year, self.number])

    @property
    def resolution(self) -> str:
        """The number it is cited by, as 12/2026. (XI. 21.)."""
        day = self.decided_on
        return f"{self.number}/{self.year}. ({ROMAN[day.month - 1]}. {day.day}.)"

    @property
    def title(self) -> str:
        """What it is on."""
        return self.position.title if self.position_id else self.subject

    @property
    def about(self) -> str:
        """The number of the position it is on, or nothing."""
        return self.position.reference if self.position_id else ""

    @cached_property
    def revoked_by(self):
        """The resolution that took it back, or None; of one read for a list."""
        return next((each.source for each in self.linked_by.all() if each.is_revocation), None)

    @property
    def amended_by(self) -> list["BoardDecision"]:
        return [each.source for each in self.linked_by.all() if not each.is_revocation]


class ResolutionLink(models.Model):
    """What a resolution does to an earlier one. No cycles: the number always points backwards."""

    source = models.ForeignKey(
        BoardDecision,
        on_delete=models.PROTECT,
        related_name="links",
        verbose_name=_("resolution of the board"),
    )
    kind = models.CharField(_("what it does"), max_length=10, choices=LinkKind)
    target = models.ForeignKey(
        BoardDecision,
        on_delete=models.PROTECT,
        related_name="linked_by",
        verbose_name=_("earlier resolution"),
    )
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("recorded by"),
    )
    recorded_at = models.DateTimeField(_("recorded"), default=clock.now)

    class Meta:
        verbose_name = _("link between resolutions")
        verbose_name_plural = _("links between resolutions")
        ordering = ["source", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["source", "target"], name="positions_resolutionlink_pair_once"
            ),
            models.UniqueConstraint(
                fields=["target"],
                condition=Q(kind=LinkKind.REVOKES),
                name="positions_resolutionlink_revoked_once",
            ),
            models.CheckConstraint(
                condition=~Q(source=F("target")), name="positions_resolutionlink_to_another"
            ),
        ]

    def __str__(self):
        return f"{self.source} {self.get_kind_display()} {self.target}"

    @property
    def is_revocation(self) -> bool:
        return self.kind == LinkKind.REVOKES
