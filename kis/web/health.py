"""`/health`: whether the portal can do its work, for whatever watches over it."""

from __future__ import annotations

import datetime as dt

from django.db import Error, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from kis.core import clock
from kis.jobs.models import WorkerBeat
from kis.web.access import audience

SILENCE = dt.timedelta(seconds=60)  # a worker gives a sign of life every five


@never_cache
@require_safe
@audience("everyone")
def health(request: HttpRequest) -> JsonResponse:
    """200 when database and worker process are well; 503 with the part that is ill. Says nothing about anybody."""
    parts = {"database": _database(), "worker": "unknown"}
    if parts["database"] == "well":
        parts["worker"] = _worker()
    is_well = set(parts.values()) == {"well"}
    return JsonResponse({"status": "well" if is_well else "ill", **parts}, status=200 if is_well else 503)


def _database() -> str:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Error:
        return "ill"
    return "well"


def _worker() -> str:
    try:
        beats = WorkerBeat.objects.filter(at__gt=clock.now() - SILENCE).exists()
    except Error:
        return "unknown"
    return "well" if beats else "ill"
