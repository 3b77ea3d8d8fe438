"""A form field for one or more files, checked by what they are and not only by their name."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from kis.core import files


class _SeveralFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Cleans to a list of uploads, each of one of the `kinds`."""

    def __init__(self, *, kinds: Collection[str] = files.PAPERS, **kwargs: Any) -> None:
        self.kinds = kinds
        accept = ",".join(f".{kind}" for kind in sorted(kinds))
        kwargs.setdefault("widget", _SeveralFiles({"class": "input", "accept": accept}))
        super().__init__(**kwargs)

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[Any]]:
        uploads = [super(FilesField, self).clean(each) for each in data] if data else []
        if not uploads:
            super().clean(None)
        for upload in uploads:
            try:
                files.check(upload, kinds=self.kinds)
            except files.FileRefused as refused:
                raise forms.ValidationError(f"{upload.name}: {refused}") from refused
        return uploads
