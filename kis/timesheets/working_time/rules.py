"""The table of rules: who each one protects, what it tests, its place in the law, how grave it is.

The tests themselves stand in `shift_rules`, `rest_rules`, `week_rules` and `night_rules`; `check` joins the two.
"""

from __future__ import annotations

import dataclasses
import enum
import re
from typing import Final

_WHOLE_ARTICLE: Final = re.compile(r"[0-9.]+:[0-9]+")


class Severity(enum.StrEnum):
    """How grave a finding is."""

    INFO = "info"
    AMBER = "amber"
    RED = "red"

    @property
    def rank(self) -> int:
        """0 for info, 2 for red."""
        return list(Severity).index(self)


class Who(enum.StrEnum):
    """Whom a rule protects, by age."""

    ADULT = "18+"
    YOUNG = "16-17"
    CHILD = "under 16"
    ALL = "all"


class Law(enum.StrEnum):
    """A law, by its number in the official register."""

    ATW = "BWBR0007671"  # Arbeidstijdenwet
    ATB = "BWBR0007687"  # Arbeidstijdenbesluit


@dataclasses.dataclass(frozen=True, slots=True)
class Article:
    """A place in a law: `5:7.2a` is article 5:7, paragraph 2, letter a."""

    number: str
    law: Law = Law.ATW

    @property
    def whole(self) -> str:
        """The article's own number, without paragraph and letter."""
        found = _WHOLE_ARTICLE.match(self.number)
        assert found
        return found[0]

    @property
    def url(self) -> str:
        """The article in the official text as it stands today, by the register's own way to refer (juriconnect)."""
        return f"https://wetten.overheid.nl/jci1.3:c:{self.law.value}&artikel={self.whole}"

    def __str__(self) -> str:
        return f"{self.law.name} {self.number}"


@dataclasses.dataclass(frozen=True, slots=True)
class Rule:
    """One rule. `test` and `deviation` are English words for the manual."""

    id: str
    who: Who
    test: str
    articles: tuple[Article, ...]
    levels: tuple[Severity, ...]
    deviation: str = ""


def _rule(name: str, who: Who, test: str, articles: str, *levels: Severity, deviation: str = "") -> Rule:
    return Rule(name, who, test, tuple(_article(text) for text in articles.split(", ")), levels, deviation)


def _article(text: str) -> Article:
    return Article(text.removeprefix("ATB "), Law.ATB) if text.startswith("ATB ") else Article(text)


ADULT, YOUNG, CHILD, ALL = Who.ADULT, Who.YOUNG, Who.CHILD, Who.ALL
INFO, AMBER, RED = Severity.INFO, Severity.AMBER, Severity.RED

_TABLE: Final = (
    _rule("W01", ADULT, "shift of more than 12 h", "5:7.2a", RED),
    _rule("W02", ADULT, "week of more than 60 h", "5:7.2b", RED),
    _rule(
        "W03",
        ADULT,
        "mean of 4 consecutive weeks above 55 h",
        "5:7.3",
        AMBER,
        deviation="`four_week_mean`: not tested",
    ),
    _rule("W04", ADULT, "mean of 16 consecutive weeks above 48 h", "5:7.2c", RED),
    _rule(
        "W05",
        ADULT,
        "no rest of 11 h in the 24 h from the start of a shift; once in 7 x 24 h, 8 h is enough (amber)",
        "5:3.2",
        AMBER,
        RED,
    ),
    _rule(
        "W06",
        ADULT,
        "no rest of 36 h in the 7 x 24 h from the start of a shift",
        "5:5.2, ATB 2.1:4",
        AMBER,
        deviation="`fortnight_rest`: or 72 h in 14 x 24 h, in parts of at least 32 h",
    ),
    _rule(
        "W07",
        ADULT,
        "shift of more than 5.5 h of work with less than 30 minutes of break, in parts of at least 15",
        "5:4.2a",
        AMBER,
        deviation="`short_breaks`: 15 minutes",
    ),
    _rule(
        "W08",
        ADULT,
        "shift of more than 10 h of work with less than 45 minutes of break, in parts of at least 15",
        "5:4.2b",
        AMBER,
        deviation="`short_breaks`: not tested",
    ),
    _rule("W09", ALL, "break of less than 15 minutes: it counts as work", "1:7e", INFO),
    _rule("W10", ALL, "work on a Sunday: needs an agreement, or a business need and consent", "5:6.1, 5:6.2", INFO),
    _rule(
        "W11",
        ALL,
        "fewer than 13 free Sundays in 52 weeks",
        "5:6.3, 5:6.4",
        AMBER,
        deviation="`worked_sundays`: the worker must consent to each",
    ),
    _rule(
        "N01",
        ADULT,
        "night shift of more than 10 h; amber up to 12 h, at most 5 times in 14 x 24 h and 22 times in 52 weeks, "
        "with 12 h of rest after it",
        "5:8.1, 5:8.3",
        AMBER,
        RED,
    ),
    _rule(
        "N02",
        ADULT,
        "rest of less than 14 h after a night shift that ends after 02:00; once in 7 x 24 h, 8 h is enough (amber)",
        "5:8.4",
        AMBER,
        RED,
    ),
    _rule("N03", ADULT, "rest of less than 46 h after 3 or more consecutive night shifts", "5:8.5", RED),
    _rule(
        "N04",
        ADULT,
        "more than 7 consecutive shifts, a night shift among them",
        "5:8.6, 5:8.7",
        AMBER,
        deviation="`eight_shifts`: more than 8",
    ),
    _rule(
        "N05",
        ADULT,
        "more than 36 night shifts that end after 02:00 in 16 weeks",
        "5:8.8, 5:8.9",
        AMBER,
        deviation="`nights_per_year`: 140 in 52 weeks; `night_hours`: 38 h between 00:00 and 06:00 in 2 weeks",
    ),
    _rule("N06", ADULT, "16 or more night shifts in 16 weeks, and a mean above 40 h", "5:8.2", RED),
    _rule("Y01", YOUNG, "shift of more than 9 h", "5:7.1a", RED),
    _rule("Y02", YOUNG, "week of more than 45 h", "5:7.1b", RED),
    _rule("Y03", YOUNG, "mean of 4 consecutive weeks above 40 h", "5:7.1c", RED),
    _rule("Y04", YOUNG, "work between 23:00 and 06:00, or no rest of 12 h, in the 24 h from the start", "5:3.1", RED),
    _rule(
        "Y05",
        YOUNG,
        "shift of more than 4.5 h of work with less than 30 minutes of break, in parts of at least 15",
        "5:4.1",
        AMBER,
    ),
    _rule("Y06", YOUNG, "no rest of 36 h in the 7 x 24 h from the start of a shift", "5:5.1", RED),
    _rule("Y07", YOUNG, "standby", "5:9.1", RED),
    _rule("Y08", YOUNG, "week with work: time at school counts as working time too", "4:4.2", INFO),
    _rule("K01", CHILD, "any shift: stop, and handle by hand", "3:2", RED),
)

RULES: Final = {rule.id: rule for rule in _TABLE}
