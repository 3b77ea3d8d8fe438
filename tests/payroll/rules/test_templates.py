"""The worked examples of real collective agreements (domain rules, 3.3), to the cent."""

import pytest

from kis.core.weeks import Week
from kis.payroll.rules import Invalid, form, templates
from tests.payroll.rules.weeks import STANDARD, over_the_week, paid, shift, told

WORKDAYS = ("mon", "tue", "wed", "thu", "fri")


def test_cleaning_adds_special_hours_and_overtime() -> None:
    result = paid(shift("fri", "16:00-02:00", "19:00-19:30"), by=templates.load("CLEANING-1"), at=1500)
    assert over_the_week(result) == {"100": (300, 7500), "150": (240, 9000), "175": (30, 1313)}
    assert result.amount_cents == 17813


def test_cleaning_in_hotels_pays_nothing_extra_on_a_weekend_day() -> None:
    sunday = shift("sun", "05:00-11:00")
    assert over_the_week(paid(sunday, by=templates.load("CLEANING-HOTEL-1"), at=1500)) == {
        "150": (60, 2250),
        "100": (300, 7500),
    }
    assert over_the_week(paid(sunday, by=templates.load("CLEANING-1"), at=1500)) == {"150": (360, 13500)}


def test_cleaning_pays_early_hours_by_the_weekday() -> None:
    cleaning = templates.load("CLEANING-1")
    for day, percentage in (("mon", "150"), ("tue", "130"), ("fri", "130"), ("sat", "150")):
        assert list(over_the_week(paid(shift(day, "04:00-06:00"), by=cleaning))) == [percentage]


def test_cleaning_pays_late_hours_by_the_weekday() -> None:
    cleaning = templates.load("CLEANING-1")
    for day, percentage in (("mon", "130"), ("thu", "130"), ("fri", "150"), ("sun", "150")):
        assert list(over_the_week(paid(shift(day, "21:30-24:00"), by=cleaning))) == [percentage]


def test_cleaning_pays_150_percent_extra_on_a_holiday() -> None:
    christmas = shift("2026-12-25", "08:00-12:00")
    assert over_the_week(paid(christmas, by=templates.load("CLEANING-1"), week=Week(2026, 52))) == {"250": (240, 16000)}


def test_road_transport_pays_only_the_irregularity_where_overtime_meets_it() -> None:
    days = [shift(day, "07:00-16:18", "12:00-12:30") for day in WORKDAYS]
    result = paid(*days, shift("sat", "07:00-12:00"), by=templates.load("ROAD-TRANSPORT-1"), at=1700)
    assert over_the_week(result) == {"100": (2400, 68000), "130": (240, 8840), "150": (300, 12750)}
    assert result.amount_cents == 89590


def test_retail_pays_the_most_favourable_only() -> None:
    shifts = [shift("mon", "09:00-20:30", "12:00-13:00"), shift("sun", "12:00-17:00")]
    result = paid(*shifts, by=templates.load("RETAIL-NON-FOOD-1"), at=1500)
    assert over_the_week(result) == {"100": (600, 15000), "125": (30, 938), "150": (300, 11250)}
    assert result.amount_cents == 27188


def test_metaal_en_techniek_pays_hours_outside_the_day_window() -> None:
    late = shift("tue", "14:00-22:30", "18:00-18:30")
    result = paid(late, by=templates.load("METAAL-TECHNIEK-1"), at=2000)
    assert over_the_week(result) == {"100": (240, 8000), "115": (150, 5750), "130": (90, 3900)}
    assert result.amount_cents == 17650


def test_industrial_cleaning_pays_the_first_overtime_hour_of_the_day_less() -> None:
    long_day = shift("tue", "07:00-18:00", "12:00-12:30")
    result = paid(long_day, by=templates.load("INDUSTRIAL-CLEANING-1"), at=1800)
    assert told(result) == [
        ("tue", "normal", 480, "100", 14400),
        ("tue", "day-ot", 60, "125", 2250),
        ("tue", "day-ot", 90, "150", 4050),
    ]
    assert result.amount_cents == 20700


def test_horeca_keeps_a_balance_against_the_year_norm_and_pays_no_overtime() -> None:
    result = paid(*(shift(day, "09:00-18:00") for day in WORKDAYS), by=templates.load("HORECA-1"), at=1500)
    assert over_the_week(result) == {"100": (2700, 67500)}
    assert result.balance_minutes == 420


def test_the_horeca_norm_is_1976_hours_a_year() -> None:
    norm = templates.load("HORECA-1").year_norm
    assert norm is not None
    assert norm.weekly_minutes * norm.weeks == 1976 * 60


@pytest.mark.parametrize("name", templates.names())
def test_every_template_names_its_source_and_survives_its_json_form(name: str) -> None:
    template = templates.load(name)
    assert template.code == name
    assert template.source
    assert form.parse(form.dump(template)) == template


@pytest.mark.parametrize("name", templates.names())
def test_every_label_of_a_template_has_its_place_in_the_tie_order(name: str) -> None:
    template = templates.load(name)
    labels = {band.label for band in template.bands} | {overtime.label for overtime in template.overtime}
    assert labels <= set(template.tie_order)


def test_an_unknown_template_is_refused_with_the_list_of_those_there_are() -> None:
    with pytest.raises(Invalid, match="is no template; there are: STANDARD-1, CLEANING-1"):
        templates.load("STANDARD-2")


def test_the_standard_template_comes_first() -> None:
    assert templates.load(templates.names()[0]) == STANDARD
