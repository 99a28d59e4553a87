from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.once import new_key
from core.terms import covers
from core.widgets import HiddenWithText
from members.choices import LIBRARY_MANDATES
from members.models import Person
from positions.choices import SINGLE_PARTS, Keep, Kind
from positions.forms.fields import (
    MOST_PARAGRAPHS,
    AddresseeField,
    LineField,
    PointsField,
    RichTextField,
)
from positions.forms.topics import OpenedTopicsField, TopicsForm
from sections.models import Section, SectionMembership

INLINE, SIDES = "inline", "sides"
KEEP = "keep_"
PLACES = {str(number) for number in range(2 * MOST_PARAGRAPHS)}


class OnceForm(forms.Form):
    """Carries the key by which a form that was sent twice is known."""

    once = forms.CharField(widget=forms.HiddenInput, required=False, initial=new_key)


class TextForm(forms.Form):
    """What a version says."""

    title = LineField(label=_("Title"), max_length=200)
    body = RichTextField(label=_("Text"), required=False)
    points = PointsField(label=_("Points: what is asked for"), required=False)


class StartForm(OnceForm, TopicsForm, TextForm):
    section = forms.ModelChoiceField(Section.objects.none(), label=_("Section"))
    kind = forms.ChoiceField(
        label=pgettext_lazy("of a position", "Kind"), choices=Kind, widget=forms.RadioSelect
    )
    addressee = AddresseeField(required=False)

    field_order = ["section", "kind", "title", "addressee", "topics", "body", "points"]

    def __init__(self, *args, sections, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["section"].queryset = Section.objects.filter(pk__in=sections)
        self.fields["section"].empty_label = _("Choose one")
        if len(sections) == 1:
            self.fields["section"].empty_label = None


class EditForm(TopicsForm, TextForm):
    addressee = AddresseeField(required=False)
    note = LineField(
        label=_("What changed"),
        max_length=300,
        required=False,
        help_text=_("A few words for the list of versions."),
    )
    base = forms.IntegerField(widget=HiddenWithText)
    addressed = AddresseeField(widget=HiddenWithText, required=False)
    topics_opened = OpenedTopicsField()

    field_order = ["title", "addressee", "topics", "body", "points", "note", "base", "addressed"]


class DecideForm(EditForm):
    """The text as it was typed, out of sight, and for each conflict what is to be kept."""

    against = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args, conflicts, **kwargs):
        super().__init__(*args, auto_id="decide_%s", **kwargs)
        for field in self.fields.values():
            field.widget = field.hidden_widget()
        for number, (part, _conflict) in enumerate(conflicts):
            choices = [k for k in Keep.choices if k[0] != Keep.BOTH or part not in SINGLE_PARTS]
            self.fields[f"{KEEP}{number}"] = forms.ChoiceField(
                label=_("What is to stay?"), choices=choices, widget=forms.RadioSelect
            )


def keeps_in(data) -> dict[int, Keep]:
    """The decisions that were sent, by the place of the conflict; what makes no sense is none."""
    sent = {
        int(n): data[name]
        for name in data
        if name.startswith(KEEP) and (n := name[len(KEEP) :]) in PLACES
    }
    return {number: Keep(value) for number, value in sent.items() if value in Keep}


class RestoreForm(OnceForm):
    base = forms.IntegerField(widget=forms.HiddenInput, required=False)


class CompareForm(forms.Form):
    """Two versions of a position, and how their difference is shown."""

    old = forms.TypedChoiceField(label=_("From version"), coerce=int)
    new = forms.TypedChoiceField(label=_("To version"), coerce=int)
    view = forms.ChoiceField(
        label=_("Shown"), choices=[(INLINE, _("in one text")), (SIDES, _("side by side"))]
    )

    def __init__(self, asked, *, versions):
        numbers = [version.number for version in versions]
        usual = {"old": numbers[1] if numbers[1:] else 1, "new": numbers[0], "view": INLINE}
        super().__init__({**usual, **{name: asked[name] for name in usual if name in asked}})
        choices = [(v.number, f"{v.number} – {v.author}") for v in versions]
        self.fields["old"].choices = self.fields["new"].choices = choices


class AuthorForm(OnceForm):
    author = forms.ModelChoiceField(
        Person.objects.none(), label=_("Who joins"), empty_label=_("choose a person")
    )

    def __init__(self, *args, position, **kwargs):
        super().__init__(*args, **kwargs)
        already = position.authors.values("pk")
        acting = people_acting_in(position.section)
        self.fields["author"].queryset = acting.exclude(pk__in=already)


def people_acting_in(section):
    """Those who act for a member library of the section today or hold an office in it."""
    members = SectionMembership.objects.in_force().filter(section=section).values("library")
    acting = Q(
        covers(prefix="mandates__"),
        mandates__kind__in=LIBRARY_MANDATES,
        mandates__library__in=members,
    )
    leading = Q(covers(prefix="offices__"), offices__section=section)
    return Person.objects.filter(acting | leading, is_active=True).distinct()
