from kis.staffing.working_terms import Option, exclude_each_other


def test_nights_are_limited_per_year_or_by_their_hours_but_not_both() -> None:
    assert exclude_each_other([Option.NIGHTS_PER_YEAR, "night_hours"])
    assert not exclude_each_other(["night_hours", "short_breaks"])
    assert not exclude_each_other([])
