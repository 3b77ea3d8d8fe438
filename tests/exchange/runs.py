"""Locked runs to export, by the real operations, and their files."""

from __future__ import annotations

import datetime as dt

from kis.core import clock
from kis.core.weeks import Week
from kis.exchange import exports
from kis.exchange.models import Export, ExportOrder
from kis.payroll import operations as payroll
from kis.payroll.models import PayrollRun
from kis.timesheets.hours import Hours
from kis.timesheets.workflow import State
from tests.support import people, walk

TUESDAY = clock.at(dt.date(2026, 12, 1), 9 * 60)


def locked(*hours: Hours, week: Week = people.WEEK) -> PayrollRun:
    """A run that paid these weeks, each of a worker of its own; one ordinary week of Ana if none is named."""
    written = hours or (people.hours(week),)
    for worker, each in zip([people.ana(), *people.many_workers(len(written) - 1)], written, strict=True):
        walk.to(people.sheet(people.placement(worker), week), State.APPROVED, hours=each)
    return paid(week)


def paid(week: Week = people.WEEK) -> PayrollRun:
    """A run over all that is approved of a week, on the Tuesday after it."""
    at = clock.at(week.next.days[1], 9 * 60)
    run = payroll.start_run(
        week, sequence=payroll.next_sequence(week), cut_off=at, by=people.actor(people.esra()), at=at
    )
    payroll.carry_out(run.pk, clock=lambda: at, report=lambda done, total: None)
    run.refresh_from_db()
    return run


def ordered(run: PayrollRun, kind: str = "csv", **choices: object) -> ExportOrder:
    """An order for a file that is not there yet."""
    order = exports.ask(run, kind, choices=choices, by=people.actor(people.esra()), at=TUESDAY)
    assert isinstance(order, ExportOrder)
    return order


def made(run: PayrollRun, kind: str = "csv", **choices: object) -> Export:
    """A file of a run, ordered and made."""
    order = ordered(run, kind, **choices)
    exports.carry_out(order.pk, clock=lambda: TUESDAY)
    refused = ExportOrder.objects.filter(pk=order.pk).first()
    assert refused is None, refused.reasons
    found: Export = Export.objects.get(run=run, key=order.key)
    return found


def content(export: Export) -> bytes:
    """The bytes of a file, as a download gives them."""
    with exports.contents(export).file.open("rb") as stored:
        return bytes(stored.read())
