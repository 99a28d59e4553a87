from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from core import errors
from core.once import once_only
from core.workflow import NotAllowed, Overtaken
from positions import commenting, policy, remarks
from positions.choices import COMMENTABLE, DISCUSSED, State
from positions.foretold_comments import REOPENING, answering, of_comment, replying
from positions.forms.comments import AnswerForm, CommentForm, ReopenForm, ReplyForm
from positions.models import Comment
from positions.page import Paragraph
from positions.timeline import COMMENT, REOPEN, RESOLVE
from positions.views.found import visible
from sections.standing import standing_of

ACTS = {
    COMMENT: {"title": gettext_lazy("Reply to a comment"), "send": gettext_lazy("Send the reply")},
    RESOLVE: {"title": gettext_lazy("Answer a comment"), "send": gettext_lazy("Answer and close")},
    REOPEN: {"title": gettext_lazy("Open a comment again"), "send": gettext_lazy("Open again")},
}


@require_http_methods(["GET", "HEAD", "POST"])
@once_only
def comment(request, reference):
    """A comment on the text or on one of its paragraphs."""
    position = visible(request.user, reference)
    check_may_comment(request.user, position)
    text = position.current
    asked = {"version": text.number, "paragraph": request.GET.get("paragraph", "")}
    initial = asked | {"audience": commenting.usual_audience(position)}
    form = CommentForm(
        sent(request), version=text, initial=initial, **voices(request.user, position)
    )
    if form.is_valid():
        facts = ("text", "library", "paragraph", "audience")
        said = {name: form.cleaned_data[name] for name in facts}
        made = commenting.comment(version=text, by=request.user, **said)
        messages.success(request, _("Your comment was added."))
        return redirect(address(position, made))
    context = {
        "position": position,
        "form": form,
        "passages": chosen(form, text),
        "consequences": of_comment(position, by=request.user),
    }
    return render(request, "positions/comment.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@once_only
def reply(request, reference, pk):
    """Joins a thread; a reply to a reply stands under the comment that began it."""
    position = visible(request.user, reference)
    thread = found(request.user, position, pk)
    check_may_reply(request.user, position)
    form = ReplyForm(sent(request), **voices(request.user, position))
    if form.is_valid():
        said = {name: form.cleaned_data[name] for name in ("text", "library")}
        made = commenting.reply(thread=thread, by=request.user, **said)
        messages.success(request, _("Your reply was added."))
        return redirect(address(position, made))
    told = replying(thread, position, by=request.user)
    return thread_page(request, position, thread, form=form, consequences=told, act=COMMENT)


@require_http_methods(["GET", "HEAD", "POST"])
@once_only
def resolve(request, reference, pk):
    """Those who write the text answer a comment, and with that it is done."""
    position = visible(request.user, reference)
    thread = found(request.user, position, pk)
    check_may_resolve(request.user, position, RESOLVE)
    if thread.resolved_at:
        return answered_already(request, position, thread)
    form = AnswerForm(sent(request), thread=remarks.read_thread(thread, position))
    if form.is_valid():
        answer = form.cleaned_data["answer"]
        try:
            commenting.resolve(thread=thread, by=request.user, answer=answer)
        except commenting.AlreadyResolved as already:
            return answered_already(request, position, already.thread)
        messages.success(request, _("The comment was answered."))
        return redirect(address(position, thread))
    told = answering(thread, by=request.user)
    return thread_page(request, position, thread, form=form, consequences=told, act=RESOLVE)


@require_http_methods(["GET", "HEAD", "POST"])
@once_only
def reopen(request, reference, pk):
    position = visible(request.user, reference)
    thread = found(request.user, position, pk)
    check_may_resolve(request.user, position, REOPEN)
    if not thread.resolved_at:
        return open_already(request, position, thread)
    form = ReopenForm(sent(request))
    if form.is_valid():
        try:
            commenting.reopen(thread=thread, by=request.user)
        except commenting.NotResolved:
            return open_already(request, position, thread)
        messages.success(request, _("The comment is open again."))
        return redirect(address(position, thread))
    return thread_page(request, position, thread, form=form, consequences=REOPENING, act=REOPEN)


def sent(request):
    return request.POST if request.method == "POST" else None


def found(person, position, pk) -> Comment:
    """The comment that began the thread; 404 unless it is this position's and this person reads
    it."""
    joined = ("version", "parent__version", "resolved_by")
    said = Comment.objects.visible_to(person, position).select_related(*joined)
    comment = get_object_or_404(said, pk=pk)
    thread = comment.parent or comment
    thread.version.position = position
    return thread


def check_may_comment(person, position):
    if policy.may_comment(person, position):
        return check_in_time(position)
    raise refusal(person, position, COMMENTABLE)


def check_may_reply(person, position):
    if policy.may_reply(person, position):
        return check_in_time(position)
    raise refusal(person, position, DISCUSSED)


def check_in_time(position):
    if position.status == State.CONSULTATION and position.is_overdue:
        raise NotAllowed(_("The time for comments is over."))


def refusal(person, position, states):
    """409 for those who could have spoken while it was in these states, 403 for others."""
    acts_here = position.section_id in standing_of(person).sections
    if acts_here and position.status not in states:
        return Overtaken(position, by=person, action=COMMENT)
    return NotAllowed(_("Comments are not open to you here."))


def check_may_resolve(person, position, action):
    if policy.may_resolve(person, position):
        return
    if policy.writes(person, position):
        raise Overtaken(position, by=person, action=action)
    raise NotAllowed(_("Comments are answered by those who write the text."))


def voices(person, position):
    """For whom the person may speak here."""
    return {
        "libraries": standing_of(person).libraries_in(position.section_id),
        "may_speak_alone": policy.writes(person, position),
    }


def chosen(form, text):
    """The paragraph the comment is about, or all of them."""
    each = [Paragraph(n, html) for n, html in enumerate(text.paragraphs, start=1)]
    asked = str(form["paragraph"].value() or "")
    return [one for one in each if str(one.number) == asked] or each


def address(position, comment):
    return f"{position.get_absolute_url()}#c{comment.pk}"


def thread_page(request, position, thread, *, form, consequences, act):
    """A form below the thread, beside its paragraph as it reads today."""
    shown = remarks.read_thread(thread, position)
    html = position.current.paragraphs[shown.place - 1] if shown.place else ""
    context = {
        "position": position,
        "thread": shown,
        "remarks": remarks.Remarks(reads_versions=True),
        "paragraph": html,
        "form": form,
        "consequences": consequences,
        "act": ACTS[act],
        "back_url": address(position, thread),
    }
    return render(request, "positions/thread.html", context)


def answered_already(request, position, thread):
    typed = request.POST.get("answer", "")
    told = errors.Conflict(
        message=_("Somebody was faster: this comment has its answer already."),
        hint=_("Read the answer. If more is to be said, reply to it, or open the comment again."),
        who=str(thread.resolved_by),
        when=thread.resolved_at,
        mine=typed,
        theirs=thread.answer if typed else "",
    )
    return errors.conflict_page(request, told, back_url=address(position, thread))


def open_already(request, position, thread):
    told = errors.Conflict(
        message=_("This comment is open: it has no answer that could be taken back."),
        hint=_("Go back to the page and see how things stand now."),
    )
    return errors.conflict_page(request, told, back_url=address(position, thread))
