"""Where a rule set holds: for the agency, a client or one job; in what is paid or what is billed; from a day on."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections import defaultdict
from typing import Any

from django import forms
from django.utils.translation import gettext, gettext_lazy

from kis.core.weeks import Week
from kis.payroll.models import RuleAssignment, Stream
from kis.staffing.models import Client, Placement
from kis.timesheets.models import Timesheet
from kis.timesheets.workflow import State


@dataclasses.dataclass(frozen=True, slots=True)
class Place:
    """Where rules hold, and up to and including which day; None: until something else is agreed."""

    row: RuleAssignment
    until: dt.date | None

    @property
    def can_go(self) -> bool:
        """Whether what holds around it could hold here again."""
        return self.until is None and bool(self.row.client_id or self.row.placement_id)


def places() -> dict[str, list[Place]]:
    """Where each rule set holds, has held or will hold, by its code; the newest agreement first. One query."""
    following: dict[tuple[str, int | None, int | None], dt.date] = {}
    found: dict[str, list[Place]] = defaultdict(list)
    people = ("client", "placement__worker__user", "placement__client")
    for row in RuleAssignment.objects.select_related(*people).order_by("-valid_from", "-pk"):
        where = (row.stream, row.client_id, row.placement_id)
        after = following.get(where)
        following[where] = row.valid_from
        if row.valid_from != after:  # else it was agreed otherwise before it ever held
            found[row.code].append(Place(row, after - dt.timedelta(days=1) if after else None))
    return found


class AssignForm(forms.Form):
    client = forms.ModelChoiceField(
        Client.objects.order_by("search"),
        label=gettext_lazy("Where"),
        required=False,
        empty_label=gettext_lazy("Everywhere, unless a client has its own"),
        widget=forms.Select({"class": "select"}),
    )
    placement = forms.ModelChoiceField(Placement.objects.all(), required=False, widget=forms.HiddenInput)
    stream = forms.ChoiceField(
        label=gettext_lazy("For what"),
        choices=[
            (Stream.PAY, gettext_lazy("What workers are paid, and clients billed unless that is said otherwise")),
            (Stream.BILL, gettext_lazy("Only what clients are billed")),
        ],
        widget=forms.Select({"class": "select"}),
    )
    valid_from = forms.DateField(
        label=gettext_lazy("From this day on"),
        widget=forms.DateInput({"class": "input", "type": "date"}, format="%Y-%m-%d"),
    )

    letting_go = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("letting_go") and not (data.get("client") or data.get("placement")):
            self.add_error("client", gettext("Here some rules have to hold: choose others instead."))
        return data

    def values(self) -> dict[str, Any]:
        """As `agreements.assign_rules` takes them."""
        data = self.cleaned_data
        job = data["placement"]
        client = None if job else data["client"]
        return {"client": client, "placement": job, "stream": Stream(data["stream"]), "valid_from": data["valid_from"]}

    def paid_since(self) -> int:
        """How many paid weeks the day reaches back into."""
        data = self.cleaned_data
        week = Week.of(data["valid_from"])
        paid = Timesheet.objects.newest().filter(state=State.PAID)
        if data["placement"]:
            paid = paid.filter(placement=data["placement"])
        elif data["client"]:
            paid = paid.filter(client=data["client"])
        later = paid.filter(iso_year=week.year, iso_week__gte=week.number) | paid.filter(iso_year__gt=week.year)
        return later.count()
