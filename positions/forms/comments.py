from django import forms
from django.utils.translation import gettext_lazy as _

from core.richtext import blocks
from core.widgets import HiddenWithText
from members.models import Library
from positions.choices import Audience
from positions.forms.drafting import OnceForm
from positions.lineage import beginning, place_in
from positions.models import Comment, Version

READERS = {
    Audience.DRAFTERS: _(
        "the drafting group: the coordinator, the chair and the authors; and those who act for "
        "your library"
    ),
    Audience.SECTION: _("the section, and the board once the position is forwarded to it"),
    Audience.MEMBERS: _(
        "all member libraries: the section now, everybody who acts for a member library once the "
        "position is public"
    ),
}
SHOWN = 60
"""Characters of a paragraph in the list of paragraphs."""


class SpeakingForm(OnceForm):
    """Words for a library; `libraries` are those the person acts for in the section."""

    library = forms.ModelChoiceField(Library.objects.none(), label=_("On behalf of"))
    text = forms.CharField(
        label=_("Comment"),
        max_length=Comment._meta.get_field("text").max_length,
        widget=forms.Textarea(attrs={"rows": 6}),
    )

    def __init__(self, *args, libraries, may_speak_alone, **kwargs):
        super().__init__(*args, **kwargs)
        library = self.fields["library"]
        library.queryset = Library.objects.filter(pk__in=libraries)
        library.required = not may_speak_alone
        library.empty_label = _("as an office holder or author") if may_speak_alone else None


class CommentForm(SpeakingForm):
    """A comment on the current text. Written on an older one it is shown again, beside the new
    text and at the paragraph's place in it, with all that was typed."""

    paragraph = forms.TypedChoiceField(
        label=_("What it is about"), required=False, coerce=int, empty_value=None
    )
    audience = forms.TypedChoiceField(
        label=_("Who reads it"),
        choices=READERS.items,
        coerce=Audience,
        widget=forms.RadioSelect,
    )
    version = forms.IntegerField(widget=HiddenWithText)

    field_order = ["paragraph", "library", "text", "audience", "version", "once"]

    def __init__(self, data, *, version, **kwargs):
        seen = data.get("version", "") if data else ""
        self.text_has_moved = data is not None and seen != str(version.number)
        if self.text_has_moved:
            data = data.copy()
            data["paragraph"] = moved_to(version, data.get("paragraph", ""), seen)
            data["version"] = version.number
        super().__init__(data, **kwargs)
        each = enumerate(blocks(version.body), start=1)
        listed = [(n, f"{n}. {beginning(block, most=SHOWN)}") for n, block in each]
        self.fields["paragraph"].choices = [("", _("the whole text")), *listed]

    def clean(self):
        cleaned = super().clean()
        if self.text_has_moved:
            raise forms.ValidationError(
                _("The text has changed meanwhile. Look at it again, then send your comment.")
            )
        return cleaned


def moved_to(current: Version, typed: str, seen: str):
    """The number in the current text of the paragraph that was chosen in the version seen."""
    if not (typed.isdecimal() and seen.isdecimal() and len(typed + seen) < 12):
        return ""
    old = Version.objects.filter(position=current.position_id, number=seen).first()
    paragraph = int(typed)
    if old is None or not 1 <= paragraph <= len(old.paragraph_ids):
        return ""
    return place_in(current, paragraph=paragraph, of=old) or ""


class ReplyForm(SpeakingForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["text"].label = _("Your reply")

    field_order = ["library", "text", "once"]


class AnswerForm(OnceForm):
    """The answer that resolves a thread; `last` is what was said last when the form was opened."""

    answer = forms.CharField(
        label=_("Answer"),
        max_length=Comment._meta.get_field("answer").max_length,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    last = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data, *, thread, **kwargs):
        self.newest = max(said.pk for said in (thread.first, *thread.replies))
        self.went_on = data is not None and data.get("last") != str(self.newest)
        if self.went_on:
            data = data.copy()
            data["last"] = self.newest
        super().__init__(data, initial={"last": self.newest}, **kwargs)

    def clean(self):
        cleaned = super().clean()
        if self.went_on:
            raise forms.ValidationError(
                _("Somebody has replied meanwhile. Read it, then send your answer.")
            )
        return cleaned


class ReopenForm(OnceForm):
    """Nothing to fill in."""
