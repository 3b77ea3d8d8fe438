"""Several people bill at once: each bill line stands on one invoice, and numbers follow each other."""

from __future__ import annotations

from kis.billing import operations
from kis.billing.models import Invoice, InvoicedLine
from kis.core.weeks import Week
from kis.payroll.models import BillLine
from tests.billing import billed
from tests.races.rivals import Rivals
from tests.support import people

ROUNDS = 8


def waits(week: Week) -> list[str]:
    """A paid week at each of two clients, and the turns that bill them: the bakery twice, the transport firm once."""
    billed.approved(people.ana(), people.bakery(), week)
    billed.approved(people.bram(), people.transport(), week)
    billed.paid(week)
    esra, finn = people.esra().user_id, people.finn().user_id
    bakery, transport = operations.waiting()
    return [
        f"issue {esra} {bakery.client.pk} {bakery.upto}",
        f"issue {finn} {bakery.client.pk} {bakery.upto}",
        f"issue {finn} {transport.client.pk} {transport.upto}",
    ]


def test_of_two_who_bill_the_same_one_does_and_numbers_have_no_gap(rivals: Rivals) -> None:
    billed.ready(people.bakery(), people.transport())
    week = people.WEEK
    for _ in range(ROUNDS):
        *same, other = rivals.race(*waits(week))
        week = week.next
        assert same.count("nothing to bill") == 1, same
        assert other != "nothing to bill"
    assert sorted(Invoice.objects.values_list("sequence", flat=True)) == list(range(1, 2 * ROUNDS + 1))
    assert InvoicedLine.objects.count() == BillLine.objects.count()
