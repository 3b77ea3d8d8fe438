"""What must not be in any tracked file: where packages come from, and where somebody's checkout lies."""

import re
from pathlib import Path

import pytest

from tests.house import source

# In pieces, so that this file does not contain what it looks for.
REGISTRIES = [
    "pypi" + ".org",
    "python" + "hosted",
    "registry." + "npmjs",
    "deb." + "debian.org",
    "security." + "debian.org",
]
MACHINE_FOLDERS = ["work", "farm", "root", "home"]
BYTES = 400_000


def _text(path: Path) -> str:
    return path.read_bytes().decode("utf-8", errors="ignore")


@pytest.mark.parametrize("host", REGISTRIES)
def test_no_file_names_a_package_registry(host: str):
    assert [source.name(path) for path in source.tracked() if host in _text(path)] == []


def test_no_file_names_a_folder_of_somebodys_machine():
    folder = re.compile(rf"(?<![\w.\-/<>}}])/(?:{'|'.join(MACHINE_FOLDERS)})/\w")
    found = [f"{source.name(path)}: {hit[0]}" for path in source.tracked() if (hit := folder.search(_text(path)))]
    assert found == []


def test_no_file_is_large():
    assert {source.name(path): size for path in source.tracked() if (size := path.stat().st_size) > BYTES} == {}


def test_no_code_is_left_unfinished():
    unfinished = re.compile(r"raise Not" r"Implemented|\b(?:TO" r"DO|FIX" r"ME|XX" r"X|coming " r"soon)\b")
    code = [path for path in source.tracked() if path.suffix in {".py", ".html", ".js", ".css"}]
    assert [source.name(path) for path in code if unfinished.search(_text(path))] == []


def test_every_check_that_is_switched_off_says_why():
    """`# noqa: S310 -- our own address`: a reason stands behind, in words."""
    switched_off = re.compile(r"#\s*(?:noqa|type:\s*ignore|pragma: no cover)(?P<rest>.*)")
    reason = re.compile(r"(?:--?|#)\s*\S+\s+\S+")
    bare = [
        f"{source.name(path)}:{number}: {line.strip()}"
        for path in source.tracked()
        if path.suffix == ".py" and "migrations" not in path.parts and path != Path(__file__).resolve()
        for number, line in enumerate(_text(path).splitlines(), 1)
        if (found := switched_off.search(line)) and not reason.search(found["rest"])
    ]
    assert bare == []
