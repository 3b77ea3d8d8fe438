"""The form with which the agency shares a document."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kis.documents.models import Document
from kis.staffing.models import Client, Placement, Worker
from kis.web.once import OnceForm
from kis.web.uploads import FilesField


def _one_of(label: Any, queryset: Any) -> forms.ModelChoiceField[Any]:
    return forms.ModelChoiceField(queryset, label=label, required=False, widget=forms.Select({"class": "select"}))


class ShareForm(OnceForm):
    """A file, what it is, and with whom it is shared: exactly one of three."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=120, widget=forms.TextInput({"class": "input"}))
    category = forms.ChoiceField(
        label=gettext_lazy("Category"), choices=Document.Category.choices, widget=forms.Select({"class": "select"})
    )
    client = _one_of(gettext_lazy("For a client: all its contacts see it"), Client.objects.order_by("search"))
    worker = _one_of(gettext_lazy("Or for a worker"), Worker.objects.select_related("user").order_by("search"))
    placement = _one_of(
        gettext_lazy("Or for a job: its worker and the client's contacts see it"),
        Placement.objects.select_related("client").order_by("worker__search", "pk"),
    )
    file = FilesField(
        label=gettext_lazy("File"),
        error_messages={"required": gettext_lazy("Choose a file.")},
        help_text=gettext_lazy("For example pdf, jpg, png, docx or xlsx, at most 10 MB."),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        chosen = [name for name in ("client", "worker", "placement") if data.get(name)]
        if len(chosen) != 1:
            self.add_error("client", _("Choose one: a client, a worker or a job."))
        if len(data.get("file") or []) > 1:
            self.add_error("file", _("Share one file at a time."))
        return data
