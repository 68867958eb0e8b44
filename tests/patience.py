"""Time limits that hold on a busy machine too."""

import os


def within(seconds: float) -> float:
    """This limit for a machine of our own; as many times longer as there is work for each of its processors."""
    return seconds * max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1))
