from tests.timesheets.working_time.shifts import findings, nights, on, work


def test_the_figures_of_a_finding_say_which_of_them_are_durations() -> None:
    (shift,) = findings([work(on(0, "07:00"), 721, pause=45)], "W01")
    assert shift.figures == {"measured_minutes": 721, "limit_minutes": 720}
    (series,) = findings(nights(range(9)), "N04")
    assert series.figures == {"measured": 9, "limit": 7}
    (pause,) = findings([work(on(0, "07:00"), 480)], "W07")
    assert pause.figures == {"measured_minutes": 0, "limit_minutes": 30, "worked_minutes": 480}


def test_a_finding_names_each_shift_once_in_order_of_time() -> None:
    split = [work(on(0, "13:00"), 400, ref="b"), work(on(0, "05:00"), 400, ref="a")]
    (found,) = findings(split, "W01")
    assert found.references == ("a", "b")
