"""The published data, loaded so that it can be loaded again.

What has once been there is never touched a second time: the history of a row is asked, so that a
library renamed, a membership ended or a profile removed by people stays as people left it.
"""

import csv
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from django.utils.text import slugify

from core.models import Recess, SpecialDay
from core.text import fold
from members.choices import LibraryKind
from members.models import Authority, County, Library, Membership
from positions.models import LawProfile, LetterTemplate
from sections.models import Goal, GoalPoint, Section, SectionMembership

DATA = Path(__file__).parent / "data"
SECTION_CODE = "MT"
WITHOUT_MEMBER_SINCE = dict.fromkeys(("HU-GS", "HU-HB"), date(2016, 6, 13))


def load() -> Iterator[str]:
    """A line for each step, once it is done; the caller holds the transaction."""
    yield f"Counties: {_told(_counties())}."
    section, goals = _section()
    yield f"Section with its goals: {_told(goals)}."
    yield f"Member libraries: {_told(_libraries(section))}."
    yield f"Authorities: {_told(_authorities())}."
    yield f"Periods set by law: {_told(_law_profiles())}."
    yield f"Templates of letters: {_told(_letter_templates())}."
    yield f"Calendar: {_told(_calendar())}."


def _told(made: int) -> str:
    return f"{made} added" if made else "nothing new"


def _rows(name: str) -> list[dict]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _json(name: str):
    return json.loads((DATA / name).read_text(encoding="utf-8"))


def _in_languages(field: str, texts: dict[str, str]) -> dict[str, str]:
    return {f"{field}_{language}": text for language, text in texts.items()}


def _known(model, **key) -> bool:
    """Whether such a row is or was there, whatever has become of it."""
    return model.history.filter(**key).exists()


def _counties() -> int:
    made = 0
    for row in _rows("counties.csv"):
        code = row.pop("iso_code")
        since = WITHOUT_MEMBER_SINCE.get(code)
        _county, is_new = County.objects.get_or_create(
            iso_code=code, defaults={**row, "without_member_since": since}
        )
        made += is_new
    return made


def _section() -> tuple[Section | None, int]:
    """The section as it is now (None if people have removed it), and how many goals are new."""
    if _known(Section, code=SECTION_CODE):
        return Section.objects.filter(code=SECTION_CODE).first(), 0
    data = _json("section.json")
    section = Section.objects.create(
        code=SECTION_CODE,
        slug=data["section"]["slug"],
        **_in_languages("name", data["section"]["name"]),
        **_in_languages("mission", data["section"]["mission"]),
    )
    for number, goal in enumerate(data["goals"], start=1):
        made = Goal.objects.create(
            section=section, number=number, **_in_languages("title", goal["title"])
        )
        GoalPoint.objects.bulk_create(
            GoalPoint(goal=made, number=place, **_in_languages("text", point))
            for place, point in enumerate(goal["points"], start=1)
        )
    return section, len(data["goals"])


def _libraries(section: Section | None) -> int:
    """The libraries as published; a county's hyphens are matched whatever dash they are."""
    counties = {fold(county.name_hu): county for county in County.objects.all()}
    made = 0
    for row in _rows("section_members.csv"):
        slug = slugify(fold(row["library"]))
        if _known(Library, slug=slug):
            continue
        library = Library.objects.create(
            name=row["library"],
            slug=slug,
            county=counties[fold(row["county"])],
            city=row["city"],
            kind=LibraryKind.COUNTY,
        )
        Membership.objects.create(library=library)
        if section:
            SectionMembership.objects.create(section=section, library=library)
        made += 1
    return made


def _authorities() -> int:
    made = 0
    for row in _json("authorities.json"):
        if not _known(Authority, name_hu=row["name"]["hu"]):
            Authority.objects.create(kind=row["kind"], **_in_languages("name", row["name"]))
            made += 1
    return made


def _law_profiles() -> int:
    made = 0
    for row in _json("law_profiles.json"):
        names = _in_languages("name", row["name"])
        if _known(LawProfile, kind=row["kind"], name_hu=names["name_hu"]):
            continue
        LawProfile.objects.create(
            kind=row["kind"],
            days=row["days"],
            extension_days=row["extension_days"],
            ends_on_working_day=row["ends_on_working_day"],
            started_on=_day(row["from"]),
            ended_on=_day(row["until"]),
            source=row["source"],
            **names,
        )
        made += 1
    return made


def _letter_templates() -> int:
    made = 0
    for row in _json("letter_templates.json"):
        if not _known(LetterTemplate, kind=row["kind"], language=row["language"]):
            words = {"subject": row["subject"], "body": "\n\n".join(row["paragraphs"])}
            LetterTemplate.objects.create(kind=row["kind"], language=row["language"], **words)
            made += 1
    return made


def _calendar() -> int:
    made = 0
    for model, name, key in (
        (SpecialDay, "special_days.csv", "day"),
        (Recess, "recesses.csv", "first_day"),
    ):
        rows = [row for row in _rows(name) if not _known(model, **{key: row[key]})]
        for row in rows:
            model.objects.create(**row)
        made += len(rows)
    return made


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
