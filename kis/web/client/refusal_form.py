"""The forms with which hours are turned back or other hours are proposed: a reason, and the days it concerns."""

from __future__ import annotations

import datetime as dt
from typing import Any, cast

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kis.timesheets.models import Timesheet
from kis.timesheets.refusals import REASONS
from kis.web import formats


class ReasonForm(forms.Form):
    """Cleans to `reason_code` and `reason`: one of the list, words of one's own, or both."""

    reason_code = forms.ChoiceField(
        label=gettext_lazy("What is not right?"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose a reason. The worker sees it.")},
    )
    reason = forms.CharField(
        label=gettext_lazy("Explanation for the worker"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"class": "area", "rows": 3}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["reason_code"]).choices = list(REASONS.items())

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("reason_code") == "other" and not data.get("reason", "").strip():
            self.add_error("reason", _("Say in your own words what is not right."))
        return data


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
