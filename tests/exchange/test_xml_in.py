"""XML from strangers: what hurts is refused before it is understood."""

import pytest

from kis.exchange import xml_in
from kis.payroll.rules.problems import Invalid

BILLION_LAUGHS = b"""<!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]><card>&c;</card>"""
EXTERNAL_ENTITY = b'<!DOCTYPE card [<!ENTITY secret SYSTEM "file:///etc/hostname">]><card>&secret;</card>'
EXTERNAL_DTD = b'<!DOCTYPE card SYSTEM "http://127.0.0.1:9/card.dtd"><card/>'


@pytest.mark.parametrize("message", [BILLION_LAUGHS, EXTERNAL_ENTITY, EXTERNAL_DTD, b"<!DOCTYPE card><card/>"])
def test_a_document_type_is_refused_whatever_it_declares(message: bytes) -> None:
    with pytest.raises(Invalid, match="document type"):
        xml_in.parse(message)


@pytest.mark.parametrize(
    "message",
    [b"", b"hours", b"<card>", b"<card></week>", b"<card>&undeclared;</card>", b"<card>\x00</card>", b"<a:card/>"],
)
def test_what_is_not_well_formed_is_refused_with_its_line(message: bytes) -> None:
    with pytest.raises(Invalid, match=r"not well-formed XML \(line 1\)"):
        xml_in.parse(message)


def test_an_unknown_encoding_is_refused() -> None:
    with pytest.raises(Invalid, match="not well-formed"):
        xml_in.parse(b'<?xml version="1.0" encoding="klingon"?><card/>')


def test_a_very_deep_message_is_refused() -> None:
    with pytest.raises(Invalid, match="deeper than 40"):
        xml_in.parse(b"<a>" * 1000 + b"</a>" * 1000)


def test_a_very_large_message_is_refused() -> None:
    with pytest.raises(Invalid, match="larger than"):
        xml_in.parse(b"<card>" + b" " * xml_in.LARGEST + b"</card>")


def test_namespaces_attributes_and_text_are_told_apart() -> None:
    node = xml_in.parse(b'<card xmlns="urn:x" xmlns:y="urn:y" y:owner="Ana" status="new"> <day> 8&#38;9 </day></card>')
    assert (node.namespace, node.name) == ("urn:x", "card")
    assert node.attributes == {"urn:y owner": "Ana", "status": "new"}
    assert node.say("day") == "8&9"
    assert node.say("day", "hour") == ""


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "iso-8859-1"])
def test_common_encodings_are_read(encoding: str) -> None:
    text = f'<?xml version="1.0" encoding="{encoding}"?><name>Zoë</name>'
    assert xml_in.parse(text.encode(encoding)).text == "Zoë"
