"""The report as one page: it holds its style, has no script, and asks nothing of any network.

All that customers and authors wrote is escaped by the template.
"""

from collections.abc import Sequence
from itertools import groupby
from pathlib import Path
from typing import Final

from knowledge.health.report import Coverage, HealthReport

_FOLDER: Final = Path(__file__).parent


def page(report: HealthReport) -> str:
    """Return the page as HTML."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined  # noqa: PLC0415 -- only this needs it

    environment = Environment(loader=FileSystemLoader(_FOLDER), autoescape=True, undefined=StrictUndefined)
    template = environment.get_template("page.html.jinja")
    return template.render(report=report, domains=_by_domain(report.coverage), bare=_bare(report.coverage))


def _by_domain(coverage: Sequence[Coverage]) -> list[tuple[str, list[Coverage]]]:
    return [(domain, list(each)) for domain, each in groupby(coverage, key=lambda one: one.domain)]


def _bare(coverage: Sequence[Coverage]) -> list[Coverage]:
    """Return the intents that no article serves, those with most handoffs first."""
    return sorted((each for each in coverage if not each.articles), key=lambda each: -each.handoffs)
