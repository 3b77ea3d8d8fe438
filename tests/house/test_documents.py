"""Documents are true: the commands they name exist, and so do the files they link to."""

import os
import re
from pathlib import Path

import pytest
from django.core.management import get_commands

from tests.house import source

DOCUMENTS = sorted([*source.ROOT.glob("*.md"), *(source.ROOT / "docs").rglob("*.md")])
_SCRIPT = re.compile(r"(?<![\w/])((?:bin|\.ci)/[a-z_]+)")
_COMMAND = re.compile(r"bin/manage ([a-z_]+)")
_LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)")


@pytest.mark.parametrize("document", DOCUMENTS, ids=source.name)
def test_every_script_it_names_exists_and_runs(document: Path):
    named = set(_SCRIPT.findall(document.read_text(encoding="utf-8")))
    assert [script for script in named if not os.access(source.ROOT / script, os.X_OK)] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=source.name)
def test_every_management_command_it_names_exists(document: Path):
    named = set(_COMMAND.findall(document.read_text(encoding="utf-8")))
    assert named - set(get_commands()) - {"help"} == set()


@pytest.mark.parametrize("document", DOCUMENTS, ids=source.name)
def test_every_file_it_links_to_is_there(document: Path):
    links = _LINK.findall(document.read_text(encoding="utf-8"))
    assert [link for link in links if not (document.parent / link).exists()] == []
