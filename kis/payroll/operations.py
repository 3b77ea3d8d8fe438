"""The payroll run: started once, carried out in chunks that each stand or fall whole, locked with a digest.

A run that dies half-way is picked up again and goes on: what is paid is no longer approved, so no chunk is ever
paid twice, and a timesheet can stand in one run only.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import itertools
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Count, F, Q, QuerySet, Sum

from kis.core.weeks import Week
from kis.payroll.models import PayLine, PayrollRun, RunSheet, SetAside
from kis.payroll.tasks import carry_out_run
from kis.staffing.actor import SYSTEM, Actor
from kis.staffing.models import Placement
from kis.staffing.parties import Party
from kis.timesheets.hours import Hours
from kis.timesheets.models import Submission, Timesheet
from kis.timesheets.operations import Overtaken, pay_many
from kis.timesheets.workflow import NotAllowed, State

CHUNK = 1000


class NothingToPay(Exception):
    """No approved timesheet waits for this run."""


@dataclasses.dataclass(frozen=True, slots=True)
class Preview:
    """What a run would pay: `late` are sheets of earlier weeks, `after_cut_off` those that must wait."""

    week: Week
    sequence: int
    cut_off: dt.datetime
    sheets: int
    minutes: int
    km: int
    expense_cents: int
    late: int
    after_cut_off: int

    @property
    def fingerprint(self) -> str:
        """The figures as one word: a form carries it, so that nobody confirms other figures than were shown."""
        return f"{self.sequence}.{self.sheets}.{self.minutes}.{self.km}.{self.expense_cents}"


def payable(week: Week, cut_off: dt.datetime) -> QuerySet[Timesheet]:
    """Approved sheets of `week` and before that were approved by the cut-off."""
    return _approved_up_to(week).filter(state_since__lte=cut_off, set_aside__isnull=True)


def preview(week: Week, *, cut_off: dt.datetime) -> Preview:
    """What a run over `week` with this cut-off would pay. Nothing is written."""
    figures = payable(week, cut_off).aggregate(
        sheets=Count("pk"), minutes=Sum("minutes", default=0), km=Sum("km", default=0),
        expense_cents=Sum("expense_cents", default=0), late=Count("pk", filter=~_of(week)),
    )  # fmt: skip
    waiting = _approved_up_to(week).filter(state_since__gt=cut_off).count()
    return Preview(week=week, sequence=next_sequence(week), cut_off=cut_off, after_cut_off=waiting, **figures)


def per_client(week: Week, cut_off: dt.datetime) -> list[dict[str, Any]]:
    """What a run would pay per client: name, sheets and minutes, by name."""
    rows = payable(week, cut_off).values("client__name").annotate(sheets=Count("pk"), minutes=Sum("minutes"))
    return [dict(row) for row in rows.order_by("client__name")]


def totals_of_week(week: Week) -> dict[str, int]:
    """What the runs that closed a week have paid, to hold a preview against."""
    runs = PayrollRun.objects.filter(iso_year=week.year, iso_week=week.number)
    return runs.aggregate(sheets=Sum("sheets", default=0), minutes=Sum("minutes", default=0))


def altered(run: PayrollRun) -> QuerySet[Timesheet]:
    """Approved sheets this run set aside, because their stored content is not what was approved."""
    return Timesheet.objects.filter(set_aside__run=run).with_people()


def next_sequence(week: Week) -> int:
    """The number the next run for this week will have; a form carries it, so that it can start only once."""
    return PayrollRun.objects.filter(iso_year=week.year, iso_week=week.number).count() + 1


def start_run(week: Week, *, sequence: int, cut_off: dt.datetime, by: Actor, at: dt.datetime) -> PayrollRun:
    """Start the run that was previewed as `sequence`, in the background.

    Raises NotAllowed (not the agency), NothingToPay, Overtaken (this run exists, or another is under way).
    """
    if by.party != Party.AGENCY:
        raise NotAllowed("only the agency runs payroll")
    planned = payable(week, cut_off).count()
    if not planned:
        raise NothingToPay
    if sequence != next_sequence(week):
        raise Overtaken
    try:
        with transaction.atomic():
            run = PayrollRun.objects.create(
                iso_year=week.year, iso_week=week.number, sequence=sequence, cut_off=cut_off, planned=planned,
                started_at=at, started_by_id=by.user_id, started_by_name=by.name,
            )  # fmt: skip
            carry_out_run.enqueue(run.pk)
    except IntegrityError as error:
        raise Overtaken from error
    return run


def carry_out(run_id: int, *, clock: Callable[[], dt.datetime], report: Callable[[int, int], None]) -> None:
    """Pay chunk after chunk until nothing is left, then lock. Safe to start again at any point."""
    run = PayrollRun.objects.get(pk=run_id)
    if run.state == PayrollRun.State.LOCKED:
        return
    while ids := list(payable(run.week, run.cut_off).order_by("pk").values_list("pk", flat=True)[:CHUNK]):
        _pay_chunk(run, ids, at=clock())
        report(RunSheet.objects.filter(run=run).count(), run.planned)
    _lock(run, at=clock())


def lines_of(hours: Hours) -> Iterator[tuple[dt.date, PayLine.HourType, int, int, int]]:
    """The pay lines of a week: (date, hour type, minutes, quantity, cents)."""
    kind = PayLine.HourType
    for date, day in hours.dated():
        if minutes := day.worked(date):
            yield date, kind.HOURS, minutes, 0, 0
        if day.km:
            yield date, kind.KILOMETRES, 0, day.km, 0
    by_date = sorted(hours.expenses, key=lambda expense: expense.date)
    for date, expenses in itertools.groupby(by_date, key=lambda expense: expense.date):
        yield date, kind.EXPENSES, 0, 0, sum(expense.cents for expense in expenses)


def _pay_chunk(run: PayrollRun, ids: list[int], *, at: dt.datetime) -> None:
    """Pay what is whole; set aside, to be looked at, what is stored otherwise than it was approved."""
    with transaction.atomic():
        locked = Timesheet.objects.select_for_update().filter(pk__in=ids, state=State.APPROVED).order_by("pk")
        sheets = {sheet.pk: sheet for sheet in locked}
        numbers = dict(Placement.objects.filter(timesheets__in=sheets).values_list("pk", "number"))
        frozen = Submission.objects.filter(timesheet__in=sheets, number=F("timesheet__submitted_version"))
        whole: dict[int, Hours] = {}
        for submission in frozen.order_by("timesheet_id"):
            sheet = sheets[submission.timesheet_id]
            hours = Hours.from_json(sheet.week, submission.content)
            if hours.digest(numbers[sheet.placement_id]) == sheet.digest:
                whole[sheet.pk] = hours
        paid = pay_many(whole, by=SYSTEM, at=at)
        RunSheet.objects.bulk_create(RunSheet(run=run, timesheet_id=pk, digest=sheets[pk].digest) for pk in paid)
        PayLine.objects.bulk_create(
            [line for pk in paid for line in _lines(run, sheets[pk], whole[pk])], batch_size=1000
        )
        SetAside.objects.bulk_create(
            (SetAside(run=run, timesheet_id=pk) for pk in sheets if pk not in whole), ignore_conflicts=True
        )


def _lines(run: PayrollRun, sheet: Timesheet, hours: Hours) -> Iterable[PayLine]:
    for date, hour_type, minutes, quantity, cents in lines_of(hours):
        yield PayLine(
            run=run, timesheet=sheet, date=date, hour_type=hour_type, minutes=minutes, quantity=quantity, cents=cents
        )


def _lock(run: PayrollRun, *, at: dt.datetime) -> None:
    """Close the run over everything it paid; of two that try, one row changes once."""
    lines = PayLine.objects.filter(run=run)
    fields = ("timesheet_id", "date", "hour_type", "minutes", "quantity", "cents")
    digest = hashlib.sha256()
    for row in lines.order_by("timesheet_id", "date", "hour_type").values_list(*fields).iterator(2000):
        digest.update("|".join(map(str, row)).encode() + b"\n")
    PayrollRun.objects.filter(pk=run.pk, state=PayrollRun.State.RUNNING).update(
        state=PayrollRun.State.LOCKED, locked_at=at, digest=digest.hexdigest(),
        sheets=RunSheet.objects.filter(run=run).count(), minutes=lines.aggregate(sum=Sum("minutes", default=0))["sum"],
    )  # fmt: skip


def _approved_up_to(week: Week) -> QuerySet[Timesheet]:
    earlier = Q(iso_year__lt=week.year) | Q(iso_year=week.year, iso_week__lte=week.number)
    return Timesheet.objects.filter(earlier, state=State.APPROVED)


def _of(week: Week) -> Q:
    return Q(iso_year=week.year, iso_week=week.number)
