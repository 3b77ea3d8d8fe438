"""A rule set in sentences: for a clerk to read without a manual, and to hold two versions beside each other."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from kis.core.minutes import duration_text
from kis.payroll.labels import label_words, unit_words
from kis.payroll.rules.fields import time_text
from kis.payroll.rules.model import DAYS, Combination, Overtime, Reference, Rounding, RuleSet, Tier
from kis.web.formats import euros, plain

DAY_WORDS = dict(
    zip(
        DAYS,
        (
            pgettext_lazy("short weekday", "Mon"), pgettext_lazy("short weekday", "Tue"),
            pgettext_lazy("short weekday", "Wed"), pgettext_lazy("short weekday", "Thu"),
            pgettext_lazy("short weekday", "Fri"), pgettext_lazy("short weekday", "Sat"),
            pgettext_lazy("short weekday", "Sun"), gettext_lazy("Holiday"),
        ),
        strict=True,
    )
)  # fmt: skip
REFERENCES = {
    Reference.SHIFT: gettext_lazy("per shift"),
    Reference.DAY: gettext_lazy("per day"),
    Reference.ROSTER: gettext_lazy("beyond the roster of the day"),
    Reference.WEEK: gettext_lazy("per week"),
    Reference.FOUR_WEEKS: gettext_lazy("per four weeks"),
    Reference.PAY_PERIOD: gettext_lazy("per pay period"),
    Reference.YEAR: gettext_lazy("per year"),
}
COMBINATIONS = {
    Combination.HIGHEST: gettext_lazy("the higher of the two counts"),
    Combination.SUM: gettext_lazy("the two are added"),
    Combination.BAND_WINS: gettext_lazy("the time of day goes before overtime"),
    Combination.COMPOUND: gettext_lazy("one is counted over the other"),
}
HOLIDAYS = {
    "new-year": gettext_lazy("New Year's Day"),
    "good-friday": gettext_lazy("Good Friday"),
    "easter-sunday": gettext_lazy("Easter Sunday"),
    "easter-monday": gettext_lazy("Easter Monday"),
    "kings-day": gettext_lazy("King's Day"),
    "liberation-day": gettext_lazy("Liberation Day"),
    "ascension-day": gettext_lazy("Ascension Day"),
    "whit-sunday": gettext_lazy("Whit Sunday"),
    "whit-monday": gettext_lazy("Whit Monday"),
    "christmas-day": gettext_lazy("Christmas Day"),
    "second-christmas-day": gettext_lazy("Boxing Day"),
}
ROUNDINGS = {
    Rounding.HALF_UP: gettext_lazy("half a cent upwards"),
    Rounding.HALF_EVEN: gettext_lazy("half a cent to the even cent"),
}


@dataclasses.dataclass(frozen=True, slots=True)
class Change:
    """What one version says and another does not."""

    gone: tuple[str, ...]
    added: tuple[str, ...]


def sentences(rules: RuleSet) -> list[str]:
    """Everything the rules say, one thing per sentence."""
    return [*_bands(rules), *_overtimes(rules), *_together(rules), *_others(rules)]


def change(before: RuleSet, after: RuleSet) -> Change:
    """What a later version says otherwise."""
    old, new = sentences(before), sentences(after)
    return Change(tuple(line for line in old if line not in new), tuple(line for line in new if line not in old))


def _bands(rules: RuleSet) -> Iterator[str]:
    for band in rules.bands:
        yield _("%(label)s: %(days)s from %(start)s to %(end)s, +%(surcharge)s percent.") % {
            "label": label_words(band.label),
            "days": days_text(band.days),
            "start": time_text(band.start),
            "end": time_text(band.end),
            "surcharge": plain(band.surcharge),
        }


def _overtimes(rules: RuleSet) -> Iterator[str]:
    for overtime in rules.overtime:
        for tier in overtime.tiers:
            yield _("%(label)s: %(beyond)s%(part)s, +%(surcharge)s percent.") % {
                "label": label_words(overtime.label),
                "beyond": _beyond(overtime),
                "part": _part(tier),
                "surcharge": plain(tier.surcharge),
            }
        if overtime.grace:
            yield _("%(label)s: up to %(minutes)s minutes too long is no overtime.") % {
                "label": label_words(overtime.label), "minutes": overtime.grace,
            }  # fmt: skip
        if overtime.excluded_days:
            yield _("%(label)s: %(days)s stand outside.") % {
                "label": label_words(overtime.label), "days": days_text(overtime.excluded_days),
            }  # fmt: skip


def _beyond(overtime: Overtime) -> str:
    if overtime.reference is Reference.ROSTER:
        return _("beyond the roster of the day")
    if overtime.minutes_per_workable_day:
        hours = duration_text(overtime.minutes_per_workable_day)
        return _("beyond %(hours)s hours per workable day of the pay period") % {"hours": hours}
    hours = duration_text(overtime.threshold or 0)
    return _("beyond %(hours)s hours %(span)s") % {"hours": hours, "span": REFERENCES[overtime.reference]}


def _part(tier: Tier) -> str:
    """Which part of the overtime a tier is, where it is not all of it."""
    said = ""
    if tier.upto is not None:
        said = _(", from %(after)s to %(upto)s hours of it") % {
            "after": duration_text(tier.after), "upto": duration_text(tier.upto),
        }  # fmt: skip
    elif tier.after:
        said = _(", after %(after)s hours of it") % {"after": duration_text(tier.after)}
    if (tier.start, tier.end) != (0, 1440):
        said += _(", between %(start)s and %(end)s") % {"start": time_text(tier.start), "end": time_text(tier.end)}
    return said


def _together(rules: RuleSet) -> Iterator[str]:
    if rules.bands and rules.overtime:
        yield _("Where the time of day and overtime meet: %(how)s.") % {"how": COMBINATIONS[rules.combination]}
    if rules.pyramiding:
        yield _("Overtime of the day counts again for the week.")


def _others(rules: RuleSet) -> Iterator[str]:
    if rules.breaks.paid:
        yield _("Breaks are paid.")
    if rules.breaks.minimum:
        yield _("A break of less than %(minutes)s minutes counts as work.") % {"minutes": rules.breaks.minimum}
    if rules.minimum_call:
        yield _("A call on demand pays at least %(hours)s hours.") % {"hours": duration_text(rules.minimum_call)}
    for component in rules.components:
        yield _("%(what)s: %(price)s per %(unit)s.") % {
            "what": label_words(component.code), "price": euros(component.cents), "unit": unit_words(component.unit),
        }  # fmt: skip
    if rules.year_norm:
        yield _("The norm is %(hours)s hours a week, over the year.") % {
            "hours": duration_text(rules.year_norm.weekly_minutes)
        }
    counting = [*(str(HOLIDAYS[name]) for name in rules.holidays.named), *map(str, rules.holidays.extra)]
    if rules.has_holiday_band:
        yield _("Holidays are: %(days)s.") % {"days": ", ".join(counting)}
    yield _("Amounts are rounded %(how)s.") % {"how": ROUNDINGS[rules.rounding]}


def days_text(days: tuple[str, ...]) -> str:
    """`ma–vr, feestdag`: runs of three weekdays or more are joined."""
    places = [DAYS.index(day) for day in days]
    parts: list[str] = []
    while places:
        first = last = places.pop(0)
        while places and places[0] == last + 1 and DAYS[places[0]] != "holiday":
            last = places.pop(0)
        if last - first >= 2:
            parts.append(f"{DAY_WORDS[DAYS[first]]}–{DAY_WORDS[DAYS[last]]}")
        else:
            parts += [str(DAY_WORDS[DAYS[place]]) for place in range(first, last + 1)]
    return ", ".join(part.lower() for part in parts)
