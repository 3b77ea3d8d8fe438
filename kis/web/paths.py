"""Words in addresses: a week (`2026-W48`) and a phase of the status table."""

from django.urls import register_converter

from kis.core.weeks import Week
from kis.timesheets.workflow import PHASES


class WeekConverter:
    """`2026-W48` as a Week; a week that does not exist is no address."""

    regex = r"\d{4}-W\d{2}"

    def to_python(self, value: str) -> Week:
        return Week.parse(value)

    def to_url(self, week: Week) -> str:
        return str(week)


class PhaseConverter:
    """One of the three columns of the status table."""

    regex = "|".join(PHASES)

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, phase: str) -> str:
        return phase


register_converter(WeekConverter, "week")
register_converter(PhaseConverter, "phase")
