"""The tags and filters of the pages, as a template uses them."""

import datetime as dt
from typing import Any

import pytest
from django import forms
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation

from kis.core import clock
from kis.timesheets.workflow import State
from tests.support import people, walk
from tests.support.time import Freeze

FIVE = clock.at(dt.date(2026, 11, 30), 17 * 60)


@pytest.fixture(autouse=True)
def _in_dutch(freeze: Freeze):
    freeze("2026-11-30 14:00")
    with translation.override("nl"):
        yield


def render(source: str, **context: Any) -> str:
    return Template("{% load kis %}" + source).render(Context(context)).replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("source", "value", "text"),
    [
        ("{{ it|hours }}", 450, "7:30"),
        ("{{ it|hours }}", None, "0:00"),
        ("{{ it|more_or_less }}", 30, "+0:30"),
        ("{{ it|more_or_less }}", -450, "−7:30"),
        ("{{ it|more_or_less }}", 0, "0:00"),
        ("{{ it|clock }}", 450, "07:30"),
        ("{{ it|clock }}", None, ""),
        ("{{ it|clock }}", 1440, "24:00"),
        ("{{ it|day }}", FIVE.date(), "ma 30 nov"),
        ("{{ it|day_long }}", FIVE.date(), "maandag 30 november"),
        ("{{ it|moment }}", FIVE, "ma 30 nov 17.00 uur"),
        ("{{ it|time_left }}", FIVE, "nog 3 uur"),
        ("{{ it|week_label }}", people.WEEK, "week 48"),
        ("{{ it|euros }}", 1250, "€ 12,50"),
        ("{{ it|euros }}", None, "€ 0,00"),
        ("{{ it|km }}", 24, "24 km"),
        ("{{ it|km }}", None, "0 km"),
        ("{{ it|file_size }}", 248_000, "248 kB"),
        ("{{ it|initials }}", "Carla de Groot", "CG"),
        ("{{ it|state_word }}", "submitted", "Doorgestuurd"),
        ("{{ it|as_date|day }}", "2026-11-30", "ma 30 nov"),
        ("{{ it|get:'a' }}", {"a": 1}, "1"),
        ("{{ it|get:'a' }}", None, "None"),
    ],
)
def test_a_filter_says_it_as_people_do(source: str, value: object, text: str):
    assert render(source, it=value) == text


@pytest.mark.parametrize("state", list(State))
def test_a_status_is_a_shape_a_word_and_a_colour(state: State):
    badge = render("{% status_badge state %}", state=state.value)
    assert f'class="badge {state}"' in badge
    assert "<svg" in badge
    assert render("{{ state|state_word }}", state=state) in badge


def test_the_six_shapes_differ():
    drawings = {render("{% status_badge state %}", state=state).split("</svg>")[0].split(">", 2)[2] for state in State}
    assert len(drawings) == len(State)


@pytest.mark.django_db
def test_a_status_says_whose_turn_it_is_to_whoever_reads(rf: RequestFactory):
    request = rf.get("/")
    request.actor = people.actor(people.carla())  # type: ignore[attr-defined]  # as the middleware sets it
    assert "bij u" in render("{% status_badge 'submitted' %}", request=request)
    assert "bij de opdrachtgever" in render("{% status_badge 'submitted' %}")
    assert "bij Carla de Groot" in render("{% status_badge 'submitted' name %}", name="Carla de Groot")
    assert "bij &lt;b&gt;" in render("{% status_badge 'submitted' name %}", name="<b>")


@pytest.mark.parametrize(
    ("now", "kind", "text"),
    [
        ("2026-11-27 09:00", "countdown", "nog 3 dagen"),
        ("2026-11-30 14:00", "countdown close", "nog 3 uur"),
        ("2026-11-30 17:01", "countdown past", "te laat"),
    ],
)
def test_a_countdown_stands_out_on_the_last_day(freeze: Freeze, now: str, kind: str, text: str):
    freeze(now)
    counted = render("{% countdown at %}", at=FIVE)
    assert f'class="{kind}"' in counted
    assert " ".join(_words(counted)) == text


def _words(html: str) -> list[str]:
    return "".join(f" {part.split('>')[-1]}" for part in html.split("<")).split()


@pytest.mark.django_db
def test_the_strip_of_a_timesheet_shows_what_was_refused():
    sheet = walk.to(people.sheet(), State.REFUSED)
    assert 'class="flag"' in render("{% week_strip sheet %}", sheet=sheet)
    assert 'class="flag"' not in render("{% week_strip sheet.hours %}", sheet=sheet)


@pytest.mark.django_db
def test_days_outside_the_job_have_no_baseline():
    job = people.placement(people.bram(), end=people.WEEK.days[2])
    sheet = people.sheet(job)
    drawn = render("{% week_strip sheet 'large' sheet.placement %}", sheet=sheet)
    assert drawn.count('class="base"') == 3


class _Form(forms.Form):
    name = forms.CharField(label="Naam", help_text="Zoals op het contract.")


def test_a_field_ties_label_hint_and_error_to_its_input():
    html = render("{% field form.name %}", form=_Form({"name": ""}))
    assert '<label for="id_name">' in html
    assert 'aria-describedby="id_name_helptext id_name_error"' in html
    assert 'id="id_name_helptext"' in html
    assert html.count('id="id_name_error"') == 1
    assert 'aria-invalid="true"' in html


def test_the_newest_of_a_row_of_weeks():
    assert render("{{ weeks|last_sheet }}", weeks=["a", "b", None]) == "b"
