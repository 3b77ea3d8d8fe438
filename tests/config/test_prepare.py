import subprocess
import sys
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

from kis.config.prepare import collect_static


@pytest.fixture
def static_root(settings, tmp_path: Path) -> Path:
    """An empty folder to collect in, and one file of our own to collect."""
    ours = tmp_path / "ours"
    ours.mkdir()
    (ours / "note.css").write_text("a {}")
    settings.STATICFILES_DIRS = [ours]
    settings.STATIC_ROOT = tmp_path / "collected"
    finders.get_finder.cache_clear()
    yield settings.STATIC_ROOT
    finders.get_finder.cache_clear()


def test_static_files_are_collected_once(static_root: Path):
    assert collect_static() is True
    assert (static_root / "note.css").read_text() == "a {}"
    assert collect_static() is False


def test_a_changed_file_is_collected_again(static_root: Path):
    collect_static()
    (static_root.parent / "ours" / "note.css").write_text("a { color: red }")
    assert collect_static() is True
    assert "red" in (static_root / "note.css").read_text()


def test_an_empty_place_is_made_ready_and_a_second_start_finds_it_so(own_portal: dict[str, str]):
    for _ in range(2):
        subprocess.run([sys.executable, "-m", "kis.config.prepare"], env=own_portal, check=True)
    data = Path(own_portal["KIS_DATA_DIR"])
    assert (data / "static" / "staticfiles.json").exists()
    assert (data / "secret-key").stat().st_mode & 0o777 == 0o600
    assert data.stat().st_mode & 0o777 == 0o700, "people's data are for others to read"
    subprocess.run([sys.executable, "-m", "django", "migrate", "--check"], env=own_portal, check=True)
