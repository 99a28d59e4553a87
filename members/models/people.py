from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from core import clock
from core.terms import (
    Term,
    TermQuerySet,
    covers,
    refuse_closed_account,
    refuse_overlap,
    refuse_second_holder,
)
from members.choices import (
    BOARD_MANDATES,
    LIBRARY_MANDATES,
    SINGLE_MANDATES,
    VOTING_BOARD_MANDATES,
    MandateKind,
)
from members.models.libraries import Library


def account_of(email: str) -> str:
    """The address as tries are counted: alike for all that a database takes for the same one when
    it looks without regard to case, as «ı» and «ſ» are an I and an S to it."""
    return email.upper().lower()


class PersonManager(BaseUserManager):
    def get_by_natural_key(self, email):
        return self.get(email__iexact=email)

    def create_user(self, email, password=None, **fields):
        person = self.model(email=self.normalize_email(email).lower(), **fields)
        person.set_password(password)
        person.save()
        return person

    def create_superuser(self, email, password=None, **fields):
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


class Person(AbstractBaseUser, PermissionsMixin):
    """Somebody who can sign in. What they may do follows from their mandates and offices."""

    email = models.EmailField(_("e-mail"), max_length=254)
    name = models.CharField(_("name"), max_length=150)
    language = models.CharField(
        _("language of letters"),
        max_length=2,
        choices=[("hu", "magyar"), ("en", "English"), ("sl", "slovenščina")],
        default="hu",
    )
    is_active = models.BooleanField(_("active"), default=True)
    is_staff = models.BooleanField(
        _("staff"), default=False, help_text=_("May use the back office, with a second factor.")
    )
    is_fictional = models.BooleanField(_("fictional"), default=False, editable=False)
    hints_put_away = models.JSONField(_("hints put away"), default=list, blank=True, editable=False)
    joined_at = models.DateTimeField(_("on the portal since"), default=clock.now, editable=False)
    here_at = models.DateTimeField(_("last seen here"), null=True, editable=False)
    before_at = models.DateTimeField(_("seen here before that"), null=True, editable=False)

    objects = PersonManager()
    history = HistoricalRecords(
        excluded_fields=["password", "last_login", "hints_put_away", "here_at", "before_at"]
    )

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="members_person_one_per_email",
                violation_error_message=_("Somebody has this e-mail address already."),
            )
        ]

    def __str__(self):
        return self.name


class MandateQuerySet(TermQuerySet):
    def voting_on_the_board(self):
        return self.filter(kind__in=VOTING_BOARD_MANDATES)

    def in_force(self, on=None):
        """Current mandates; a library's count only while the library is a member."""
        member = Q(library=None) | Q(pk__in=self._of_member_libraries(on))
        return self.current(on).filter(member)

    def _of_member_libraries(self, on):
        return Mandate.objects.filter(covers(on, "library__memberships__")).values("pk")


class Mandate(Term):
    """A person's dated right to act: for a library, or on the board."""

    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="mandates", verbose_name=_("person")
    )
    kind = models.CharField(_("kind"), max_length=20, choices=MandateKind)
    library = models.ForeignKey(
        Library,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="mandates",
        verbose_name=_("library"),
        help_text=_("For representatives and their deputies; empty for the board."),
    )

    objects = MandateQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta(Term.Meta):
        verbose_name = _("mandate")
        verbose_name_plural = _("mandates")
        ordering = ["kind", "pk"]
        constraints = [
            *Term.Meta.constraints,
            models.CheckConstraint(
                condition=Q(kind__in=LIBRARY_MANDATES, library__isnull=False)
                | Q(kind__in=BOARD_MANDATES, library__isnull=True),
                name="members_mandate_library_exactly_for_library_mandates",
                violation_error_message=_(
                    "A representative or deputy acts for a library; a board mandate has none."
                ),
            ),
        ]

    def __str__(self):
        return f"{self.person}: {self.get_kind_display()}"

    def clean(self):
        super().clean()
        refuse_closed_account(self)
        refuse_overlap(self, person=self.person_id, kind=self.kind, library=self.library_id)
        if self.kind in SINGLE_MANDATES:
            refuse_second_holder(self, kind=self.kind)


class Invitation(models.Model):
    """A letter by which a person added by staff chooses a password and enters."""

    person = models.ForeignKey(
        Person, on_delete=models.CASCADE, related_name="invitations", verbose_name=_("person")
    )
    invited_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="+", verbose_name=_("invited by")
    )
    token_digest = models.CharField(max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField(_("sent"), default=clock.now, editable=False)
    expires_at = models.DateTimeField(_("valid until"))
    accepted_at = models.DateTimeField(_("accepted"), null=True, editable=False)
    revoked_at = models.DateTimeField(_("revoked"), null=True, editable=False)

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["-created_at"]

    def __str__(self):
        return f"{self.person}"

    @property
    def is_open(self):
        return not self.accepted_at and not self.revoked_at and self.expires_at >= clock.now()
