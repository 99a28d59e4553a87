import re
from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext_lazy as _

from core.text import fold
from core.widgets import HiddenWithText
from positions.models import Topic

MOST_TOPICS = 10
LONGEST_TOPIC = 80
LONGEST_LINE = 2000
APART = re.compile("[;,]")


class TopicsInput(forms.TextInput):
    """One line, with the known topics to choose from while typing; a script offers them for the
    second and the third one, too."""

    template_name = "positions/parts/topics_input.html"
    known: Iterable[Topic] = ()

    class Media:
        js = [forms.Script("js/topics.js", defer=True)]

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        place = f"{context['widget']['attrs'].get('id', name)}_known"
        context["widget"]["attrs"] |= {"list": place, "autocomplete": "off", "data-topics": True}
        return {**context, "place": place, "known": self.known}


class TopicsField(forms.CharField):
    """Subject headings in one line, as librarians write them: apart by semicolons or commas."""

    def __init__(self, **kwargs):
        usual = {
            "label": _("Topics"),
            "help_text": _(
                "A few subject headings, separated by semicolons: by them the position is found "
                "again."
            ),
            "widget": TopicsInput,
            "max_length": LONGEST_LINE,
        }
        super().__init__(required=False, **{**usual, **kwargs})

    def prepare_value(self, value):
        return "; ".join(value) if isinstance(value, list) else value

    def clean(self, value):
        topics = names_in(super().clean(value))
        if len(topics) > MOST_TOPICS:
            raise forms.ValidationError(
                _("That is too many topics: name at most %(count)d.") % {"count": MOST_TOPICS}
            )
        long = next((name for name in topics if len(name) > LONGEST_TOPIC), None)
        if long:
            raise forms.ValidationError(
                _("“%(start)s…” is too long for a topic: at most %(count)d characters.")
                % {"start": long[:20], "count": LONGEST_TOPIC}
            )
        return topics


class TopicsForm(forms.Form):
    """What a position is about; `known` are the topics to be suggested."""

    topics = TopicsField()

    def __init__(self, *args, known=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["topics"].widget.known = known


class OpenedTopicsField(TopicsField):
    """The topics that the form was opened with, out of sight: whatever it says is no error."""

    def __init__(self):
        super().__init__(widget=HiddenWithText, max_length=None)

    def clean(self, value):
        return names_in((value or "")[:LONGEST_LINE])


def names_in(line: str) -> list[str]:
    """Each name once, however it is accented; the last way of writing it counts."""
    names = [" ".join(name.split()) for name in APART.split(line)]
    return list({key: name for name in names if (key := fold(name))}.values())
