"""Handing out a stored file: always as a download, never shown as a page of ours."""

from __future__ import annotations

from django.http import FileResponse, Http404

from kis.core.models import StoredFile


def download(stored: StoredFile) -> FileResponse:
    """The file as an attachment. Whoever calls has asked who may have it. Raises Http404 if the disk has lost it."""
    try:
        content = stored.file.open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
    response = FileResponse(content, as_attachment=True, filename=stored.name, content_type=stored.content_type)
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
