"""Concepts as people type them: codes, names, official numbers or other names, several in a cell."""

import re
from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _
from rapidfuzz import fuzz, process

from lessons.imports.cells import CellError, shortened
from portal.vocabulary.lookup import ConceptValue, Vocabulary

MAX_CONCEPTS = 60
MAX_PROBLEMS = 3
SIMILAR = 75


def folded(text: str) -> str:
    """A name in the form in which names are compared."""
    return " ".join(text.casefold().split())


class ConceptNames:
    """Finds the concepts of the vocabulary by what people call them."""

    def __init__(self, words: Vocabulary) -> None:
        self.words = words
        self._schemes: dict[str, dict[str, list[ConceptValue]]] = {}

    def many(self, scheme: str, text: str) -> list[int]:
        """The keys of the concepts in a text, in its order: separated by semicolon, line break or comma (a name may hold commas).
        Raises CellError, with the first names that are unknown or have several meanings."""
        names = [name for piece in re.split(r"[;\n]", text) for name in self._in_piece(scheme, piece.strip())]
        if len(names) > MAX_CONCEPTS:
            raise CellError(_("These are more than %(number)s.") % {"number": MAX_CONCEPTS})
        found: dict[int, None] = {}
        problems: list[str] = []
        for name in names:
            try:
                found[self.one(scheme, name).pk] = None
            except CellError as error:
                problems.append(str(error))
        if problems:
            raise CellError(" ".join(problems[:MAX_PROBLEMS]))
        return list(found)

    def knows(self, scheme: str, text: str) -> bool:
        """Whether this is the name of one concept or several."""
        return folded(text) in self._names(scheme)

    def one(self, scheme: str, text: str) -> ConceptValue:
        """The concept of this name. Raises CellError when it is unknown or has several meanings."""
        found = self._names(scheme).get(folded(text), [])
        if len(found) > 1:
            codes = ", ".join(concept.code for concept in found[:6])
            raise CellError(
                _("“%(value)s” can be several things. Use one of the codes: %(codes)s.")
                % {"value": shortened(text), "codes": codes}
            )
        if found:
            return found[0]
        near = process.extractOne(folded(text)[:100], self._names(scheme).keys(), scorer=fuzz.ratio, score_cutoff=SIMILAR)
        if near:
            concept = self._names(scheme)[near[0]][0]
            raise CellError(
                _("“%(value)s” is not known. Do you mean “%(label)s” (%(code)s)?")
                % {"value": shortened(text), "label": concept.label, "code": concept.code}
            )
        raise CellError(_("“%(value)s” is not known. The sheet “Codes” has the list.") % {"value": shortened(text)})

    def refuse_retired(self, keys: Iterable[int], kept: Iterable[int]) -> None:
        """Raise CellError for the first of these concepts that is retired, unless it is among those kept."""
        kept = set(kept)
        for key in keys:
            concept = self.words.by_id(key)
            if concept is not None and concept.retired and key not in kept:
                raise CellError(_("“%(value)s” is no longer in use and cannot be chosen.") % {"value": concept.label})

    def _in_piece(self, scheme: str, piece: str) -> Iterator[str]:
        """The names in a text between two semicolons, told from each other by the names there are."""
        parts = [part.strip() for part in piece.split(",")][: 2 * MAX_CONCEPTS]
        position = 0
        while position < len(parts):
            # The longest name first: "Bouwen, wonen en interieur" is one subject. None has more than six commas.
            ends = range(min(len(parts), position + 6), position, -1)
            end = next((end for end in ends if folded(", ".join(parts[position:end])) in self._names(scheme)), position + 1)
            name = ", ".join(parts[position:end])
            if name:
                yield name
            position = end

    def _names(self, scheme: str) -> dict[str, list[ConceptValue]]:
        """What people may call the concepts of a scheme. A code goes before a name, and a name before other names."""
        if scheme not in self._schemes:
            codes: dict[str, list[ConceptValue]] = {}
            names: dict[str, list[ConceptValue]] = {}
            others: dict[str, list[ConceptValue]] = {}
            for concept in self.words.scheme(scheme, retired=True):
                _note(codes, concept, {concept.code})
                _note(names, concept, {concept.label, concept.title})
                _note(others, concept, {concept.label_en, concept.notation, *concept.alt_labels})
            self._schemes[scheme] = {**others, **names, **codes}
        return self._schemes[scheme]


def _note(known: dict[str, list[ConceptValue]], concept: ConceptValue, names: set[str]) -> None:
    """Note a concept under these names. One that is retired has no name beside one in use."""
    for name in {folded(name) for name in names if name}:
        found = known.setdefault(name, [])
        if not concept.retired:
            found[:] = [other for other in found if not other.retired]
        if not concept.retired or all(other.retired for other in found):
            found.append(concept)
