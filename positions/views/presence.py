from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from members import sessions
from positions import presence
from positions.views.drafting import check_may_write
from positions.views.found import visible


@sessions.without_sign_of_life
@require_POST
def here(request, reference):
    """A page of writing says that it is open or left; what it hears of the others is empty (204)
    while they are those it knows of. Only one in which somebody types keeps the session alive."""
    position = visible(request.user, reference)
    check_may_write(request.user, position)
    if "gone" in request.POST:
        presence.leave(position, by=request.user)
        return HttpResponse(status=204)
    if "typing" in request.POST:
        sessions.keep_alive(request.session)
    others = presence.note(position, by=request.user)
    if request.POST.get("known") == ",".join(str(each.person_id) for each in others):
        return HttpResponse(status=204)
    return render(request, "positions/parts/also_editing.html", {"others": others})
