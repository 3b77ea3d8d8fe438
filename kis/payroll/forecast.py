"""What a run would come to, worked out before it is started: every line computed, nothing written but the figures.

The same computation as the run's own (`computing.compute`): it pays what was forecast, as long as nothing changes.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import functools
import itertools
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Sum

from kis.core.weeks import Week
from kis.payroll import agreements, in_force, operations, recalculation, wage_checks
from kis.payroll.computing import compute, frozen_hours
from kis.payroll.models import Forecast, PayLine, PayrollRun, TopUp
from kis.payroll.operations import Preview
from kis.payroll.results import Entry, classified
from kis.payroll.rules.problems import Invalid
from kis.payroll.tasks import make_forecast
from kis.staffing.actor import Actor
from kis.staffing.models import PayPeriod, Placement, Worker
from kis.staffing.parties import Party
from kis.timesheets.hours import Hours
from kis.timesheets.models import Timesheet
from kis.timesheets.workflow import NotAllowed

CHUNK = 1000
SHOWN = 50  # of each list; the count is told in full
FAR = Decimal("0.25")  # of the amount before: a difference worth a look


@dataclasses.dataclass
class Figures:
    """The sums of a forecast, grown timesheet by timesheet; `to_json` is what a page shows."""

    sheets: int = 0
    minutes: int = 0
    cents: int = 0
    bill_cents: int = 0
    components: dict[tuple[str, Decimal], Counter[str]] = dataclasses.field(
        default_factory=lambda: defaultdict(Counter)
    )
    workers: Counter[int] = dataclasses.field(default_factory=Counter)
    signals: dict[str, list[dict[str, Any]]] = dataclasses.field(default_factory=lambda: defaultdict(list))
    signal_counts: Counter[str] = dataclasses.field(default_factory=Counter)

    def signal(self, code: str, sheet: Timesheet, **more: Any) -> None:
        """Something about one timesheet that deserves a look before the run."""
        self.signal_counts[code] += 1
        if len(self.signals[code]) < SHOWN:
            who = {"sheet": sheet.pk, "worker": str(sheet.worker), "client": str(sheet.client), "week": str(sheet.week)}
            self.signals[code].append({**who, **more})

    def to_json(self, before: dict[int, int], names: dict[int, str]) -> dict[str, Any]:
        return {
            "sheets": self.sheets,
            "minutes": self.minutes,
            "cents": self.cents,
            "bill_cents": self.bill_cents,
            "before_cents": sum(before.values()),
            "components": [
                {"label": label, "percentage": str(percentage), **sums}
                for (label, percentage), sums in sorted(self.components.items(), key=lambda item: item[0][::-1])
            ],
            "signals": dict(self.signals),
            "signal_counts": dict(self.signal_counts),
            "differences": list(itertools.islice(self._differences(before, names), SHOWN)),
        }

    def _differences(self, before: dict[int, int], names: dict[int, str]) -> Iterator[dict[str, Any]]:
        """Workers paid far more or less than in the run before, the largest difference first."""
        changes = {pk: self.workers[pk] - before.get(pk, 0) for pk in {*self.workers, *before}}
        for pk, change in sorted(changes.items(), key=lambda item: (-abs(item[1]), item[0])):
            if abs(change) > FAR * abs(before.get(pk, 0)) and change:
                yield {"worker": names.get(pk, ""), "cents": self.workers[pk], "before": before.get(pk, 0)}


def ask(preview: Preview, *, by: Actor, at: dt.datetime) -> Forecast:
    """Have the figures of a preview worked out in the background; asked again for the same ones, it is the same."""
    if by.party != Party.AGENCY:
        raise NotAllowed("only the agency runs payroll")
    found = of(preview)
    if found:
        return found
    with transaction.atomic():
        forecast = Forecast.objects.create(
            pay_period=preview.pay_period, iso_year=preview.week.year, iso_week=preview.week.number,
            cut_off=preview.cut_off, fingerprint=preview.fingerprint, planned=preview.sheets, asked_by_name=by.name,
            asked_at=at,
        )  # fmt: skip
        make_forecast.enqueue(forecast.pk)
    return forecast


def of(preview: Preview) -> Forecast | None:
    """The latest forecast of exactly these figures, unless other rules or wages were agreed since."""
    found = Forecast.objects.filter(
        pay_period=preview.pay_period, iso_year=preview.week.year, iso_week=preview.week.number,
        fingerprint=preview.fingerprint,
    ).first()  # fmt: skip
    return found if found and not agreements.agreed_since(found.asked_at) else None


def carry_out(forecast_id: int) -> None:
    """Work a forecast out, chunk after chunk; started again after a crash it begins anew."""
    forecast = Forecast.objects.get(pk=forecast_id)
    if forecast.figures is not None:
        return
    figures = Figures()
    period = PayPeriod(forecast.pay_period)
    ids = list(operations.payable(forecast.week, forecast.cut_off, period).order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(ids), CHUNK):
        _add(figures, ids[start : start + CHUNK])
        Forecast.objects.filter(pk=forecast_id).update(done=min(start + CHUNK, len(ids)))
    for due in recalculation.due(period):
        _count(figures, due.sheet.worker_id, due.pay, due.bill)
    before = _paid_before(forecast.week, period)
    names = Worker.objects.filter(pk__in={*figures.workers, *before}).values_list("pk", "user__name")
    result = figures.to_json(before, dict(names))
    Forecast.objects.filter(pk=forecast_id).update(figures=result, done=len(ids), planned=len(ids))


def _add(figures: Figures, ids: Sequence[int]) -> None:
    rows = Timesheet.objects.filter(pk__in=ids).select_related("placement", "worker__user", "client").order_by("pk")
    sheets = {sheet.pk: sheet for sheet in rows}
    hours = frozen_hours(sheets)
    found = compute(hours, sheets)
    agreed = in_force.load([sheets[pk] for pk in hours])
    decided = set(TopUp.objects.filter(timesheet__in=ids).values_list("timesheet_id", "date"))
    for pk, sheet in sheets.items():
        if pk not in hours:
            figures.signal("altered", sheet)
        elif pk in found.refused:
            figures.signal("refused", sheet, problem=found.refused[pk].problems[0].text)
        else:
            figures.sheets += 1
            _count(figures, sheet.worker_id, found.pay[pk], found.bill.get(pk, ()))
            _look(figures, sheet, hours[pk], agreed, decided)


def _count(figures: Figures, worker: int, pay: Iterable[Entry], bill: Iterable[Entry]) -> None:
    for entry in pay:
        figures.minutes += entry.minutes
        figures.cents += entry.cents
        figures.workers[worker] += entry.cents
        sums = figures.components[entry.label, entry.percentage]
        sums.update(minutes=entry.minutes, quantity=entry.quantity, cents=entry.cents)
    figures.bill_cents += sum(entry.cents for entry in bill)


def _look(
    figures: Figures, sheet: Timesheet, hours: Hours, agreed: in_force.InForce, decided: Collection[tuple[int, dt.date]]
) -> None:
    """What deserves a look: no wage or too low a one, a total where the time of day counts, too short a call.

    `decided` has the short calls about which the agency has said what is paid.
    """
    worked = [date for date, day in hours.dated() if day.worked(date)]
    if any(agreed.wage_on(sheet.placement_id, date) is None for date in worked):
        figures.signal("no_wage", sheet)
    _look_at_wage(figures, sheet, hours, agreed)
    terms = agreed.agreed(sheet)
    if sheet.placement.entry == Placement.Entry.TOTALS and any(rules.bands for rules in terms.rules):
        figures.signal("totals", sheet)
    if terms.on_call:
        try:
            proposed = classified(hours, terms).top_ups
        except Invalid:
            return
        for top_up in proposed:
            if (sheet.pk, top_up.day) in decided:
                continue
            figures.signal("short_call", sheet, date=top_up.day.isoformat(), missing=top_up.missing)


def _look_at_wage(figures: Figures, sheet: Timesheet, hours: Hours, agreed: in_force.InForce) -> None:
    found = wage_checks.low_wages(
        hours, functools.partial(agreed.wage_on, sheet.placement_id), birth_date=sheet.worker.birth_date
    )
    worst = wage_checks.lowest(each for each in found if each.is_below)
    if worst:
        figures.signal(
            "below_minimum", sheet, day=worst.day.isoformat(), wage=worst.rate_cents, minimum=worst.floor_cents
        )
    elif found:
        figures.signal("minimum_unknown", sheet)


def _paid_before(week: Week, period: PayPeriod) -> dict[int, int]:
    """Cents per worker in the run before, of the same pay period."""
    runs = PayrollRun.objects.filter(pay_period=period, state=PayrollRun.State.LOCKED)
    earlier = runs.exclude(iso_year=week.year, iso_week=week.number).order_by("-pk").first()
    if earlier is None:
        return {}
    sums = PayLine.objects.filter(run=earlier).values_list("timesheet__worker").annotate(cents=Sum("cents"))
    return dict(sums.order_by("timesheet__worker"))
