from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core import clock
from core.models import Stateful
from members.models import Library
from positions.choices import OPEN_AMENDMENTS, AmendmentKind, AmendmentState
from positions.models.positions import Position
from positions.models.versions import Version


class AmendmentQuerySet(models.QuerySet):
    def undecided(self):
        return self.filter(status=AmendmentState.PROPOSED)

    def to_vote(self):
        return self.filter(status=AmendmentState.TO_VOTE)

    def open(self):
        return self.filter(status__in=OPEN_AMENDMENTS)


class Amendment(Stateful):
    """What a library proposes to change in one place of a version, with its reason.

    `paragraph` is the one to be reworded or deleted; an insertion comes after it (0: at the very
    beginning). What becomes of it is decided by the moves of `positions.amending`.
    """

    position = models.ForeignKey(
        Position, on_delete=models.PROTECT, related_name="amendments", verbose_name=_("position")
    )
    number = models.PositiveIntegerField(_("number"))
    version = models.ForeignKey(
        Version, on_delete=models.PROTECT, related_name="amendments", verbose_name=_("version")
    )
    kind = models.CharField(_("kind"), max_length=10, choices=AmendmentKind)
    paragraph = models.PositiveSmallIntegerField(_("paragraph"))
    body = models.TextField(_("proposed wording"), blank=True)
    reason = models.TextField(_("reason"), max_length=3000)
    library = models.ForeignKey(
        Library, on_delete=models.PROTECT, related_name="+", verbose_name=_("proposed by")
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("author"),
    )
    created_at = models.DateTimeField(_("proposed"), default=clock.now)
    status = models.CharField(
        _("state"),
        max_length=10,
        choices=AmendmentState,
        default=AmendmentState.PROPOSED,
        editable=False,
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("decided by"),
    )
    decision_reason = models.TextField(_("reason of the decision"), blank=True, editable=False)
    accepted_body = models.TextField(_("accepted wording"), blank=True, editable=False)
    made = models.ForeignKey(
        Version,
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="made_by_amendments",
        verbose_name=_("version it made"),
    )

    objects = AmendmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("amendment")
        verbose_name_plural = _("amendments")
        ordering = ["position", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["position", "number"], name="positions_amendment_numbered_once"
            ),
            models.CheckConstraint(
                condition=Q(kind=AmendmentKind.DELETION, body="")
                | ~Q(kind=AmendmentKind.DELETION) & ~Q(body=""),
                name="positions_amendment_words_unless_deletion",
            ),
            models.CheckConstraint(
                condition=Q(kind=AmendmentKind.INSERTION) | Q(paragraph__gt=0),
                name="positions_amendment_of_a_paragraph",
            ),
        ]

    def __str__(self):
        return f"{self.number}. {self.get_kind_display()}"

    def get_absolute_url(self):
        return reverse("positions:amendment", args=[self.position.reference, self.number])

    @property
    def is_open(self) -> bool:
        return self.status in OPEN_AMENDMENTS


class Support(models.Model):
    """A library that stands behind another's amendment."""

    amendment = models.ForeignKey(
        Amendment, on_delete=models.PROTECT, related_name="supports", verbose_name=_("amendment")
    )
    library = models.ForeignKey(
        Library, on_delete=models.PROTECT, related_name="+", verbose_name=_("library")
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("author"),
    )
    created_at = models.DateTimeField(_("supported"), default=clock.now)

    class Meta:
        verbose_name = _("support of an amendment")
        verbose_name_plural = _("supports of amendments")
        constraints = [
            models.UniqueConstraint(
                fields=["amendment", "library"], name="positions_support_library_once"
            )
        ]

    def __str__(self):
        return f"{self.library}: {self.amendment}"
