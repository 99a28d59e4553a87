"""Mail is written to the outbox in the transaction that causes it; the worker sends it.

A notice holds ids only. Its text is written, and the reader's right to it looked at, when it is
sent: a renderer returns None for somebody who may no longer read it, and the mail is dropped. What
its reader wants to read once a day or a week is held then, and goes in a digest (`core.digests`).
"""

import hashlib
import logging
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.template.loader import render_to_string
from django.utils.translation import get_language, override

from core import audit, clock, leaving, notices
from core.models import Dropped, Mail
from core.notices import GATHERED, Group, Pace
from core.workflow import lock

log = logging.getLogger("portal")

READY = "ready"
DIGEST = "digest"
LEASE = timedelta(minutes=10)
FIRST_PAUSE = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(hours=2)
GIVEN_UP_AFTER = timedelta(days=5)
LATE = timedelta(minutes=15)
"""What should have gone so long ago is a backlog: the worker, or the server, is away."""


@dataclass(frozen=True)
class Message:
    """`facts` is what it was written from: a digest puts those on the same matter together."""

    subject: str
    text: str
    html: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)


Renderer = Callable[[Mail], Message | None]
Groups = Mapping[str, Group]
NO_GROUPS: Groups = {}


# Writing -----------------------------------------------------------------------------------


def queue(*, kind: str, to: Any = None, address: str = "", key: str = "", **ids: Any) -> None:
    """Put a notice of `kind` for a person into the outbox; the same key is queued only once."""
    context = ids if to else {"language": get_language(), **ids}
    Mail.objects.get_or_create(
        key=key or str(uuid.uuid4()),
        defaults={"kind": kind, "to": to, "address": address, "context": context},
    )


class OutboxBackend(BaseEmailBackend):
    """Django's own letters take the same way."""

    def send_messages(self, email_messages):
        mails = [
            Mail(
                kind=READY,
                address=address,
                subject=_one_line(message.subject)[:255],
                body=message.body,
            )
            for message in email_messages
            for address in message.recipients()
        ]
        Mail.objects.bulk_create(mails)
        return len(mails)


def letter(template: str, **context: Any) -> Message:
    """A plain letter from a template: its first line is the subject."""
    text = render_to_string(template, context).strip()
    subject, _line, body = text.partition("\n")
    return Message(subject=subject, text=body.strip() + "\n", facts=context)


def send_again(*, mail: Mail, by: Any) -> bool:
    """Put a letter that has not gone back into the queue; False where there is nothing to send."""
    with transaction.atomic():
        mail = lock(mail)
        if mail.sent_at or (mail.kind == READY and not mail.body):
            return False
        mail.dropped_at, mail.dropped_for = None, ""
        mail.held_for, mail.digest = "", None
        mail.not_before = clock.now()
        mail.save(update_fields=["dropped_at", "dropped_for", "held_for", "digest", "not_before"])
        audit.record(thing=mail, action="send_again", by=by)
    return True


def ask_anew(person: Any) -> None:
    """After somebody has chosen another pace: what is held for a digest goes by it."""
    Mail.objects.held().filter(to=person).update(held_for="", not_before=clock.now())


def link(path: str) -> str:
    """The full address of a page, on the configured site: never taken from a request."""
    return f"{settings.SITE_URL}{path}"


# Sending -----------------------------------------------------------------------------------


def send_due(
    renderers: Mapping[str, Renderer], groups: Groups = NO_GROUPS, *, most: int = 100
) -> int:
    """Send what is due, oldest first; returns how many went. Several workers may do it at once.

    Kinds that `groups` does not name go at once, whatever their reader has chosen. The server is
    called for a letter only, so that its silence is told of the letter.
    """
    sent = 0
    for _turn in range(most):
        mail = _claim()
        if mail is None:
            break
        sent += _send(mail, renderers, groups)
    return sent


def _claim() -> Mail | None:
    """Take the oldest due mail on lease: should this worker die, it falls due again."""
    now = clock.now()
    with transaction.atomic():
        waiting = Mail.objects.select_for_update(skip_locked=True).ready()
        mail = waiting.filter(not_before__lte=now).order_by("created_at", "pk").first()
        if mail:
            mail.not_before = now + LEASE
            mail.attempts += 1
            mail.save(update_fields=["not_before", "attempts"])
    return mail


def _send(mail: Mail, renderers: Mapping[str, Renderer], groups: Groups) -> bool:
    try:
        if not _goes_now(mail, groups):
            return False
        message = _render(mail, renderers)
        if message is None:
            drop(mail, Dropped.GONE)
            return False
        group = mail.context["pace"] if mail.kind == DIGEST else groups.get(mail.kind)
        _as_email(mail, message, group).send()
    except Exception as error:
        log.exception("Mail %s (%s) was not sent.", mail.pk, mail.kind)
        _put_off(mail, error)
        return False
    _note_sent(mail)
    return True


def _goes_now(mail: Mail, groups: Groups) -> bool:
    """Else it is dropped, or held for the digest, as its reader has chosen."""
    if mail.to and not mail.to.is_active:
        drop(mail, Dropped.CLOSED)
        return False
    pace = notices.pace_of(mail.to, groups.get(mail.kind, Group.ACCOUNT))
    if pace == Pace.OFF:
        drop(mail, Dropped.OFF)
    elif pace in GATHERED:
        mail.held_for, mail.attempts = pace, 0
        mail.not_before = notices.next_morning(pace, clock.now())
        mail.save(update_fields=["held_for", "attempts", "not_before"])
    return pace == Pace.AT_ONCE


def drop(mail: Mail, reason: Dropped) -> None:
    """It is not sent; neither is what was to go in it, if it is a digest."""
    gone = {"dropped_at": clock.now(), "dropped_for": reason}
    Mail.objects.filter(pk=mail.pk).update(body="", **gone)
    mail.parts.waiting().update(**gone)


def _note_sent(mail: Mail) -> None:
    mail.sent_at = clock.now()
    mail.body = ""
    mail.last_error = ""
    mail.save(update_fields=["sent_at", "body", "last_error"])
    if mail.kind == DIGEST:
        mail.parts.waiting().update(sent_at=mail.sent_at)


def _render(mail: Mail, renderers: Mapping[str, Renderer]) -> Message | None:
    if mail.kind == READY:
        return Message(mail.subject, mail.body)
    with override(language_of(mail)):
        return renderers[mail.kind](mail)


def language_of(mail: Mail) -> str:
    return mail.to.language if mail.to else mail.context.get("language", settings.LANGUAGE_CODE)


def _as_email(mail: Mail, message: Message, group: str | None) -> EmailMultiAlternatives:
    """With a way to leave that needs no sign-in, where its reader may switch such letters off."""
    host = urlsplit(settings.SITE_URL).hostname
    digest = hashlib.sha256(mail.key.encode()).hexdigest()[:32]
    headers = {"Message-ID": f"<{digest}@{host}>", "Auto-Submitted": "auto-generated"}
    text = message.text
    if mail.to and leaving.may_leave(group):
        with override(language_of(mail)):
            url = link(leaving.path(mail.to, group))
            text += render_to_string("mail/leaving.txt", {"url": url})
        headers["List-Unsubscribe"] = f"<{url}>"
        headers["List-Unsubscribe-Post"] = leaving.ONE_CLICK
    email = EmailMultiAlternatives(
        subject=_one_line(message.subject),
        body=text,
        to=[mail.to.email if mail.to else mail.address],
        headers=headers,
        connection=get_connection(settings.OUTBOX_BACKEND),
    )
    if message.html:
        email.attach_alternative(message.html, "text/html")
    return email


def _put_off(mail: Mail, error: Exception) -> None:
    now = clock.now()
    pause = min(FIRST_PAUSE * 2 ** min(mail.attempts - 1, 10), LONGEST_PAUSE)
    mail.last_error = f"{type(error).__name__}: {error}"[:500]
    mail.not_before = now + pause
    if now - mail.created_at > GIVEN_UP_AFTER:
        mail.dropped_at, mail.dropped_for = now, Dropped.GIVEN_UP
    mail.save(update_fields=["last_error", "not_before", "dropped_at", "dropped_for"])


def _one_line(text: Any) -> str:
    return " ".join(str(text).split())
