"""The receipts of a week's expenses, for whoever may see the week."""

from __future__ import annotations

import uuid
from collections.abc import Collection

from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404

from kis.core.models import StoredFile
from kis.web.downloads import download


def receipt_among(known: Collection[str], receipt: uuid.UUID) -> FileResponse:
    """The file as a download, if it is one of those `known` to stand in the week. Raises Http404."""
    if str(receipt) not in known:
        raise Http404
    return download(get_object_or_404(StoredFile, pk=receipt))
