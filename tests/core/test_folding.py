import pytest

from kis.core.folding import fold


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("Łukasz Żółć", "lukasz zolc"),
        ("Ștefan Țepeș", "stefan tepes"),
        ("Gökhan Işık", "gokhan isik"),
        ("Bjørn Æsir", "bjorn aesir"),
        ("Groß", "gross"),
        ("Renée d'Argençon", "renee d'argencon"),
        ("José", "jose"),
        ("Jose\u0301", "jose"),
    ],
)
def test_a_name_is_found_without_case_and_accents(name: str, folded: str):
    assert fold(name) == folded


@pytest.mark.parametrize(("typed", "stored"), [("İPEK", "ipek"), ("IŞIK", "ışık"), ("ŁUKASZ", "łukasz")])
def test_capitals_fold_as_their_small_letters_do(typed: str, stored: str):
    assert fold(typed) == fold(stored)


def test_folding_twice_changes_nothing():
    assert fold(fold("Łukasz Żółć")) == fold("Łukasz Żółć")
