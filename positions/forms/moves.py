"""A form for every move: its fields are the details that the effect of the move asks for."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core import clock
from core.workflow import Move, Note
from positions.choices import Action, Channel, ProfileKind, State
from positions.forms.drafting import TextForm
from positions.forms.fields import AddresseeField, DayField, LineField
from positions.models import LawProfile, Position

USUAL_VOTE_DAYS = 7
USUAL_REVIEW_DAYS = 14
LONGEST_NOTE = 5000
LONGEST_ANSWER = 20_000


class MoveForm(forms.Form):
    """The note and the step that was seen; enough for a move without details."""

    note = forms.CharField(
        label=_("Note"), max_length=LONGEST_NOTE, widget=forms.Textarea(attrs={"rows": 3})
    )
    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, position: Position, move: Move, by: Any, **kwargs):
        self.position, self.by = position, by
        super().__init__(*args, initial={"seen": position.step}, **kwargs)
        self.fields["note"].required = move.note is Note.REQUIRED
        if move.note is Note.REQUIRED:
            self.fields["note"].label = _("Reason")
        if move.note is Note.NONE:
            del self.fields["note"]
        else:
            self.fields["note"].help_text = _("It is kept in the history of the position.")
        self.prepare()
        self.order_fields([name for name in self.fields if name != "note"])

    def prepare(self) -> None:
        """Sets limits and initial values from the position."""

    def starts_with(self, **initial: Any) -> None:
        self.initial.update(initial)

    def details(self) -> dict[str, Any]:
        return {k: v for k, v in self.cleaned_data.items() if k not in {"note", "seen"}}


class OpenConsultationForm(MoveForm):
    closes_on = DayField(label=_("Last day for comments"))
    expedited_reason = forms.CharField(
        label=_("Why it is urgent"),
        required=False,
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Only if the time for comments is shorter than the section's rule."),
    )

    def prepare(self):
        today = clock.today()
        self.fields["closes_on"].offer(earliest=today)
        self.starts_with(closes_on=clock.days_after(today, self.position.section.comment_days))


class OpenVoteForm(MoveForm):
    closes_on = DayField(label=_("Last day of the vote"))

    def prepare(self):
        self.fields["closes_on"].offer(earliest=clock.today())
        self.starts_with(closes_on=clock.days_after(clock.today(), USUAL_VOTE_DAYS))


class ForwardForm(MoveForm):
    cover_note = forms.CharField(
        label=_("Cover note to the board"),
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    signatory = LineField(label=_("Signatory"), max_length=150)
    addressee = AddresseeField()
    authority_deadline = DayField(
        label=_("Deadline set by the authority"),
        required=False,
        help_text=_("The last day on which the authority takes the position into account."),
    )

    def prepare(self):
        self.fields["authority_deadline"].offer(earliest=clock.today())
        self.starts_with(
            cover_note=self.position.cover_note,
            signatory=self.position.signatory,
            addressee=self.position.addressee_id,
            authority_deadline=self.position.authority_deadline,
        )


class TakeUpForm(MoveForm):
    decide_on = DayField(label=_("Day of the decision"))

    def prepare(self):
        today, limit = clock.today(), self.position.authority_deadline
        last = clock.days_after(limit, -1) if limit else None
        usual = clock.days_after(today, USUAL_REVIEW_DAYS)
        self.fields["decide_on"].offer(earliest=today, latest=last)
        self.starts_with(decide_on=min(usual, last) if last else usual)


class DecisionForm(MoveForm):
    decided_on = DayField(label=_("Day of the decision"))

    def prepare(self):
        self.fields["note"].label = _("Reasons")
        since = clock.day_of(self.position.status_since)
        self.fields["decided_on"].offer(earliest=since, latest=clock.today())
        self.starts_with(decided_on=clock.today())


class AcceptForm(DecisionForm):
    outvoted = forms.BooleanField(
        label=_("If there was a blocking concern, the board has outvoted it"), required=False
    )


class AcceptWithChangesForm(TextForm, AcceptForm):
    field_order = ["decided_on", "title", "body", "points", "outvoted"]

    def prepare(self):
        super().prepare()
        current = self.position.current
        points = [point.text for point in current.points.all()]
        self.starts_with(title=current.title, body=current.body, points=points)
        self.order_fields(self.field_order)


class PrepareSubmissionForm(MoveForm):
    addressee = AddresseeField()
    signatory = LineField(label=_("Signatory"), max_length=150)
    channel = forms.ChoiceField(label=_("Channel"), choices=Channel)
    law_profile = forms.ModelChoiceField(
        LawProfile.objects.none(),
        label=_("Time to answer"),
        required=False,
        empty_label=_("the authority is bound by no deadline"),
    )

    def prepare(self):
        rules = LawProfile.objects.current().filter(kind=ProfileKind.ANSWER)
        self.fields["law_profile"].queryset = rules
        sent = self.position.sent
        self.starts_with(
            addressee=sent.addressee_id if sent else self.position.addressee_id,
            signatory=sent.signatory if sent else self.position.signatory,
            channel=sent.channel if sent else Channel.OFFICE_GATE,
            law_profile=sent.law_profile_id if sent else None,
        )

    def clean_channel(self):
        return Channel(self.cleaned_data["channel"])


class SubmitForm(MoveForm):
    sent_on = DayField(label=_("Sent on"))
    file_number = LineField(label=_("File number"), max_length=60, required=False)

    def prepare(self):
        sent = self.position.sent
        confirmed = clock.day_of(sent.confirmed_at) if sent and sent.confirmed_at else None
        self.fields["sent_on"].offer(earliest=confirmed, latest=clock.today())
        self.starts_with(sent_on=clock.today())


class AnswerForm(MoveForm):
    received_on = DayField(label=_("Received on"))
    text = forms.CharField(
        label=_("What it says"),
        max_length=LONGEST_ANSWER,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("Everybody can read it on the page of the position."),
    )
    file_number = LineField(label=_("File number"), max_length=60, required=False)

    def prepare(self):
        self.fields["received_on"].offer(earliest=self.position.sent.sent_on, latest=clock.today())
        self.starts_with(received_on=clock.today())


class CloseForm(MoveForm):
    result = forms.CharField(
        label=_("The result in a sentence"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Everybody can read it on the page of the position."),
    )
    review_on = DayField(
        label=_("To be looked at again on"),
        required=False,
        help_text=_("If something was promised for later."),
    )

    def prepare(self):
        self.fields["review_on"].offer(earliest=clock.today())


class ParkForm(MoveForm):
    wake_on = DayField(label=_("To be resumed on"))

    def prepare(self):
        self.fields["wake_on"].offer(earliest=clock.days_after(clock.today(), 1))


class SupersedeForm(MoveForm):
    successor = forms.ModelChoiceField(
        Position.objects.none(), label=_("The position that takes its place")
    )

    def prepare(self):
        visible = Position.objects.visible_to(self.by).of_section(self.position.section)
        others = visible.exclude(pk=self.position.pk).exclude(status=State.WITHDRAWN)
        standing = others.filter(successor=None).select_related("section").newest_first()
        self.fields["successor"].queryset = standing


MOVE_FORMS: dict[str, type[MoveForm]] = {
    Action.OPEN_CONSULTATION: OpenConsultationForm,
    Action.CLOSE_CONSULTATION: MoveForm,
    Action.CONSULT_AGAIN: OpenConsultationForm,
    Action.OPEN_VOTE: OpenVoteForm,
    Action.CLOSE_VOTE: MoveForm,
    Action.REPEAT_VOTE: OpenVoteForm,
    Action.REWORK: MoveForm,
    Action.FORWARD: ForwardForm,
    Action.TAKE_UP: TakeUpForm,
    Action.RETURN: MoveForm,
    Action.ACCEPT: AcceptForm,
    Action.ACCEPT_WITH_CHANGES: AcceptWithChangesForm,
    Action.REJECT: DecisionForm,
    Action.AGREE_TO_CHANGES: MoveForm,
    Action.REFUSE_CHANGES: MoveForm,
    Action.PREPARE_SUBMISSION: PrepareSubmissionForm,
    Action.CONFIRM_SUBMISSION: MoveForm,
    Action.SUBMIT: SubmitForm,
    Action.RECORD_INTERIM_ANSWER: AnswerForm,
    Action.RECORD_ANSWER: AnswerForm,
    Action.EVALUATE: MoveForm,
    Action.CLOSE: CloseForm,
    Action.PARK: ParkForm,
    Action.RESUME: MoveForm,
    Action.WITHDRAW: MoveForm,
    Action.SUPERSEDE: SupersedeForm,
}
