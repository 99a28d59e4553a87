"""The words that the components in `core.templatetags.ui` understand; any other is an error."""

from functools import lru_cache
from zlib import crc32

from django.templatetags.static import static
from django.utils.html import format_html

STATUS_ICONS = {
    "done": "check-lg",
    "active": "circle-fill",
    "waiting": "clock",
    "refused": "x-lg",
    "info": "info-circle",
    "neutral": "circle",
}
NOTICE_ICONS = {
    "info": "info-circle",
    "success": "check-circle",
    "warning": "exclamation-triangle",
    "refusal": "x-circle",
}
MESSAGE_TONES = {
    "debug": "info",
    "info": "info",
    "success": "success",
    "warning": "warning",
    "error": "refusal",
}
STEP_ICONS = {"done": "check-lg", "current": "circle-fill", "todo": "circle", "stopped": "x-lg"}
BUTTON_TONES = {"primary", "secondary", "quiet", "danger"}
CARD_TONES = {"plain", "marked", "waiting", "refused"}
BALL_TONES = {
    "waiting": "hourglass-split",
    "mine": "hand-index",
    "overdue": "exclamation-circle",
    "closed": "check-circle",
}
FIGURE_TONES = {"plain", "done", "waiting", "refused"}
NOTE_TONES = {"info", "done", "waiting", "refused"}
ICONS = frozenset(
    """
    arrow-clockwise arrow-counterclockwise arrow-down arrow-left arrow-return-left arrow-right
    arrow-up asterisk bank bell blockquote-left book bookmark box-arrow-in-right box-arrow-right
    box-arrow-up-right building calendar-event chat-left-text check-circle check-lg chevron-down
    chevron-left chevron-right chevron-up circle circle-fill clipboard-check clock clock-history
    dash-circle diagram-3 download envelope exclamation-circle exclamation-triangle eye
    file-earmark-text flag funnel geo-alt globe hand-index hourglass-split hr indent info-circle key
    layers link-45deg list list-check list-ol list-ul lock mailbox megaphone patch-check
    pause-circle pencil people person person-check pin-angle plus-lg printer question-circle rss
    search send shield-lock signpost-split slash-circle star subscript superscript table telephone
    trash type-bold type-h2 type-h3 type-italic type-strikethrough type-underline unindent unlock
    upload x-circle x-lg
    """.split()  # noqa: SIM905
)


def one_of(value, allowed, what: str):
    """The value itself, or an error that names the words that would have been right."""
    if value not in allowed:
        words = ", ".join(sorted(map(str, allowed)))
        raise ValueError(f"Unknown {what} {value!r}: use one of {words}.")
    return value


def stable_id(prefix: str, *words) -> str:
    """An id that is the same on every rendering of the same words."""
    text = "|".join(str(word) for word in words)
    return f"{prefix}-{crc32(text.encode()):08x}"


@lru_cache(maxsize=500)
def sign(name: str, label: str, *, large: bool) -> str:
    """Made once a process: a page shows dozens."""
    one_of(name, ICONS, "icon")
    size = "icon icon-large" if large else "icon"
    sprite = static("icons.svg")
    if not label:
        return format_html(
            '<svg class="{}" aria-hidden="true"><use href="{}#{}"></use></svg>', size, sprite, name
        )
    return format_html(
        '<svg class="{}" role="img" aria-label="{}"><use href="{}#{}"></use></svg>',
        size,
        label,
        sprite,
        name,
    )
