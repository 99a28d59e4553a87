"""Forms for the log with an authority, its letters, its published answers and its promises."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from core import clock
from core.uploads import UploadField
from core.widgets import HiddenWithText
from positions import lettering
from positions.choices import AnswerClass, Direction, LetterKind, Medium, ProfileKind, PromiseState
from positions.forms.drafting import OnceForm
from positions.forms.fields import DayField, LetterField, LineField
from positions.models import LawProfile, Message, Position, Promise

LONGEST_MESSAGE = 20_000
PROFILES = {
    LetterKind.REMINDER: ProfileKind.ANSWER,
    LetterKind.REQUEST: ProfileKind.INFORMATION,
}


class WordsField(forms.CharField):
    def __init__(self, *, rows: int = 8, **kwargs):
        widget = forms.Textarea(attrs={"rows": rows})
        super().__init__(**{"max_length": LONGEST_MESSAGE, "widget": widget, **kwargs})


class MessageForm(OnceForm):
    direction = forms.ChoiceField(
        label=_("Direction"), choices=Direction, widget=forms.RadioSelect, initial=Direction.FROM
    )
    medium = forms.ChoiceField(label=_("How it came or went"), choices=Medium)
    received_on = DayField(label=_("Day"), initial=clock.today)
    subject = LineField(label=_("Subject"), max_length=200, required=False)
    text = WordsField(label=_("What it says, or what was said"))
    file_number = LineField(label=_("File number"), max_length=60, required=False)
    due_on = DayField(
        label=_("Reply due"),
        required=False,
        help_text=_("By when the authority owes us a reply, or we owe one."),
    )
    upload = UploadField(label=_("The message as a file"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["received_on"].offer(latest=clock.today())


class ProofForm(OnceForm):
    upload = UploadField(label=_("Proof of sending"))


class CorrectionForm(forms.Form):
    """What an entry should have said; a letter that was made keeps its words."""

    direction = forms.ChoiceField(label=_("Direction"), choices=Direction, widget=forms.RadioSelect)
    medium = forms.ChoiceField(label=_("How it came or went"), choices=Medium)
    received_on = DayField(label=_("Day"))
    classified = forms.ChoiceField(label=_("What the answer amounts to"), choices=AnswerClass)
    subject = LineField(label=_("Subject"), max_length=200, required=False)
    text = WordsField(label=_("What it says, or what was said"))
    file_number = LineField(label=_("File number"), max_length=60, required=False)
    due_on = DayField(label=_("Reply due"), required=False)
    settled_on = DayField(label=_("Settled on"), required=False)
    reason = WordsField(
        rows=2,
        max_length=1000,
        label=_("Why it is corrected"),
        help_text=_("It is kept in the history of the position."),
    )
    seen = forms.IntegerField(widget=HiddenWithText)

    def __init__(self, *args, message: Message, **kwargs):
        names = [name for name in self.base_fields if name not in {"reason", "seen"}]
        initial = {name: getattr(message, name) for name in names} | {"seen": message.step}
        super().__init__(*args, initial=initial, **kwargs)
        if not message.classified:
            del self.fields["classified"]
        if message.is_answer:
            del self.fields["direction"]
        if message.package_id:
            for name in ("direction", "received_on", "subject", "text"):
                del self.fields[name]

    def facts(self) -> dict[str, Any]:
        return {k: v for k, v in self.cleaned_data.items() if k not in {"reason", "seen"}}


class LetterForm(OnceForm):
    """A letter, begun from its template; the law profile tells by when it is to be answered."""

    language = forms.CharField(widget=HiddenWithText)
    subject = LineField(label=_("Subject"), max_length=200)
    text = LetterField(label=_("Letter"))
    medium = forms.ChoiceField(
        label=_("How it goes"), choices=[each for each in Medium.choices if each[0] != Medium.PHONE]
    )
    received_on = DayField(label=_("Day it is sent"), initial=clock.today)
    law_profile = forms.ModelChoiceField(
        LawProfile.objects.none(),
        label=_("Time to answer"),
        required=False,
        empty_label=_("a day of our own"),
    )
    due_on = DayField(label=_("Reply asked for by"), required=False)

    def __init__(self, *args, position: Position, kind: LetterKind, asked: str = "", **kwargs):
        language = asked if asked in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        begun = lettering.begin(position, kind, language=language)
        profiles = LawProfile.objects.current().filter(kind=PROFILES[kind]).order_by("pk")
        usual = list(profiles)[-1:] if kind == LetterKind.REQUEST else []
        initial = {"language": language, "subject": begun.subject, "text": begun.body}
        super().__init__(
            *args, initial=initial | {"law_profile": next(iter(usual), None)}, **kwargs
        )
        self.fields["law_profile"].queryset = profiles
        self.fields["received_on"].offer(latest=clock.today())
        self.fields["due_on"].offer(earliest=clock.today())

    def clean_language(self):
        language = self.cleaned_data["language"]
        return language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


class PublicationForm(forms.Form):
    text = WordsField(
        rows=12,
        label=_("The answer as everybody may read it"),
        help_text=_("Take out names, signatures, addresses, telephone numbers; put […] there."),
    )
    is_clean = forms.BooleanField(
        label=_("I have read it to the end: it holds no personal data."),
    )
    seen = forms.IntegerField(widget=HiddenWithText)

    def __init__(self, *args, message: Message, **kwargs):
        initial = {"text": message.published_text or message.text, "seen": message.step}
        super().__init__(*args, initial=initial, **kwargs)


class MessageField(forms.ModelChoiceField):
    """A message of the log, called by what it is and by its day."""

    def label_from_instance(self, message):
        return f"{message.get_kind_display()}, {date_format(message.received_on)}"


class PromiseForm(OnceForm):
    text = WordsField(
        rows=3,
        max_length=1000,
        label=_("What was promised"),
        help_text=_("Everybody can read it once the evaluation is concluded: name nobody."),
    )
    due_on = DayField(label=_("To be looked at on"))
    message = MessageField(
        Message.objects.none(),
        label=_("Made in"),
        required=False,
        empty_label=_("elsewhere"),
    )

    def __init__(self, *args, position: Position, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["due_on"].offer(earliest=clock.today())
        received = position.sent.messages.filter(direction=Direction.FROM)
        self.fields["message"].queryset = received


class JudgementForm(forms.Form):
    state = forms.ChoiceField(
        label=_("What became of it"), choices=PromiseState, widget=forms.RadioSelect
    )
    note = WordsField(
        rows=2,
        max_length=1000,
        required=False,
        label=_("How it is known"),
        help_text=_("It stays inside."),
    )
    due_on = DayField(label=_("If it is still open: to be looked at again on"), required=False)
    seen = forms.CharField(widget=HiddenWithText)

    def __init__(self, *args, promise: Promise, **kwargs):
        initial = {"state": promise.state, "note": promise.note, "seen": promise.state}
        super().__init__(*args, initial=initial | {"due_on": promise.due_on}, **kwargs)

    def clean_state(self):
        return PromiseState(self.cleaned_data["state"])
