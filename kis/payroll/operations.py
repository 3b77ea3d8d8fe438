"""The payroll run: started once, carried out in chunks that each stand or fall whole, locked with a digest.

A run that dies half-way is picked up again and goes on: what is paid is no longer approved, so no chunk is ever
paid twice, and a timesheet can stand in one run only.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Sum

from kis.core import audit
from kis.core.weeks import Week
from kis.payroll import in_force
from kis.payroll.models import BillLine, PayLine, PayrollRun, RunSheet, SetAside, Stream, TopUp
from kis.payroll.results import Entry, entries, owed
from kis.payroll.rules.problems import Invalid
from kis.payroll.tasks import carry_out_run
from kis.staffing.actor import SYSTEM, Actor
from kis.staffing.models import AgencySettings, PayPeriod, Worker
from kis.staffing.parties import Party
from kis.timesheets.hours import Hours
from kis.timesheets.models import Submission, Timesheet
from kis.timesheets.operations import Overtaken, pay_many
from kis.timesheets.workflow import NotAllowed, State

CHUNK = 200  # timesheets paid in one transaction: on SQLite nobody else writes meanwhile


class NothingToPay(Exception):
    """No approved timesheet waits for this run."""


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

    @property
    def fingerprint(self) -> str:
        """The figures as one word: a form carries it, so that nobody confirms other figures than were shown."""
        return f"{self.sequence}.{self.sheets}.{self.minutes}.{self.km}.{self.expense_cents}"


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
    sequence = next_sequence(week, pay_period)
    return Preview(
        week=week, pay_period=pay_period, sequence=sequence, cut_off=cut_off, after_cut_off=waiting, **figures
    )


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
    planned = payable(week, cut_off, pay_period).count()
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
    """Pay chunk after chunk until nothing is left, then lock. Safe to start again at any point."""
    run = PayrollRun.objects.get(pk=run_id)
    if run.state == PayrollRun.State.LOCKED:
        return
    period = PayPeriod(run.pay_period)
    while ids := list(payable(run.week, run.cut_off, period).order_by("pk").values_list("pk", flat=True)[:CHUNK]):
        _pay_chunk(run, ids, at=clock())
        report(RunSheet.objects.filter(run=run).count(), run.planned)
    _lock(run, at=clock())


@dataclasses.dataclass(frozen=True, slots=True)
class Computed:
    """What became of some timesheets: the entries to pay and to bill per sheet, and the problems of the others."""

    pay: dict[int, list[Entry]]
    bill: dict[int, list[Entry]]
    refused: dict[int, Invalid]


def compute(hours: Mapping[int, Hours], sheets: Mapping[int, Timesheet]) -> Computed:
    """The lines of timesheets (with placement and worker) with these hours; of a correction, what differs.

    The same for a forecast and for the run: at most nine queries, whatever their number.
    """
    found = Computed({}, {}, {})
    chosen = [sheets[pk] for pk in hours]
    agreed = in_force.load(chosen)
    billing = AgencySettings.objects.filter(billing=True).exists()
    corrections = [sheet for sheet in chosen if sheet.corrects_id]
    paid, billed = _before(PayLine, corrections), _before(BillLine, corrections) if billing else {}
    top_ups: dict[int, dict[dt.date, int]] = defaultdict(dict)
    for top_up in TopUp.objects.filter(timesheet__in=list(hours)):
        top_ups[top_up.timesheet_id][top_up.date] = top_up.minutes
    for sheet in chosen:
        week = (sheet.placement_id, sheet.iso_year, sheet.iso_week)
        written = hours[sheet.pk]
        try:
            pay = entries(written, agreed.agreed(sheet), top_ups.get(sheet.pk))
            found.pay[sheet.pk] = owed(pay, paid.get(week, ())) if sheet.corrects_id else pay
            if billing and agreed.is_billed(sheet):
                bill = entries(written, agreed.agreed(sheet, Stream.BILL))
                found.bill[sheet.pk] = owed(bill, billed.get(week, ())) if sheet.corrects_id else bill
        except Invalid as wrong:
            found.pay.pop(sheet.pk, None)
            found.refused[sheet.pk] = wrong
    return found


def frozen_hours(sheets: Mapping[int, Timesheet]) -> dict[int, Hours]:
    """What was handed in last, of each timesheet that is stored as it was approved; an altered one is left out."""
    found: dict[int, Hours] = {}
    frozen = Submission.objects.filter(timesheet__in=list(sheets), number=F("timesheet__submitted_version"))
    for submission in frozen.order_by("timesheet_id"):
        sheet = sheets[submission.timesheet_id]
        hours = Hours.from_json(sheet.week, submission.content)
        if hours.digest(sheet.placement.number) == sheet.digest:
            found[sheet.pk] = hours
    return found


def entries_of(lines: Iterable[PayLine] | Iterable[BillLine]) -> list[Entry]:
    """Stored lines as values."""
    return [
        Entry(line.date, line.kind, line.label, line.percentage, line.rate_cents, line.factor, line.minutes,
              line.quantity, line.cents, line.rules)
        for line in lines
    ]  # fmt: skip


_Chain = tuple[int, int, int]  # placement, ISO year and week: a timesheet with all its corrections


def _before(model: type[PayLine] | type[BillLine], corrections: Collection[Timesheet]) -> dict[_Chain, list[Entry]]:
    """What was paid, or billed, for the weeks that these timesheets correct."""
    found: dict[_Chain, list[Entry]] = defaultdict(list)
    if not corrections:
        return found
    placements = {sheet.placement_id for sheet in corrections}
    wanted = {(sheet.placement_id, sheet.iso_year, sheet.iso_week) for sheet in corrections}
    years = {sheet.iso_year for sheet in corrections}
    lines = model.objects.filter(timesheet__placement__in=placements, timesheet__iso_year__in=years)
    for line in lines.select_related("timesheet"):
        sheet = line.timesheet
        chain = (sheet.placement_id, sheet.iso_year, sheet.iso_week)
        if chain in wanted:
            found[chain] += entries_of([line])
    return found


def _pay_chunk(run: PayrollRun, ids: list[int], *, at: dt.datetime) -> None:
    """Pay what is whole and computable; set the others aside, to be looked at."""
    with transaction.atomic():
        locked = Timesheet.objects.select_for_update(of=("self",)).filter(pk__in=ids, state=State.APPROVED)
        sheets = {sheet.pk: sheet for sheet in locked.select_related("placement", "worker").order_by("pk")}
        hours = frozen_hours(sheets)
        found = compute(hours, sheets)
        paid = pay_many(found.pay, by=SYSTEM, at=at)
        RunSheet.objects.bulk_create(RunSheet(run=run, timesheet_id=pk, digest=sheets[pk].digest) for pk in paid)
        PayLine.objects.bulk_create(
            [PayLine(run=run, timesheet_id=pk, **_values(entry)) for pk in paid for entry in found.pay[pk]],
            batch_size=1000,
        )
        BillLine.objects.bulk_create(
            [BillLine(run=run, timesheet_id=pk, **_values(entry)) for pk in paid for entry in found.bill.get(pk, ())],
            batch_size=1000,
        )
        SetAside.objects.bulk_create(_set_aside(run, sheets, found), ignore_conflicts=True)


def _set_aside(run: PayrollRun, sheets: Mapping[int, Timesheet], found: Computed) -> Iterable[SetAside]:
    for pk, sheet in sheets.items():
        row = SetAside(run=run, timesheet_id=pk, number=sheet.submitted_version or 0)
        if wrong := found.refused.get(pk):
            problems = [[problem.path, problem.message, dict(problem.params)] for problem in wrong.problems]
            row.why, row.problems = SetAside.Why.UNCOMPUTABLE, problems
            yield row
        elif pk not in found.pay:
            yield row


_FIELDS = ("date", "kind", "label", "percentage", "rate_cents", "factor", "minutes", "quantity", "cents", "rules")


def _values(entry: Entry) -> dict[str, Any]:
    return {name: getattr(entry, name) for name in _FIELDS}


def _lock(run: PayrollRun, *, at: dt.datetime) -> None:
    """Close the run over everything it paid; of two that try, one row changes once."""
    digest = hashlib.sha256()
    lines, bills = PayLine.objects.filter(run=run), BillLine.objects.filter(run=run)
    for rows in (lines, bills):
        ordered = rows.order_by("timesheet_id", "date", "kind", "label", "percentage", "rate_cents", "factor")
        for row in ordered.values_list("timesheet_id", *_FIELDS).iterator(2000):
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
