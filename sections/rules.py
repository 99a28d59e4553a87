"""How votes are counted: pure functions over numbers of libraries (or of board members)."""

from sections.choices import Majority, Quorum


def votes_needed_for_quorum(rule: Quorum, entitled: int) -> int:
    """How many of `entitled` must vote (abstentions count as voting)."""
    match rule:
        case Quorum.MORE_THAN_HALF:
            return entitled // 2 + 1
        case Quorum.TWO_THIRDS:
            return -(-2 * entitled // 3)
        case Quorum.ANY:
            return min(1, entitled)
        case Quorum.NONE:
            return 0
    raise ValueError(f"unknown quorum rule: {rule!r}")


def yes_votes_needed(rule: Majority, *, entitled: int, yes: int, no: int, abstain: int) -> int:
    """How many yes votes carry the motion, given how the others voted.

    Votes cast include abstentions; only the simple majority leaves them aside.
    """
    cast = yes + no + abstain
    match rule:
        case Majority.SIMPLE:
            return no + 1
        case Majority.ABSOLUTE:
            return cast // 2 + 1
        case Majority.TWO_THIRDS:
            return max(1, -(-2 * cast // 3))
        case Majority.ABSOLUTE_OF_ALL:
            return entitled // 2 + 1
        case Majority.TWO_THIRDS_OF_ALL:
            return max(1, -(-2 * entitled // 3))
        case Majority.UNOPPOSED:
            return entitled + 1 if no else 0
    raise ValueError(f"unknown majority rule: {rule!r}")


def is_carried(rule: Majority, *, entitled: int, yes: int, no: int, abstain: int) -> bool:
    return yes >= yes_votes_needed(rule, entitled=entitled, yes=yes, no=no, abstain=abstain)
