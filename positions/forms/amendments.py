from django import forms
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.richtext import words
from core.widgets import HiddenWithText
from members.models import Library
from positions.amended import place_of
from positions.choices import AmendmentAction, AmendmentKind
from positions.forms.drafting import OnceForm
from positions.forms.fields import RichTextField
from positions.forms.moves import MoveForm
from positions.models import Amendment, Version

LONGEST_WORDING = 10_000
FIRST_WORDS = 70


class PlaceForm(forms.Form):
    """What an amendment is about, chosen before its words are written."""

    paragraph = forms.TypedChoiceField(label=_("Paragraph"), coerce=int)
    kind = forms.ChoiceField(
        label=pgettext_lazy("of an amendment", "Kind"),
        choices=AmendmentKind,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args, version: Version, **kwargs):
        super().__init__(*args, **kwargs)
        each = [
            (number, f"{number}. {Truncator(words(wording)).chars(FIRST_WORDS)}")
            for number, wording in enumerate(version.wordings, start=1)
        ]
        self.fields["paragraph"].choices = [(0, _("the beginning of the text")), *each]

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("paragraph") == 0 and cleaned.get("kind") != AmendmentKind.INSERTION:
            self.add_error("kind", _("At the beginning something can only be inserted."))
        return cleaned


class AmendmentForm(OnceForm, PlaceForm):
    """The words of an amendment to a place of the current version.

    If the text has moved since the form was opened, it is shown again for the new one.
    """

    version = forms.IntegerField(widget=HiddenWithText)
    library = forms.ModelChoiceField(
        Library.objects.none(), label=_("Proposed by"), empty_label=None
    )
    body = RichTextField(
        label=_("Proposed wording"),
        required=False,
        max_length=LONGEST_WORDING,
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=Amendment._meta.get_field("reason").max_length,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("The section and the coordinator read it."),
    )

    field_order = ["paragraph", "kind", "version", "once", "library", "body", "reason"]

    def __init__(self, *args, version: Version, libraries, **kwargs):
        super().__init__(*args, version=version, **kwargs)
        self.current, self.told = version, None
        if self.is_bound:
            self._follow_the_text()
        self.fields["library"].queryset = Library.objects.filter(pk__in=libraries)
        for name in ("paragraph", "kind"):
            self.fields[name].widget = forms.HiddenInput()
        if self["kind"].value() == AmendmentKind.DELETION:
            del self.fields["body"]

    @property
    def place(self) -> tuple[AmendmentKind, int] | None:
        """The kind and the paragraph, where they make sense."""
        place = PlaceForm(
            {"kind": self["kind"].value(), "paragraph": self["paragraph"].value()},
            version=self.current,
        )
        if not place.is_valid():
            return None
        return AmendmentKind(place.cleaned_data["kind"]), place.cleaned_data["paragraph"]

    def _follow_the_text(self):
        sent = self.data.get("version", "")
        if sent == str(self.current.number):
            return
        self.data = self.data.copy()
        self.data["version"] = self.current.number
        self.told = _("The text has changed meanwhile. Look at it again, then send your amendment.")
        number = int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 10 else 0
        older = self.current.position.versions.filter(number=number).first()
        paragraph = self.data.get("paragraph", "")
        if older is None or paragraph not in map(str, range(1, len(older.wordings) + 1)):
            return
        amendment = Amendment(version=older, paragraph=int(paragraph), kind=self.data.get("kind"))
        place = place_of(amendment, self.current)
        if place.is_gone and amendment.kind == AmendmentKind.WORDING:
            self.told = _("The paragraph is gone meanwhile: your words would be inserted instead.")
            amendment.kind = self.data["kind"] = AmendmentKind.INSERTION
            place = place_of(amendment, self.current)
        elif place.is_gone:
            self.told = _("The paragraph is gone meanwhile; nothing is left to delete.")
        self.data["paragraph"] = "" if place.is_gone else place.number

    def clean(self):
        cleaned = super().clean()
        if self.told:
            raise forms.ValidationError(self.told)
        return cleaned


class AcceptChangedForm(MoveForm):
    body = RichTextField(
        label=_("Accepted wording"),
        required=False,
        max_length=LONGEST_WORDING,
    )
    base = forms.IntegerField(widget=forms.HiddenInput)

    def prepare(self):
        if self.position.kind == AmendmentKind.DELETION:
            self.fields["body"].help_text = _(
                "Leave it empty to delete the paragraph as it stands now."
            )

    def look_again(self, base: int) -> None:
        """The paragraph is another now; what was typed stays."""
        self.data = self.data.copy()
        self.data["base"] = base


STEP_FORMS = {AmendmentAction.ACCEPT_CHANGED: AcceptChangedForm}


class SupportForm(forms.Form):
    """One library's support, given or taken back."""

    library = forms.ModelChoiceField(Library.objects.none())
    take_back = forms.BooleanField(required=False)

    def __init__(self, *args, libraries, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["library"].queryset = Library.objects.filter(pk__in=libraries)
