"""`python -m tests.relevance`: the judged questions, asked of the finder (of both engines where
ELASTICSEARCH_URL_TEST names a server) and of Wagtail's own search over the demo content.

Prints nDCG@10, recall@10 and questions without any hit, and keeps them in var/relevance.json as {engine: {…}}. As the judgments
are by topic, all are asked with and without the names of a page's topics; goals count without.
"""

import os
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def main() -> int:
    """Load the demo content into a database of its own, ask, print and keep."""
    with tempfile.TemporaryDirectory(prefix="portal-relevance-") as folder:
        os.environ["BENCH_DIR"] = folder
        os.environ["DJANGO_SETTINGS_MODULE"] = "tests.benchmarks.settings"
        os.environ["DATABASE_URL"] = f"sqlite:///{folder}/relevance.sqlite3"
        import django

        django.setup()
        from tests.relevance.comparison import compare_engines

        compare_engines(ROOT / "var" / "relevance.json")
    return 0


if __name__ == "__main__":
    sys.exit(main())
