"""Which rules, wages and tariffs hold for a placement: read once for many timesheets, in a fixed number of queries."""

from __future__ import annotations

import dataclasses
import datetime as dt
import functools
import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from decimal import Decimal

from django.db.models import F

from kis.core.weeks import Week
from kis.payroll.models import PlacementTerms, RuleAssignment, RuleVersion, Stream
from kis.payroll.periods import period_of
from kis.payroll.reading import shifts_of
from kis.payroll.results import Agreed, needs_preceding, references_in
from kis.payroll.rules import templates
from kis.payroll.rules.form import parse
from kis.payroll.rules.model import Reference, RuleSet
from kis.payroll.rules.worked import Rate, WorkedShift
from kis.staffing.models import PayPeriod, Placement
from kis.timesheets.hours import Hours
from kis.timesheets.models import Submission, Timesheet
from kis.timesheets.workflow import State

DEFAULT_CODE = "STANDARD-1"  # where an agency has assigned nothing
_BEGINNING = dt.date(2000, 1, 1)
_DAY = dt.timedelta(days=1)


@dataclasses.dataclass(frozen=True)
class InForce:
    """What was agreed for some placements. Made by `load`; answers per timesheet without further queries."""

    versions: Mapping[str, tuple[RuleSet, ...]]
    assignments: Mapping[tuple[str, int | None, int | None], tuple[RuleAssignment, ...]]
    terms: Mapping[int, tuple[PlacementTerms, ...]]
    earlier: Mapping[int, tuple[tuple[Week, Hours], ...]]
    _rules: dict[tuple[str, int, int], tuple[RuleSet, ...]] = dataclasses.field(default_factory=dict)

    def agreed(self, sheet: Timesheet, stream: Stream = Stream.PAY) -> Agreed:
        """What holds for a timesheet (with its placement and worker) in one stream."""
        placement = sheet.placement
        rules = self.rules(placement, stream)
        week = sheet.week
        period = period_of(week, PayPeriod(sheet.worker.pay_period))
        return Agreed(
            rules=rules,
            rates=self.rates(placement, stream),
            on_call=self._on_call(placement.pk, week) and stream == Stream.PAY,
            roster=_roster(placement, week),
            preceding=self._preceding(placement.pk, week, rules, period.first),
            workable_days=period.workable_days,
        )

    def rules(self, placement: Placement, stream: Stream = Stream.PAY) -> tuple[RuleSet, ...]:
        """The versions of the rule sets assigned to a placement over time, each cut to the days it holds."""
        key = (stream, placement.client_id, placement.pk)
        own = any((either, None, placement.pk) in self.assignments for either in Stream)
        if not own:
            key = (stream, placement.client_id, 0)  # the same for every placement of the client
        if key not in self._rules:
            self._rules[key] = self._over_time(placement, stream)
        return self._rules[key]

    def rates(self, placement: Placement, stream: Stream = Stream.PAY) -> tuple[Rate, ...]:
        """The wage, or the tariff, from each day on. Without one, hours are counted at 0 cents."""
        found = [Rate(_BEGINNING, 0)]
        for terms in self.terms.get(placement.pk, ()):
            if stream == Stream.PAY:
                found.append(Rate(terms.valid_from, terms.wage_cents))
            else:
                found.append(_tariff(terms))
        return tuple({rate.valid_from: rate for rate in found}.values())  # the later written counts

    def wage_on(self, placement_id: int, date: dt.date) -> int | None:
        """The hourly wage on a day, or None where it is not known."""
        terms = self.terms_on(placement_id, date)
        return terms.wage_cents if terms else None

    def terms_on(self, placement_id: int, date: dt.date) -> PlacementTerms | None:
        """The terms of a placement on a day."""
        valid = [terms for terms in self.terms.get(placement_id, ()) if terms.valid_from <= date]
        return valid[-1] if valid else None

    def is_billed(self, sheet: Timesheet) -> bool:
        """Whether a placement has a tariff on a day of a week."""
        each = (self.terms_on(sheet.placement_id, date) for date in sheet.week.days)
        return any(terms.is_billed for terms in each if terms)

    def _on_call(self, placement_id: int, week: Week) -> bool:
        terms = self.terms_on(placement_id, week.sunday)
        return terms is not None and terms.on_call

    def _over_time(self, placement: Placement, stream: Stream) -> tuple[RuleSet, ...]:
        levels = self._levels(placement, stream)
        if stream == Stream.BILL:
            levels += self._levels(placement, Stream.PAY)  # on a day for which nothing is said: billed as it is paid
        edges = sorted({_BEGINNING, *(row.valid_from for level in levels for row in level)})
        found: list[RuleSet] = []
        for start, after in zip(edges, [*edges[1:], None], strict=True):
            code = _code_on(levels, start)
            last = after - _DAY if after else None
            found += filter(None, (_cut(version, start, last) for version in self.versions[code]))
        return tuple(found)

    def _levels(self, placement: Placement, stream: Stream) -> list[tuple[RuleAssignment, ...]]:
        """What is assigned to a placement, its client, and everywhere: the closest first."""
        places = ((None, placement.pk), (placement.client_id, None), (None, None))
        return [self.assignments.get((stream, *place), ()) for place in places]

    def _preceding(
        self, placement_id: int, week: Week, rules: Iterable[RuleSet], first: Week
    ) -> tuple[WorkedShift, ...]:
        if not needs_preceding(rules, week):
            return ()
        start = _counted_from(rules, week, first)
        shifts = [shift for earlier, hours in self.earlier.get(placement_id, ()) if start <= earlier < week
                  for shift in shifts_of(hours)]  # fmt: skip
        return tuple(shifts)


def load(sheets: Collection[Timesheet]) -> InForce:
    """What was agreed for these timesheets (each with its placement and worker): at most five queries."""
    placements = {sheet.placement_id for sheet in sheets}
    clients = {sheet.client_id for sheet in sheets}
    versions: dict[str, list[RuleSet]] = defaultdict(list)
    for code, content in RuleVersion.objects.values_list("code", "content"):
        versions[code].append(_parsed(json.dumps(content, sort_keys=True)))
    if DEFAULT_CODE not in versions:
        versions[DEFAULT_CODE].append(templates.load(DEFAULT_CODE))
    assignments: dict[tuple[str, int | None, int | None], list[RuleAssignment]] = defaultdict(list)
    everywhere = RuleAssignment.objects.filter(placement__isnull=True, client__isnull=True)
    here = RuleAssignment.objects.filter(placement__in=placements) | RuleAssignment.objects.filter(client__in=clients)
    for row in (everywhere | here).order_by("valid_from", "pk"):
        assignments[row.stream, row.client_id, row.placement_id].append(row)
    terms: dict[int, list[PlacementTerms]] = defaultdict(list)
    for dated in PlacementTerms.objects.filter(placement__in=placements).order_by("valid_from", "pk"):
        terms[dated.placement_id].append(dated)
    found = InForce(
        versions={code: tuple(rules) for code, rules in versions.items()},
        assignments={key: tuple(rows) for key, rows in assignments.items()},
        terms={placement: tuple(rows) for placement, rows in terms.items()},
        earlier={},
    )
    counting = [sheet for sheet in sheets if _counts_before(found, sheet)]
    return dataclasses.replace(found, earlier=_earlier(counting)) if counting else found


def of_placement(placement: Placement) -> InForce:
    """What was agreed for one placement, for a page about it."""
    week = Week.of(placement.start)
    sheet = Timesheet(placement=placement, client_id=placement.client_id, worker=placement.worker,
                      iso_year=week.year, iso_week=week.number)  # fmt: skip
    return load([sheet])


@functools.lru_cache(maxsize=512)
def _parsed(content: str) -> RuleSet:
    return parse(json.loads(content, parse_float=Decimal))


@functools.lru_cache(maxsize=2048)
def _cut(version: RuleSet, start: dt.date, last: dt.date | None) -> RuleSet | None:
    """The version within the days from `start` to `last`; None when it holds on none of them."""
    first = max(version.valid_from, start)
    ends = [end for end in (version.valid_to, last) if end is not None]
    end = min(ends) if ends else None
    if end is not None and end < first:
        return None
    if (first, end) == (version.valid_from, version.valid_to):
        return version
    return dataclasses.replace(version, valid_from=first, valid_to=end)


def _code_on(levels: Iterable[tuple[RuleAssignment, ...]], date: dt.date) -> str:
    """The code of the closest assignment that holds on a day."""
    for level in levels:
        valid = [row for row in level if row.valid_from <= date]
        if valid and valid[-1].code:
            return valid[-1].code
    return DEFAULT_CODE


def _tariff(terms: PlacementTerms) -> Rate:
    factors = {label: Decimal(factor) for label, factor in terms.bill_factors.items()}
    if terms.bill_cents is not None:
        return Rate(terms.valid_from, terms.bill_cents, factors=factors, fixed=terms.bill_fixed)
    if terms.bill_factor is not None:
        return Rate(terms.valid_from, terms.wage_cents, terms.bill_factor, factors, terms.bill_fixed)
    return Rate(terms.valid_from, 0)


def _roster(placement: Placement, week: Week) -> dict[dt.date, int] | None:
    if not placement.pattern:
        return dict.fromkeys(week.days, 0)
    return {date: sum(end - start - pause for start, end, pause in placement.usual(date)) for date in week.days}


def _counted_from(rules: Iterable[RuleSet], week: Week, period_first: Week) -> Week:
    """The first week that the rules of a week count from.

    A week 53 is the last of the four weeks that end with it: a limit for four weeks is none for five.
    """
    references = references_in(rules, week)
    if Reference.YEAR in references:
        return Week(week.year, 1)
    if Reference.FOUR_WEEKS in references:
        return max(period_of(week, PayPeriod.FOUR_WEEKS).first, week + -3)
    return period_first


def _counts_before(found: InForce, sheet: Timesheet) -> bool:
    rules = (*found.rules(sheet.placement), *found.rules(sheet.placement, Stream.BILL))
    return needs_preceding(rules, sheet.week)


def _earlier(sheets: Iterable[Timesheet]) -> dict[int, tuple[tuple[Week, Hours], ...]]:
    """The frozen hours of these placements this year that are approved or paid; of a corrected week the latest."""
    placements = {sheet.placement_id for sheet in sheets}
    years = {sheet.iso_year for sheet in sheets}
    years |= {year - 1 for year in years}  # a month may begin in a week of the year before
    frozen = Submission.objects.filter(
        timesheet__placement__in=placements, timesheet__iso_year__in=years,
        timesheet__state__in=[State.APPROVED, State.PAID], number=F("timesheet__submitted_version"),
    ).order_by("timesheet__revision")  # fmt: skip
    latest: dict[int, dict[Week, Hours]] = defaultdict(dict)
    rows = frozen.values_list("timesheet__placement", "timesheet__iso_year", "timesheet__iso_week", "content")
    for placement, year, number, content in rows:
        week = Week(year, number)
        latest[placement][week] = Hours.from_json(week, content)
    return {placement: tuple(sorted(weeks.items(), key=lambda pair: pair[0])) for placement, weeks in latest.items()}
