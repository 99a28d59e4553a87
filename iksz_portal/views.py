from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.views.decorators.http import require_safe

from sections.models import Section


@login_not_required
@require_safe
def home(request):
    return render(request, "home.html", {"sections": Section.objects.all()})


@login_not_required
@require_safe
def robots(request):
    lines = ["User-agent: *", "Disallow: /admin/", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain")


@login_not_required
@require_safe
def favicon(request):
    return redirect(static("img/mark.svg"), permanent=True)
