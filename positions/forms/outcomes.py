from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.widgets import HiddenWithText
from positions.choices import PointResult
from positions.models import PointOutcome
from positions.outcomes import told_of


def _longest(name: str) -> int:
    return PointOutcome._meta.get_field(name).max_length


class MatrixForm(forms.Form):
    """What the page with all the points was begun on."""

    seen = forms.CharField(widget=HiddenWithText)


class OutcomeForm(forms.Form):
    """What became of one point; left empty, nothing is recorded yet."""

    result = forms.ChoiceField(
        label=_("Outcome"),
        required=False,
        choices=[("", _("nothing recorded yet")), *PointResult.choices],
    )
    reason = forms.CharField(
        label=_("Reason given"),
        required=False,
        max_length=_longest("reason"),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    source = forms.CharField(
        label=_("Source"),
        required=False,
        max_length=_longest("source"),
        help_text=_("Where it can be read: the letter, a law, a page."),
    )
    law_before = forms.CharField(
        label=_("Words of the law before"),
        required=False,
        max_length=_longest("law_before"),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    law_after = forms.CharField(
        label=_("Words of the law after"),
        required=False,
        max_length=_longest("law_after"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Everybody sees what changed from the words before to the words after."),
    )

    def __init__(self, *args, point, **kwargs):
        super().__init__(*args, prefix=f"point{point.number}", initial=told_of(point), **kwargs)
        self.point = point

    def clean(self):
        cleaned = super().clean()
        if "result" in cleaned and not cleaned["result"] and self.has_changed():
            self.add_error("result", _("Choose the outcome of this point."))
        if cleaned.get("result") == PointResult.REJECTED and not cleaned.get("reason"):
            self.add_error(
                "reason", _("Give the reason of the refusal, or say that none was given.")
            )
        return cleaned

    def told(self) -> dict[str, Any]:
        return {**self.cleaned_data, "result": PointResult(self.cleaned_data["result"])}
