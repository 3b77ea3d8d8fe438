"""The form for a reason: one of the list, words of one's own, or both."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kis.staffing.parties import Party
from kis.timesheets.models import Timesheet
from kis.timesheets.refusals import REASONS


def asked_for(posted: Mapping[str, str]) -> Party | None:
    """The party that a form was filled in for; None for oneself."""
    chosen = posted.get("on_behalf_of")
    return Party(chosen) if chosen in {Party.WORKER, Party.CLIENT} else None


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


class AgencyReasonForm(ReasonForm):
    """A reason of the agency, with whose wish it is. Cleans `on_behalf_of` to a Party, or None for the agency's own."""

    on_behalf_of = forms.ChoiceField(
        label=gettext_lazy("Who asks for it?"), widget=forms.RadioSelect, required=False, initial=""
    )

    def __init__(self, *args: Any, sheet: Timesheet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        client, worker = sheet.client.name, str(sheet.worker)
        cast(forms.ChoiceField, self.fields["on_behalf_of"]).choices = [
            ("", _("We do; %(client)s still accepts") % {"client": client}),
            (Party.CLIENT.value, _("%(client)s, who accepts it with this") % {"client": client}),
            (
                Party.WORKER.value,
                _("%(worker)s; %(client)s still accepts") % {"worker": worker, "client": client},
            ),
        ]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        data["on_behalf_of"] = asked_for(data)
        if data["on_behalf_of"] and not data.get("reason", "").strip():
            self.add_error("reason", _("Say in your own words how you were asked."))
        return data
