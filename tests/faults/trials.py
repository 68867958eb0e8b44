"""`python -m tests.faults.trials rebuilds kills [SECONDS]`, or `cluster`: something bad happens to a portal at work.

Ends with an error when a promise is broken: no search without an answer, nothing lost, and within a minute after all is well
again every index agrees with the database, document by document. Needs ELASTICSEARCH_SERVER_TEST, the folder of the server, for
nodes of its own; DATABASE_URL names another database than SQLite (it is emptied), REDIS_URL a Redis.
"""

import os
import signal
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.faults.installation import Installation
from tests.faults.nodes import Node, cluster, wait_for_copies

SECONDS = 60


def main(arguments: Sequence[str]) -> int:
    """Prepare a portal in a folder, do to it what was asked for, print how that went."""
    # Whoever ends this ends all that it started.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("ended"))
    names = [name for name in arguments if not name.isdigit()]
    seconds = next((int(number) for number in arguments if number.isdigit()), SECONDS)
    with tempfile.TemporaryDirectory(prefix="portal-trial-") as folder:
        root = Path(folder)
        nodes = cluster(root) if "cluster" in names else [Node(root / "node")]
        with running(root, nodes) as portal:
            from tests.faults.scenarios import SCENARIOS

            broken = [promise for name in names for promise in SCENARIOS[name](portal, nodes, seconds)]
        if broken:
            print((root / "processes.log").read_text(errors="replace")[-6_000:])
    for promise in broken:
        print(f"broken: {promise}")
    return bool(broken)


@contextmanager
def running(folder: Path, nodes: Sequence[Node]) -> Iterator[Installation]:
    """A portal with lessons and an index on these nodes, at work."""
    try:
        for node, beginning in [(node, node.begin()) for node in nodes]:
            node.wait(beginning)
        wait_for_copies(nodes)
        os.environ |= {
            "DJANGO_SETTINGS_MODULE": "tests.faults.settings",
            "PORTAL_VAR_DIR": str(folder),
            "ELASTICSEARCH_URLS": ",".join(node.url for node in nodes[:2]),
            "ELASTICSEARCH_PREFIX": "trial",
            "LOG_LEVEL": "ERROR",
        }
        import django

        django.setup()
        from tests.faults.agreement import fill

        fill()
        portal = Installation(folder)
        try:
            portal.start("web", "worker", "beat")
            portal.wait()
            portal.start("editor")
            yield portal
        finally:
            portal.stop()
    finally:
        for node in nodes:
            node.kill()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
