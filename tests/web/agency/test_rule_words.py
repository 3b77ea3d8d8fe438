import dataclasses
from decimal import Decimal

import pytest
from django.utils import translation

from kis.payroll.rules import templates
from kis.web.agency import rule_words

STANDARD = templates.load("STANDARD-1")


@pytest.mark.parametrize("name", templates.names())
@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_template_can_be_read_in_words(name: str, language: str) -> None:
    with translation.override(language):
        said = rule_words.sentences(templates.load(name))
    assert all(line.endswith(".") and "%(" not in line for line in said)
    assert len(said) == len(set(said))


def test_the_words_say_what_the_rules_say() -> None:
    with translation.override("nl"):
        said = rule_words.sentences(STANDARD)
    assert "Avond: ma–vr van 18:00 tot 24:00, +30 procent." in said
    assert "Overwerk (dag): boven 8:00 uur per dag, +25 procent." in said
    assert "Waar tijdstip en overwerk samenvallen: de hoogste van de twee telt." in said


def test_two_versions_are_held_beside_each_other() -> None:
    bands = (dataclasses.replace(STANDARD.bands[0], surcharge=Decimal(60)), *STANDARD.bands[1:])
    with translation.override("en"):
        found = rule_words.change(STANDARD, dataclasses.replace(STANDARD, bands=bands))
    assert found.gone == ("Night: mon–fri from 00:00 to 06:00, +50 percent.",)
    assert found.added == ("Night: mon–fri from 00:00 to 06:00, +60 percent.",)


@pytest.mark.parametrize(
    ("days", "text"),
    [
        (("mon", "tue", "wed"), "ma–wo"),
        (("sat", "sun"), "za, zo"),
        (("mon", "wed", "thu", "fri", "sun", "holiday"), "ma, wo–vr, zo, feestdag"),
        (("fri", "sat", "sun", "holiday"), "vr–zo, feestdag"),
    ],
)
def test_days_in_a_row_are_joined(days: tuple[str, ...], text: str) -> None:
    with translation.override("nl"):
        assert rule_words.days_text(days) == text
