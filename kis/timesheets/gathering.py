"""Gathers from the database what the pure checks need to know about a worker's weeks, and gives their signals."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any, Final

from django.db.models import Q

from kis.core.weeks import Week
from kis.staffing.models import Placement
from kis.staffing.parties import Party
from kis.staffing.working_terms import Option, Profile
from kis.timesheets.hours import Hours
from kis.timesheets.models import Acknowledgement, Timesheet
from kis.timesheets.signals import Facts, Signal, in_order, seen_by, signals, still_open
from kis.timesheets.workflow import EDITABLE, OPEN, State
from kis.timesheets.working_record import WrittenWeek, signals_of
from kis.timesheets.working_time import Terms

REACH: Final = 2  # weeks before a change whose signals may change with it: by rests, series and windows of 14 days
HISTORY: Final = 51  # weeks before a week that a window of 52 looks back on
COLUMNS: Final = ("signals", "signal_count", "agency_signal_count", "finding_level")
_OF_A_SHEET: Final = ("pk", "placement", "client", "iso_year", "iso_week", "revision", "state", "content", "version")


@dataclasses.dataclass(frozen=True)
class Sheet:
    """A timesheet of the worker, as it stands in the database."""

    pk: int
    placement: int
    client: int
    week: Week
    revision: int
    state: str
    hours: Hours
    version: int
    columns: Mapping[str, Any]  # what is stored of its signals

    @property
    def is_draft(self) -> bool:
        return self.state in EDITABLE


@dataclasses.dataclass(frozen=True)
class Notebook:
    """All that one worker wrote, at all placements, since so long ago as the law looks back."""

    sheets: tuple[Sheet, ...]
    placements: Mapping[int, Placement]
    birth_date: dt.date | None
    since: Week  # of the first signals that are asked for

    def with_handed_in(self, timesheet: Timesheet, hours: Hours) -> Notebook:
        """The same, as if a timesheet, which may not be stored yet, were handed in with these hours."""
        others = (sheet for sheet in self.sheets if sheet.pk != timesheet.pk)
        this = Sheet(
            timesheet.pk, timesheet.placement_id, timesheet.client_id, timesheet.week, timesheet.revision,
            State.SUBMITTED, hours, timesheet.version, {},
        )  # fmt: skip
        return dataclasses.replace(self, sheets=(*others, this))

    def at_client(self, client: int) -> Notebook:
        """What of it was written at one client."""
        return dataclasses.replace(self, sheets=tuple(sheet for sheet in self.sheets if sheet.client == client))

    def signals(self) -> dict[int, tuple[Signal, ...]]:
        """The signals of every open timesheet.

        A draft is the worker's own: it is held against all there is, drafts included. What is handed in is held
        against what is handed in, so that nobody is warned by what is still being typed elsewhere.
        """
        handed_in = [sheet for sheet in self.sheets if not sheet.is_draft]
        drafts = [sheet for sheet in self.sheets if sheet.is_draft and not sheet.hours.is_empty]
        found = self._judge(_latest(handed_in), [sheet.pk for sheet in handed_in if self._is_judged(sheet)])
        if drafts:
            found |= self._judge(
                _latest([*handed_in, *drafts]), [sheet.pk for sheet in drafts if self._is_judged(sheet)]
            )
        empty = (sheet.pk for sheet in self.sheets if sheet.is_draft and sheet.hours.is_empty)
        return {**dict.fromkeys(empty, ()), **found}

    def _is_judged(self, sheet: Sheet) -> bool:
        return sheet.state in OPEN and sheet.week >= self.since

    def _judge(self, sheets: Collection[Sheet], judged: Collection[int]) -> dict[int, tuple[Signal, ...]]:
        if not judged:
            return {}
        written = [
            WrittenWeek(sheet.pk, sheet.client, sheet.week, sheet.hours, terms_of(self.placements[sheet.placement]))
            for sheet in sheets
        ]
        by_law = signals_of(written, self.birth_date, judged)
        own = {sheet.pk: signals(sheet.hours, self._facts(sheet, sheets)) for sheet in sheets if sheet.pk in by_law}
        return {pk: in_order([*own.get(pk, ()), *found]) for pk, found in by_law.items()}

    def _facts(self, sheet: Sheet, sheets: Iterable[Sheet]) -> Facts:
        placement = self.placements[sheet.placement]
        usual = tuple(
            sum(end - start - pause for start, end, pause in placement.usual(date)) for date in sheet.week.days
        )
        return Facts(
            first=placement.start,
            last=placement.end,
            usual=usual if placement.pattern else (),
            elsewhere=tuple(_shifts_elsewhere(sheet, sheets)),
        )


def notebook(worker_id: int, around: Week) -> Notebook:
    """What a worker wrote, for the signals that a change in the week `around` may touch: two queries."""
    since = around + -REACH
    first = since + -HISTORY
    late_enough = Q(iso_year__gt=first.year) | Q(iso_year=first.year, iso_week__gte=first.number)
    rows = Timesheet.objects.filter(late_enough, worker=worker_id).order_by("iso_year", "iso_week", "pk")
    sheets = tuple(_sheet(row) for row in rows.values(*_OF_A_SHEET, *COLUMNS))
    placements = Placement.objects.filter(worker=worker_id).select_related("worker").in_bulk()
    birth_date = next((placement.worker.birth_date for placement in placements.values()), None)
    return Notebook(sheets, placements, birth_date, since)


def signals_if_handed_in(timesheet: Timesheet, hours: Hours, *, at_client_only: bool = False) -> tuple[Signal, ...]:
    """The signals of `hours` if this timesheet were handed in with them now.

    `at_client_only` leaves out the worker's other clients: somebody who may try out hours, and must not find out by
    trying when the worker works elsewhere.
    """
    book = notebook(timesheet.worker_id, timesheet.week)
    if at_client_only:
        book = book.at_client(timesheet.client_id)
    return book.with_handed_in(timesheet, hours).signals().get(timesheet.pk, ())


def columns_if_handed_in(timesheet: Timesheet, hours: Hours) -> dict[str, Any]:
    """The columns of a timesheet that follow from those signals, and from which of them were acknowledged before."""
    known = acknowledged([timesheet.pk]).get(timesheet.pk, {}) if timesheet.pk and timesheet.submitted_version else {}
    return columns_of(signals_if_handed_in(timesheet, hours), known)


Acknowledged = Mapping[str, Collection[str]]  # the keys of signals, by party


def acknowledged(sheets: Collection[int]) -> dict[int, Acknowledged]:
    """What was acknowledged of these timesheets, by whom."""
    found: dict[int, dict[str, list[str]]] = {}
    for sheet, party, key in Acknowledgement.objects.filter(timesheet__in=sheets).values_list(
        "timesheet", "party", "key"
    ):
        found.setdefault(sheet, {}).setdefault(party, []).append(key)
    return dict(found)


def columns_of(found: Collection[Signal], known: Acknowledged) -> dict[str, Any]:
    """The columns of a timesheet that follow from its signals."""
    for_client = still_open(seen_by(Party.CLIENT, found), known.get(Party.CLIENT, ()))
    for_agency = still_open(seen_by(Party.AGENCY, found), known.get(Party.AGENCY, ()))
    return {
        "signals": [signal.to_json() for signal in found],
        "signal_count": len(for_client),
        "agency_signal_count": len(for_agency),
        "finding_level": max((signal.level.rank for signal in for_agency if signal.rule), default=0),
    }


def terms_of(placement: Placement) -> Terms:
    """What holds for working time at a placement."""
    options = frozenset(map(Option, placement.working_time_options))
    return Terms(Profile(placement.working_time_profile), options)


def _sheet(row: dict[str, Any]) -> Sheet:
    week = Week(row["iso_year"], row["iso_week"])
    return Sheet(
        row["pk"], row["placement"], row["client"], week, row["revision"], row["state"],
        Hours.from_json(week, row["content"]), row["version"], {name: row[name] for name in COLUMNS},
    )  # fmt: skip


def _latest(sheets: Iterable[Sheet]) -> list[Sheet]:
    """Of a week that was corrected only the last revision."""
    latest: dict[tuple[int, Week], Sheet] = {}
    for sheet in sheets:
        known = latest.get((sheet.placement, sheet.week))
        if known is None or sheet.revision > known.revision:
            latest[sheet.placement, sheet.week] = sheet
    return list(latest.values())


def _shifts_elsewhere(sheet: Sheet, sheets: Iterable[Sheet]) -> Iterator[tuple[dt.datetime, dt.datetime]]:
    """Shifts on other timesheets of this week and the nights beside it."""
    near = {sheet.week.previous, sheet.week, sheet.week.next}
    for other in sheets:
        if other.pk != sheet.pk and other.week in near:
            for date, day in other.hours.dated():
                yield from (shift.bounds(date) for shift in day.shifts)
