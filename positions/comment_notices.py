"""Who hears of what is said in a thread: those who take part in it."""

from typing import Any

from django.db.models import Q, QuerySet

from core import outbox
from core.outbox import Message
from members.models import Person
from positions.models import Comment, Position

REPLY, ANSWER = "positions.reply", "positions.answer"


def partners(thread: Comment, *, by: Any) -> QuerySet[Person]:
    """The other people in a thread."""
    said = Comment.objects.filter(Q(pk=thread.pk) | Q(parent=thread)).order_by()
    people = Q(pk__in=said.values("author")) | Q(pk=thread.resolved_by_id)
    return Person.objects.filter(people, is_active=True).exclude(pk=by.pk)


def tell_of_reply(reply: Comment) -> None:
    for person in partners(reply.parent, by=reply.author):
        outbox.queue(kind=REPLY, to=person, key=f"{REPLY}:{reply.pk}:{person.pk}", comment=reply.pk)


def tell_of_answer(thread: Comment) -> None:
    """Whoever began the thread, unless they answered it themselves."""
    if thread.author_id != thread.resolved_by_id and thread.author.is_active:
        key = f"{ANSWER}:{thread.pk}:{thread.resolved_at.isoformat()}"
        outbox.queue(kind=ANSWER, to=thread.author, key=key, comment=thread.pk)


def reply(mail: Any) -> Message | None:
    said = _comment(mail)
    return _of_thread("positions/mail/reply.txt", said) if said else None


def answer(mail: Any) -> Message | None:
    """Nothing if the comment was opened again before the letter went."""
    said = _comment(mail)
    return _of_thread("positions/mail/answer.txt", said) if said and said.resolved_at else None


def _comment(mail):
    """The comment, if the reader may still see the position and read it."""
    seen = Comment.objects.filter(version__position__in=Position.objects.visible_to(mail.to))
    found = seen.select_related("version__position__section").filter(pk=mail.context["comment"])
    said = found.first()
    if said is None:
        return None
    readable = Comment.objects.visible_to(mail.to, said.version.position)
    return said if readable.filter(pk=said.pk).exists() else None


def _of_thread(template, said):
    """Without a word of what was said, and by whom: that stays on the portal."""
    position = said.version.position
    url = outbox.link(f"{position.get_absolute_url()}#c{said.pk}")
    return outbox.letter(template, position=position, url=url)


RENDERERS = {REPLY: reply, ANSWER: answer}
