"""All forms of a word share a stem, and other words do not."""

import pytest

from search.dutch.analysis import default_analyzer

FAMILIES = """
kind kinderen kindje kindertjes
stad steden stadje
blad bladeren blaadje blaadjes
dier dieren diertje diertjes
boom bomen boompje boompjes
huis huizen huisje huisjes
brief brieven briefje
les lessen lesje lesjes
vis vissen visje
bos bossen bosje
zon zonne zonnen
tuin tuinen tuintje tuintjes
plant planten plantje plantjes
kaart kaarten kaartje
bloem bloemen bloemetje bloemetjes
vogel vogels vogeltje
molen molens molentje
fiets fietsen fietsje
foto foto's fotootje
bij bijen bijtje
museum musea
idee ideeen
energie energieen
excursie excursies
kantine kantines
gemeente gemeenten gemeentes
duurzaam duurzame duurzaamheid
verspilling verspillen
schooltuin schooltuinen schooltuintje schooltuintjes
slootdier slootdiertje slootdiertjes
zonnepaneel zonnepanelen
sdg sdg's
wolf wolven
druif druiven
"""


@pytest.mark.parametrize("family", FAMILIES.strip().splitlines())
def test_a_family_shares_one_stem(family: str) -> None:
    stems = {form: default_analyzer().stem(form) for form in family.split()}
    assert len(set(stems.values())) == 1, stems


@pytest.mark.parametrize(
    "words", ["plan plant", "school scholing", "bij bijlage", "water waterschap", "afval afvalvrij", "fiets fiat", "recht rijk"]
)
def test_other_words_keep_apart(words: str) -> None:
    one, other = words.split()
    assert default_analyzer().stem(one) != default_analyzer().stem(other)


def test_the_stemmer_is_porter_by_name() -> None:
    # Snowball 3 calls Kraaij-Pohlmann's algorithm `dutch`; it makes "molijk" and "loop" of these.
    assert default_analyzer().stem("mogelijkheden") == "mogelijk"
    assert default_analyzer().stem("gelopen") == "gelop"
