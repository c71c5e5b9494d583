"""How a tenant's articles stand: what is missing, stale, said twice, contradicted, or meant for a machine."""

from knowledge.health.checkup import Asked, Checkup, Served
from knowledge.health.gaps import Need
from knowledge.health.page import page
from knowledge.health.report import Coverage, HealthReport, Stale, Suspicion
from knowledge.health.staleness import Showing, reference, stale

__all__ = [
    "Asked",
    "Checkup",
    "Coverage",
    "HealthReport",
    "Need",
    "Served",
    "Showing",
    "Stale",
    "Suspicion",
    "page",
    "reference",
    "stale",
]
