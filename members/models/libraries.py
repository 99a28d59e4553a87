from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from core import clock
from core.fields import DerivedTextField
from core.localized import localized
from core.terms import Term, TermQuerySet, covers, refuse_overlap
from core.text import fold, hungarian_key
from core.translated import Translated
from members.choices import AuthorityKind, LibraryKind


class County(models.Model):
    iso_code = models.CharField(_("ISO 3166-2 code"), max_length=6, primary_key=True)
    name_hu = models.CharField(_("name in Hungarian"), max_length=60)
    name_en = models.CharField(_("name in English"), max_length=60)
    name_sl = models.CharField(_("name in Slovenian"), max_length=60)
    seat = models.CharField(_("seat"), max_length=60)
    seat_lat = models.DecimalField(_("latitude of the seat"), max_digits=7, decimal_places=4)
    seat_lon = models.DecimalField(_("longitude of the seat"), max_digits=7, decimal_places=4)
    without_member_since = models.DateField(
        _("without a member library since"),
        null=True,
        blank=True,
        help_text=_("Only where a source gives the day."),
    )
    sort_key = DerivedTextField(derive=lambda county: hungarian_key(county.name_hu))

    class Meta:
        verbose_name = _("county")
        verbose_name_plural = _("counties")
        ordering = ["sort_key"]

    def __str__(self):
        return self.name

    @property
    def name(self):
        return localized(self, "name")


class LibraryQuerySet(models.QuerySet):
    def current_members(self, on=None):
        """Libraries whose membership of the association covers the day."""
        terms = Membership.objects.filter(covers(on), library=OuterRef("pk"))
        return self.filter(Exists(terms))

    def listed(self):
        """What the directory shows: member libraries, without the fictional ones of a demo."""
        return self.current_members().filter(is_fictional=False)

    def have_been_members(self, on=None):
        """Libraries whose membership has begun, even if it is over: those that have a page."""
        day = on or clock.today()
        begun = Membership.objects.filter(
            Q(started_on=None) | Q(started_on__lte=day), library=OuterRef("pk")
        )
        return self.filter(Exists(begun))

    def matching(self, typed: str):
        """Libraries whose name, city or county holds every word typed, whatever its accents."""
        found = self
        for word in fold(typed).split():
            found = found.filter(search_text__contains=word)
        return found

    def in_order(self):
        return self.order_by("sort_key", "pk")


def _search_text(library):
    return fold(f"{library.name} {library.city} {library.county.name_hu}")


class Library(Translated):
    TRANSLATED = ("opening_hours", "description")

    name = models.CharField(_("name"), max_length=200)
    slug = models.SlugField(_("address on the portal"), max_length=120, unique=True)
    county = models.ForeignKey(
        County, on_delete=models.PROTECT, related_name="libraries", verbose_name=_("county")
    )
    city = models.CharField(_("city"), max_length=100)
    kind = models.CharField(_("kind"), max_length=20, choices=LibraryKind)
    street = models.CharField(_("street and number"), max_length=200, blank=True)
    postal_code = models.CharField(_("postal code"), max_length=10, blank=True)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    website = models.URLField(_("website"), blank=True)
    opening_hours = models.TextField(_("opening hours"), max_length=1000, blank=True)
    opening_hours_en = models.TextField(_("opening hours in English"), max_length=1000, blank=True)
    opening_hours_sl = models.TextField(
        _("opening hours in Slovenian"), max_length=1000, blank=True
    )
    description = models.TextField(_("introduction"), max_length=4000, blank=True)
    description_en = models.TextField(_("introduction in English"), max_length=4000, blank=True)
    description_sl = models.TextField(_("introduction in Slovenian"), max_length=4000, blank=True)
    is_fictional = models.BooleanField(_("fictional"), default=False, editable=False)
    step = models.PositiveIntegerField(_("step"), default=0, editable=False)
    search_text = DerivedTextField(derive=_search_text)
    sort_key = DerivedTextField(derive=lambda library: hungarian_key(library.name))

    objects = LibraryQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["search_text", "sort_key", "made_from"])

    class Meta:
        verbose_name = _("library")
        verbose_name_plural = _("libraries")
        ordering = ["sort_key", "pk"]
        indexes = [models.Index(fields=["county", "sort_key"])]
        constraints = [
            models.UniqueConstraint(
                fields=["county", "name"], name="members_library_named_once_in_a_county"
            )
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("members:library", args=[self.slug])

    @property
    def place(self):
        return f"{self.city} · {self.county}"


class Membership(Term):
    """A library's membership of the association, from one day to another."""

    library = models.ForeignKey(
        Library, on_delete=models.PROTECT, related_name="memberships", verbose_name=_("library")
    )
    reason = models.CharField(_("reason of the end"), max_length=300, blank=True)

    objects = TermQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta(Term.Meta):
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [
            *Term.Meta.constraints,
            models.UniqueConstraint(
                fields=["library"],
                condition=Q(ended_on=None),
                name="members_membership_one_open_term",
                violation_error_message=_("This library has an open membership already."),
            ),
        ]

    def __str__(self):
        return str(self.library)

    def clean(self):
        super().clean()
        refuse_overlap(self, library=self.library_id)


class Authority(Translated):
    """A state, municipal or other body that positions are addressed to."""

    name_hu = models.CharField(_("name in Hungarian"), max_length=200, unique=True)
    name_en = models.CharField(_("name in English"), max_length=200, blank=True)
    name_sl = models.CharField(_("name in Slovenian"), max_length=200, blank=True)
    kind = models.CharField(_("kind"), max_length=20, choices=AuthorityKind)
    address = models.CharField(_("postal address"), max_length=300, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    history = HistoricalRecords(excluded_fields=["made_from"])

    class Meta:
        verbose_name = _("authority")
        verbose_name_plural = _("authorities")
        ordering = ["name_hu"]

    def __str__(self):
        return localized(self, "name")
