"""Mail is written to the outbox in the transaction that causes it; the worker sends it."""

import uuid
from typing import Any

from django.core.mail.backends.base import BaseEmailBackend

from core.models import Mail

READY = "ready"


def queue(*, kind: str, to: Any, key: str = "", **ids: Any) -> None:
    """Put a notice of `kind` for a person into the outbox; the same key is queued only once."""
    Mail.objects.get_or_create(
        key=key or str(uuid.uuid4()), defaults={"kind": kind, "to": to, "context": ids}
    )


class OutboxBackend(BaseEmailBackend):
    """Django's own letters (password reset and the like) take the same way."""

    def send_messages(self, email_messages):
        mails = [
            Mail(kind=READY, address=address, subject=message.subject[:255], body=message.body)
            for message in email_messages
            for address in message.recipients()
        ]
        Mail.objects.bulk_create(mails)
        return len(mails)
