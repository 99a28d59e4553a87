from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from positions.choices import BOARD_CHOICES, SECTION_CHOICES, BallotKind, Choice
from positions.models import Vote


class VoteForm(forms.Form):
    """The vote of one elector."""

    choice = forms.ChoiceField(
        label=pgettext_lazy("one that is cast", "Vote"), widget=forms.RadioSelect, required=False
    )
    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=Vote._meta.get_field("reason").max_length,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args, elector, **kwargs):
        super().__init__(*args, prefix=f"elector{elector.pk}", **kwargs)
        self.elector = elector
        of_section = elector.ballot.kind == BallotKind.SECTION
        allowed = SECTION_CHOICES if of_section else BOARD_CHOICES
        self.fields["choice"].choices = [(choice.value, choice.label) for choice in allowed]
        self.fields["reason"].help_text = (
            _("If you wish. It is shown to the section and the board after the end of the ballot.")
            if of_section
            else _("A blocking concern must be put in words.")
        )

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("choice") == Choice.CONCERN and not cleaned.get("reason", "").strip():
            self.add_error("reason", _("Say in words what the concern is."))
        if cleaned.get("reason") and "choice" in cleaned and not cleaned["choice"]:
            self.add_error("choice", _("Choose one of the answers."))
        return cleaned

    @property
    def is_chosen(self) -> bool:
        return bool(self.cleaned_data.get("choice"))
