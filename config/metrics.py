"""Figures of the running site for Prometheus: what was asked for and how long it took, and what waits.

Counting is each process's own affair; where `PROMETHEUS_MULTIPROC_DIR` names a folder, the figures of all processes
that share it are told together. What apps list as `GAUGES` in their `watched.py` is looked up when somebody asks.
"""

import hmac
import logging
import os
from functools import cache
from typing import NamedTuple

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, CollectorRegistry, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector

from config.declared import declared

log = logging.getLogger(__name__)
METHODS = {"GET", "POST"}
SECONDS = Histogram(
    "sangkien_request_seconds",
    "Requests: how long the site computed, by route and class of status.",
    ["route", "method", "status"],
    buckets=(0.005, 0.02, 0.1, 0.3, 1, 3, 10, 30),
)


class Gauge(NamedTuple):
    """A figure that is looked up when asked for: `read()` returns a number and never reads more than a stretch."""

    name: str
    words: str
    read: object


@cache
def of(route, method, status):
    """Return what counts requests of this kind: finding it takes longer than counting."""
    return SECONDS.labels(route, method, status)


def count(route, method, status, seconds):
    of(route, method if method in METHODS else "other", f"{status // 100}xx").observe(seconds)


class Waiting:
    """What the apps' gauges say now; one that cannot be read is left out, and the log says why."""

    def collect(self):
        for gauge in declared("watched", "GAUGES"):
            try:
                value = gauge.read()
            except Exception:
                log.exception("The figure %s cannot be read.", gauge.name)
            else:
                yield GaugeMetricFamily(f"sangkien_{gauge.name}", gauge.words, value)


def figures():
    """Return all figures in Prometheus' own format, as bytes."""
    waiting = CollectorRegistry()
    waiting.register(Waiting())
    counted = REGISTRY
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        counted = CollectorRegistry()
        MultiProcessCollector(counted)
    return generate_latest(counted) + generate_latest(waiting)


def may_read(request):
    """Whether a request brings the token of the site's own Prometheus; without one set, nobody may."""
    brought = request.headers.get("Authorization", "").removeprefix("Bearer ")
    token = settings.METRICS_TOKEN
    return bool(token) and hmac.compare_digest(brought.encode(), token.encode())


@login_not_required
@never_cache
@require_safe
def metrics(request):
    if not may_read(request):
        raise Http404
    return HttpResponse(figures(), content_type=CONTENT_TYPE_LATEST)
