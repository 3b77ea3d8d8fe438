"""`bin/manage load_demo`."""

from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command

from tests.support import people


@pytest.mark.django_db
def test_it_says_so_when_there_is_data_already() -> None:
    people.agency()
    with pytest.raises(CommandError, match="only goes into an empty database"):
        call_command("load_demo")
