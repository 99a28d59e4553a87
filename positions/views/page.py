from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.views.decorators.http import require_safe

from positions import page
from positions.redline import redline, redline_line, redline_lines
from positions.views.found import visible


@login_not_required
@require_safe
def position(request, reference):
    shown = page.read(visible(request.user, reference), request.user)
    context = {"position": shown.position, "page": shown, "text": shown.position.current}
    return render(request, "positions/position.html", context)


def differences(old, new, *, new_points=None):
    """The redline from one version to another: of its title, its text and its points."""
    before = [point.text for point in old.points.all()]
    after = [point.text for point in new.points.all()] if new_points is None else new_points
    return {
        "title": redline_line(old.title, new.title),
        "body": redline(old.body, new.body),
        "points": redline_lines(before, after),
    }
