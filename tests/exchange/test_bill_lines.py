"""Bill lines as a table."""

import dataclasses
import io

from kis.exchange import bill_lines
from kis.exchange.invoices import Vat
from tests.exchange.bills import line, sample


def test_a_line_per_bill_line_with_its_card_and_its_vat() -> None:
    back = line("-33.60", "-1.00", "33.60", vat=Vat.REVERSE_CHARGE, cost_centre="173", order_line="7")
    correction = dataclasses.replace(sample(), number="2026-0049", lines=(back,), corrects="2026-0048")
    target = io.BytesIO()
    bill_lines.to_csv(target, [sample(), correction])
    header, first, second, third = target.getvalue().decode("utf-8-sig").splitlines()
    assert header == (
        "factuur;relatie;naam;regel;soort;omschrijving;week;aantal;eenheid;prijs;bedrag;btw;"
        "kostenplaats;bestelregel;kaartregel"
    )
    assert first == (
        "2026-0048;223445;Bakkerij De Groot;1;Regular;Ana Kowalska, 24-11-2026;2026-W48;4,00;uur;33,60;134,40;21 %;"
        ";;TC-2026-48-100001#1"
    )
    assert second.split(";")[3:5] == ["2", "Additional"]
    assert third.endswith(";-1,00;uur;33,60;-33,60;Btw verlegd;173;7;")
