"""XML that we write says what was typed, and nothing that XML cannot say."""

from hypothesis import given
from hypothesis import strategies as st

from kis.exchange import xml_in
from kis.exchange.xml_out import Element, document, group, leaf


def test_a_document_is_indented_and_names_its_namespace() -> None:
    root = group("Card", leaf("Name", "Zoë & <co>"), group("Empty"), leaf("Nothing", ""), status='a "b"')
    assert root
    assert document(root, {"": "urn:x"}).decode() == (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<Card xmlns="urn:x" status=\'a "b"\'>\n'
        "  <Name>Zoë &amp; &lt;co&gt;</Name>\n"
        "</Card>\n"
    )


@given(text=st.text(), attribute=st.text())
def test_any_text_can_be_written_and_read(text: str, attribute: str) -> None:
    node = xml_in.parse(document(Element("a", text, (), {"b": attribute}), {}))
    assert set(node.text) <= set(text)
    assert set(node.attributes["b"]) <= set(attribute)


def test_control_characters_leave_no_trace_and_line_ends_stay() -> None:
    node = xml_in.parse(document(Element("a", "x\x0b\r\ny\x00\ud800z", (), {"b": "1\n2\t3"}), {}))
    assert node.text == "x\r\nyz"
    assert node.attributes["b"] == "1\n2\t3"
