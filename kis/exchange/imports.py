"""Imports clients, departments, contacts, workers and placements: all of it, or nothing.

Every row goes through the agency's own operations, so that it is checked and written down like a row typed on a page.
What is there already is found by its number (a contact by the e-mail address) and changed, or left alone.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, NoReturn

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from kis.accounts.models import User
from kis.accounts.operations import invite
from kis.core import clock
from kis.core.weeks import Week
from kis.exchange.import_columns import DAYS, BadCell
from kis.exchange.import_sheets import ImportRefused, Problem, Row, Sheet, read
from kis.exchange.import_terms import take_in_terms
from kis.staffing import operations
from kis.staffing.actor import Actor
from kis.staffing.models import AgencySettings, Client, ClientContact, Department, Placement, Worker
from kis.timesheets.opening import close_placement, open_week
from kis.timesheets.signal_keeping import refresh_all

Cells = dict[str, Any]
NEW, CHANGED, SAME = "new", "changed", "same"


class _WrongRow(Exception):
    """A row that cannot be taken in, for reasons by column."""

    def __init__(self, **reasons: str) -> None:
        self.reasons = reasons


class _FollowsFrom(Exception):
    """A row that only fails because a row it names has failed."""


@dataclasses.dataclass(frozen=True, slots=True)
class Report:
    """What came of an import: per table how many rows were new, changed or the same; how many weeks were opened."""

    counts: dict[str, Counter[str]]
    opened: int
    invited: int


def import_people(
    paths: Sequence[Path],
    *,
    by: Actor,
    at: dt.datetime,
    first_week: Week | None = None,
    send_invitations: bool = False,
    dry_run: bool = False,
) -> Report:
    """Take in the files in one transaction; a dry run does all of it, and takes it back.

    Opens the timesheets from `first_week` (this week, unless told otherwise) up to this week. Raises ImportRefused
    with every row that is wrong.
    """
    sheets = read(paths)
    with transaction.atomic():
        AgencySettings.objects.select_for_update().first()  # one import after the other: each sees what is there
        run = _Import(by, at)
        for sheet in sheets:
            run.take_in(sheet)
        if run.problems:
            raise ImportRefused(run.problems)
        this = Week.of(clock.local(at).date())
        opened = _open_weeks(first_week or this, this, at) if "placements" in run.counts else 0
        if send_invitations:
            for user in run.people:
                invite(user, by=by, at=at)
        transaction.set_rollback(dry_run)
    return Report(run.counts, opened, len(run.people) if send_invitations else 0)


class _Import:
    """The state of one import: what has been counted, what is wrong, which rows others cannot lean on."""

    def __init__(self, by: Actor, at: dt.datetime) -> None:
        self.by, self.at = by, at
        self.counts: dict[str, Counter[str]] = {}
        self.problems: list[Problem] = []
        self.people: list[User] = []
        self._seen: dict[tuple[str, ...], int] = {}
        self._failed: set[tuple[str, ...]] = set()
        self._takers: dict[str, Callable[[Cells], str]] = {
            "clients": self._client,
            "departments": self._department,
            "contacts": self._contact,
            "workers": self._worker,
            "placements": self._placement,
        }

    def take_in(self, sheet: Sheet) -> None:
        """Take in every row, each within its own savepoint, so that all that is wrong comes to light at once."""
        counts = self.counts.setdefault(sheet.kind.name, Counter())
        for row in sheet.rows:
            key = _key(sheet.kind.name, row)
            try:
                cells = _read_cells(sheet, row)
                self._note_once(key, row)
                with transaction.atomic():
                    counts[self._takers[sheet.kind.name](cells)] += 1
            except _FollowsFrom:
                self._failed.add(key)
            except _WrongRow as wrong:
                self._failed.add(key)
                self.problems += [sheet.problem(row.line, column, reason) for column, reason in wrong.reasons.items()]
            except ValidationError as error:
                self._failed.add(key)
                self.problems += [sheet.problem(row.line, column, reason) for column, reason in _reasons(error)]

    def _note_once(self, key: tuple[str, ...], row: Row) -> None:
        if key in self._seen:
            column = {"departments": "name", "contacts": "email"}.get(key[0], "number")
            raise _WrongRow(**{column: _("This stands on line %(line)s already.") % {"line": self._seen[key]}})
        self._seen[key] = row.line

    def _client(self, cells: Cells) -> str:
        known = Client.objects.filter(number=cells["number"]).first()
        if known is None:
            operations.add_client(number=cells["number"], name=cells["name"], by=self.by, at=self.at)
            return NEW
        return self._change(operations.change_client, known, {"name": cells["name"]})

    def _department(self, cells: Cells) -> str:
        client = self._find_client(cells)
        name, cost_centre = cells["name"], cells.get("cost_centre", "")
        known = Department.objects.filter(client=client, name=name).first()
        if known is None:
            operations.add_department(client, name=name, cost_centre=cost_centre, by=self.by, at=self.at)
            return NEW
        return self._change(operations.change_department, known, _only(cells, "cost_centre"))

    def _contact(self, cells: Cells) -> str:
        client = self._find_client(cells)
        wanted = [self._find_department(client, name, "departments") for name in cells.get("departments", ())]
        known = ClientContact.objects.filter(user__email=cells["email"]).select_related("user").first()
        if known is None:
            contact = operations.add_contact(
                client=client, email=cells["email"], name=cells["name"], departments=wanted,
                language=cells.get("language", "nl"), by=self.by, at=self.at,
            )  # fmt: skip
            self.people.append(contact.user)
            return NEW
        if known.client_id != client.pk:
            raise _WrongRow(client=_("This e-mail address belongs to a contact of another client."))
        before = set(known.departments.values_list("pk", flat=True))
        changed = "departments" in cells and before != {department.pk for department in wanted}
        if changed:
            operations.change_contact_departments(known, wanted, by=self.by, at=self.at)
        outcome = self._change(operations.change_person, known.user, _only(cells, "name", "language"))
        return CHANGED if changed else outcome

    def _worker(self, cells: Cells) -> str:
        known = Worker.objects.filter(number=cells["number"]).select_related("user").first()
        if known is None:
            worker = operations.add_worker(**cells, by=self.by, at=self.at)
            self.people.append(worker.user)
            return NEW
        person = self._change(operations.change_person, known.user, _only(cells, "name", "email", "language"))
        own = self._change(operations.change_worker, known, _only(cells, "birth_date", "phone", "pay_period"))
        if own == CHANGED:
            refresh_all(known.pk)
        return CHANGED if CHANGED in {person, own} else SAME

    def _placement(self, cells: Cells) -> str:
        client = self._find_client(cells)
        worker = self._find_worker(cells)
        own = _only(
            cells, "job_title", "start", "end", "entry", "purchase_order", "working_time_profile",
            "working_time_options",
        )  # fmt: skip
        values = {**own, "client": client, "worker": worker}
        if "department" in cells:
            values["department"] = self._find_department(client, cells["department"], "department")
        if any(day in cells for day in DAYS):
            values["pattern"] = [cells.get(day, []) for day in DAYS]
        known = Placement.objects.filter(number=cells["number"]).select_related("client", "worker").first()
        if known is None:
            placement = operations.add_placement(number=cells["number"], by=self.by, at=self.at, **values)
            take_in_terms(placement, cells, by=self.by, at=self.at)
            return NEW
        if (known.client, known.worker) != (client, worker):
            raise _WrongRow(number=_("This number belongs to a placement of somebody else or elsewhere."))
        outcome = self._change(operations.change_placement, known, values)
        if outcome == CHANGED:
            close_placement(known)
            refresh_all(worker.pk)
        agreed = take_in_terms(known, cells, by=self.by, at=self.at)
        return CHANGED if agreed else outcome

    def _change(self, change: Callable[..., Any], thing: Any, values: Cells) -> str:
        """Change what differs; answers whether anything did."""
        different = {name: value for name, value in values.items() if getattr(thing, name) != value}
        if not different:
            return SAME
        change(thing, by=self.by, at=self.at, **different)
        return CHANGED

    def _find_client(self, cells: Cells) -> Client:
        found = Client.objects.filter(number=cells["client"]).first()
        return found or self._missing("clients", "client", cells["client"])

    def _find_worker(self, cells: Cells) -> Worker:
        found = Worker.objects.filter(number=cells["worker"]).first()
        return found or self._missing("workers", "worker", cells["worker"])

    def _missing(self, kind: str, column: str, number: str) -> NoReturn:
        if (kind, number) in self._failed:
            raise _FollowsFrom
        raise _WrongRow(**{column: _("Number %(number)s is not known.") % {"number": number}})

    def _find_department(self, client: Client, name: str, column: str) -> Department:
        if ("departments", client.number, name) in self._failed:
            raise _FollowsFrom
        if found := Department.objects.filter(client=client, name=name).first():
            return found
        reason = _("%(client)s has no department %(name)s.") % {"client": client, "name": name}
        raise _WrongRow(**{column: reason})


def _key(kind: str, row: Row) -> tuple[str, ...]:
    """What a row is known by within its table: its number; a department's client and name; a contact's address."""
    columns = {"departments": ("client", "name"), "contacts": ("email",)}.get(kind, ("number",))
    return (kind, *(str(row.cells.get(column, "")) for column in columns))


def _read_cells(sheet: Sheet, row: Row) -> Cells:
    """The cells as values. Raises _WrongRow with all that cannot be read or is missing."""
    cells: Cells = {}
    wrong: dict[str, str] = {}
    for column in sheet.kind.columns:
        if column.name not in row.cells:
            if column.required:
                wrong[column.name] = _("This is not filled in.")
            continue
        try:
            cells[column.name] = column.read(row.cells[column.name])
        except BadCell as bad:
            wrong[column.name] = str(bad)
    if wrong:
        raise _WrongRow(**wrong)
    return cells


def _reasons(error: ValidationError) -> Iterable[tuple[str, str]]:
    """What the operation refused, by column; what concerns no column in particular goes with the row."""
    for name, messages in error.message_dict.items() if hasattr(error, "error_dict") else [("", error.messages)]:
        column = "" if name == NON_FIELD_ERRORS else name
        yield from ((column, message) for message in messages)


def _only(cells: Cells, *names: str) -> Cells:
    return {name: cells[name] for name in names if name in cells}


def _open_weeks(first: Week, last: Week, at: dt.datetime) -> int:
    return sum(open_week(first + n, at=at) for n in range(max(0, last - first + 1)))
