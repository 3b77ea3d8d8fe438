"""Every hour of a week stands in exactly one state, and the totals close: worked = with somebody + paid = billed.

An hour is counted once, where its timesheet is; a correction counts with what it adds to, or takes off, the timesheet
that it corrects. Norm 5.6 of the Wtta framework asks for this: worked, paid, billed, each difference with its reason.
"""

from __future__ import annotations

import dataclasses
import enum
from collections import defaultdict
from collections.abc import Iterable, Iterator

from django.db.models import F, IntegerField, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from kis.core.weeks import Week
from kis.payroll.models import BillLine, PayLine
from kis.staffing.models import AgencySettings
from kis.timesheets.models import Timesheet
from kis.timesheets.workflow import PHASES, State

COLUMNS = ("worker", "client", "agency", "approved", "paid")
_COLUMN = {
    **dict.fromkeys(PHASES["first"], "worker"),
    **dict.fromkeys(PHASES["intermediate"], "client"),
    **dict.fromkeys(PHASES["last"], "agency"),
    State.APPROVED: "approved",
    State.PAID: "paid",
}


class Reason(enum.StrEnum):
    """Why what was paid or billed is not what was worked."""

    PAID_BREAK = "paid_break"  # the rules pay the break, or do not take a short one off
    SET_ASIDE = "set_aside"
    NO_TARIFF = "no_tariff"
    UNKNOWN = "unknown"


@dataclasses.dataclass
class Row:
    """Minutes of one client: by where they stand, and what of the paid ones became pay and bill lines."""

    client_id: int = 0
    client: str = ""
    worker: int = 0
    agency: int = 0
    approved: int = 0
    paid: int = 0
    with_client: int = 0
    corrected: int = 0  # of the paid ones, by correction
    pay_lines: int = 0
    bill_lines: int = 0

    @property
    def total(self) -> int:
        return self.worker + self.with_client + self.agency + self.approved + self.paid

    @property
    def closes(self) -> bool:
        """Whether what is paid became pay lines to the minute."""
        return self.paid == self.pay_lines

    def add(self, other: Row) -> None:
        for name in _FIGURES:
            setattr(self, name, getattr(self, name) + getattr(other, name))


_FIGURES = ("worker", "with_client", "agency", "approved", "paid", "corrected", "pay_lines", "bill_lines")


@dataclasses.dataclass(frozen=True, slots=True)
class Difference:
    """A paid timesheet whose hours are not its paid or billed hours, and why."""

    timesheet: Timesheet
    worked: int
    paid: int
    billed: int
    reason: Reason


@dataclasses.dataclass(frozen=True, slots=True)
class Reconciliation:
    """A week, client by client."""

    week: Week
    rows: tuple[Row, ...]
    total: Row
    billing: bool

    @property
    def closes(self) -> bool:
        return all(row.closes for row in self.rows)


def reconcile(week: Week) -> Reconciliation:
    """The hours of one week by client, in four queries."""
    rows: dict[int, Row] = defaultdict(Row)
    sheets = Timesheet.objects.of_week(week).annotate(adds=_ADDS)
    sums = sheets.values("client", "client__name", "state", "revision").annotate(sum=Sum("adds")).order_by("client")
    for found in sums:
        row = rows[found["client"]]
        row.client_id, row.client = found["client"], found["client__name"]
        column = _COLUMN[State(found["state"])]
        field = "with_client" if column == "client" else column
        setattr(row, field, getattr(row, field) + found["sum"])
        if column == "paid" and found["revision"]:
            row.corrected += found["sum"]
    for client, minutes in _lines(PayLine.objects.filter(kind=PayLine.Kind.TIME), week):
        rows[client].pay_lines = minutes
    for client, minutes in _lines(BillLine.objects.filter(kind=BillLine.Kind.TIME), week):
        rows[client].bill_lines = minutes
    total = Row()
    for row in rows.values():
        total.add(row)
    ordered = sorted(rows.values(), key=lambda row: row.client.casefold())
    billing = AgencySettings.objects.filter(billing=True).exists()
    return Reconciliation(week, tuple(ordered), total, billing)


def differences(week: Week, *, limit: int = 100) -> list[Difference]:
    """The paid timesheets of a week that do not close, and those that a run set aside, each with its reason."""
    billing = AgencySettings.objects.filter(billing=True).exists()
    paid = Timesheet.objects.of_week(week).with_people().filter(state=State.PAID)
    annotated = paid.annotate(adds=_ADDS, paid_minutes=_of(PayLine), billed_minutes=_of(BillLine))
    wrong = annotated.exclude(paid_minutes=F("adds"))
    if billing:
        wrong = wrong | annotated.exclude(billed_minutes=F("adds"))
    found = [*_set_aside(week, limit), *_unequal(wrong.order_by("pk")[:limit], billing=billing)]
    return found[:limit]


# What a timesheet adds to the week: all of it, or for a correction the difference with the one it corrects.
_ADDS = F("minutes") - Coalesce(F("corrects__minutes"), 0, output_field=IntegerField())


def _of(model: type[PayLine] | type[BillLine]) -> Coalesce:
    """The minutes of the time lines of a timesheet."""
    lines = model.objects.filter(timesheet=OuterRef("pk"), kind="time").order_by().values("timesheet")
    return Coalesce(Subquery(lines.annotate(sum=Sum("minutes")).values("sum")), 0, output_field=IntegerField())


def _lines(lines: QuerySet[PayLine] | QuerySet[BillLine], week: Week) -> Iterable[tuple[int, int]]:
    of_week = lines.filter(timesheet__iso_year=week.year, timesheet__iso_week=week.number)
    return of_week.values_list("timesheet__client").annotate(sum=Sum("minutes")).order_by("timesheet__client")


def _set_aside(week: Week, limit: int) -> Iterator[Difference]:
    sheets = Timesheet.objects.of_week(week).with_people().filter(state=State.APPROVED)
    for sheet in sheets.filter(set_aside__number=F("submitted_version")).order_by("pk")[:limit]:
        yield Difference(sheet, sheet.minutes, 0, 0, Reason.SET_ASIDE)


def _unequal(sheets: Iterable[Timesheet], *, billing: bool) -> Iterator[Difference]:
    for sheet in sheets:
        adds, paid, billed = sheet.adds, sheet.paid_minutes, sheet.billed_minutes  # type: ignore[attr-defined]  # annotated
        if paid == adds:
            reason = Reason.NO_TARIFF if not billed else Reason.UNKNOWN
        else:
            reason = Reason.PAID_BREAK if paid > adds > 0 else Reason.UNKNOWN
        yield Difference(sheet, adds, paid, billed if billing else 0, reason)
