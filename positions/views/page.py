from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from positions import page, policy
from positions.redline import redline, redline_line, redline_lines
from positions.views.found import visible


@login_not_required
@require_safe
def position(request, reference):
    shown = page.read(visible(request.user, reference), request.user)
    context = {"position": shown.position, "page": shown, "text": shown.position.current}
    return render(request, "positions/position.html", context)


@require_safe
def version(request, reference, number):
    """A version as it was saved, and what it changed of the one before it."""
    of = visible(request.user, reference)
    if not policy.sees_inside(request.user, of):
        raise Http404
    text = get_object_or_404(of.versions.select_related("author"), number=number)
    before = of.versions.filter(number__lt=number).order_by("-number").first()
    lines = page.versions(of)
    notes = next(line.notes for line in lines if line.number == number)
    context = {
        "position": of,
        "text": text,
        "before": before,
        "paragraphs": page.paragraphs(text, notes),
        "notes": notes,
        "versions": lines,
        "difference": differences(before, text) if before else None,
    }
    return render(request, "positions/version.html", context)


def differences(old, new, *, new_points=None):
    """The redline from one version to another: of its title, its text and its points."""
    before = [point.text for point in old.points.all()]
    after = [point.text for point in new.points.all()] if new_points is None else new_points
    return {
        "title": redline_line(old.title, new.title),
        "body": redline(old.body, new.body),
        "points": redline_lines(before, after),
    }
