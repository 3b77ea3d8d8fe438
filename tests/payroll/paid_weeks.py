"""Weeks of Ana at the bakery that were paid, and what may be agreed about them afterwards."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import Any

from kis.core import clock
from kis.core.weeks import Week
from kis.payroll import agreements, operations, recheck
from kis.payroll.computing import compute, frozen_hours
from kis.payroll.models import BillLine, PayLine, PayrollRun, Recheck, RecheckRow, RuleVersion, Stream
from kis.payroll.recalculation import newest_paid
from kis.payroll.rules import form, templates
from kis.timesheets.hours import Break, Day, Hours, Shift
from kis.timesheets.models import Timesheet
from kis.timesheets.workflow import State
from tests.support import people, walk

WEEK = people.WEEK
TUESDAY = clock.at(WEEK.next.days[1], 9 * 60)
LATE = Shift(14 * 60, 22 * 60 + 30, (Break(30, 17 * 60 + 30),))  # 3:30 by day, 4:30 in the evening
_MINUTE = dt.timedelta(minutes=1)


def after(minutes: int) -> dt.datetime:
    """So many minutes after that Tuesday morning."""
    return TUESDAY + minutes * _MINUTE


def wage(cents: int, at: dt.datetime = people.BEFORE, valid_from: dt.date = people.START, **values: Any) -> None:
    agreements.agree_terms(
        people.placement(people.ana()), valid_from=valid_from, wage_cents=cents, by=people.actor(people.esra()), at=at,
        **values,
    )  # fmt: skip


def evening(surcharge: str, at: dt.datetime, valid_from: dt.date = people.START) -> RuleVersion:
    """The next version of the bakery's own rules: the standard, with another surcharge in the evening."""
    standard = form.dump(templates.load("STANDARD-1"))
    bands = [{**band, "surcharge": surcharge} if band["label"] == "evening" else band for band in standard["bands"]]
    content = {**standard, "code": "BAKKERIJ", "valid_from": valid_from.isoformat(), "bands": bands}
    esra, finn = people.actor(people.esra()), people.actor(people.finn())
    draft = agreements.save_draft(content, by=esra, at=at)
    version = agreements.approve_draft(draft, revision=draft.revision, by=finn, at=at)
    if version.version == 1:
        agreements.assign_rules(
            "BAKKERIJ", stream=Stream.PAY, valid_from=valid_from, client=people.bakery(), by=esra, at=at
        )
    return version


def late_week(week: Week = WEEK) -> Hours:
    """Five late shifts."""
    return Hours(week, (Day((LATE,)),) * 5 + (Day(),) * 2)


def paid(week: Week = WEEK, hours: Hours | None = None) -> Timesheet:
    """A week of late shifts, paid."""
    return walk.to(people.sheet(people.ana(), week), State.PAID, hours=hours or late_week(week))


def looked(at: dt.datetime, week: Week = WEEK) -> list[RecheckRow]:
    """What a look at the paid weeks finds."""
    asked = recheck.ask(week, by=people.actor(people.esra()), at=at)
    recheck.carry_out(asked.pk, clock=lambda: at)
    return list(Recheck.objects.get(pk=asked.pk).rows.order_by("pk"))


def run(at: dt.datetime, week: Week = WEEK.next) -> PayrollRun:
    """A payroll run, carried out."""
    started = operations.start_run(
        week, sequence=operations.next_sequence(week), cut_off=at, by=people.actor(people.esra()), at=at
    )
    operations.carry_out(started.pk, clock=lambda: at, report=lambda done, planned: None)
    started.refresh_from_db()
    return started


def sums(model: type[PayLine] | type[BillLine] = PayLine) -> Counter[tuple[object, ...]]:
    """Everything that was ever paid, summed per week, day and component; what was taken back is gone."""
    found: Counter[tuple[object, ...]] = Counter()
    for line in model.objects.select_related("timesheet"):
        for what in ("minutes", "quantity", "cents"):
            found[(*_key(line.timesheet, line), what)] += getattr(line, what)
    return Counter({key: value for key, value in found.items() if value})


def present() -> Counter[tuple[object, ...]]:
    """What all paid weeks come to by now, summed in the same way: computed from nothing."""
    rows = newest_paid().select_related("placement", "worker")
    sheets = {sheet.pk: Timesheet(**{**_columns(sheet), "corrects_id": None}) for sheet in rows}
    found: Counter[tuple[object, ...]] = Counter()
    for pk, entries in compute(frozen_hours(sheets), sheets).pay.items():
        for entry in entries:
            for what in ("minutes", "quantity", "cents"):
                found[(*_key(sheets[pk], entry), what)] += getattr(entry, what)
    return Counter({key: value for key, value in found.items() if value})


def _columns(sheet: Timesheet) -> dict[str, Any]:
    columns = {field.attname: getattr(sheet, field.attname) for field in Timesheet._meta.concrete_fields}
    return columns | {"placement": sheet.placement, "worker": sheet.worker}


def _key(sheet: Timesheet, line: Any) -> tuple[object, ...]:
    week = (sheet.placement_id, sheet.iso_year, sheet.iso_week)
    return (*week, line.date, line.kind, line.label, line.percentage, line.rate_cents, line.factor)
