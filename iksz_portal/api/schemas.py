"""What the API hands out. The descriptions are translated where people read them."""

from datetime import date, datetime
from typing import Generic, TypeVar

from django.utils.translation import gettext_noop as _
from ninja import Field, Schema

T = TypeVar("T")


class Page(Schema, Generic[T]):
    items: list[T] = Field(description=_("the rows of this page"))
    next: str | None = Field(description=_("address of the next page; null on the last one"))


class FieldProblem(Schema):
    parameter: str = Field(description=_("name of the parameter"))
    message: str = Field(description=_("what is wrong with it"))


class Problem(Schema):
    type: str = Field(description=_("kind of the problem"))
    title: str = Field(description=_("the problem in a word"))
    status: int = Field(description=_("the HTTP status again"))
    detail: str | None = Field(None, description=_("what happened, in a sentence"))
    errors: list[FieldProblem] | None = Field(None, description=_("parameters that are wrong"))


class Word(Schema):
    code: str = Field(description=_("the code, the same in every language"))
    label: str = Field(description=_("the word for it in the language asked for"))


class County(Schema):
    code: str = Field(description=_("ISO 3166-2 code"))
    name: str = Field(description=_("name of the county"))
    seat: str = Field(description=_("its seat"))
    latitude: float = Field(description=_("latitude of the seat, in degrees"))
    longitude: float = Field(description=_("longitude of the seat, in degrees"))
    libraries: int = Field(description=_("number of its member libraries"))
    without_member_since: date | None = Field(
        description=_("day since when it has no member library, where a source gives it")
    )


class Library(Schema):
    slug: str = Field(description=_("its name in addresses"))
    name: str = Field(description=_("its name"))
    kind: Word = Field(description=_("its kind"))
    county: str = Field(description=_("ISO 3166-2 code of its county"))
    city: str = Field(description=_("town"))
    postal_code: str = Field(description=_("postal code; empty: unknown"))
    street: str = Field(description=_("street and number; empty: unknown"))
    phone: str = Field(description=_("telephone; empty: unknown"))
    email: str = Field(description=_("e-mail of the institution; empty: unknown"))
    website: str = Field(description=_("website; empty: unknown"))
    opening_hours: str = Field(description=_("opening hours; empty: unknown"))
    description: str = Field(description=_("introduction"))
    sections: list[str] = Field(description=_("codes of the sections it is a member of"))
    url: str = Field(description=_("its page on the portal"))


class Goal(Schema):
    number: int = Field(description=_("number of the goal"))
    title: str = Field(description=_("the goal"))
    points: list[str] = Field(description=_("its points"))


class Member(Schema):
    library: str = Field(description=_("name of the library in addresses"))
    name: str = Field(description=_("name of the library"))
    county: str = Field(description=_("ISO 3166-2 code of its county"))
    since: date | None = Field(description=_("day its membership began; null: before the records"))


class Section(Schema):
    code: str = Field(description=_("code that opens the numbers of its positions"))
    slug: str = Field(description=_("its name in addresses"))
    name: str = Field(description=_("name of the section"))
    mission: str = Field(description=_("its mission"))
    goals: list[Goal] = Field(description=_("its goals"))
    members: list[Member] = Field(description=_("its member libraries today"))
    url: str = Field(description=_("its page on the portal"))


class TopicOfPosition(Schema):
    id: int = Field(description=_("number of the topic on the portal"))
    name: str = Field(description=_("its name"))


class Topic(TopicOfPosition):
    positions: int = Field(description=_("number of public positions on it"))


class Addressee(Schema):
    id: int = Field(description=_("number of the authority on the portal"))
    name: str = Field(description=_("name of the authority"))


class Point(Schema):
    number: int = Field(description=_("number of the point"))
    text: str = Field(description=_("what is asked for"))
    outcome: Word | None = Field(description=_("what became of it, once the answer is evaluated"))


class PositionInList(Schema):
    reference: str = Field(description=_("number the position is cited by"))
    title: str = Field(description=_("its title"))
    title_language: str = Field(
        description=_("language of the title: the one asked for, or Hungarian if not translated")
    )
    kind: Word = Field(description=_("opinion, proposal or position statement"))
    section: str = Field(description=_("code of the section"))
    state: Word = Field(description=_("how far it has come"))
    state_since: datetime = Field(description=_("since when it is in this state"))
    public_since: datetime = Field(description=_("when it was made public"))
    changed_at: datetime | None = Field(
        description=_("when something told of it last changed; null: not noted yet")
    )
    authority: Addressee | None = Field(description=_("to whom it was submitted"))
    sent_on: date | None = Field(description=_("day it was sent"))
    due_on: date | None = Field(description=_("last day for the answer; null: none"))
    answered_on: date | None = Field(description=_("day of the first answer"))
    points: list[Point] = Field(description=_("what is asked for, point by point"))
    topics: list[TopicOfPosition] = Field(description=_("subject headings"))
    laws: list[str] = Field(description=_("laws its text cites"))
    resolutions: list[str] = Field(description=_("resolutions of the board on it"))
    result: str = Field(description=_("the result in a sentence; empty: not concluded"))
    superseded_by: str | None = Field(description=_("number of the position that took its place"))
    url: str = Field(description=_("its page on the portal"))


class Position(PositionInList):
    version: int = Field(description=_("number of the version that was submitted"))
    text: str = Field(description=_("its text in Hungarian, as HTML with few tags"))
    fingerprint: str = Field(description=_("SHA-256 of the version"))


class Resolution(Schema):
    reference: str = Field(description=_("number it is cited by"))
    year: int = Field(description=_("its year"))
    number: int = Field(description=_("its number in the year"))
    title: str = Field(description=_("what it is on"))
    verdict: Word = Field(description=_("the decision"))
    decided_on: date = Field(description=_("day of the decision"))
    position: str | None = Field(description=_("number of the position it is on"))
    words: str = Field(description=_("its words, where it is not on a position"))
    revoked_by: str | None = Field(description=_("the resolution that took it back"))
    amended_by: list[str] = Field(description=_("resolutions that changed it"))
    changed_at: datetime | None = Field(
        description=_("when something told of it last changed; null: not noted yet")
    )
    url: str = Field(description=_("its page on the portal"))


class Figures(Schema):
    year: int | None = Field(description=_("year of sending; null: all years together"))
    submitted: int = Field(description=_("positions submitted"))
    endings: dict[str, int] = Field(description=_("how they ended, by code"))
    points: int = Field(description=_("points asked for"))
    outcomes: dict[str, int] = Field(description=_("points judged, by outcome"))
    median_days: float | None = Field(description=_("median days to the first answer"))


class Authority(Schema):
    id: int = Field(description=_("number of the authority on the portal"))
    name: str = Field(description=_("name of the authority"))
    kind: Word = Field(description=_("state, municipal or other body"))
    figures: list[Figures] = Field(description=_("all years together, then year by year"))
    url: str = Field(description=_("its page on the portal"))
