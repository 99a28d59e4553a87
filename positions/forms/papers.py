from django import forms
from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from positions.choices import DocumentKind

KINDS = (DocumentKind.PDF, DocumentKind.DOCX)


class PaperForm(forms.Form):
    """As what, and in which language, minutes or an excerpt are taken away."""

    kind = forms.ChoiceField(
        label=_("Kind of file"), choices=[(kind.value, kind.label) for kind in KINDS]
    )
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, initial={"language": get_language()}, **kwargs)

    def wish(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in ("kind", "language")}
