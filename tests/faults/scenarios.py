"""What is done to a portal at work. Each function takes the portal, its nodes of Elasticsearch and a time in seconds, prints a
line and yields the promises that were broken. Needs Django set up, with the trial's environment."""

import random
import time
from collections.abc import Callable, Iterator, Sequence

from tests.faults.agreement import Agreement
from tests.faults.installation import Installation
from tests.faults.nodes import Node, wait_for_copies
from tests.faults.rebuilding import rebuild_under_way, rebuild_without_replay
from tests.faults.visitors import Tally, visitors

# The longest from the moment that all is well until every index is true.
AGREE_SECONDS = 60


def rebuilds(portal: Installation, nodes: Sequence[Node], seconds: int) -> Iterator[str]:
    """Build every index anew, time after time, each time held open until an editor has changed something and it was indexed."""
    # The control: what one would write without thinking must be seen to lose something.
    rebuild_without_replay("elasticsearch")
    portal.kill("editor")
    if Agreement.when_idle(AGREE_SECONDS).holds:
        yield "a rebuild that forgets what was changed meanwhile is not seen"
    portal.start("editor")
    done = 0
    with visitors(portal.url) as tally:
        until = time.monotonic() + seconds
        while not done or time.monotonic() < until:
            for sink in ("elasticsearch", "embedded"):
                rebuild_under_way(sink)
            done += 1
        yield from _ended(portal)
        portal.kill("editor")
        agreement = Agreement.wait(AGREE_SECONDS)
    print(f"rebuilds   {done} of each engine; {tally.line()}; {agreement.line()}", flush=True)
    yield from _answered(tally)
    yield from agreement.differences
    portal.start("editor")


def deaths_in_a_cluster(portal: Installation, nodes: Sequence[Node], seconds: int) -> Iterator[str]:
    """Kill one node with data, bring it back, kill the other."""
    with visitors(portal.url) as tally:
        for node in nodes[:2]:
            wait_for_copies(nodes)
            time.sleep(seconds / 6)
            node.kill()
            time.sleep(seconds / 3)
            node.start()
        wait_for_copies(nodes)
        yield from _ended(portal)
        portal.kill("editor")
        agreement = Agreement.wait(AGREE_SECONDS)
    print(f"cluster    each of two nodes killed once; {tally.line()}; {agreement.line()}", flush=True)
    yield from _answered(tally)
    yield from agreement.differences
    portal.start("editor")


def kills(portal: Installation, nodes: Sequence[Node], seconds: int) -> Iterator[str]:
    """Kill the worker, the web server, the editor and Elasticsearch at random, and start each again at once."""
    chance, node = random.Random(), nodes[0]
    beginning, killed = None, dict.fromkeys(("web", "worker", "editor", "node"), 0)
    with visitors(portal.url) as tally:
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            time.sleep(chance.uniform(1.0, 5.0))
            name = chance.choice(list(killed))
            if name != "node":
                portal.kill(name)
                portal.start(name)
            elif beginning is None or beginning.poll() is not None:
                node.kill()
                beginning = node.begin()
            else:
                # It is still coming up.
                continue
            killed[name] += 1
        portal.kill("editor")
        if beginning:
            node.wait(beginning)
        portal.wait()
        agreement = Agreement.wait(AGREE_SECONDS)
    times = ", ".join(f"{name} {number}" for name, number in killed.items())
    print(f"kills      {times}; {tally.line()}; {agreement.line()}", flush=True)
    if tally.errors or tally.empty:
        yield f"searches without an answer: {tally.line()}"
    yield from agreement.differences
    portal.start("editor")


SCENARIOS: dict[str, Callable[[Installation, Sequence[Node], int], Iterator[str]]] = {
    "rebuilds": rebuilds,
    "cluster": deaths_in_a_cluster,
    "kills": kills,
}


def _ended(portal: Installation) -> Iterator[str]:
    for name in portal.dead():
        yield f"{name} ended by itself"


def _answered(tally: Tally) -> Iterator[str]:
    if tally.errors or tally.away or tally.empty or not tally.asked:
        yield f"searches without an answer: {tally.line()}"
