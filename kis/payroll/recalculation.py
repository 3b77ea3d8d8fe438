"""What was paid by other rules or wages than hold by now is computed anew, and the next run pays the difference.

Nothing is paid that nobody saw: what is confirmed is a difference line by line (`digest`). The run computes it again
and pays it only if it is still the same; else it pays nothing, and a next look finds what it has become.
What is owed is always what the week comes to, less all that was ever paid for it: nothing can be paid twice.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import itertools
from collections.abc import Iterable, Iterator, Sequence

from django.db import transaction
from django.db.models import Exists, Max, OuterRef, QuerySet

from kis.core import audit
from kis.payroll.computing import compute, frozen_hours, store_lines
from kis.payroll.models import PayrollRun, Recalculated, Recalculation, RecheckRow
from kis.payroll.results import Entry
from kis.staffing.actor import Actor
from kis.staffing.models import PayPeriod
from kis.staffing.parties import Party
from kis.timesheets.models import Timesheet
from kis.timesheets.operations import Overtaken
from kis.timesheets.workflow import NotAllowed

CHUNK = 500


@dataclasses.dataclass(frozen=True, slots=True)
class Due:
    """A recalculation that still is what was confirmed, and its lines."""

    of: Recalculation
    sheet: Timesheet
    pay: list[Entry]
    bill: list[Entry]


def newest_paid() -> QuerySet[Timesheet]:
    """Of each week the timesheet or correction that was paid last: the one whose hours count."""
    later = Timesheet.objects.filter(
        placement=OuterRef("placement"), iso_year=OuterRef("iso_year"), iso_week=OuterRef("iso_week"),
        revision__gt=OuterRef("revision"), run_sheet__isnull=False,
    )  # fmt: skip
    return Timesheet.objects.filter(run_sheet__run__state=PayrollRun.State.LOCKED).filter(~Exists(later))


def waiting(pay_period: PayPeriod | None = None) -> QuerySet[Recalculation]:
    """What was confirmed and no run has settled yet, of everybody or of who is paid per that period."""
    found = Recalculation.objects.filter(outcome__isnull=True)
    return found.filter(timesheet__worker__pay_period=pay_period) if pay_period else found


def digest_of(pay: Iterable[Entry], bill: Iterable[Entry]) -> str:
    """A difference as one word, the same whatever the order of its lines."""
    lines = sorted(f"{stream}|{_text(entry)}" for stream, found in (("pay", pay), ("bill", bill)) for entry in found)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def confirm(rows: Sequence[RecheckRow], *, by: Actor, at: dt.datetime) -> int:
    """Have these differences paid in the next run; answers how many. What somebody else has confirmed is left alone."""
    _require_agency(by)
    done = 0
    for start in range(0, len(rows), CHUNK):
        done += _confirm(rows[start : start + CHUNK], by, at)
    return done


def withdraw(recalculation: Recalculation, *, by: Actor, at: dt.datetime) -> None:
    """Take a recalculation back that no run has settled. Raises Overtaken."""
    _require_agency(by)
    with transaction.atomic():
        if not _held([recalculation.pk]):
            raise Overtaken
        Recalculated.objects.create(recalculation=recalculation, is_paid=False, at=at)
        _record(by, at, "withdraw_recalculation", [recalculation.timesheet_id])


def due(pay_period: PayPeriod) -> Iterator[Due]:
    """What the next run would pay of what was recalculated."""
    ids = list(waiting(pay_period).order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(ids), CHUNK):
        yield from _due(list(Recalculation.objects.filter(pk__in=ids[start : start + CHUNK])))


def settle(run: PayrollRun, *, at: dt.datetime, limit: int) -> int:
    """Pay up to `limit` recalculations in a run, all or none of them; answers how many were settled.

    One that is not what was confirmed any more is settled without being paid.
    """
    with transaction.atomic():
        if not run.hold():
            return 0
        confirmed = waiting(PayPeriod(run.pay_period)).filter(at__lte=run.started_at)
        rows = _held(list(confirmed.order_by("pk").values_list("pk", flat=True)[:limit]))
        payable = {found.of.pk: found for found in _due(rows)}
        store_lines(
            run,
            {found.sheet.pk: found.pay for found in payable.values()},
            {found.sheet.pk: found.bill for found in payable.values()},
        )
        Recalculated.objects.bulk_create(
            Recalculated(recalculation=row, run=run, is_paid=row.pk in payable, at=at) for row in rows
        )
    return len(rows)


def _held(ids: Sequence[int]) -> list[Recalculation]:
    """Of these, what still waits, its rows held: of two who settle or take back, one finds it."""
    list(Recalculation.objects.select_for_update().filter(pk__in=ids).order_by("pk").values_list("pk"))
    return list(waiting().filter(pk__in=ids).order_by("pk"))


def _due(rows: Sequence[Recalculation]) -> Iterator[Due]:
    found = newest_paid().filter(pk__in=[row.timesheet_id for row in rows]).select_related("placement", "worker__user")
    sheets = {sheet.pk: sheet for sheet in found}
    computed = compute(frozen_hours(sheets), sheets, anew=True)
    for row in rows:
        pk = row.timesheet_id
        pay, bill = computed.pay.get(pk), computed.bill.get(pk, [])
        if pay is not None and digest_of(pay, bill) == row.digest:
            yield Due(row, sheets[pk], pay, bill)


def _confirm(rows: Sequence[RecheckRow], by: Actor, at: dt.datetime) -> int:
    ids = [row.timesheet_id for row in rows]
    with transaction.atomic():
        list(Timesheet.objects.select_for_update().filter(pk__in=ids).order_by("pk").values_list("pk"))
        counted = Recalculation.objects.filter(timesheet__in=ids).values_list("timesheet").order_by()
        latest = dict(counted.annotate(latest=Max("number")))
        open_ones = set(waiting().filter(timesheet__in=ids).values_list("timesheet", flat=True))
        fresh = [
            row
            for row in rows
            if row.timesheet_id not in open_ones and row.number == latest.get(row.timesheet_id, 0) + 1
        ]
        if fresh:
            Recalculation.objects.bulk_create(
                Recalculation(
                    timesheet_id=row.timesheet_id, number=row.number, digest=row.digest, cents=row.cents,
                    bill_cents=row.bill_cents, reasons=row.reasons, by_id=by.user_id, by_name=by.name, at=at,
                )
                for row in fresh
            )  # fmt: skip
            _record(by, at, "recalculate", [row.timesheet_id for row in fresh])
    return len(fresh)


def _text(entry: Entry) -> str:
    figures = (entry.minutes, entry.quantity, entry.cents)
    key = (entry.date, entry.kind, entry.label, *map(_plain, (entry.percentage, entry.factor)), entry.rate_cents)
    return "|".join(map(str, itertools.chain(key, figures)))


def _plain(number: object) -> str:
    return f"{number:.4f}"  # as the database would give it back


def _require_agency(by: Actor) -> None:
    if by.party != Party.AGENCY:
        raise NotAllowed("only the agency runs payroll")


def _record(by: Actor, at: dt.datetime, act: str, timesheets: list[int]) -> None:
    audit.record(
        actor_id=by.user_id, actor_name=by.name, party=by.party, act=act, subject_type="Timesheet",
        subject_id=str(timesheets[0]), detail={"timesheets": timesheets}, at=at,
    )  # fmt: skip
