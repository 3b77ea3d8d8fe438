"""A process that does one thing at the same moment as its rivals: `-m tests.races.rival`.

Reads lines of a moment (of the monotonic clock), an act and its words; answers each with what came of it.
"""

from __future__ import annotations

import datetime as dt
import os
import sys
import time
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

import django
from django.core.files.uploadedfile import SimpleUploadedFile

django.setup()

from kis.accounts.models import User  # noqa: E402 -- the apps must be ready first
from kis.billing import operations as billing  # noqa: E402 -- the apps must be ready first
from kis.core import clock  # noqa: E402 -- the apps must be ready first
from kis.core.weeks import Week  # noqa: E402 -- the apps must be ready first
from kis.documents import operations as documents  # noqa: E402 -- the apps must be ready first
from kis.exchange import exports  # noqa: E402 -- the apps must be ready first
from kis.exchange.imports import NEW, SAME, import_people  # noqa: E402 -- the apps must be ready first
from kis.mailbox import operations as mailbox  # noqa: E402 -- the apps must be ready first
from kis.mailbox.models import Thread  # noqa: E402 -- the apps must be ready first
from kis.payroll import operations as payroll  # noqa: E402 -- the apps must be ready first
from kis.payroll import recalculation  # noqa: E402 -- the apps must be ready first
from kis.payroll.models import PayrollRun, Recalculation, RecheckRow  # noqa: E402 -- the apps must be ready first
from kis.staffing.actor import Actor, actor_of  # noqa: E402 -- the apps must be ready first
from kis.staffing.models import Client, Worker  # noqa: E402 -- the apps must be ready first
from kis.timesheets import corrections, operations, proposals  # noqa: E402 -- the apps must be ready first
from kis.timesheets.models import Timesheet  # noqa: E402 -- the apps must be ready first
from kis.timesheets.workflow import NotAllowed  # noqa: E402 -- the apps must be ready first
from tests.support import people  # noqa: E402 -- the apps must be ready first

Turn = Callable[[], str]


def main() -> None:
    for line in sys.stdin:
        moment, act, *words = line.split()
        turn = PREPARE[act](*words)
        while time.monotonic() < float(moment):
            pass
        print(_answer(turn), flush=True)


def _answer(turn: Turn) -> str:
    try:
        return turn()
    except operations.Overtaken:
        return "overtaken"
    except NotAllowed:
        return "not allowed"
    except payroll.NothingToPay:
        return "nothing to pay"
    except Exception as error:  # the race must show it, not wait for an answer
        return f"{type(error).__name__}: {error}".replace("\n", " ")


def _ready() -> Turn:
    return lambda: "ready"


def _decide(act: Callable[..., object], user: str, pk: str) -> Turn:
    """One person before a page that shows the timesheet as it is now."""
    by, sheet = _actor(user), _shown(pk)

    def turn() -> str:
        act(sheet, version=sheet.version, by=by, at=clock.now())
        return "won"

    return turn


def _refuse(sheet: Timesheet, *, version: int, by: Actor, at: dt.datetime) -> None:
    operations.refuse(sheet, version=version, by=by, at=at, reason_code="hours_differ")


def _propose(days: int) -> Callable[..., object]:
    def propose(sheet: Timesheet, **how: Any) -> None:
        hours = people.hours(sheet.week, days=days)
        proposals.propose(sheet, hours=hours, reason_code="hours_differ", **how)

    return propose


def _correct(sheet: Timesheet, *, version: int, **how: Any) -> None:
    hours = people.hours(sheet.week, days=6)
    corrections.open_correction(sheet, hours=hours, reason_code="hours_differ", **how)


def _submit(sheet: Timesheet, **how: Any) -> None:
    operations.submit(sheet, hours=people.hours(sheet.week, days=3), **how)


def _accept_many(user: str, *pks: str) -> Turn:
    by, items = _actor(user), [(int(pk), _shown(pk).version) for pk in pks]

    def turn() -> str:
        outcome = operations.accept_many(items, by=by, at=clock.now())
        return "won" if outcome.done else "overtaken"

    return turn


def _start_run(user: str, week: str, sequence: str, cut_off: str) -> Turn:
    by, closed = _actor(user), Week.parse(week)

    def turn() -> str:
        cut = dt.datetime.fromisoformat(cut_off)
        payroll.start_run(closed, sequence=int(sequence), cut_off=cut, by=by, at=clock.now())
        return "won"

    return turn


def _carry_out(run: str) -> Turn:
    def turn() -> str:
        payroll.carry_out(int(run), clock=clock.now, report=lambda done, planned: None)
        return "done"

    return turn


def _confirm(user: str, recheck: str) -> Turn:
    by, rows = _actor(user), list(RecheckRow.objects.filter(recheck=recheck).order_by("pk"))

    def turn() -> str:
        return f"confirmed {recalculation.confirm(rows, by=by, at=clock.now())}"

    return turn


def _issue(user: str, client: str, upto: str) -> Turn:
    by, found = _actor(user), Client.objects.get(pk=client)

    def turn() -> str:
        try:
            return " ".join(made.number for made in billing.issue(found, upto=int(upto), by=by, at=clock.now()))
        except billing.NothingToBill:
            return "nothing to bill"

    return turn


def _import(user: str, path: str) -> Turn:
    by = _actor(user)

    def turn() -> str:
        found = import_people([Path(path)], by=by, at=clock.now()).counts["workers"]
        return f"new {found[NEW]} same {found[SAME]}"

    return turn


def _take_back(user: str, pk: str) -> Turn:
    by, found = _actor(user), Recalculation.objects.get(pk=pk)

    def turn() -> str:
        recalculation.withdraw(found, by=by, at=clock.now())
        return "won"

    return turn


def _ask_export(user: str, run: str) -> Turn:
    by, locked = _actor(user), PayrollRun.objects.get(pk=run)

    def turn() -> str:
        exports.ask(locked, "csv", by=by, at=clock.now())
        return "done"

    return turn


def _make_export(order: str) -> Turn:
    def turn() -> str:
        exports.carry_out(int(order), clock=clock.now)
        return "done"

    return turn


def _write(user: str, thread: str, form_id: str) -> Turn:
    by, found = _actor(user), Thread.objects.get(pk=thread)

    def turn() -> str:
        at = _own_moment()
        message = mailbox.write(
            found, body="Klopt dit?", uploads=[_pdf(form_id)], form_id=uuid.UUID(form_id), by=by, at=at
        )
        return _kept(message.pk, message.at == at)

    return turn


def _start(user: str, form_id: str, *to: str) -> Turn:
    by, people_to = _actor(user), list(User.objects.filter(pk__in=to))

    def turn() -> str:
        at = _own_moment()
        threads = mailbox.start_threads(
            subject="Kerst", body="Wij zijn dicht.", to=people_to, form_id=uuid.UUID(form_id), by=by, at=at
        )
        return _kept(*(thread.pk for thread in threads), threads[0].created_at == at)

    return turn


def _share(user: str, worker: str, form_id: str) -> Turn:
    by, whom = _actor(user), Worker.objects.get(pk=worker)

    def turn() -> str:
        at = _own_moment()
        made = documents.share(
            _pdf(form_id), title="Huisregels", category="other", worker=whom, form_id=uuid.UUID(form_id), by=by, at=at
        )
        return _kept(made.pk, made.shared_at == at)

    return turn


def _pdf(words: str) -> SimpleUploadedFile:
    return SimpleUploadedFile("a.pdf", f"%PDF-1.7 {words}".encode())


def _own_moment() -> dt.datetime:
    """Now, and for each rival another: so that a row tells whose it is."""
    return clock.now() + dt.timedelta(seconds=os.getpid())


def _kept(*shown: int) -> str:
    """What was shown, by its keys, and last whether it is one's own."""
    return " ".join(str(int(each)) for each in shown)


def _actor(user: str) -> Actor:
    found = actor_of(User.objects.get(pk=user))
    assert found
    return found


def _shown(pk: str) -> Timesheet:
    return Timesheet.objects.with_people().get(pk=pk)


PREPARE: dict[str, Callable[..., Turn]] = {
    "ready": _ready,
    "accept": lambda *words: _decide(operations.accept, *words),
    "refuse": lambda *words: _decide(_refuse, *words),
    "propose_less": lambda *words: _decide(_propose(4), *words),
    "propose_more": lambda *words: _decide(_propose(6), *words),
    "correct": lambda *words: _decide(_correct, *words),
    "drop": lambda *words: _decide(corrections.drop, *words),
    "agree": lambda *words: _decide(proposals.agree, *words),
    "submit": lambda *words: _decide(_submit, *words),
    "withdraw": lambda *words: _decide(operations.withdraw, *words),
    "accept_many": _accept_many,
    "start_run": _start_run,
    "carry_out": _carry_out,
    "confirm": _confirm,
    "take_back": _take_back,
    "issue": _issue,
    "import": _import,
    "ask_export": _ask_export,
    "make_export": _make_export,
    "write": _write,
    "start": _start,
    "share": _share,
}

if __name__ == "__main__":
    main()
