from dataclasses import replace

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.once import new_key
from positions import policy, queue
from positions.foretold_votes import BOARD_VOTE
from positions.forms.votes import VoteForm
from positions.models import BoardDecision

PAGE_SIZE = 10
RECENT = 5


@require_safe
def board_queue(request):
    """What waits for the board, a card each; whoever has a vote casts it on the card."""
    if not policy.sees_board_queue(request.user):
        raise PermissionDenied(_("The queue of the board is seen by its members and by staff."))
    waiting = Paginator(queue.waiting(request.user), PAGE_SIZE)
    page = waiting.get_page(request.GET.get("page"))
    cards = queue.cards(list(page), request.user)
    context = {
        "page": page,
        "cards": [with_form(card) for card in cards],
        "consequences": BOARD_VOTE,
        "decisions": BoardDecision.objects.select_related("position__section")[:RECENT],
    }
    return render(request, "positions/board_queue.html", context)


def with_form(card):
    if not card.may_vote:
        return card
    form = VoteForm(elector=card.place)
    form.once = new_key()
    return replace(card, form=form)
