"""Why a page is offered, in one sentence."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from portal.vocabulary.lookup import ConceptValue


@dataclass(frozen=True, slots=True)
class Reasons:
    """What a page and a need have in common. `sectors` and `topics` are those both have; `place` is the municipality that the
    page comes from, `region` the province its makers work in; `words` whether the page answers to the words of the need;
    `used_by` how many other schools used it."""

    domain: ConceptValue | None = None
    topics: tuple[ConceptValue, ...] = ()
    sectors: tuple[ConceptValue, ...] = ()
    place: str = ""
    region: str = ""
    words: bool = False
    used_by: int = 0

    def sentence(self) -> str:
        """The reasons as a visitor reads them: "Gaat over afval en is voor primair onderwijs." """
        parts = []
        if self.topics:
            parts.append(_("is about %(topics)s") % {"topics": listed([topic.label.lower() for topic in self.topics])})
        elif self.words:
            parts.append(_("answers to your words"))
        if self.domain:
            parts.append(_("belongs to %(domain)s") % {"domain": self.domain.label})
        if self.sectors:
            parts.append(_("is for %(sectors)s") % {"sectors": listed([sector.label.lower() for sector in self.sectors])})
        if self.place:
            parts.append(_("comes from %(place)s") % {"place": self.place})
        elif self.region:
            parts.append(_("works in %(region)s") % {"region": self.region})
        if self.used_by > 1:
            parts.append(_("was used by %(number)s other schools") % {"number": self.used_by})
        text = listed(parts)
        return f"{text[:1].upper()}{text[1:]}." if text else ""


def listed(names: Sequence[str]) -> str:
    """Names in a row: "a, b en c"."""
    names = [str(name) for name in names]
    if len(names) < 2:
        return "".join(names)
    return _("%(first)s and %(last)s") % {"first": ", ".join(names[:-1]), "last": names[-1]}
