"""Boxes that a script makes more of; without it they are what HTML has."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.notation import from_typed
from core.richtext import shown
from core.typed import WITH_TEXT

TOOLS = (
    (
        ("heading", "type-h2", _("Heading")),
        ("subheading", "type-h3", _("Small heading")),
    ),
    (
        ("bold", "type-bold", _("Bold")),
        ("italic", "type-italic", _("Italic")),
        ("underline", "type-underline", _("Underlined")),
        ("strike", "type-strikethrough", _("Struck through")),
        ("subscript", "subscript", _("Subscript")),
        ("superscript", "superscript", _("Superscript")),
    ),
    (
        ("bullets", "list-ul", _("Bulleted list")),
        ("numbers", "list-ol", _("Numbered list")),
        ("indent", "indent", _("Indent the item")),
        ("outdent", "unindent", _("Outdent the item")),
    ),
    (
        ("quotation", "blockquote-left", _("Quotation")),
        ("note", "asterisk", pgettext_lazy("in a text", "Note")),
        ("link", "link-45deg", _("Link")),
        ("table", "table", _("Table")),
        ("rule", "hr", _("Dividing line")),
    ),
    (
        ("undo", "arrow-counterclockwise", _("Undo")),
        ("redo", "arrow-clockwise", _("Redo")),
    ),
)
TABLE_TOOLS = (
    ("row", _("Add a row")),
    ("column", _("Add a column")),
    ("remove-row", _("Remove the row")),
    ("remove-column", _("Remove the column")),
    ("header", _("Heading cell")),
    ("span", _("Merge or split cells")),
    ("caption", _("Caption")),
    ("remove-table", _("Remove the table")),
)
STATELESS = {"indent", "outdent", "table", "rule", "undo", "redo"}


class RichTextarea(forms.Textarea):
    """A text: in the editor where there is a script, else typed in a plain box."""

    template_name = "components/rich_text.html"

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        context["widget"] |= {
            "html": shown(from_typed(context["widget"]["value"] or "")),
            "tools": TOOLS,
            "table_tools": TABLE_TOOLS,
            "stateless": STATELESS,
        }
        return context


class Lines(forms.Textarea):
    """Numbered lines: a box for each where there is a script, else one box with a line for each."""

    template_name = "components/lines.html"

    def __init__(self, *, longest, attrs=None):
        super().__init__(attrs)
        self.longest = longest

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        context["widget"]["longest"] = self.longest
        return context


class HiddenWithText(forms.HiddenInput):
    """What a text was written on, as the version: where the text is kept it is kept with it."""

    def __init__(self, attrs=None):
        super().__init__({WITH_TEXT: "", **(attrs or {})})
