import copy

from django import forms
from django.utils.translation import gettext_lazy as _

from members.forms.requests import require_web_address
from members.forms.tidy import TidyMixin
from members.models import Library
from members.namesakes import namesake
from members.profiles import FIELDS, fingerprint


class ProfileForm(TidyMixin, forms.ModelForm):
    """New values for a profile; the library itself stays as it is."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)

    class Meta:
        model = Library
        fields = FIELDS
        widgets = {
            **{name: forms.Textarea(attrs={"rows": 5}) for name in FIELDS if "hours" in name},
            **{name: forms.Textarea(attrs={"rows": 8}) for name in FIELDS if "descr" in name},
        }

    def __init__(self, data=None, *, library):
        super().__init__(data, instance=copy.copy(library), initial={"seen": fingerprint(library)})
        self.library = library
        self.is_overtaken = False
        require_web_address(self.fields["website"])

    def clean_name(self):
        name = self.cleaned_data["name"]
        other = namesake(name=name, county=self.library.county)
        if other and other.pk != self.library.pk:
            raise forms.ValidationError(_("Another library of this county has this name already."))
        return name

    @property
    def values(self):
        return {field: self.cleaned_data[field] for field in FIELDS}

    def overtaken_by(self, library):
        """What was typed stays, to be sent once more over what is saved now."""
        self.is_overtaken = True
        self.data = self.data.copy()
        self.data["seen"] = fingerprint(library)
        self.add_error(
            None,
            _(
                "The profile was changed while you were writing, and nothing was saved. "
                "Compare your text with what is saved now, and send it again."
            ),
        )
