"""What anybody may send: an application for membership, a report of a mistake or a barrier."""

from django import forms
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _

from members.choices import LibraryKind
from members.forms.tidy import TidyMixin
from members.models import BarrierReport, MembershipApplication, MistakeReport
from members.namesakes import has_member_of

TRAP = "nickname"
CHOOSE = _("Choose one")
WEB = URLValidator(
    schemes=["http", "https"], message=_("Give a whole address, like https://www.example.org.")
)


def is_from_a_robot(sent) -> bool:
    """People never see the field that this looks at."""
    return bool(sent.get(TRAP))


def require_web_address(field):
    """One sentence that says what to type, whatever is wrong with it."""
    field.validators = [WEB]
    field.error_messages["invalid"] = WEB.message


class ApplicationForm(TidyMixin, forms.ModelForm):
    class Meta:
        model = MembershipApplication
        fields = [
            "library_name",
            "kind",
            "county",
            "city",
            "website",
            "statement",
            "applicant_name",
            "applicant_email",
        ]
        widgets = {
            "applicant_name": forms.TextInput(attrs={"autocomplete": "name"}),
            "applicant_email": forms.EmailInput(attrs={"autocomplete": "email"}),
        }
        error_messages = {
            "county": {"invalid_choice": _("There is no such county: choose one of the list.")}
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        require_web_address(self.fields["website"])
        self.fields["county"].empty_label = CHOOSE
        self.fields["kind"].choices = [("", CHOOSE), *LibraryKind.choices]

    def clean(self):
        super().clean()
        name, county = self.cleaned_data.get("library_name"), self.cleaned_data.get("county")
        if name and county and has_member_of(name=name, county=county):
            self.add_error(
                "library_name", _("A library of this name in this county is a member already.")
            )


class MistakeForm(TidyMixin, forms.ModelForm):
    class Meta:
        model = MistakeReport
        fields = ["text", "email"]
        widgets = {
            "text": forms.Textarea(attrs={"rows": 6}),
            "email": forms.EmailInput(attrs={"autocomplete": "email"}),
        }


class BarrierForm(TidyMixin, forms.ModelForm):
    class Meta:
        model = BarrierReport
        fields = ["page", "text", "email"]
        widgets = {
            "text": forms.Textarea(attrs={"rows": 6}),
            "email": forms.EmailInput(attrs={"autocomplete": "email"}),
        }
