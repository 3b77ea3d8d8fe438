"""The form for a reason: one of the list, words of one's own, or both."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kis.timesheets.refusals import REASONS


class ReasonForm(forms.Form):
    """Cleans to `reason_code` and `reason`, as the operations take them."""

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
