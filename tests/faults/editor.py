"""`python -m tests.faults.editor`: publishes, withdraws, deletes and adds lessons until it is killed."""

import os
import random
import time

import django

# Between two changes, in seconds.
PAUSE = float(os.environ.get("EDITOR_PAUSE", "0.2"))
# Every lesson's title begins with this word, so that a question for it has answers at any moment.
COMMON = "Zwoblix"


def main() -> None:
    """Change one lesson after the other, each in a transaction as Wagtail's admin does it here."""
    django.setup()
    from django.db import transaction

    from lessons.models import LessonIndexPage, LessonPage
    from tests import factories

    chance = random.Random()
    for number in range(10**9):
        with transaction.atomic():
            page = LessonPage.objects.order_by("?").first()
            turn = chance.random()
            if page is None or turn < 0.1:
                factories.LessonFactory(
                    parent=LessonIndexPage.objects.get(), title=title(chance), slug=f"les-{os.getpid()}-{number}"
                )
            elif turn < 0.2:
                page.unpublish()
            elif turn < 0.28:
                page.delete()
            else:
                page.title = title(chance)
                page.save_revision(clean=False).publish(skip_permission_checks=True)
        time.sleep(PAUSE)


def title(chance: random.Random) -> str:
    """A title that no other lesson has, of which the last word occurs nowhere else."""
    return f"{COMMON} {''.join(chance.choices('bcdfghjklmnprtvw', k=14))}"


if __name__ == "__main__":
    main()
