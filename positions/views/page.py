from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.views.decorators.http import require_safe

from positions import page
from positions.described import position_facts
from positions.redline import redline, redline_line, redline_lines
from positions.views.found import visible


@login_not_required
@require_safe
def position(request, reference):
    shown = page.read(visible(request.user, reference), request.user)
    of = shown.position
    context = {
        "position": of,
        "page": shown,
        "facts": position_facts(of),
        "text": of.current,
        "proposed": proposed(of) if shown.inside and of.proposed else None,
    }
    return render(request, "positions/position.html", context)


def proposed(position):
    """The wording of the board that the section is asked to agree to."""
    old, new = position.current, position.proposed
    points = [[point.text for point in version.points.all()] for version in (old, new)]
    return {
        **differences(old, new),
        "title_changes": old.title != new.title,
        "points_change": points[0] != points[1],
    }


def differences(old, new, *, new_points=None):
    """The redline from one version to another: of its title, its text and its points."""
    before = [point.text for point in old.points.all()]
    after = [point.text for point in new.points.all()] if new_points is None else new_points
    return {
        "title": redline_line(old.title, new.title),
        "body": redline(old.body, new.body),
        "points": redline_lines(before, after),
    }
