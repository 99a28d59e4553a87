"""Amendments for tests: proposed by the cast, decided on by the coordinator."""

import pytest

from positions import proposing
from positions.choices import AmendmentAction, AmendmentKind
from positions.models import Amendment, Position

WORDING, INSERTION, DELETION = AmendmentKind


class Amending:
    """`cast` gives the people by the names of their fixtures; libraries are counted from 0."""

    def __init__(self, cast):
        self.cast = cast

    def propose(self, position, *, by=0, kind=WORDING, paragraph=1, body="<p>Better.</p>", **more):
        position = Position.objects.get(pk=position.pk)
        facts = {"reason": "It reads better.", "version": position.current, **more}
        return proposing.propose(
            by=self.cast("representatives")[by],
            library=self.cast("libraries")[by],
            kind=kind,
            paragraph=paragraph,
            body="" if kind == DELETION else body,
            **facts,
        )

    def decide(self, amendment, action, by="coordinator", **details):
        amendment = Amendment.objects.get(pk=amendment.pk)
        return proposing.decide(amendment=amendment, by=self.cast(by), action=action, **details)

    def accept(self, amendment):
        return self.decide(amendment, AmendmentAction.ACCEPT)

    def reject(self, amendment):
        return self.decide(amendment, AmendmentAction.REJECT, note="Not now.")

    def to_vote(self, amendment):
        return self.decide(amendment, AmendmentAction.CARRY_TO_VOTE)

    def change(self, amendment, body="<p>Something between.</p>"):
        base = Position.objects.get(pk=amendment.position_id).current.number
        details = {"note": "Said shorter.", "body": body, "base": base}
        return self.decide(amendment, AmendmentAction.ACCEPT_CHANGED, **details)


@pytest.fixture
def amending(request, representatives, coordinator):
    return Amending(request.getfixturevalue)


def text_of(position):
    return Position.objects.get(pk=position.pk).current.body
