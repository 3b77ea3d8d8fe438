"""Taking in files: only known kinds, known by content and by name, kept privately under a name of our own.

Files of our own making are kept in the same way.
"""

from __future__ import annotations

import contextlib
import dataclasses
import datetime as dt
import hashlib
import io
import re
import unicodedata
import uuid
import zipfile
from collections.abc import Callable, Collection
from typing import IO, Any

from django.core.files import File
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from kis.core.models import StoredFile

MEGABYTE = 1024 * 1024
MAX_BYTES = 10 * MEGABYTE
NAME_LENGTH = 100
NAME_BYTES = 200  # a disk takes 255, and the ending comes behind
_HEAD = 4096  # bytes; every kind shows itself within these


class FileRefused(ValueError):
    """A file we do not take; the message says why, in the reader's language."""


@dataclasses.dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file, and how it is recognised by its first bytes or as a whole."""

    content_type: str
    fits: Callable[[bytes, Any], bool]


def _starts(*beginnings: bytes) -> Callable[[bytes, Any], bool]:
    return lambda head, _file: head.startswith(beginnings)


def _is_webp(head: bytes, _file: Any) -> bool:
    return head[:4] == b"RIFF" and head[8:12] == b"WEBP"


def _is_heic(head: bytes, _file: Any) -> bool:
    return head[4:8] == b"ftyp" and head[8:12] in {b"heic", b"heix", b"hevc", b"mif1", b"msf1"}


def _office(folder: str) -> Callable[[bytes, Any], bool]:
    """Office Open XML with this main folder, and without macros."""

    def fits(head: bytes, file: Any) -> bool:
        names = _zip_names(head, file)
        macros = any(name.lower().endswith("vbaproject.bin") for name in names)
        return "[Content_Types].xml" in names and any(name.startswith(folder) for name in names) and not macros

    return fits


def _open_document(kind: str) -> Callable[[bytes, Any], bool]:
    """OpenDocument, whose first entry names its type in the open; without macros."""
    mark = b"mimetypeapplication/vnd.oasis.opendocument." + kind.encode() + b"PK"

    def fits(head: bytes, file: Any) -> bool:
        names = _zip_names(head, file)
        return head[30:].startswith(mark) and not any(name.startswith(("Basic/", "Scripts/")) for name in names)

    return fits


def _zip_names(head: bytes, file: Any) -> list[str]:
    """What is in the archive; nothing is unpacked."""
    if not head.startswith(b"PK\x03\x04"):
        return []
    try:
        with zipfile.ZipFile(file) as archive:
            return archive.namelist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return []


_CONTROL = re.compile(rb"[\x00-\x08\x0b\x0e-\x1f\x7f]")
_MARKUP = re.compile(rb"<\s*(!doctype|!--|\?xml|html|head|body|svg|script|iframe)", re.IGNORECASE)


def _is_text(head: bytes, file: Any) -> bool:
    """Words and numbers, and no page or picture that a browser might carry out."""
    if _MARKUP.search(head):
        return False
    file.seek(0)
    return not any(_CONTROL.search(chunk) for chunk in file.chunks())


_OFFICE = "application/vnd.openxmlformats-officedocument."
_OPEN = "application/vnd.oasis.opendocument."
_JPEG = Kind("image/jpeg", _starts(b"\xff\xd8\xff"))

# By the ending of the name. A name says little; the content says more, and both must say the same.
KINDS: dict[str, Kind] = {
    "pdf": Kind("application/pdf", _starts(b"%PDF-")),
    "jpg": _JPEG,
    "jpeg": _JPEG,
    "png": Kind("image/png", _starts(b"\x89PNG\r\n\x1a\n")),
    "webp": Kind("image/webp", _is_webp),
    "heic": Kind("image/heic", _is_heic),
    "docx": Kind(_OFFICE + "wordprocessingml.document", _office("word/")),
    "xlsx": Kind(_OFFICE + "spreadsheetml.sheet", _office("xl/")),
    "odt": Kind(_OPEN + "text", _open_document("text")),
    "ods": Kind(_OPEN + "spreadsheet", _open_document("spreadsheet")),
    "csv": Kind("text/csv", _is_text),
    "txt": Kind("text/plain", _is_text),
}
RECEIPTS = frozenset({"pdf", "jpg", "jpeg", "png", "webp", "heic"})
PAPERS = frozenset(KINDS)


def accept(
    upload: UploadedFile[Any],
    *,
    by_id: int | None,
    at: dt.datetime,
    kinds: Collection[str] = PAPERS,
    max_bytes: int = MAX_BYTES,
) -> StoredFile:
    """Check an upload and keep it, for the user `by_id`. Raises FileRefused."""
    ending, content_type = check(upload, kinds=kinds, max_bytes=max_bytes)
    stored = StoredFile(
        name=clean_name(upload.name or "", ending), content_type=content_type, size=upload.size or 0,
        sha256=digest_of(upload), uploaded_by_id=by_id, at=at,
    )  # fmt: skip
    _put_away(stored, upload)
    stored.save()
    return stored


def keep(content: IO[bytes], *, name: str, content_type: str, by_id: int | None, at: dt.datetime) -> StoredFile:
    """Keep a file that we made. The row is still to be saved, together with what the file belongs to."""
    content.flush()
    size = content.seek(0, io.SEEK_END)
    stored = StoredFile(
        name=name, content_type=content_type, size=size, sha256=digest_of(content), uploaded_by_id=by_id, at=at
    )
    _put_away(stored, File(content))
    return stored


def discard(stored: StoredFile) -> None:
    """Clear away the content of a row that did not stay."""
    with contextlib.suppress(OSError):
        stored.file.delete(save=False)


def digest_of(content: IO[bytes] | File[Any]) -> str:
    """The SHA-256 of a file, from its beginning."""
    content.seek(0)
    return hashlib.file_digest(content, "sha256").hexdigest()  # type: ignore[arg-type]  # it asks for less than it says


def _put_away(stored: StoredFile, content: File[Any]) -> None:
    private = uuid.uuid4().hex
    content.seek(0)
    stored.file.save(f"{private[:2]}/{private}", content, save=False)


def check(upload: UploadedFile[Any], *, kinds: Collection[str] = PAPERS, max_bytes: int = MAX_BYTES) -> tuple[str, str]:
    """The ending and content type of an upload we take. Raises FileRefused (kind, size, not what its name says)."""
    ending = (upload.name or "").rpartition(".")[2].lower()
    if ending not in kinds:
        allowed = ", ".join(sorted(kinds))
        raise FileRefused(_("This kind of file cannot be used. Choose one of: %(kinds)s.") % {"kinds": allowed})
    if not upload.size:
        raise FileRefused(_("This file is empty."))
    if upload.size > max_bytes:
        raise FileRefused(_("This file is larger than %(size)s MB.") % {"size": max_bytes // MEGABYTE})
    upload.seek(0)
    head = upload.read(_HEAD)
    fits = KINDS[ending].fits(head, upload)
    upload.seek(0)
    if not fits:
        raise FileRefused(_("This file is not what its name says. Save it again as %(kind)s.") % {"kind": ending})
    return ending, KINDS[ending].content_type


def clean_name(name: str, ending: str) -> str:
    """The sender's name for the file: one line, no folders, nothing that turns the text around, not too long."""
    stem = unicodedata.normalize("NFC", name.replace("\\", "/").rpartition("/")[2]).rpartition(".")[0]
    stem = "".join(letter if letter.isprintable() else " " for letter in stem)
    stem = re.sub(r'[\s<>:"|?*]+', " ", stem)[: NAME_LENGTH - len(ending)]
    stem = stem.encode(errors="ignore")[:NAME_BYTES].decode(errors="ignore").strip(" .")
    return f"{stem or 'file'}.{ending}"
