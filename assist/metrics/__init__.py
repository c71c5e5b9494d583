"""What operators can watch."""

from assist.metrics.nothing import NoMeter
from assist.metrics.prometheus import METRICS, PrometheusMeter

__all__ = ["METRICS", "NoMeter", "PrometheusMeter"]
