from django.contrib import messages
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from core import errors
from core.once import new_key, once_only
from core.workflow import NotAllowed
from positions import actions, policy
from positions.choices import BallotKind, Choice
from positions.foretold import BOARD_VOTE, SECTION_VOTE
from positions.forms.votes import VoteForm
from positions.models import Ballot
from positions.tallies import vote_of
from positions.views.found import visible


@require_http_methods(["GET", "HEAD", "POST"])
@once_only
def vote(request, reference, ballot):
    """The votes this person casts in a ballot: for the libraries acted for, or on the board."""
    position = visible(request.user, reference)
    of = get_object_or_404(Ballot, pk=ballot, position=position)
    of.position = position
    mine = electors_of(of, request.user)
    if not of.is_open:
        return closed(request, position)
    open_to_me = [elector for elector in mine if not vote_of(elector)]
    if request.method == "POST" and not open_to_me:
        return voted_already(request, position)
    data = request.POST if request.method == "POST" else None
    forms = [VoteForm(data, elector=elector) for elector in open_to_me]
    if data is not None and valid(forms):
        try:
            return cast(request, position, [form for form in forms if form.is_chosen])
        except actions.BallotClosed:
            return closed(request, position)
        except actions.AlreadyVoted:
            return voted_already(request, position)
    context = {
        "position": position,
        "ballot": of,
        "forms": forms,
        "cast": [elector for elector in mine if vote_of(elector)],
        "consequences": SECTION_VOTE if of.kind == BallotKind.SECTION else BOARD_VOTE,
        "once": request.POST.get("once") or new_key(),
    }
    return render(request, "positions/vote.html", context)


def electors_of(ballot, person):
    """The electors this person votes for, or 403."""
    electors = ballot.electors.select_related("library", "person", "vote__cast_by").order_by("pk")
    mine = []
    for elector in electors:
        elector.ballot = ballot
        if policy.may_vote(person, elector, ballot):
            mine.append(elector)
    if not mine:
        raise NotAllowed(_("You have no vote in this ballot."))
    return mine


def valid(forms):
    """Each form in itself, and at least one with an answer."""
    if not all(form.is_valid() for form in forms):
        return False
    if any(form.is_chosen for form in forms):
        return True
    forms[0].add_error("choice", _("Choose one of the answers."))
    return False


def cast(request, position, forms):
    with transaction.atomic():
        for form in forms:
            actions.cast_vote(
                elector=form.elector,
                by=request.user,
                choice=Choice(form.cleaned_data["choice"]),
                reason=form.cleaned_data["reason"],
            )
    count = len(forms)
    told = ngettext("%(count)d vote was cast.", "%(count)d votes were cast.", count)
    messages.success(request, told % {"count": count})
    return redirect(position)


def closed(request, position):
    told = errors.Conflict(
        message=_("The ballot is closed: no vote is taken any more, and yours was not counted."),
        hint=_("Go back to the page and see how it ended."),
        current_label=position.get_status_display(),
    )
    return errors.conflict_page(request, told, back_url=position.get_absolute_url())


def voted_already(request, position):
    told = errors.Conflict(
        message=_("This vote has been cast already, by you or by somebody who acts with you."),
        hint=_("A vote counts once and cannot be changed; nothing was cast now."),
        current_label=position.get_status_display(),
    )
    return errors.conflict_page(request, told, back_url=position.get_absolute_url())
