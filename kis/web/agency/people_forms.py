"""Forms for people and placements. Each knows its fields; the operations know the rules."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from kis.accounts.models import User
from kis.core.minutes import Unreadable, clock_text, parse_duration, parse_time
from kis.staffing.identifiers import Register
from kis.staffing.models import AgencySettings, AgencyUser, Client, Department, Placement, Worker
from kis.staffing.working_terms import Option, Profile
from kis.web.agency.payroll_words import PERIOD_WORDS

DAYS = (
    pgettext_lazy("weekday", "Monday"), pgettext_lazy("weekday", "Tuesday"), pgettext_lazy("weekday", "Wednesday"),
    pgettext_lazy("weekday", "Thursday"), pgettext_lazy("weekday", "Friday"), pgettext_lazy("weekday", "Saturday"),
    pgettext_lazy("weekday", "Sunday"),
)  # fmt: skip

REGISTERS = [
    (Register.KVK.value, gettext_lazy("Trade register (KvK)")),
    (Register.OIN.value, gettext_lazy("Government (OIN)")),
    (Register.RSIN.value, gettext_lazy("RSIN")),
]
PROFILES = {
    Profile.STANDARD: gettext_lazy("The Working Hours Act, as for most work"),
    Profile.DRIVER: gettext_lazy("Driver: the transport decree instead; not checked here"),
    Profile.EXEMPT: gettext_lazy("Exempt: earns three times the minimum wage or more"),
}
DEVIATIONS = {
    Option.SHORT_BREAKS: gettext_lazy("15 minutes of break is enough for more than 5.5 hours of work (5:4)"),
    Option.FORTNIGHT_REST: gettext_lazy("72 hours of rest in 14 days instead of 36 in 7 (5:5)"),
    Option.WORKED_SUNDAYS: gettext_lazy("40 worked Sundays a year or more, with consent for each (5:6)"),
    Option.FOUR_WEEK_MEAN: gettext_lazy("No limit to the mean of four weeks (5:7)"),
    Option.EIGHT_SHIFTS: gettext_lazy("Eight shifts in a row with a night shift among them (5:8)"),
    Option.NIGHTS_PER_YEAR: gettext_lazy("140 night shifts a year (5:8)"),
    Option.NIGHT_HOURS: gettext_lazy("38 hours at night in two weeks (5:8); not together with the one above"),
}


def _text(label: Any, *, required: bool = True, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, required=required, widget=forms.TextInput({"class": "input"}), **more)


def _choice(label: Any, choices: Any, **more: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=choices, widget=forms.Select({"class": "select"}), **more)


def _date(label: Any, *, required: bool = True) -> forms.DateField:
    widget = forms.DateInput({"class": "input", "type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=required, widget=widget)


class PersonFields(forms.Form):
    """Who somebody is and in which language we write to them."""

    name = _text(gettext_lazy("Name"), max_length=150)
    email = forms.EmailField(
        label=gettext_lazy("E-mail address"),
        help_text=gettext_lazy("This is the user name. Capitals count."),
        widget=forms.EmailInput({"class": "input", "autocapitalize": "none"}),
    )
    language = _choice(gettext_lazy("Language"), User.Language.choices)


class WorkerForm(PersonFields):
    number = _text(gettext_lazy("Worker number"), max_length=30)
    birth_date = _date(gettext_lazy("Date of birth"), required=False)
    phone = _text(gettext_lazy("Telephone"), required=False, max_length=40)
    pay_period = _choice(gettext_lazy("Paid"), list(PERIOD_WORDS.items()))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        usual = AgencySettings.objects.values_list("pay_period", flat=True).first()
        self.initial.setdefault("pay_period", usual)

    @staticmethod
    def initial_of(worker: Worker) -> dict[str, Any]:
        user = worker.user
        return {
            "name": user.name, "email": user.email, "language": user.language,
            "number": worker.number, "birth_date": worker.birth_date, "phone": worker.phone,
            "pay_period": worker.pay_period,
        }  # fmt: skip


class ContactForm(PersonFields):
    """A contact of one client, for some of its departments or all."""

    client = forms.ModelChoiceField(
        Client.objects.order_by("search"), label=gettext_lazy("Client"), widget=forms.Select({"class": "select"})
    )
    departments = forms.ModelMultipleChoiceField(
        Department.objects.select_related("client").order_by("client__search", "name"),
        label=gettext_lazy("Departments"),
        required=False,
        help_text=gettext_lazy("None means: all departments of the client."),
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, client: Client | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if client:
            del self.fields["client"]
            cast(
                forms.ModelMultipleChoiceField[Department], self.fields["departments"]
            ).queryset = client.departments.all()

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        client = data.get("client")
        if client and any(department.client_id != client.pk for department in data.get("departments", ())):
            self.add_error("departments", _("Choose departments of this client."))
        return data


class ColleagueForm(PersonFields):
    role = _choice(
        gettext_lazy("Role"),
        [
            (AgencyUser.Role.CONSULTANT, gettext_lazy("Consultant")),
            (AgencyUser.Role.BACK_OFFICE, gettext_lazy("Back office")),
        ],
    )


class ClientForm(forms.Form):
    name = _text(gettext_lazy("Name"), max_length=120)
    number = _text(gettext_lazy("Client number"), max_length=30)
    departments = forms.CharField(
        label=gettext_lazy("New departments"),
        required=False,
        help_text=gettext_lazy("One a line; a cost centre may follow behind a semicolon: Bakery; 4100"),
        widget=forms.Textarea({"class": "area", "rows": 3}),
    )
    approval_weekday = _choice(
        gettext_lazy("Approve by, weekday"),
        [("", gettext_lazy("As the agency")), *enumerate(DAYS, start=1)],
        required=False,
    )
    approval_minute = _text(gettext_lazy("Approve by, time"), required=False, help_text="17:00")

    legal_register = _choice(gettext_lazy("Register"), REGISTERS, required=False)
    legal_id = _text(gettext_lazy("Number in that register"), required=False, max_length=30)
    vat_id = _text(gettext_lazy("VAT number"), required=False, max_length=30, help_text="NL123456789B01")
    supplier_number = _text(
        gettext_lazy("Your number at this client"),
        required=False,
        max_length=30,
        help_text=gettext_lazy("What the client calls you in its own system; it stands on time cards."),
    )

    def clean_legal_register(self) -> str:
        return self.cleaned_data["legal_register"] or Register.KVK

    def clean_approval_weekday(self) -> int | None:
        text = self.cleaned_data["approval_weekday"]
        return int(text) if text else None

    def clean_approval_minute(self) -> int | None:
        return read_time(self.cleaned_data["approval_minute"])

    def clean_departments(self) -> list[tuple[str, str]]:
        lines = [line.partition(";") for line in self.cleaned_data["departments"].splitlines() if line.strip()]
        return [(name.strip()[:80], cost_centre.strip()[:40]) for name, _sep, cost_centre in lines]


class PlacementForm(forms.Form):
    """A Job, with its usual week as seven lines: `7:00-15:30 pauze 30`."""

    worker = forms.ModelChoiceField(
        Worker.objects.select_related("user").order_by("search"), label=gettext_lazy("Worker"),
        widget=forms.Select({"class": "select"}),
    )  # fmt: skip
    client = forms.ModelChoiceField(
        Client.objects.filter(active=True).order_by("search"), label=gettext_lazy("Client"),
        widget=forms.Select({"class": "select"}),
    )  # fmt: skip
    department = forms.ModelChoiceField(
        Department.objects.select_related("client").order_by("client__search", "name"), required=False,
        label=gettext_lazy("Department"), widget=forms.Select({"class": "select"}),
    )  # fmt: skip
    number = _text(gettext_lazy("Job number"), max_length=30)
    job_title = _text(gettext_lazy("Job title"), max_length=80)
    start = _date(gettext_lazy("From"))
    end = _date(gettext_lazy("Until and including"), required=False)
    entry = _choice(
        gettext_lazy("How hours are written down"),
        [
            (Placement.Entry.TIMES, gettext_lazy("Start, end and break of each shift")),
            (Placement.Entry.TOTALS, gettext_lazy("A total per day")),
        ],
    )
    purchase_order = _text(
        gettext_lazy("Order number"), required=False, max_length=60,
        help_text=gettext_lazy("The client's own, for time cards and invoices; each number has an invoice of its own."),
    )  # fmt: skip
    working_time_profile = _choice(gettext_lazy("Which law"), list(PROFILES.items()), initial=Profile.STANDARD)
    working_time_options = forms.MultipleChoiceField(
        label=gettext_lazy("Agreed in the collective agreement, with the works council, or by consent"),
        choices=list(DEVIATIONS.items()),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, placement: Placement | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for index, label in enumerate(DAYS):
            shown = _pattern_text(placement.pattern[index]) if placement and placement.pattern else ""
            self.fields[f"day{index}"] = _text(label, required=False, initial=shown)
        if placement:
            for name in ("worker", "client"):
                del self.fields[name]
            cast(
                forms.ModelChoiceField[Department], self.fields["department"]
            ).queryset = placement.client.departments.all()

    def pattern_fields(self) -> list[forms.BoundField]:
        """The seven lines of the usual week."""
        return [self[f"day{index}"] for index in range(7)]

    def law_fields(self) -> list[forms.BoundField]:
        """What holds for working time."""
        return [bound for bound in self if bound.name.startswith("working_time")]

    def plain_fields(self) -> list[forms.BoundField]:
        return [bound for bound in self if not bound.name.startswith(("day", "working_time"))]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        pattern = [self._day(data, index) for index in range(7)]
        data["pattern"] = pattern if any(pattern) else []
        for index in range(7):
            data.pop(f"day{index}", None)
        department, client = data.get("department"), data.get("client")
        if department and client and department.client_id != client.pk:
            self.add_error("department", _("Choose a department of this client."))
        if data.get("start") and data.get("end") and data["end"] < data["start"]:
            self.add_error("end", _("The last day comes before the first."))
        return data

    def _day(self, data: dict[str, Any], index: int) -> list[list[int]]:
        try:
            return _read_pattern(data.get(f"day{index}") or "")
        except ValueError:
            self.add_error(
                f"day{index}", _("Write it as 7:00-15:30 or 7:00-15:30/30, with the break behind the slash.")
            )
            return []


def read_time(text: str) -> int | None:
    """A time of day in minutes, None for nothing. Raises ValidationError."""
    if not text.strip():
        return None
    try:
        return parse_time(text)
    except Unreadable as error:
        raise ValidationError(_("This is not a time. Write it as 7:30.")) from error


def _read_pattern(text: str) -> list[list[int]]:
    """`7:00-15:30/30, 18:00-20:00` as [start, end, break] each; past midnight the end is the next day."""
    shifts = []
    for part in filter(None, (piece.strip() for piece in text.split(","))):
        times, _sep, pause = part.partition("/")
        first, dash, last = times.replace("–", "-").partition("-")
        if not dash:
            raise Unreadable(part)
        start, end = parse_time(first), parse_time(last)
        end += 1440 if end <= start else 0
        minutes = parse_duration(pause, whole_number="minutes") if pause.strip() else 0
        if minutes >= end - start:
            raise Unreadable(part)
        shifts.append([start, end, minutes])
    return shifts


def _pattern_text(shifts: list[list[int]]) -> str:
    return ", ".join(
        f"{clock_text(start)}-{clock_text(end)}" + (f"/{pause}" if pause else "") for start, end, pause in shifts
    )
