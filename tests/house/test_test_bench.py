"""The tests' own tools do what they promise; otherwise every test that leans on them is worth nothing."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.cache import cache
from zeal import zeal_context
from zeal.errors import NPlusOneError

from kis.accounts.models import User
from kis.core import clock
from kis.core.models import AuditEntry
from kis.staffing.models import Worker
from tests.support import people, translations
from tests.support.queries import SameQueries


def _users(count: int) -> None:
    already = User.objects.count()
    for number in range(already, already + count):
        User.objects.create(email=f"worker{number}@example.nl", name=f"Worker {number}")


def test_a_list_that_costs_the_same_passes(same_queries: SameQueries):
    assert same_queries(_users, lambda: list(User.objects.all())) == 1


def test_a_list_that_asks_once_more_per_row_is_found_out(same_queries: SameQueries):
    with pytest.raises(AssertionError, match="3 rows, 31 for 30"):
        same_queries(_users, lambda: [User.objects.filter(pk=user.pk).count() for user in User.objects.all()])


@pytest.mark.django_db
def test_a_page_that_fetches_a_neighbour_per_row_is_found_out():
    people.ana()
    people.bram()
    with zeal_context(), pytest.raises(NPlusOneError):
        [str(worker.user) for worker in Worker.objects.all()]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("time", ["first", "second"])
def test_what_only_grows_is_gone_before_the_next_test(time: str):
    assert (AuditEntry.objects.count(), cache.get("count")) == (0, None), time
    cache.set("count", 1)
    AuditEntry.objects.create(
        at=clock.now(), actor_name="Esra Yilmaz", party="agency", act="test", subject_type="test", subject_id="1"
    )


def test_another_process_sees_the_database_of_the_test(process_environment: dict[str, str]):
    people.ana()
    program = "import django; django.setup(); from kis.staffing.models import Worker; print(Worker.objects.count())"
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", program], env=process_environment, capture_output=True, text=True
    )
    assert done.stdout.strip() == "1", done.stderr


@pytest.mark.skipif(not shutil.which("xgettext"), reason="gettext: xgettext is not on this machine")
def test_a_text_without_translation_is_named(tmp_path: Path):
    app = tmp_path / "kis" / "pages"
    (app / "locale").mkdir(parents=True)
    (app / "words.py").write_text("from django.utils.translation import gettext\ngettext('Accept')\n")
    assert list(translations.problems(tmp_path / "kis")) == [
        "kis/pages/locale/nl/LC_MESSAGES/django.po: not translated: 'Accept'"
    ]
