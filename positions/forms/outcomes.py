from django import forms
from django.utils.translation import gettext_lazy as _

from positions.choices import PointResult
from positions.models import PointOutcome


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
        max_length=PointOutcome._meta.get_field("reason").max_length,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    source = forms.CharField(
        label=_("Source"),
        required=False,
        max_length=PointOutcome._meta.get_field("source").max_length,
        help_text=_("Where it can be read: the letter, a law, a page."),
    )

    def __init__(self, *args, point, **kwargs):
        told = point.settled
        initial = {name: getattr(told, name, "") for name in ("result", "reason", "source")}
        super().__init__(*args, prefix=f"point{point.number}", initial=initial, **kwargs)
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
