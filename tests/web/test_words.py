"""Words that several pages share."""

import datetime as dt

import pytest
from django.utils import translation

from kis.staffing.parties import Party
from kis.timesheets.hours import PROBLEMS
from kis.timesheets.models import Step
from kis.timesheets.signals import Signal
from kis.timesheets.workflow import PHASES, TURN, Act, State
from kis.timesheets.working_time import Severity
from kis.web import words

FRIDAY = dt.date(2026, 11, 27)


@pytest.fixture(autouse=True)
def _in_dutch():
    with translation.override("nl"):
        yield


def test_every_state_act_phase_and_problem_has_its_word():
    assert set(words.STATES) == set(State)
    assert set(words.ACTS) == set(Act)
    assert set(words.PHASES) == set(PHASES)
    assert set(words.PARTIES) == set(Party)
    assert set(words.PROBLEMS) >= PROBLEMS


def test_the_phases_are_called_as_in_the_guide():
    assert [str(word) for word in words.PHASES.values()] == [
        "Door eerste accordering",
        "Door tussenliggende accordering",
        "Door laatste accordering",
    ]
    assert all(words.phase_short(phase) for phase in PHASES)


def test_the_six_states_have_six_words():
    assert len({str(word) for word in words.STATES.values()}) == len(State)


@pytest.mark.parametrize(
    ("state", "reader", "name", "said"),
    [
        (State.SUBMITTED, Party.CLIENT, "", "bij u"),
        (State.DRAFT, Party.WORKER, "", "bij jou"),
        (State.ACCEPTED, Party.AGENCY, "", "bij ons"),
        (State.SUBMITTED, Party.WORKER, "", "bij de opdrachtgever"),
        (State.SUBMITTED, Party.WORKER, "Carla de Groot", "bij Carla de Groot"),
        (State.SUBMITTED, None, "", "bij de opdrachtgever"),
        (State.APPROVED, Party.AGENCY, "", "bij de verloning"),
        (State.PAID, Party.WORKER, "", ""),
    ],
)
def test_whose_turn_it_is_depends_on_who_reads_it(state: State, reader: Party | None, name: str, said: str):
    assert words.with_whom(TURN[state], reader, name) == said


@pytest.mark.parametrize(
    "code", ["outside_placement", "missing_break", "long_shift", "overlap", "overlap_elsewhere", "unusual"]
)
def test_every_signal_is_a_sentence_with_its_figures(code: str):
    said = words.signal_words(Signal(code, FRIDAY, {"worked_minutes": 735, "usual_minutes": 480}))
    assert said.endswith(".")
    assert "%(" not in said


def test_a_signal_says_how_far_from_usual():
    unusual = Signal("unusual", FRIDAY, {"worked_minutes": 735, "usual_minutes": 480})
    assert words.signal_words(unusual) == "12:15, terwijl 8:00 op deze dag gewoon is."
    assert words.signal_title(unusual) == words.signal_words(unusual)
    free = Signal("unusual", FRIDAY, {"worked_minutes": 480, "usual_minutes": 0})
    assert words.signal_words(free) == "8:00 gewerkt, op een dag die anders vrij is."


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("W05", "Te weinig rust tussen diensten"),
        ("unusual", "Anders dan de gewone week"),
        ("long_shift", "Dienst te lang"),
    ],
)
def test_what_a_signal_was_about_is_said_from_its_code_alone(code: str, said: str):
    assert words.signal_subject(code) == said


def test_a_signal_of_the_law_speaks_dutch_and_leads_to_its_article():
    short = Signal("W05.once", FRIDAY, {"measured_minutes": 630, "limit_minutes": 660})
    assert "is de langste rust 10:30 uur; 11:00 is nodig." in words.signal_words(short)
    assert words.signal_title(short) == "Te weinig rust tussen diensten"
    assert short.rule
    assert words.article_words(short.rule.articles[0]) == "Arbeidstijdenwet 5:3"


def test_a_signal_without_its_figures_says_only_what_it_is_about():
    said = words.signal_words(Signal("W02", None, {}, Severity.RED, shared=True))
    assert said == "Week te lang. Een deel hiervan ligt buiten de eigen diensten en is hier niet te zien."


@pytest.mark.parametrize("level", Severity)
def test_how_grave_a_signal_is_stands_in_a_shape_and_a_word(level: Severity):
    signal = Signal("W02", None, level=level)
    assert len(words.signal_shape(signal)) == 1
    assert words.signal_level(signal).endswith(":")


def test_a_step_says_who_did_what_and_for_whom():
    carla = Step(act=Act.ACCEPT, actor_name="Carla de Groot")
    assert words.step_words(carla) == "Carla de Groot accepteerde de uren"
    esra = Step(act=Act.ACCEPT, actor_name="Esra Yilmaz", on_behalf_of=Party.CLIENT, on_behalf_of_name="Carla de Groot")
    assert words.step_words(esra) == "Esra Yilmaz voor Carla de Groot accepteerde de uren"
    esra.on_behalf_of_name = ""
    assert words.step_words(esra) == "Esra Yilmaz voor de opdrachtgever accepteerde de uren"


def test_a_reason_is_the_predefined_one_and_ones_own_words_behind_it():
    assert words.step_reason(Step(reason="Vrijdag klopt niet.")) == "Vrijdag klopt niet"
    both = words.step_reason(Step(reason_code="break_missing", reason="Vrijdag klopt niet."))
    assert both.endswith(". Vrijdag klopt niet")
    assert words.step_reason(Step()) == ""
