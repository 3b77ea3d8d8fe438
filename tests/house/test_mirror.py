"""Tests lie where the code lies: kis/core/weeks.py is tested in tests/core/test_weeks.py.

Pages are tested page by page, through their addresses: all of kis/web/client in the test files of tests/web/client.
"""

from pathlib import Path

from tests.house import source

# What is tested elsewhere, and where.
ELSEWHERE = {
    "kis/accounts/adapter.py": "tests/web/account/test_home.py",  # throttle and refusals show on the log-in page
    "kis/demo/cast.py": "tests/demo/test_loading.py",  # the demo is looked at as a whole, as its visitor does
    "kis/demo/habits.py": "tests/demo/test_loading.py",
    "kis/demo/management/commands/load_demo.py": "tests/demo/test_loading.py",
    "kis/demo/papers.py": "tests/demo/test_loading.py",
    "kis/demo/staff.py": "tests/demo/test_loading.py",
    "kis/demo/weeks.py": "tests/demo/test_loading.py",
    "kis/staffing/letterhead.py": "tests/post/test_operations.py",  # it shows on every mail
    "kis/staffing/parties.py": "tests/staffing/test_actor.py",  # four words
    "kis/timesheets/refusals.py": "tests/web/client/test_views_review.py",  # words for codes
    "kis/web/chosen.py": "tests/web/client/test_views_status.py",  # what a form says it showed
    "kis/web/paths.py": "tests/web/client/test_views_status.py",  # words in addresses
    "kis/web/uploads.py": "tests/web/mailbox/test_views.py",  # a field of forms that are tested
    "kis/web/week_rows.py": "tests/web/client/test_views_review.py",  # what the week's table shows
    "kis/config/settings.py": "tests/config/test_environment.py",  # a list of values; how they are read is tested
    "kis/config/settings_test.py": "tests/conftest.py",  # every test runs on it
    "kis/config/wsgi.py": "tests/config/test_serve.py",  # the server starts from it
}
_NOT_TESTED_ALONE = {"__init__.py", "apps.py", "urls.py", "models.py"}


def test_every_module_has_its_test():
    missing = [source.name(path) for path in source.modules("kis") if not _has_test(path)]
    assert missing == []


def test_what_is_tested_elsewhere_still_is():
    assert [place for place in ELSEWHERE.values() if not (source.ROOT / place).exists()] == []
    assert [module for module in ELSEWHERE if not (source.ROOT / module).exists()] == []


def _has_test(path: Path) -> bool:
    name = source.name(path)
    folder = source.ROOT / "tests" / path.relative_to(source.ROOT / "kis").parent
    if path.name in _NOT_TESTED_ALONE or name in ELSEWHERE:
        return True
    if path.parent.parent.name == "web" and any(folder.glob("test_*.py")):
        return True
    return (folder / f"test_{path.name}").exists()
