"""The wage and the factor of an imported placement: agreed from a day on, or left as they are.

Terms are never changed, only followed by others. So a wage that differs from the one that holds needs the day from
which it counts; nothing that was paid shifts because a file was imported once more.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from kis.core import clock
from kis.payroll.agreements import agree_terms
from kis.payroll.models import PlacementTerms
from kis.payroll.typed_terms import running_day
from kis.staffing.actor import Actor
from kis.staffing.models import Placement

COLUMNS = ("wage", "bill_factor", "terms_from")


def take_in_terms(placement: Placement, cells: Mapping[str, Any], *, by: Actor, at: dt.datetime) -> bool:
    """Agree what the cells say where it differs from what holds; answers whether it did.

    Raises ValidationError by column.
    """
    if not any(name in cells for name in COLUMNS):
        return False
    if "wage" not in cells and "bill_factor" not in cells:
        raise ValidationError({"terms_from": _("There is no wage and no factor that holds from this day.")})
    terms = list(placement.terms.order_by("valid_from", "pk"))
    since = _since(placement, cells, at, is_first=not terms)
    held = next((row for row in reversed(terms) if row.valid_from <= since), None)
    wanted = _wanted(held, cells)
    if held and all(getattr(held, name) == value for name, value in wanted.items()):
        return False
    if terms and "terms_from" not in cells:
        raise ValidationError({"wage": _("Something else was agreed. Fill in from which day this holds.")})
    agree_terms(placement, valid_from=since, by=by, at=at, **wanted)
    return True


def _since(placement: Placement, cells: Mapping[str, Any], at: dt.datetime, *, is_first: bool) -> dt.date:
    """The day from which the cells hold: as it stands there; else the job's first day, or today beside other terms."""
    if "terms_from" in cells:
        try:
            return running_day(placement, cells["terms_from"])
        except ValidationError as error:
            raise ValidationError({"terms_from": error}) from error
    return placement.start if is_first else max(placement.start, clock.local(at).date())


def _wanted(held: PlacementTerms | None, cells: Mapping[str, Any]) -> dict[str, Any]:
    """All of the terms: what an empty cell does not say stays as it is."""
    if held is None and "wage" not in cells:
        raise ValidationError({"wage": _("There is no wage yet to which this factor applies.")})
    stays = ("wage_cents", "on_call", "bill_factor", "bill_cents", "bill_factors", "bill_fixed")
    wanted = {name: getattr(held, name) for name in stays} if held else {}
    if "wage" in cells:
        wanted["wage_cents"] = cells["wage"]
    if "bill_factor" in cells:
        wanted |= {"bill_factor": cells["bill_factor"], "bill_cents": None}
    return wanted
