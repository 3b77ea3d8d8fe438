"""What PDF/A-3a (ISO 19005-3) and PDF/UA-1 (ISO 14289-1) ask of a file and can be read off it, by another library.

No validator: whether the words of a page are rightly tagged is for eyes to judge. What breaks a condition here would be
refused by one.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from lxml import etree
from pypdf import PdfReader
from pypdf.generic import ArrayObject, BooleanObject, DictionaryObject, StreamObject

_PDFA = "{http://www.aiim.org/pdfa/ns/id/}"
_PDFUA = "{http://www.aiim.org/pdfua/ns/id/}"
_DUBLIN_CORE = "{http://purl.org/dc/elements/1.1/}"
_FORBIDDEN_ACTIONS = {
    "/Launch", "/Sound", "/Movie", "/ResetForm", "/ImportData", "/Hide", "/SetOCGState", "/Rendition", "/Trans",
    "/GoTo3DView", "/JavaScript",
}  # fmt: skip
_PRINT, _INVISIBLE = 4, 1 | 2 | 32  # flags of an annotation


def complaints(made: bytes) -> list[str]:
    """Every condition that the file breaks."""
    reader = PdfReader(io.BytesIO(made))
    if "/Encrypt" in reader.trailer:
        return ["6.1.3: the file is encrypted"]  # and nothing else can be read
    root = reader.trailer["/Root"].get_object()
    found = [reader.get_object(number) for number in range(1, reader.trailer["/Size"])]
    dictionaries = [each for each in found if isinstance(each, DictionaryObject)]
    return [
        *_file(made, reader), *_metadata(reader, root), *_colours(root), *_objects(dictionaries), *_fonts(dictionaries),
        *_enclosures(root, dictionaries), *_structure(reader, root),
    ]  # fmt: skip


def _file(made: bytes, reader: PdfReader) -> Iterator[str]:
    lines = made.splitlines()
    if not made.startswith(b"%PDF-1.") or not lines[1].startswith(b"%") or min(lines[1][1:5]) < 128:
        yield "6.1.2: the header lacks its version or its four bytes above 127"
    if len(reader.trailer.get("/ID", ())) != 2:
        yield "6.1.3: the trailer has no ID"


def _metadata(reader: PdfReader, root: DictionaryObject) -> Iterator[str]:
    if "/Metadata" not in root:
        yield "6.6.2: there is no XMP"
        return
    about = etree.fromstring(root["/Metadata"].get_object().get_data())
    told = {str(node.tag): (node.text or "").strip() for node in about.iter() if isinstance(node.tag, str)}
    if (told.get(f"{_PDFA}part"), told.get(f"{_PDFA}conformance")) != ("3", "A"):
        yield "6.6.4: the XMP does not claim PDF/A-3a"
    if told.get(f"{_PDFUA}part") != "1":
        yield "UA 5: the XMP does not claim PDF/UA-1"
    title = about.find(f".//{_DUBLIN_CORE}title//{{*}}li")
    if title is None or not reader.metadata or title.text != reader.metadata.title:
        yield "6.6.2: title and XMP differ"


def _colours(root: DictionaryObject) -> Iterator[str]:
    intents = [each.get_object() for each in root.get("/OutputIntents", ArrayObject())]
    profiles = [each["/DestOutputProfile"].get_object() for each in intents if each.get("/S") == "/GTS_PDFA1"]
    if not profiles:
        yield "6.2.3: no output intent"
    for profile in profiles:
        header = profile.get_data()[:40]
        if header[36:40] != b"acsp" or {b"RGB ": 3, b"GRAY": 1, b"CMYK": 4}.get(header[16:20]) != profile["/N"]:
            yield "6.2.3: the output intent has no ICC profile of its colours"


def _objects(dictionaries: list[DictionaryObject]) -> Iterator[str]:
    for each in dictionaries:
        filters = each.get("/Filter", ())
        if "/LZWDecode" in ([filters] if isinstance(filters, str) else filters):
            yield "6.1.7: a stream is packed by LZW"
        if isinstance(each, StreamObject) and "/F" in each:
            yield "6.1.7: a stream lies outside the file"
        if each.get("/S") in _FORBIDDEN_ACTIONS or "/AA" in each or "/JS" in each:
            yield "6.5.1: an action that archives do not take"
        if each.get("/Subtype") == "/Image" and (_yes(each, "/Interpolate") or "/Alternates" in each):
            yield "6.2.8: an image with an interpolation or alternates"
        if each.get("/Type") == "/Annot":
            flags = int(each.get("/F", 0))
            if not flags & _PRINT or flags & _INVISIBLE:
                yield "6.3.2: an annotation that is not printed"
        if "/XFA" in each or _yes(each, "/NeedAppearances"):
            yield "6.4.1: a form that is drawn by the reader"


def _yes(each: DictionaryObject, name: str) -> bool:
    """Whether it says true there; the library's own false counts as true."""
    value = each.get(name)
    return isinstance(value, BooleanObject) and value.value


def _fonts(dictionaries: list[DictionaryObject]) -> Iterator[str]:
    fonts = [each for each in dictionaries if each.get("/Type") == "/Font"]
    if not fonts:
        yield "6.2.11: no font at all"
    for font in fonts:
        if font.get("/Subtype") not in {"/CIDFontType0", "/CIDFontType2"} and "/ToUnicode" not in font:
            yield f"6.2.11.7: {font.get('/BaseFont')} does not say which letters it draws"
        if font.get("/Subtype") == "/Type0":
            continue  # its descendant carries the file
        about = font["/FontDescriptor"].get_object() if "/FontDescriptor" in font else {}
        if not {"/FontFile", "/FontFile2", "/FontFile3"} & set(about):
            yield f"6.2.11.4: {font.get('/BaseFont')} is not in the file"


def _enclosures(root: DictionaryObject, dictionaries: list[DictionaryObject]) -> Iterator[str]:
    named = [each.get_object() for each in root.get("/AF", ArrayObject())]
    for each in dictionaries:
        if "/EF" not in each:
            continue
        if not {"/F", "/UF", "/AFRelationship"} <= set(each) or not any(each == one for one in named):
            yield "6.8: an enclosed file lacks its name or what it is to the document"
        if "/Subtype" not in each["/EF"]["/F"].get_object():
            yield "6.8: an enclosed file does not say its kind"


def _structure(reader: PdfReader, root: DictionaryObject) -> Iterator[str]:
    if not _yes(root.get("/MarkInfo", DictionaryObject()), "/Marked") or "/StructTreeRoot" not in root:
        yield "6.7.2: the file is not tagged"
        return
    if not root.get("/Lang"):
        yield "6.7.4: the language is not said"
    if not _yes(root.get("/ViewerPreferences", DictionaryObject()), "/DisplayDocTitle"):
        yield "UA 7.1: the title is not what a window shows"
    if any("/StructParents" not in page for page in reader.pages):
        yield "6.7.3: a page stands outside the structure"
    yield from _tree(root["/StructTreeRoot"].get_object())


def _tree(root: DictionaryObject) -> Iterator[str]:
    nodes = list(_nodes(root, ""))
    kinds = [kind for kind, _parent, _node in nodes]
    if kinds[:1] != ["/Document"] or "/H1" not in kinds:
        yield "UA 7.1: no document with a heading"
    for kind, parent, node in nodes:
        if kind in {"/TH", "/TD"} and parent != "/TR":
            yield "UA 7.5: a cell outside a row"
        if kind == "/TR" and parent not in {"/Table", "/THead", "/TBody", "/TFoot"}:
            yield "UA 7.5: a row outside a table"
        if kind == "/Figure" and "/Alt" not in node:
            yield "UA 7.3: a picture without words"
        if kind == "/Table" and "/TH" not in [each for each, _parent, _node in _nodes(node, "/Table")]:
            yield "UA 7.5: a table without headings"


def _nodes(parent: DictionaryObject, kind: str) -> Iterator[tuple[str, str, DictionaryObject]]:
    """Kind, kind of the parent, and node of all structure elements below."""
    children: Any = parent.get("/K", ArrayObject())
    for child in children if isinstance(children, ArrayObject) else [children]:
        node = child.get_object()
        if isinstance(node, DictionaryObject) and "/S" in node:
            yield str(node["/S"]), kind, node
            yield from _nodes(node, str(node["/S"]))
