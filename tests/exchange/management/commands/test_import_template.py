"""`bin/manage import_template`."""

from __future__ import annotations

import io
from pathlib import Path

from django.core.management import call_command


def test_it_writes_the_files_and_names_them(tmp_path: Path) -> None:
    out = io.StringIO()
    call_command("import_template", str(tmp_path / "new"), stdout=out)
    written = [Path(line) for line in out.getvalue().splitlines()]
    tables = ["inleners.csv", "afdelingen.csv", "contactpersonen.csv", "medewerkers.csv", "plaatsingen.csv"]
    assert [path.name for path in written] == ["kis-import.xlsx", *tables]
    assert all(path.stat().st_size for path in written)
