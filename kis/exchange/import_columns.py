"""The tables of an import and their columns: what each is called, and what may stand in it."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from enum import StrEnum
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from kis.core.folding import fold
from kis.core.minutes import DAY, Unreadable, parse_duration, parse_time
from kis.payroll import typed_terms
from kis.staffing.models import PayPeriod, Placement
from kis.staffing.working_terms import Option, Profile

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_Value = TypeVar("_Value")
_DAG = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
_DATES = (
    (re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})"), (3, 2, 1)),
    (re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})"), (1, 2, 3)),
)
_SHIFT = re.compile(r"\s*(?P<start>[^-–]+)[-–](?P<end>[^/(]+)(?:[/(](?P<pause>[^)]+)\)?)?\s*")


class BadCell(ValueError):
    """What stands in a cell cannot be; the text says why, in the reader's language."""


def text(cell: str | dt.date) -> str:
    return cell if isinstance(cell, str) else f"{cell:%d-%m-%Y}"


def date(cell: str | dt.date) -> dt.date:
    """A date as people type it: 31-12-2026, 31/12/2026, 31.12.2026, 2026-12-31. Raises BadCell."""
    if isinstance(cell, dt.date):
        return cell
    for form, order in _DATES:
        if found := form.fullmatch(cell):
            try:
                return dt.date(*(int(found[n]) for n in order))
            except ValueError as error:
                raise BadCell(_("%(cell)s is no date of the calendar.") % {"cell": cell}) from error
    raise BadCell(_("%(cell)s is no date; write it as 31-12-2026.") % {"cell": cell})


def language(cell: str | dt.date) -> str:
    """nl or en, also by name. Raises BadCell."""
    found = {"nl": "nl", "nederlands": "nl", "dutch": "nl", "en": "en", "engels": "en", "english": "en"}
    try:
        return found[fold(text(cell))]
    except KeyError as error:
        raise BadCell(_("%(cell)s is not one of: %(choices)s.") % {"cell": cell, "choices": "nl, en"}) from error


def entry(cell: str | dt.date) -> str:
    """Whether times or totals are written down. Raises BadCell."""
    times, totals = Placement.Entry.TIMES.value, Placement.Entry.TOTALS.value
    found = {"tijden": times, "times": times, "totalen": totals, "totals": totals}
    try:
        return found[fold(text(cell))]
    except KeyError as error:
        choices = "tijden, totalen"
        raise BadCell(_("%(cell)s is not one of: %(choices)s.") % {"cell": cell, "choices": choices}) from error


_PROFILES = {"standaard": Profile.STANDARD, "chauffeur": Profile.DRIVER, "vrijgesteld": Profile.EXEMPT}
_DEVIATIONS = {
    "korte pauzes": Option.SHORT_BREAKS,
    "rust per 14 dagen": Option.FORTNIGHT_REST,
    "meer zondagen": Option.WORKED_SUNDAYS,
    "geen vierwekengemiddelde": Option.FOUR_WEEK_MEAN,
    "acht diensten": Option.EIGHT_SHIFTS,
    "nachten per jaar": Option.NIGHTS_PER_YEAR,
    "nachturen": Option.NIGHT_HOURS,
}


def profile(cell: str | dt.date) -> str:
    """Which law on working time holds. Raises BadCell."""
    return _one_of(text(cell), _PROFILES)


def deviations(cell: str | dt.date) -> list[str]:
    """What was agreed in deviation of that law, in the order in which a page keeps it. Raises BadCell."""
    found = {_one_of(name, _DEVIATIONS) for name in names(cell)}
    return [option for option in _DEVIATIONS.values() if option in found]


def _one_of(name: str, choices: Mapping[str, StrEnum]) -> str:
    by_name = {**choices, **{choice.value: choice for choice in choices.values()}}
    try:
        return by_name[fold(name)].value
    except KeyError as error:
        words = {"cell": name, "choices": ", ".join(choices)}
        raise BadCell(_("%(cell)s is not one of: %(choices)s.") % words) from error


_PAY_PERIODS = {"week": PayPeriod.WEEK, "vier weken": PayPeriod.FOUR_WEEKS, "maand": PayPeriod.MONTH}


def pay_period(cell: str | dt.date) -> str:
    """How often somebody is paid. Raises BadCell."""
    return _one_of(text(cell), _PAY_PERIODS)


def wage(cell: str | dt.date) -> int:
    """A wage per hour, in cents. Raises BadCell."""
    return _typed(typed_terms.hourly_amount, cell)


def factor(cell: str | dt.date) -> Decimal:
    """What the wage is multiplied by to make the tariff. Raises BadCell."""
    return _typed(typed_terms.factor, cell)


def _typed(read: Callable[[str], _Value], cell: str | dt.date) -> _Value:
    try:
        return read(text(cell))
    except ValidationError as error:
        raise BadCell(error.messages[0]) from error


def names(cell: str | dt.date) -> tuple[str, ...]:
    """Several names with a bar or comma between them."""
    return tuple(part.strip() for part in re.split(r"[|,]", text(cell)) if part.strip())


def shifts(cell: str | dt.date) -> list[list[int]]:
    """The usual shifts of a day, with a plus between: `08:00-16:30/30`, `08:00-12:00 + 17:00-20:00`. Raises BadCell."""
    return [_shift(part) for part in text(cell).split("+")]


def _shift(part: str) -> list[int]:
    if found := _SHIFT.fullmatch(part):
        try:
            start, end = parse_time(found["start"]), parse_time(found["end"])
            pause = parse_duration(found["pause"], whole_number="minutes") if found["pause"] else 0
        except Unreadable:
            pass
        else:
            end += DAY if end <= start else 0
            if pause < end - start < DAY:
                return [start, end, pause]
    raise BadCell(_("%(cell)s is no shift; write it as 08:00-16:30/30.") % {"cell": part.strip()})


@dataclasses.dataclass(frozen=True, slots=True)
class Column:
    """A column by our name and its Dutch one, how its cells are read, what may stand there, and an example."""

    name: str
    title: str
    example: str
    required: bool = False
    read: Callable[[str | dt.date], Any] = text
    explanation: str = ""


@dataclasses.dataclass(frozen=True, slots=True)
class Kind:
    """A table: what it is called in Dutch, and its columns."""

    name: str
    title: str
    columns: tuple[Column, ...]

    def column(self, title: str) -> str | None:
        """Our name for a column that is headed `title`, in Dutch or English; None when there is none."""
        plain = re.sub(r"[^a-z0-9]", "", fold(title))
        for column in self.columns:
            if plain in {re.sub(r"[^a-z0-9]", "", fold(word)) for word in (column.title, column.name)}:
                return column.name
        return None


_NUMBER = "Het nummer in de eigen administratie; hetzelfde nummer nog eens wijzigt de rij."
_LANGUAGE = Column("language", "taal", "nl", read=language, explanation="nl of en; leeg is nl.")
_EMAIL = "Wordt de gebruikersnaam; hoofdletters tellen mee."

KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind(
            "clients",
            "Inleners",
            (
                Column("number", "nummer", "K100", True, explanation=_NUMBER),
                Column("name", "naam", "Bakkerij Voorbeeld", True),
            ),
        ),
        Kind(
            "departments",
            "Afdelingen",
            (
                Column("client", "inlener", "K100", True, explanation="Nummer van de inlener."),
                Column("name", "afdeling", "Inpak", True),
                Column("cost_centre", "kostenplaats", "4100"),
            ),
        ),
        Kind(
            "contacts",
            "Contactpersonen",
            (
                Column("client", "inlener", "K100", True, explanation="Nummer van de inlener."),
                Column("name", "naam", "Carla Voorbeeld", True),
                Column("email", "e-mail", "carla@voorbeeld.example", True, explanation=_EMAIL),
                Column(
                    "departments", "afdelingen", "Inpak", read=names,
                    explanation="Met een streep ertussen: Inpak | Expeditie. Leeg is de hele inlener.",
                ),
                _LANGUAGE,
            ),
        ),
        Kind(
            "workers",
            "Medewerkers",
            (
                Column("number", "nummer", "W100", True, explanation=_NUMBER),
                Column("name", "naam", "Ana Voorbeeld", True),
                Column("email", "e-mail", "ana@voorbeeld.example", True, explanation=_EMAIL),
                _LANGUAGE,
                Column("birth_date", "geboortedatum", "31-12-1998", read=date, explanation="Als 31-12-1998."),
                Column("phone", "telefoon", "06-12345678"),
                Column(
                    "pay_period", "loontijdvak", "", read=pay_period,
                    explanation=f"{', '.join(_PAY_PERIODS)}; leeg is zoals bij de instellingen.",
                ),
            ),
        ),
        Kind(
            "placements",
            "Plaatsingen",
            (
                Column("number", "nummer", "P100", True, explanation=_NUMBER),
                Column("worker", "medewerker", "W100", True, explanation="Nummer van de medewerker."),
                Column("client", "inlener", "K100", True, explanation="Nummer van de inlener."),
                Column("department", "afdeling", "Inpak", explanation="Zoals op het blad Afdelingen."),
                Column("job_title", "functie", "Inpakker", True),
                Column("start", "begin", "31-12-2026", True, date, "Eerste dag, als 31-12-2026."),
                Column("end", "einde", "", read=date, explanation="Laatste dag; leeg is voor onbepaalde tijd."),
                Column("purchase_order", "inkoopnummer", "", explanation="Zoals de inlener het op facturen wil zien."),
                Column("entry", "invoer", "tijden", read=entry, explanation="tijden of totalen; leeg is tijden."),
                Column(
                    "working_time_profile", "arbeidstijden", "standaard", read=profile,
                    explanation="Welke wet geldt: standaard, chauffeur of vrijgesteld; leeg is standaard.",
                ),
                Column(
                    "working_time_options", "afwijkingen", "", read=deviations,
                    explanation=f"Wat in de cao is afgesproken, met een streep ertussen: {' | '.join(_DEVIATIONS)}.",
                ),
                Column("wage", "uurloon", "16,50", read=wage, explanation="Bruto, in euro's: 16,50."),
                Column(
                    "bill_factor", "factor", "1,85", read=factor,
                    explanation="Tarief = uurloon maal factor; telt zodra facturering aanstaat.",
                ),
                Column(
                    "terms_from", "loon vanaf", "", read=date,
                    explanation="Eerste dag van dit loon en deze factor; leeg kan alleen de eerste keer.",
                ),
                *(
                    Column(
                        day, dag, "08:00-16:30/30" if day in DAYS[:5] else "", read=shifts,
                        explanation="Gebruikelijke dienst: begin-einde/pauze in minuten; meer diensten met een +.",
                    )
                    for day, dag in zip(DAYS, _DAG, strict=True)
                ),
            ),
        ),
    )
}  # fmt: skip
