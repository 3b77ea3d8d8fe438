"""The form of an import: files, from which week on timesheets are opened, and whether new people get an invitation."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kis.core import clock
from kis.core.weeks import Week
from kis.web.uploads import FilesField

MOST_WEEKS = 53  # back: a timesheet of long ago is nobody's work


class WeekField(forms.CharField):
    """Cleans to a week; a browser's own week field sends `2026-W48`."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.TextInput({"type": "week", "class": "input"}), **kwargs)

    def clean(self, value: Any) -> Week | None:
        text = super().clean(value)
        if not text:
            return None
        try:
            return Week.parse(text)
        except ValueError as error:
            raise forms.ValidationError(_("This is not a week. Write it as 2026-W48.")) from error


class ImportForm(forms.Form):
    tables = FilesField(
        label=gettext_lazy("Files"),
        kinds={"csv", "xlsx"},
        help_text=gettext_lazy("One workbook (XLSX) with all sheets, or CSV files, as many as you like."),
    )
    first_week = WeekField(
        label=gettext_lazy("Open timesheets from"),
        required=False,
        help_text=gettext_lazy("The first week in which the workers of these jobs can fill in hours."),
    )
    invite = forms.BooleanField(
        label=gettext_lazy("Mail everybody who is new a link to choose a password"), required=False
    )

    def clean_first_week(self) -> Week | None:
        week: Week | None = self.cleaned_data["first_week"]
        this = Week.of(clock.today())
        if week and not 0 <= this - week <= MOST_WEEKS:
            raise forms.ValidationError(_("Choose this week, or one of the year behind us."))
        return week
