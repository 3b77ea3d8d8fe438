"""Papers can be archived: no condition of PDF/A-3a and PDF/UA-1 that can be read off is broken. And each can be."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, BooleanObject, DictionaryObject, NameObject, TextStringObject

from kis.exchange import pdf
from kis.exchange.pdf import Column, Item, Paper, Section, Table
from tests.support.archiving import complaints

AT = dt.datetime(2026, 11, 27, 15, 0, tzinfo=dt.UTC)
TABLE = Table([Column("Dag", wide=True), Column("Uren", number=True)], [["maandag", "8:00"]] * 90, ["Totaal", "720:00"])
FULL = Paper(
    lang="nl", author="Keser Interim Solutions", title="Uren van Ana Kowalska-Łęcka", to=["Bakkerij", "Kade 1"],
    lead="Alles wat er staat.", facts=[("Inlener", "Visser"), ("Job", "Inpakker")], foot="SHA-256 abc",
    sections=[Section("Uren", ["Vooraf."], TABLE), Section("Gebeurd", items=[Item("Doorgestuurd", "vr 27 nov")])],
)  # fmt: skip


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_a_paper_of_several_pages_with_a_file_in_it_breaks_nothing(lang: str) -> None:
    paper = Paper(lang=lang, author="Keser", title="Uren", sections=FULL.sections)
    for each in (FULL, paper):
        made = pdf.render(each, at=AT, enclosed="{}", name="evidence.json")
        assert len(PdfReader(io.BytesIO(made)).pages) > 1
        assert complaints(made) == []


def test_the_emptiest_paper_breaks_nothing() -> None:
    assert complaints(pdf.render(Paper(lang="nl", author="Keser", title="Leeg"), at=AT)) == []


def without(name: str) -> Callable[[PdfWriter], None]:
    def change(writer: PdfWriter) -> None:
        del writer.root_object[name]

    return change


def of_each(kind: str, value: str, name: str) -> Callable[[PdfWriter], None]:
    """Take `name` away from every object whose `kind` is `value`."""

    def change(writer: PdfWriter) -> None:
        for number in range(1, len(writer._objects) + 1):
            each = writer.get_object(number)
            if isinstance(each, DictionaryObject) and each.get(kind) == value:
                each.pop(name, None)

    return change


def with_script(writer: PdfWriter) -> None:
    script = {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("app.alert(1)")}
    writer.root_object[NameObject("/OpenAction")] = writer._add_object(DictionaryObject(script))


def not_tagged(writer: PdfWriter) -> None:
    writer.root_object[NameObject("/MarkInfo")] = DictionaryObject({NameObject("/Marked"): BooleanObject(False)})


def loose_file(writer: PdfWriter) -> None:
    writer.root_object[NameObject("/AF")] = ArrayObject()


def headless(writer: PdfWriter) -> None:
    for number in range(1, len(writer._objects) + 1):
        each = writer.get_object(number)
        if isinstance(each, DictionaryObject) and each.get("/S") == "/TH":
            each[NameObject("/S")] = NameObject("/TD")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (without("/Metadata"), "6.6.2: there is no XMP"),
        (without("/OutputIntents"), "6.2.3: no output intent"),
        (without("/StructTreeRoot"), "6.7.2: the file is not tagged"),
        (without("/Lang"), "6.7.4: the language is not said"),
        (without("/ViewerPreferences"), "UA 7.1: the title is not what a window shows"),
        (not_tagged, "6.7.2: the file is not tagged"),
        (with_script, "6.5.1: an action that archives do not take"),
        (loose_file, "6.8: an enclosed file lacks its name or what it is to the document"),
        (headless, "UA 7.5: a table without headings"),
        (of_each("/Type", "/FontDescriptor", "/FontFile2"), "is not in the file"),
        (of_each("/Subtype", "/Type0", "/ToUnicode"), "does not say which letters it draws"),
        (of_each("/Type", "/Page", "/StructParents"), "6.7.3: a page stands outside the structure"),
        (lambda writer: writer.encrypt("geheim", algorithm="RC4-128"), "6.1.3: the file is encrypted"),
    ],
)
def test_each_condition_that_is_broken_is_told(change: Callable[[PdfWriter], None], said: str) -> None:
    made = pdf.render(FULL, at=AT, enclosed="{}", name="evidence.json")
    assert not any(said in each for each in complaints(rewritten(made, lambda _writer: None)))
    assert any(said in each for each in complaints(rewritten(made, change)))


def rewritten(made: bytes, change: Callable[[PdfWriter], None]) -> bytes:
    writer, target = PdfWriter(clone_from=io.BytesIO(made)), io.BytesIO()
    change(writer)
    writer.write(target)
    return target.getvalue()
