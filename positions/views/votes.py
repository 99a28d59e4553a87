from django.contrib import messages
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from core import errors
from core.once import new_key, once_only
from core.workflow import NotAllowed
from positions import actions, foretold_votes, policy, proposals, seals
from positions.choices import BallotKind, Choice
from positions.forms.votes import VoteForm
from positions.models import Ballot, Elector
from positions.views.found import visible


@require_http_methods(["GET", "HEAD", "POST"])
def vote(request, reference, ballot):
    """The votes this person casts in a ballot: for the libraries acted for, or on the board.

    The key of a sent form is made of its words, so that a secret vote must not have one.
    """
    position = visible(request.user, reference)
    of = get_object_or_404(Ballot, pk=ballot, position=position)
    of.position = position
    if of.kind == BallotKind.BOARD:
        request.stands_below = reverse("positions:board_queue")
    ask = ballot_page if of.is_secret else once_only(ballot_page)
    return ask(request, of)


def ballot_page(request, of):
    position = of.position
    questions = questions_with(of)
    try:
        mine = electors_of(questions, request.user)
    except actions.TakesNoPart:
        return excluded(request, position)
    if not of.is_open:
        return closed(request, position)
    open_to_me = [elector for elector in mine if not elector.has_voted]
    if request.method == "POST" and not open_to_me:
        return voted_already(request, position)
    data = request.POST if request.method == "POST" else None
    several = len(questions) > 1
    forms = [VoteForm(data, elector=each, among_others=several) for each in open_to_me]
    if data is not None and valid(forms):
        try:
            return cast(request, position, [form for form in forms if form.is_chosen])
        except actions.BallotClosed:
            return closed(request, position)
        except actions.AlreadyVoted:
            return voted_already(request, position)
        except seals.Unreadable as unreadable:
            return not_taken(request, position, unreadable)
        except actions.TakesNoPart:
            return excluded(request, position)
    context = {
        "position": position,
        "ballot": of,
        "forms": forms,
        "cast": [elector for elector in mine if elector.has_voted],
        "proposals": proposals.to_vote_on(position, questions),
        "consequences": foretold_votes.of_voting(of, several=several),
        "from_queue": from_queue(request),
        "once": "" if of.is_secret else request.POST.get("once") or new_key(),
    }
    return render(request, "positions/vote.html", context)


def questions_with(ballot):
    """The ballots that are asked together: of the section those on the text and its amendments."""
    if ballot.kind == BallotKind.BOARD:
        return [ballot]
    running = ballot.position.ballots.exclude(kind=BallotKind.BOARD).filter(
        closed_at=None, annulled_at=None
    )
    return list(running.select_related("amendment").order_by("pk")) or [ballot]


def electors_of(ballots, person):
    """The electors this person votes for, library by library, or 403."""
    by_pk = {ballot.pk: ballot for ballot in ballots}
    electors = Elector.objects.filter(ballot__in=by_pk)
    joined = electors.select_related("library", "person", "vote__cast_by")
    mine, is_apart = [], False
    for elector in joined.order_by("library__sort_key", "library_id", "ballot_id"):
        elector.ballot = by_pk[elector.ballot_id]
        elector.ballot.position = ballots[0].position
        if policy.may_vote(person, elector, elector.ballot):
            mine.append(elector)
        is_apart |= elector.excluded and elector.person_id == person.pk
    if is_apart:
        raise actions.TakesNoPart
    if not mine:
        raise NotAllowed(_("You have no vote in this ballot."))
    return mine


def valid(forms):
    """Each form in itself, at least one with an answer, and of a library all questions or none."""
    if not all(form.is_valid() for form in forms):
        return False
    voting = {form.voter.pk for form in forms if form.is_chosen}
    if not voting:
        forms[0].add_error("choice", _("Choose one of the answers."))
        return False
    skipped = [form for form in forms if form.voter.pk in voting and not form.is_chosen]
    for form in skipped:
        form.add_error("choice", _("Answer this question, too; you can abstain."))
    return not skipped


def cast(request, position, forms):
    with transaction.atomic():
        for form in forms:
            actions.cast_vote(
                elector=form.elector,
                by=request.user,
                choice=Choice(form.cleaned_data["choice"]),
                reason=form.cleaned_data.get("reason", ""),
            )
    count = len(forms)
    told = ngettext("%(count)d vote was cast.", "%(count)d votes were cast.", count)
    messages.success(request, told % {"count": count})
    if from_queue(request):
        return redirect(f"{reverse('positions:board_queue')}#{slugify(position.reference)}")
    return redirect(position)


def from_queue(request):
    """Whoever votes on a card of the board's queue comes back to it."""
    return request.POST.get("from") == "queue" and policy.sees_board_queue(request.user)


def closed(request, position):
    told = errors.Conflict(
        message=_("The ballot is closed: no vote is taken any more, and yours was not counted."),
        hint=_("Go back to the page and see how it ended."),
        current_label=position.get_status_display(),
    )
    return errors.conflict_page(request, told, back_url=position.get_absolute_url())


def excluded(request, position):
    told = errors.Conflict(
        message=_(
            "You take no part in it, for conflict of interest: the board decides without you."
        ),
        hint=_("No vote of yours counts; you see the votes once the board has decided."),
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


def not_taken(request, position, unreadable):
    told = errors.Conflict(
        message=" ".join(unreadable.sentences),
        hint=_("Nothing was cast now. Please tell the coordinator of the section."),
        current_label=position.get_status_display(),
    )
    return errors.conflict_page(request, told, back_url=position.get_absolute_url())
