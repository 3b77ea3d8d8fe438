"""The component page: every building block of the pages in all its states, for whoever builds one. Demo mode only."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from kis.core import clock
from kis.core.weeks import Week
from kis.staffing.parties import Party
from kis.timesheets.models import Acknowledgement, Step
from kis.timesheets.signals import Signal
from kis.timesheets.workflow import Act, State
from kis.timesheets.working_time import Severity
from kis.web import chart, icons
from kis.web.access import audience
from kis.web.notices import Notice, Undo
from kis.web.paging import Page
from kis.web.signal_list import Said, SignalList, SignalRow
from kis.web.strip import Mark, StripDay


@require_GET
@audience("everyone")
def components(request: HttpRequest) -> HttpResponse:
    """The component page."""
    if not settings.DEMO:
        raise Http404
    return render(request, "web/components.html", _samples(clock.now()))


def _input(kind: str = "input", **attrs: Any) -> forms.TextInput:
    return forms.TextInput(attrs={"class": kind, **attrs})


class SampleForm(forms.Form):
    """Fields of each kind; sent in with mistakes, to show how a page tells of them."""

    name = forms.CharField(label="A name", help_text="As it stands on the contract.", widget=_input())
    start = forms.RegexField(
        r"([01]\d|2[0-3]):[0-5]\d", label="Start",
        widget=_input("input time", **{"data-time": True, "inputmode": "numeric"}),
        error_messages={"invalid": "This is not a time. Write it as 7:30."},
    )  # fmt: skip
    which = forms.ChoiceField(
        label="A choice", choices=[("", "Choose"), ("1", "One")], widget=forms.Select(attrs={"class": "select"})
    )
    note = forms.CharField(label="Words", required=False, widget=forms.Textarea(attrs={"class": "area", "rows": 2}))


def _samples(now: dt.datetime) -> dict[str, Any]:
    week = Week.of(clock.local(now).date())
    return {
        "states": list(State),
        "icons": icons.NAMES,
        "days": sample_days(week),
        "form": SampleForm(),
        "wrong_form": SampleForm({"name": "Ana", "start": "25:00", "which": "", "note": "Kept as it was typed."}),
        "deadlines": [now + dt.timedelta(hours=hours) for hours in (72, 3, -2)],
        "notices": [
            Notice("Something to know."),
            Notice("Week 48 of Ana Kowalska is accepted.", "good", Undo("#", "Undo", {"version": 4})),
            Notice("Something to look at.", "warn"),
            Notice("Something went wrong; nothing is lost.", "bad"),
        ],
        "steps": _sample_steps(now),
        "signals": _sample_signals(week, now),
        "page": Page(rows=[], following="after=x", is_first=False, first=""),
        "chart": chart.draw(_sample_weeks(week), "Hours per week"),
        "file_bytes": 248_000,
    }


def _sample_signals(week: Week, now: dt.datetime) -> SignalList:
    """One of each level: still to be looked at, seen with a reason, and only to be known."""
    figures = {"measured_minutes": 3930, "limit_minutes": 3600}
    long_week = Signal("W02", None, figures, Severity.RED)
    pause = Signal("W07", week.days[2], {"measured_minutes": 15, "limit_minutes": 30, "worked_minutes": 480})
    sunday = Signal("W10", week.sunday, {"measured_minutes": 450}, Severity.INFO)
    seen = Acknowledgement(
        party=Party.CLIENT, actor_name="Carla de Groot", reason="The line stood still for an hour.", at=now
    )
    rows = (
        SignalRow(long_week, "sample-1", (), asks=True),
        SignalRow(pause, "sample-2", (Said(seen, still=True),), asks=False),
        SignalRow(sunday, "sample-3", (), asks=False),
    )
    return SignalList(rows, may_acknowledge=True)


def sample_days(week: Week) -> list[StripDay]:
    """Ordinary with a break, long, a night, half a night, refused, not worked, and nothing written."""
    monday, tuesday, wednesday, thursday, friday, saturday, sunday = week.days
    return [
        StripDay(monday, 480, rest=30),
        StripDay(tuesday, 615, rest=45),
        StripDay(wednesday, 450, night=450, rest=30),
        StripDay(thursday, 480, night=180, rest=30),
        StripDay(friday, 300, mark=Mark.DISPUTED),
        StripDay(saturday, mark=Mark.NOT_WORKED),
        StripDay(sunday),
    ]


def _sample_weeks(week: Week) -> list[chart.WeekBar]:
    hours = (38, 40, 40, 32, 0, 40, 44, 38, 40, 36, 40, 39, 24)
    return [
        chart.WeekBar(week + (n - len(hours)), number * 60, open=n == len(hours) - 1) for n, number in enumerate(hours)
    ]


def _sample_steps(now: dt.datetime) -> list[Step]:
    """Of a week that was refused once; never saved."""
    told = (
        (Act.SUBMIT, Party.WORKER, "Ana Kowalska", ""),
        (Act.REFUSE, Party.CLIENT, "Carla de Groot", "On Friday Ana left at one o'clock."),
        (Act.SUBMIT, Party.WORKER, "Ana Kowalska", ""),
        (Act.ACCEPT, Party.CLIENT, "Carla de Groot", ""),
    )
    return [
        Step(act=act, party=party, actor_name=name, reason=reason, at=now - dt.timedelta(hours=6 * (len(told) - n)))
        for n, (act, party, name, reason) in enumerate(told)
    ]
