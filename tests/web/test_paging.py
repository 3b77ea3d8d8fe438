import pytest
from django.http import HttpRequest
from django.test import RequestFactory

from kis.staffing.models import Worker
from kis.web.paging import Page, page_of
from tests.support import people

pytestmark = pytest.mark.django_db


def look(query: str = "") -> HttpRequest:
    return RequestFactory().get(f"/?{query}")


def page(query: str, order: tuple[str, ...]) -> Page:
    return page_of(look(query), Worker.objects.all(), order=order, length=4)


@pytest.mark.parametrize("order", [("search", "pk"), ("-search", "-pk"), ("-pk",), ("-user__name", "-pk")])
def test_page_after_page_every_row_comes_once_in_order(order: tuple[str, ...]) -> None:
    people.many_workers(10)
    seen, query = [], "q=x"
    while True:
        found = page(query, order)
        seen += found.rows
        if not found.following:
            break
        query = found.following
        assert "q=x" in query
    assert seen == list(Worker.objects.order_by(*order))


def test_a_key_that_is_not_ours_starts_at_the_beginning() -> None:
    people.many_workers(5)
    assert page("after=rubbish", ("pk",)).is_first
