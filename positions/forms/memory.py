from django import forms
from django.utils.translation import gettext_lazy as _

from positions.forms.fields import LineField


class LookupForm(forms.Form):
    q = LineField(
        label=_("Law or topic"),
        max_length=300,
        help_text=_("As it is cited (“1997. évi CXL. törvény”), or a subject heading."),
    )
