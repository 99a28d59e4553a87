from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from core.richtext import blocks, from_typed, to_typed
from members.models import Authority

LONGEST_TEXT = 100_000
MOST_PARAGRAPHS = 500
MOST_POINTS = 50
LONGEST_POINT = 1000


class DayField(forms.DateField):
    """A calendar day, chosen with the browser's own calendar."""

    def __init__(self, **kwargs):
        widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
        super().__init__(widget=widget, **kwargs)

    def offer(self, *, earliest: date | None = None, latest: date | None = None) -> None:
        """Lets the browser offer only these days; what is sent is judged by the action."""
        limits = {"min": earliest, "max": latest}
        self.widget.attrs.update({name: day.isoformat() for name, day in limits.items() if day})


class AddresseeField(forms.ModelChoiceField):
    def __init__(self, **kwargs):
        label, empty_label = _("Addressee"), _("not yet known")
        super().__init__(Authority.objects.all(), label=label, empty_label=empty_label, **kwargs)


class LineField(forms.CharField):
    """One line of text: line breaks and doubled spaces are made single spaces."""

    def to_python(self, value):
        return " ".join(super().to_python(value).split())


class RichTextField(forms.CharField):
    """A text typed in a plain box, kept as clean HTML."""

    def __init__(self, **kwargs):
        help_text = _(
            "A blank line begins a new paragraph; ## makes a heading, - an item of a list, "
            "> a quotation. HTML of the simple tags is kept."
        )
        widget = forms.Textarea(attrs={"rows": 16})
        kwargs = {"help_text": help_text, "widget": widget, "max_length": LONGEST_TEXT, **kwargs}
        super().__init__(**kwargs)

    def prepare_value(self, value):
        return to_typed(value) if value and value.startswith("<") else value

    def clean(self, value):
        text = from_typed(super().clean(value))
        if len(blocks(text)) > MOST_PARAGRAPHS:
            raise forms.ValidationError(_("That is too many paragraphs; join some of them."))
        return text


class PointsField(forms.CharField):
    """The numbered points, one a line."""

    def __init__(self, **kwargs):
        help_text = _("One on each line; they are numbered in this order.")
        widget = forms.Textarea(attrs={"rows": 6})
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
