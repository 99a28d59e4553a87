"""A form for every move: its fields are the details that the effect of the move asks for."""

from dataclasses import asdict
from typing import Any

from django import forms
from django.conf import settings
from django.db.models import Min
from django.utils.translation import gettext_lazy as _

from core import clock
from core.uploads import UploadField
from core.widgets import HiddenWithText
from core.workflow import Move, Note
from positions import lettering, plan
from positions.choices import (
    Action,
    AnswerClass,
    Channel,
    Leg,
    LetterKind,
    Medium,
    ProfileKind,
    State,
)
from positions.forms.drafting import TextForm
from positions.forms.fields import (
    AddresseeField,
    DayField,
    DeadlineField,
    LetterField,
    LineField,
    ReasonField,
    UrgentField,
)
from positions.meetings import days_of_decision
from positions.models import Attachment, LawProfile, Position

LONGEST_NOTE = 5000
LONGEST_ANSWER = 20_000
POINT = "point_"


class MoveForm(forms.Form):
    """The note and the step that was seen; enough for a move without details."""

    note = forms.CharField(
        label=_("Note"), max_length=LONGEST_NOTE, widget=forms.Textarea(attrs={"rows": 3})
    )
    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, position: Position, move: Move, by: Any, asked: Any = None, **kwargs):
        self.position, self.by, self.asked = position, by, asked or {}
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
    expedited_reason = UrgentField(max_length=LONGEST_NOTE)

    def prepare(self):
        self.fields["closes_on"].offer(earliest=clock.today())
        days = self.position.section.comment_days
        day = plan.usual_day(self.position, Leg.COMMENTS, days)
        self.starts_with(closes_on=day)
        if day < clock.days_after(clock.today(), days):
            self.fields["expedited_reason"].is_needed(days)


class RepeatVoteForm(MoveForm):
    closes_on = DayField(label=_("Last day of the vote"))

    def prepare(self):
        self.fields["closes_on"].offer(earliest=clock.today())
        days = self.position.section.vote_days
        self.starts_with(closes_on=plan.usual_day(self.position, Leg.VOTE, days))


class OpenVoteForm(RepeatVoteForm):
    by_silence = forms.BooleanField(
        label=_("By silence: adopted unless a member votes no"), required=False
    )

    def prepare(self):
        super().prepare()
        if not self.position.section.decides_by_silence:
            del self.fields["by_silence"]


class ForwardForm(MoveForm):
    cover_note = forms.CharField(
        label=_("Cover note to the board"),
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    burden = forms.CharField(
        label=_("Cost or other burden for the members"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("In money, work or time, if there is any. The board and the section read it."),
    )
    signatory = LineField(label=_("Signatory"), max_length=150)
    addressee = AddresseeField()
    authority_deadline = DeadlineField()

    def prepare(self):
        self.fields["authority_deadline"].offer(earliest=clock.today())
        self.starts_with(
            cover_note=self.position.cover_note,
            burden=self.position.burden,
            signatory=self.position.signatory,
            addressee=self.position.addressee_id,
            authority_deadline=self.position.authority_deadline,
        )


class TakeUpForm(MoveForm):
    decide_on = DayField(label=_("Day of the decision"))

    def prepare(self):
        today, limit = clock.today(), self.position.authority_deadline
        last = clock.days_after(limit, -1) if limit else None
        usual = plan.usual_day(self.position, Leg.BOARD, self.position.section.board_days)
        self.fields["decide_on"].offer(earliest=today, latest=last)
        self.starts_with(decide_on=min(usual, last) if last else usual)


class DeferForm(MoveForm):
    decide_on = DayField(label=_("Day of the decision"))

    def prepare(self):
        self.fields["note"].label = _("Reasons")
        limit = self.position.authority_deadline
        self.fields["decide_on"].offer(
            earliest=clock.days_after(self.position.decide_on, 1),
            latest=clock.days_after(limit, -1) if limit else None,
        )


class DecisionForm(MoveForm):
    decided_on = DayField(label=_("Day of the decision"))

    def prepare(self):
        self.fields["note"].label = _("Reasons")
        since, last = days_of_decision(self.position)
        self.fields["decided_on"].offer(earliest=since, latest=last)
        self.starts_with(decided_on=last)


class ReasonedForm(MoveForm):
    """With what the board says of points; from the secretary's desk it goes back as a whole."""

    def prepare(self):
        super().prepare()
        by_board = self.position.status == State.BOARD_REVIEW
        self.fields["note"].label = _("Reasons on the whole") if by_board else _("Reasons")
        for point in self.position.current.points.all() if by_board else ():
            self.fields[f"{POINT}{point.number}"] = ReasonField(point)

    def details(self):
        details = super().details()
        said = {name: details.pop(name) for name in list(details) if name.startswith(POINT)}
        reasons = {int(name.removeprefix(POINT)): text for name, text in said.items() if text}
        return {**details, "point_reasons": reasons}


class RejectForm(ReasonedForm, DecisionForm):
    pass


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
    letter_language = forms.CharField(widget=HiddenWithText)
    letter_subject = LineField(label=_("Subject of the cover letter"), max_length=200)
    letter_body = LetterField(label=_("Cover letter"))
    enclosures = forms.ModelMultipleChoiceField(
        Attachment.objects.none(),
        label=_("Attachments that go along"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("What is not chosen is left out of the package."),
    )

    def prepare(self):
        rules = LawProfile.objects.current().filter(kind=ProfileKind.ANSWER)
        self.fields["law_profile"].queryset = rules
        self.fields["enclosures"].queryset = attached = self.position.attachments.kept()
        if not attached.exists():
            del self.fields["enclosures"]
        sent = self.position.sent
        self.starts_with(
            addressee=sent.addressee_id if sent else self.position.addressee_id,
            signatory=sent.signatory if sent else self.position.signatory,
            channel=sent.channel if sent else Channel.OFFICE_GATE,
            law_profile=sent.law_profile_id if sent else None,
            enclosures=list(sent.enclosures.values_list("pk", flat=True)) if sent else [],
            **self._letter(sent),
        )

    def _letter(self, sent):
        """The one that was prepared, or what its template says in the language asked for."""
        language = self.asked.get("letter", "")
        if sent and sent.letter_body and not language:
            names = ("letter_language", "letter_subject", "letter_body")
            return {name: getattr(sent, name) for name in names}
        language = language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        written = lettering.begin(self.position, LetterKind.COVER, language=language)
        return {f"letter_{name}": word for name, word in asdict(written).items()}

    def clean_channel(self):
        return Channel(self.cleaned_data["channel"])

    def clean_letter_language(self):
        language = self.cleaned_data["letter_language"]
        return language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


class SubmitForm(MoveForm):
    sent_on = DayField(label=_("Sent on"))
    file_number = LineField(
        label=_("File number"),
        max_length=60,
        required=False,
        help_text=_("The number on the receipt, or the authority's own."),
    )
    proof = UploadField(label=_("Proof of sending"), required=False)

    def prepare(self):
        sent = self.position.sent
        confirmed = clock.day_of(sent.confirmed_at) if sent and sent.confirmed_at else None
        self.fields["sent_on"].offer(earliest=confirmed, latest=clock.today())
        self.starts_with(sent_on=clock.today())


class ReceivedForm(MoveForm):
    received_on = DayField(label=_("Received on"))
    medium = forms.ChoiceField(label=_("How it came"), choices=Medium)
    text = forms.CharField(
        label=_("What it says"),
        max_length=LONGEST_ANSWER,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("It stays inside; what everybody may read is published afterwards."),
    )
    file_number = LineField(label=_("File number"), max_length=60, required=False)
    upload = UploadField(label=_("The letter as a file"), required=False)

    def clean_medium(self):
        return Medium(self.cleaned_data["medium"])

    def prepare(self):
        self.fields["received_on"].offer(earliest=self.position.sent.sent_on, latest=clock.today())
        self.starts_with(received_on=clock.today())


class AnswerForm(ReceivedForm):
    classified = forms.ChoiceField(
        label=_("What the answer amounts to"),
        choices=[("", _("Choose one")), *AnswerClass.choices],
        help_text=_("Everybody can read it on the page of the position."),
    )
    field_order = ["received_on", "medium", "classified", "text", "file_number", "upload"]

    def prepare(self):
        super().prepare()
        self.order_fields(self.field_order)

    def clean_classified(self):
        return AnswerClass(self.cleaned_data["classified"])


class InterimAnswerForm(ReceivedForm):
    extends = forms.BooleanField(
        label=_("The authority takes the longer time that the law allows"), required=False
    )

    def prepare(self):
        super().prepare()
        if not self.position.sent.may_be_extended:
            del self.fields["extends"]


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
        promised = self.position.promises.open().aggregate(first=Min("due_on"))["first"]
        if promised:
            self.starts_with(review_on=max(promised, clock.today()))


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
    Action.REPEAT_VOTE: RepeatVoteForm,
    Action.ANNUL_VOTE: MoveForm,
    Action.REWORK: MoveForm,
    Action.FORWARD: ForwardForm,
    Action.TAKE_UP: TakeUpForm,
    Action.RETURN: ReasonedForm,
    Action.DEFER: DeferForm,
    Action.CLOSE_BALLOT: MoveForm,
    Action.ACCEPT: AcceptForm,
    Action.ACCEPT_WITH_CHANGES: AcceptWithChangesForm,
    Action.REJECT: RejectForm,
    Action.AGREE_TO_CHANGES: MoveForm,
    Action.REFUSE_CHANGES: MoveForm,
    Action.PREPARE_SUBMISSION: PrepareSubmissionForm,
    Action.CONFIRM_SUBMISSION: MoveForm,
    Action.SUBMIT: SubmitForm,
    Action.RECORD_INTERIM_ANSWER: InterimAnswerForm,
    Action.RECORD_ANSWER: AnswerForm,
    Action.RECORD_SILENCE: MoveForm,
    Action.EVALUATE: MoveForm,
    Action.CLOSE: CloseForm,
    Action.PARK: ParkForm,
    Action.RESUME: MoveForm,
    Action.WITHDRAW: MoveForm,
    Action.SUPERSEDE: SupersedeForm,
}
