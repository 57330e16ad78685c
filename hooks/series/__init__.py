"""The series: essays, what they need and open, the path through them, and how pages show it."""

from hooks.series.essay import Essay, essays, minutes
from hooks.series.metadata import front_matter

__all__ = ["Essay", "essays", "front_matter", "minutes"]
