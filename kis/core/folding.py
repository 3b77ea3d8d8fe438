"""One way to compare names as people do: without case and without accents, on every database alike."""

import unicodedata

_LETTERS = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ß": "ss", "æ": "ae", "ı": "i", "\0": ""})


def fold(text: str) -> str:
    """`Łukasz Żółć` becomes `lukasz zolc`; what a database cannot hold is left out."""
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    return "".join(letter for letter in plain if not unicodedata.combining(letter))
