"""Strict reading of JSON values: a good value, or what is wrong and where."""

from __future__ import annotations

import datetime as dt
import functools
import re
from collections.abc import Callable, Mapping
from typing import Any, Final, TypeVar

from kis.core.weeks import Week
from kis.timesheets.working_time.calendar import AMSTERDAM, DAY, HOUR, midnight, minute_of, number_of

T = TypeVar("T")
K = TypeVar("K")
D = TypeVar("D")
Read = Callable[[Any], T]

_MOMENT = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})T([01][0-9]|2[0-4]):([0-5][0-9])(?::00)?(Z|[+-](?:0[0-9]|1[0-4]):[0-5][0-9])?"
)
_TIMES: Final = {f"T{hour:02d}:{minute:02d}": hour * HOUR + minute for hour in range(24) for minute in range(60)}
_YEARS: Final = range(2000, 2100)


class Unreadable(ValueError):
    """A value that is refused: `path` is where (`shifts[2].end`), the message what is wrong with it."""

    def __init__(self, message: str, path: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.path = path

    def under(self, name: str) -> Unreadable:
        """The same refusal, seen from what holds the value under `name`."""
        joint = "." if self.path and not self.path.startswith("[") else ""
        return Unreadable(self.message, f"{name}{joint}{self.path}")


class Fields:
    """An object being read; fields that are not `known` are refused."""

    __slots__ = ("_value",)

    def __init__(self, value: object, known: frozenset[str]) -> None:
        if not isinstance(value, dict):
            raise Unreadable("must be an object")
        if not value.keys() <= known:
            raise Unreadable("is not known here", min(value.keys() - known))
        self._value = value

    def read(self, name: str, read: Read[T]) -> T:
        """The field `name`, which must be there. Raises Unreadable, with the field's path."""
        if name not in self._value:
            raise Unreadable("is missing", name)
        try:
            return read(self._value[name])
        except Unreadable as wrong:
            raise wrong.under(name) from None

    def read_or(self, name: str, read: Read[T], default: D) -> T | D:
        """The field `name`, or `default` when it is not there."""
        if name not in self._value:
            return default
        try:
            return read(self._value[name])
        except Unreadable as wrong:
            raise wrong.under(name) from None


def text(value: object) -> str:
    """Text of at most 200 characters."""
    if isinstance(value, str) and len(value) <= 200:
        return value
    raise Unreadable("must be text of at most 200 characters")


def name(value: object) -> str | int:
    """Text of at most 200 characters, or a whole number."""
    if isinstance(value, str) and len(value) <= 200:
        return value
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    raise Unreadable("must be text of at most 200 characters or a whole number")


def minutes(value: object) -> int:
    """Whole minutes that fit in a week."""
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= 169 * HOUR:
        return value
    raise Unreadable("must be whole minutes, at most those of a week")


def date(value: object) -> dt.date:
    """`2026-11-24`."""
    try:
        day = dt.date.fromisoformat(value) if isinstance(value, str) and len(value) == 10 else None
    except ValueError:
        day = None
    if day is None or not 1900 <= day.year < _YEARS.stop:
        raise Unreadable("must be a date like 2008-03-01")
    return day


def week(value: object) -> Week:
    """`2026-W48`."""
    try:
        found = Week.parse(value) if isinstance(value, str) else None
    except ValueError:
        found = None
    if found is None or found.year not in _YEARS:
        raise Unreadable("must be an ISO week like 2026-W48")
    return found


def moment(value: object) -> int:
    """The absolute minute of `2026-11-24T14:00`, Dutch time, if need be with an offset (`+01:00`) or `Z`.

    A time that comes twice means the first unless an offset is given; one that the clock skips is refused
    (domain reading P13).
    """
    if isinstance(value, str):
        return _moment(value)
    raise Unreadable("must be a date and time like 2026-11-24T14:00")


@functools.lru_cache(maxsize=32768)
def _moment(text: str) -> int:
    start, minute = _ordinary_day(text[:10]), _TIMES.get(text[10:])
    return _other_moment(text) if start is None or minute is None else start + minute


@functools.lru_cache(maxsize=4096)
def _ordinary_day(text: str) -> int | None:
    """The minute at which a day of 24 hours begins; None for any other text. Most moments are read by this alone."""
    try:
        day = number_of(date(text))
    except Unreadable:
        return None
    start = midnight(day)
    return start if midnight(day + 1) == start + DAY and int(text[:4]) in _YEARS else None


def _other_moment(text: str) -> int:
    """A moment with seconds or an offset, at 24:00, or on a day on which the clock changes."""
    found = _MOMENT.fullmatch(text)
    try:
        day = dt.date.fromisoformat(found[1]) if found else None
    except ValueError:
        day = None
    if found is None or day is None or day.year not in _YEARS or (found[2] == "24" and found[3] != "00"):
        raise Unreadable("must be a date and time like 2026-11-24T14:00")
    clock = dt.timedelta(hours=int(found[2]), minutes=int(found[3]))
    naive = dt.datetime.combine(day, dt.time()) + clock
    return minute_of(_placed(naive, found[4]) if found[4] else _first(naive))


def _first(naive: dt.datetime) -> dt.datetime:
    first = naive.replace(tzinfo=AMSTERDAM)
    if first.astimezone(dt.UTC).astimezone(AMSTERDAM).replace(tzinfo=None) != naive:
        raise Unreadable("does not exist: the clock goes forward that night")
    return first


def _placed(naive: dt.datetime, offset: str) -> dt.datetime:
    placed = dt.datetime.fromisoformat(f"{naive.isoformat()}{offset}")
    if offset != "Z" and placed.utcoffset() != placed.astimezone(AMSTERDAM).utcoffset():
        raise Unreadable("is not Dutch time: the clock does not run at that offset then")
    return placed


def list_of(read: Read[T]) -> Read[tuple[T, ...]]:
    """A list."""

    def read_all(value: object) -> tuple[T, ...]:
        if not isinstance(value, list):
            raise Unreadable("must be a list")
        items: list[T] = []
        try:
            for item in value:
                items.append(read(item))
        except Unreadable as wrong:
            raise wrong.under(f"[{len(items)}]") from None
        return tuple(items)

    return read_all


def mapping_of(read_key: Read[K], read: Read[T]) -> Read[dict[K, T]]:
    """An object whose names are data: `{"2026-W48": 480}`."""

    def read_all(value: object) -> dict[K, T]:
        if not isinstance(value, dict):
            raise Unreadable("must be an object")
        result: dict[K, T] = {}
        for key, item in value.items():
            try:
                result[read_key(key)] = read(item)
            except Unreadable as wrong:
                raise wrong.under(str(key)) from None
        return result

    return read_all


def nullable(read: Read[T]) -> Read[T | None]:
    """null, or what `read` accepts."""
    return lambda value: None if value is None else read(value)


def one_of(choices: Mapping[str, T]) -> Read[T]:
    """One of the given words."""

    def read(value: object) -> T:
        if not isinstance(value, str) or value not in choices:
            raise Unreadable(f"must be one of: {', '.join(choices)}")
        return choices[value]

    return read
