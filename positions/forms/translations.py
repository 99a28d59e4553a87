from django import forms
from django.utils.translation import gettext_lazy as _

from core.widgets import HiddenWithText
from positions.forms.fields import LONGEST_POINT, LineField, RichTextField
from positions.models import PositionTranslation, Version


class TranslationForm(forms.Form):
    """The translation of one version: its title, what it says in short, its points and its text."""

    title = LineField(label=_("Title"), max_length=200)
    summary = forms.CharField(
        label=_("Summary"),
        required=False,
        max_length=PositionTranslation._meta.get_field("summary").max_length,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("A few sentences for readers who do not read the whole text."),
    )
    body = RichTextField(label=_("Text"), required=False)
    seen = forms.IntegerField(min_value=0, widget=HiddenWithText)
    version = forms.ModelChoiceField(Version.objects.none(), widget=HiddenWithText)

    def __init__(self, *args, position, of, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["version"].queryset = position.versions.all()
        self.fields["version"].to_field_name = "number"
        self.of = of
        self.names = []
        for point in of.points.all():
            name = f"point{point.number}"
            self.names.append(name)
            self.fields[name] = LineField(
                label=_("Point %(number)d") % {"number": point.number},
                required=False,
                max_length=LONGEST_POINT,
                widget=forms.Textarea(attrs={"rows": 2}),
            )

    @property
    def beside(self):
        """Each field with the words of the original that it translates."""
        yield self["title"], self.of.title
        yield self["summary"], ""
        for point, name in zip(self.of.points.all(), self.names, strict=True):
            yield self[name], point.text

    def clean_version(self):
        version = self.cleaned_data["version"]
        if version != self.of:
            raise forms.ValidationError(_("The text has moved on: open the form anew."))
        return version

    def told(self):
        facts = {name: self.cleaned_data[name] for name in ("title", "summary", "body", "seen")}
        points = [self.cleaned_data[name] for name in self.names]
        return {**facts, "version": self.cleaned_data["version"], "points": points}


class ConfirmTranslationForm(forms.Form):
    """What was looked at when the translation was found to be right."""

    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
