"""The agency's Monday: how many where, who is late, per client, and the two buttons that remind them."""

from __future__ import annotations

import dataclasses
from typing import Any, Final

from django.contrib import messages
from django.db.models import Count, Q, Sum
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from kis.core import clock
from kis.core.weeks import Week
from kis.post.models import OutboxMail
from kis.staffing.models import Client
from kis.staffing.parties import Party
from kis.timesheets import gathering, reminders
from kis.timesheets.calendar import Calendar
from kis.timesheets.deadlines import Deadline
from kis.timesheets.models import Timesheet
from kis.timesheets.signal_keeping import shown_to
from kis.timesheets.signals import still_open
from kis.timesheets.workflow import OPEN, PHASES, State
from kis.timesheets.working_time import Severity
from kis.web import words
from kis.web.access import ActorRequest, audience

FINDINGS_SHOWN: Final = 10  # in the cockpit; the list of timesheets has them all


@dataclasses.dataclass(frozen=True, slots=True)
class ClientRow:
    """One client in the week: counts per phase, what is ready, and its own deadline."""

    client: Client
    counts: dict[str, int]
    ready: int
    minutes: int
    deadline: Deadline

    @property
    def open(self) -> int:
        return sum(self.counts.values())


@require_GET
@audience("agency")
def cockpit(request: ActorRequest) -> HttpResponse:
    """The week that payroll is waiting for, or another one by `?week=`."""
    calendar = Calendar.load()
    current = calendar.current_week(clock.local(clock.now()))
    week = _week(request, current)
    rows = _clients(week, calendar)
    deadline = calendar.deadline(week)
    totals = {phase: sum(row.counts[phase] for row in rows) for phase in PHASES}
    context = {
        "week": week,
        "current": current,
        "deadline": deadline,
        "phases": words.PHASES,
        "totals": totals,
        "open": sum(totals.values()),
        "ready": sum(row.ready for row in rows),
        "minutes": sum(row.minutes for row in rows),
        "rows": rows,
        "own_deadlines": any(row.deadline.approve_by != deadline.approve_by for row in rows),
        "older": Timesheet.objects.counted().filter(_before(week), state__in=OPEN).count(),
        **_findings(week),
        "failed_mails": OutboxMail.objects.filter(state=OutboxMail.State.FAILED).count(),
    }
    return render(request, "agency/cockpit.html", context)


@require_POST
@audience("agency")
def remind(request: ActorRequest, week: Week) -> HttpResponse:
    """Mail those whose turn it is, as it is at this moment: `who` is "workers" or "clients"."""
    who = {"workers": reminders.remind_workers, "clients": reminders.remind_clients}.get(request.POST.get("who", ""))
    if who is None:
        raise Http404
    reached = who(week, by=request.actor, at=clock.now())
    if reached:
        text = ngettext("%(n)s person gets a reminder.", "%(n)s people get a reminder.", reached) % {"n": reached}
        messages.success(request, text, extra_tags="good")
    else:
        messages.info(request, _("Nobody needed a reminder, or everybody had one today."))
    return redirect(f"/agency/?week={week}")


def _week(request: ActorRequest, current: Week) -> Week:
    try:
        return Week.parse(request.GET.get("week", ""))
    except ValueError:
        return current


def _clients(week: Week, calendar: Calendar) -> list[ClientRow]:
    """Clients with work in the week, the most still open first; counted in one query."""
    counted = (
        Timesheet.objects.newest()
        .of_week(week)
        .values("client", "state")
        .annotate(n=Count("pk"), minutes=Sum("minutes"))
        .order_by()
    )
    found: dict[int, dict[str, tuple[int, int]]] = {}
    for row in counted:
        found.setdefault(row["client"], {})[row["state"]] = (row["n"], row["minutes"])
    clients = Client.objects.in_bulk(list(found))
    rows = [_client_row(clients[pk], states, calendar.deadline(week, clients[pk])) for pk, states in found.items()]
    return sorted(rows, key=lambda row: (-row.open, row.client.search))


def _findings(week: Week) -> dict[str, Any]:
    """Timesheets of the week in which the law on working time still asks for a look, the gravest first."""
    found = Timesheet.objects.of_week(week).filter(finding_level__gt=0)
    counts = dict(found.values_list("finding_level").annotate(n=Count("pk")).order_by())
    sheets = list(found.with_people().order_by("-finding_level", "worker__search", "pk")[:FINDINGS_SHOWN])
    known = gathering.acknowledged([sheet.pk for sheet in sheets])
    rows = []
    for sheet in sheets:
        open_ones = still_open(shown_to(sheet, Party.AGENCY), known.get(sheet.pk, {}).get(Party.AGENCY, ()))
        by_law = sorted((signal for signal in open_ones if signal.rule), key=lambda signal: -signal.level.rank)
        rows.append((sheet, by_law))
    red = counts.get(Severity.RED.rank, 0)
    return {"findings": rows, "finding_count": sum(counts.values()), "red_count": red}


def _client_row(client: Client, states: dict[str, tuple[int, int]], deadline: Deadline) -> ClientRow:
    counts = {phase: sum(states.get(state, (0, 0))[0] for state in members) for phase, members in PHASES.items()}
    ready = sum(states.get(state, (0, 0))[0] for state in (State.APPROVED, State.PAID))
    return ClientRow(client, counts, ready, sum(minutes for _, minutes in states.values()), deadline)


def _before(week: Week) -> Q:
    return Q(iso_year__lt=week.year) | Q(iso_year=week.year, iso_week__lt=week.number)
