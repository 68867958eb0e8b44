"""What can be filtered on. A facet is declared once; form, index, template and tests derive from the declaration."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class FacetSpec:
    """A filter of the finder.

    `name` stands in URLs and in the index; `label` is what a visitor reads. The names of the values come from the vocabulary
    scheme `scheme`, or from `choices` (code → label) where a facet has no scheme. `open_values` is how many values show before
    the visitor asks for more; `folded` facets start closed.
    """

    name: str
    label: Any
    scheme: str = ""
    choices: Mapping[str, Any] | None = None
    open_values: int = 6
    folded: bool = False
