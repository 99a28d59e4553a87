from django.contrib import admin
from django.contrib.admin.utils import flatten
from django.utils.translation import gettext_lazy as _

from core import audit
from core.admin_base import HistoryAdmin, InForce, LookInline, PortalModelAdmin
from core.admin_translations import TranslatedAdmin, TranslationFilter, side_by_side
from members.effects import free_slug
from members.models import Authority, County, Library, Mandate, Membership
from members.news import EDIT
from members.profiles import FIELDS


@admin.register(County)
class CountyAdmin(PortalModelAdmin):
    fields = [
        "iso_code",
        "name_hu",
        "name_en",
        "name_sl",
        "seat",
        "seat_lat",
        "seat_lon",
        "without_member_since",
    ]
    readonly_fields = ["iso_code"]
    list_display = ["name_hu", "iso_code", "seat", "without_member_since"]
    search_fields = ["name_hu", "name_en", "name_sl", "seat"]

    def has_add_permission(self, request, obj=None):
        return False


class MembershipInline(LookInline):
    model = Membership
    joined = ["library"]
    fields = ["started_on", "ended_on", "reason"]


class LibraryMandateInline(LookInline):
    model = Mandate
    joined = ["person"]
    fields = ["kind", "person", "started_on", "ended_on"]


class MemberToday(InForce):
    """Libraries by whether they are members of the association today."""

    title = _("member of the association")
    parameter_name = "member"

    def queryset(self, request, queryset):
        members = Library.objects.current_members()
        match self.value():
            case "today":
                return queryset.filter(pk__in=members.values("pk"))
            case "not":
                return queryset.exclude(pk__in=members.values("pk"))
        return queryset


@admin.register(Library)
class LibraryAdmin(TranslatedAdmin, HistoryAdmin):
    """A library gets its address on the portal when it is added, and keeps it."""

    joined = ["county"]
    fields = [
        *("name", "slug", "county", "city", "kind"),
        *(field for field in FIELDS[2:] if field not in flatten(side_by_side(Library))),
        *side_by_side(Library),
    ]
    list_display = ["name", "city", "county", "kind"]
    list_filter = [MemberToday, "kind", "county", TranslationFilter]
    search_fields = ["search_text"]
    readonly_fields = ["slug"]
    inlines = [MembershipInline, LibraryMandateInline]
    add_links = [(Membership, "library"), (Mandate, "library")]

    def save_model(self, request, obj, form, change):
        if not change:
            obj.slug = free_slug(obj.name, obj.city)
        elif form.changed_data:
            obj.step += 1
        super().save_model(request, obj, form, change)
        if change and form.changed_data:
            payload = {"fields": form.changed_data}
            audit.record(thing=obj, action=EDIT, by=request.user, payload=payload)


@admin.register(Membership)
class MembershipAdmin(HistoryAdmin):
    fields = ["library", "started_on", "ended_on", "reason"]
    joined = ["library"]
    autocomplete_fields = ["library"]
    list_display = ["library", "started_on", "ended_on", "reason"]
    list_filter = [InForce]
    search_fields = ["library__search_text"]
    ordering = ["library__sort_key", "started_on"]


@admin.register(Authority)
class AuthorityAdmin(TranslatedAdmin, HistoryAdmin):
    fields = [*side_by_side(Authority), "kind", "address", "email"]
    list_display = ["name_hu", "kind", "email"]
    list_filter = ["kind", TranslationFilter]
    search_fields = ["name_hu", "name_en", "name_sl"]
