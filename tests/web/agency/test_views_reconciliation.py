from django.test import Client as Browser

from kis.timesheets.workflow import State
from tests.support import people, walk


def page(browser: Browser, address: str = "/agency/reconciliation/2026-W48/") -> str:
    return browser.get(address).content.decode()


def test_the_page_says_where_every_hour_stands() -> None:
    walk.to(people.sheet(people.ana()), State.PAID)
    walk.to(people.sheet(people.bram()), State.SUBMITTED)
    text = page(people.signed_in(people.esra()))
    assert "Er is 80:00 uur gewerkt, daarvan is 40:00 uur verloond. Alles klopt." in text


def test_a_week_without_timesheets_says_so() -> None:
    assert "Geen werkbriefjes in deze week" in page(people.signed_in(people.esra()), "/agency/reconciliation/2020-W10/")


def test_the_week_before_the_current_one_comes_first() -> None:
    assert "week 47" in page(people.signed_in(people.esra()), "/agency/reconciliation/")
