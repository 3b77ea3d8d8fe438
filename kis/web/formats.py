"""Days, moments, hours and money as people say them, in the reader's language. Nothing here asks the database."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from kis.core import clock
from kis.core.weeks import Week

NARROW = "\u00a0"  # what belongs together stays on one line


def is_dutch() -> bool:
    return (get_language() or "nl").startswith("nl")


def day(date: dt.date) -> str:
    """`ma 30 nov`, in English `Mon 30 Nov`; with the year when it is another than this one."""
    return _cased(date_format(date, "D j M")) + _year(date.year, clock.today().year)


def full_date(date: dt.date) -> str:
    """`30 nov 2026`: where the year matters and the weekday does not."""
    return _cased(date_format(date, "j M Y"))


def day_long(date: dt.date) -> str:
    """`maandag 30 november`, in English `Monday 30 November`."""
    return _cased(date_format(date, "l j F")) + _year(date.year, clock.today().year)


def week_label(week: Week) -> str:
    """`week 48`; with the year when it is another than this one."""
    text = _("week %(number)s") % {"number": week.number}
    return text if week.year == Week.of(clock.today()).year else f"{text}, {week.year}"


def time(moment: dt.datetime) -> str:
    """`17.00 uur` by the agency's clock, in English `17:00`."""
    local = clock.local(moment)
    return f"{local:%H.%M}{NARROW}uur" if is_dutch() else f"{local:%H:%M}"


def moment(at: dt.datetime) -> str:
    """`ma 30 nov 17.00 uur` by the agency's clock, in English `Mon 30 Nov 17:00`."""
    return f"{day(clock.local(at).date())} {time(at)}"


def deadline(at: dt.datetime) -> str:
    """`maandag 30 nov 17.00 uur`; `vandaag 17.00 uur` and `morgen 17.00 uur` where that is what people say."""
    date = clock.local(at).date()
    away = (date - clock.today()).days
    if away in (0, 1):
        soon = _("today") if away == 0 else _("tomorrow")
        return f"{soon} {time(at)}"
    weekday = _cased(date_format(date, "l"))
    return f"{weekday} {_cased(date_format(date, 'j M'))}{_year(date.year, clock.today().year)} {time(at)}"


def time_left(left: dt.timedelta) -> str:
    """`nog 45 minuten`, `nog 3 uur`, `nog 2 dagen`; empty when the time is up."""
    minutes = int(left.total_seconds() // 60)
    if minutes < 0:
        return ""
    if minutes < 90:
        return ngettext("%(n)s minute left", "%(n)s minutes left", minutes) % {"n": minutes}
    if minutes < 48 * 60:
        hours = minutes // 60
        return ngettext("%(n)s hour left", "%(n)s hours left", hours) % {"n": hours}
    days = minutes // 1440
    return ngettext("%(n)s day left", "%(n)s days left", days) % {"n": days}


def number(value: int) -> str:
    """`1.234`, in English `1,234`."""
    grouped = f"{value:,}"
    return grouped.replace(",", ".") if is_dutch() else grouped


def euros(cents: int) -> str:
    """123450 is `€ 1.234,50`, in English `€1,234.50`."""
    whole, rest = divmod(abs(cents), 100)
    sign = "-" if cents < 0 else ""
    return f"{sign}€{NARROW}{number(whole)},{rest:02d}" if is_dutch() else f"{sign}€{number(whole)}.{rest:02d}"


def plain(number: Decimal) -> str:
    """A number without the noughts behind it: `1.8500` is `1,85`, in English `1.85`."""
    text = f"{number.normalize():f}"
    return text.replace(".", ",") if is_dutch() else text


def km(distance: int) -> str:
    """`1.234 km`."""
    return f"{number(distance)}{NARROW}km"


def size(count: int) -> str:
    """The size of a file: `820 B`, `64 kB`, `2,4 MB`."""
    if count < 1000:
        return f"{count}{NARROW}B"
    if count < 1_000_000:
        return f"{round(count / 1000)}{NARROW}kB"
    text = f"{count / 1_000_000:.1f}"
    return f"{text.replace('.', ',') if is_dutch() else text}{NARROW}MB"


def initials(name: str) -> str:
    """`Ana Kowalska` is `AK`, `Carla de Groot` is `CG`: the first letters of the first and the last word."""
    words = name.split()
    return "".join(word[0] for word in dict.fromkeys((words[0], words[-1]))).upper() if words else ""


def _cased(text: str) -> str:
    """Days and months have no capital in Dutch."""
    return text.lower() if is_dutch() else text


def _year(year: int, present: int) -> str:
    return "" if year == present else f" {year}"
