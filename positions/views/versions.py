from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from core.once import once_only
from positions import actions, page, policy, remarks, seen, subjects
from positions.foretold import RESTORING, of_new_text
from positions.forms.drafting import SIDES, CompareForm, RestoreForm
from positions.views.drafting import check_may_write, text_moved
from positions.views.found import inside, visible
from positions.views.page import differences


@require_safe
def version(request, reference, number):
    """A version as it was saved, and what it changed of the one before it."""
    of = inside(request.user, reference)
    versions = of.versions.select_related("author").prefetch_related("points")
    text, before = [*versions.filter(number__lte=number)[:2], None, None][:2]
    if text is None or text.number != number:
        raise Http404
    text.position = of
    notes = remarks.read_on(text, request.user)
    may_restore = text.pk != of.current_id and policy.may_edit(request.user, of)
    told = of_new_text(of, RESTORING, by=request.user) if may_restore else ()
    context = {
        "position": of,
        "text": text,
        "before": before,
        "paragraphs": page.paragraphs(text, notes),
        "remarks": notes,
        "versions": page.versions(of),
        "difference": differences(before, text) if before else None,
        "seen_by": seen.seen_by(text, of),
        "restore": RestoreForm(initial={"base": of.current.number}) if may_restore else None,
        "consequences": told,
    }
    return render(request, "positions/version.html", context)


@require_safe
def compare(request, reference):
    """Any two versions, in one text or side by side."""
    of = inside(request.user, reference)
    versions = of.versions.select_related("author").prefetch_related("points")
    form = CompareForm(request.GET, versions=versions)
    context = {"position": of, "form": form, "difference": None}
    if form.is_valid():
        asked, by_number = form.cleaned_data, {version.number: version for version in versions}
        old, new = by_number[asked["old"]], by_number[asked["new"]]
        context |= {
            "old": old,
            "new": new,
            "difference": differences(old, new),
            "nothing_changed": old.fingerprint == new.fingerprint,
            "side_by_side": asked["view"] == SIDES,
        }
    return render(request, "positions/compare.html", context)


@require_POST
@once_only
def restore(request, reference, number):
    """What an older version says becomes the next one; the page of the version asks for it."""
    position = visible(request.user, reference)
    check_may_write(request.user, position)
    old = get_object_or_404(position.versions, number=number)
    form = RestoreForm(request.POST)
    base = (form.is_valid() and form.cleaned_data["base"]) or position.current.number
    try:
        saved = actions.restore_version(position=position, by=request.user, version=old, base=base)
    except actions.TextMoved as moved:
        return text_moved(request, moved, as_typed_again(position, old, base))
    numbers = {"old": number, "new": saved.current.number}
    if saved.current_id == position.current_id:
        told = _("The text says what version %(old)d says, so no new version was made.")
    else:
        told = _("Version %(old)d was restored; it is version %(new)d now.")
    messages.success(request, told % numbers)
    return redirect(position)


def as_typed_again(position, version, base):
    topics = [topic.name for topic in subjects.topics_of(position)]
    return {
        "title": version.title,
        "body": version.body,
        "points": [point.text for point in version.points.all()],
        "addressee": position.addressee,
        "addressed": position.addressee,
        "note": actions.note_of_restoring(version),
        "base": base,
        "topics": topics,
        "topics_opened": topics,
    }
