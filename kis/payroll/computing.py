"""The lines of many timesheets at once, by what was agreed: the same for a forecast, a run and a recalculation."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.db.models import F

from kis.payroll import in_force
from kis.payroll.models import BillLine, PayLine, PayrollRun, Stream, TopUp
from kis.payroll.results import AgreedTopUp, Entry, entries, owed
from kis.payroll.rules.problems import Invalid
from kis.staffing.models import AgencySettings
from kis.timesheets.hours import Hours
from kis.timesheets.models import Submission, Timesheet
from kis.timesheets.workflow import State

LINE_FIELDS = ("date", "kind", "label", "percentage", "rate_cents", "factor", "minutes", "quantity", "cents", "rules")


@dataclasses.dataclass(frozen=True, slots=True)
class Computed:
    """What became of some timesheets: the entries to pay and to bill per sheet, and the problems of the others.

    `before` is what was paid for the week already, of those whose entries are only the difference with it. `top_ups`
    has the minutes that were agreed to above the hours, per sheet.
    """

    pay: dict[int, list[Entry]]
    bill: dict[int, list[Entry]]
    refused: dict[int, Invalid]
    before: dict[int, list[Entry]]
    top_ups: dict[int, Mapping[dt.date, AgreedTopUp]]


def compute(hours: Mapping[int, Hours], sheets: Mapping[int, Timesheet], *, anew: bool = False) -> Computed:
    """The lines of timesheets (with placement and worker) with these hours; of a correction, what differs.

    `anew`: all of them were paid, and what differs is asked for. A week that was paid before the agency billed from
    here was billed by something else: for what it came to, by the tariff that holds for it now, and only what differs
    from that is billed. At most twelve queries, whatever their number.
    """
    found = Computed({}, {}, {}, {}, {})
    chosen = [sheets[pk] for pk in hours]
    agreed = in_force.load(chosen)
    agency = AgencySettings.objects.filter(billing=True).first()
    against = [sheet for sheet in chosen if anew or sheet.corrects_id]
    paid, billed = _before(PayLine, against), _before(BillLine, against) if agency else {}
    elsewhere = _billed_elsewhere(against, agency.billing_since) if agency and agency.billing_since else {}
    top_ups = _top_ups(chosen)
    handed_in = _handed_in(chosen) if top_ups else {}
    for sheet in chosen:
        week, written = _week_of(sheet), hours[sheet.pk]
        differs = anew or bool(sheet.corrects_id)
        try:
            found.top_ups[sheet.pk] = {
                date: AgreedTopUp(row.minutes, for_these=_is_for(row, sheet, handed_in))
                for date, row in top_ups.get(week, {}).items()
            }
            pay = entries(written, agreed.agreed(sheet), found.top_ups[sheet.pk])
            if differs:
                found.before[sheet.pk] = paid.get(week, [])
                pay = owed(pay, found.before[sheet.pk])
            found.pay[sheet.pk] = pay
            if agency and (agreed.is_billed(sheet) or billed.get(week)):
                tariff = agreed.agreed(sheet, Stream.BILL)
                bill = entries(written, tariff)
                if differs:
                    outside = entries(elsewhere[week], tariff) if week in elsewhere else []
                    bill = owed(bill, [*outside, *billed.get(week, [])])
                found.bill[sheet.pk] = bill
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
    return [Entry(**{name: getattr(line, name) for name in LINE_FIELDS}) for line in lines]


def store_lines(run: PayrollRun, pay: Mapping[int, Iterable[Entry]], bill: Mapping[int, Iterable[Entry]]) -> None:
    """Write down the lines of a run, per timesheet."""
    PayLine.objects.bulk_create(
        [PayLine(run=run, timesheet_id=pk, **_values(entry)) for pk in pay for entry in pay[pk]], batch_size=1000
    )
    BillLine.objects.bulk_create(
        [BillLine(run=run, timesheet_id=pk, **_values(entry)) for pk in bill for entry in bill[pk]], batch_size=1000
    )


_Week = tuple[int, int, int]  # placement, ISO year and week: a timesheet with all its corrections


def _week_of(sheet: Timesheet) -> _Week:
    return sheet.placement_id, sheet.iso_year, sheet.iso_week


def _before(model: type[PayLine] | type[BillLine], sheets: Collection[Timesheet]) -> dict[_Week, list[Entry]]:
    """What was paid, or billed, for the weeks of these timesheets."""
    found: dict[_Week, list[Entry]] = defaultdict(list)
    if not sheets:
        return found
    wanted = {_week_of(sheet) for sheet in sheets}
    placements, years, weeks = (set(column) for column in zip(*wanted, strict=True))
    lines = model.objects.filter(
        timesheet__placement__in=placements, timesheet__iso_year__in=years, timesheet__iso_week__in=weeks
    )
    for line in lines.select_related("timesheet").order_by("pk"):
        if (week := _week_of(line.timesheet)) in wanted:
            found[week] += entries_of([line])
    return found


def _billed_elsewhere(sheets: Collection[Timesheet], since: dt.datetime) -> dict[_Week, Hours]:
    """The hours paid last before the agency billed from here, of the weeks that were not billed from here before."""
    if not sheets:
        return {}
    wanted = {_week_of(sheet) for sheet in sheets}
    placements, years, weeks = (set(column) for column in zip(*wanted, strict=True))
    early = Timesheet.objects.filter(
        placement__in=placements, iso_year__in=years, iso_week__in=weeks, state=State.PAID, state_since__lt=since
    ).select_related("placement")
    last = {_week_of(sheet): sheet for sheet in early.order_by("revision") if _week_of(sheet) in wanted}
    from_here = BillLine.objects.filter(timesheet__in=early, run__started_at__lt=since).select_related("timesheet")
    for line in from_here:
        last.pop(_week_of(line.timesheet), None)
    hours = frozen_hours({sheet.pk: sheet for sheet in last.values()})
    return {_week_of(sheet): hours[sheet.pk] for sheet in last.values() if sheet.pk in hours}


def _is_for(top_up: TopUp, sheet: Timesheet, handed_in: Mapping[int, dt.datetime]) -> bool:
    """Whether it was agreed for the hours that count now, not for those before a correction or a second look."""
    if top_up.timesheet_id == sheet.pk:
        return top_up.at >= handed_in.get(sheet.pk, top_up.at)
    return top_up.timesheet.revision > sheet.revision


def _handed_in(sheets: Collection[Timesheet]) -> dict[int, dt.datetime]:
    """When the version that counts was handed in, of each timesheet."""
    counts = Submission.objects.filter(timesheet__in=sheets, number=F("timesheet__submitted_version"))
    return dict(counts.values_list("timesheet_id", "at"))


def _top_ups(sheets: Collection[Timesheet]) -> dict[_Week, dict[dt.date, TopUp]]:
    """What was agreed for short calls in the weeks of these timesheets; of a day, what was said last."""
    found: dict[_Week, dict[dt.date, TopUp]] = defaultdict(dict)
    wanted = {_week_of(sheet) for sheet in sheets}
    if not wanted:
        return found
    placements, years, weeks = (set(column) for column in zip(*wanted, strict=True))
    rows = TopUp.objects.filter(
        timesheet__placement__in=placements, timesheet__iso_year__in=years, timesheet__iso_week__in=weeks
    )
    for top_up in rows.select_related("timesheet").order_by("timesheet__revision", "pk"):
        found[_week_of(top_up.timesheet)][top_up.date] = top_up
    return found


def _values(entry: Entry) -> dict[str, Any]:
    return {name: getattr(entry, name) for name in LINE_FIELDS}
