"""What this room knows of a person.

What a person wrote or recorded belongs to the records of the association and stays, under the
pseudonym; what served their work alone goes.
"""

from typing import Any

from core.models import AuditEntry
from core.personal import Declared, Fate, Held, Mentions, changed, earlier
from positions.models import (
    AgendaItem,
    Amendment,
    Assignment,
    Attachment,
    Attendance,
    Authentication,
    BoardDecision,
    BoardPaper,
    Comment,
    Consultation,
    ConsultationFile,
    Document,
    Editing,
    Elector,
    Endorsement,
    Exclusion,
    LawProfile,
    LetterTemplate,
    Meeting,
    Message,
    MinorityOpinion,
    Package,
    Point,
    PointOutcome,
    PointReason,
    Position,
    PositionTranslation,
    Promise,
    RecordFile,
    ResolutionLink,
    Submission,
    Support,
    TextImport,
    Topic,
    Version,
    Vote,
)

POSITION, BY_POSITION = "position.reference", ("position__section",)
FILE = ("name", "size", "uploaded_at")
MADE = ("kind", "language", "requested_at")
WORDLESS = "–"
"""Where words are gone and the database wants some."""


def _said_of(person: Any) -> Any:
    """Acts of others that name the person: taken in as an author, excluded from a decision."""
    return AuditEntry.objects.filter(payload__person=person.pk)


def _of_version(model: type, by: str, *columns: str) -> Held:
    return Held(
        model,
        by,
        ("version.position.reference", "version.number", *columns),
        joined=("version__position__section", "library"),
    )


def _of_position(model: type, by: str, *columns: str, **rest: Any) -> Held:
    return Held(model, by, (POSITION, *columns), joined=BY_POSITION, **rest)


def _of_message(model: type, by: str, *columns: str) -> Held:
    of = "submission.position.reference"
    return Held(model, by, (of, *columns), joined=("submission__position__section",))


def _of_meeting(model: type, by: str, *columns: str) -> Held:
    return Held(model, by, ("meeting.reference", *columns), joined=("meeting",))


TEXTS: tuple[Declared, ...] = (
    _of_position(Position.authors.through, "person"),
    Held(Position, "created_by", ("reference", "title", "created_at"), joined=("section",)),
    _of_position(Version, "author", "number", "title", "body", "note", "created_at"),
    _of_position(PositionTranslation, "saved_by", "language", "title", "saved_at"),
    _of_position(Editing, "person", "since", "seen_at", fate=Fate.GOES),
    Held(
        TextImport,
        "requested_by",
        ("name", "title", "body", "points", "requested_at", "ended_at"),
        fate=Fate.GOES,
    ),
    _of_position(Document, "requested_by", *MADE),
    _of_position(Attachment, "uploaded_by", "title", *FILE, "removed_at"),
    changed(Topic),
)
SAID: tuple[Declared, ...] = (
    _of_version(Comment, "author", "paragraph", "audience", "library", "text", "created_at"),
    _of_version(Comment, "resolved_by", "answer", "resolved_at"),
    Held(
        Amendment,
        "author",
        (POSITION, *("number", "kind", "paragraph", "body", "reason", "library", "created_at")),
        joined=(*BY_POSITION, "library"),
    ),
    _of_position(Amendment, "decided_by", "number", "status", "decision_reason", "accepted_body"),
    Held(
        Support,
        "author",
        ("amendment.position.reference", "amendment.number", "library", "created_at"),
        joined=("amendment__position__section", "library"),
    ),
    _of_version(Endorsement, "author", "library", "reservation", "created_at", "withdrawn_at"),
    _of_version(
        MinorityOpinion,
        "author",
        *("library", "text", "goes_public", "created_at", "withdrawn_at"),
    ),
)
DECIDED: tuple[Declared, ...] = (
    Held(
        Elector,
        "person",
        ("ballot.position.reference", "ballot.kind", "ballot.opened_at", "took_part", "excluded"),
        joined=("ballot__position__section",),
    ),
    Held(
        Vote,
        "cast_by",
        (
            *("elector.ballot.position.reference", "elector.ballot.kind", "elector.library"),
            *("choice", "reason", "cast_at"),
        ),
        joined=("elector__ballot__position__section", "elector__library"),
    ),
    _of_position(Exclusion, "person", "reason", "recorded_at", becomes={"reason": WORDLESS}),
    _of_position(Exclusion, "recorded_by", "recorded_at"),
    Held(
        AuditEntry,
        "payload.person",
        ("seq", "at", "action", "content_type.model", "object_id", "note"),
        joined=("content_type",),
        becomes={"note": "", "note_salt": ""},
        rows=_said_of,
    ),
    _of_meeting(Attendance, "person", "presence", "arrived_for.place", "left_after.place"),
    _of_meeting(Authentication, "person", "fingerprint", "at"),
    _of_meeting(AgendaItem, "note_by", "place", "title", "note"),
    Held(Meeting, "created_by", ("reference", "created_at")),
    *(
        Held(Meeting, role, ("reference", "opened_at", "ended_at"))
        for role in ("presided_by", "minute_taker", "first_authenticator", "second_authenticator")
    ),
    Held(BoardDecision, "recorded_by", ("resolution", "recorded_at")),
    Held(
        ResolutionLink,
        "recorded_by",
        ("source.resolution", "kind", "target.resolution", "recorded_at"),
        joined=("source", "target"),
    ),
    Held(BoardPaper, "requested_by", MADE),
)
DEALT: tuple[Declared, ...] = (
    Held(Consultation, "recorded_by", ("title", "received_on", "recorded_at")),
    Held(
        ConsultationFile,
        "uploaded_by",
        ("consultation.title", "title", *FILE, "removed_at"),
        joined=("consultation",),
    ),
    Held(
        Assignment,
        "assigned_by",
        ("consultation.title", "section", "assigned_at", "taken_back_at"),
        joined=("consultation", "section"),
    ),
    Held(
        Assignment,
        "let_go_by",
        ("consultation.title", "section", "let_go_at", "let_go_reason"),
        joined=("consultation", "section"),
    ),
    _of_position(Submission, "prepared_by", "letter_subject", "letter_body", "prepared_at"),
    _of_position(Submission, "confirmed_by", "confirmed_at"),
    Held(Package, "requested_by", ("name", "language", "requested_at")),
    _of_message(Message, "recorded_by", "kind", "subject", "received_on", "recorded_at"),
    _of_message(Message, "published_by", "kind", "subject", "published_at"),
    _of_message(RecordFile, "uploaded_by", *FILE),
    *(
        earlier(Message, by, ("id", "kind", "subject", "recorded_at"))
        for by in ("recorded_by", "published_by")
    ),
    _of_position(Promise, "recorded_by", "text", "due_on", "recorded_at"),
    _of_position(Promise, "judged_by", "text", "state", "note", "judged_at"),
    Held(
        PointOutcome,
        "recorded_by",
        ("point.version.position.reference", "point.number", "result", "reason", "recorded_at"),
        joined=("point__version__position__section",),
    ),
    changed(LawProfile),
    changed(LetterTemplate),
    changed(Message),
)
HELD = (*TEXTS, *SAID, *DECIDED, *DEALT)
MENTIONS = (
    Mentions(Comment, ("text", "answer")),
    Mentions(Amendment, ("reason", "decision_reason")),
    Mentions(Assignment, ("let_go_reason",)),
    Mentions(Exclusion, ("reason",)),
    Mentions(Promise, ("note",)),
    Mentions(Attachment, ("title", "name")),
    Mentions(ConsultationFile, ("title", "name")),
)
ARCHIVED: dict[Any, tuple[str, ...]] = {
    Version: ("title", "body", "note"),
    Point: ("text",),
    Position: ("title", "cover_note", "burden", "signatory", "result", "search_text"),
    PositionTranslation: ("title", "summary", "body", "points"),
    Amendment: ("body", "accepted_body"),
    Endorsement: ("reservation",),
    MinorityOpinion: ("text",),
    Vote: ("reason",),
    Meeting: ("place", "guests"),
    AgendaItem: ("title", "text", "presenter", "note"),
    BoardDecision: ("subject", "words", "reasons", "search_text"),
    PointReason: ("text",),
    Consultation: ("title", "text", "summary_text", "search_text"),
    Submission: ("signatory", "letter_subject", "letter_body"),
    Package: ("name", "manifest"),
    Message: ("subject", "text", "published_text"),
    Message.history.model: ("subject", "text", "published_text"),
    RecordFile: ("name",),
    PointOutcome: ("reason",),
    Promise: ("text",),
}
"""What was adopted, resolved, sent and received, and the files of it: kept to the letter, for
fingerprints and minutes vouch for it, with whatever names stand in it."""
