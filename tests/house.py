"""What the source text says about the shape of the house: who stands on whom, what circles, what grew too big.

Reads files and imports none of them. Every rule is a function from a `House` to a list of sentences, empty when all is well.
"""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

# Imports point down: from a package to one on a lower floor.
FLOORS = {"portal": 0, "search": 1, "lessons": 2, "schools": 2}
# And inside a package from a room to one on a lower level. The package itself (settings, addresses) stands above its rooms.
LEVELS = {
    # Only says what is personal, and stands on nothing.
    "portal.privacy": -1,
    "portal.stamps": 0,
    "portal.background": 0,
    "portal.health": 0,
    "portal.characters": 0,
    "portal.honeypot": 0,
    "portal.passwords": 0,
    "portal.senders": 0,
    "portal.audit": 1,
    "portal.spreadsheets": 0,
    "portal.inspecting": 0,
    "portal.policies": 0,
    "portal.outbox": 1,
    "portal.vocabulary": 1,
    "portal.media": 1,
    "portal.accounts": 2,
    "portal.content": 3,
    "portal.feedback": 4,
    "portal.workdays": 4,
    "portal": 5,
    "search": 0,
    "lessons": 0,
    "schools": 0,
}
RELATION_ENDINGS = ("ForeignKey", "OneToOneField", "ManyToManyField", "ParentalKey", "ParentalManyToManyField")
LONGEST_FILE = 400
LONGEST_FUNCTION = 60
# Names that say nothing about what is inside.
EMPTY_NAMES = {"utils", "util", "helpers", "helper", "common", "misc"}


@dataclass(frozen=True)
class Module:
    """One Python file: its dotted name, its text and what it parses to."""

    name: str
    path: Path
    text: str
    tree: ast.Module

    @property
    def package(self) -> str:
        """The first part of its name."""
        return self.name.partition(".")[0]

    @property
    def is_migration(self) -> bool:
        """Whether Django wrote it."""
        return "migrations" in self.path.parts

    def imports(self) -> Iterator[tuple[str, int]]:
        """Dotted names it imports and where, inside functions too; `import_module("…")` counts."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                yield from ((alias.name, node.lineno) for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                yield from ((f"{'.' * node.level}{node.module or ''}.{alias.name}", node.lineno) for alias in node.names)
            elif isinstance(node, ast.Call) and _name(node.func) in {"import_module", "import_string"}:
                yield from ((text, node.lineno) for text in _strings(node.args))


class House:
    """All Python files below a folder: the packages of `FLOORS` and the tests."""

    def __init__(self, root: Path) -> None:
        self.root = root
        paths = sorted(path for top in (*FLOORS, "tests") for path in (root / top).rglob("*.py"))
        self.modules = {module.name: module for module in (self._read(path) for path in paths)}
        self.code = [module for module in self.modules.values() if module.package != "tests"]

    def _read(self, path: Path) -> Module:
        text = path.read_text(encoding="utf-8")
        parts = path.relative_to(self.root).with_suffix("").parts
        name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        return Module(name, path.relative_to(self.root), text, ast.parse(text, str(path)))

    def room(self, name: str) -> str:
        """The app that a module lies in (`portal.media`), itself when it has a level of its own, or else its package."""
        parts = name.split(".")
        for depth in range(len(parts), 0, -1):
            room = ".".join(parts[:depth])
            if room in LEVELS or f"{room}.apps" in self.modules:
                return room
        return parts[0]

    @cached_property
    def rooms_by_label(self) -> dict[str, str]:
        """Django's label of each app → its room."""
        return {
            room.rpartition(".")[2]: room
            for room in (name.removesuffix(".apps") for name in self.modules if name.endswith(".apps"))
        }

    def target(self, name: str) -> str:
        """The module of this house that an imported name leads to; empty for other people's code."""
        while name and name not in self.modules:
            name = name.rpartition(".")[0]
        return name

    def wrong_step(self, source: str, target: str) -> str:
        """Why code in the room of `source` may not use the room of `target`; empty when it may."""
        here, there = self.room(source), self.room(target)
        packages = here.partition(".")[0], there.partition(".")[0]
        if here == there:
            return ""
        if packages[0] != packages[1]:
            down = FLOORS[packages[1]] < FLOORS[packages[0]]
        elif unplaced := {here, there} - LEVELS.keys():
            return f"{unplaced.pop()} has no level yet: give it one in tests/house.py"
        else:
            down = LEVELS[there] < LEVELS[here]
        return "" if down else f"{here} may not use {there}"


def _name(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def _strings(nodes: list[ast.expr]) -> list[str]:
    return [node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)]


def wrong_imports(house: House) -> list[str]:
    """Imports that point up or sideways, of tests by code, and relative ones."""
    found = []
    for module in house.code:
        for name, line in module.imports():
            target = house.target(name)
            if name.startswith("."):
                found.append(f"{module.path}:{line} imports {name}: write the whole name")
            elif name.partition(".")[0] == "tests":
                found.append(f"{module.path}:{line} imports {name}: code knows nothing of its tests")
            elif target and (reason := house.wrong_step(module.name, target)):
                found.append(f"{module.path}:{line} imports {name}: {reason}")
    return found


def wrong_relations(house: House) -> list[str]:
    """Foreign keys by name (`"lessons.LessonPage"`), in models and migrations, that point up or sideways."""
    found = []
    for module in house.code:
        for node in ast.walk(module.tree):
            if not (isinstance(node, ast.Call) and _name(node.func).endswith(RELATION_ENDINGS)):
                continue
            named = [keyword.value for keyword in node.keywords if keyword.arg in {"to", "through"}]
            for text in _strings([*node.args[:1], *named]):
                room = house.rooms_by_label.get(text.partition(".")[0], "") if "." in text else ""
                if room and (reason := house.wrong_step(module.name, room)):
                    found.append(f"{module.path}:{node.lineno} points to {text}: {reason}")
    return found


def wrong_migrations(house: House) -> list[str]:
    """Migrations that depend on, or run before, those of an app above or beside."""
    found = []
    for module in house.code:
        if not module.is_migration:
            continue
        for node in ast.walk(module.tree):
            names = [_name(target) for target in node.targets] if isinstance(node, ast.Assign) else []
            if not {"dependencies", "run_before"} & set(names):
                continue
            for pair in ast.walk(node):
                strings = _strings(pair.elts) if isinstance(pair, ast.Tuple) else []
                room = house.rooms_by_label.get(strings[0], "") if strings else ""
                if room and (reason := house.wrong_step(module.name, room)):
                    found.append(f"{module.path}:{pair.lineno} {names[0]} name {strings[0]}: {reason}")
    return found


def circles(house: House) -> list[str]:
    """One circle of modules that import each other, if there is any; imports inside functions count."""
    graph = {
        module.name: {target for name, _ in module.imports() if (target := house.target(name)) and target != module.name}
        for module in house.code
    }
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        return [" ← ".join(error.args[1])]
    return []


def too_long(house: House) -> list[str]:
    """Files of more than `LONGEST_FILE` lines (migrations aside) and functions of more than `LONGEST_FUNCTION`."""
    found = []
    for module in house.modules.values():
        lines = module.text.count("\n")
        if lines > LONGEST_FILE and not module.is_migration:
            found.append(f"{module.path} has {lines} lines")
        for node in ast.walk(module.tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                length = (node.end_lineno or node.lineno) - node.lineno + 1
                if length > LONGEST_FUNCTION:
                    found.append(f"{module.path}:{node.lineno} {node.name} has {length} lines")
    return found


def empty_names(house: House) -> list[str]:
    """Modules named after nothing in particular."""
    return [f"{module.path} is named after nothing" for module in house.modules.values() if module.path.stem in EMPTY_NAMES]
