"""Paging by key: a page costs the same at the start of a list and a million rows on."""

from __future__ import annotations

import dataclasses
import json
from typing import Any

from django.core import signing
from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest

LENGTH = 50
_SALT = "kis.web.paging"


@dataclasses.dataclass(frozen=True, slots=True)
class Page:
    """Rows of one page, and the query strings that lead on and back to the first."""

    rows: list[Any]
    following: str  # query string, empty on the last page
    is_first: bool
    first: str


def page_of(request: HttpRequest, found: QuerySet[Any], *, order: tuple[str, ...], length: int = LENGTH) -> Page:
    """The page of `found` that the request's `after` points at, ordered by `order` (ending in a unique column)."""
    start = _read(request.GET.get("after", ""), len(order))
    if start:
        found = found.filter(_behind(order, start))
    rows = _first(found, order, length + 1)
    following = ""
    if len(rows) > length:
        rows = rows[:length]
        following = _query(request, signing.dumps([_value(rows[-1], name) for name in order], salt=_SALT))
    return Page(rows, following, is_first=not start, first=_query(request, ""))


def _first(found: QuerySet[Any], order: tuple[str, ...], count: int) -> list[Any]:
    """The first rows. Sorted by a column of another table, first which they are: a long week is sorted without all
    that is shown with each row."""
    ordered = found.order_by(*order)
    if not any("__" in name for name in order):
        return list(ordered[:count])
    keys = list(ordered.values_list("pk", flat=True)[:count])
    return list(ordered.filter(pk__in=keys))


def _behind(order: tuple[str, ...], start: list[Any]) -> Q:
    """Everything after `start`: (a > x) or (a = x and b > y) or ..."""
    behind = Q()
    equal = Q()
    for name, value in zip(order, start, strict=True):
        column = name.lstrip("-")
        behind |= equal & Q(**{f"{column}__{'lt' if name.startswith('-') else 'gt'}": value})
        equal &= Q(**{column: value})
    return behind


def _value(row: Model, name: str) -> Any:
    value: Any = row
    for part in name.lstrip("-").split("__"):
        value = getattr(value, part)
    return value


def _read(text: str, length: int) -> list[Any]:
    """The key in a query string; anything that is not ours starts at the beginning."""
    try:
        start = signing.loads(text, salt=_SALT) if text else []
    except (signing.BadSignature, json.JSONDecodeError):
        return []
    return start if isinstance(start, list) and len(start) == length else []


def _query(request: HttpRequest, after: str) -> str:
    query = request.GET.copy()
    query.pop("after", None)
    if after:
        query["after"] = after
    return query.urlencode()
