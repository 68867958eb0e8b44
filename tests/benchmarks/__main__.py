"""`python -m tests.benchmarks 1000 10000`: the portal beside stock Wagtail, on the same texts, in one run for each size.

Figures go to the screen and to var/bench/<size>.json. DATABASE_URL names another database than SQLite (it is emptied).
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve()
RESULTS = HERE.parents[2] / "var" / "bench"


def main(sizes: list[str]) -> int:
    """Run one process a size, each with a folder of its own."""
    for size in sizes:
        with tempfile.TemporaryDirectory(prefix="portal-bench-") as folder:
            own = {"DJANGO_SETTINGS_MODULE": "tests.benchmarks.settings", "BENCH_DIR": folder, "PORTAL_VAR_DIR": folder}
            environment = {**os.environ, **own}
            done = subprocess.run(
                [sys.executable, "-m", "tests.benchmarks.one_size", size, str(RESULTS)], env=environment, check=False
            )
            if done.returncode:
                return done.returncode
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:] or ["1000", "10000"]))
