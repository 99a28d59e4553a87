from django.contrib import admin

from core import audit
from core.admin_base import (
    EditInline,
    GivenToPeople,
    HistoryAdmin,
    InForce,
    LookInline,
    PortalModelAdmin,
    looks_back,
)
from core.admin_translations import TranslatedAdmin, TranslationFilter, side_by_side
from members.admin_libraries import LibraryAdmin
from members.admin_people import PersonAdmin
from members.models import Library, Person
from sections.models import Goal, GoalPoint, Office, Section, SectionMembership
from sections.news import RECORD


class GoalInline(EditInline):
    model = Goal
    fields = ["number", *side_by_side(Goal)]
    show_change_link = True


class OfficeInline(LookInline):
    model = Office
    joined = ["person"]
    fields = ["kind", "person", "started_on", "ended_on"]


@admin.register(Section)
class SectionAdmin(TranslatedAdmin, HistoryAdmin):
    fields = [
        *side_by_side(Section),
        "code",
        "slug",
        "comment_days",
        "vote_days",
        "board_days",
        "quorum",
        "repeated_quorum",
        "majority",
        "decides_by_silence",
        "votes_secretly",
        "publishes_minority_opinions",
    ]
    list_display = ["name_hu", "code", "comment_days", "quorum", "majority"]
    list_filter = [TranslationFilter]
    search_fields = ["name_hu", "name_en", "name_sl", "code"]
    inlines = [GoalInline, OfficeInline]
    add_links = [(Office, "section"), (SectionMembership, "section")]

    def get_readonly_fields(self, request, obj=None):
        """Its positions are cited by its code, and links lead to its address."""
        found = super().get_readonly_fields(request, obj)
        return [*found, "code", "slug"] if obj and not looks_back(request) else found


class GoalPointInline(EditInline):
    model = GoalPoint
    fields = ["number", *side_by_side(GoalPoint)]

    def has_delete_permission(self, request, obj=None):
        return self.admin_site.has_permission(request)


@admin.register(Goal)
class GoalAdmin(TranslatedAdmin, PortalModelAdmin):
    fields = ["section", "number", *side_by_side(Goal)]
    joined = ["section"]
    list_display = ["title_hu", "number", "section"]
    list_filter = ["section", TranslationFilter]
    search_fields = ["title_hu", "title_en", "title_sl"]
    inlines = [GoalPointInline]


@admin.register(SectionMembership)
class SectionMembershipAdmin(HistoryAdmin):
    fields = ["section", "library", "started_on", "ended_on", "reason"]
    joined = ["section", "library"]
    autocomplete_fields = ["library"]
    list_display = ["library", "section", "started_on", "ended_on", "reason"]
    list_filter = [InForce, "section"]
    search_fields = ["library__search_text"]
    ordering = ["section", "library__sort_key", "started_on"]

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        if form.changed_data:
            payload = {"fields": form.changed_data}
            audit.record(thing=obj, action=RECORD, by=request.user, payload=payload)


@admin.register(Office)
class OfficeAdmin(GivenToPeople, HistoryAdmin):
    fields = ["section", "person", "kind", "started_on", "ended_on"]
    joined = ["section", "person"]
    autocomplete_fields = ["person"]
    list_display = ["person", "kind", "section", "started_on", "ended_on"]
    list_filter = [InForce, "kind", "section"]
    search_fields = ["person__name", "person__email"]


# In this room a library has sections and a person has offices: their pages show it too.


class SectionMembershipInline(LookInline):
    model = SectionMembership
    joined = ["section", "library"]
    fields = ["section", "started_on", "ended_on", "reason"]


class PersonOfficeInline(LookInline):
    model = Office
    fk_name = "person"
    joined = ["section", "person"]
    fields = ["section", "kind", "started_on", "ended_on"]


class LibraryInSectionsAdmin(LibraryAdmin):
    inlines = [*LibraryAdmin.inlines, SectionMembershipInline]
    add_links = [*LibraryAdmin.add_links, (SectionMembership, "library")]


class PersonInSectionsAdmin(PersonAdmin):
    inlines = [*PersonAdmin.inlines, PersonOfficeInline]
    add_links = [*PersonAdmin.add_links, (Office, "person")]


for model, page in ((Library, LibraryInSectionsAdmin), (Person, PersonInSectionsAdmin)):
    admin.site.unregister(model)
    admin.site.register(model, page)
