"""How far a workbook reaches is known before it is read: one far cell must not cost the memory of the way to it."""

from __future__ import annotations

import io
import zipfile

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
