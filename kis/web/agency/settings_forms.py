"""Forms for the agency's settings and for one week's deadline."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kis.core import clock
from kis.core.weeks import Week
from kis.staffing.identifiers import Register
from kis.staffing.models import AgencySettings
from kis.timesheets.deadlines import Deadline
from kis.web.agency.payroll_words import PERIOD_WORDS
from kis.web.agency.people_forms import DAYS, REGISTERS, read_time

_WEEKDAYS = list(enumerate(DAYS, start=1))


def _text(label: Any, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, widget=forms.TextInput({"class": "input"}), **more)


class SettingsForm(forms.Form):
    name = _text(gettext_lazy("Name of the agency"), max_length=120)
    helpdesk_phone = _text(gettext_lazy("Helpdesk, telephone"), required=False, max_length=40)
    helpdesk_email = forms.EmailField(
        label=gettext_lazy("Helpdesk, e-mail"), required=False, widget=forms.EmailInput({"class": "input"})
    )
    legal_register = forms.ChoiceField(
        label=gettext_lazy("Register"), choices=REGISTERS, required=False, widget=forms.Select({"class": "select"})
    )
    legal_id = _text(
        gettext_lazy("Number in that register"),
        required=False,
        max_length=30,
        help_text=gettext_lazy("It stands on time cards, so that a client's system knows who sent them."),
    )
    vat_id = _text(gettext_lazy("VAT number"), required=False, max_length=30, help_text="NL123456789B01")
    links = forms.CharField(
        label=gettext_lazy("Links on the help page"),
        required=False,
        help_text=gettext_lazy("One a line: what it is; its address. For example: ABU-cao; https://www.example.nl/cao"),
        widget=forms.Textarea({"class": "area", "rows": 4}),
    )
    accent_hue = forms.IntegerField(
        label=gettext_lazy("Colour"),
        required=False,
        min_value=0,
        max_value=359,
        help_text=gettext_lazy(
            "A hue from 0 to 359: 30 is red, 90 yellow, 150 green, 250 blue. Empty is the colour of KIS Online."
        ),
        widget=forms.NumberInput({"class": "input amount", "data-accent": ""}),
    )
    approval_weekday = forms.TypedChoiceField(
        label=gettext_lazy("Approve by, weekday"),
        choices=_WEEKDAYS,
        coerce=int,
        widget=forms.Select({"class": "select"}),
    )
    approval_minute = _text(gettext_lazy("Approve by, time"))
    payroll_weekday = forms.TypedChoiceField(
        label=gettext_lazy("Payroll runs on"), choices=_WEEKDAYS, coerce=int, widget=forms.Select({"class": "select"})
    )
    reminder_hours_before = forms.IntegerField(
        label=gettext_lazy("Reminder, hours before the deadline"),
        min_value=1,
        max_value=120,
        widget=forms.NumberInput({"class": "input amount", "data-accent": ""}),
    )

    pay_period = forms.ChoiceField(
        label=gettext_lazy("New workers are paid"),
        choices=list(PERIOD_WORDS.items()),
        help_text=gettext_lazy("Each worker can have another one, on their own page."),
        widget=forms.Select({"class": "select"}),
    )
    billing = forms.BooleanField(
        label=gettext_lazy("Bill clients from this portal"),
        required=False,
        help_text=gettext_lazy(
            "A payroll run then works out bill lines too, by the tariff of each job. Runs of before stay as they are."
        ),
    )

    @staticmethod
    def initial_of(agency: AgencySettings | None) -> dict[str, Any]:
        if agency is None:
            return {}
        minute = agency.approval_minute
        return {
            "name": agency.name, "helpdesk_phone": agency.helpdesk_phone, "helpdesk_email": agency.helpdesk_email,
            "links": "\n".join(f"{link.label}; {link.url}" for link in agency.links.all()),
            "legal_register": agency.legal_register, "legal_id": agency.legal_id, "vat_id": agency.vat_id,
            "accent_hue": agency.accent_hue, "approval_weekday": agency.approval_weekday,
            "approval_minute": f"{minute // 60}:{minute % 60:02d}", "payroll_weekday": agency.payroll_weekday,
            "reminder_hours_before": agency.reminder_hours_before,
            "pay_period": agency.pay_period, "billing": agency.billing,
        }  # fmt: skip

    def clean_legal_register(self) -> str:
        return self.cleaned_data["legal_register"] or Register.KVK

    def clean_approval_minute(self) -> int | None:
        return read_time(self.cleaned_data["approval_minute"])

    def clean_links(self) -> list[tuple[str, str]]:
        links = []
        for line in filter(str.strip, self.cleaned_data["links"].splitlines()):
            label, _sep, url = (part.strip() for part in line.partition(";"))
            try:
                URLValidator(schemes=["http", "https"])(url)
            except ValidationError as error:
                raise ValidationError(_("This line has no address: %(line)s") % {"line": line}) from error
            links.append((label[:80], url))
        return links

    def values(self) -> dict[str, Any]:
        """As `staffing.configure_agency` takes them."""
        return dict(self.cleaned_data)


class DeadlineForm(forms.Form):
    """When one week must be approved, and when it is paid."""

    approve_date = forms.DateField(
        label=gettext_lazy("Approve by, day"),
        widget=forms.DateInput({"class": "input", "type": "date"}, format="%Y-%m-%d"),
    )
    approve_time = _text(gettext_lazy("Approve by, time"))
    run_on = forms.DateField(
        label=gettext_lazy("Payroll runs on"),
        widget=forms.DateInput({"class": "input", "type": "date"}, format="%Y-%m-%d"),
    )
    reason = _text(gettext_lazy("Why"), max_length=200)

    def __init__(self, week: Week, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.week = week

    @staticmethod
    def initial_of(deadline: Deadline) -> dict[str, Any]:
        local = clock.local(deadline.approve_by)
        return {
            "approve_date": local.date(), "approve_time": f"{local.hour}:{local.minute:02d}",
            "run_on": deadline.run_on, "reason": deadline.reason,
        }  # fmt: skip

    def clean_approve_time(self) -> int | None:
        return read_time(self.cleaned_data["approve_time"])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        approve, run = data.get("approve_date"), data.get("run_on")
        if approve and approve <= self.week.sunday - dt.timedelta(days=3):
            self.add_error("approve_date", _("The week is not over yet on this day."))
        if approve and run and run < approve:
            self.add_error("run_on", _("Payroll cannot run before the hours are approved."))
        return data

    def moved(self) -> dict[str, Any]:
        """As `calendar.move_deadline` takes it."""
        data = self.cleaned_data
        approve_by = clock.at(data["approve_date"], data["approve_time"])
        return {"approve_by": approve_by, "run_on": data["run_on"], "reason": data["reason"]}
