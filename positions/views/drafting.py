import re

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core.once import once_only
from core.workflow import NotAllowed, Overtaken, SomethingMissing
from positions import actions, policy
from positions.choices import EDITABLE
from positions.foretold import EDITING, START
from positions.forms.drafting import AuthorForm, EditForm, StartForm
from positions.models import Version
from positions.timeline import SAVE
from positions.views.found import visible
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
    wanted = Section.objects.filter(slug=request.GET.get("section", ""), pk__in=sections).first()
    data = request.POST if request.method == "POST" else None
    form = StartForm(data, sections=sections, initial={"section": wanted})
    if data is not None and form.is_valid():
        fields = ("section", "kind", "title", "addressee", "body", "points")
        text = {name: form.cleaned_data[name] for name in fields}
        position = actions.start_position(by=request.user, **text)
        messages.success(
            request, _("The draft was started; its authors and the coordinator see it.")
        )
        return redirect(position)
    return render(request, "positions/start.html", {"form": form, "consequences": START})


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request, reference):
    """The text as it is edited; what is saved on top of another's version is lost to nobody."""
    position = visible(request.user, reference)
    check_may_write(request.user, position)
    data = request.POST if request.method == "POST" else None
    form = EditForm(data, initial=as_typed(position, position.current))
    if data is not None and form.is_valid():
        fields = ("base", "title", "body", "points", "addressee", "note")
        text = {name: form.cleaned_data[name] for name in fields}
        try:
            saved = actions.save_draft(position=position, by=request.user, **text)
        except actions.TextMoved as moved:
            return text_moved(request, moved, form)
        messages.success(request, told_of_saving(saved, position))
        return redirect(position)
    context = {"position": position, "form": form, "consequences": EDITING}
    return render(request, "positions/edit.html", context)


def check_may_write(person, position):
    if policy.may_edit(person, position):
        return
    if position.status not in EDITABLE and policy.writes(person, position):
        raise Overtaken(position, by=person, action=SAVE)
    raise NotAllowed(_("The text can be edited by its authors while it is being written."))


def as_typed(position, version):
    return {
        "title": version.title,
        "addressee": position.addressee_id,
        "body": version.body,
        "points": [point.text for point in version.points.all()],
        "base": version.number,
    }


def told_of_saving(saved, before):
    if saved.current.number != before.current.number:
        return _("Version %(number)d was saved.") % {"number": saved.current.number}
    if saved.addressee_id != before.addressee_id:
        return _("The addressee was saved; the text has not changed.")
    return _("Nothing has changed, so no new version was made.")


def text_moved(request, moved, form):
    """409: both texts side by side, and the form again, now on top of the newer version."""
    current = moved.position.current
    again = {**form.cleaned_data, "base": current.number}
    again["addressee"] = again["addressee"] or moved.position.addressee
    typed = Version(title=again["title"], body=again["body"])
    context = {
        "position": moved.position,
        "current": current,
        "typed": typed,
        "typed_points": again["points"],
        "current_points": [point.text for point in current.points.all()],
        "difference": differences(current, typed, new_points=again["points"]),
        "form": EditForm(initial=again),
    }
    return render(request, "positions/moved.html", context, status=409)


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
    context = {"position": position, "authors": position.authors.all(), "form": form}
    return render(request, "positions/authors.html", context)


def remove(request, position, leaving):
    author = get_object_or_404(position.authors, pk=leaving if NUMBER.fullmatch(leaving) else None)
    actions.remove_author(position=position, by=request.user, author=author)
    messages.success(request, _("%(name)s is no longer an author.") % {"name": author})
    if author.pk == request.user.pk and not policy.coordinates(request.user, position):
        return redirect("home")
    return redirect("positions:authors", position.reference)
