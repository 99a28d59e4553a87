"""One workflow engine: a table of moves per kind of thing, and three verbs.

`offered_to` says what a person may do and what is still missing, `perform` does it in one
transaction, `as_mermaid` draws the table. Nothing else assigns a status.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.utils.translation import gettext as _

from core import audit, clock


class Note(Enum):
    """Whether a move is made with words: not at all, if wanted, or necessarily."""

    NONE = "none"
    OPTIONAL = "optional"
    REQUIRED = "required"


class Clock:
    """The actor of moves that time makes."""

    pk = None
    is_authenticated = False

    def __str__(self) -> str:
        return _("by the deadline")


CLOCK = Clock()


class NotAllowed(PermissionDenied):
    """This person may not make this move (403)."""


class SomethingMissing(Exception):
    """The move is this person's, but its conditions are not met: sentences, perhaps by field."""

    def __init__(self, *sentences: Any, field: str | None = None):
        super().__init__(*sentences)
        self.sentences = [str(sentence) for sentence in sentences]
        self.field = field


class Overtaken(Exception):
    """The thing is no longer in the state that was seen (409)."""

    def __init__(self, thing: models.Model, *, by: Any, action: str = ""):
        super().__init__(str(thing))
        self.thing = thing
        self.last = last = audit.last_of(thing)
        own = (action, getattr(by, "pk", None))
        self.own = last is not None and (last.action, last.actor_id) == own


def nobody(person: Any, thing: Any) -> bool:
    return False


def nothing_missing(thing: Any) -> Iterable[Any]:
    return ()


def no_effect(thing: Any, **details: Any) -> None:
    return None


def no_facts(thing: Any) -> dict[str, Any]:
    return {}


def never_due(thing: Any) -> bool:
    return False


def nobody_hears(thing: Any, *, action: str, source: str, by: Any) -> None:
    return None


@dataclass(frozen=True, kw_only=True)
class Move:
    """One row of a workflow table.

    `target` is the state it leads to: one, several (then `then` returns which), or None where
    the state stays. `needs` yields the sentences that still block it; `due` tells when time
    itself makes the move. `told` are the details that its audit entry keeps, and `facts`, asked
    after the effect, what it keeps besides.
    """

    action: str
    label: Any
    sources: frozenset[str]
    target: str | frozenset[str] | None
    who: Callable[[Any, Any], bool] = nobody
    needs: Callable[[Any], Iterable[Any]] = nothing_missing
    then: Callable[..., str | None] = no_effect
    note: Note = Note.OPTIONAL
    due: Callable[[Any], bool] = never_due
    told: tuple[str, ...] = ()
    facts: Callable[[Any], dict[str, Any]] = no_facts
    tone: str = "secondary"

    def targets(self) -> frozenset[str]:
        if self.target is None:
            return frozenset()
        return self.target if isinstance(self.target, frozenset) else frozenset({self.target})

    def arrive(self, thing: Any, outcome: str | None) -> str:
        """The state after the move; a fault of the table, not of a person, raises ValueError."""
        if self.target is None:
            return thing.status
        if isinstance(self.target, frozenset):
            if outcome not in self.target:
                raise ValueError(f"{self.action} must lead to one of {sorted(self.target)}")
            return outcome
        return self.target


def row(
    action: Any,
    sources: str | frozenset[str],
    target: str | frozenset[str] | None,
    who: Callable[[Any, Any], bool] = nobody,
    **rest: Any,
) -> Move:
    """A move as tables write it: called as its action is, from one state or several."""
    sources = frozenset({sources}) if isinstance(sources, str) else sources
    return Move(action=action, label=action.label, sources=sources, target=target, who=who, **rest)


@dataclass(frozen=True)
class Offer:
    """A move a person may make now, with the sentences that still block it."""

    move: Move
    missing: tuple[str, ...]


class Workflow:
    """The moves of one kind of thing. The model has `status`, `status_since` and `step`."""

    def __init__(
        self,
        *,
        states: type[models.TextChoices],
        moves: Iterable[Move],
        notify: Callable[..., None] = nobody_hears,
    ):
        self.states = states
        self.notify = notify
        self.moves = {move.action: move for move in moves}

    def __iter__(self) -> Iterator[Move]:
        return iter(self.moves.values())

    def offered_to(self, person: Any, thing: Any) -> list[Offer]:
        """The moves `person` may make on `thing` in its present state, in the table's order."""
        return [
            Offer(move, tuple(str(sentence) for sentence in move.needs(thing)))
            for move in self
            if thing.status in move.sources and move.who(person, thing)
        ]

    def due(self, thing: Any) -> Move | None:
        """The move that time makes on `thing` now, if any."""
        return next((m for m in self if thing.status in m.sources and m.due(thing)), None)

    def perform(
        self,
        action: str,
        thing: Any,
        *,
        by: Any,
        note: str = "",
        seen: int | None = None,
        follows: bool = False,
        **details: Any,
    ) -> Any:
        """Make the move in one transaction and return the thing, fresh and locked.

        `seen` is the step the actor decided on. Raises NotAllowed, Overtaken or SomethingMissing,
        and then nothing has changed. `details` go to the move's effect. A move that `follows` is
        the consequence of another thing's move, where the right to it has been looked at.
        """
        move = self.moves[action]
        with transaction.atomic():
            thing = lock(thing)
            self._check(move, thing, by=by, note=note, seen=seen, follows=follows)
            source = thing.status
            target = move.arrive(thing, move.then(thing, by=by, note=note, **details))
            facts = move.facts(thing)
            if target != source:
                thing.status = target
                thing.status_since = clock.now()
            thing.step += 1
            thing.save()
            kept = {name: _kept(details[name]) for name in move.told}
            audit.record(
                thing=thing,
                action=action,
                by=by,
                source=source,
                target=target,
                note=note,
                payload=kept | facts,
            )
            self.notify(thing, action=action, source=source, by=by)
        return thing

    def _check(
        self, move: Move, thing: Any, *, by: Any, note: str, seen: int | None, follows: bool
    ) -> None:
        if by is not CLOCK and not follows and not move.who(by, thing):
            raise NotAllowed(_("This step is not yours to take."))
        if thing.status not in move.sources or (seen is not None and seen != thing.step):
            raise Overtaken(thing, by=by, action=move.action)
        if follows:
            return
        if by is CLOCK and not move.due(thing):
            raise NotAllowed(_("The time for this step has not come."))
        if move.note is Note.REQUIRED and not note.strip():
            raise SomethingMissing(_("Please give the reason."), field="note")
        if by is not CLOCK and (missing := list(move.needs(thing))):
            raise SomethingMissing(*missing)

    def as_mermaid(self) -> str:
        """The table as a Mermaid state diagram, in the table's order."""
        lines = ["stateDiagram-v2", f"    [*] --> {self.states.values[0]}"]
        order = {state: rank for rank, state in enumerate(self.states.values)}
        for move in self:
            for source in sorted(move.sources, key=order.__getitem__):
                for target in sorted(move.targets() or {source}, key=order.__getitem__):
                    lines.append(f"    {source} --> {target}: {move.action}")
        return "\n".join(lines) + "\n"


def _kept(detail: Any) -> Any:
    """A detail as an audit entry keeps it: of a row its key, of several rows theirs."""
    if isinstance(detail, models.Model):
        return detail.pk
    if isinstance(detail, date):
        return detail.isoformat()
    if isinstance(detail, Iterable) and not isinstance(detail, str):
        return [_kept(each) for each in detail]
    return detail


def lock(thing: Any) -> Any:
    """The row again, locked until the transaction ends (SQLite locks the whole file instead)."""
    return type(thing)._base_manager.select_for_update().get(pk=thing.pk)
