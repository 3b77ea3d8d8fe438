"""Strict reading of JSON values: each reader returns a good value or says what is wrong and where."""

from __future__ import annotations

import datetime as dt
import enum
import functools
import re
from collections.abc import Callable, Hashable, Mapping
from decimal import Decimal
from typing import Final, TypeVar

from kis.payroll.rules.problems import Invalid, Problem, gettext_noop, invalid

T = TypeVar("T")
K = TypeVar("K", bound=Hashable)
Read = Callable[[object], T]

YEARS: Final = range(2000, 2100)

_NUMBER = re.compile(r"[0-9]{1,12}(\.[0-9]{1,8})?")
_LABEL = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_TIME = re.compile(r"(?:[01][0-9]|2[0-3]):[0-5][0-9]|24:00")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class Missing(enum.Enum):
    """Stands for "there is no default"."""

    REQUIRED = enum.auto()


class Fields:
    """An object being read. `done()` refuses whatever nobody asked for."""

    __slots__ = ("_left",)

    def __init__(self, value: object) -> None:
        if not isinstance(value, Mapping):
            raise invalid("", gettext_noop("must be an object"))
        self._left = dict(value)

    def read(self, name: str, read: Read[T], default: T | Missing = Missing.REQUIRED) -> T:
        """The field `name`. Raises Invalid, with the field's path, when it is missing or wrong."""
        if name not in self._left:
            if isinstance(default, Missing):
                raise invalid(name, gettext_noop("is missing"))
            return default
        try:
            return read(self._left.pop(name))
        except Invalid as wrong:
            raise wrong.under(name) from None

    def done(self) -> None:
        """Raise Invalid for every field that has not been read."""
        if self._left:
            raise Invalid(Problem(str(name), gettext_noop("is not known here")) for name in self._left)


def text(value: object) -> str:
    """Any text of at most 500 characters."""
    if not isinstance(value, str) or len(value) > 500:
        raise invalid("", gettext_noop("must be text of at most 500 characters"))
    return value


def label(value: object) -> str:
    """A short name: small letters, digits and single hyphens."""
    if not isinstance(value, str) or len(value) > 40 or not _LABEL.fullmatch(value):
        raise invalid("", gettext_noop("must be a short name of small letters, digits and hyphens"))
    return value


def flag(value: object) -> bool:
    """true or false."""
    if not isinstance(value, bool):
        raise invalid("", gettext_noop("must be true or false"))
    return value


def whole(low: int, high: int) -> Read[int]:
    """A whole number from `low` to `high`."""

    def read(value: object) -> int:
        if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
            raise invalid("", gettext_noop("must be a whole number from %(low)s to %(high)s"), low=low, high=high)
        return value

    return read


def decimal(low: int, high: int, places: int) -> Read[Decimal]:
    """A decimal number, as text or as a JSON number; a binary float is refused because it is not exact."""

    def read(value: object) -> Decimal:
        number = _exact(value)
        if number is None or not low <= number <= high or number != round(number, places):
            raise invalid(
                "",
                gettext_noop("must be a number from %(low)s to %(high)s with at most %(places)s decimals"),
                low=low,
                high=high,
                places=places,
            )
        return number

    return read


def _exact(value: object) -> Decimal | None:
    if isinstance(value, bool) or not isinstance(value, int | str | Decimal):
        return None
    digits = str(value)
    return Decimal(digits) if _NUMBER.fullmatch(digits) else None


@functools.lru_cache(maxsize=4096)
def decimal_text(number: Decimal) -> str:
    """The shortest way to write it: `50`, `12.5`."""
    return format(number.normalize(), "f")


def time_of_day(value: object) -> int:
    """`HH:MM` as minutes after midnight; 24:00 is the end of the day."""
    if not isinstance(value, str) or not _TIME.fullmatch(value):
        raise invalid("", gettext_noop("must be a time of day from 00:00 to 24:00"))
    return int(value[:2]) * 60 + int(value[3:])


def time_text(minute: int) -> str:
    """Minutes after midnight as `HH:MM`."""
    return f"{minute // 60:02d}:{minute % 60:02d}"


def date(value: object) -> dt.date:
    """`YYYY-MM-DD` in this century."""
    if isinstance(value, str) and _DATE.fullmatch(value):
        try:
            day = dt.date.fromisoformat(value)
        except ValueError:
            pass
        else:
            if day.year in YEARS:
                return day
    raise invalid("", gettext_noop("must be a date like 2026-11-24, between 2000 and 2099"))


def one_of(choices: Mapping[str, T]) -> Read[T]:
    """One of the given words."""

    def read(value: object) -> T:
        if not isinstance(value, str) or value not in choices:
            raise invalid("", gettext_noop("must be one of: %(choices)s"), choices=", ".join(choices))
        return choices[value]

    return read


def nullable(read: Read[T]) -> Read[T | None]:
    """null, or what `read` accepts."""
    return lambda value: None if value is None else read(value)


def list_of(read: Read[T]) -> Read[tuple[T, ...]]:
    """A list; the problems of all its items are reported together."""

    def read_all(value: object) -> tuple[T, ...]:
        if not isinstance(value, list | tuple):
            raise invalid("", gettext_noop("must be a list"))
        items: list[T] = []
        problems: list[Problem] = []
        for index, item in enumerate(value):
            try:
                items.append(read(item))
            except Invalid as wrong:
                problems.extend(wrong.under(f"[{index}]").problems)
        if problems:
            raise Invalid(problems)
        return tuple(items)

    return read_all


def mapping_of(read_key: Read[K], read: Read[T]) -> Read[dict[K, T]]:
    """An object whose names are data: `{"2026-11-24": 480}`."""

    def read_all(value: object) -> dict[K, T]:
        if not isinstance(value, Mapping):
            raise invalid("", gettext_noop("must be an object"))
        result: dict[K, T] = {}
        for name, item in value.items():
            try:
                result[read_key(name)] = read(item)
            except Invalid as wrong:
                raise wrong.under(str(name)) from None
        return result

    return read_all
