import re

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core import audit
from core.once import once_only
from core.workflow import NotAllowed, Overtaken, SomethingMissing
from positions import actions, consulted, importing, policy, presence, subjects
from positions.asked import last_asked
from positions.choices import EDITABLE, Part
from positions.foretold import AUTHORS, EDITING, START, of_new_text
from positions.forms.drafting import (
    KEEP,
    AuthorForm,
    DecideForm,
    EditForm,
    StartForm,
    keeps_in,
)
from positions.models import Version
from positions.redline import redline, redline_line
from positions.timeline import SAVE
from positions.views.found import to_answer, visible
from positions.views.page import differences
from sections.models import Section
from sections.standing import standing_of

NUMBER = re.compile(r"[0-9]{1,18}")


@require_http_methods(["GET", "HEAD", "POST"])
@once_only
def start(request):
    """A new position, in one of the sections this person acts in."""
    sections = standing_of(request.user).sections
    if not sections:
        raise PermissionDenied(_("Positions are started by those who act in a section."))
    answers = to_answer(request.user, request.GET.get("answers", ""))
    if answers:
        sections = policy.may_answer_for(request.user, answers)
    wanted = Section.objects.filter(slug=request.GET.get("section", ""), pk__in=sections).first()
    data = request.POST if request.method == "POST" else None
    known = subjects.suggested_to(request.user)
    brought = importing.asked_for(request.user, request.GET.get("from", ""))
    initial = {"section": wanted, **consulted.as_typed(answers), **importing.as_typed(brought)}
    form = StartForm(data, sections=sections, initial=initial, known=known)
    if data is not None and form.is_valid():
        fields = ("section", "kind", "title", "addressee", "topics", "body", "points")
        text = {name: form.cleaned_data[name] for name in fields}
        position = actions.start_position(by=request.user, answers=answers, **text)
        messages.success(
            request, _("The draft was started; its authors and the coordinator see it.")
        )
        return redirect(position)
    context = {"form": form, "consequences": START, "brought": brought, "answers": answers}
    return render(request, "positions/start.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request, reference):
    """The text as it is edited; what is saved on top of another's version is joined with it."""
    position = visible(request.user, reference)
    check_may_write(request.user, position)
    data = request.POST if request.method == "POST" else None
    known = subjects.suggested_to(request.user)
    brought = importing.asked_for(request.user, request.GET.get("from", ""), position=position)
    base = brought.base if brought else position.current
    initial = as_typed(position, base) | importing.as_typed(brought)
    form = EditForm(data, initial=initial, known=known)
    if data is not None and form.is_valid():
        decided = {"against": data.get("against", ""), "keeps": keeps_in(data)}
        sent = form.cleaned_data | decided
        try:
            saved = actions.save_draft(position=position, by=request.user, **sent)
        except actions.TextMoved as moved:
            return text_moved(request, moved, form.cleaned_data)
        presence.leave(position, by=request.user)
        messages.success(request, told_of_saving(saved, position))
        return redirect(position)
    told = of_new_text(position, EDITING, by=request.user)
    context = {
        "position": position,
        "form": form,
        "consequences": told,
        "brought": brought,
        "asked": last_asked(position),
        "others": presence.note(position, by=request.user),
    }
    return render(request, "positions/edit.html", context)


def check_may_write(person, position):
    if policy.may_edit(person, position):
        return
    if position.status not in EDITABLE and policy.writes(person, position):
        raise Overtaken(position, by=person, action=SAVE)
    raise NotAllowed(_("The text can be edited by its authors while it is being written."))


def as_typed(position, version):
    topics = [topic.name for topic in subjects.topics_of(position)]
    return {
        "title": version.title,
        "addressee": position.addressee_id,
        "body": version.body,
        "points": [point.text for point in version.points.all()],
        "base": version.number,
        "addressed": position.addressee_id,
        "topics": topics,
        "topics_opened": topics,
    }


def told_of_saving(saved, before):
    number, payload = saved.current.number, audit.last_of(saved).payload
    if number == before.current.number:
        addressed = saved.addressee_id != before.addressee_id
        return told_of_what_stands_beside(addressed, "topics" in payload)
    if "merged" not in payload:
        return _("Version %(number)d was saved.") % {"number": number}
    merged = saved.versions.filter(number__in=payload["merged"]).select_related("author")
    said = _("version %(number)d by %(author)s")
    others = [said % {"number": v.number, "author": v.author} for v in merged.order_by("number")]
    return _("Version %(number)d was saved. What was saved meanwhile is in it: %(others)s.") % {
        "number": number,
        "others": ", ".join(others),
    }


def told_of_what_stands_beside(addressed, topics):
    if addressed and topics:
        return _("The addressee and the topics were saved; the text has not changed.")
    if addressed:
        return _("The addressee was saved; the text has not changed.")
    if topics:
        return _("The topics were saved; the text has not changed.")
    return _("Nothing has changed, so no new version was made.")


def text_moved(request, moved, typed):
    """409: what collided, side by side and to be decided; both whole texts; and the form again,
    now on top of the newer version, with what did not collide brought together."""
    position, joined = moved.position, moved.joined
    current, merged = position.current, joined.with_mine()
    decide = DecideForm(initial={**typed, "against": joined.against}, conflicts=joined.conflicts)
    again = {
        "title": merged.title,
        "body": merged.body,
        "points": merged.points,
        "addressee": merged.addressee,
        "note": typed["note"],
        "base": current.number,
        "addressed": position.addressee_id,
        "topics": typed["topics"],
        "topics_opened": typed["topics_opened"],
    }
    context = {
        "position": position,
        "current": current,
        "typed": Version(title=typed["title"], body=typed["body"]),
        "typed_points": typed["points"],
        "current_points": [point.text for point in current.points.all()],
        "conflicts": conflicts_shown(joined.conflicts, decide),
        "decide": decide,
        "difference": differences(
            current, Version(title=merged.title, body=merged.body), new_points=merged.points
        ),
        "others": presence.note(position, by=request.user),
        "form": EditForm(initial=again, known=subjects.suggested_to(request.user)),
    }
    return render(request, "positions/moved.html", context, status=409)


def conflicts_shown(conflicts, form):
    """Each conflict with what either side made of the text that both began with."""
    return [
        {
            "part": part,
            "sides": [
                side(_("Theirs"), part, conflict.base, conflict.theirs),
                side(_("Yours"), part, conflict.base, conflict.mine),
            ],
            "field": form[f"{KEEP}{number}"],
        }
        for number, (part, conflict) in enumerate(conflicts)
    ]


def side(label, part, old, new):
    if part == Part.PARAGRAPH:
        changes = [change.html for change in redline(old or "", new or "")]
    else:
        changes = [redline_line(str(old or ""), str(new or ""))]
    return {"label": label, "removed": new is None, "changes": changes}


@require_http_methods(["GET", "HEAD", "POST"])
@once_only
def authors(request, reference):
    """Who writes the text: one may join, one may leave."""
    position = visible(request.user, reference)
    check_may_write(request.user, position)
    leaving = request.POST.get("remove")
    if leaving:
        return remove(request, position, leaving)
    data = request.POST if request.method == "POST" else None
    form = AuthorForm(data, position=position)
    if data is not None and form.is_valid():
        author = form.cleaned_data["author"]
        try:
            actions.add_author(position=position, by=request.user, author=author)
        except SomethingMissing as missing:
            form.add_error(missing.field, missing.sentences)
        else:
            messages.success(request, _("%(name)s is an author now.") % {"name": author})
            return redirect("positions:authors", position.reference)
    context = {
        "position": position,
        "authors": position.authors.all(),
        "form": form,
        "consequences": AUTHORS,
    }
    return render(request, "positions/authors.html", context)


def remove(request, position, leaving):
    author = get_object_or_404(position.authors, pk=leaving if NUMBER.fullmatch(leaving) else None)
    actions.remove_author(position=position, by=request.user, author=author)
    messages.success(request, _("%(name)s is no longer an author.") % {"name": author})
    if author.pk == request.user.pk and not policy.coordinates(request.user, position):
        return redirect("home")
    return redirect("positions:authors", position.reference)
