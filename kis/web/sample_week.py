"""A made-up week that shows everything the week strip can show, for the components page."""

from __future__ import annotations

import datetime as dt

from kis.core.weeks import Week
from kis.web.strip import Mark, StripDay


def sample_days(today: dt.date) -> list[StripDay]:
    """Ordinary with a break, long, a night, half a night, refused, not worked, and nothing written."""
    monday, tuesday, wednesday, thursday, friday, saturday, sunday = Week.of(today).days
    return [
        StripDay(monday, 480, rest=30),
        StripDay(tuesday, 615, rest=45),
        StripDay(wednesday, 450, night=450, rest=30),
        StripDay(thursday, 480, night=180, rest=30),
        StripDay(friday, 300, mark=Mark.DISPUTED),
        StripDay(saturday, mark=Mark.NOT_WORKED),
        StripDay(sunday),
    ]
