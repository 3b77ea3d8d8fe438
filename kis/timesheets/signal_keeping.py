"""Keeps the signals of a worker's timesheets as they should be, and writes down who has acknowledged one, and why."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import IntegrityError, transaction

from kis.core.weeks import Week
from kis.staffing.actor import Actor
from kis.staffing.models import Worker
from kis.staffing.parties import Party
from kis.timesheets import gathering
from kis.timesheets.models import Acknowledgement, Timesheet
from kis.timesheets.signals import Signal, seen_by
from kis.timesheets.workflow import EDITABLE, OPEN, NotAllowed

Columns = dict[str, Any]


class Gone(Exception):
    """The signal is no longer as it was shown."""


class WordsNeeded(ValueError):
    """An acknowledgement says why."""


def refresh(timesheet: Timesheet) -> None:
    """After a change to a timesheet: its signals, and those of the worker's other open weeks, as they now should be.

    Comes after the transaction of the change, never within it: it touches more rows than that one. Whoever changes
    something calls this afterwards, so that of two changes at once the later call sees both.
    """
    for name, value in refresh_worker(timesheet.worker_id, timesheet.week).get(timesheet.pk, {}).items():
        setattr(timesheet, name, value)


def refresh_others(timesheet: Timesheet) -> None:
    """The same where the timesheet's own signals were just written with it: nothing to do if no other week is open."""
    if Timesheet.objects.filter(worker=timesheet.worker_id, state__in=OPEN).exclude(pk=timesheet.pk).exists():
        refresh(timesheet)


def refresh_all(worker_id: int) -> None:
    """The same for all open weeks of a worker, whose birth date or terms have changed."""
    oldest = Timesheet.objects.filter(worker=worker_id, state__in=OPEN).order_by("iso_year", "iso_week").first()
    if oldest:
        refresh_worker(worker_id, oldest.week + gathering.REACH)


def refresh_worker(worker_id: int, around: Week) -> dict[int, Columns]:
    """The same for a worker whose week `around` has changed; answers what was written.

    Mostly nothing has to be, and then nothing is locked. Otherwise the worker's row is, so that one call at a time
    reads and writes. Versions stay as they are: a page that is open shows the same hours as before.
    """
    if not _changes(worker_id, around):
        return {}
    with transaction.atomic():
        Worker.objects.select_for_update(no_key=True).get(pk=worker_id)
        changes = _changes(worker_id, around)
        for (pk, version), columns in sorted(changes.items(), key=lambda item: item[0]):
            Timesheet.objects.filter(pk=pk, version=version).update(**columns)
    return {pk: columns for (pk, _), columns in changes.items()}


def acknowledge(timesheet: Timesheet, *, key: str, reason: str, by: Actor, at: dt.datetime) -> Acknowledgement:
    """A client or the agency has seen a signal of what was handed in; it then no longer asks for a look of that party.

    Accepting and approving never wait for it. Acknowledged twice, it is the first time that counts. Raises
    NotAllowed, WordsNeeded, Gone (the signal with this `key` is not there, or not any more).
    """
    if (
        by.party not in {Party.CLIENT, Party.AGENCY}
        or not Timesheet.objects.visible_to(by).filter(pk=timesheet.pk).exists()
    ):
        raise NotAllowed("only the client and the agency acknowledge")
    if not reason.strip():
        raise WordsNeeded
    handed_in = () if timesheet.state in EDITABLE else shown_to(timesheet, by.party)
    signal = next((signal for signal in handed_in if signal.key == key and signal.counts), None)
    if signal is None or timesheet.submitted_version is None:
        raise Gone
    written = Acknowledgement(
        timesheet=timesheet, number=timesheet.submitted_version, party=by.party, code=signal.code, date=signal.date,
        key=key, signal=signal.to_json(), actor_id=by.user_id, actor_name=by.name, reason=reason.strip(), at=at,
    )  # fmt: skip
    try:
        with transaction.atomic():
            written.save(force_insert=True)
    except IntegrityError:
        return Acknowledgement.objects.get(timesheet=timesheet, party=by.party, key=key)
    _recount(timesheet)
    return written


def shown_to(timesheet: Timesheet, party: Party) -> tuple[Signal, ...]:
    """The signals of a timesheet that a party is shown; a client those of what was last handed in."""
    if party == Party.CLIENT and timesheet.state in EDITABLE:
        return ()
    return seen_by(party, map(Signal.from_json, timesheet.signals))


def _changes(worker_id: int, around: Week) -> dict[tuple[int, int], Columns]:
    """What should be stored of the signals of the worker's open weeks and is not, by timesheet and its version."""
    book = gathering.notebook(worker_id, around)
    found = book.signals()
    known = gathering.acknowledged([pk for pk, signals in found.items() if signals])
    changes = {}
    for sheet in book.sheets:
        if sheet.pk in found:
            columns = gathering.columns_of(found[sheet.pk], known.get(sheet.pk, {}))
            if columns != sheet.columns:
                changes[sheet.pk, sheet.version] = columns
    return changes


def _recount(timesheet: Timesheet) -> None:
    """Count anew what still asks for a look; the row is locked, so that the last of several sees all of them."""
    with transaction.atomic():
        row = Timesheet.objects.select_for_update(no_key=True).get(pk=timesheet.pk)
        found = tuple(map(Signal.from_json, row.signals))
        columns = gathering.columns_of(found, gathering.acknowledged([row.pk]).get(row.pk, {}))
        del columns["signals"]
        Timesheet.objects.filter(pk=row.pk).update(**columns)
    for name, value in columns.items():
        setattr(timesheet, name, value)
