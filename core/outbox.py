"""Mail is written to the outbox in the transaction that causes it; the worker sends it.

A notice holds ids only. Its text is written, and the reader's right to it looked at, when it is
sent: a renderer returns None for somebody who may no longer read it, and the mail is dropped.
"""

import hashlib
import logging
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.template.loader import render_to_string
from django.utils.translation import get_language, override

from core import audit, clock
from core.models import Mail
from core.workflow import lock

log = logging.getLogger("portal")

READY = "ready"
LEASE = timedelta(minutes=10)
FIRST_PAUSE = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(hours=2)
GIVEN_UP_AFTER = timedelta(days=5)


@dataclass(frozen=True)
class Message:
    subject: str
    text: str
    html: str = ""


Renderer = Callable[[Mail], Message | None]


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
    return Message(subject=subject, text=body.strip() + "\n")


def send_again(*, mail: Mail, by: Any) -> bool:
    """Put a letter that has not gone back into the queue; False where there is nothing to send."""
    with transaction.atomic():
        mail = lock(mail)
        if mail.sent_at or (mail.kind == READY and not mail.body):
            return False
        mail.dropped_at = None
        mail.not_before = clock.now()
        mail.save(update_fields=["dropped_at", "not_before"])
        audit.record(thing=mail, action="send_again", by=by)
    return True


def link(path: str) -> str:
    """The full address of a page, on the configured site: never taken from a request."""
    return f"{settings.SITE_URL}{path}"


# Sending -----------------------------------------------------------------------------------


def send_due(renderers: Mapping[str, Renderer], *, most: int = 100) -> int:
    """Send what is due, oldest first; returns how many went. Several workers may do it at once.

    The server is called for a letter only, so that its silence is told of the letter.
    """
    sent = 0
    for _turn in range(most):
        mail = _claim()
        if mail is None:
            break
        sent += _send(mail, renderers, get_connection(settings.OUTBOX_BACKEND))
    return sent


def _claim() -> Mail | None:
    """Take the oldest due mail on lease: should this worker die, it falls due again."""
    now = clock.now()
    with transaction.atomic():
        waiting = Mail.objects.select_for_update(skip_locked=True).waiting()
        mail = waiting.filter(not_before__lte=now).order_by("created_at", "pk").first()
        if mail:
            mail.not_before = now + LEASE
            mail.attempts += 1
            mail.save(update_fields=["not_before", "attempts"])
    return mail


def _send(mail: Mail, renderers: Mapping[str, Renderer], connection: Any) -> bool:
    try:
        message = _render(mail, renderers)
        if message is None:
            mail.dropped_at = clock.now()
            mail.body = ""
            mail.save(update_fields=["dropped_at", "body"])
            return False
        _as_email(mail, message, connection).send()
    except Exception as error:
        log.exception("Mail %s (%s) was not sent.", mail.pk, mail.kind)
        _put_off(mail, error)
        return False
    mail.sent_at = clock.now()
    mail.body = ""
    mail.last_error = ""
    mail.save(update_fields=["sent_at", "body", "last_error"])
    return True


def _render(mail: Mail, renderers: Mapping[str, Renderer]) -> Message | None:
    if mail.kind == READY:
        return Message(mail.subject, mail.body)
    if mail.to and not mail.to.is_active:
        return None
    language = mail.to.language if mail.to else mail.context["language"]
    with override(language):
        return renderers[mail.kind](mail)


def _as_email(mail: Mail, message: Message, connection: Any) -> EmailMultiAlternatives:
    host = urlsplit(settings.SITE_URL).hostname
    digest = hashlib.sha256(mail.key.encode()).hexdigest()[:32]
    email = EmailMultiAlternatives(
        subject=_one_line(message.subject),
        body=message.text,
        to=[mail.to.email if mail.to else mail.address],
        headers={"Message-ID": f"<{digest}@{host}>", "Auto-Submitted": "auto-generated"},
        connection=connection,
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
        mail.dropped_at = now
    mail.save(update_fields=["last_error", "not_before", "dropped_at"])


def _one_line(text: Any) -> str:
    return " ".join(str(text).split())
