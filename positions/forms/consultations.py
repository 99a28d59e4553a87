"""What staff record of a consultation, and a form for each of its moves."""

from copy import copy
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core import clock
from core.once import new_key
from core.workflow import Move, Note, SomethingMissing
from positions.choices import ConsultationAction, ConsultationKind, ProfileKind
from positions.consulting import FACTS
from positions.forms.fields import DayField, LineField
from positions.models import Consultation, LawProfile
from positions.windows import refuse_bad_days
from sections.models import Section
from sections.standing import standing_of

LONGEST_NOTE = 5000
LONGEST_SUMMARY = 20_000


class LinkField(forms.URLField):
    """An address that is kept and shown; the portal never opens it."""

    def __init__(self, **kwargs):
        super().__init__(max_length=500, assume_scheme="https", **{"required": False, **kwargs})


class FactsForm(forms.ModelForm):
    """What is typed in of a consultation."""

    title = LineField(
        label=_("Title"), max_length=200, widget=forms.TextInput(attrs={"class": "vTextField"})
    )
    file_number = LineField(label=_("File number"), max_length=60, required=False)
    received_on = DayField(label=_("Received on"), initial=clock.today)
    published_on = DayField(
        label=_("Published on"), required=False, help_text=_("If it is another day.")
    )
    link = LinkField(
        label=_("Where it can be read"),
        widget=forms.URLInput(attrs={"class": "vURLField"}),
        help_text=_("The address is shown to the readers; the portal never opens it itself."),
    )

    class Meta:
        model = Consultation
        fields = FACTS

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        profiles = LawProfile.objects.current().filter(kind=ProfileKind.CONSULTATION)
        kept = LawProfile.objects.filter(pk=self.instance.law_profile_id)
        self.fields["law_profile"].queryset = profiles | kept
        self.fields["authority"].empty_label = _("Choose one")
        self.fields["law_profile"].empty_label = _("no law sets a minimum")
        self.fields["kind"].choices = [("", _("Choose one")), *ConsultationKind.choices]
        for name in ("received_on", "published_on"):
            self.fields[name].offer(latest=clock.today())

    def clean(self):
        facts = super().clean()
        if facts.get("received_on") and not {"published_on", "due_on"} & set(self.errors):
            due_on = facts.get("due_on", self.instance.due_on)
            try:
                refuse_bad_days(facts["received_on"], facts.get("published_on"), due_on)
            except SomethingMissing as missing:
                field = missing.field if missing.field in self.fields else None
                self.add_error(field, missing.sentences)
        return facts


class RecordForm(FactsForm):
    """A new one, with the day the authority has set and the key by which it is known."""

    due_on = DayField(
        label=_("Opinions are taken until"),
        required=False,
        help_text=_(
            "The day the authority has set. Empty: it is reckoned from the law; without either, "
            "there is no deadline."
        ),
    )
    once = forms.CharField(widget=forms.HiddenInput, required=False, initial=new_key)

    class Meta(FactsForm.Meta):
        fields = (*FACTS, "due_on")


class StepForm(forms.Form):
    """The note and the step that was seen; enough for a move without details."""

    note = forms.CharField(
        label=_("Note"),
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("It is kept in the history of the consultation."),
        error_messages={"required": _("Please give the reason.")},
    )
    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, consultation: Consultation, move: Move, by: Any, **kwargs):
        self.consultation, self.by = consultation, by
        super().__init__(*args, initial={"seen": consultation.step}, **kwargs)
        self.fields["note"].required = move.note is Note.REQUIRED
        if move.note is Note.REQUIRED:
            self.fields["note"].label = _("Reason")
        self.prepare()
        self.order_fields([name for name in self.fields if name != "note"])

    def prepare(self) -> None:
        """Sets choices and initial values from the consultation."""

    def details(self) -> dict[str, Any]:
        return {k: v for k, v in self.cleaned_data.items() if k not in {"note", "seen"}}


class AssignForm(StepForm):
    sections = forms.ModelMultipleChoiceField(
        Section.objects.none(), label=_("Sections"), widget=forms.CheckboxSelectMultiple
    )

    def prepare(self):
        have = [each.section_id for each in self.consultation.standing]
        self.fields["sections"].queryset = Section.objects.exclude(pk__in=have)


class OfSectionForm(StepForm):
    """A move of one section."""

    section = forms.ModelChoiceField(Section.objects.none(), label=_("Section"))

    def prepare(self):
        sections = self.which()
        self.fields["section"].queryset = Section.objects.filter(pk__in=sections)
        if len(sections) == 1:
            self.fields["section"].empty_label = None

    def which(self) -> list[int]:
        return [each.section_id for each in self.consultation.standing]


class PassForm(OfSectionForm):
    def which(self):
        leads, standing = standing_of(self.by).leads, self.consultation.standing
        return [each.section_id for each in standing if each.section_id in leads and each.is_held]


class TakeUpForm(OfSectionForm):
    def which(self):
        leads, standing = standing_of(self.by).leads, self.consultation.standing
        return [e.section_id for e in standing if e.section_id in leads and not e.is_held]


class ChangeDueForm(StepForm):
    due_on = DayField(label=_("Opinions are taken until"))

    def prepare(self):
        self.fields["due_on"].offer(earliest=self.consultation.begins_on)
        self.initial["due_on"] = self.consultation.due_on


class SummaryForm(StepForm):
    published_on = DayField(label=_("Published on"))
    link = LinkField(label=_("Where it can be read"))
    text = forms.CharField(
        label=_("What it says"),
        required=False,
        max_length=LONGEST_SUMMARY,
        widget=forms.Textarea(attrs={"rows": 8}),
    )

    def prepare(self):
        self.fields["published_on"].offer(
            earliest=self.consultation.begins_on, latest=clock.today()
        )
        self.initial |= {
            "published_on": self.consultation.summary_published_on or clock.today(),
            "link": self.consultation.summary_link,
            "text": self.consultation.summary_text,
        }


class CorrectForm(StepForm, FactsForm):
    """The facts again; what is typed is judged on a copy, the move itself changes the row."""

    def __init__(self, *args, consultation: Consultation, **kwargs):
        super().__init__(*args, consultation=consultation, instance=copy(consultation), **kwargs)

    def details(self):
        return {name: self.cleaned_data[name] for name in FACTS}


CONSULTATION_FORMS: dict[str, type[StepForm]] = {
    ConsultationAction.ASSIGN: AssignForm,
    ConsultationAction.PASS: PassForm,
    ConsultationAction.TAKE_UP: TakeUpForm,
    ConsultationAction.CHANGE_DUE: ChangeDueForm,
    ConsultationAction.TAKE_BACK: OfSectionForm,
    ConsultationAction.RECORD_SUMMARY: SummaryForm,
    ConsultationAction.CORRECT: CorrectForm,
    ConsultationAction.LET_GO: StepForm,
    ConsultationAction.CLOSE: StepForm,
}
