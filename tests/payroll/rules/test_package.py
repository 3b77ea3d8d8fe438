import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).parents[3]


def test_the_rules_need_no_framework() -> None:
    code = "import sys, kis.payroll.rules, kis.payroll.rules.jsonlines; sys.exit('django' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False, timeout=60).returncode == 0
