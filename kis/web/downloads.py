"""Handing out a stored file: always as a download, never shown as a page of ours."""

from __future__ import annotations

from django.http import FileResponse

from kis.core.models import StoredFile


def download(stored: StoredFile) -> FileResponse:
    """The file as an attachment. Whoever calls has asked who may have it."""
    response = FileResponse(
        stored.file.open("rb"), as_attachment=True, filename=stored.name, content_type=stored.content_type
    )
    response["Cache-Control"] = "private, no-store"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
