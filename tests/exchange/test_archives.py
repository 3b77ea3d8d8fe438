"""A ZIP of messages: safe names, the same bytes."""

import io
import zipfile

from kis.exchange.archives import write_zip

FILES = [("TC/2026:47.xml", b"one"), ("tc_2026_47.xml", b"two"), ("../../etc/passwd", b"three"), ("", b"four")]


def made() -> bytes:
    target = io.BytesIO()
    write_zip(target, FILES)
    return target.getvalue()


def test_every_file_is_there_under_a_safe_name_of_its_own() -> None:
    archive = zipfile.ZipFile(io.BytesIO(made()))
    assert {name: archive.read(name) for name in archive.namelist()} == {
        "TC_2026_47.xml": b"one",
        "tc_2026_47-2.xml": b"two",
        "_.._etc_passwd": b"three",
        "-2": b"four",
    }


def test_the_same_files_are_the_same_bytes() -> None:
    assert made() == made()
