"""The gallery at /design/: every component in every variant, with made-up content."""

from datetime import datetime
from types import SimpleNamespace

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.shortcuts import render

from core import clock
from core.charts import Bar
from core.components import BALL_TONES, BUTTON_TONES, ICONS, NOTICE_ICONS, STATUS_ICONS
from core.county_map import MapCounty
from core.models import Stage
from core.widgets import RichTextarea

SECTIONS = (
    ("colours", "Colours and type"),
    ("buttons", "Buttons and icons"),
    ("badges", "Status badges"),
    ("notices", "Notices and empty states"),
    ("header", "Page header, breadcrumbs, tabs"),
    ("cards", "Cards and entries"),
    ("facts", "Facts, figures, dates"),
    ("way", "Stepper, ball, timeline"),
    ("reading", "Reading column and margin notes"),
    ("map", "County map"),
    ("charts", "Charts"),
    ("tables", "Tables, comparison, pagination"),
    ("forms", "Forms"),
    ("editor", "Editor of texts"),
    ("progress", "Long work"),
)
SAMPLE_TEXT = (
    "## Why\n\nThe mobile library is often the only one.^[A made-up survey.]\n\n"
    "- it comes to small villages\n- it costs more each year"
)
TINTS = ("done", "info", "waiting", "refused", "neutral")
SAMPLE_MOMENT = datetime(2026, 11, 21, 23, 59, 59, tzinfo=clock.ZONE)

DIRECTORY = (
    ("HU-BK", "Bács-Kiskun", "current"),
    ("HU-BA", "Baranya", "member"),
    ("HU-BU", "Budapest", "member"),
    ("HU-PE", "Pest", "member"),
    ("HU-GS", "Győr-Moson-Sopron", "none"),
    ("HU-HB", "Hajdú-Bihar", "none"),
    ("HU-SO", "Somogy", "member"),
    ("HU-ZA", "Zala", "member"),
)
OUTCOME = (
    ("HU-BK", "Bács-Kiskun", "yes"),
    ("HU-BA", "Baranya", "no"),
    ("HU-BU", "Budapest", "abstain"),
    ("HU-PE", "Pest", "yes"),
    ("HU-FE", "Fejér", "reserved"),
    ("HU-TO", "Tolna", "silent"),
    ("HU-BE", "Békés", "waiting"),
    ("HU-SO", "Somogy", "spoken"),
    ("HU-GS", "Győr-Moson-Sopron", "none"),
)


class SampleForm(forms.Form):
    """Every kind of field; sent empty on purpose, so that the errors show."""

    subject = forms.CharField(help_text="A short sentence, without abbreviations.")
    reasons = forms.CharField(widget=forms.Textarea(attrs={"rows": 3}))
    kind = forms.ChoiceField(choices=[("", "Choose one"), ("o", "Opinion"), ("p", "Proposal")])
    vote = forms.ChoiceField(choices=[("y", "Yes"), ("n", "No")], widget=forms.RadioSelect)
    letter = forms.FileField(required=False)
    told = forms.BooleanField(label="I have told the members of the section")

    def clean(self):
        raise forms.ValidationError("The deadline has passed an hour ago.")


class SampleTextForm(forms.Form):
    text = forms.CharField(
        widget=RichTextarea(attrs={"rows": 8}),
        help_text="Without a script it is a plain box; a blank line begins a new paragraph.",
    )


def _counties(rows):
    return [
        MapCounty(code=code, name=name, tone=tone, text=f"{name}: {tone}", url=f"#{code}")
        if tone != "none"
        else MapCounty(code=code, name=name, tone=tone, text=f"{name}: no member library")
        for code, name, tone in rows
    ]


@login_not_required
def gallery(request):
    context = {
        "sections": [(slug, title, f"design/{slug}.html") for slug, title in SECTIONS],
        "tints": TINTS,
        "icons": sorted(ICONS),
        "button_tones": ("primary", *sorted(BUTTON_TONES - {"primary"})),
        "status_tones": STATUS_ICONS,
        "notice_tones": NOTICE_ICONS,
        "ball_tones": BALL_TONES,
        "moment": SAMPLE_MOMENT,
        "directory": _counties(DIRECTORY),
        "outcome": _counties(OUTCOME),
        "page": Paginator(range(240), 20).get_page(request.GET.get("page", 5)),
        "empty_form": SampleForm(auto_id="empty_%s"),
        "wrong_form": SampleForm(data={}),
        "text_form": SampleTextForm(initial={"text": SAMPLE_TEXT}, auto_id="text_%s"),
        **SAMPLES,
    }
    return render(request, "design/gallery.html", context)


SAMPLES = {
    "crumbs": [("Positions", "#"), ("County section", "#")],
    "tab_items": [("Text", "#text", True), ("Points (3)", "#points", False), ("Way", "#w", False)],
    "steps": [
        ("Draft", "done"),
        ("Consultation", "done"),
        ("Vote", "done"),
        ("Board", "current"),
        ("Submission", "todo"),
        ("Answer", "todo"),
    ],
    "stopped_steps": [("Draft", "done"), ("Vote", "stopped"), ("Board", "todo")],
    "missing": ["Two more board members must vote.", "The cover note has no addressee."],
    "effects": [
        ("envelope", "All eighteen member libraries get a letter."),
        ("eye", "The text becomes public."),
        ("lock", "The text cannot be changed any more."),
    ],
    "legend": [
        ("yes", "11 endorsed"),
        ("reserved", "2 with a reservation"),
        ("abstain", "1 abstained"),
        ("no", "1 against"),
        ("waiting", "1 is to confirm it again"),
        ("spoken", "1 has commented"),
        ("silent", "5 have not spoken yet"),
        ("none", "2 without a member"),
    ],
    "chart_legend": [
        ("good", "answered in time"),
        ("fair", "answered late"),
        ("info", "answered, no deadline"),
        ("bad", "not answered, overdue"),
        ("open", "waiting for the answer"),
        ("aside", "superseded before an answer"),
    ],
    "chart_bars": [
        Bar("A ministry that is made up", [9, 3, 2, 4, 2, 1]),
        Bar("A town with a link", [2, 0, 0, 1, 1, 0], url="#charts"),
    ],
    "directory_legend": [("member", "Member library"), ("none", "No member library")],
    "fact_items": [("Number", "MT-2026/009"), ("Addressee", "The ministry"), ("Version", "4")],
    "figure_items": [
        ("47", "positions submitted", "plain"),
        ("31", "answered", "done"),
        ("9", "waiting past the deadline", "waiting"),
        ("6", "refused", "refused"),
    ],
    "comparison_rows": [
        ("Telephone", "+36 1 000 0000", "+36 1 111 1111"),
        ("E-mail", "", "library@example.org"),
        ("Town", "Kecskemét", "Kecskemét"),
    ],
    "jobs": [
        SimpleNamespace(progress=0, get_stage_display=Stage.WAITING.label),
        SimpleNamespace(progress=40, get_stage_display=Stage.WORKING.label),
    ],
    "entries": [
        {
            "when": SAMPLE_MOMENT,
            "what": "The board returned it",
            "who": "Fictional Secretary",
            "note": "The second point has no cost estimate.",
            "tone": "refused",
        },
        {
            "when": SAMPLE_MOMENT,
            "what": "The section adopted it",
            "who": "",
            "note": "",
            "tone": "done",
        },
    ],
}
