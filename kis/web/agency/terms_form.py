"""The form of what an hour of a job is worth from a day on: wage, contract on call, tariff."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy

from kis.core.money import cents_text
from kis.payroll import typed_terms
from kis.payroll.models import PlacementTerms
from kis.staffing.models import Placement

FACTOR, FIXED, NONE = "factor", "fixed", "none"


def _text(label: Any, **more: Any) -> forms.CharField:
    return forms.CharField(
        label=label, widget=forms.TextInput({"class": "input amount", "inputmode": "decimal"}), **more
    )


class TermsForm(forms.Form):
    valid_from = forms.DateField(
        label=gettext_lazy("From this day on"),
        widget=forms.DateInput({"class": "input", "type": "date"}, format="%Y-%m-%d"),
    )
    wage = _text(gettext_lazy("Gross wage per hour, in euros"))
    on_call = forms.BooleanField(label=gettext_lazy("Called in as needed: each call pays a minimum"), required=False)
    tariff = forms.ChoiceField(
        label=gettext_lazy("What the client is billed"),
        choices=[
            (FACTOR, gettext_lazy("The wage times a factor")),
            (FIXED, gettext_lazy("A fixed tariff per hour")),
            (NONE, gettext_lazy("Nothing: these hours are not billed")),
        ],
        widget=forms.RadioSelect,
    )
    factor = _text(gettext_lazy("Factor"), required=False)
    price = _text(gettext_lazy("Tariff per hour, in euros"), required=False)

    def __init__(
        self, *args: Any, job: Placement, billing: bool, now: PlacementTerms | None = None, **kwargs: Any
    ) -> None:
        """`now` are the terms that hold; where the agency does not bill, their tariff goes on unseen.

        Tariffs of single hour types stay as long as the client is billed in the same way.
        """
        super().__init__(*args, **kwargs)
        self.job, self.now, self.billing = job, now, billing
        if not billing:
            for name in ("tariff", "factor", "price"):
                del self.fields[name]

    @staticmethod
    def initial_of(terms: PlacementTerms | None, job: Placement, *, today: Any) -> dict[str, Any]:
        """The terms that hold, to be changed from today; for the first ones, from the start of the job."""
        if terms is None:
            return {"valid_from": job.start, "tariff": FACTOR}
        return {
            "valid_from": max(today, job.start),
            "wage": cents_text(terms.wage_cents),
            "on_call": terms.on_call,
            "tariff": _kind(terms),
            "factor": typed_terms.factor_text(terms.bill_factor) if terms.bill_factor is not None else "",
            "price": cents_text(terms.bill_cents) if terms.bill_cents is not None else "",
        }

    def clean_valid_from(self) -> Any:
        return typed_terms.running_day(self.job, self.cleaned_data["valid_from"])

    def clean_wage(self) -> int:
        return typed_terms.hourly_amount(self.cleaned_data["wage"])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        kind = data.get("tariff", NONE)
        wanted = {FACTOR: ("factor", typed_terms.factor), FIXED: ("price", typed_terms.hourly_amount)}.get(kind)
        data["bill_factor"] = data["bill_cents"] = None
        if not self.billing and self.now:
            data |= {"bill_factor": self.now.bill_factor, "bill_cents": self.now.bill_cents}
        elif wanted:
            name, read = wanted
            try:
                data["bill_factor" if kind == FACTOR else "bill_cents"] = read(data.get(name, ""))
            except ValidationError as error:
                self.add_error(name, error)
        return data

    def values(self) -> dict[str, Any]:
        """As `agreements.agree_terms` takes them."""
        data, now = self.cleaned_data, self.now
        names = ("valid_from", "on_call", "bill_factor", "bill_cents")
        values = {**{name: data[name] for name in names}, "wage_cents": data["wage"]}
        if now and (not self.billing or data["tariff"] == _kind(now)):
            values |= {"bill_factors": now.bill_factors, "bill_fixed": now.bill_fixed}
        return values


def _kind(terms: PlacementTerms) -> str:
    return FACTOR if terms.bill_factor is not None else FIXED if terms.bill_cents is not None else NONE
