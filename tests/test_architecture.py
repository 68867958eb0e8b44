"""The house keeps its shape. Each rule is tried on a house with a planted fault too: a rule that sees nothing proves nothing."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings

from tests import house
from tests.house import House

Rule = Callable[[House], list[str]]

RULES = [
    house.wrong_imports,
    house.wrong_relations,
    house.wrong_migrations,
    house.circles,
    house.too_long,
    house.empty_names,
]

# A house in which all is well: each file, and what stands in it.
SOUND = {
    "portal/__init__.py": "",
    "portal/urls.py": "from portal.content.views import home",
    "portal/stamps/apps.py": "",
    "portal/stamps/models.py": "",
    "portal/media/apps.py": "",
    "portal/media/models.py": "from portal.stamps.models import bump",
    "portal/vocabulary/apps.py": "",
    "portal/vocabulary/models.py": "",
    "portal/content/apps.py": "",
    "portal/content/models.py": 'ForeignKey("media.PortalImage")\nForeignKey("self")\nForeignKey("wagtailcore.Page", "lessons")',
    "portal/content/views.py": "from portal.content.models import Page",
    "portal/content/migrations/0001_initial.py": 'class M:\n    dependencies = [("media", "0001_initial"), ("wagtailcore", "1")]',
    "search/apps.py": "def ready():\n    import_module('search.content')",
    "search/content.py": "from portal.content import models",
    "lessons/__init__.py": "",
    "lessons/apps.py": "",
    "lessons/models.py": "from search.content import x\nimport os\nForeignKey('content.Page')",
    "schools/apps.py": "",
    "schools/models.py": "import search.content",
    "tests/test_lessons.py": "import lessons.models",
}

LONG_FUNCTION = "def f():\n" + "    pass\n" * house.LONGEST_FUNCTION

# Rule, the file that goes wrong, and how.
FAULTS: list[tuple[Rule, str, str]] = [
    (house.wrong_imports, "portal/content/views.py", "import lessons.models"),
    (house.wrong_imports, "portal/content/views.py", "def f():\n    from search import content"),
    (house.wrong_imports, "portal/content/views.py", "import_module('lessons.models')"),
    (house.wrong_imports, "portal/content/views.py", "from portal import urls"),
    (house.wrong_imports, "portal/urls.py", "from search.content import x"),
    (house.wrong_imports, "portal/media/models.py", "from portal.content.models import Page"),
    (house.wrong_imports, "portal/media/models.py", "from portal.vocabulary.models import Concept"),
    (house.wrong_imports, "search/content.py", "import lessons"),
    (house.wrong_imports, "lessons/models.py", "from schools.models import School"),
    (house.wrong_imports, "schools/models.py", "async def f():\n    import lessons.models"),
    (house.wrong_imports, "lessons/models.py", "from tests.test_lessons import x"),
    (house.wrong_imports, "lessons/models.py", "from .apps import x"),
    (house.wrong_imports, "portal/newroom/apps.py", "import portal.stamps.models"),
    (house.wrong_relations, "portal/content/models.py", 'models.ForeignKey("lessons.LessonPage")'),
    (house.wrong_relations, "lessons/models.py", 'ParentalManyToManyField(verbose_name="x", to="schools.School")'),
    (house.wrong_relations, "schools/models.py", 'models.ManyToManyField("content.Page", through="lessons.Use")'),
    (house.wrong_relations, "portal/media/models.py", 'OneToOneField("content.Page")'),
    (house.wrong_relations, "search/migrations/0001_initial.py", 'models.ForeignKey(to="lessons.lessonpage")'),
    (house.wrong_migrations, "portal/content/migrations/0001_initial.py", 'dependencies = [("search", "0001_initial")]'),
    (house.wrong_migrations, "schools/migrations/0002_more.py", 'class M:\n    dependencies = [("x", "1"), ("lessons", "0001")]'),
    (house.wrong_migrations, "search/migrations/0002_more.py", 'run_before = [("schools", "0001_initial")]'),
    (house.circles, "portal/content/models.py", "def f():\n    from portal.content.views import x"),
    (house.circles, "search/apps.py", "import search.content, search.a\n"),
    (house.too_long, "lessons/models.py", "x = 1\n" * (house.LONGEST_FILE + 1)),
    (house.too_long, "tests/test_lessons.py", LONG_FUNCTION),
    (house.too_long, "lessons/models.py", f"class C:\n    async {LONG_FUNCTION.replace('    ', '        ')}"),
    (house.empty_names, "lessons/utils.py", ""),
    (house.empty_names, "search/helpers.py", ""),
    (house.empty_names, "portal/content/common.py", ""),
]
# The other half of a planted circle.
OTHER_HALVES = {"search/apps.py": {"search/a.py": "from search.b import x", "search/b.py": "from search import a"}}


def build(folder: Path, files: dict[str, str]) -> House:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return House(folder)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_house_keeps_the_rule(rule: Rule) -> None:
    assert rule(House(settings.BASE_DIR)) == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_rule_finds_nothing_in_a_sound_house(rule: Rule, tmp_path: Path) -> None:
    assert rule(build(tmp_path, SOUND)) == []


@pytest.mark.parametrize(("rule", "name", "text"), FAULTS, ids=lambda value: getattr(value, "__name__", None))
def test_the_rule_finds_a_planted_fault(rule: Rule, name: str, text: str, tmp_path: Path) -> None:
    sentences = rule(build(tmp_path, {**SOUND, name: text, **OTHER_HALVES.get(name, {})}))
    assert len(sentences) == 1
    assert name.removesuffix(".py").replace("/", ".") in sentences[0] or name in sentences[0] or name in OTHER_HALVES


def test_long_migrations_are_allowed(tmp_path: Path) -> None:
    files = {**SOUND, "lessons/migrations/0001_initial.py": "x = 1\n" * (house.LONGEST_FILE + 1)}
    assert house.too_long(build(tmp_path, files)) == []


def test_every_file_is_read() -> None:
    modules = House(settings.BASE_DIR).modules
    assert {"portal.content.apps", "search.finder", "lessons.models.lesson", "tests.house"} <= modules.keys()
