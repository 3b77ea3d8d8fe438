"""Workbooks, read back by another library than the one that wrote them."""

import io
from typing import Any

import openpyxl


def sheet(file: bytes) -> Any:
    """The first sheet of a workbook."""
    return openpyxl.load_workbook(io.BytesIO(file)).worksheets[0]


def lines(file: bytes) -> list[tuple[Any, ...]]:
    """The values of the first sheet, row by row."""
    return list(sheet(file).values)
