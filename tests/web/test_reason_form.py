import pytest

from kis.web.reason_form import ReasonForm


@pytest.mark.parametrize(
    ("code", "words", "wrong"),
    [
        ("break_missing", "", set()),
        ("other", "Vrijdag was je vrij.", set()),
        ("other", "  ", {"reason"}),
        ("", "Vrijdag was je vrij.", {"reason_code"}),
        ("no_such_code", "Toch.", {"reason_code"}),
    ],
)
def test_a_reason_of_the_list_or_words_of_ones_own(code: str, words: str, wrong: set[str]) -> None:
    form = ReasonForm({"reason_code": code, "reason": words})
    assert set(form.errors) == wrong
