"""Taking in files: what kind they may be, how large, and under which name they are kept."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
import unicodedata
import uuid
from collections.abc import Collection
from pathlib import PurePath

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from kis.core.models import StoredFile

MEGABYTE = 1024 * 1024
MAX_BYTES = 10 * MEGABYTE

# By ending: the content type, and how such a file begins. A name says little; the first bytes say more.
_ZIP = (b"PK\x03\x04",)
KINDS: dict[str, tuple[str, tuple[bytes, ...]]] = {
    "pdf": ("application/pdf", (b"%PDF-",)),
    "png": ("image/png", (b"\x89PNG\r\n\x1a\n",)),
    "jpg": ("image/jpeg", (b"\xff\xd8\xff",)),
    "jpeg": ("image/jpeg", (b"\xff\xd8\xff",)),
    "docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", _ZIP),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", _ZIP),
}
RECEIPTS = frozenset({"pdf", "png", "jpg", "jpeg"})
PAPERS = frozenset(KINDS)


class FileRefused(ValueError):
    """A file we do not take; the message says why, in the reader's language."""


def accept(
    upload: UploadedFile,
    *,
    by_id: int | None,
    at: dt.datetime,
    kinds: Collection[str] = PAPERS,
    max_bytes: int = MAX_BYTES,
) -> StoredFile:
    """Check an upload and keep it. Raises FileRefused (wrong kind, too large, empty, not what its name says)."""
    ending, content_type = check(upload, kinds=kinds, max_bytes=max_bytes)
    digest = hashlib.sha256()
    for chunk in upload.chunks():
        digest.update(chunk)
    upload.seek(0)
    stored = StoredFile(
        name=_clean_name(upload.name or "", ending), content_type=content_type, size=upload.size or 0,
        sha256=digest.hexdigest(), uploaded_by_id=by_id, at=at,
    )  # fmt: skip
    stored.file.save(f"{uuid.uuid4().hex}.{ending}", upload, save=False)
    stored.save()
    return stored


def check(
    upload: UploadedFile, *, kinds: Collection[str] = PAPERS, max_bytes: int = MAX_BYTES
) -> tuple[str, str]:
    """The ending and content type of an upload we take. Raises FileRefused."""
    ending = PurePath(upload.name or "").suffix.lower().lstrip(".")
    allowed = ", ".join(sorted(kinds))
    if ending not in kinds:
        raise FileRefused(_("This kind of file cannot be used. Choose one of: %(kinds)s.") % {"kinds": allowed})
    if not upload.size:
        raise FileRefused(_("This file is empty."))
    if upload.size > max_bytes:
        raise FileRefused(_("This file is larger than %(size)s MB.") % {"size": max_bytes // MEGABYTE})
    content_type, beginnings = KINDS[ending]
    upload.seek(0)
    head = upload.read(16)
    upload.seek(0)
    if not head.startswith(beginnings):
        raise FileRefused(_("This file is not what its name says. Save it again as %(kind)s.") % {"kind": ending})
    return ending, content_type


def _clean_name(name: str, ending: str) -> str:
    """The sender's name for the file, without path and control characters, not too long."""
    stem = PurePath(name.replace("\\", "/")).stem
    stem = "".join(letter for letter in unicodedata.normalize("NFC", stem) if letter.isprintable())
    stem = re.sub(r'[<>:"/\\|?*]+', " ", stem).strip(" .")[:100] or "file"
    return f"{stem}.{ending}"
