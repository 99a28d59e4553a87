"""The association's activities, as published: read once, in three languages."""

import json
from functools import cache
from pathlib import Path

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

FILE = Path(__file__).parent / "data" / "activities.json"


@cache
def published() -> list[dict[str, str]]:
    """In their published order: a key and the words by language."""
    return json.loads(FILE.read_text(encoding="utf-8"))["activities"]


@login_not_required
@require_safe
def page(request):
    language = get_language()
    activities = [each[language] for each in published()]
    return render(request, "home/activities.html", {"activities": activities})
