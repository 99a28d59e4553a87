from django import forms
from django.utils.translation import gettext_lazy as _

from members.models import Library
from positions.forms.drafting import OnceForm
from positions.models import Comment


class CommentForm(OnceForm):
    """A comment on a version; `libraries` are those the person acts for in the section."""

    paragraph = forms.TypedChoiceField(
        label=_("What it is about"), required=False, coerce=int, empty_value=None
    )
    library = forms.ModelChoiceField(Library.objects.none(), label=_("On behalf of"))
    text = forms.CharField(
        label=_("Comment"),
        max_length=Comment._meta.get_field("text").max_length,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, version, libraries, may_speak_alone, **kwargs):
        super().__init__(*args, **kwargs)
        self.current = version
        numbers = range(1, len(version.paragraphs) + 1)
        each = [(number, _("paragraph %(number)d") % {"number": number}) for number in numbers]
        self.fields["paragraph"].choices = [("", _("the whole text")), *each]
        library = self.fields["library"]
        library.queryset = Library.objects.filter(pk__in=libraries)
        library.required = not may_speak_alone
        library.empty_label = _("as an office holder or author") if may_speak_alone else None

    def clean(self):
        """A comment on a text that has changed meanwhile is shown again, beside the new one."""
        cleaned = super().clean()
        if cleaned.get("version") != self.current.number:
            self.data = self.data.copy()
            self.data["version"] = self.current.number
            raise forms.ValidationError(
                _("The text has changed meanwhile. Look at it again, then send your comment.")
            )
        return cleaned
