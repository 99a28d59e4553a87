"""What the search knows of positions, resolutions, meetings, consultations, authorities and their
published answers. The rooms' own querysets decide who sees what; the scopes only sieve before."""

from collections.abc import Iterator

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from core import clock
from core.richtext import words as without_tags
from core.search.sources import EVERYBODY, NAMED, Entry, Keys, Source, Words
from core.search.words import LANGUAGES
from members.models import Authority
from members.policy import is_staff
from positions.choices import (
    CONSULTATION_TONES,
    MEETING_TONES,
    MINUTES_DONE,
    MINUTES_RESERVED,
    TONES,
    VERDICT_TONES,
    Confidentiality,
    ConsultationState,
    MeetingState,
    State,
    Verdict,
)
from positions.models import (
    AuthorityFigures,
    BoardDecision,
    Consultation,
    Meeting,
    Message,
    Position,
    Topic,
)
from positions.models.accountability import EVERY_YEAR
from sections.standing import standing_of

BOARD, MEMBERS = "board", "members"
AT_ONCE = 200


def scopes_of(person) -> list[str] | None:
    """Those of a person today, by the same standing as the rooms'; None for staff, who see all."""
    if is_staff(person):
        return None
    standing = standing_of(person)
    scopes = [EVERYBODY, *(f"lead{pk}" for pk in standing.leads)]
    scopes += [f"section{pk}" for pk in standing.sections]
    if standing.sections or standing.mandates.libraries:
        scopes += [MEMBERS, f"author{person.pk}"]
    return scopes + ([BOARD] if standing.mandates.on_board else [])


def of_position(position: Position) -> list[str]:
    scopes = [f"lead{position.section_id}"]
    scopes += [f"author{author.pk}" for author in position.authors.all()]
    if position.shared_at:
        scopes.append(f"section{position.section_id}")
    if position.forwarded_at:
        scopes.append(BOARD)
    if position.published_at:
        scopes.append(EVERYBODY)
    return scopes


# Positions ---------------------------------------------------------------------------------


def positions(keys: Keys | None) -> Iterator[Entry]:
    found = _some(
        Position.objects.select_related("section", "addressee", "current").prefetch_related(
            "current__points", "authors", "topics", "laws"
        ),
        keys,
    )
    for position in found:
        yield Entry(
            key=position.pk,
            words={"": Words(position.title, _text_of(position))},
            address=position.reference,
            reference=position.reference,
            scopes=of_position(position),
            section=position.section_id,
            state=position.status,
            year=position.year,
            day=clock.day_of(position.published_at or position.created_at),
        )


def _text_of(position: Position) -> str:
    """What the page of a position says to everybody who may open it."""
    text = position.current
    parts = [without_tags(text.body), *(point.text for point in text.points.all())] if text else []
    parts += [str(each) for each in (*position.topics.all(), *position.laws.all())]
    if position.addressee:
        parts.append(position.addressee.name_hu)
    return " ".join(parts)


# The board ---------------------------------------------------------------------------------


def resolutions(keys: Keys | None) -> Iterator[Entry]:
    found = _some(
        BoardDecision.objects.select_related("position__section", "item__meeting").prefetch_related(
            "position__authors"
        ),
        keys,
    )
    for decision in found:
        position = decision.position
        yield Entry(
            key=decision.pk,
            words={"": Words(decision.title, " ".join([decision.words, decision.about]))},
            address=f"{decision.year}/{decision.number}",
            reference=decision.resolution,
            names=[f"{decision.number}/{decision.year}"],
            scopes=[BOARD, *(of_position(position) if position else _besides(decision))],
            section=position.section_id if position else None,
            state=decision.verdict,
            year=decision.year,
            day=decision.decided_on,
        )


def _besides(decision: BoardDecision) -> list[str]:
    is_public = decision.goes_public and decision.item.meeting.status in MINUTES_DONE
    return [EVERYBODY] if is_public else []


def meetings(keys: Keys | None) -> Iterator[Entry]:
    found = Meeting.objects.prefetch_related("agenda__position__section")
    for meeting in _some(found, keys):
        yield Entry(
            key=meeting.pk,
            words=_meeting_in_languages(meeting),
            address=f"{meeting.year}/{meeting.number}",
            reference=meeting.reference,
            scopes=[BOARD],
            state=meeting.status,
            year=meeting.year,
            day=clock.day_of(meeting.starts_at),
        )


def _meeting_in_languages(meeting: Meeting) -> dict[str, Words]:
    parts = [meeting.place]
    for item in meeting.agenda.all():
        parts += [item.name, item.text, "" if meeting.status in MINUTES_RESERVED else item.note]
    text, found = " ".join(filter(None, parts)), {}
    for code in LANGUAGES:
        with override(code):
            title = _("Meeting %(number)s of the board") % {"number": meeting.reference}
        found[code] = Words(title, text)
    return found


# Consultations, authorities and what they answered --------------------------------------------


def consultations(keys: Keys | None) -> Iterator[Entry]:
    found = Consultation.objects.select_related("authority").prefetch_related("assignments")
    for each in _some(found, keys):
        parts = [each.text, each.summary_text, each.authority.name_hu]
        yield Entry(
            key=each.pk,
            words={"": Words(each.title, " ".join(filter(None, parts)))},
            address=str(each.pk),
            also=each.file_number,
            scopes=_of_consultation(each),
            state=each.status,
            year=each.received_on.year,
            day=each.received_on,
        )


def _of_consultation(each: Consultation) -> list[str]:
    scopes = [BOARD, *(f"section{a.section_id}" for a in each.standing)]
    if each.confidentiality == Confidentiality.PUBLIC:
        scopes.append(EVERYBODY)
    if each.confidentiality == Confidentiality.MEMBERS:
        scopes.append(MEMBERS)
    return scopes


def answers(keys: Keys | None) -> Iterator[Entry]:
    """In the words that were published, without personal data; never the letter itself."""
    of = "submission__position"
    found = Message.objects.filter(published_at__isnull=False).select_related(
        f"{of}__section", f"{of}__addressee"
    )
    for answer in _some(found.prefetch_related(f"{of}__authors"), keys):
        position = answer.submission.position
        yield Entry(
            key=answer.pk,
            words={"": Words(position.title, answer.published_text)},
            address=position.reference,
            scopes=of_position(position),
            section=position.section_id,
            year=answer.received_on.year,
            day=answer.received_on,
        )


def published_answers(person):
    seen = Position.objects.visible_to(person).filter(pk=OuterRef("submission__position"))
    told = Message.objects.answers().filter(submission__sent_on__isnull=False)
    return told.filter(Exists(seen), published_at__isnull=False)


def authorities(keys: Keys | None) -> Iterator[Entry]:
    for authority in _some(Authority.objects.all(), keys):
        names = {code: getattr(authority, f"name_{code}") for code in LANGUAGES}
        words = {code: Words(name) for code, name in names.items() if name}
        yield Entry(key=authority.pk, words=words, address=str(authority.pk))


def accountable(person):
    """Authorities with a page: those that something public was submitted to."""
    rows = AuthorityFigures.objects.by_authority()
    return Authority.objects.filter(Exists(rows.filter(authority=OuterRef("pk"), year=EVERY_YEAR)))


def _some(found, keys: Keys | None):
    found = found.order_by("pk")
    return found.iterator(AT_ONCE) if keys is None else found.filter(pk__in=keys)


def _same(model):
    return lambda keys: model.objects.filter(pk__in=keys)


def _through(model, path: str):
    """The things of the model that hang on others through `path`."""
    return lambda keys: model.objects.filter(**{f"{path}__in": keys}).order_by().distinct()


def _numbered(view: str):
    def address(number: str) -> str:
        year, _sign, of_year = number.partition("/")
        return reverse(view, args=[int(year), int(of_year)])

    return address


SOURCES = [
    Source(
        kind="position",
        number=4,
        label=gettext_lazy("Position"),
        many=gettext_lazy("Positions"),
        entries=positions,
        address=lambda reference: reverse("positions:position", args=[reference]),
        visible=Position.objects.visible_to,
        model=Position,
        states=State,
        tones=TONES,
        follows={Position: _same(Position), Topic: _through(Position, "topics")},
    ),
    Source(
        kind="resolution",
        number=5,
        label=gettext_lazy("Resolution"),
        many=gettext_lazy("Resolutions"),
        entries=resolutions,
        address=_numbered("positions:resolution"),
        visible=BoardDecision.objects.visible_to,
        model=BoardDecision,
        states=Verdict,
        tones=VERDICT_TONES,
        follows={
            BoardDecision: _same(BoardDecision),
            Position: _through(BoardDecision, "position"),
            Meeting: _through(BoardDecision, "item__meeting"),
        },
    ),
    Source(
        kind="meeting",
        number=6,
        label=gettext_lazy("Meeting of the board"),
        many=gettext_lazy("Meetings of the board"),
        entries=meetings,
        address=_numbered("positions:meeting"),
        visible=Meeting.objects.visible_to,
        model=Meeting,
        states=MeetingState,
        tones=MEETING_TONES,
        follows={Meeting: _same(Meeting), Position: _through(Meeting, "agenda__position")},
    ),
    Source(
        kind="consultation",
        number=7,
        label=gettext_lazy("Consultation"),
        many=gettext_lazy("Consultations"),
        entries=consultations,
        address=lambda key: reverse("positions:consultation", args=[int(key)]),
        visible=Consultation.objects.visible_to,
        model=Consultation,
        states=ConsultationState,
        tones=CONSULTATION_TONES,
        follows={Consultation: _same(Consultation)},
    ),
    Source(
        kind="answer",
        number=8,
        label=gettext_lazy("Answer of an authority"),
        many=gettext_lazy("Answers of authorities"),
        entries=answers,
        address=lambda reference: reverse("positions:position", args=[reference]) + "#submission",
        visible=published_answers,
        model=Message,
        follows={Position: _through(Message, "submission__position")},
    ),
    Source(
        kind="authority",
        number=9,
        label=gettext_lazy("Authority"),
        many=gettext_lazy("Authorities"),
        entries=authorities,
        address=lambda key: reverse("positions:authority", args=[int(key)]),
        visible=accountable,
        model=Authority,
        group=NAMED,
        is_named=True,
        watches=(Authority.history.model,),
    ),
]
