"""Reminders and the hand-in digest: worked out at the moment of sending, only for the person whose turn it is.

Each goes to a person at most once a day; the outbox key says so, whoever asks.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping

from django.db.models import Max

from kis.core import clock
from kis.core.minutes import duration_text
from kis.core.weeks import Week
from kis.post.models import OutboxMail
from kis.staffing.actor import Actor
from kis.staffing.models import AgencySettings, ClientContact
from kis.staffing.parties import Party
from kis.timesheets import fate, mail_strip
from kis.timesheets.calendar import Calendar
from kis.timesheets.deadlines import Deadline
from kis.timesheets.models import Timesheet
from kis.timesheets.notices import mail_about
from kis.timesheets.workflow import NotAllowed

AFTER_DIGEST = dt.timedelta(hours=4)
DIGEST_AGAIN = dt.timedelta(days=14)  # what has waited for so long without anything new is told once more


def remind_workers(week: Week, *, by: Actor, at: dt.datetime) -> int:
    """Mail every worker who has not handed in this week; answers how many are mailed now.

    A correction is no missing week: nobody is reminded of it.
    """
    _require_agency(by)
    waiting = Timesheet.objects.of_week(week).awaiting_worker().filter(revision=0, worker__user__is_active=True)
    sheets = waiting.with_people()
    mine: dict[int, list[Timesheet]] = defaultdict(list)
    for sheet in sheets:
        mine[sheet.worker_id].append(sheet)
    calendar = Calendar.load()
    return sum(_remind_worker(week, own, _first(own, calendar), at) for own in mine.values())


def remind_clients(week: Week, *, by: Actor, at: dt.datetime) -> int:
    """Mail every contact for whom timesheets up to and including this week wait; answers how many are mailed now.

    The portal by itself leaves those in peace who have just had their digest; the agency's own hand does not.
    """
    _require_agency(by)
    waiting = _waiting_per_contact(up_to=week)
    told = _last_digests(since=at - AFTER_DIGEST) if by.party == Party.SYSTEM else {}
    calendar = Calendar.load()
    return sum(
        _mail_contact("client_reminder", f"client-reminder:{contact.pk}:{week}:{_day(at)}", contact, own, calendar, at)
        for contact, own in waiting.items()
        if contact.user.email not in told
    )


def send_digests(*, at: dt.datetime) -> int:
    """One mail a day per contact with all that waits, if something was handed in since the last one."""
    told = _last_digests(since=at - DIGEST_AGAIN)
    calendar = Calendar.load()
    count = 0
    for contact, own in _waiting_per_contact(up_to=None).items():
        last = told.get(contact.user.email)
        if last is None or any(sheet.state_since > last for sheet in own):
            count += _mail_contact("digest", f"digest:{contact.pk}:{_day(at)}", contact, own, calendar, at)
    return count


def send_due_reminders(*, by: Actor, at: dt.datetime) -> int:
    """Remind everybody whose week comes due within the agency's lead time; safe to call every hour."""
    agency = AgencySettings.objects.first()
    lead = dt.timedelta(hours=agency.reminder_hours_before if agency else 24)
    calendar = Calendar.load()
    this = Week.of(clock.local(at).date())
    due = [week for week in (this.previous, this) if _is_near(calendar.deadline(week), lead, at)]
    return sum(remind_workers(week, by=by, at=at) + remind_clients(week, by=by, at=at) for week in due)


def _is_near(due: Deadline, lead: dt.timedelta, at: dt.datetime) -> bool:
    return due.approve_by - lead <= at <= due.approve_by


def _remind_worker(week: Week, sheets: list[Timesheet], due: Deadline, at: dt.datetime) -> bool:
    user = sheets[0].worker.user
    context = {
        "name": user.name,
        "week": week.number,
        "clients": [sheet.client.name for sheet in sheets],
        "deadline": clock.local(due.approve_by),
        "run_on": due.run_on,
        "is_late": due.has_passed(at),
        "path": f"/worker/week/{week}/",
    }
    key = f"worker-reminder:{user.pk}:{week}:{_day(at)}"
    return mail_about(sheets, Party.WORKER, user, kind="worker_reminder", context=context, key=key, at=at)


def _mail_contact(
    kind: str, key: str, contact: ClientContact, sheets: list[Timesheet], calendar: Calendar, at: dt.datetime
) -> bool:
    due = min(fate.due(sheet, calendar, at=at).approve_by for sheet in sheets)
    rows = [
        {
            "name": str(sheet.worker), "week": sheet.iso_week,
            "hours": duration_text(sheet.minutes), "bars": mail_strip.bars(sheet.hours),
            "is_correction": sheet.revision > 0,
        }
        for sheet in sheets
    ]  # fmt: skip
    context = {
        "name": contact.user.name,
        "client": contact.client.name,
        "rows": sorted(rows, key=lambda row: (row["week"], row["name"])),
        "deadline": clock.local(due),
        "is_late": due < at,
        "path": "/client/status/",
    }
    return mail_about(sheets, Party.CLIENT, contact.user, kind=kind, context=context, key=key, at=at)


def _waiting_per_contact(*, up_to: Week | None) -> Mapping[ClientContact, list[Timesheet]]:
    """What waits for each contact, by department; nobody who has nothing waiting."""
    sheets: Iterable[Timesheet] = Timesheet.objects.awaiting_client().with_people()
    per_client: dict[int, list[Timesheet]] = defaultdict(list)
    for sheet in sheets:
        if up_to is None or sheet.week <= up_to:
            per_client[sheet.client_id].append(sheet)
    contacts = ClientContact.objects.filter(client__in=per_client, user__is_active=True)
    found = {}
    for contact in contacts.select_related("user", "client").prefetch_related("departments"):
        own = {department.pk for department in contact.departments.all()}
        mine = [sheet for sheet in per_client[contact.client_id] if not own or sheet.department_id in own]
        if mine:
            found[contact] = mine
    return found


def _last_digests(*, since: dt.datetime) -> dict[str, dt.datetime]:
    """When each address had its last digest, as far as that was after `since`."""
    digests = OutboxMail.objects.filter(kind="digest", created_at__gt=since)
    return dict(digests.values_list("to").annotate(Max("created_at")))


def _first(sheets: list[Timesheet], calendar: Calendar) -> Deadline:
    """The earliest deadline of these weeks."""
    return min((calendar.deadline(sheet.week, sheet.client) for sheet in sheets), key=lambda due: due.approve_by)


def _day(at: dt.datetime) -> dt.date:
    return clock.local(at).date()


def _require_agency(by: Actor) -> None:
    if by.party not in {Party.AGENCY, Party.SYSTEM}:
        raise NotAllowed("only the agency reminds")
