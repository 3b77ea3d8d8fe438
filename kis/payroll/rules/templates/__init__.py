"""Rule sets to start from: STANDARD-1 and real collective agreements, each with its source.

A template is copied and completed per client; it is never the client's terms by itself.
"""

from __future__ import annotations

import functools
import importlib.resources
import json
from decimal import Decimal

from kis.payroll.rules.form import parse
from kis.payroll.rules.model import RuleSet
from kis.payroll.rules.problems import gettext_noop, invalid

_FILES = {
    "STANDARD-1": "standard.json",
    "CLEANING-1": "cleaning.json",
    "CLEANING-HOTEL-1": "cleaning_hotel.json",
    "ROAD-TRANSPORT-1": "road_transport.json",
    "RETAIL-NON-FOOD-1": "retail_non_food.json",
    "METAAL-TECHNIEK-1": "metaal_techniek.json",
    "INDUSTRIAL-CLEANING-1": "industrial_cleaning.json",
    "HORECA-1": "horeca.json",
}


def names() -> tuple[str, ...]:
    """All templates, the standard one first."""
    return tuple(_FILES)


@functools.cache
def load(name: str) -> RuleSet:
    """The template of that name. Raises Invalid when there is none."""
    if name not in _FILES:
        raise invalid("", gettext_noop("is no template; there are: %(names)s"), names=", ".join(_FILES))
    file = importlib.resources.files(__name__) / _FILES[name]
    return parse(json.loads(file.read_text(encoding="utf-8"), parse_float=Decimal))
