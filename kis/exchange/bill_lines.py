"""Bill lines per client as a table, for who bills from another package or checks an invoice line by line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import BinaryIO

from kis.exchange.invoices import Invoice, InvoiceLine
from kis.exchange.pay_rows import cents
from kis.exchange.tables import Cell, CsvStyle, write_csv

# File names of fields, in Dutch in every language of the portal.
HEADER = (
    "factuur",
    "relatie",
    "naam",
    "regel",
    "soort",
    "omschrijving",
    "week",
    "aantal",
    "eenheid",
    "prijs",
    "bedrag",
    "btw",
    "kostenplaats",
    "bestelregel",
    "kaartregel",
)
_UNITS = {"HUR": "uur", "C62": "stuk", "KMT": "km", "DAY": "dag"}


def to_csv(target: BinaryIO, invoices: Iterable[Invoice], style: CsvStyle | None = None) -> None:
    """The lines of invoices, without VAT; what a correction takes back is negative. Streamed."""
    write_csv(target, HEADER, _rows(invoices), style or CsvStyle())


def _rows(invoices: Iterable[Invoice]) -> Iterator[tuple[Cell, ...]]:
    for invoice in invoices:
        yield from (_cells(invoice, line) for line in invoice.lines)


def _cells(invoice: Invoice, line: InvoiceLine) -> tuple[Cell, ...]:
    return (
        invoice.number,
        invoice.customer.number,
        invoice.customer.name,
        line.id,
        line.name,
        line.description,
        str(line.week) if line.week else None,
        line.quantity,
        _UNITS[line.unit],
        line.price,
        cents(line.amount_cents),
        line.vat.reason or f"{line.vat.percentage} %",
        line.cost_centre,
        line.order_line,
        line.card_line,
    )
