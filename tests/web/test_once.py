import uuid

import pytest

from kis.web.once import OnceForm


def test_each_page_gives_its_form_another_number() -> None:
    first, second = (uuid.UUID(OnceForm()["form_id"].value()) for _ in range(2))
    assert first != second


def test_a_form_shown_again_keeps_its_number() -> None:
    number = str(uuid.uuid4())
    assert f'value="{number}"' in str(OnceForm({"form_id": number})["form_id"])


@pytest.mark.parametrize("sent", [{}, {"form_id": ""}, {"form_id": "geen-nummer"}, {"form_id": "\x00"}])
def test_a_form_without_a_number_is_good_too(sent: dict[str, str]) -> None:
    form = OnceForm(sent)
    assert form.is_valid()
    assert form.cleaned_data["form_id"] is None
