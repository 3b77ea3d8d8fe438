"""The evidence file of a timesheet: everything that was written, decided, mailed and computed, as one JSON document.

Each reader gets their own part, field by field (`docs/evidence.md`): a client finds no wage and nothing from elsewhere.
The document carries a SHA-256 over itself; every version carries the digest that decisions were taken on.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import itertools
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.db.models import QuerySet

from kis.core.weeks import Week
from kis.payroll.calculation import calculate
from kis.payroll.models import Stream
from kis.payroll.results import Entry
from kis.staffing.parties import Party
from kis.timesheets.hours import Hours
from kis.timesheets.models import Acknowledgement, Notice, Step, Submission, Timesheet

FORMAT = "kis-evidence/1"


def evidence(timesheet: Timesheet, reader: Party, *, at: dt.datetime) -> dict[str, Any]:
    """The document for one reader, who may see the timesheet; `at` is when it was made.

    Nothing that was never handed in: a draft is the worker's own.
    """
    document = {
        "format": FORMAT,
        "made_at": at.isoformat(),
        "reader": reader.value,
        "timesheet": _timesheet(timesheet, reader),
        "versions": [_version(timesheet, version) for version in versions(timesheet)],
        "steps": [_step(step) for step in steps(timesheet)],
        "acknowledgements": list(_acknowledgements(timesheet, reader)),
        "mails": list(_mails(timesheet, reader)),
        "lines": _lines(timesheet, reader),
    }
    return {**document, "sha256": checksum(document)}


def versions(timesheet: Timesheet) -> QuerySet[Submission]:
    """The versions up to the timesheet as it was read: what comes meanwhile is for the next file."""
    return timesheet.submissions.filter(number__lte=timesheet.version).order_by("number")


def steps(timesheet: Timesheet) -> QuerySet[Step]:
    """The steps up to the timesheet as it was read."""
    return timesheet.steps.filter(number__lte=timesheet.version).order_by("number")


def text_of(document: Mapping[str, Any]) -> str:
    """The document as it is handed out."""
    return json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def checksum(document: Mapping[str, Any]) -> str:
    """SHA-256 over the canonical text of a document without its own checksum."""
    rest = {name: value for name, value in document.items() if name != "sha256"}
    canonical = json.dumps(rest, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def verify(document: Mapping[str, Any]) -> Iterator[str]:
    """What does not hold in a document by itself, one line each, in English; nothing when all holds."""
    if document.get("format") != FORMAT:
        yield f"this is no {FORMAT} document"
        return
    if document.get("sha256") != checksum(document):
        yield "the checksum of the document does not match what stands in it"
    sheet = document["timesheet"]
    week, known = Week.parse(sheet["week"]), set()
    for version in document["versions"]:
        known.add(version["sha256"])
        if Hours.from_json(week, version["hours"]).digest(sheet["placement"]) != version["sha256"]:
            yield f"version {version['number']} is not what its digest says"
    for step in document["steps"]:
        if step["sha256"] and step["sha256"] not in known:
            yield f"step {step['number']} was taken on a version that is not here"
    for before, step in itertools.pairwise(document["steps"]):
        if before["to"] != step["from"]:
            yield f"between step {before['number']} and step {step['number']} one is missing"
    if document["steps"] and document["steps"][-1]["to"] != sheet["state"]:
        yield "the last step does not lead to the state of the timesheet"


def verify_stored(document: Mapping[str, Any]) -> Iterator[str]:
    """What differs from what this portal has stored, or was left out of it; what came later is no difference."""
    sheet = document["timesheet"]
    found = Timesheet.objects.filter(
        placement__number=sheet["placement"], revision=sheet["revision"],
        iso_year=Week.parse(sheet["week"]).year, iso_week=Week.parse(sheet["week"]).number,
    ).first()  # fmt: skip
    if found is None:
        yield "this portal has no such timesheet"
        return
    made_at = dt.datetime.fromisoformat(document["made_at"])
    submissions, history = found.submissions.all(), found.steps.all()
    stored = {version.number: _version(found, version) for version in submissions}
    due = {version.number for version in submissions if version.at <= made_at}
    yield from _differences("version", document["versions"], stored, due)
    taken = {step.number: _step(step) for step in history}
    yield from _differences("step", document["steps"], taken, {step.number for step in history if step.at <= made_at})


def _differences(
    what: str, rows: Iterable[Mapping[str, Any]], stored: Mapping[int, Mapping[str, Any]], due: Iterable[int]
) -> Iterator[str]:
    numbers = set()
    for row in rows:
        numbers.add(row["number"])
        if stored.get(row["number"]) != row:
            yield f"{what} {row['number']} is stored otherwise"
    for number in sorted(set(due) - numbers):
        yield f"{what} {number} was left out"


def _timesheet(sheet: Timesheet, reader: Party) -> dict[str, Any]:
    corrected_by = Timesheet.objects.counted().filter(corrects=sheet).values_list("revision", flat=True)
    found = {
        "placement": sheet.placement.number,
        "week": str(sheet.week),
        "revision": sheet.revision,
        "corrects": sheet.corrects.revision if sheet.corrects else None,
        "corrected_by": sorted(corrected_by),
        "worker": sheet.worker.user.name,
        "client": sheet.client.name,
        "department": sheet.department.name if sheet.department else "",
        "job": sheet.placement.job_title,
        "state": sheet.state,
        "state_since": sheet.state_since.isoformat(),
        "counts": sheet.submitted_version,
    }
    return found if reader == Party.CLIENT else {**found, "worker_number": sheet.worker.number}


def _version(sheet: Timesheet, version: Submission) -> dict[str, Any]:
    return {
        "number": version.number,
        "at": version.at.isoformat(),
        "answers": version.answers,
        "hours": version.content,
        "minutes": Hours.from_json(sheet.week, version.content).minutes,
        "sha256": version.digest,
    }


def _step(step: Step) -> dict[str, Any]:
    return {
        "number": step.number,
        "at": step.at.isoformat(),
        "act": step.act,
        "from": step.start,
        "to": step.end,
        "party": step.party,
        "by": step.actor_name,
        "for": step.on_behalf_of,
        "for_name": step.on_behalf_of_name,
        "reason_code": step.reason_code,
        "reason": step.reason,
        "days": step.days,
        "sha256": step.digest,
    }


def _acknowledgements(sheet: Timesheet, reader: Party) -> Iterator[dict[str, Any]]:
    """Signals that were seen; those of the agency may speak of other jobs, so a client gets only its own."""
    rows = Acknowledgement.objects.filter(timesheet=sheet)
    if reader == Party.CLIENT:
        rows = rows.filter(party=Party.CLIENT)
    for row in rows.order_by("pk"):
        yield {
            "at": row.at.isoformat(), "party": row.party, "by": row.actor_name, "signal": row.code,
            "date": row.date.isoformat() if row.date else None, "reason": row.reason,
        }  # fmt: skip


def _mails(sheet: Timesheet, reader: Party) -> Iterator[dict[str, Any]]:
    """Mails that told of this timesheet, oldest first. What one said stands in the step that caused it.

    Of a mail to the other party only that it was sent: its address is not the reader's to have, and its subject may
    name other jobs.
    """
    for notice in Notice.objects.filter(timesheet=sheet).select_related("mail").order_by("mail_id"):
        mail, own = notice.mail, reader in {notice.party, Party.AGENCY}
        yield {
            "kind": mail.kind, "party": notice.party,
            "to": mail.to if own else "", "subject": mail.subject if own else "",
            "written_at": mail.created_at.isoformat(),
            "delivered_at": mail.sent_at.isoformat() if mail.sent_at else None,
        }  # fmt: skip


def _lines(sheet: Timesheet, reader: Party) -> dict[str, Any] | None:
    """What was or would be paid; for the agency what is billed besides; for a client neither: wages are not its own."""
    if reader == Party.CLIENT:
        return None
    streams = (Stream.PAY, Stream.BILL) if reader == Party.AGENCY else (Stream.PAY,)
    found = calculate(sheet, streams)
    if Stream.PAY not in found:
        return None
    run = found[Stream.PAY].run
    return {
        "paid_in": {"week": str(run.week), "locked_at": run.locked_at.isoformat() if run.locked_at else None,
                    "sha256": run.digest} if run else None,
        **{stream.value: _entries(line.entry for line in calculation.lines) for stream, calculation in found.items()},
    }  # fmt: skip


def _entries(entries: Iterable[Entry]) -> list[dict[str, Any]]:
    return [
        {
            "date": entry.date.isoformat(), "kind": str(entry.kind), "component": entry.label,
            "percentage": f"{entry.percentage.normalize():f}", "minutes": entry.minutes, "quantity": entry.quantity,
            "rate_cents": entry.rate_cents, "factor": f"{entry.factor.normalize():f}", "cents": entry.cents,
            "rules": entry.rules,
        }
        for entry in entries
    ]  # fmt: skip
