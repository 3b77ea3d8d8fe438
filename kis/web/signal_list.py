"""The signals of a timesheet as a page shows them: in words, with the law behind them and who has seen them.

Each reader gets what `signals.seen_by` leaves. An acknowledgement stands with the signal it was about, whoever wrote
it.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from kis.core import clock
from kis.staffing.parties import Party
from kis.timesheets import signal_keeping
from kis.timesheets.models import Acknowledgement, Timesheet
from kis.timesheets.signals import Signal, seen_by
from kis.timesheets.workflow import EDITABLE
from kis.web.access import ActorRequest
from kis.web.chosen import reason_typed


@dataclasses.dataclass(frozen=True, slots=True)
class Said:
    """An acknowledgement. `still` says whether the signal is as it was then."""

    row: Acknowledgement
    still: bool


@dataclasses.dataclass(frozen=True, slots=True)
class SignalRow:
    """One signal. `asks` the reader for a look; what was typed as a reason that was not right comes back."""

    signal: Signal
    key: str
    said: tuple[Said, ...]
    asks: bool
    typed: str = ""
    error: str = ""


@dataclasses.dataclass(frozen=True, slots=True)
class SignalList:
    rows: tuple[SignalRow, ...]
    may_acknowledge: bool

    @property
    def asking(self) -> int:
        """How many still ask the reader for a look."""
        return sum(row.asks for row in self.rows)


@dataclasses.dataclass(frozen=True, slots=True)
class Typed:
    """A reason that was posted and could not be taken."""

    key: str
    reason: str
    error: str


def signal_list(
    sheet: Timesheet, party: Party, *, stored: Iterable[Signal] | None = None, typed: Typed | None = None
) -> SignalList:
    """The signals of a timesheet for a reader, the gravest first; `stored` instead of those it has now."""
    found = tuple(stored) if stored is not None else tuple(map(Signal.from_json, sheet.signals))
    said = list(Acknowledgement.objects.filter(timesheet=sheet)) if sheet.submitted_version else []
    handed_in = sheet.state not in EDITABLE
    rows = [row for signal in found if (row := _row(signal, party, said, typed, handed_in=handed_in))]
    rows.sort(key=lambda row: -row.signal.level.rank)  # within a level they stay in order of date
    return SignalList(tuple(rows), may_acknowledge=handed_in and party in {Party.CLIENT, Party.AGENCY})


def acknowledge(request: ActorRequest, sheet: Timesheet) -> Typed | None:
    """Write down the acknowledgement that was posted; or what could not be taken. Raises Gone, NotAllowed."""
    key, reason = request.POST.get("key", ""), reason_typed(request)
    try:
        signal_keeping.acknowledge(sheet, key=key, reason=reason, by=request.actor, at=clock.now())
    except signal_keeping.WordsNeeded:
        return Typed(key, reason, _("Say why, or what was done about it. The others read it too."))
    return None


def _row(
    signal: Signal, party: Party, said: Sequence[Acknowledgement], typed: Typed | None, *, handed_in: bool
) -> SignalRow | None:
    """The signal as this reader sees it, or None where it is not for this reader."""
    seen = {each: shown[0] for each in Party if (shown := seen_by(each, [signal]))}
    if party not in seen:
        return None
    keys = {each: shown.key for each, shown in seen.items()}
    own = tuple(
        Said(row, still=row.key == keys.get(Party(row.party))) for row in said if _is_about(row, signal)
    )  # fmt: skip
    done = any(each.still and each.row.party == party for each in own)
    mine = typed if typed and typed.key == keys[party] else None
    return SignalRow(
        signal=seen[party],
        key=keys[party],
        said=own,
        asks=handed_in and seen[party].counts and not done,
        typed=mine.reason if mine else "",
        error=mine.error if mine else "",
    )


def _is_about(row: Acknowledgement, signal: Signal) -> bool:
    """Whether an acknowledgement was about this rule, or this code, on this date."""
    same = row.code[:3] == signal.code[:3] if signal.rule else row.code == signal.code
    return same and row.date == signal.date
