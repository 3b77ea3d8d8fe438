"""The form with which hours are turned back: a reason, and the days it concerns."""

from __future__ import annotations

import datetime as dt
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy

from kis.timesheets.models import Timesheet
from kis.web import formats
from kis.web.reason_form import ReasonForm


class RefusalForm(ReasonForm):
    """Cleans to `days` (dates) too, as `operations.refuse` takes them."""

    days = forms.MultipleChoiceField(
        label=gettext_lazy("Which days does it concern?"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, timesheet: Timesheet, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.MultipleChoiceField, self.fields["days"]).choices = [
            (day.isoformat(), formats.day(day)) for day in timesheet.week.days
        ]

    def clean_days(self) -> list[dt.date]:
        return [dt.date.fromisoformat(text) for text in self.cleaned_data["days"]]
