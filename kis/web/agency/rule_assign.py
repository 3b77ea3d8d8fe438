"""Where a rule set holds: for the agency, a client or one job; in what is paid or what is billed; from a day on."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from kis.core.weeks import Week
from kis.payroll.models import Stream
from kis.staffing.models import Client, Placement
from kis.timesheets.models import Timesheet
from kis.timesheets.workflow import State


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
