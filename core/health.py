"""For the machines that watch the portal: does the process answer, and could it serve?"""

from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import Http404, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from core import clients


@login_not_required
@never_cache
@require_safe
def process(request):
    return HttpResponse("ok\n", content_type="text/plain")


@login_not_required
@never_cache
@require_safe
def ready(request):
    """503 while the database is away or behind the code; answers this machine only."""
    if not clients.is_this_machine(request):
        raise Http404
    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    state = {"database": "ok", "migrations_waiting": len(waiting)}
    return JsonResponse(state, status=503 if waiting else 200)
