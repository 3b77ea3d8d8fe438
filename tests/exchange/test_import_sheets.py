"""Reading what people save from a spreadsheet."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
import xlsxwriter

from kis.exchange.import_sheets import Cell, ImportRefused, Row, read


def _saved(folder: Path, content: bytes, name: str = "inleners.csv") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(
    "content",
    [
        "nummer;naam\nK1;Café Zoë\n".encode(),
        "nummer,naam\r\nK1,Café Zoë\r\n".encode("utf-8-sig"),
        "nummer\tnaam\r\nK1\tCafé Zoë\r\n".encode("utf-16"),
        "Nummer;Naam\r\nK1;Café Zoë".encode("cp1252"),
        '\n\n"number";"name"\n"K1";" Café Zoë "\n;\n'.encode(),
    ],
)
def test_a_csv_file_is_read_whichever_program_saved_it(tmp_path: Path, content: bytes) -> None:
    [sheet] = read([_saved(tmp_path, content)])
    assert [row.cells for row in sheet.rows] == [{"number": "K1", "name": "Café Zoë"}]


def test_a_line_is_counted_as_an_editor_counts_it(tmp_path: Path) -> None:
    path = _saved(tmp_path, b'nummer;naam\nK1;"Twee\nregels"\n\nK2;Daarna\n')
    assert [row.line for row in read([path])[0].rows] == [2, 5]


def test_a_workbook_is_read_sheet_by_sheet_without_its_explanation(tmp_path: Path) -> None:
    path = tmp_path / "alles.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        book.add_worksheet("Uitleg").write_row(0, 0, ["Hoe het werkt"])
        workers = book.add_worksheet("Medewerkers")
        workers.write_row(0, 0, ["nummer", "naam", "e-mail", "geboortedatum"])
        workers.write_row(2, 0, [1001, "Ana", "ana@x.example"])
        workers.write_datetime(2, 3, dt.datetime(1998, 12, 31), book.add_format({"num_format": "dd-mm-yyyy"}))
        book.add_worksheet("Inleners").write_row(0, 0, ["nummer", "naam"])
        book.add_worksheet("Blad6")
    clients, people = read([path])
    assert (clients.kind.name, clients.rows) == ("clients", ())
    cells: dict[str, Cell] = {
        "number": "1001",
        "name": "Ana",
        "email": "ana@x.example",
        "birth_date": dt.date(1998, 12, 31),
    }
    assert people.rows == (Row(3, cells),)


def test_a_computed_number_has_the_digits_that_a_sheet_shows(tmp_path: Path) -> None:
    path = tmp_path / "alles.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        jobs = book.add_worksheet("Plaatsingen")
        jobs.write_row(0, 0, ["nummer", "medewerker", "inlener", "functie", "begin", "uurloon"])
        jobs.write_row(1, 0, ["P1", "W1", "K1", "Inpakker", "01-09-2026", 16.5 * 1.02])
    assert 16.5 * 1.02 != 16.83
    assert read([path])[0].rows[0].cells["wage"] == "16.83"


def test_a_table_without_a_telling_name_is_known_by_its_columns(tmp_path: Path) -> None:
    path = _saved(tmp_path, b"nummer;naam;e-mail;telefoon\n", "export-2026.csv")
    assert read([path])[0].kind.name == "workers"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"nummer;naam;kleur\n", "export.csv, regel 1, kolom kleur: Deze kolom is niet bekend."),
        (b"nummer;adres\n", "export.csv: Het is niet duidelijk wat dit is"),
        (b"nummer;naam;Naam\n", "export.csv, regel 1, kolom Naam: Deze kolom staat er twee keer."),
        (b'nummer;naam\nK1;"open\n', "export.csv, regel 2: Deze regel is niet te lezen"),
        (b"\x00\x01\x02 niets", "export.csv: Dit is geen CSV-bestand en geen XLSX-werkmap."),
        (b"PK\x03\x04 kapot", "export.csv: Deze werkmap is niet te lezen."),
        (b"", "export.csv: Er staat niets in."),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_the_place_and_the_reason(
    tmp_path: Path, content: bytes, reason: str
) -> None:
    with pytest.raises(ImportRefused) as refused:
        read([_saved(tmp_path, content, "export.csv")])
    assert str(refused.value).startswith(reason)


def test_a_missing_column_is_named(tmp_path: Path) -> None:
    with pytest.raises(ImportRefused, match=r"inleners\.csv, regel 1, kolom naam: Deze kolom ontbreekt"):
        read([_saved(tmp_path, b"nummer\nK1\n")])


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ImportRefused, match=r"niets\.csv"):
        read([tmp_path / "niets.csv"])


def test_a_cell_far_outside_the_table_is_named_and_nothing_is_read(tmp_path: Path) -> None:
    path = tmp_path / "mensen.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Inleners")
        for place, title in enumerate(("nummer", "naam")):
            sheet.write(0, place, title)
        sheet.write(1_048_575, 16_383, "x")
    with pytest.raises(ImportRefused, match=r"mensen\.xlsx: Cel XFD1048576 ligt ver buiten de tabel"):
        read([path])


def test_a_workbook_whose_cells_all_say_one_long_text_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "mensen.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Inleners")
        for row in range(2_000):
            sheet.write_string(row, 0, "x" * 30_000)  # the file keeps it once
    assert path.stat().st_size < 50_000
    with pytest.raises(ImportRefused, match=r"mensen\.xlsx: Dit bestand is te groot\."):
        read([path])
