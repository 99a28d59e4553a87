from django import forms
from django.conf import settings
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from positions.choices import DocumentKind

INSIDE, PUBLIC = "inside", "public"
PAPERS = [choice for choice in DocumentKind.choices if choice[0] != DocumentKind.REDLINE]


class LanguageField(forms.ChoiceField):
    """The language of the words around the text, which keeps its own."""

    def __init__(self):
        super().__init__(
            label=_("Language of the words around the text"),
            choices=settings.LANGUAGES,
            initial=get_language,
        )


class DocumentForm(forms.Form):
    """Which document; those inside also choose the version, and for whom it is."""

    kind = forms.ChoiceField(
        label=pgettext_lazy("of a document", "Kind"), choices=PAPERS, initial=DocumentKind.PDF
    )
    version = forms.TypedChoiceField(label=_("Version"), coerce=int)
    reader = forms.ChoiceField(
        label=_("For whom"),
        choices=[
            (PUBLIC, _("for everybody: without what is not public")),
            (INSIDE, _("for those who work on it: with all there is")),
        ],
        initial=PUBLIC,
        widget=forms.RadioSelect,
    )
    language = LanguageField()

    def __init__(self, data, *, versions):
        super().__init__(data, auto_id="paper_%s")
        if versions:
            self.fields["version"].choices = numbered(versions)
        else:
            del self.fields["version"], self.fields["reader"]


class RedlineForm(forms.Form):
    """Two versions, in whichever order they are chosen."""

    old = forms.TypedChoiceField(label=_("From version"), coerce=int)
    new = forms.TypedChoiceField(label=_("To version"), coerce=int)
    language = LanguageField()

    def __init__(self, data, *, versions):
        super().__init__(data, auto_id="redline_%s")
        self.fields["old"].choices = self.fields["new"].choices = numbered(versions)
        self.fields["old"].initial = versions[1].number

    def clean(self):
        chosen = super().clean()
        if "old" in chosen and chosen.get("new") == chosen["old"]:
            self.add_error("new", _("Choose two different versions."))
        return chosen

    @property
    def numbers(self) -> list[int]:
        """Of the older and the newer one."""
        return sorted([self.cleaned_data["old"], self.cleaned_data["new"]])


def numbered(versions):
    return [(version.number, f"{version.number} – {version.author}") for version in versions]
