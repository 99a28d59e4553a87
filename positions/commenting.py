"""What people do with comments: write them, reply, resolve them with an answer, open them again."""

from typing import cast

from django.db import transaction
from django.utils.translation import gettext as _

from core import audit, clock
from core.richtext import blocks
from core.workflow import NotAllowed, SomethingMissing, lock
from members.models import Library, Person
from positions import policy
from positions.choices import Audience, State
from positions.comment_notices import tell_of_answer, tell_of_reply
from positions.lineage import beginning, wording
from positions.models import Comment, Position, Version
from positions.models.comments import QUOTED
from positions.timeline import COMMENT, REOPEN, RESOLVE
from sections.standing import standing_of


class AlreadyResolved(Exception):
    """Somebody else has answered the comment meanwhile (409)."""

    def __init__(self, thread: Comment):
        super().__init__(str(thread))
        self.thread = thread


class NotResolved(Exception):
    """The comment is open, or open again (409)."""


@transaction.atomic
def comment(
    *,
    version: Version,
    by: Person,
    text: str,
    library: Library | None = None,
    paragraph: int | None = None,
    audience: Audience | None = None,
) -> Comment:
    """A comment for a library one acts for, or, without one, as an office holder or author.

    A draft's comments are for the drafting group, later ones for the section, unless said.
    """
    position = lock(version.position)
    if not policy.may_comment(by, position):
        raise NotAllowed(_("Comments are not open to you here."))
    _check_may_speak(by, position, library)
    made = Comment.objects.create(
        version=version,
        author=by,
        library=library,
        paragraph=paragraph,
        text=text.strip(),
        audience=audience or usual_audience(position),
        **paragraph_as_it_is(version, paragraph),
    )
    audit.record(thing=position, action=COMMENT, by=by, payload={"comment": made.pk})
    return made


@transaction.atomic
def reply(*, thread: Comment, by: Person, text: str, library: Library | None = None) -> Comment:
    """Joins a thread, at its end; the others in it get mail."""
    position = lock(thread.version.position)
    if not policy.may_reply(by, position) or not _reads(by, thread, position):
        raise NotAllowed(_("Replies are not open to you here."))
    _check_may_speak(by, position, library)
    thread = lock(thread)
    made = Comment.objects.create(
        version=thread.version,
        paragraph=thread.paragraph,
        parent=thread,
        audience=thread.audience,
        author=by,
        library=library,
        text=text.strip(),
    )
    payload = {"comment": made.pk, "to": thread.pk}
    audit.record(thing=position, action=COMMENT, by=by, payload=payload)
    tell_of_reply(made)
    return made


@transaction.atomic
def resolve(*, thread: Comment, by: Person, answer: str) -> Comment:
    """With an answer, of which whoever began the thread is told; AlreadyResolved if it is."""
    position = lock(thread.version.position)
    if not policy.may_resolve(by, position) or not _reads(by, thread, position):
        raise NotAllowed(_("Comments are answered by those who write the text."))
    if not answer.strip():
        raise SomethingMissing(_("Please give the answer."), field="answer")
    thread = lock(thread)
    if thread.resolved_at:
        raise AlreadyResolved(thread)
    thread.answer = answer.strip()
    thread.resolved_by = by
    thread.resolved_at = clock.now()
    thread.save(update_fields=["answer", "resolved_by", "resolved_at"])
    audit.record(thing=position, action=RESOLVE, by=by, payload={"comment": thread.pk})
    tell_of_answer(thread)
    return thread


@transaction.atomic
def reopen(*, thread: Comment, by: Person) -> Comment:
    """What was answered stays in the thread, as a reply; NotResolved if there is no answer."""
    position = lock(thread.version.position)
    if not policy.may_resolve(by, position) or not _reads(by, thread, position):
        raise NotAllowed(_("Comments are answered by those who write the text."))
    thread = lock(thread)
    if not thread.resolved_at:
        raise NotResolved
    kept = Comment.objects.create(
        version=thread.version,
        paragraph=thread.paragraph,
        parent=thread,
        audience=thread.audience,
        author=cast(Person, thread.resolved_by),
        text=thread.answer,
        created_at=thread.resolved_at,
    )
    thread.answer, thread.resolved_by, thread.resolved_at = "", None, None
    thread.save(update_fields=["answer", "resolved_by", "resolved_at"])
    payload = {"comment": thread.pk, "kept": kept.pk}
    audit.record(thing=position, action=REOPEN, by=by, payload=payload)
    return thread


def usual_audience(position: Position) -> Audience:
    return Audience.DRAFTERS if position.status == State.DRAFT else Audience.SECTION


def paragraph_as_it_is(version: Version, paragraph: int | None) -> dict[str, str]:
    """What a comment keeps of its paragraph, so that no older text need be read to know it."""
    if paragraph is None:
        return {}
    paragraphs = blocks(version.body)
    if not 1 <= paragraph <= len(paragraphs):
        raise SomethingMissing(_("The text has no such paragraph."), field="paragraph")
    block = paragraphs[paragraph - 1]
    return {"quoted": beginning(block, most=QUOTED), "wording": wording(block)}


def _reads(person: Person, thread: Comment, position: Position) -> bool:
    return Comment.objects.visible_to(person, position).filter(pk=thread.pk).exists()


def _check_may_speak(by: Person, position: Position, library: Library | None) -> None:
    if position.status == State.CONSULTATION and position.is_overdue:
        raise NotAllowed(_("The time for comments is over."))
    if library is None and not policy.writes(by, position):
        raise NotAllowed(_("Say for which library you comment."))
    if library and library.pk not in standing_of(by).libraries_in(position.section_id):
        raise NotAllowed(_("You do not act for this library in the section."))
