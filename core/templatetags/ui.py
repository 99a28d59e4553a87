"""The portal's components: one tag, one template, one section of the gallery at /design/.

Every argument is named; an unknown argument, tone or icon is an error.
"""

from datetime import datetime

from django import template
from django.template.loader import render_to_string
from django.utils import dateformat
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext as _

from core import clock, county_map
from core.components import (
    BALL_TONES,
    BUTTON_TONES,
    CARD_TONES,
    FIGURE_TONES,
    MESSAGE_TONES,
    NOTE_TONES,
    NOTICE_ICONS,
    STATUS_ICONS,
    STEP_ICONS,
    one_of,
    sign,
    stable_id,
)
from core.localized import reading
from core.structured import in_a_script, trail

register = template.Library()


# Words and signs ---------------------------------------------------------------------------


@register.simple_tag
def icon(*, name, label="", large=False):
    """A sign from the sprite; without a label it is decoration and hidden from screen readers."""
    return sign(name, str(label), large=large)


@register.simple_tag
def day(value):
    """A calendar day as people write it, in a `<time>`."""
    if isinstance(value, datetime):
        value = clock.day_of(value)
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), date_format(value))


@register.simple_tag
def moment(value):
    """A day with hour and zone, in Budapest time."""
    local = value.astimezone(clock.ZONE)
    return format_html(
        '<time datetime="{}">{}, {}</time>',
        local.isoformat(timespec="seconds"),
        date_format(local),
        dateformat.format(local, "H:i T"),
    )


@register.inclusion_tag("components/deadline.html")
def deadline(*, value, how="", overdue=False):
    return {"value": value, "how": how, "overdue": overdue}


@register.inclusion_tag("components/status_badge.html")
def status_badge(*, tone, label, icon=""):
    one_of(tone, STATUS_ICONS, "status tone")
    return {"tone": tone, "label": label, "icon": icon or STATUS_ICONS[tone]}


# Doing -------------------------------------------------------------------------------------


@register.inclusion_tag("components/button.html")
def button(
    *,
    label,
    tone="primary",
    type="submit",
    icon="",
    name="",
    value="",
    form="",
    action="",
    id="",
    blocked="",
):
    """`blocked` is the sentence that says why the button cannot be pressed now."""
    one_of(tone, BUTTON_TONES, "button tone")
    one_of(type, {"submit", "button", "reset"}, "button type")
    return {
        "label": label,
        "tone": tone,
        "type": type,
        "icon": icon,
        "name": name,
        "value": value,
        "form": form,
        "action": action,
        "id": id,
        "blocked": blocked,
        "reason_id": stable_id("reason", label, blocked, name, value),
    }


@register.inclusion_tag("components/link_button.html")
def link_button(*, label, url, tone="secondary", icon="", download=False, about=""):
    """`about` is the thing, for whoever hears the links one by one."""
    one_of(tone, BUTTON_TONES, "button tone")
    return {
        "label": label,
        "url": url,
        "tone": tone,
        "icon": icon,
        "download": download,
        "about": about,
    }


@register.inclusion_tag("components/consequences.html")
def consequences(*, items):
    """What pressing the button will do: pairs of icon and sentence, shown before it happens."""
    return {"items": items}


@register.inclusion_tag("components/error_summary.html")
def error_summary(*, form):
    """Everything that is wrong with a form, each linked to its field; nothing when all is well.
    A form that saves nothing says with `refused` what did not succeed."""
    fields = [
        {
            "label": field.label,
            "target": field.id_for_label or f"{field.auto_id}_0",
            "errors": field.errors,
        }
        for field in form
        if field.errors
    ]
    title = getattr(form, "refused", _("Nothing was saved yet: please correct this"))
    return {"fields": fields, "general": form.non_field_errors(), "title": title}


@register.simple_block_tag
def filter_form(content, *, label, action, results="", clear_url="", submit="", icon="funnel"):
    """A GET form; with `results`, the id of the replaced part, it also works in place by htmx.
    `submit` is what the button says if it is not «Filter»."""
    return render_to_string(
        "components/filter_form.html",
        {
            "content": content,
            "label": label,
            "action": action,
            "results": results,
            "clear_url": clear_url,
            "submit": submit,
            "icon": icon,
        },
    )


@register.simple_block_tag
def result_line(content, *, id="results-line"):
    """How many were found; stays in the page when the results are replaced, so it is read out."""
    return render_to_string("components/result_line.html", {"content": content, "id": id})


@register.inclusion_tag("components/htmx.html")
def htmx():
    """Loads htmx; only for pages that replace parts in place."""
    return {}


# Finding one's way -------------------------------------------------------------------------


@register.inclusion_tag("components/breadcrumbs.html", takes_context=True)
def breadcrumbs(context, *, items):
    """Pairs of label and url, from the top down to the parent of this page; a public page tells
    them to machines, too."""
    items = list(items)
    facts = in_a_script(trail(items)) if context.get("page_address") else ""
    return {"items": items, "facts": facts}


@register.simple_block_tag
def page_header(content, *, title, eyebrow="", lead=""):
    """The page's only h1; the content of the block stands beside it: actions, downloads."""
    return render_to_string(
        "components/page_header.html",
        {"content": content, "title": title, "eyebrow": eyebrow, "lead": lead},
    )


@register.inclusion_tag("components/tabs.html")
def tabs(*, label, items, results=""):
    """Triples of label, url and whether it is the current one; with `results`, the id of the
    replaced part they stand in, they also work in place by htmx."""
    return {"label": label, "items": items, "results": results}


@register.inclusion_tag("components/pagination.html", takes_context=True)
def pagination(context, *, page, label):
    """Links through the pages of a list; keeps the rest of the query string."""
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    asked = context["request"].GET.copy()
    asked.pop("page", None)
    return {
        "leads": f"?{asked.urlencode()}&page=" if asked else "?page=",
        "page": page,
        "label": label,
        "numbers": list(numbers),
        "ellipsis": page.paginator.ELLIPSIS,
    }


# Showing -----------------------------------------------------------------------------------


@register.simple_block_tag
def card(content, *, title="", url="", meta="", level=2, tone="plain", compact=False, county=""):
    """A frame; with a url the whole card is the link. `county` ties it to a county map."""
    one_of(tone, CARD_TONES, "card tone")
    one_of(level, {2, 3, 4}, "heading level")
    return render_to_string(
        "components/card.html",
        {
            "content": content,
            "title": title,
            "url": url,
            "meta": meta,
            "heading": f"h{level}",
            "tone": tone,
            "compact": compact,
            "county": county,
        },
    )


@register.simple_block_tag
def notice(content, *, tone="info", title=""):
    one_of(tone, NOTICE_ICONS, "notice tone")
    return render_to_string(
        "components/notice.html",
        {"content": content, "tone": tone, "title": title, "icon": NOTICE_ICONS[tone]},
    )


@register.inclusion_tag("components/notice.html")
def message_notice(*, message):
    tone = MESSAGE_TONES[message.level_tag]
    return {"content": message, "tone": tone, "title": "", "icon": NOTICE_ICONS[tone]}


@register.simple_block_tag
def empty_state(content, *, title, level=2):
    """Says what would be here and how to start."""
    one_of(level, {2, 3}, "heading level")
    return render_to_string(
        "components/empty_state.html",
        {"content": content, "title": title, "heading": f"h{level}"},
    )


@register.inclusion_tag("components/stepper.html")
def stepper(*, label, steps):
    """Pairs of label and state: done, current, todo or stopped."""
    return {
        "label": label,
        "steps": [
            {
                "label": step,
                "state": one_of(state, STEP_ICONS, "step state"),
                "icon": STEP_ICONS[state],
            }
            for step, state in steps
        ],
    }


@register.simple_block_tag
def ball(content, *, holder, tone="waiting", since=None, days=None, next="", missing=()):
    """Who holds the ball, since when, what is next and what is missing; the block is the moves."""
    one_of(tone, BALL_TONES, "ball tone")
    return render_to_string(
        "components/ball.html",
        {
            "content": content,
            "id": stable_id("ball", holder, tone, since),
            "holder": holder,
            "tone": tone,
            "icon": BALL_TONES[tone],
            "since": since,
            "days": days,
            "next": next,
            "missing": missing,
        },
    )


@register.inclusion_tag("components/facts.html")
def facts(*, items):
    """Pairs of term and value."""
    return {"items": items}


@register.inclusion_tag("components/figures.html")
def figures(*, title, items):
    """A strip of figures: triples of value, label and tone (plain, done, waiting, refused)."""
    for _value, _label, tone in items:
        one_of(tone, FIGURE_TONES, "figure tone")
    return {"title": title, "items": items}


@register.simple_block_tag
def entry(content, *, title, url, meta="", number="", level=3, replaced=False, below=""):
    """A line in `<ul class="entries">`; the block holds its status badge. With `replaced` its
    link keeps the focus while the list around it is replaced in place."""
    one_of(level, {2, 3, 4}, "heading level")
    return render_to_string(
        "components/entry.html",
        {
            "content": content,
            "title": title,
            "url": url,
            "meta": meta,
            "number": number,
            "below": below,
            "heading": f"h{level}",
            "id": stable_id("entry", url) if replaced else "",
        },
    )


@register.simple_block_tag
def table_frame(content, *, label):
    """Lets a wide table scroll inside its own frame, by keyboard too."""
    return render_to_string("components/table_frame.html", {"content": content, "label": label})


@register.inclusion_tag("components/comparison.html")
def comparison(*, label, rows, old_label, new_label):
    """Old and new side by side: triples of field, old value and new value."""
    return {"label": label, "rows": rows, "old_label": old_label, "new_label": new_label}


@register.inclusion_tag("components/timeline.html")
def timeline(*, label, entries):
    """Dicts with `when`, `what`, `who`, `note` and `tone` (a status tone), newest first."""
    return {
        "label": label,
        "entries": [
            {**entry, "icon": STATUS_ICONS[one_of(entry["tone"], STATUS_ICONS, "status tone")]}
            for entry in entries
        ],
    }


@register.simple_block_tag
def passage(content, *, number, notes="", language=""):
    """A numbered paragraph of a position; its number is a permalink that can be cited. `language`
    is the one it is written in, which may be another one than the page's."""
    marked = language if language != reading() else ""
    context = {"content": content, "number": number, "notes": notes, "language": marked}
    return render_to_string("components/passage.html", context)


@register.simple_block_tag
def margin_note(content, *, title, tone="info"):
    one_of(tone, NOTE_TONES, "note tone")
    return render_to_string(
        "components/margin_note.html", {"content": content, "title": title, "tone": tone}
    )


@register.inclusion_tag("components/county_map.html", name="county_map")
def county_map_tag(*, counties, label, id="county-map", legend=(), caption="", hatched=False):
    """Items are `core.county_map.MapCounty`; legend pairs are tone and label. `hatched`: the
    counties that are not among the items have no member, and look like it."""
    counties = list(counties)
    for tone, _label in legend:
        one_of(tone, county_map.TONES, "county tone")
    tones = [*(county.tone for county in counties), *(tone for tone, _label in legend)]
    return {
        "textures": county_map.textures([*tones, "none"] if hatched else tones),
        "textured": county_map.TEXTURES,
        "shapes": county_map.shapes(counties),
        "bare": county_map.bare_outlines(counties),
        "label": label,
        "id": id,
        "legend": legend,
        "caption": caption,
        "hatched": hatched,
        "width": county_map.WIDTH,
        "height": county_map.HEIGHT,
    }
