"""A section's rules of decision as sentences a member can read."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from sections.choices import Majority, Quorum
from sections.models import Section
from sections.rules import votes_needed_for_quorum

QUORUM = {
    Quorum.MORE_THAN_HALF: gettext_lazy(
        "A vote is valid if more than half of the member libraries take part: "
        "at present %(needed)d of %(entitled)d."
    ),
    Quorum.TWO_THIRDS: gettext_lazy(
        "A vote is valid if at least two thirds of the member libraries take part: "
        "at present %(needed)d of %(entitled)d."
    ),
    Quorum.ANY: gettext_lazy("A vote is valid however few member libraries take part."),
    Quorum.NONE: gettext_lazy("A vote is valid even if no member library takes part."),
}
REPEATED = {
    Quorum.MORE_THAN_HALF: gettext_lazy(
        "If too few take part, the vote may be repeated once; then again more than half must."
    ),
    Quorum.TWO_THIRDS: gettext_lazy(
        "If too few take part, the vote may be repeated once; then at least two thirds must."
    ),
    Quorum.ANY: gettext_lazy(
        "If too few take part, the vote may be repeated once; then any number of votes will do."
    ),
    Quorum.NONE: gettext_lazy(
        "If too few take part, the vote may be repeated once; then silence is consent."
    ),
}
MAJORITY = {
    Majority.SIMPLE: gettext_lazy("A text is adopted if more libraries vote yes than no."),
    Majority.ABSOLUTE: gettext_lazy(
        "A text is adopted if more than half of the votes cast are yes; abstentions count as cast."
    ),
    Majority.TWO_THIRDS: gettext_lazy(
        "A text is adopted if at least two thirds of the votes cast are yes; "
        "abstentions count as cast."
    ),
    Majority.ABSOLUTE_OF_ALL: gettext_lazy(
        "A text is adopted if more than half of all member libraries vote yes."
    ),
    Majority.TWO_THIRDS_OF_ALL: gettext_lazy(
        "A text is adopted if at least two thirds of all member libraries vote yes."
    ),
    Majority.UNOPPOSED: gettext_lazy("A text is adopted if no member library votes no."),
}


def rules_in_words(section: Section, *, entitled: int) -> list[str]:
    """One sentence a rule; `entitled` is how many libraries would vote today."""
    days, quorum = section.comment_days, Quorum(section.quorum)
    numbers = {"entitled": entitled, "needed": votes_needed_for_quorum(quorum, entitled)}
    sentences = [
        ngettext(
            "Comments on a draft stay open for at least %(count)d day.",
            "Comments on a draft stay open for at least %(count)d days.",
            days,
        )
        % {"count": days},
        _("Each member library has one vote."),
        _openness(section),
        QUORUM[quorum] % numbers,
    ]
    if quorum not in {Quorum.ANY, Quorum.NONE}:
        sentences.append(str(REPEATED[Quorum(section.repeated_quorum)]))
    sentences.append(str(MAJORITY[Majority(section.majority)]))
    if section.decides_by_silence:
        sentences.append(
            _("A vote may be opened by silence: the text is adopted unless a member votes no.")
        )
    sentences.append(_opinions(section))
    return sentences


def _openness(section):
    if section.votes_secretly:
        return _("Votes are secret: how a library voted is not recorded anywhere.")
    return _("Votes are by name: once a vote is closed, it is seen how each library voted.")


def _opinions(section):
    if section.publishes_minority_opinions:
        return _("A minority opinion becomes public with the position.")
    return _("A minority opinion is kept for the section and the board; it does not become public.")
