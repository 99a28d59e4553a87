from allauth.account.models import EmailAddress
from django.contrib import admin, messages
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from core.admin_base import (
    HistoryAdmin,
    InForce,
    LookInline,
    ReadOnlyAdmin,
    SeenForm,
)
from core.workflow import SomethingMissing
from members import invitations
from members.models import Invitation, Mandate, Person


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
        view = self.admin_site.admin_view(require_POST(self.invite_view))
        return [path("<int:pk>/invite/", view, name="members_person_invite"), *super().get_urls()]

    def get_readonly_fields(self, request, obj=None):
        fixed = ["last_login", "joined_at"]
        if not request.user.is_superuser:
            fixed.append("is_staff")
        return super().get_readonly_fields(request, obj) or fixed

    def has_change_permission(self, request, obj=None):
        if obj and (obj.is_staff or obj.is_superuser) and not request.user.is_superuser:
            return False
        return super().has_change_permission(request, obj)

    def save_model(self, request, obj, form, change):
        if not change:
            obj.set_unusable_password()
        super().save_model(request, obj, form, change)
        EmailAddress.objects.filter(user=obj).exclude(email__iexact=obj.email).delete()

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        context["may_invite"] = obj and obj.is_active and not obj.has_usable_password()
        context["invite_url"] = reverse("admin:members_person_invite", args=[obj.pk]) if obj else ""
        return super().render_change_form(request, context, add, change, form_url, obj)

    def invite_view(self, request, pk):
        person = get_object_or_404(Person, pk=pk)
        try:
            invitations.invite(person=person, by=request.user)
        except SomethingMissing as missing:
            messages.error(request, " ".join(missing.sentences))
        else:
            messages.success(
                request, _("The invitation to %(person)s is in the outbox.") % {"person": person}
            )
        return HttpResponseRedirect(reverse("admin:members_person_change", args=[pk]))


@admin.register(Mandate)
class MandateAdmin(HistoryAdmin):
    fields = ["person", "kind", "library", "started_on", "ended_on"]
    joined = ["person", "library"]
    autocomplete_fields = ["person", "library"]
    list_display = ["person", "kind", "library", "started_on", "ended_on"]
    list_filter = [InForce, "kind"]
    search_fields = ["person__name", "person__email", "library__search_text"]


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
