"""Forms of the board's meetings: a form for every move, and those of what is done besides."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core import clock
from core.workflow import Move, Note
from members.choices import BOARD_MANDATES
from members.models import Mandate, Person
from positions.choices import (
    MeetingAction,
)
from positions.forms.drafting import OnceForm
from positions.forms.fields import DayField, LineField
from positions.meeting_effects import last_day_to_plan
from positions.models import Meeting, Position
from positions.models.meetings import SIGNED

LONGEST_NOTE = 5000


class SeenForm(forms.Form):
    """Carries the step on which its sender decided."""

    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, meeting: Meeting, **kwargs):
        self.meeting = meeting
        initial = {"seen": meeting.step, **kwargs.pop("initial", {})}
        super().__init__(*args, initial=initial, **kwargs)


class TimeAndPlace(forms.Form):
    """When and where; the hour as clocks in Budapest show it, also when they are changed."""

    day = DayField(label=_("Day"))
    hour = forms.TimeField(
        label=_("Hour"),
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
        help_text=_("Budapest time."),
    )
    place = LineField(label=_("Place or link"), max_length=300)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["day"].offer(earliest=clock.today(), latest=last_day_to_plan())

    def clean(self):
        cleaned = super().clean()
        day, hour = cleaned.get("day"), cleaned.get("hour")
        if day is None or hour is None:
            return cleaned
        try:
            cleaned["starts_at"] = clock.at_clock(day, hour)
        except OverflowError:
            self.add_error("day", _("This day has passed: choose a later one."))
        except clock.NoSuchTime:
            self.add_error(
                "hour",
                _("This time does not exist: that night the clocks are put forward over it."),
            )
        except clock.TwiceThatTime:
            self.add_error(
                "hour",
                _("This time comes twice: that night the clocks are put back. Choose another."),
            )
        return cleaned

    @property
    def when_and_where(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("starts_at", "place")}


class PlanForm(TimeAndPlace, OnceForm):
    pass


# The moves ---------------------------------------------------------------------------------


class MeetingMoveForm(SeenForm):
    note = forms.CharField(
        label=_("Note"), max_length=LONGEST_NOTE, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args, meeting: Meeting, move: Move, by: Any, **kwargs):
        self.by = by
        super().__init__(*args, meeting=meeting, **kwargs)
        self.fields["note"].required = move.note is Note.REQUIRED
        if move.note is Note.REQUIRED:
            self.fields["note"].label = _("Reason")
        if move.note is Note.NONE:
            del self.fields["note"]
        self.prepare()
        self.order_fields([name for name in self.fields if name != "note"])

    def prepare(self) -> None:
        """Sets choices and initial values from the meeting."""

    def details(self) -> dict[str, Any]:
        return {k: v for k, v in self.cleaned_data.items() if k not in {"note", "seen"}}


class ChangeForm(TimeAndPlace, MeetingMoveForm):
    def prepare(self):
        begins = self.meeting.starts_at.astimezone(clock.ZONE)
        self.initial |= {"day": begins.date(), "hour": begins.time(), "place": self.meeting.place}

    def details(self):
        return self.when_and_where


class RepeatForm(TimeAndPlace, MeetingMoveForm):
    def prepare(self):
        self.initial |= {"place": self.meeting.place}

    def details(self):
        return self.when_and_where


class SignersForm(MeetingMoveForm):
    """Of the board or the staff: three different people."""

    minute_taker = forms.ModelChoiceField(Person.objects.none(), label=_("Minute-taker"))
    first_authenticator = forms.ModelChoiceField(
        Person.objects.none(), label=_("First authenticator")
    )
    second_authenticator = forms.ModelChoiceField(
        Person.objects.none(), label=_("Second authenticator")
    )

    def prepare(self):
        people = eligible()
        for name in SIGNED:
            self.fields[name].queryset = people
            self.fields[name].empty_label = _("Choose one")
            self.initial[name] = getattr(self.meeting, f"{name}_id")


class OpenForm(SignersForm):
    presided_by = forms.ModelChoiceField(
        Person.objects.none(), label=_("Presided over by"), empty_label=_("Choose one")
    )

    def prepare(self):
        super().prepare()
        voting = Mandate.objects.in_force().voting_on_the_board()
        members = Person.objects.filter(pk__in=voting.values("person")).order_by("name")
        self.fields["presided_by"].queryset = members
        self.order_fields(["presided_by", *SIGNED])


class AuthenticateForm(MeetingMoveForm):
    """Of the text that is shown above it."""

    fingerprint = forms.CharField(max_length=64, widget=forms.HiddenInput)
    read = forms.BooleanField(label=_("I have read the minutes; they say what happened."))

    def details(self):
        return {"fingerprint": self.cleaned_data["fingerprint"]}


def eligible():
    board = Mandate.objects.in_force().filter(kind__in=BOARD_MANDATES).values("person")
    of_board = Person.objects.filter(pk__in=board)
    return (of_board | Person.objects.filter(is_staff=True)).filter(is_active=True).order_by("name")


MEETING_FORMS: dict[str, type[MeetingMoveForm]] = {
    MeetingAction.CONVENE: MeetingMoveForm,
    MeetingAction.CHANGE: ChangeForm,
    MeetingAction.OPEN: OpenForm,
    MeetingAction.FIND_NOT_QUORATE: MeetingMoveForm,
    MeetingAction.END: MeetingMoveForm,
    MeetingAction.APPOINT: SignersForm,
    MeetingAction.PRESENT: MeetingMoveForm,
    MeetingAction.AUTHENTICATE: AuthenticateForm,
    MeetingAction.CLOSE: MeetingMoveForm,
    MeetingAction.REPEAT: RepeatForm,
    MeetingAction.CANCEL: MeetingMoveForm,
}


# The agenda --------------------------------------------------------------------------------


class FromQueueForm(OnceForm):
    position = forms.ModelChoiceField(
        Position.objects.none(), label=_("Position"), empty_label=_("Choose one")
    )

    def __init__(self, *args, queue, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["position"].queryset = queue


class ItemForm(forms.Form):
    title = LineField(label=_("Title"), max_length=200)
    text = forms.CharField(
        label=_("What it is about"),
        max_length=LONGEST_NOTE,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    presenter = LineField(label=_("Presented by"), max_length=150, required=False)

    def words(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in ("title", "text", "presenter")}


class NewItemForm(ItemForm, OnceForm):
    pass


class ChangeItemForm(ItemForm, SeenForm):
    pass
