import subprocess
import sys
import time

import psutil
import pytest

PARENT = """
import sys, time
from kis.config import processes
print(processes.start([sys.executable, "-c", "import time; time.sleep(60)"]).pid, flush=True)
time.sleep(60)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a child that its parent is gone")
def test_a_process_ends_when_the_one_that_started_it_is_killed():
    parent = subprocess.Popen([sys.executable, "-c", PARENT], stdout=subprocess.PIPE, text=True)
    assert parent.stdout
    with parent.stdout:
        child = psutil.Process(int(parent.stdout.readline()))
    time.sleep(0.1)
    assert child.is_running()
    parent.kill()
    parent.wait()
    child.wait(timeout=5)
    assert not child.is_running()
