"""The words of a finding: English source strings, one per key, that a page translates with gettext.

`measured` and `limit` are written as hours and minutes or as a number, as the finding's unit says.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from kis.core.minutes import duration_text
from kis.timesheets.working_time.findings import Finding


def _(text: str) -> str:
    """Mark a source string, so that makemessages finds it."""
    return text


# What a rule is about: the heading of a finding, and all that a client reads where other work has a part.
TITLES: Final = {
    "W01": _("Shift too long"),
    "W02": _("Week too long"),
    "W03": _("Too much work in four weeks"),
    "W04": _("Too much work in sixteen weeks"),
    "W05": _("Too little rest between shifts"),
    "W06": _("Too little weekly rest"),
    "W07": _("Too little break"),
    "W08": _("Too little break in a long shift"),
    "W09": _("Break too short to count"),
    "W10": _("Work on Sunday"),
    "W11": _("Too few free Sundays"),
    "N01": _("Night shift too long"),
    "N02": _("Too little rest after a night shift"),
    "N03": _("Too little rest after a series of night shifts"),
    "N04": _("Too many shifts in a row"),
    "N05": _("Too many night shifts"),
    "N06": _("Too much work for so many night shifts"),
    "Y01": _("Shift too long for 16 and 17"),
    "Y02": _("Week too long for 16 and 17"),
    "Y03": _("Too much work in four weeks for 16 and 17"),
    "Y04": _("Too little rest or work at night for 16 and 17"),
    "Y05": _("Too little break for 16 and 17"),
    "Y06": _("Too little weekly rest for 16 and 17"),
    "Y07": _("Standby is not for 16 and 17"),
    "Y08": _("School hours count as working time"),
    "K01": _("Under 16: not without the agency"),
}

SENTENCES: Final = {
    "W01": _("This shift has %(measured)s hours of work; at most %(limit)s are allowed."),
    "W02": _("This week has %(measured)s hours of work; at most %(limit)s are allowed."),
    "W03": _("These four weeks have %(measured)s hours of work a week on average; at most %(limit)s are allowed."),
    "W04": _("These sixteen weeks have %(measured)s hours of work a week on average; at most %(limit)s are allowed."),
    "W05.once": _(
        "In the 24 hours from the start of this shift the longest rest is %(measured)s hours; %(limit)s are needed. "
        "A shorter rest is allowed once in seven days, and only when the work requires it."
    ),
    "W05.again": _(
        "In the 24 hours from the start of this shift the longest rest is %(measured)s hours; %(limit)s are needed. "
        "It was too short before in the past seven days, which is allowed only once."
    ),
    "W05.too_short": _(
        "In the 24 hours from the start of this shift the longest rest is %(measured)s hours; "
        "it may never be less than %(limit)s."
    ),
    "W06": _("In the seven days from this shift the longest rest is %(measured)s hours; %(limit)s are needed."),
    "W07": _(
        "This shift has %(worked_minutes)s hours of work with %(measured)s of break; at least %(limit)s is needed, "
        "in parts of 15 minutes or more."
    ),
    "W08": _(
        "This shift has more than ten hours of work, %(worked_minutes)s, with %(measured)s of break; "
        "at least %(limit)s is needed, in parts of 15 minutes or more."
    ),
    "W09": _("This break of %(measured)s is shorter than %(limit)s, so by law it counts as working time."),
    "W10": _("%(measured)s hours of work on a Sunday: this needs an agreement in advance, or consent."),
    "W11": _("Only %(measured)s free Sundays in 52 weeks; at least %(limit)s are needed."),
    "W11.consent": _(
        "Only %(measured)s free Sundays in 52 weeks: with fewer than %(limit)s the worker must consent each time."
    ),
    "N01.at_times": _(
        "This night shift has %(measured)s hours of work, more than %(limit)s: allowed at most 5 times in two weeks "
        "and 22 times in 52 weeks, with 12 hours of rest after it."
    ),
    "N01.too_long": _("This night shift has %(measured)s hours of work; more than %(limit)s is never allowed."),
    "N01.fortnight": _(
        "This night shift has %(measured)s hours of work, more than %(limit)s: number %(times)s in two weeks; "
        "at most %(allowed)s are allowed."
    ),
    "N01.year": _(
        "This night shift has %(measured)s hours of work, more than %(limit)s: number %(times)s in 52 weeks; "
        "at most %(allowed)s are allowed."
    ),
    "N01.rest": _(
        "This night shift has %(measured)s hours of work, more than %(limit)s, and is followed by %(rest_minutes)s "
        "hours of rest; %(needed_minutes)s are needed."
    ),
    "N02.once": _(
        "After this night shift there are %(measured)s hours of rest; %(limit)s are needed. A shorter rest is "
        "allowed once in seven days, and only when the work requires it."
    ),
    "N02.again": _(
        "After this night shift there are %(measured)s hours of rest; %(limit)s are needed. It was too short before "
        "in the past seven days, which is allowed only once."
    ),
    "N03": _(
        "After %(nights)s night shifts in a row there are %(measured)s hours of rest; at least %(limit)s are needed."
    ),
    "N04": _("%(measured)s shifts in a row with a night shift among them; at most %(limit)s are allowed."),
    "N05": _("%(measured)s night shifts that end after 02:00 in %(weeks)s weeks; at most %(limit)s are allowed."),
    "N05.year": _("%(measured)s night shifts that end after 02:00 in %(weeks)s weeks; at most %(limit)s are allowed."),
    "N05.hours": _(
        "%(measured)s hours of work between 00:00 and 06:00 in %(weeks)s weeks; at most %(limit)s are allowed."
    ),
    "N06": _(
        "These sixteen weeks have 16 night shifts or more, and %(measured)s hours of work a week on average; "
        "at most %(limit)s are allowed then."
    ),
    "Y01": _("This shift has %(measured)s hours of work; at 16 and 17 at most %(limit)s are allowed."),
    "Y02": _("This week has %(measured)s hours of work; at 16 and 17 at most %(limit)s are allowed."),
    "Y03": _(
        "These four weeks have %(measured)s hours of work a week on average; at 16 and 17 at most %(limit)s are "
        "allowed."
    ),
    "Y04.night": _("%(measured)s hours of work between 23:00 and 06:00; at 16 and 17 none is allowed."),
    "Y04.rest": _(
        "In the 24 hours from the start of this shift the longest rest is %(measured)s hours; at 16 and 17 "
        "%(limit)s are needed."
    ),
    "Y05": _(
        "This shift has %(worked_minutes)s hours of work with %(measured)s of break; at 16 and 17 at least %(limit)s "
        "is needed, in parts of 15 minutes or more."
    ),
    "Y06": _(
        "In the seven days from this shift the longest rest is %(measured)s hours; at 16 and 17 %(limit)s are needed."
    ),
    "Y07": _("Standby may not be asked of someone of 16 or 17."),
    "Y08": _("At 16 and 17 time at school counts as working time: add it to these %(measured)s hours yourself."),
    "K01": _("Someone under 16 may not work this shift unless the agency has made sure that the law allows it."),
}

RESTRICTED: Final = _("Part of this lies outside your own shifts and is not shown here.")

Translate = Callable[[str], str]


def sentence(finding: Finding, translate: Translate = _) -> str:
    """The finding in words; `translate` is gettext where a page shows it."""
    return words(finding.key, finding.figures, translate)


def words(key: str, figures: Mapping[str, int], translate: Translate = _) -> str:
    """A sentence with its figures: those whose name ends in `_minutes` as hours and minutes, others as numbers."""
    texts = {}
    for name, value in figures.items():
        texts[name] = duration_text(value) if name.endswith("_minutes") else str(value)
    for name in ("measured", "limit"):
        texts.setdefault(name, texts.get(f"{name}_minutes", ""))
    return translate(SENTENCES[key]) % texts


def without_figures(rule: str, translate: Translate = _) -> str:
    """What a client reads where not all is its own: only what the rule is about."""
    return f"{translate(TITLES[rule])}. {translate(RESTRICTED)}"
