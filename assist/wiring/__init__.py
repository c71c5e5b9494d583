"""The one place that names adapters: settings in, a working service out. Nothing is built at import."""

from assist.catalogue import read_lessons, read_rules, write_lessons
from assist.wiring.analysis import (
    SHIPPED_VECTORS,
    Analysis,
    build_analysis,
    build_pipeline,
    configured_domains,
    lasting_precedents,
)
from assist.wiring.articles import read_article
from assist.wiring.assist import Assist, build
from assist.wiring.health import Check
from assist.wiring.model import FAULTS, build_model, scripted_server
from assist.wiring.trial import Trial, build_trial

__all__ = [
    "FAULTS",
    "SHIPPED_VECTORS",
    "Analysis",
    "Assist",
    "Check",
    "Trial",
    "build",
    "build_analysis",
    "build_model",
    "build_pipeline",
    "build_trial",
    "configured_domains",
    "lasting_precedents",
    "read_article",
    "read_lessons",
    "read_rules",
    "scripted_server",
    "write_lessons",
]
