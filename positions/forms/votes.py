from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from positions.choices import (
    BOARD_CHOICES,
    SEALED_CHOICES,
    SECTION_CHOICES,
    BallotKind,
    Choice,
)
from positions.models import Vote

FILLING = "."
LONGEST = max(map(len, SECTION_CHOICES))


class VoteForm(forms.Form):
    """The vote of one elector: of a library on the text or on an amendment, or on the board."""

    choice = forms.ChoiceField(
        label=pgettext_lazy("one that is cast", "Vote"), widget=forms.RadioSelect, required=False
    )
    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=Vote._meta.get_field("reason").max_length,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args, elector, among_others=False, **kwargs):
        super().__init__(*args, prefix=f"elector{elector.pk}", **kwargs)
        self.elector, self.ballot = elector, elector.ballot
        of_board = self.ballot.kind == BallotKind.BOARD
        allowed = BOARD_CHOICES if of_board else SECTION_CHOICES
        self.fields["choice"].choices = [(self._sent_as(each), each.label) for each in allowed]
        self.fields["reason"].help_text = self._when_reasoned()
        if of_board:
            return
        amendment = self.ballot.amendment
        if among_others and not amendment:
            self.fields["choice"].label = _("The text as it stands")
        if amendment:
            self.fields["choice"].label = _("Amendment %(number)d") % {"number": amendment.number}
            del self.fields["reason"]

    def clean_choice(self):
        return self.cleaned_data["choice"].rstrip(FILLING)

    def clean(self):
        cleaned = super().clean()
        choice, reason = cleaned.get("choice"), cleaned.get("reason", "").strip()
        if choice == Choice.CONCERN and not reason:
            self.add_error("reason", _("Say in words what the concern is."))
        if reason and choice == "":
            self.add_error("choice", _("Choose one of the answers."))
        if reason and self.ballot.is_secret and choice in SEALED_CHOICES:
            self.add_error("reason", _("A secret vote is cast without a reason."))
        return cleaned

    @property
    def voter(self):
        """Whose vote it is; all the questions it is asked stand together."""
        return self.elector.library or self.elector.person

    @property
    def is_chosen(self) -> bool:
        return bool(self.cleaned_data.get("choice"))

    def _sent_as(self, choice):
        """In a secret vote all answers are sent equally long: who sees only how much is sent, on
        the wire or in a log, learns nothing."""
        return choice.value.ljust(LONGEST, FILLING) if self.ballot.is_secret else choice.value

    def _when_reasoned(self):
        if self.ballot.kind == BallotKind.BOARD:
            return _("A blocking concern must be put in words.")
        if self.ballot.is_secret:
            return _("Only if the library takes no part: a secret vote is cast without a reason.")
        return _(
            "If you wish. It is shown to the section and the board after the end of the ballot."
        )
