from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core import clock
from core.models import Stateful
from members.choices import ApplicationStatus, ChangeStatus, LibraryKind, ReportStatus
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


class MistakeReport(Stateful):
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
        verbose_name = _("report of a mistake")
        verbose_name_plural = _("reports of mistakes")
        ordering = ["created_at"]

    def __str__(self):
        return str(self.library)
