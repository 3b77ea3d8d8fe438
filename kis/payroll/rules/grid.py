"""The weekly grid of a rule set laid over real days: which band holds at which absolute minute."""

from __future__ import annotations

import datetime as dt
import functools
import itertools
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from kis.payroll.rules.model import DAYS, NORMAL, Band, RuleSet, Tier
from kis.payroll.rules.walltime import DAY, date_of, runs


class Cell(NamedTuple):
    """Minutes `start` to `end` (absolute) of one calendar day in which band and tier windows stay the same.

    `clock` is the minute on the clock at which the cell starts.
    """

    start: int
    end: int
    date: dt.date
    clock: int
    band: Band


class Grid:
    """The cells of a rule set, made per day and kept."""

    def __init__(self, rules: RuleSet) -> None:
        self._rules = rules
        self._rows = {day: tuple(_row(rules, day)) for day in DAYS}
        self._on = functools.lru_cache(maxsize=1024)(self._lay)

    def over(self, start: int, end: int) -> Iterator[Cell]:
        """The cells from `start` to `end`, the first and last one cut to fit."""
        date = date_of(start)
        while start < end:
            for cell in self._on(date):
                if start < cell.end and cell.start < end:
                    clock = cell.clock + max(start - cell.start, 0)
                    yield Cell(max(start, cell.start), min(end, cell.end), date, clock, cell.band)
            start = cell.end
            date += dt.timedelta(days=1)

    def _lay(self, date: dt.date) -> tuple[Cell, ...]:
        """A calendar day by its clock: twice the same hour or an hour less when the clock is changed."""
        row = self._rows[self._rules.kind_of(date)]
        return tuple(
            Cell(absolute + low - clock, absolute + high - clock, date, low, band)
            for absolute, clock, length in runs(date)
            for start, end, band in row
            if (low := max(start, clock)) < (high := min(end, clock + length))
        )


@functools.lru_cache(maxsize=512)
def grid_of(rules: RuleSet) -> Grid:
    """The grid of a rule set; made once."""
    return Grid(rules)


def _edges(parts: Sequence[Band] | Sequence[Tier]) -> Iterator[int]:
    for part in parts:
        yield from (part.start, part.end)


def _row(rules: RuleSet, day: str) -> Iterator[tuple[int, int, Band]]:
    """One row of the weekly grid, cut at the edges of bands and of overtime tiers."""
    bands = [band for band in rules.bands if day in band.days]
    tiers = [tier for overtime in rules.overtime for tier in overtime.tiers]
    edges = sorted({0, DAY, *_edges(bands), *_edges(tiers)})
    for start, end in itertools.pairwise(edges):
        yield start, end, next((band for band in bands if band.start <= start < band.end), NORMAL)
