"""What every list and form of the back office has in common."""

from django import forms
from django.contrib import admin
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.utils import flatten, unquote
from django.contrib.admin.widgets import AutocompleteSelect, RelatedFieldWidgetWrapper
from django.core.exceptions import BadRequest, PermissionDenied, ValidationError
from django.db.models import Q
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.admin import SimpleHistoryAdmin

from core.terms import CLOSED, covers
from core.text import fold
from core.workflow import lock

FOLDED = "search_text"
MOST_WORDS = 20
DAYS = {"year": (1900, 2199), "month": (1, 12), "day": (1, 31)}
COMPARED = {"exact", "in", "isnull", "gte", "lt", "year", "month", "day"}


class StaffMay:
    """Who may enter the back office may see and edit all of it; what has happened stays."""

    def has_module_permission(self, request):
        return self.admin_site.has_permission(request)

    def has_view_permission(self, request, obj=None):
        return self.admin_site.has_permission(request)

    def has_add_permission(self, request, obj=None):
        return self.admin_site.has_permission(request)

    def has_change_permission(self, request, obj=None):
        return self.admin_site.has_permission(request)

    def has_delete_permission(self, request, obj=None):
        return False


class StaffOnlyLook(StaffMay):
    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False


class ChooseOrSearch(AutocompleteSelect):
    """A plain list while it is short, which needs no JavaScript; a field to search when long."""

    SHORT = 500

    def get_context(self, name, value, attrs):
        self.rows = list(self.choices.queryset[: self.SHORT + 1])
        return super().get_context(name, value, attrs)

    def build_attrs(self, base_attrs, extra_attrs=None):
        if len(self.rows) > self.SHORT:
            return super().build_attrs(base_attrs, extra_attrs)
        return {**base_attrs, **(extra_attrs or {})}

    def optgroups(self, name, value, attrs=None):
        if len(self.rows) > self.SHORT:
            return super().optgroups(name, value, attrs)
        options = [("", "---------"), *((row.pk, str(row)) for row in self.rows)]
        chosen = [
            self.create_option(name, key, label, str(key) in value, index)
            for index, (key, label) in enumerate(options)
        ]
        return [(None, chosen, 0)]


class PortalModelAdmin(StaffMay, admin.ModelAdmin):
    """`joined` are the foreign keys read along with every row; `add_links` lead to what belongs
    to the thing: pairs of model and the name of its foreign key."""

    joined = ()
    add_links = ()
    has_history = True
    list_per_page = 50
    list_max_show_all = 50
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER

    def get_queryset(self, request):
        found = super().get_queryset(request)
        return found.select_related(*self.joined) if self.joined else found

    def get_changelist_instance(self, request):
        """A day that is in no calendar, written into an address, is refused like any other filter
        that cannot be."""
        for part, (least, most) in DAYS.items():
            said = request.GET.get(f"{self.date_hierarchy}__{part}", str(least))
            if not (said.isascii() and said.isdecimal() and least <= int(said[:5]) <= most):
                raise IncorrectLookupParameters
        return super().get_changelist_instance(request)

    def response_action(self, request, queryset):
        for key in request.POST.getlist(ACTION_CHECKBOX_NAME):
            try:
                self.model._meta.pk.clean(key, None)
            except ValidationError as error:
                raise BadRequest("There is no such row.") from error
        return super().response_action(request, queryset)

    def lookup_allowed(self, lookup, value, request):
        """Only by what the list offers: no hidden column can be guessed at letter by letter."""
        names = [*map(_asked_by, self.list_filter), self.date_hierarchy or "pk"]
        if lookup in names:
            return True
        path, _mark, compared = lookup.rpartition("__")
        return compared in COMPARED and f"{path}__".startswith(tuple(f"{name}__" for name in names))

    def get_inlines(self, request, obj):
        return super().get_inlines(request, obj) if obj else ()

    def get_search_results(self, request, queryset, search_term):
        """Every word somewhere; in folded columns whatever its accents, case and hyphens."""
        for word in search_term.split()[:MOST_WORDS]:
            anywhere = Q()
            for field in self.get_search_fields(request):
                anywhere |= _folded(field, word) if field.endswith(FOLDED) else _plain(field, word)
            queryset = queryset.filter(anywhere)
        return queryset, False

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", ChooseOrSearch(db_field, self.admin_site))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        """Without the buttons that open windows: they need JavaScript, and a way back."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and isinstance(field.widget, RelatedFieldWidgetWrapper):
            field.widget = field.widget.widget
        return field

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        context["add_links"] = self.add_links_of(obj) if obj else ()
        context["has_history"] = self.has_history
        return super().render_change_form(request, context, add, change, form_url, obj)

    def add_links_of(self, thing):
        return [
            {
                "label": model._meta.verbose_name,
                "url": f"{reverse(admin_url(model, 'add'))}?{field}={thing.pk}",
            }
            for model, field in self.add_links
        ]


class ReadOnlyAdmin(StaffOnlyLook, PortalModelAdmin):
    """Every field to be seen, those no form edits too; `hidden` are of no use to anybody."""

    hidden = ()
    has_history = False

    def get_fields(self, request, obj=None):
        if self.fields:
            return self.fields
        names = [field.name for field in self.opts.fields if not field.primary_key]
        return [name for name in names if name not in {*self.hidden, "step", FOLDED, "sort_key"}]

    def get_readonly_fields(self, request, obj=None):
        return self.get_fields(request, obj)


class Unlabelled(forms.HiddenInput):
    """Labelled by the admin's own page all the same, but as the label of nothing."""

    def id_for_label(self, id_):
        return ""


class SeenForm(forms.ModelForm):
    """Refuses to overwrite what somebody else saved after this form was opened."""

    seen = forms.IntegerField(required=False, widget=Unlabelled)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.last = self.instance.history.first() if self.instance.pk else None
        if self.last and "seen" in self.fields:
            self.fields["seen"].initial = self.last.pk

    def clean(self):
        cleaned = super().clean()
        if self.last and self.cleaned_data.get("seen") != self.last.pk:
            raise forms.ValidationError(
                _("Somebody else changed this after you opened it. Open it anew and try again.")
            )
        return cleaned


class HistoryAdmin(PortalModelAdmin, SimpleHistoryAdmin):
    """Every save leaves a copy; the copies are looked at here and never brought back. `fields`
    must be named."""

    form = SeenForm
    object_history_list_template = "admin/history_list.html"

    def get_object(self, request, object_id, from_field=None):
        found = super().get_object(request, object_id, from_field)
        if found and request.method == "POST":
            lock(found)
        return found

    def get_fields(self, request, obj=None):
        """`seen` goes along where there is something that could be saved over."""
        may_save_over = obj and not looks_back(request) and self.has_change_permission(request, obj)
        return [*self.fields, "seen"] if may_save_over else self.fields

    def get_readonly_fields(self, request, obj=None):
        if looks_back(request):
            return flatten(self.fields)
        return super().get_readonly_fields(request, obj)

    def revert_disabled(self, request, obj=None):
        return True

    def history_view(self, request, object_id, extra_context=None):
        self._refuse_no_key(object_id)
        return super().history_view(request, object_id, extra_context)

    def history_form_view(self, request, object_id, version_id, extra_context=None):
        self._refuse_no_key(object_id, version_id)
        if request.method == "POST":
            raise PermissionDenied(_("A former state is looked at, never brought back."))
        return super().history_form_view(request, object_id, version_id, extra_context)

    def _refuse_no_key(self, *typed):
        try:
            for key in typed:
                self.opts.pk.to_python(unquote(key))
        except ValidationError as error:
            raise Http404 from error


class LookFormSet(forms.BaseInlineFormSet):
    """The rows as they stand, whatever is sent: a form that is refused shows them again."""

    def __init__(self, data=None, files=None, **kwargs):
        super().__init__(**kwargs)

    def is_valid(self):
        return True

    def save(self, commit=True):
        self.new_objects, self.changed_objects, self.deleted_objects = [], [], []
        return []


class LookInline(StaffOnlyLook, admin.TabularInline):
    """The rows that belong to a thing, each with the way to its own page; `fields` are named."""

    joined = ()
    extra = 0
    formset = LookFormSet
    show_change_link = True
    template = "admin/look_inline.html"

    def get_readonly_fields(self, request, obj=None):
        return self.fields

    def get_queryset(self, request):
        return super().get_queryset(request).select_related(*self.joined)


class GivenToPeople:
    """Something new is given to people with an open account only."""

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change, **kwargs)
        if not obj:
            person = form.base_fields["person"]
            person.queryset = person.queryset.filter(is_active=True)
            person.error_messages["invalid_choice"] = CLOSED
        return form


class EditInline(StaffMay, admin.StackedInline):
    extra = 1


class InForce(admin.SimpleListFilter):
    title = _("in force")
    parameter_name = "in_force"

    def lookups(self, request, model_admin):
        return [("today", _("today")), ("not", _("not today"))]

    def queryset(self, request, queryset):
        match self.value():
            case "today":
                return queryset.filter(covers())
            case "not":
                return queryset.exclude(covers())
        return queryset


def admin_url(model, page):
    return f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}"


def _asked_by(offer):
    """What the address says when something of the list's `list_filter` is chosen."""
    if isinstance(offer, str):
        return offer
    return offer[0] if isinstance(offer, tuple) else offer.parameter_name


def looks_back(request):
    return request.resolver_match.url_name.endswith("_simple_history")


def _folded(field, word):
    parts = fold(word).split()
    return Q(*[(f"{field}__contains", part) for part in parts])


def _plain(field, word):
    return Q((f"{field}__icontains", word))
