from django import forms
from django.core.validators import RegexValidator
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.models import Cadence, SavedSearch
from core.search.asking import LONGEST_QUESTION, Question
from iksz_portal.searching import SEARCH
from positions.forms.drafting import OnceForm
from positions.forms.fields import LineField

NO_SUCH = _("There is no such choice: take one of the list.")


def _like(pattern):
    return RegexValidator(rf"^(?:{pattern})\Z", NO_SUCH)


class SearchForm(forms.Form):
    """The box, and what is narrowed by the links beside the results."""

    q = LineField(
        label=_("What are you looking for?"),
        max_length=LONGEST_QUESTION,
        required=False,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    kind = forms.ChoiceField(
        choices=[(kind, source.many) for kind, source in SEARCH.sources.items()],
        required=False,
        error_messages={"invalid_choice": NO_SUCH},
    )
    section = forms.CharField(required=False, validators=[_like(r"[0-9]{1,9}")])
    year = forms.CharField(required=False, validators=[_like(r"[0-9]{4}")])
    state = forms.CharField(required=False, validators=[_like(r"[a-z_]{1,20}")])
    county = forms.CharField(required=False, validators=[_like(r"[A-Z]{2}-[A-Z]{2}")])

    @property
    def question(self) -> Question:
        """As far as it makes sense; without what does not, it cannot be answered."""
        return Question(**self.cleaned_data) if self.is_valid() else Question()


NAME_TAKEN = _("You have saved a search by this name already.")


class SavedSearchForm(OnceForm, forms.ModelForm):
    """The name of a saved search, and when letters come of it."""

    name = LineField(label=pgettext_lazy("of a saved search", "Name"), max_length=80)
    cadence = forms.ChoiceField(
        label=_("Letters about what is new"), choices=Cadence.choices, initial=Cadence.DAILY
    )

    class Meta:
        model = SavedSearch
        fields = ["name", "cadence"]

    def __init__(self, *args, person, **kwargs):
        super().__init__(*args, **kwargs)
        self.person = person

    def clean_name(self):
        name = self.cleaned_data["name"]
        others = SavedSearch.objects.filter(person=self.person, name=name)
        if others.exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(NAME_TAKEN)
        return name

    def keep(self, save) -> bool:
        """Save what was chosen; not when the name was given away since it was looked at."""
        try:
            with transaction.atomic():
                save(name=self.cleaned_data["name"], cadence=self.cleaned_data["cadence"])
        except IntegrityError:
            self.add_error("name", NAME_TAKEN)
        return not self.errors
