from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from members import accessibility
from members.models import BarrierReport
from members.policy import is_staff


@login_not_required
@never_cache  # it tells where its reader comes from
@require_safe
def statement(request):
    staff = is_staff(request.user)
    before = accessibility.page_before(request)
    context = {
        "operator": settings.OPERATOR,
        "site_url": settings.SITE_URL,
        "enforcement": settings.ENFORCEMENT,
        "prepared": accessibility.PREPARED,
        "reviewed": accessibility.REVIEWED,
        "answered_within": BarrierReport.ANSWERED_WITHIN,
        "review_is_due": staff and accessibility.review_is_due(),
        "operator_is_missing": staff and not any(settings.OPERATOR.values()),
        "report_url": f"{reverse('report_barrier')}?{urlencode({'page': before})}"
        if before
        else reverse("report_barrier"),
    }
    return render(request, "accessibility/statement.html", context)
