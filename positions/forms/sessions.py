"""Forms of what is done at a meeting of the board, and with its resolutions."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.widgets import HiddenWithText
from positions.choices import BOARD_CHOICES, Choice, LinkKind, Presence
from positions.forms.drafting import OnceForm
from positions.forms.fields import LineField
from positions.forms.meetings import LONGEST_NOTE, SeenForm
from positions.meetings import Came, voters_at
from positions.models import AgendaItem, BoardDecision, Meeting

MOST_MEMBERS = 200


class AttendanceForm(SeenForm):
    """A row for each member of the board in office when the session was opened."""

    guests = forms.CharField(
        label=_("Guests"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One a line."),
    )

    def __init__(self, *args, meeting: Meeting, **kwargs):
        super().__init__(*args, meeting=meeting, initial={"guests": meeting.guests}, **kwargs)
        items = {item.pk: item for item in meeting.items}
        self.items = items
        for member in meeting.members:
            key, who = member.person_id, str(member.person)
            self.fields[f"presence_{key}"] = forms.ChoiceField(
                label=who,
                choices=Presence,
                initial=member.presence,
                widget=forms.RadioSelect,
            )
            for name, label, kept in (
                ("arrived_for", _("%(who)s: arrived for item"), member.arrived_for_id),
                ("left_after", _("%(who)s: left after item"), member.left_after_id),
            ):
                self.fields[f"{name}_{key}"] = forms.TypedChoiceField(
                    label=label % {"who": who},
                    choices=[("", "–"), *((pk, str(item)) for pk, item in items.items())],
                    initial=kept,
                    coerce=lambda pk: items[int(pk)],
                    empty_value=None,
                    required=False,
                )
        self.order_fields([name for name in self.fields if name != "guests"])

    @property
    def rows(self):
        """The three fields of each member."""
        return [
            [
                self[f"{name}_{member.person_id}"]
                for name in ("presence", "arrived_for", "left_after")
            ]
            for member in self.meeting.members
        ]

    def came(self) -> dict[int, Came]:
        said = self.cleaned_data
        return {
            key: Came(
                Presence(said[f"presence_{key}"]),
                said[f"arrived_for_{key}"],
                said[f"left_after_{key}"],
            )
            for key in (member.person_id for member in self.meeting.members)
        }


class TableVoteForm(SeenForm):
    """The answer of each member who is present, by name."""

    def __init__(self, *args, meeting: Meeting, item: AgendaItem, **kwargs):
        super().__init__(*args, meeting=meeting, **kwargs)
        self.present = [member.person for member in voters_at(meeting, item)]
        for person in self.present:
            self.fields[f"choice_{person.pk}"] = forms.ChoiceField(
                label=str(person),
                choices=[(choice.value, choice.label) for choice in BOARD_CHOICES],
                widget=forms.RadioSelect,
            )
            self.fields[f"reason_{person.pk}"] = LineField(
                label=_("%(who)s: concern or reason") % {"who": person},
                required=False,
                max_length=1000,
            )

    def votes(self) -> dict[int, tuple[Choice, str]]:
        said = self.cleaned_data
        return {
            person.pk: (Choice(said[f"choice_{person.pk}"]), said[f"reason_{person.pk}"])
            for person in self.present
        }


class ResolutionForm(OnceForm, SeenForm):
    subject = LineField(label=_("Subject"), max_length=200)
    words = forms.CharField(
        label=_("Words of the resolution"),
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    votes_for = forms.IntegerField(label=_("For"), min_value=0, max_value=MOST_MEMBERS)
    votes_against = forms.IntegerField(label=_("Against"), min_value=0, max_value=MOST_MEMBERS)
    votes_abstained = forms.IntegerField(label=_("Abstained"), min_value=0, max_value=MOST_MEMBERS)
    votes_apart = forms.IntegerField(
        label=_("Took no part, for conflict of interest"), min_value=0, max_value=MOST_MEMBERS
    )
    goes_public = forms.BooleanField(
        label=_("It becomes public with the authenticated minutes"), required=False
    )

    def details(self) -> dict[str, Any]:
        return {k: v for k, v in self.cleaned_data.items() if k != "once"}


class NoteForm(forms.Form):
    """What the minutes say of an item, and on top of which text it was written."""

    note = forms.CharField(
        label=_("In the minutes"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 10}),
    )
    base = forms.IntegerField(widget=HiddenWithText)

    def __init__(self, *args, item: AgendaItem, **kwargs):
        super().__init__(*args, initial={"note": item.note, "base": item.note_step}, **kwargs)


class UndoLinkForm(OnceForm):
    reason = forms.CharField(
        label=_("Reason"), max_length=LONGEST_NOTE, widget=forms.Textarea(attrs={"rows": 3})
    )


class LinkForm(OnceForm):
    kind = forms.ChoiceField(label=_("What it does"), choices=LinkKind, widget=forms.RadioSelect)
    number = LineField(
        label=_("Earlier resolution"), max_length=30, help_text=_("Its number, as 12/2026.")
    )

    def clean_number(self):
        typed = self.cleaned_data["number"].partition(".")[0].strip()
        number, _slash, year = typed.partition("/")
        found = None
        if number.isdecimal() and year.isdecimal() and len(typed) < 15:
            found = BoardDecision.objects.cited_as(int(year), int(number)).first()
        if found is None:
            raise forms.ValidationError(_("There is no resolution of this number."))
        return found
