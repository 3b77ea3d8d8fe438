from kis.payroll.rules.problems import Invalid, Problem, invalid


def test_a_path_grows_from_the_inside_out() -> None:
    problem = Problem("from", "is missing").under("[2]").under("bands")
    assert problem.path == "bands[2].from"
    assert problem.under("rules").path == "rules.bands[2].from"


def test_a_refusal_says_where_and_what() -> None:
    wrong = Invalid([*invalid("a", "is %(what)s", what="wrong").problems, *invalid("", "is empty").problems])
    assert str(wrong) == "a: is wrong; is empty"
    assert str(wrong.under("b")) == "b.a: is wrong; b: is empty"
