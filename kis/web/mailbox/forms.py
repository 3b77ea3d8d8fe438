"""Forms for writing a message."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from kis.accounts.models import User
from kis.core.files import FileRefused
from kis.mailbox.operations import require_few
from kis.web.once import OnceForm
from kis.web.uploads import FilesField

_FILES_HINT = _("For example pdf, jpg, png, docx or xlsx, at most 10 MB each.")


class MessageForm(OnceForm):
    """An answer in a thread."""

    body = forms.CharField(
        label=_("Message"),
        max_length=5000,
        error_messages={"required": _("Write something first.")},
        widget=forms.Textarea({"class": "area", "rows": 4}),
    )
    uploads = FilesField(label=_("Files"), required=False, help_text=_FILES_HINT)

    def clean_uploads(self) -> list[UploadedFile[Any]]:
        uploads: list[UploadedFile[Any]] = self.cleaned_data["uploads"]
        try:
            require_few(uploads)
        except FileRefused as refused:
            raise forms.ValidationError(str(refused)) from refused
        return uploads


class NewThreadForm(MessageForm):
    """A new thread; only the agency chooses to whom."""

    subject = forms.CharField(label=_("Subject"), max_length=150, widget=forms.TextInput({"class": "input"}))
    to = forms.ModelMultipleChoiceField(
        User.objects.none(),
        label=_("To"),
        error_messages={"required": _("Choose at least one person.")},
        widget=forms.SelectMultiple({"class": "select", "size": 8}),
    )
    together = forms.BooleanField(
        label=_("One thread for all of them together: everybody sees everything"), required=False
    )

    field_order = ("to", "together", "subject", "body", "uploads")

    def __init__(self, people: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if people is None:
            del self.fields["to"], self.fields["together"]
        else:
            cast(forms.ModelMultipleChoiceField[User], self.fields["to"]).queryset = people
