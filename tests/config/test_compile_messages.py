import gettext
import os
from pathlib import Path

import pytest

from kis.config.compile_messages import compile_stale


@pytest.fixture
def po(tmp_path: Path) -> Path:
    path = tmp_path / "pages" / "locale" / "nl" / "LC_MESSAGES" / "django.po"
    path.parent.mkdir(parents=True)
    path.write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\nmsgid "Accept"\nmsgstr "Accepteren"\n'
    )
    return path


def test_a_new_translation_is_compiled(po: Path, tmp_path: Path):
    assert compile_stale(tmp_path) == [po]
    with po.with_suffix(".mo").open("rb") as file:
        assert gettext.GNUTranslations(file).gettext("Accept") == "Accepteren"


def test_what_has_not_changed_is_left_alone(po: Path, tmp_path: Path):
    compile_stale(tmp_path)
    assert compile_stale(tmp_path) == []


def test_a_changed_translation_is_compiled_again(po: Path, tmp_path: Path):
    compile_stale(tmp_path)
    po.write_text(po.read_text().replace("Accepteren", "Goedkeuren"))
    later = po.with_suffix(".mo").stat().st_mtime + 5
    os.utime(po, (later, later))
    assert compile_stale(tmp_path) == [po]
    with po.with_suffix(".mo").open("rb") as file:
        assert gettext.GNUTranslations(file).gettext("Accept") == "Goedkeuren"


def test_nothing_half_written_stays_behind(po: Path, tmp_path: Path):
    compile_stale(tmp_path)
    assert sorted(path.name for path in po.parent.iterdir()) == ["django.mo", "django.po"]
