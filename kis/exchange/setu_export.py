"""The paid weeks of a run as time cards for one client: from what was frozen, approved and paid, to SETU messages.

A card says when somebody worked, as the client accepted it. It holds no wage, and no surcharge: what a rule makes of
the hours stands in the pay and bill lines. A correction is a card under the id of the first card of its week: in 2.0
the whole week again, in 1.4 what it adds to, changes in and takes from the card that was sent before; a week that had
no lines was not sent in 1.4, so that its correction is a first card.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any, BinaryIO

from django.db.models import Exists, OuterRef, Q, QuerySet

from kis.core import clock
from kis.exchange import archives, setu_1_4, setu_2
from kis.exchange.payroll_export import card_number
from kis.exchange.setu_codes import CODES_TO_WORDS
from kis.exchange.timecards import (
    Allowance,
    AllowanceRate,
    Approval,
    Id,
    Interval,
    Issuer,
    LegalId,
    Party,
    Person,
    References,
    Submission,
    Timecard,
    Unit,
    corrected,
    hours_of,
    wall_clock,
)
from kis.jobs import progress
from kis.payroll.computing import frozen_hours
from kis.payroll.models import PayrollRun
from kis.payroll.rules.problems import Invalid, Problem, gettext_noop
from kis.staffing import parties
from kis.staffing.models import AgencySettings, Client, Organisation
from kis.timesheets.hours import Hours, Shift
from kis.timesheets.models import Step, Timesheet
from kis.timesheets.workflow import Act

WORK, BREAK = "HT100", "HT400"
KILOMETRES, EXPENSES = "EA102", "EA100"
CHUNK = 500

Choices = Mapping[str, Any]


class NotIdentified(Invalid):
    """The agency, the client or both have no legal number yet: `agency` and `client` say which."""

    def __init__(self, *, agency: bool, client: bool) -> None:
        self.agency, self.client = agency, client
        texts = {
            gettext_noop("The agency has no number in a public register yet."): agency,
            gettext_noop("The client has no number in a public register yet."): client,
        }
        super().__init__(Problem("", text) for text, lacks in texts.items() if lacks)


def clients_of(run: PayrollRun) -> QuerySet[Client]:
    """The clients whose weeks were paid in a run, by name."""
    paid = Timesheet.objects.filter(run_sheet__run=run)
    return Client.objects.filter(pk__in=paid.values("client")).order_by("search", "pk")


def choices_for(client: Client) -> Choices:
    """Whom the cards of a client are from and for, as it is now. Raises NotIdentified."""
    agency = AgencySettings.objects.first()
    if agency is None or not (agency.legal_id and client.legal_id):
        raise NotIdentified(agency=agency is None or not agency.legal_id, client=not client.legal_id)
    return {
        "client": client.pk,
        "number": client.number,
        "supplier": {**_registered(agency), "number": client.supplier_number},
        "customer": _registered(client),
    }


def to_2_xml(target: BinaryIO, run: PayrollRun, choices: Choices) -> None:
    """A ZIP with a 2.0 XML message per week. Raises Invalid."""
    _write(target, run, choices, "xml", lambda week: setu_2.write_xml(week.card))


def to_2_json(target: BinaryIO, run: PayrollRun, choices: Choices) -> None:
    """A ZIP with a 2.0 JSON message per week. Raises Invalid."""
    _write(target, run, choices, "json", lambda week: setu_2.write_json(week.card))


def to_1_4(target: BinaryIO, run: PayrollRun, choices: Choices) -> None:
    """A ZIP with a 1.4 message per week. A week in which nothing was worked has none. Raises Invalid."""
    _write(target, run, choices, "xml", _message_1_4)


@dataclasses.dataclass(frozen=True, slots=True)
class Week:
    """A paid week as a card, and the card it corrects; `name` is that of its file.

    `before` is None too where no card with lines was ever sent for the week, which is the only kind that 1.4 sends.
    """

    name: str
    card: Timecard
    before: Timecard | None = None


def weeks(run: PayrollRun, choices: Choices) -> Iterator[Week]:
    """The paid weeks of a client, worker by worker. Raises Invalid for one that is stored otherwise than approved."""
    sheets = Timesheet.objects.filter(run_sheet__run=run, client=choices["client"])
    ids = list(sheets.order_by("worker__number", "iso_year", "iso_week", "pk").values_list("pk", flat=True))
    for start in range(0, len(ids), CHUNK):
        chunk = ids[start : start + CHUNK]
        found = _with_people(chunk)
        before = _with_people([sheet.corrects_id for sheet in found.values() if sheet.corrects_id])
        cards, sent = _Cards({**found, **before}, choices), _with_lines_before(chunk)
        for done, pk in enumerate(chunk, start + 1):
            sheet = found[pk]
            earlier = cards.of(before[sheet.corrects_id]) if sheet.corrects_id and pk in sent else None
            yield Week(card_number(sheet), cards.of(sheet), earlier)
            progress.report(done, len(ids))


def _write(
    target: BinaryIO, run: PayrollRun, choices: Choices, ending: str, message: Callable[[Week], bytes | None]
) -> None:
    files = ((f"{week.name}.{ending}", message(week)) for week in weeks(run, choices))
    archives.write_zip(target, ((name, content) for name, content in files if content is not None))


def _message_1_4(week: Week) -> bytes | None:
    card = CODES_TO_WORDS.of(week.card)
    if week.before:
        card = corrected(CODES_TO_WORDS.of(week.before), card)
    return setu_1_4.write(card) if card.intervals or card.allowances else None


def _with_lines_before(sheets: Iterable[int]) -> set[int]:
    """Of these, the corrections of a week of which an earlier version had lines; the last one may have had none."""
    earlier = Timesheet.objects.filter(
        Q(minutes__gt=0) | Q(km__gt=0) | Q(expense_cents__gt=0), run_sheet__isnull=False,
        placement=OuterRef("placement"), iso_year=OuterRef("iso_year"), iso_week=OuterRef("iso_week"),
        revision__lt=OuterRef("revision"),
    )  # fmt: skip
    return set(Timesheet.objects.filter(Exists(earlier), pk__in=sheets).values_list("pk", flat=True))


def _registered(organisation: Organisation) -> dict[str, str]:
    return {
        "register": organisation.legal_register,
        "legal_id": organisation.legal_id,
        "vat_id": organisation.vat_id,
    }


def _with_people(ids: Iterable[int]) -> dict[int, Timesheet]:
    rows = Timesheet.objects.filter(pk__in=list(ids)).select_related("placement", "worker__user", "department")
    return {sheet.pk: sheet for sheet in rows}


class _Cards:
    """Makes the cards of some timesheets, with what belongs to them read at once."""

    def __init__(self, sheets: Mapping[int, Timesheet], choices: Choices) -> None:
        self._hours = frozen_hours(sheets)
        self._steps: dict[int, list[Step]] = defaultdict(list)
        for step in Step.objects.filter(timesheet__in=list(sheets)).order_by("timesheet_id", "number"):
            self._steps[step.timesheet_id].append(step)
        supplier, customer = choices["supplier"], choices["customer"]
        theirs = (Id(supplier["number"], Issuer.CUSTOMER),) if supplier["number"] else ()
        self._supplier = _party(supplier, theirs)
        self._customer = _party(customer, (Id(choices["number"], Issuer.SUPPLIER),))

    def of(self, sheet: Timesheet) -> Timecard:
        """The card of a timesheet. Raises Invalid when it is stored otherwise than it was approved."""
        hours = self._hours.get(sheet.pk)
        if hours is None:
            text = gettext_noop("%(card)s is stored otherwise than it was approved.")
            raise Invalid([Problem("", text, {"card": card_number(sheet)})])
        steps = self._steps[sheet.pk]
        number = f"{sheet.placement.number}-{sheet.week}"  # of the first card of the week, which a correction names
        return Timecard(
            id=Id(number),
            person=Person((Id(sheet.worker.number),), sheet.worker.user.name),
            start=sheet.week.monday,
            end=sheet.week.sunday,
            supplier=self._supplier,
            customer=self._customer,
            assignment=sheet.placement.number,
            intervals=tuple(_intervals(number, hours)),
            allowances=tuple(_allowances(number, hours)),
            references=_references(sheet),
            submission=_submission(sheet, steps),
            approvals=tuple(_approvals(sheet, steps)),
        )


def _party(known: Mapping[str, str], ids: tuple[Id, ...]) -> Party:
    return Party(ids=ids, legal_id=LegalId(known["legal_id"], known["register"]), vat_id=known["vat_id"])


def _references(sheet: Timesheet) -> References:
    """Where the client books it: its order, and the department as it was when the week was opened."""
    department, order = sheet.department, sheet.placement.purchase_order
    if department is None:
        return References(purchase_order=order)
    centre = Unit(department.cost_centre) if department.cost_centre else None
    return References(department=Unit(department.name), cost_centre=centre, purchase_order=order)


def _intervals(number: str, hours: Hours) -> Iterator[Interval]:
    for date, day in hours.dated():
        line = f"{number}-{date.isoweekday()}"
        for place, shift in enumerate(day.shifts, 1):
            yield from _of_shift(f"{line}.{place}", date, shift)
        if day.total and not day.shifts:  # of a day without times only the length is known
            yield Interval(Id(f"{line}.0"), WORK, wall_clock(clock.at(date, 0)), hours=hours_of(day.total))


def _of_shift(line: str, date: dt.date, shift: Shift) -> Iterator[Interval]:
    """The shift, its hours less all breaks; and the breaks of which is known when they were."""
    yield _interval(line, WORK, date, shift.start, shift.end, shift.worked(date))
    for place, pause in enumerate(shift.breaks, 1):
        if pause.start is not None and pause.minutes:
            end = pause.start + pause.minutes
            yield _interval(f"{line}.{place}", BREAK, date, pause.start, end, pause.minutes)


def _interval(line: str, kind: str, date: dt.date, start: int, end: int, minutes: int) -> Interval:
    begin = clock.at(date, start).astimezone(dt.UTC)  # so that a break in the night of the clock has its length
    finish = begin + dt.timedelta(minutes=minutes) if kind == BREAK else clock.at(date, end)
    return Interval(
        id=Id(line),
        hour_type=kind,
        start=wall_clock(begin),
        end=wall_clock(finish),
        hours=hours_of(minutes),
        assigned_day=date if end > 1440 else None,  # past midnight it still counts for the day it was written on
    )


def _allowances(number: str, hours: Hours) -> Iterator[Allowance]:
    for date, day in hours.dated():
        if day.km:
            line = Id(f"{number}-{date.isoweekday()}.km")
            yield Allowance(line, KILOMETRES, start=date, end=date, quantity=Decimal(day.km))
    for place, expense in enumerate(hours.expenses, 1):
        yield Allowance(
            Id(f"{number}-e{place}"),
            EXPENSES,
            start=expense.date,
            end=expense.date,
            rates=(AllowanceRate(Decimal(expense.cents).scaleb(-2)),),
            expense=True,
            comment=expense.what,
        )


def _submission(sheet: Timesheet, steps: Iterable[Step]) -> Submission | None:
    """Who handed in the version that was paid; one who did so for somebody else stands there by their own name."""
    for step in steps:
        if step.number == sheet.submitted_version:
            return Submission(step.actor_name, wall_clock(step.at))
    return None


def _approvals(sheet: Timesheet, steps: Iterable[Step]) -> Iterator[Approval]:
    """The last word of the client and of the agency on the hours that were paid."""
    last: dict[str, Step] = {}
    for step in steps:
        party = step.on_behalf_of or step.party
        of_client = party == parties.Party.CLIENT and step.act in {Act.ACCEPT, Act.PROPOSE, Act.CORRECT}
        if step.digest == sheet.digest and (of_client or step.act == Act.APPROVE):
            last[party] = step
    for party, issuer in ((parties.Party.CLIENT, Issuer.CUSTOMER), (parties.Party.AGENCY, Issuer.SUPPLIER)):
        if found := last.get(party):
            comment = found.reason if found.on_behalf_of else ""
            yield Approval(found.actor_name, wall_clock(found.at), issuer, comment)
