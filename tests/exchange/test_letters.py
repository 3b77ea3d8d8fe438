import struct

import pytest

from kis.exchange import letters, pdf


def test_the_letters_of_the_house_have_what_our_names_need() -> None:
    known = pdf._known()
    assert {ord(letter) for letter in "aZ0€–…łżźșţğıİçéüñŠ₂"} <= known
    assert ord("日") not in known


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Łukasz Şahin", "Łukasz Şahin"),
        ("e\u0301", "é"),  # composed
        ("日本", "[U+65E5][U+672C]"),
        ("😀", "[U+1F600]"),
        ("a\u200db\u202ec", "abc"),  # what is invisible, or turns the text around
        ("a\tb\nc", "a b\nc"),
    ],
)
def test_a_letter_that_is_not_there_is_shown_as_its_number(text: str, shown: str) -> None:
    assert letters.replaced(text, pdf._known()) == shown


def test_a_font_without_a_table_is_refused() -> None:
    with pytest.raises(ValueError, match="cmap"):
        letters.of_font(struct.pack(">IHHHH", 0x00010000, 0, 0, 0, 0))
