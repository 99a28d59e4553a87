from allauth.account.models import EmailAddress
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from core.admin_base import (
    GivenToPeople,
    HistoryAdmin,
    InForce,
    LookInline,
    ReadOnlyAdmin,
    SeenForm,
)
from core.workflow import SomethingMissing
from members import calendars, erasing, invitations, second_factor
from members.choices import ErasureGround
from members.models import CalendarAddress, DataExport, Invitation, Mandate, Person


class PersonForm(SeenForm):
    class Meta:
        model = Person
        fields = ["name", "email", "language", "is_active", "is_staff"]

    def clean_email(self):
        return self.cleaned_data["email"].lower()


class MandateInline(LookInline):
    model = Mandate
    joined = ["library", "person"]
    fields = ["kind", "library", "started_on", "ended_on"]


class InvitationInline(LookInline):
    model = Invitation
    fk_name = "person"
    joined = ["person", "invited_by"]
    fields = ["created_at", "invited_by", "expires_at", "accepted_at", "revoked_at"]


@admin.register(Person)
class PersonAdmin(HistoryAdmin):
    """People sign in with passwords only they know; staff see to names, addresses and mandates.

    Who is staff is for superusers to say, and so are the accounts of staff: whoever could change
    their address could have their password reset.
    """

    form = PersonForm
    fields = ["name", "email", "language", "is_active", "is_staff", "last_login", "joined_at"]
    list_display = ["name", "email", "language", "is_active", "is_staff", "last_login"]
    list_filter = ["is_active", "is_staff", "language", "mandates__kind"]
    search_fields = ["name", "email"]
    inlines = [MandateInline, InvitationInline]
    add_links = [(Mandate, "person")]
    change_form_template = "admin/person_change.html"

    def get_urls(self):
        views = {
            "invite": self.invite_view,
            "second_factor": self.second_factor_view,
            "erase": self.erase_view,
        }
        own = [
            path(
                f"<int:pk>/{name}/",
                self.admin_site.admin_view(require_POST(view)),
                name=f"members_person_{name}",
            )
            for name, view in views.items()
        ]
        return [*own, *super().get_urls()]

    def add_links_of(self, thing):
        return super().add_links_of(thing) if thing.is_active else []

    def get_search_results(self, request, queryset, search_term):
        """A field to search offers those with an open account."""
        found, duplicates = super().get_search_results(request, queryset, search_term)
        if request.resolver_match.url_name == "autocomplete":
            found = found.filter(is_active=True)
        return found, duplicates

    def get_readonly_fields(self, request, obj=None):
        fixed = ["last_login", "joined_at"]
        if not request.user.is_superuser:
            fixed.append("is_staff")
        return super().get_readonly_fields(request, obj) or fixed

    def has_change_permission(self, request, obj=None):
        if obj and (obj.is_staff or obj.is_superuser) and not request.user.is_superuser:
            return False
        if obj and not obj.is_active and erasing.is_erased(obj):
            return False
        return super().has_change_permission(request, obj)

    def save_model(self, request, obj, form, change):
        if not change:
            obj.set_unusable_password()
        super().save_model(request, obj, form, change)
        EmailAddress.objects.filter(user=obj).exclude(email__iexact=obj.email).delete()

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        context["may_invite"] = obj and obj.is_active and not obj.has_usable_password()
        context["may_take_away_second_factor"] = (
            obj
            and obj != request.user
            and self.has_change_permission(request, obj)
            and second_factor.has_one(obj)
        )
        may_ask = obj and not obj.is_staff and self.has_change_permission(request, obj)
        context["erasure"] = erasing.under_way(obj) if may_ask else None
        context["erasure_grounds"] = ErasureGround.choices if may_ask else ()
        return super().render_change_form(request, context, add, change, form_url, obj)

    def erase_view(self, request, pk):
        person = self._changeable(request, pk)
        try:
            erasure = erasing.ask(
                person=person, by=request.user, ground=request.POST.get("ground", "")
            )
        except SomethingMissing as missing:
            messages.error(request, " ".join(missing.sentences))
            return HttpResponseRedirect(reverse("admin:members_person_change", args=[pk]))
        messages.success(request, _("The erasure waits for the confirmation of a second person."))
        return HttpResponseRedirect(reverse("admin:members_erasure_change", args=[erasure.pk]))

    def _changeable(self, request, pk):
        person = get_object_or_404(Person, pk=pk)
        if not self.has_change_permission(request, person):
            raise PermissionDenied
        return person

    def invite_view(self, request, pk):
        person = self._changeable(request, pk)
        try:
            invitations.invite(person=person, by=request.user)
        except SomethingMissing as missing:
            messages.error(request, " ".join(missing.sentences))
        else:
            messages.success(
                request, _("The invitation to %(person)s is in the outbox.") % {"person": person}
            )
        return HttpResponseRedirect(reverse("admin:members_person_change", args=[pk]))

    def second_factor_view(self, request, pk):
        person = self._changeable(request, pk)
        try:
            second_factor.take_away(
                person=person, by=request.user, reason=request.POST.get("reason", "")
            )
        except SomethingMissing as missing:
            messages.error(request, " ".join(missing.sentences))
        else:
            messages.success(
                request,
                _("%(person)s sets up a new second step when signing in next.")
                % {"person": person},
            )
        return HttpResponseRedirect(reverse("admin:members_person_change", args=[pk]))


@admin.register(Mandate)
class MandateAdmin(GivenToPeople, HistoryAdmin):
    fields = ["person", "kind", "library", "started_on", "ended_on"]
    joined = ["person", "library"]
    autocomplete_fields = ["person", "library"]
    list_display = ["person", "kind", "library", "started_on", "ended_on"]
    list_filter = [InForce, "kind"]
    search_fields = ["person__name", "person__email", "library__search_text"]


@admin.register(CalendarAddress)
class CalendarAddressAdmin(ReadOnlyAdmin):
    joined = ["person"]
    list_display = ["person", "made_at", "revoked_at"]
    search_fields = ["person__name", "person__email"]
    date_hierarchy = "made_at"
    hidden = ["token_digest"]
    actions = ["revoke"]

    @admin.action(description=gettext_lazy("Revoke"))
    def revoke(self, request, queryset):
        for address in queryset:
            calendars.revoke(address=address, by=request.user)
        messages.success(request, _("These addresses open no calendar any more."))


@admin.register(DataExport)
class DataExportAdmin(ReadOnlyAdmin):
    """Who asked and when; what is in the archive is for that person alone."""

    joined = ["requested_by"]
    list_display = ["requested_by", "requested_at", "stage", "ended_at"]
    list_filter = ["stage"]
    search_fields = ["requested_by__name", "requested_by__email"]
    date_hierarchy = "requested_at"
    hidden = ["file"]


class InvitationState(admin.SimpleListFilter):
    title = gettext_lazy("state")
    parameter_name = "state"

    def lookups(self, request, model_admin):
        return [("unanswered", _("not taken up")), ("accepted", _("accepted"))]

    def queryset(self, request, queryset):
        match self.value():
            case "unanswered":
                return queryset.filter(accepted_at=None, revoked_at=None)
            case "accepted":
                return queryset.exclude(accepted_at=None)
        return queryset


@admin.register(Invitation)
class InvitationAdmin(ReadOnlyAdmin):
    joined = ["person", "invited_by"]
    list_display = ["person", "created_at", "expires_at", "state", "invited_by"]
    list_filter = [InvitationState]
    search_fields = ["person__name", "person__email"]
    date_hierarchy = "created_at"
    hidden = ["token_digest"]
    actions = ["revoke"]

    @admin.display(description=gettext_lazy("state"))
    def state(self, invitation):
        if invitation.accepted_at:
            return _("accepted")
        if invitation.revoked_at:
            return _("revoked")
        return _("open") if invitation.is_open else _("expired")

    @admin.action(description=gettext_lazy("Revoke"))
    def revoke(self, request, queryset):
        for invitation in queryset:
            invitations.revoke(invitation=invitation, by=request.user)
        messages.success(request, _("The links of these invitations open nothing any more."))
