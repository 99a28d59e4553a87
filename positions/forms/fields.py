from datetime import date

from django import forms
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from core.localized import named_in
from core.notation import from_typed, to_typed
from core.richtext import blocks
from core.widgets import Lines, RichTextarea
from members.models import Authority
from positions.models import PointReason

LONGEST_TEXT = 400_000
LONGEST_SENT = 2 * LONGEST_TEXT
"""What is sent may be longer than what it is tidied to."""
MOST_PARAGRAPHS = 1000
MOST_POINTS = 50
LONGEST_POINT = 1000
LONGEST_LETTER = 10_000


class DayField(forms.DateField):
    """A calendar day, chosen with the browser's own calendar."""

    def __init__(self, **kwargs):
        widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
        super().__init__(widget=widget, **kwargs)

    def offer(self, *, earliest: date | None = None, latest: date | None = None) -> None:
        """Lets the browser offer only these days; what is sent is judged by the action."""
        limits = {"min": earliest, "max": latest}
        self.widget.attrs.update({name: day.isoformat() for name, day in limits.items() if day})


class DeadlineField(DayField):
    def __init__(self, **kwargs):
        label = _("Deadline set by the authority")
        help_text = _("The last day on which the authority takes the position into account.")
        super().__init__(label=label, help_text=help_text, required=False, **kwargs)


class AddresseeField(forms.ModelChoiceField):
    def __init__(self, **kwargs):
        label, empty_label = _("Addressee"), _("not yet known")
        super().__init__(Authority.objects.all(), label=label, empty_label=empty_label, **kwargs)


class LineField(forms.CharField):
    """One line of text: line breaks and doubled spaces are made single spaces."""

    def to_python(self, value):
        return " ".join(super().to_python(value).split())


class ReasonField(forms.CharField):
    """What the board says of one point, if it has something to say of it."""

    def __init__(self, point):
        facts = {"number": point.number, "words": point.text}
        label = _("On point %(number)d: “%(words)s”") % facts
        super().__init__(
            label=named_in(label, point.text),
            required=False,
            max_length=PointReason._meta.get_field("text").max_length,
            widget=forms.Textarea(attrs={"rows": 2}),
        )


class UrgentField(forms.CharField):
    """Why there is less time for comments than the section leaves."""

    def __init__(self, **kwargs):
        super().__init__(
            label=_("Why it is urgent"),
            required=False,
            widget=forms.Textarea(attrs={"rows": 2}),
            help_text=_("Only if the time for comments is shorter than the section's rule."),
            **kwargs,
        )

    def is_needed(self, days: int) -> None:
        """The day that the form proposes is sooner than the `days` of the section."""
        self.help_text = ngettext(
            "Needed for the day proposed above: to keep the authority's deadline it leaves less "
            "than the %(count)d day of the section's rule.",
            "Needed for the day proposed above: to keep the authority's deadline it leaves less "
            "than the %(count)d days of the section's rule.",
            days,
        ) % {"count": days}


class LetterField(forms.CharField):
    """A letter in plain words; a blank line begins a new paragraph."""

    def __init__(self, **kwargs):
        widget = forms.Textarea(attrs={"rows": 14})
        help_text = _("A blank line begins a new paragraph.")
        kwargs = {"widget": widget, "help_text": help_text, "max_length": LONGEST_LETTER, **kwargs}
        super().__init__(**kwargs)


class RichTextField(forms.CharField):
    """A text typed in a plain box, kept as tidy HTML."""

    def __init__(self, **kwargs):
        help_text = _(
            "A blank line begins a new paragraph; ## or ### makes a heading, - or 1. an item of a "
            "list, > a quotation, ^[…] a note. HTML of the simple tags is kept."
        )
        widget = RichTextarea(attrs={"rows": 16})
        kwargs = {"help_text": help_text, "widget": widget, "max_length": LONGEST_SENT, **kwargs}
        super().__init__(**kwargs)

    def prepare_value(self, value):
        return to_typed(value) if value and value.startswith("<") else value

    def clean(self, value):
        text = from_typed(super().clean(value))
        MaxLengthValidator(LONGEST_TEXT)(text)
        if len(blocks(text)) > MOST_PARAGRAPHS:
            raise forms.ValidationError(_("That is too many paragraphs; join some of them."))
        return text


class PointsField(forms.CharField):
    """The numbered points, one a line."""

    def __init__(self, **kwargs):
        help_text = _("Each is a line of its own; they are numbered in this order.")
        widget = Lines(longest=LONGEST_POINT, attrs={"rows": 6})
        super().__init__(**{"help_text": help_text, "widget": widget, **kwargs})

    def prepare_value(self, value):
        return "\n".join(value) if isinstance(value, list) else value

    def clean(self, value):
        points = [" ".join(line.split()) for line in super().clean(value).splitlines()]
        points = [point for point in points if point]
        if len(points) > MOST_POINTS:
            raise forms.ValidationError(_("That is too many points; join some of them."))
        long = next((n for n, point in enumerate(points, 1) if len(point) > LONGEST_POINT), None)
        if long:
            message = ngettext(
                "Point %(number)d is longer than %(count)d character.",
                "Point %(number)d is longer than %(count)d characters.",
                LONGEST_POINT,
            )
            raise forms.ValidationError(message % {"number": long, "count": LONGEST_POINT})
        return points
