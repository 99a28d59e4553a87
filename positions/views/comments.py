from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core.once import once_only
from core.workflow import NotAllowed, Overtaken
from positions import actions, policy
from positions.choices import COMMENTABLE
from positions.foretold import COMMENTING
from positions.forms.comments import CommentForm
from positions.timeline import COMMENT
from positions.views.found import visible
from sections.standing import standing_of


@require_http_methods(["GET", "HEAD", "POST"])
@once_only
def comment(request, reference):
    """A comment on the text or on one of its paragraphs."""
    position = visible(request.user, reference)
    check(request.user, position)
    form = form_for(request, position)
    if request.method == "POST" and form.is_valid():
        sent = form.cleaned_data
        actions.comment(
            version=position.current,
            by=request.user,
            text=sent["text"],
            library=sent["library"],
            paragraph=sent["paragraph"],
        )
        messages.success(request, _("Your comment was added."))
        return redirect(position)
    context = {
        "position": position,
        "form": form,
        "text": position.current,
        "consequences": COMMENTING,
    }
    return render(request, "positions/comment.html", context)


def check(person, position):
    if position.status in COMMENTABLE and policy.may_comment(person, position):
        if position.is_overdue:
            raise NotAllowed(_("The time for comments is over."))
        return
    acts_here = position.section_id in standing_of(person).sections
    if acts_here and position.status not in COMMENTABLE:
        raise Overtaken(position, by=person, action=COMMENT)
    raise NotAllowed(_("Comments are not open to you here."))


def form_for(request, position):
    standing = standing_of(request.user)
    leads = position.section_id in standing.leads
    return CommentForm(
        request.POST if request.method == "POST" else None,
        version=position.current,
        libraries=standing.libraries_in(position.section_id),
        may_speak_alone=leads or policy.is_author(request.user, position),
        initial={
            "version": position.current.number,
            "paragraph": request.GET.get("paragraph", ""),
        },
    )
