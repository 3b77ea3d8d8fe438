"""What may stand in a cell of an import."""

from __future__ import annotations

import datetime as dt

import pytest

from kis.exchange.import_columns import KINDS, BadCell, date, deviations, entry, language, names, profile, shifts


@pytest.mark.parametrize("typed", ["31-12-2026", "31/12/2026", "31.12.2026", "2026-12-31", dt.date(2026, 12, 31)])
def test_a_date_is_read_as_people_type_it(typed: str | dt.date) -> None:
    assert date(typed) == dt.date(2026, 12, 31)


@pytest.mark.parametrize("typed", ["31-12-26", "30-02-2026", "morgen", "12-31-2026", "46387"])
def test_what_is_no_date_is_refused(typed: str) -> None:
    with pytest.raises(BadCell):
        date(typed)


@pytest.mark.parametrize(
    ("typed", "shift"),
    [
        ("08:00-16:30/30", [[480, 990, 30]]),
        ("8-16.30 / 0:30", [[480, 990, 30]]),
        ("0800–1630 (45)", [[480, 990, 45]]),
        ("22:00-06:00/30", [[1320, 1800, 30]]),
        ("08:00-12:00 + 17:00-20:00", [[480, 720, 0], [1020, 1200, 0]]),
    ],
)
def test_usual_shifts_are_read_as_people_type_them(typed: str, shift: list[list[int]]) -> None:
    assert shifts(typed) == shift


@pytest.mark.parametrize("typed", ["8 uur", "25:00-26:00", "08:00-08:00", "08:00-09:00/90", "08:00-16:00/veel", "-"])
def test_an_impossible_shift_is_refused(typed: str) -> None:
    with pytest.raises(BadCell, match=r"08:00-16:30/30"):
        shifts(typed)


def test_words_are_read_in_dutch_and_english() -> None:
    assert (language("Nederlands"), language("EN")) == ("nl", "en")
    assert (entry("Tijden"), entry("totals")) == ("times", "totals")
    with pytest.raises(BadCell):
        language("Pools")
    with pytest.raises(BadCell):
        entry("uren")


def test_names_stand_with_a_bar_between() -> None:
    assert names("Inpak | Broodlijn, Expeditie|") == ("Inpak", "Broodlijn", "Expeditie")


def test_a_column_is_known_by_its_dutch_and_its_english_name() -> None:
    contacts = KINDS["contacts"]
    assert {contacts.column(title) for title in ("e-mail", "E-Mail ", "Email", "email")} == {"email"}
    assert contacts.column("salaris") is None


def test_the_law_on_working_time_is_named_in_dutch_or_by_its_code() -> None:
    assert [profile(name) for name in ("Standaard", "chauffeur", "exempt")] == ["standard", "driver", "exempt"]
    with pytest.raises(BadCell, match="standaard, chauffeur, vrijgesteld"):
        profile("piloot")


def test_agreed_deviations_come_in_the_order_in_which_they_are_kept() -> None:
    assert deviations("rust per 14 dagen | Korte pauzes") == ["short_breaks", "fortnight_rest"]
    assert deviations("night_hours") == ["night_hours"]
    with pytest.raises(BadCell, match="korte pauzes"):
        deviations("korte pauzes | lange pauzes")
