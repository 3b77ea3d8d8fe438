"""Looking for paid weeks that come to something else by now, each with the difference and why.

Rules, wages and tariffs may be agreed from a day that lies before weeks that were paid, and an earlier week of the same
four weeks or year may be corrected. Nothing follows from that by itself: it is found here, shown, and confirmed.
"""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Callable, Collection, Iterator, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Exists, Max, Min, OuterRef, Q, QuerySet

from kis.core.weeks import Week
from kis.payroll.agreements import agreed_since
from kis.payroll.computing import compute, frozen_hours
from kis.payroll.models import (
    PayLine,
    PayrollRun,
    PlacementTerms,
    Recalculation,
    Recheck,
    RecheckRow,
    RuleAssignment,
    RuleVersion,
)
from kis.payroll.recalculation import digest_of, newest_paid, waiting
from kis.payroll.results import Entry
from kis.payroll.tasks import look_at_paid_weeks
from kis.staffing.actor import Actor
from kis.staffing.parties import Party
from kis.timesheets.models import Timesheet
from kis.timesheets.workflow import NotAllowed

CHUNK = 500


class Why(enum.StrEnum):
    """What makes the difference, as far as the lines themselves tell."""

    RULES = "rules"  # another version, or other rules
    WAGE = "wage"
    TOP_UP = "top_up"
    TARIFF = "tariff"  # only what is billed
    HOURS = "hours"  # the hours of an earlier week, or the roster, count otherwise


def ask(week: Week, *, by: Actor, at: dt.datetime) -> Recheck:
    """Have every paid week from `week` on looked at, in the background."""
    if by.party != Party.AGENCY:
        raise NotAllowed("only the agency runs payroll")
    with transaction.atomic():
        recheck = Recheck.objects.create(
            iso_year=week.year, iso_week=week.number, asked_by_name=by.name, asked_at=at,
            planned=_paid_from(week).count(),
        )  # fmt: skip
        look_at_paid_weeks.enqueue(recheck.pk)
    return recheck


def carry_out(recheck_id: int, *, clock: Callable[[], dt.datetime]) -> None:
    """Look at the weeks, chunk after chunk; started again after a crash it begins anew."""
    recheck = Recheck.objects.get(pk=recheck_id)
    if recheck.finished_at:
        return
    RecheckRow.objects.filter(recheck=recheck).delete()
    ordered = _paid_from(recheck.week).order_by("iso_year", "iso_week", "pk")
    ids = list(ordered.values_list("pk", flat=True))
    left_out = 0
    for start in range(0, len(ids), CHUNK):
        left_out += _look(recheck, ids[start : start + CHUNK])
        Recheck.objects.filter(pk=recheck_id).update(done=min(start + CHUNK, len(ids)), planned=len(ids))
    Recheck.objects.filter(pk=recheck_id).update(
        finished_at=clock(), done=len(ids), planned=len(ids), left_out=left_out
    )


def still_holds(recheck: Recheck) -> bool:
    """Whether nothing was agreed and no run was started since it was asked for."""
    ran = PayrollRun.objects.filter(started_at__gt=recheck.asked_at).exists()
    return not ran and not agreed_since(recheck.asked_at)


def agreed_backwards() -> dt.date | None:
    """The first day of paid weeks for which something was agreed after the last look, or after the first run."""
    locked = PayrollRun.objects.filter(state=PayrollRun.State.LOCKED)
    latest = locked.order_by("-iso_year", "-iso_week").first()
    first = locked.order_by("started_at").first()
    if latest is None or first is None:
        return None
    looked = Recheck.objects.filter(finished_at__isnull=False).aggregate(at=Max("asked_at"))["at"]
    since = looked or first.started_at
    paid = Q(valid_from__lte=latest.week.sunday)
    days = [
        RuleVersion.objects.filter(paid, approved_at__gt=since).aggregate(day=Min("valid_from"))["day"],
        RuleAssignment.objects.filter(paid, at__gt=since).aggregate(day=Min("valid_from"))["day"],
        PlacementTerms.objects.filter(paid, at__gt=since).aggregate(day=Min("valid_from"))["day"],
    ]
    return min((day for day in days if day), default=None)


def _paid_from(week: Week) -> QuerySet[Timesheet]:
    from_then = Q(iso_year__gt=week.year) | Q(iso_year=week.year, iso_week__gte=week.number)
    return newest_paid().filter(from_then).filter(~Exists(waiting().filter(timesheet=OuterRef("pk"))))


def _look(recheck: Recheck, ids: Sequence[int]) -> int:
    """Write down what differs; answers how many could not be computed."""
    rows = Timesheet.objects.filter(pk__in=ids).select_related("placement", "worker")
    sheets = {sheet.pk: sheet for sheet in rows.order_by("iso_year", "iso_week", "pk")}
    found = compute(frozen_hours(sheets), sheets, anew=True)
    counted = Recalculation.objects.filter(timesheet__in=ids).values_list("timesheet").order_by()
    latest = dict(counted.annotate(latest=Max("number")))
    different = []
    for pk in sheets:
        pay, bill = found.pay.get(pk, []), found.bill.get(pk, [])
        if pay or bill:
            before = found.before[pk]
            different.append(
                RecheckRow(
                    recheck=recheck, timesheet_id=pk, number=latest.get(pk, 0) + 1, digest=digest_of(pay, bill),
                    paid_cents=_sum(before), cents=_sum(pay), bill_cents=_sum(bill),
                    reasons=list(reasons(before, pay, bill)),
                )
            )  # fmt: skip
    RecheckRow.objects.bulk_create(different, ignore_conflicts=True)
    return len(sheets) - len(found.pay)


def reasons(before: Collection[Entry], pay: Collection[Entry], bill: Collection[Entry]) -> Iterator[dict[str, Any]]:
    """Why a week comes to something else: the code, and the rules or the wages that are new."""
    if not pay and bill:
        yield {"why": Why.TARIFF}
        return
    rules = {entry.rules for entry in pay if entry.rules} - {entry.rules for entry in before}
    hours = [entry for entry in pay if entry.kind == PayLine.Kind.TIME]
    paid_hours = [entry for entry in before if entry.kind == PayLine.Kind.TIME]
    wages = {entry.rate_cents for entry in hours} - {entry.rate_cents for entry in paid_hours}
    if rules:
        yield {"why": Why.RULES, "rules": sorted(rules)}
    if wages:
        yield {"why": Why.WAGE, "wages": sorted(wages)}
    if any(entry.kind == PayLine.Kind.TOP_UP for entry in pay) and not wages:
        yield {"why": Why.TOP_UP}
    if hours and not rules and not wages:
        yield {"why": Why.HOURS}


def _sum(found: Collection[Entry]) -> int:
    return sum(entry.cents for entry in found)
