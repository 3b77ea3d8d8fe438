"""How far a workbook reaches is known before it is read: one far cell must not cost the memory of the way to it."""

from __future__ import annotations

import io
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
import xlsxwriter

from kis.exchange.workbook_bounds import NoWorkbook, TooFar, TooLarge, require_bounded


def workbook(*cells: tuple[int, int]) -> bytes:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target) as book:
        sheet = book.add_worksheet()
        for row, column in cells:
            sheet.write(row, column, "x")
    return target.getvalue()


def packed(sheet: str, **more: str) -> bytes:
    """A workbook of one sheet, by its XML alone."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("xl/workbook.xml", "<workbook/>")
        book.writestr("xl/worksheets/sheet1.xml", sheet)
        for name, text in more.items():
            book.writestr(name, text)
    return target.getvalue()


def test_an_ordinary_workbook_is_bounded() -> None:
    require_bounded(workbook((0, 0), (50_000, 25)))


@pytest.mark.parametrize(
    ("cell", "name"), [((1_048_575, 16_383), "XFD1048576"), ((1_048_575, 1), "B1048576"), ((199, 16_383), "XFD200")]
)
def test_a_far_cell_is_named(cell: tuple[int, int], name: str) -> None:
    with pytest.raises(TooFar) as far:
        require_bounded(workbook((0, 0), (0, 1), cell))
    assert far.value.cell == name


def test_a_far_row_and_a_far_column_are_a_large_table_together() -> None:
    require_bounded(workbook((0, 0), (400_000, 0)))
    with pytest.raises(TooFar) as far:
        require_bounded(workbook((0, 0), (0, 16_383), (400_000, 0)))
    assert far.value.cell == "A400001"


def test_cells_that_do_not_say_where_they_stand_are_counted() -> None:
    require_bounded(packed('<worksheet><row r="999999"><c/></row><row><c/><c/></row></worksheet>'))
    rows = '<x:row r="1000000"/><x:row><x:c/><x:c/></x:row>'
    with pytest.raises(TooFar) as far:
        require_bounded(packed(f'<x:worksheet xmlns:x="u">{rows}</x:worksheet>'))
    assert far.value.cell == "B1000001"


def test_a_sheet_is_found_wherever_it_stands() -> None:
    with pytest.raises(TooFar):
        require_bounded(packed("<worksheet/>", hidden='<worksheet><c r="ZZZ999999"/></worksheet>'))


@pytest.mark.parametrize(
    "content",
    [
        b"PK\x03\x04 no archive",
        packed("<worksheet>"),
        packed('<!DOCTYPE x [<!ENTITY a "b">]><worksheet>&a;</worksheet>'),
    ],
)
def test_what_is_no_workbook_is_none(content: bytes) -> None:
    with pytest.raises(NoWorkbook):
        require_bounded(content)


def test_another_kind_of_archive_is_no_workbook() -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("content.xml", "<office/>")
    with pytest.raises(NoWorkbook):
        require_bounded(target.getvalue())


def test_what_unpacks_to_too_much_is_refused_unread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kis.exchange.workbook_bounds.MOST_BYTES", 10_000_000)
    bomb = packed("<worksheet>" + " " * 20_000_000 + "</worksheet>")
    assert len(bomb) < 100_000
    with pytest.raises(TooLarge):
        require_bounded(bomb)


def shared(texts: str, cells: str) -> bytes:
    return packed(f"<worksheet><row>{cells}</row></worksheet>", **{"xl/sharedStrings.xml": f"<sst>{texts}</sst>"})


@pytest.fixture
def little_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kis.exchange.workbook_bounds.MOST_TEXT", 1_000)


@pytest.mark.usefixtures("little_text")
def test_a_shared_text_counts_in_each_cell_that_points_at_it() -> None:
    texts, cell = (
        f"<si><t>kort</t></si><si><r><t>{'x' * 50}</t></r><r><t>{'x' * 50}</t></r></si>",
        '<c t="s"><v>{}</v></c>',
    )
    require_bounded(shared(texts, cell.format(0) * 100))
    require_bounded(shared(texts, cell.format(1) * 8))
    with pytest.raises(TooLarge):
        require_bounded(shared(texts, cell.format(1) * 10))


@pytest.mark.usefixtures("little_text")
@pytest.mark.parametrize("first", [True, False])
def test_it_counts_wherever_the_table_of_texts_stands_and_whichever_of_two_it_is(first: bool) -> None:
    long, short = f"<sst><si><t>{'x' * 100}</t></si></sst>", "<sst><si><t>x</t></si></sst>"
    sheet = "<worksheet>" + "<c t='s'><v>0</v></c>" * 10 + "</worksheet>"
    parts = [long, short, sheet] if first else [sheet, short, long]
    with pytest.raises(TooLarge):
        require_bounded(packed(parts[0], **{f"part{n}.xml": part for n, part in enumerate(parts[1:])}))


@pytest.mark.usefixtures("little_text")
def test_text_in_the_cells_themselves_counts_over_all_sheets() -> None:
    sheet = f"<worksheet><row><c t='inlineStr'><is><t>{'x' * 600}</t></is></c></row></worksheet>"
    require_bounded(packed(sheet))
    with pytest.raises(TooLarge):
        require_bounded(packed(sheet, another=sheet))


@pytest.mark.parametrize("number", ["-1", "+0", "2000000", "0" * 5_000, "een"])
def test_a_cell_that_points_at_no_text_makes_it_no_workbook(number: str) -> None:
    with pytest.raises(NoWorkbook):
        require_bounded(shared("<si><t>x</t></si>", f'<c t="s"><v>{number}</v></c>'))


def test_a_cell_that_points_at_nothing_is_empty() -> None:
    require_bounded(shared("<si><t>x</t></si>", '<c t="s"><v></v></c><c t="s"><v/></c>'))


def test_more_cells_in_one_place_or_more_texts_than_a_table_can_have_are_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("kis.exchange.workbook_bounds.MOST_CELLS", 100)
    for texts, cells in (("<si/>" * 100, '<c r="A1"/>' * 100), ("", "")):
        require_bounded(shared(texts, cells))
    for texts, cells in (("<si/>" * 101, ""), ("", '<c r="A1"/>' * 101)):
        with pytest.raises(TooLarge):
            require_bounded(shared(texts, cells))


@pytest.mark.parametrize("token", ['<c q="{}"/>', "<!--{}-->"])
def test_one_endless_tag_is_refused_at_once(token: str) -> None:
    require_bounded(packed(f"<worksheet>{token.format('x' * 500_000)}</worksheet>"))
    with pytest.raises(TooLarge):
        require_bounded(packed(f"<worksheet>{token.format('x' * 50_000_000)}</worksheet>"))


# Run by itself: a limit on memory holds for a whole process.
READ_IN_LITTLE_MEMORY = """
import resource, sys
from kis.exchange.workbook_bounds import TooFar, TooLarge, require_bounded
content = open(sys.argv[1], "rb").read()
used = int(open("/proc/self/statm").read().split()[0]) * resource.getpagesize()
resource.setrlimit(resource.RLIMIT_AS, (used + 48 * 1024 * 1024,) * 2)
try:
    require_bounded(content)
except (TooFar, TooLarge) as refused:
    print(type(refused).__name__)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="reads how much memory is in use from /proc")
@pytest.mark.parametrize(
    ("content", "said"),
    [
        (workbook((0, 0), (1_048_575, 16_383)), "TooFar"),
        (packed('<worksheet><c r="A1"/>' + " " * 200_000_000 + "</worksheet>"), "TooLarge"),
        (shared(f"<si><t>{'x' * 100_000}</t></si>", '<c t="s"><v>0</v></c>' * 20_000), "TooLarge"),
        (shared("<si/>" * 2_000_001, ""), "TooLarge"),
        (packed(f'<worksheet><c q="{"x" * 100_000_000}"/></worksheet>'), "TooLarge"),
    ],
    ids=["far", "blank", "shared", "texts", "tag"],
)
def test_what_is_refused_costs_little_memory(tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "bomb.xlsx"
    path.write_bytes(content)
    assert len(content) < 700_000
    done = subprocess.run(
        [sys.executable, "-c", READ_IN_LITTLE_MEMORY, str(path)], cwd=Path(__file__).parents[2],
        capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    assert (done.stdout.strip(), done.stderr) == (said, "")
