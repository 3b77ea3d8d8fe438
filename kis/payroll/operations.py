"""The payroll run: started once, carried out in chunks that each stand or fall whole, locked with a digest.

A run that dies half-way is picked up again and goes on: what is paid is no longer approved, so no chunk is ever
paid twice, and a timesheet can stand in one run only.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum

from kis.core import audit
from kis.core.weeks import Week
from kis.payroll import recalculation
from kis.payroll.computing import LINE_FIELDS, Computed, compute, frozen_hours, store_lines
from kis.payroll.models import BillLine, PayLine, PayrollRun, RunSheet, SetAside
from kis.payroll.tasks import carry_out_run
from kis.staffing.actor import SYSTEM, Actor
from kis.staffing.models import PayPeriod, Worker
from kis.staffing.parties import Party
from kis.timesheets.models import Timesheet
from kis.timesheets.operations import Overtaken, pay_many
from kis.timesheets.workflow import NotAllowed, State

CHUNK = 200  # timesheets paid in one transaction: on SQLite nobody else writes meanwhile


class NothingToPay(Exception):
    """No approved timesheet, and no recalculated week, waits for this run."""


@dataclasses.dataclass(frozen=True, slots=True)
class Preview:
    """What a run would pay: `late` are sheets of earlier weeks, `after_cut_off` those that must wait."""

    week: Week
    pay_period: PayPeriod
    sequence: int
    cut_off: dt.datetime
    sheets: int
    minutes: int
    km: int
    expense_cents: int
    late: int
    after_cut_off: int
    recalculations: int = 0
    recalculated_cents: int = 0

    @property
    def fingerprint(self) -> str:
        """The figures as one word: a form carries it, so that nobody confirms other figures than were shown."""
        recalculated = f".{self.recalculations}.{self.recalculated_cents}" if self.recalculations else ""
        return f"{self.sequence}.{self.sheets}.{self.minutes}.{self.km}.{self.expense_cents}{recalculated}"

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to start a run for."""
        return not (self.sheets or self.recalculations)


def payable(week: Week, cut_off: dt.datetime, pay_period: PayPeriod = PayPeriod.WEEK) -> QuerySet[Timesheet]:
    """Approved sheets of `week` and before that were approved by the cut-off, of who is paid per that period."""
    aside = SetAside.objects.filter(timesheet=OuterRef("pk"), number=OuterRef("submitted_version"))
    return _approved_up_to(week, pay_period).filter(~Exists(aside), state_since__lte=cut_off)


def preview(week: Week, *, cut_off: dt.datetime, pay_period: PayPeriod = PayPeriod.WEEK) -> Preview:
    """What a run that closes `week` with this cut-off would pay. Nothing is written."""
    figures = payable(week, cut_off, pay_period).aggregate(
        sheets=Count("pk"), minutes=Sum("minutes", default=0), km=Sum("km", default=0),
        expense_cents=Sum("expense_cents", default=0), late=Count("pk", filter=~_of(week)),
    )  # fmt: skip
    waiting = _approved_up_to(week, pay_period).filter(state_since__gt=cut_off).count()
    anew = recalculation.waiting(pay_period).aggregate(n=Count("pk"), cents=Sum("cents", default=0))
    return Preview(
        week=week, pay_period=pay_period, sequence=next_sequence(week, pay_period), cut_off=cut_off,
        after_cut_off=waiting, recalculations=anew["n"], recalculated_cents=anew["cents"], **figures,
    )  # fmt: skip


def per_client(week: Week, cut_off: dt.datetime, pay_period: PayPeriod = PayPeriod.WEEK) -> list[dict[str, Any]]:
    """What a run would pay per client: name, sheets and minutes, by name."""
    rows = (
        payable(week, cut_off, pay_period).values("client__name").annotate(sheets=Count("pk"), minutes=Sum("minutes"))
    )
    return [dict(row) for row in rows.order_by("client__name")]


def totals_of_week(week: Week, pay_period: PayPeriod = PayPeriod.WEEK) -> dict[str, int]:
    """What the runs that closed a week have paid, to hold a preview against."""
    return _runs(week, pay_period).aggregate(
        sheets=Sum("sheets", default=0), minutes=Sum("minutes", default=0), cents=Sum("cents", default=0)
    )


def pay_periods_in_use() -> list[PayPeriod]:
    """The pay periods that any worker has, shortest first; always the week."""
    used = set(Worker.objects.values_list("pay_period", flat=True).distinct())
    return [period for period in PayPeriod if period in {*used, PayPeriod.WEEK}]


def put_aside(run: PayrollRun) -> QuerySet[SetAside]:
    """The sheets this run set aside: altered since they were approved, or refused by the pay rules."""
    found = SetAside.objects.filter(run=run).select_related("timesheet__worker__user", "timesheet__client")
    return found.order_by("pk")


def try_again(aside: SetAside, *, by: Actor, at: dt.datetime) -> None:
    """Let the next run try a timesheet that was set aside, for example after its rules were mended."""
    if by.party != Party.AGENCY:
        raise NotAllowed("only the agency runs payroll")
    with transaction.atomic():
        SetAside.objects.filter(pk=aside.pk).delete()
        audit.record(
            actor_id=by.user_id, actor_name=by.name, party=by.party, act="try_again", subject_type="Timesheet",
            subject_id=str(aside.timesheet_id), detail={"run": aside.run_id, "number": aside.number}, at=at,
        )  # fmt: skip


def next_sequence(week: Week, pay_period: PayPeriod = PayPeriod.WEEK) -> int:
    """The number the next run for this week will have; a form carries it, so that it can start only once."""
    return _runs(week, pay_period).count() + 1


def start_run(
    week: Week,
    *,
    sequence: int,
    cut_off: dt.datetime,
    pay_period: PayPeriod = PayPeriod.WEEK,
    by: Actor,
    at: dt.datetime,
) -> PayrollRun:
    """Start the run that was previewed as `sequence`, in the background. It closes `week`, the last of its pay period.

    Raises NotAllowed (not the agency), NothingToPay, Overtaken (this run exists, or another is under way).
    """
    if by.party != Party.AGENCY:
        raise NotAllowed("only the agency runs payroll")
    planned = payable(week, cut_off, pay_period).count() + recalculation.waiting(pay_period).count()
    if not planned:
        raise NothingToPay
    if sequence != next_sequence(week, pay_period):
        raise Overtaken
    try:
        with transaction.atomic():
            run = PayrollRun.objects.create(
                pay_period=pay_period, iso_year=week.year, iso_week=week.number, sequence=sequence, cut_off=cut_off,
                planned=planned, started_at=at, started_by_id=by.user_id, started_by_name=by.name,
            )  # fmt: skip
            carry_out_run.enqueue(run.pk)
    except IntegrityError as error:
        raise Overtaken from error
    return run


def carry_out(run_id: int, *, clock: Callable[[], dt.datetime], report: Callable[[int, int], None]) -> None:
    """Pay chunk after chunk until nothing is left, then what was recalculated, then lock.

    Safe to start again at any point, and for two at once: each chunk holds the run's row.
    """
    run = PayrollRun.objects.get(pk=run_id)
    if run.state == PayrollRun.State.LOCKED:
        return
    period = PayPeriod(run.pay_period)
    while ids := list(payable(run.week, run.cut_off, period).order_by("pk").values_list("pk", flat=True)[:CHUNK]):
        if not _pay_chunk(run, ids, at=clock()):
            return  # another process has finished this run
        report(paid_so_far(run), run.planned)
    while recalculation.settle(run, at=clock(), limit=CHUNK):
        report(paid_so_far(run), run.planned)
    _lock(run, at=clock())


def paid_so_far(run: PayrollRun) -> int:
    """How much of what was planned a run has done: timesheets paid, and recalculated weeks settled."""
    return run.run_sheets.count() + run.recalculated.count()


def _pay_chunk(run: PayrollRun, ids: list[int], *, at: dt.datetime) -> bool:
    """Pay what is whole and computable; set the others aside, to be looked at. False when the run is finished."""
    with transaction.atomic():
        if not run.hold():
            return False
        locked = Timesheet.objects.select_for_update(of=("self",)).filter(pk__in=ids, state=State.APPROVED)
        sheets = {sheet.pk: sheet for sheet in locked.select_related("placement", "worker").order_by("pk")}
        hours = frozen_hours(sheets)
        found = compute(hours, sheets)
        paid = pay_many(found.pay, by=SYSTEM, at=at)
        RunSheet.objects.bulk_create(RunSheet(run=run, timesheet_id=pk, digest=sheets[pk].digest) for pk in paid)
        store_lines(run, {pk: found.pay[pk] for pk in paid}, {pk: found.bill.get(pk, []) for pk in paid})
        SetAside.objects.bulk_create(_set_aside(run, sheets, found), ignore_conflicts=True)
    return True


def _set_aside(run: PayrollRun, sheets: Mapping[int, Timesheet], found: Computed) -> Iterable[SetAside]:
    for pk, sheet in sheets.items():
        row = SetAside(run=run, timesheet_id=pk, number=sheet.submitted_version or 0)
        if wrong := found.refused.get(pk):
            problems = [[problem.path, problem.message, dict(problem.params)] for problem in wrong.problems]
            row.why, row.problems = SetAside.Why.UNCOMPUTABLE, problems
            yield row
        elif pk not in found.pay:
            yield row


def _lock(run: PayrollRun, *, at: dt.datetime) -> None:
    """Close the run over everything it paid; of two that try, one row changes once."""
    digest = hashlib.sha256()
    lines, bills = PayLine.objects.filter(run=run), BillLine.objects.filter(run=run)
    for rows in (lines, bills):
        ordered = rows.order_by("timesheet_id", "date", "kind", "label", "percentage", "rate_cents", "factor")
        for row in ordered.values_list("timesheet_id", *LINE_FIELDS).iterator(2000):
            digest.update("|".join(map(str, row)).encode() + b"\n")
    totals = lines.aggregate(minutes=Sum("minutes", default=0), cents=Sum("cents", default=0))
    PayrollRun.objects.filter(pk=run.pk, state=PayrollRun.State.RUNNING).update(
        state=PayrollRun.State.LOCKED, locked_at=at, digest=digest.hexdigest(),
        sheets=RunSheet.objects.filter(run=run).count(),
        bill_cents=bills.aggregate(sum=Sum("cents", default=0))["sum"], **totals,
    )  # fmt: skip


def _runs(week: Week, pay_period: PayPeriod) -> QuerySet[PayrollRun]:
    return PayrollRun.objects.filter(iso_year=week.year, iso_week=week.number, pay_period=pay_period)


def _approved_up_to(week: Week, pay_period: PayPeriod) -> QuerySet[Timesheet]:
    earlier = Q(iso_year__lt=week.year) | Q(iso_year=week.year, iso_week__lte=week.number)
    return Timesheet.objects.filter(earlier, state=State.APPROVED, worker__pay_period=pay_period)


def _of(week: Week) -> Q:
    return Q(iso_year=week.year, iso_week=week.number)
