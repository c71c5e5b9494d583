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
from assist.wiring.candidate import Candidate, read_candidate
from assist.wiring.health import Check
from assist.wiring.model import FAULTS, build_model, scripted_server
from assist.wiring.promoting import hindrances, in_force, keep_copy, put_in_force
from assist.wiring.recorded import stored_transcripts
from assist.wiring.setup import Setup, live_setup
from assist.wiring.trial import Trial, build_trial, trial_of

__all__ = [
    "FAULTS",
    "SHIPPED_VECTORS",
    "Analysis",
    "Assist",
    "Candidate",
    "Check",
    "Setup",
    "Trial",
    "build",
    "build_analysis",
    "build_model",
    "build_pipeline",
    "build_trial",
    "configured_domains",
    "hindrances",
    "in_force",
    "keep_copy",
    "lasting_precedents",
    "live_setup",
    "put_in_force",
    "read_article",
    "read_candidate",
    "read_lessons",
    "read_rules",
    "scripted_server",
    "stored_transcripts",
    "trial_of",
    "write_lessons",
]
