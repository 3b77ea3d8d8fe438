"""The files an agency fills in for an import: a workbook with an explanation, and the same tables as CSV."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from kis.exchange.import_columns import KINDS, Column, Kind
from kis.exchange.import_sheets import EXPLANATION
from kis.exchange.tables import CsvStyle, write_csv

if TYPE_CHECKING:
    import xlsxwriter

WORKBOOK = "kis-import.xlsx"
_HOW = (
    "Vul de bladen in en sla het bestand op. De voorbeeldrij op elk blad hoort bij de andere voorbeeldrijen;",
    "haal die weg. Lege bladen mogen blijven. Kies het bestand daarna op de pagina Mensen > Importeren, of:",
    "",
    "    bin/manage import_people kis-import.xlsx --dry-run     (kijkt alles na, bewaart niets)",
    "    bin/manage import_people kis-import.xlsx",
    "",
)


def write_template(folder: Path) -> list[Path]:
    """Write the workbook and one CSV file per table into `folder`; returns their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    return [_workbook(folder / WORKBOOK), *(_csv(folder, kind) for kind in KINDS.values())]


def _workbook(path: Path) -> Path:
    import xlsxwriter  # not at the start: see tables.write_xlsx

    with xlsxwriter.Workbook(str(path), {"strings_to_urls": False}) as book:
        bold = book.add_format({"bold": True})
        wanted = book.add_format({"bold": True, "bg_color": "#DDE6FA"})
        text = book.add_format({"num_format": "@"})  # or a spreadsheet would make a number of 0612345678
        _explain(book.add_worksheet(EXPLANATION), bold)
        for kind in KINDS.values():
            sheet = book.add_worksheet(kind.title)
            sheet.freeze_panes(1, 0)
            sheet.set_column(0, len(kind.columns) - 1, 18, text)
            for place, column in enumerate(kind.columns):
                sheet.write_string(0, place, column.title, wanted if column.required else bold)
                sheet.write_string(1, place, column.example, text)
    return path


def _explain(sheet: xlsxwriter.worksheet.Worksheet, bold: xlsxwriter.format.Format) -> None:
    sheet.set_column(0, 1, 18)
    sheet.set_column(2, 2, 12)
    sheet.set_column(3, 3, 80)
    for line, words in enumerate(_HOW):
        sheet.write_string(line, 0, words)
    rows = [("Blad", "Kolom", "Verplicht", "Uitleg")]
    rows += [(kind.title, column.title, _needed(column), column.explanation) for kind, column in _columns()]
    for line, row in enumerate(rows, len(_HOW)):
        for place, words in enumerate(row):
            sheet.write_string(line, place, words, bold if line == len(_HOW) else None)


def _columns() -> list[tuple[Kind, Column]]:
    return [(kind, column) for kind in KINDS.values() for column in kind.columns]


def _needed(column: Column) -> str:
    return "ja" if column.required else ""


def _csv(folder: Path, kind: Kind) -> Path:
    path = folder / f"{kind.title.lower()}.csv"
    with path.open("wb") as target:
        header = [column.title for column in kind.columns]
        write_csv(target, header, [[column.example for column in kind.columns]], CsvStyle())
    return path
