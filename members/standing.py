"""What a person stands for today, by mandate: read once for each person object and day."""

from dataclasses import dataclass

from core import clock
from core.prepared import Prepared
from members.choices import LIBRARY_MANDATES, VOTING_BOARD_MANDATES, MandateKind
from members.models import Mandate


@dataclass(frozen=True)
class Mandates:
    """The libraries a person acts for and the board roles held, all in force today."""

    libraries: frozenset[int] = frozenset()
    board: frozenset[str] = frozenset()

    @property
    def on_board(self) -> bool:
        return bool(self.board)

    @property
    def votes_on_board(self) -> bool:
        return bool(self.board & VOTING_BOARD_MANDATES)

    @property
    def is_secretary(self) -> bool:
        return MandateKind.BOARD_SECRETARY in self.board

    @property
    def chairs_board(self) -> bool:
        return MandateKind.BOARD_CHAIR in self.board


NONE = Mandates()


@Prepared
def _mandates(person, day):
    return Mandate.objects.in_force(day).filter(person=person).values_list("kind", "library")


def mandates_of(person) -> Mandates:
    """The mandates in force today; nothing for strangers and for accounts that are closed."""
    if not person.is_authenticated or not person.is_active:
        return NONE
    day = clock.today()
    kept = person.__dict__.get("_mandates")
    if kept is None or kept[0] != day:
        rows = _mandates(person.pk, day)
        libraries = {library for kind, library in rows if kind in LIBRARY_MANDATES}
        board = {kind for kind, _library in rows if kind not in LIBRARY_MANDATES}
        kept = (day, Mandates(frozenset(libraries), frozenset(board)))
        person.__dict__["_mandates"] = kept
    return kept[1]
