"""`python -m tests.benchmarks.bench_import 1000`: how long an import of this many lessons takes, beside pages written one by one.

Figures go to the screen and to var/bench/import.json. DATABASE_URL names another database than SQLite (it is emptied).
"""

import os
import sys
import tempfile
from functools import partial
from pathlib import Path

import django

RESULTS = Path(__file__).resolve().parents[2] / "var" / "bench"
# So many are written as the editor does it, to compare.
ONE_BY_ONE = 50


def main(number: int, folder: Path) -> None:
    """Measure on a database that is thrown away."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.benchmarks.settings")
    os.environ["BENCH_DIR"] = str(folder)
    django.setup()
    # Only now, with Django set up.
    from django.core.management import call_command

    from lessons.exports.files import write_xlsx
    from lessons.exports.rows import columns_for, rows_for
    from lessons.imports import jobs
    from lessons.imports.writing import index_pages
    from lessons.models import ImportJob, LessonPage
    from tests import factories
    from tests.benchmarks.measuring import once, table, write
    from tests.lessons.tables import lessons, waiting_job, xlsx

    call_command("migrate", verbosity=0)
    call_command("flush", interactive=False, verbosity=0)
    call_command("load_vocabulary", verbosity=0)
    index = factories.LessonIndexFactory(parent=factories.make_site())
    rows = lessons(number)
    for row in rows:
        row |= {
            f"Stap {step}": f"Aan de slag, 10 minuten: Stap {step}\n{'Wat er in deze stap gebeurt. ' * 12}"
            for step in range(3, 7)
        }
    job = waiting_job(xlsx(folder / "lessen.xlsx", rows), index)
    again = waiting_job(folder / "lessen.xlsx", index, job.user)
    work, check = partial(jobs.work_on, job.pk), partial(jobs.work_on, again.pk)

    def one_by_one() -> None:
        for one in range(ONE_BY_ONE):
            factories.LessonFactory(parent=index, title=f"Los {one}", live=False)

    def export() -> None:
        pages = LessonPage.objects.all()
        columns = columns_for(pages)
        with (folder / "uit.xlsx").open("wb") as file:
            write_xlsx(file, rows_for(pages, columns), columns)

    measures = {"dry run": once(work)}
    jobs.confirm(job)
    measures["carrying out (reads once more)"] = once(work)
    job.refresh_from_db()
    measures["indexing for editors, afterwards"] = once(lambda: index_pages(job.written))
    measures["dry run again, all unchanged"] = once(check)
    measures["export as XLSX"] = once(export)
    measures[f"{ONE_BY_ONE} pages one by one"] = once(one_by_one)
    counts = ImportJob.objects.get(pk=again.pk).report["counts"]
    if (len(job.written), counts["unchanged"]) != (number, number):
        raise SystemExit(f"not imported as it should be: {job.message} {counts}")
    title = f"import of {number} lessons"
    sys.stdout.write(table(title, measures, base="carrying out (reads once more)") + "\n")
    write(RESULTS, "import", {title: measures})


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="portal-bench-") as name:
        main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000, Path(name))
