"""A page that costs nothing to make: what the cost of every other page is measured against."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.views.decorators.http import require_safe

_LINE = b"<p>The same words again, as many as an ordinary page of the portal has.</p>\n"
PAGE = b"<!doctype html>\n<title>bare</title>\n" + _LINE * (20_480 // len(_LINE))


@login_not_required
@require_safe
def bare(request):
    return HttpResponse(PAGE)
