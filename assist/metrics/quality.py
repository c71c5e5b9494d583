"""What the watch over quality found, in the Prometheus text format: numbers kept in the database, the same in every process."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector

from assist.ports import Gauge


@dataclass(frozen=True, slots=True)
class QualityMetric:
    """A number as operators see it, with the prefix `assist_quality_`; the label `tenant` comes first."""

    name: str
    help: str
    labels: tuple[str, ...] = ()
    counts: bool = False


QUALITY = (
    QualityMetric("observed", "packets whose labels were noted", counts=True),
    QualityMetric("sampled", "packets whose statements were checked", counts=True),
    QualityMetric("faults", "faults found in sampled packets of the current window, by check", ("check",)),
    QualityMetric("value", "a measure in the current window and in the one it is held against", ("measure", "window")),
    QualityMetric(
        "drift", "how far a measure moved: stability index of a mix, change of a share or mean", ("measure",)
    ),
    QualityMetric("enough_data", "1 where there are packets enough to judge a measure", ("measure",)),
    QualityMetric("alert", "1 where a measure surely moved, by enough to matter", ("measure",)),
    QualityMetric("group_alert", "1 where a group surely fares worse than the others", ("measure", "by", "group")),
    QualityMetric("checked_timestamp_seconds", "when drift was last computed, as Unix time"),
)


def quality_exposition(found: Mapping[str, Sequence[Gauge]]) -> bytes:
    """Return the numbers of these tenants; one of a name that is not listed here is left out."""
    registry = CollectorRegistry()
    registry.register(_Found(found))
    return generate_latest(registry)


class _Found(Collector):
    def __init__(self, found: Mapping[str, Sequence[Gauge]]) -> None:
        self._found = found

    def collect(self) -> Iterator[Metric]:
        for metric in QUALITY:
            names = ("tenant", *metric.labels)
            family: GaugeMetricFamily | CounterMetricFamily = (
                CounterMetricFamily(f"assist_quality_{metric.name}", metric.help, labels=names)
                if metric.counts
                else GaugeMetricFamily(f"assist_quality_{metric.name}", metric.help, labels=names)
            )
            for tenant, gauges in self._found.items():
                for gauge in (each for each in gauges if each.name == metric.name):
                    family.add_metric([tenant, *(gauge.labels.get(name, "") for name in metric.labels)], gauge.value)
            if family.samples:
                yield family
