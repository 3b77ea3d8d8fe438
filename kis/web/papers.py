"""Papers in the reader's language: the evidence file of a week, and the worker's own copy of hours."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.http import HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kis.core import clock
from kis.core.minutes import clock_text, duration_text
from kis.exchange import pdf
from kis.exchange.evidence import evidence, steps, text_of, versions
from kis.exchange.pdf import Column, Item, Paper, Section, Table
from kis.payroll.labels import label_words
from kis.staffing.letterhead import letterhead
from kis.staffing.parties import Party
from kis.timesheets.hours import Day, Hours
from kis.timesheets.models import Submission, Timesheet
from kis.web import words
from kis.web.formats import day, euros, moment

PDF, JSON = "application/pdf", "application/json"
KINDS = frozenset({"pdf", "json"})  # of an evidence file


def evidence_file(sheet: Timesheet, reader: Party, kind: str, *, at: dt.datetime) -> HttpResponse:
    """The evidence file of a timesheet (with its people) for one reader: `json`, or `pdf` with the JSON in it."""
    document = evidence(sheet, reader, at=at)
    word = _("evidence")
    name = f"{word}-{sheet.placement.number}-{sheet.week}"
    if kind == "json":
        return handed_out(text_of(document).encode(), JSON, f"{name}.json")
    paper = _evidence_paper(sheet, document, at)
    made = pdf.render(paper, at=at, enclosed=text_of(document), name="evidence.json")
    return handed_out(made, PDF, f"{name}.pdf")


def hours_copy(worker: str, sheets: Sequence[tuple[Timesheet, Hours]], *, at: dt.datetime) -> bytes:
    """A worker's own copy as PDF: each of at least one week with its days, as it was handed in."""
    total = sum(hours.minutes for _sheet, hours in sheets)
    first, last = sheets[0][0].week, sheets[-1][0].week
    paper = Paper(
        lang=_language(), author=letterhead()["name"], title=_("Hours of %(name)s") % {"name": worker},
        lead=_("%(first)s to %(last)s: %(hours)s hours.")
        % {"first": day(first.monday), "last": day(last.sunday), "hours": duration_text(total)},
        sections=[
            Section(
                _("Week %(n)s, %(year)s: %(client)s")
                % {"n": sheet.iso_week, "year": sheet.iso_year, "client": sheet.client.name},
                text=[f"{sheet.placement.job_title}. {words.state(sheet)}, {moment(sheet.state_since)}."],
                table=_week(hours),
            )
            for sheet, hours in sheets
        ],
        foot=_("As recorded in the portal on %(when)s.") % {"when": moment(at)},
    )  # fmt: skip
    return pdf.render(paper, at=at)


def handed_out(content: bytes, content_type: str, name: str) -> HttpResponse:
    """A file of somebody's own, as a download that nobody keeps on the way."""
    attached = content_disposition_header(as_attachment=True, filename=name) or ""
    headers = {"Content-Disposition": attached, "Cache-Control": "private, no-store"}
    return HttpResponse(content, content_type=content_type, headers=headers)


def _evidence_paper(sheet: Timesheet, document: Mapping[str, Any], at: dt.datetime) -> Paper:
    facts = [
        (_("Worker"), document["timesheet"]["worker"]), (_("Client"), sheet.client.name),
        (_("Job"), sheet.placement.job_title), (_("Status"), words.state(sheet)),
        (_("Made for"), words.party_words(document["reader"])), (_("Made on"), moment(at)),
    ]  # fmt: skip
    if sheet.department:
        facts.insert(2, (_("Department"), sheet.department.name))
    return Paper(
        lang=_language(), author=letterhead()["name"],
        title=_("Evidence file, week %(n)s, %(year)s") % {"n": sheet.iso_week, "year": sheet.iso_year},
        lead=_("What was written down, by whom it was decided, and what came of it."),
        facts=facts, sections=list(_evidence_sections(sheet, document)),
        foot=f"SHA-256 {document['sha256']}",
    )  # fmt: skip


def _evidence_sections(sheet: Timesheet, document: Mapping[str, Any]) -> Iterator[Section]:
    yield Section(_("What happened"), items=[_happened(step) for step in steps(sheet)])
    for version in versions(sheet):
        yield _version(sheet, version)
    if seen := document["acknowledgements"]:
        yield Section(
            _("Signals that were seen"),
            items=[
                Item(f"{row['by']}: {words.signal_subject(row['signal'])}", _when(row["at"]), [row["reason"]])
                for row in seen
            ],
        )
    if mails := document["mails"]:
        columns = [Column(_("Mail"), wide=True), Column(_("To")), Column(_("Delivered"))]
        rows = [
            [row["subject"] or words.mail_words(row["kind"]), row["to"] or words.party_words(row["party"]),
             _when(row["delivered_at"])]
            for row in mails
        ]  # fmt: skip
        yield Section(_("Mails about this week"), table=Table(columns, rows))
    if lines := document["lines"]:
        yield Section(_("From hours to pay"), text=[_paid(lines)], table=_lines(lines["pay"]))
        if bill := lines.get("bill"):
            yield Section(_("What the client is billed"), table=_lines(bill))
    yield Section(
        _("Whether this is whole"),
        text=[
            _("Enclosed in this PDF is evidence.json, with all of it. Its checksum stands at the foot of each page."),
            _("Whoever runs the portal checks both with: bin/manage verify_evidence evidence.json"),
        ],
    )  # fmt: skip


def _happened(step: Any) -> Item:
    said = [words.step_reason(step)] if words.step_reason(step) else []
    if step.days:
        days = ", ".join(day(dt.date.fromisoformat(date)) for date in step.days)
        said.append(_("It concerns: %(days)s.") % {"days": days})
    return Item(words.step_words(step), moment(step.at), said)


def _version(sheet: Timesheet, version: Submission) -> Section:
    title = _("Version %(n)s, %(when)s") % {"n": version.number, "when": moment(version.at)}
    if version.number == sheet.submitted_version:
        counts = _("this one counts")
        title += f" ({counts})"
    hours = Hours.from_json(sheet.week, version.content)
    said = [_("Note: %(note)s") % {"note": hours.note}] if hours.note else []
    said += [f"{day(e.date)}: {e.what}, {euros(e.cents)}" for e in hours.expenses]
    return Section(title, text=[*said, f"SHA-256 {version.digest}"], table=_week(hours))


def _week(hours: Hours) -> Table:
    """The days of a week as a table."""
    rows = [
        [
            day(date), times_text(written) or (_("not worked") if written.not_worked else ""),
            duration_text(written.pause) if written.pause else "", str(written.km or ""),
            duration_text(written.worked(date)) if written.worked(date) else "",
        ]
        for date, written in hours.dated()
        if not written.is_empty
    ]  # fmt: skip
    columns = [
        Column(_("Day")), Column(_("Times"), wide=True), Column(_("Break"), number=True), Column(_("Km"), number=True),
        Column(_("Hours"), number=True),
    ]  # fmt: skip
    return Table(columns, rows, [_("Total"), "", "", str(hours.km or ""), duration_text(hours.minutes)])


def times_text(written: Day) -> str:
    """`08:00–16:30, 18:00–20:00`."""
    return ", ".join(f"{clock_text(shift.start)}–{clock_text(shift.end)}" for shift in written.shifts)


def _lines(entries: Iterable[Mapping[str, Any]]) -> Table:
    columns = [
        Column(_("Day")), Column(_("Component"), wide=True), Column("%", number=True), Column(_("Hours"), number=True),
        Column(_("Amount"), number=True),
    ]  # fmt: skip
    found = list(entries)
    rows = [
        [
            day(dt.date.fromisoformat(row["date"])), label_words(row["component"]),
            row["percentage"] if row["minutes"] else "", duration_text(row["minutes"]) if row["minutes"] else "",
            euros(row["cents"]),
        ]
        for row in found
    ]  # fmt: skip
    minutes, cents = sum(row["minutes"] for row in found), sum(row["cents"] for row in found)
    return Table(columns, rows, [_("Total"), "", "", duration_text(minutes), euros(cents)])


def _paid(lines: Mapping[str, Any]) -> str:
    run = lines["paid_in"]
    if run is None:
        return _("Not paid yet: this is what it comes to as it stands.")
    return _("Paid in the run of week %(week)s; checksum of that run: %(sha)s.") % {
        "week": run["week"], "sha": run["sha256"],
    }  # fmt: skip


def _when(text: str | None) -> str:
    return moment(dt.datetime.fromisoformat(text)) if text else ""


def _language() -> str:
    return (get_language() or "nl")[:2]


def made_now() -> dt.datetime:
    """To the second: that is what a PDF can say."""
    return clock.now().replace(microsecond=0)
