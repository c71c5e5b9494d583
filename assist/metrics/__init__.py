"""What operators can watch."""

from assist.metrics.nothing import NoMeter
from assist.metrics.prometheus import METRICS, PrometheusMeter
from assist.metrics.quality import QUALITY, quality_exposition

__all__ = ["METRICS", "QUALITY", "NoMeter", "PrometheusMeter", "quality_exposition"]
