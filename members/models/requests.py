from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core import clock
from core.models import Stateful
from members.choices import (
    ApplicationStatus,
    BarrierStatus,
    ChangeStatus,
    LibraryKind,
    ReportStatus,
)
from members.models.libraries import County, Library


class MembershipApplication(Stateful):
    """A library asks to become a member; staff approve or refuse with a reason."""

    status = models.CharField(
        _("state"),
        max_length=20,
        choices=ApplicationStatus,
        default=ApplicationStatus.SUBMITTED,
        editable=False,
    )
    library_name = models.CharField(_("name of the library"), max_length=200)
    county = models.ForeignKey(
        County, on_delete=models.PROTECT, related_name="+", verbose_name=_("county")
    )
    city = models.CharField(_("city"), max_length=100)
    kind = models.CharField(_("kind"), max_length=20, choices=LibraryKind)
    website = models.URLField(_("website"), blank=True)
    applicant_name = models.CharField(_("your name"), max_length=150)
    applicant_email = models.EmailField(_("your e-mail"))
    statement = models.TextField(_("why the library wishes to join"), max_length=4000)
    language = models.CharField(
        _("language of letters"),
        max_length=2,
        choices=settings.LANGUAGES,
        default="hu",
        editable=False,
    )
    created_at = models.DateTimeField(_("received"), default=clock.now, editable=False)
    library = models.ForeignKey(
        Library,
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="applications",
        verbose_name=_("library"),
    )

    class Meta:
        verbose_name = _("membership application")
        verbose_name_plural = _("membership applications")
        ordering = ["created_at"]

    def __str__(self):
        return self.library_name

    @property
    def is_waiting(self):
        return self.status == ApplicationStatus.SUBMITTED


class ProfileChangeQuerySet(models.QuerySet):
    def waiting(self):
        return self.filter(status=ChangeStatus.PROPOSED)


class ProfileChange(Stateful):
    """New values for a library's profile, proposed by its representative, waiting for staff.

    `before` and `after` hold the changed fields only; `base_step` is the profile that was seen.
    """

    status = models.CharField(
        _("state"),
        max_length=20,
        choices=ChangeStatus,
        default=ChangeStatus.PROPOSED,
        editable=False,
    )
    library = models.ForeignKey(
        Library,
        on_delete=models.PROTECT,
        related_name="profile_changes",
        verbose_name=_("library"),
    )
    before = models.JSONField(_("before"), default=dict, editable=False)
    after = models.JSONField(_("after"), default=dict, editable=False)
    base_step = models.PositiveIntegerField(editable=False)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        editable=False,
        verbose_name=_("proposed by"),
    )
    created_at = models.DateTimeField(_("proposed"), default=clock.now, editable=False)

    objects = ProfileChangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("profile change")
        verbose_name_plural = _("profile changes")
        ordering = ["created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["library"],
                condition=Q(status=ChangeStatus.PROPOSED),
                name="members_profilechange_one_waiting",
                violation_error_message=_("A change of this profile is waiting for approval."),
            )
        ]

    def __str__(self):
        return str(self.library)

    def get_absolute_url(self):
        return reverse("members:edit", args=[self.library.slug])

    @property
    def is_waiting(self):
        return self.status == ChangeStatus.PROPOSED


class Report(Stateful):
    """Anybody's note; whoever leaves an address gets an answer, in their language."""

    email = models.EmailField(
        _("your e-mail"), blank=True, help_text=_("Only if you would like an answer.")
    )
    language = models.CharField(
        _("language of letters"),
        max_length=2,
        choices=settings.LANGUAGES,
        default="hu",
        editable=False,
    )
    created_at = models.DateTimeField(_("received"), default=clock.now, editable=False)

    class Meta:
        abstract = True
        ordering = ["created_at"]


class MistakeReport(Report):
    """Anybody's note that something on a library's page is wrong."""

    status = models.CharField(
        _("state"),
        max_length=20,
        choices=ReportStatus,
        default=ReportStatus.OPEN,
        editable=False,
    )
    library = models.ForeignKey(
        Library, on_delete=models.PROTECT, related_name="mistakes", verbose_name=_("library")
    )
    text = models.TextField(_("what is wrong, and what would be right"), max_length=2000)

    class Meta(Report.Meta):
        verbose_name = _("report of a mistake")
        verbose_name_plural = _("reports of mistakes")

    def __str__(self):
        return str(self.library)


class BarrierReport(Report):
    """Anybody's note that something on the portal keeps them out; staff answer it."""

    ANSWERED_WITHIN = 30  # days

    status = models.CharField(
        _("state"),
        max_length=20,
        choices=BarrierStatus,
        default=BarrierStatus.OPEN,
        editable=False,
    )
    page = models.CharField(
        _("page concerned"),
        max_length=500,
        blank=True,
        help_text=_("Its address or its title; leave it empty if it is about the whole portal."),
    )
    text = models.TextField(
        _("what you could not do or read"),
        max_length=4000,
        help_text=_(
            "If you can, say which browser, device and assistive technology you use, "
            "and in which form you need the content."
        ),
    )

    class Meta(Report.Meta):
        verbose_name = _("report of a barrier")
        verbose_name_plural = _("reports of barriers")

    def __str__(self):
        return self.page or self.text[:60]

    @property
    def is_open(self):
        return self.status == BarrierStatus.OPEN

    @property
    def due_on(self):
        """The last day for the answer: 2018. évi LXXV. törvény, 4. § (2)."""
        return clock.days_after(clock.day_of(self.created_at), self.ANSWERED_WITHIN)
