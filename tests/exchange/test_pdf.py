"""Papers, read back by another library."""

from __future__ import annotations

import datetime as dt
import io

import pytest
from pypdf import PdfReader

from kis.exchange import pdf
from kis.exchange.pdf import Column, Item, Paper, Section, Table

AT = dt.datetime(2026, 11, 27, 15, 0, tzinfo=dt.UTC)


def paper(**more: object) -> Paper:
    fields = {"lang": "nl", "author": "Keser Interim Solutions", "title": "Uren van Ana", "foot": "SHA-256 abc", **more}
    return Paper(**fields)  # type: ignore[arg-type]  # as the tests need them


def read(made: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(made))


def text(made: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in read(made).pages).split())


def table(rows: int) -> Section:
    columns = [Column("Dag"), Column("Wat", wide=True), Column("Uren", number=True)]
    return Section(
        "Uren", table=Table(columns, [[f"dag {n}", "werk", "8:00"] for n in range(rows)], ["Totaal", "", "x"])
    )


def test_everything_on_a_paper_can_be_read() -> None:
    happened = Section("Wat er gebeurde", ["Vooraf."], items=[Item("Ana stuurde door", "vr 27 nov", ["Reden"])])
    said = text(pdf.render(paper(lead="Kort", facts=[("Inlener", "Visser")], sections=[table(2), happened]), at=AT))
    for part in ("Keser Interim Solutions", "Uren van Ana", "Kort", "Inlener Visser", "dag 1 werk 8:00", "Totaal",
                 "Vooraf.", "Ana stuurde door vr 27 nov Reden", "SHA-256 abc 1 / 1"):  # fmt: skip
        assert part in said


def test_the_paper_is_tagged_for_archiving_and_says_its_language() -> None:
    found = read(pdf.render(paper(), at=AT))
    root = found.trailer["/Root"].get_object()
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "nl"
    assert found.metadata is not None
    assert (found.metadata.title, found.metadata.author) == ("Uren van Ana", "Keser Interim Solutions")
    about = root["/Metadata"].get_object().get_data().decode()
    assert "<pdfaid:part>3</pdfaid:part>" in about
    assert "<pdfuaid:part>1</pdfuaid:part>" in about


def test_the_same_data_are_the_same_bytes() -> None:
    first = pdf.render(paper(sections=[table(3)]), at=AT, enclosed="{}")
    assert pdf.render(paper(sections=[table(3)]), at=AT, enclosed="{}") == first
    assert pdf.render(paper(sections=[table(4)]), at=AT, enclosed="{}") != first


def test_words_are_never_read_as_markup() -> None:
    evil = '#read("paper.typ") *vet* $x^2$ \\ @wie <hier> `code` // weg'
    said = text(pdf.render(paper(title=evil, sections=[Section(evil, [evil])]), at=AT))
    assert said.count('#read("paper.typ") *vet* $x^2$ \\ @wie <hier> `code` // weg') == 3


def test_the_data_go_with_it_as_a_file() -> None:
    found = read(pdf.render(paper(), at=AT, enclosed='{"é": 1}', name="evidence.json"))
    assert found.attachments["evidence.json"] == ['{"é": 1}'.encode()]


def test_a_long_paper_repeats_the_heads_of_its_table_and_numbers_its_pages() -> None:
    made = pdf.render(paper(sections=[table(400)]), at=AT)
    pages = [" ".join(page.extract_text().split()) for page in read(made).pages]
    assert len(pages) > 5
    assert all("Dag Wat Uren" in page for page in pages)
    assert all(f"{n} / {len(pages)}" in page for n, page in enumerate(pages, 1))


def test_any_letter_can_stand_on_it() -> None:
    said = text(pdf.render(paper(title="Łukasz 日本 😀 العربية\u202e"), at=AT))
    assert "Łukasz [U+65E5][U+672C] [U+1F600]" in said


def test_the_file_in_it_can_be_taken_out_again() -> None:
    for data in ('{"é": 1}', "x" * 300_000):
        assert pdf.enclosed(pdf.render(paper(), at=AT, enclosed=data)) == data


def test_a_pdf_without_a_file_or_with_a_damaged_one_is_refused() -> None:
    with pytest.raises(ValueError, match="with one enclosed file"):
        pdf.enclosed(pdf.render(paper(), at=AT))
    made = pdf.render(paper(), at=AT, enclosed="x" * 300)
    start = made.index(b"stream", made.index(b"/EmbeddedFile")) + len(b"stream\n")
    with pytest.raises(ValueError, match="damaged"):
        pdf.enclosed(made[:start] + b"\0\0" + made[start + 2 :])
