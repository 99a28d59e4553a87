from django import forms
from django.utils.translation import gettext_lazy as _

from positions.filters import WRONG_CHOICE
from positions.models.accountability import EVERY_YEAR


class YearForm(forms.Form):
    year = forms.TypedChoiceField(
        label=_("Year of submission"),
        required=False,
        coerce=int,
        empty_value=EVERY_YEAR,
        error_messages=WRONG_CHOICE,
    )

    def __init__(self, *args, years, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["year"].choices = [("", _("Every year")), *((year, year) for year in years)]

    @property
    def chosen(self) -> int:
        """The year that was asked for; all of them where none was, or none that there is."""
        return self.cleaned_data["year"] if self.is_bound and self.is_valid() else EVERY_YEAR
