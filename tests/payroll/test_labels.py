from django.utils import translation

from kis.payroll.labels import label_words


def test_known_components_are_said_in_the_readers_language() -> None:
    with translation.override("nl"):
        assert label_words("evening+day-ot") == "Avond + Overwerk (dag)"


def test_a_component_of_ones_own_is_shown_as_it_is() -> None:
    assert label_words("cold-store") == "Cold store"
