import hashlib
import re
from datetime import UTC, date, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest
from django import forms
from django.conf import settings
from django.contrib.messages.storage.base import Message
from django.core.paginator import Paginator
from django.template import Context, Template
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation

from core import county_map
from core.components import ICONS, stable_id
from core.county_map import MapCounty
from core.design import SECTIONS
from core.templatetags import ui

STATIC = Path(settings.BASE_DIR) / "static"
TEMPLATES = Path(settings.BASE_DIR) / "templates"
NOVEMBER_EVENING = datetime(2026, 11, 21, 22, 59, tzinfo=UTC)


def drawn(source, **context):
    return Template("{% load ui %}" + source).render(Context(context)).strip()


def county(code="HU-BK", tone="member", url="/bk/", text="Bács-Kiskun: Katona József Könyvtár"):
    return MapCounty(code=code, name="Bács-Kiskun", tone=tone, text=text, url=url)


# Strict --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "source",
    [
        '{% icon name="unicorn" %}',
        '{% button label="Send" tone="loud" %}',
        '{% button label="Send" type="image" %}',
        '{% link_button label="Send" url="/" tone="loud" %}',
        '{% status_badge tone="pink" label="new" %}',
        '{% notice tone="loud" %}x{% endnotice %}',
        '{% card tone="loud" %}x{% endcard %}',
        "{% card level=1 %}x{% endcard %}",
        '{% ball holder="board" tone="loud" %}{% endball %}',
        '{% margin_note title="x" tone="loud" %}x{% endmargin_note %}',
        '{% stepper label="way" steps=steps %}',
        '{% figures title="x" items=figures %}',
    ],
)
def test_an_unknown_variant_is_an_error(source):
    with pytest.raises(ValueError, match="Unknown"):
        drawn(source, steps=[("Draft", "maybe")], figures=[("1", "x", "loud")])


def test_an_unknown_argument_is_an_error():
    with pytest.raises(Exception, match="colour"):
        drawn('{% status_badge tone="done" label="x" colour="red" %}')


@pytest.mark.parametrize(
    "item", [county(code="HU-XX"), county(tone="loud")], ids=["county", "tone"]
)
def test_a_map_refuses_what_it_does_not_know(item):
    with pytest.raises(ValueError, match="Unknown county"):
        county_map.shapes([item])


# Escaping ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "source",
    [
        "{% icon name='send' label=evil %}",
        "{% status_badge tone='done' label=evil %}",
        "{% button label=evil name=evil value=evil blocked=evil %}",
        "{% link_button label=evil url=evil %}",
        "{% notice title=evil %}{{ evil }}{% endnotice %}",
        "{% card title=evil meta=evil url=evil county=evil %}{{ evil }}{% endcard %}",
        "{% entry title=evil url=evil meta=evil number=evil %}{{ evil }}{% endentry %}",
        "{% ball holder=evil next=evil missing=many %}{{ evil }}{% endball %}",
        "{% page_header title=evil lead=evil eyebrow=evil %}{{ evil }}{% endpage_header %}",
        "{% passage number=evil notes=evil %}{{ evil }}{% endpassage %}",
        "{% comparison label=evil rows=rows old_label=evil new_label=evil %}",
        "{% county_map counties=counties label=evil caption=evil %}",
    ],
)
def test_components_escape_what_they_are_given(source):
    evil = '"><script>alert(1)</script>'
    counties = [county(url=evil, text=evil)]

    html = drawn(source, evil=evil, many=[evil], rows=[(evil, evil, "")], counties=counties)

    assert "<script>" not in html
    assert '="">' not in html


# Single components ---------------------------------------------------------------------------


def test_an_icon_is_decoration_unless_it_has_a_label():
    silent = drawn('{% icon name="send" %}')
    spoken = drawn('{% icon name="send" label="Send" %}')

    assert 'aria-hidden="true"' in silent
    assert 'role="img" aria-label="Send"' in spoken


def test_the_sprite_holds_exactly_the_icons_that_components_know():
    symbols = re.findall(r'<symbol id="([^"]+)"', (STATIC / "icons.svg").read_text())

    assert set(symbols) == ICONS


def test_a_blocked_button_says_why_beside_it():
    html = drawn('{% button label="Forward" blocked="The cover note is missing." %}')

    reason = re.search(r'disabled\s+aria-describedby="([^"]+)"', html).group(1)
    assert f'id="{reason}">The cover note is missing.' in html


def test_the_same_words_always_give_the_same_id():
    assert stable_id("reason", "a", "b") == stable_id("reason", "a", "b")
    assert stable_id("reason", "a", "b") != stable_id("reason", "ab", "")


@pytest.mark.parametrize(
    ("language", "written"),
    [("hu", "2026. november 21."), ("en", "21 November 2026"), ("sl", "21. novembra 2026")],
)
def test_a_day_is_written_as_people_do(language, written):
    with translation.override(language):
        html = drawn("{% day value %}", value=date(2026, 11, 21))

    assert html == f'<time datetime="2026-11-21">{written}</time>'


def test_a_moment_is_told_in_budapest_time():
    with translation.override("en"):
        html = drawn("{% moment value %}", value=NOVEMBER_EVENING)

    assert html == ('<time datetime="2026-11-21T23:59:00+01:00">21 November 2026, 23:59 CET</time>')


def test_the_day_of_a_moment_is_the_day_in_budapest():
    late = datetime(2026, 11, 20, 23, 30, tzinfo=UTC)

    assert 'datetime="2026-11-21"' in drawn("{% day value %}", value=late)


def test_the_stepper_marks_where_it_is_now():
    html = drawn('{% stepper label="way" steps=s %}', s=[("Draft", "done"), ("Vote", "current")])

    assert html.count('aria-current="step"') == 1


def test_a_ball_without_moves_has_no_place_for_them():
    html = drawn('{% ball holder="Board" %} {% endball %}')

    assert "ball-actions" not in html


def test_every_level_of_message_has_a_notice():
    for level in (10, 20, 25, 30, 40):
        html = drawn("{% message_notice message=m %}", m=Message(level, "Saved."))
        assert "Saved." in html


def test_pages_keep_the_rest_of_the_query():
    request = RequestFactory().get("/", {"q": "vas", "page": "2"})
    page = Paginator(range(100), 10).page(2)

    html = drawn('{% pagination page=page label="Pages" %}', request=request, page=page)

    assert re.findall(r'href="([^"]+)"\s+rel="next"', html) == ["?q=vas&amp;page=3"]


def test_a_single_page_needs_no_links():
    page = Paginator(range(3), 10).page(1)

    html = drawn('{% pagination page=p label="x" %}', request=RequestFactory().get("/"), p=page)

    assert html == ""


def test_a_comparison_marks_only_what_differs():
    rows = [("Town", "Pécs", "Pécs"), ("Phone", "1", "2")]

    html = drawn('{% comparison label="x" rows=rows old_label="a" new_label="b" %}', rows=rows)

    assert (html.count("<del>"), html.count("<ins>")) == (1, 1)


# Forms ---------------------------------------------------------------------------------------


class Letter(forms.Form):
    subject = forms.CharField(help_text="One sentence.")
    vote = forms.ChoiceField(choices=[("y", "Yes")], widget=forms.RadioSelect)

    def clean(self):
        raise forms.ValidationError("Too late.")


def test_the_error_summary_links_to_the_fields():
    html = drawn("{% error_summary form=form %}", form=Letter({}))

    assert re.findall(r'href="#([^"]+)"', html) == ["id_subject", "id_vote_0"]
    assert 'role="alert"' in html
    assert "Too late." in html


def test_a_good_form_has_no_error_summary():
    assert drawn("{% error_summary form=form %}", form=Letter()) == ""


def test_crispy_says_the_error_beside_the_field_and_ties_it_to_it():
    html = drawn("{% load crispy_forms_tags %}{{ form|crispy }}", form=Letter({}))

    described = re.search(r'name="subject"[^>]*aria-describedby="([^"]+)"', html).group(1)
    assert all(f'id="{part}"' in html for part in described.split())
    assert html.count("error-summary") == 1


# The county map ------------------------------------------------------------------------------


def test_there_are_twenty_outlines_and_the_capital_is_drawn_last():
    assert len(county_map.OUTLINES) == 20
    assert list(county_map.OUTLINES)[-1] == county_map.CAPITAL


def test_no_stand_on_a_map_is_told_by_its_colour_alone():
    tones = ["yes", "no", "reserved", "waiting", "abstain"]
    counties = [
        county(code=code, tone=tone) for code, tone in zip(county_map.OUTLINES, tones, strict=False)
    ]

    html = drawn('{% county_map counties=counties label="Map" %}', counties=counties)

    assert re.findall(r'<pattern id="county-map-(\w+)"', html) == [
        "no",
        "reserved",
        "waiting",
        "abstain",
    ]
    assert html.count('fill="url(#county-map-') == 4


def test_a_county_with_an_address_is_a_link_and_one_without_is_not():
    counties = [county(), county(code="HU-HB", tone="none", url="", text="no member library")]

    html = drawn('{% county_map counties=counties label="Map" %}', counties=counties)

    assert re.findall(r'<a class="county[^>]* href="([^"]+)"', html) == ["/bk/"]
    assert html.count('fill="url(#county-map-none)"') == 1


def test_the_map_of_all_counties_stays_small():
    counties = [county(code=code, url=f"/konyvtarak/{code}/") for code in county_map.OUTLINES]

    html = drawn('{% county_map counties=counties label="Map" %}', counties=counties)

    assert len(html.encode()) < 20_000


# The gallery ---------------------------------------------------------------------------------


def test_the_gallery_shows_every_component():
    shown = "".join((TEMPLATES / f"design/{slug}.html").read_text() for slug, _title in SECTIONS)
    shown += (TEMPLATES / "design/gallery.html").read_text() + (TEMPLATES / "base.html").read_text()
    tags = set(ui.register.tags) - {"htmx"}

    assert {tag for tag in tags if f"{{% {tag} " not in shown} - {"error_summary"} == set()


@pytest.mark.django_db
def test_anybody_may_look_at_the_gallery(client):
    response = client.get("/design/")

    assert response.status_code == 200


# Error pages ---------------------------------------------------------------------------------


@pytest.mark.parametrize("code", [400, 500, 503])
def test_a_page_for_the_worst_moment_needs_no_context(code):
    html = render_to_string(f"{code}.html")

    assert html.count("<h1>") == 1


# Style sheets --------------------------------------------------------------------------------


def sheets():
    return [file for file in STATIC.glob("css/**/*.css") if file.name != "tokens.css"]


@pytest.mark.parametrize("sheet", sheets(), ids=lambda file: file.name)
def test_only_the_tokens_hold_colours_and_sizes(sheet):
    rules = re.sub(r"@media[^{]*|@page\s*{[^}]*}|/\*.*?\*/", "", sheet.read_text(), flags=re.DOTALL)

    colours = re.findall(r"#[0-9a-fA-F]{3,8}\b(?=[^{]*;)|\b(?:rgb|hsl|oklch)a?\(", rules)
    sizes = re.findall(r"(?<![\w-])\d*\.?\d+(?:px|rem|pt|cm|ch)\b", rules)
    assert (colours, sizes) == ([], [])


@pytest.mark.parametrize("sheet", sheets(), ids=lambda file: file.name)
def test_every_token_that_is_asked_for_exists(sheet):
    tokens = set(re.findall(r"(--[\w-]+):", (STATIC / "css/tokens.css").read_text()))
    own = set(re.findall(r"(--bs-[\w-]+)", (STATIC / "vendor/bootstrap/bootstrap.css").read_text()))

    asked = set(re.findall(r"var\((--[\w-]+)", sheet.read_text()))

    assert asked - tokens - own == set()


def test_every_style_sheet_is_linked_or_part_of_the_portals():
    linked = "".join(page.read_text() for page in TEMPLATES.rglob("*.html"))
    parts = re.findall(r'@import url\("([^"]+)"\)', (STATIC / "css/portal.css").read_text())
    named = [sheet.relative_to(STATIC / "css").as_posix() for sheet in sheets()]

    assert [name for name in named if f"css/{name}" not in linked and name not in parts] == []


def scheme(part):
    return dict(re.findall(r"(--[\w-]+): (#[0-9a-f]{6});", part))


def schemes():
    text = (STATIC / "css/tokens.css").read_text()
    light, rest = text.split("@media (prefers-color-scheme: dark)")
    return {"light": scheme(light), "dark": scheme(rest.split("@media")[0])}


def luminance(colour):
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


GROUNDS = ("--paper", "--surface", "--sunk")
TINTS = ("--done", "--waiting", "--refusal", "--info", "--neutral")
PAIRS = [
    *[("--ink", ground, 7) for ground in GROUNDS],
    *[("--ink", f"{tone}-tint", 7) for tone in TINTS],
    *[("--ink-soft", ground, 7) for ground in ("--paper", "--surface")],
    *[("--ink-faint", ground, 4.5) for ground in GROUNDS],
    *[(tone, ground, 4.5) for tone in TINTS for ground in GROUNDS],
    *[(tone, f"{tone}-tint", 4.5) for tone in TINTS],
    *[("--action", ground, 4.5) for ground in GROUNDS],
    *[("--focus", ground, 3) for ground in GROUNDS],
    *[("--line-strong", ground, 3) for ground in GROUNDS],
    ("--on-action", "--action", 4.5),
    ("--on-action", "--action-strong", 4.5),
    ("--action-strong", "--done-tint", 4.5),
    ("--ink", "--selection", 7),
]


@pytest.mark.parametrize("name", ["light", "dark"])
@pytest.mark.parametrize(("text", "ground", "least"), PAIRS)
def test_contrast_is_enough(name, text, ground, least):
    colours = schemes()[name]

    assert contrast(colours[text], colours[ground]) >= least


# Parts made by others ------------------------------------------------------------------------


def test_the_vendored_files_are_the_ones_that_were_written_down():
    folder = STATIC / "vendor"
    listed = re.findall(
        r"^\| `([^`]+)` \|.*\| `(\w{64})` \|$", (folder / "README.md").read_text(), re.M
    )

    assert len(listed) == 7
    for name, digest in listed:
        assert hashlib.sha256((folder / name).resolve().read_bytes()).hexdigest() == digest, name


def test_no_shipped_file_points_at_a_source_map():
    files = [*STATIC.rglob("*.js"), *STATIC.rglob("*.css")]

    assert [file.name for file in files if "sourceMappingURL" in file.read_text()] == []


def test_the_frame_of_a_page_stands_on_its_context_alone(rf):
    request = rf.get("/")
    request.user = SimpleNamespace(is_authenticated=False, is_staff=False)

    html = render_to_string("404.html", request=request)

    assert html.count("<h1") == 1
    assert html.count("<main") == 1


# Long work -----------------------------------------------------------------------------------


def test_an_entry_of_a_list_that_is_replaced_has_a_link_that_is_known_again():
    source = '{% entry title="A" url="/a/" replaced=replaced %}{% endentry %}'

    replaced = [drawn(source, replaced=each) for each in (True, True, False)]

    assert replaced[0] == replaced[1]
    assert [f'<a id="{stable_id("entry", "/a/")}"' in each for each in replaced] == [
        True,
        True,
        False,
    ]


def watched(active, heard=""):
    request = RequestFactory().get("/", {"heard": heard})
    source = (
        '{% load long_work %}{% watched id="import" url="/x/" said="Being made." active=active %}'
        "Inside{% endwatched %}"
    )
    return drawn(source, request=request, active=active)


def test_a_watched_part_asks_for_itself_again_while_work_is_under_way():
    under_way, ended = watched(True), watched(False)

    assert ('data-hx-trigger="every 2s"' in under_way, 'href="/x/"' in under_way) == (True, True)
    assert ('data-hx-trigger="every 2s"' in ended, 'href="/x/"' in ended) == (False, False)


def test_the_link_of_a_watched_part_is_known_again_so_that_it_keeps_the_focus():
    assert ['id="import-again"' in watched(True), "<a" in watched(False)] == [True, False]


def test_what_was_read_out_is_not_read_out_again():
    heard = watched(True, stable_id("heard", "Being made."))

    assert ['role="status"' in watched(True), 'role="status"' in heard] == [True, False]
