"""What a school asks for, free of models: anything can be matched that can be told like this."""

from dataclasses import dataclass

# Kinds of pages that help with a need, and how many of each a school sees at most: something to do, something to copy, something
# to know, somebody to turn to. Kinds of floors to come ("bijscholing") count as soon as the finder has them.
KINDS = {"les": 2, "voorbeeld": 2, "vraag": 2, "hulp": 2, "kennis": 1, "bijscholing": 2, "organisatie": 1}


@dataclass(frozen=True, slots=True)
class Wanted:
    """A need as the matching sees it: codes of the vocabulary, and the words the school used.

    `domain` the WSA domain, `topics` what it is about, `sectors` and `province` of the school, `municipality` its name.
    """

    domain: str
    topics: tuple[str, ...] = ()
    text: str = ""
    sectors: tuple[str, ...] = ()
    province: str = ""
    municipality: str = ""
