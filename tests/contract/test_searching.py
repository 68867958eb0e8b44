"""What a question must find, whatever the engine."""

from itertools import product

import pytest

from search.engines.base import Engine
from search.query import MAX_PAGE, SORTS, SearchQuery
from tests.contract.documents import KEYS, documents


@pytest.fixture
def engine(standing_engine: Engine) -> Engine:
    """Nothing here writes."""
    return standing_engine


def found(engine: Engine, text: str = "", **options: object) -> list[str]:
    """Keys of the hits, best first."""
    return [hit.key for hit in engine.search(SearchQuery(text, **options)).hits]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("klimaat", "Klimaatverandering in de klas"),
        ("klimaatveranderingen", "Klimaatverandering in de klas"),
        ("schooltuin", "Schooltuinen in de stad"),
        ("schooltuintjes", "Aan de slag in de schooltuin"),
        ("school tuin", "Aan de slag in de schooltuin"),
        ("tuin", "Schooltuinen in de stad"),
        ("moestuintje", "Een moestuintje in een melkpak"),
        ("voedsel", "Stop voedselverspilling"),
        ("repaircafe", "Repaircafé op school"),
        ("REPAIRCAFÉ", "Repaircafé op school"),
        ("repair cafe", "Repaircafé op school"),
        ("CO₂", "Jouw CO₂-voetafdruk"),
        ("c02 voetafdruk", "Jouw CO₂-voetafdruk"),
        ("werelddoel", "De 17 werelddoelen"),
        ("sdg", "De 17 werelddoelen"),
        ("global goals", "De 17 werelddoelen"),
        ("opwarming van de aarde", "Klimaatverandering in de klas"),
        ("walvis", "Walvissen en lawaai"),
        ("grondstof", "Tweede leven voor je telefoon"),
        ("plastic soep", "Plasticsoep"),
        ("vleesloos", "Een week zonder vlees"),
        ("zonnepaneel", "Zonnepanelen op het schooldak"),
        ("windmolen", "Bouw je eigen windmolentje"),
        ("afvalbak", "Afval scheiden in de klas"),
        ("zwerfvuil", "Opruimen van zwerfafval in de buurt"),
        ("fair trade", "Eerlijke chocolade"),
        ("jeans", "De reis van een spijkerbroek"),
        ("bij", "Insectenhotel timmeren"),
        ("buitenlessen", "Scholing voor het team: buitenles geven"),
        ("ĳsberen of walvissen", "Walvissen en lawaai"),
    ],
)
def test_a_teacher_finds_the_page(engine: Engine, text: str, title: str) -> None:
    assert KEYS[title] in found(engine, text)[:3]


def test_a_part_of_a_word_is_not_a_word(engine: Engine) -> None:
    assert found(engine, "waterstof")[0] == KEYS["Waterstof als brandstof"]
    assert KEYS["De waterkringloop"] not in found(engine, "waterstof")


def test_a_document_with_all_words_comes_before_one_with_some(engine: Engine) -> None:
    assert found(engine, "windmolens debat stroom")[0] == KEYS["Windmolens in zee: voor of tegen?"]


def test_a_word_that_most_documents_hold_finds_nothing_beside_a_rare_one(engine: Engine) -> None:
    assert len(found(engine, "leerlingen", size=100)) == len(documents())
    assert found(engine, "leerlingen walvis", size=100) == found(engine, "walvis", size=100)


def test_nonsense_finds_nothing(engine: Engine) -> None:
    results = engine.search(SearchQuery("qwxzzk"))
    assert (results.total, results.hits, results.related) == (0, (), ())
    assert not any(any(counts.values()) for counts in results.facets.values())


def test_few_hits_are_followed_by_related_documents_that_are_not_counted(engine: Engine) -> None:
    results = engine.search(SearchQuery("windmolentje"))
    hits, related = {hit.key for hit in results.hits}, {hit.key for hit in results.related}
    assert results.total == len(hits) < 10
    assert related
    assert not hits & related
    assert not engine.search(SearchQuery("windmolentje", page=2)).related
    narrowed = engine.search(SearchQuery("windmolentje", filters={"sector": ("po",)}))
    codes = {document.key: document.facets["sector"] for document in documents()}
    assert all("po" in codes[hit.key] for hit in (*narrowed.hits, *narrowed.related))


@pytest.mark.parametrize(("typed", "meant"), [("klimaatverandring", "klimaatverandering"), ("Biodiversitijt", "biodiversiteit")])
def test_a_slip_of_the_pen_is_forgiven_and_told(engine: Engine, typed: str, meant: str) -> None:
    results = engine.search(SearchQuery(typed))
    assert results.did_you_mean == meant
    assert [hit.key for hit in results.hits][:1] == found(engine, meant)[:1]
    assert engine.search(SearchQuery(meant)).did_you_mean is None


def test_correction_can_be_switched_off(engine: Engine) -> None:
    results = engine.search(SearchQuery("klimaatverandring", correct=False))
    assert results.did_you_mean is None
    assert not results.hits


@pytest.mark.parametrize("sort", SORTS)
@pytest.mark.parametrize("text", ["", "leerlingen", "klas stroom plein"])
def test_paging_is_stable(engine: Engine, text: str, sort: str) -> None:
    every = found(engine, text, sort=sort, size=100)
    pages = [key for page in range(1, 12) for key in found(engine, text, sort=sort, size=3, page=page)]
    assert pages == every
    assert len(set(every)) == len(every)


def test_sorting(engine: Engine) -> None:
    by_key = {document.key: document for document in documents()}
    newest = [by_key[key] for key in found(engine, sort="new", size=100)]
    assert newest == sorted(newest, key=lambda document: document.updated or 0, reverse=True)
    titles = [by_key[key].title.lower() for key in found(engine, sort="title", size=100)]
    assert titles[0] == "aan de slag in de schooltuin"
    assert titles == sorted(titles)


def brute_force(base: set[str], filters: dict[str, tuple[str, ...]], facet: str) -> dict[str, int]:
    """Counts of a facet among the documents of `base` under the choices of all other facets."""
    counts: dict[str, int] = {}
    for document in documents():
        codes = {**document.facets, "kind": (document.kind,)}
        others = {name: chosen for name, chosen in filters.items() if name != facet}
        if document.key in base and all(set(chosen) & set(codes[name]) for name, chosen in others.items()):
            for code in codes[facet]:
                counts[code] = counts.get(code, 0) + 1
    return counts


FILTERS: tuple[dict[str, tuple[str, ...]], ...] = (
    {},
    {"sector": ("po",)},
    {"sector": ("po", "vo"), "subject": ("biologie",)},
    {"sector": ("so",), "minutes": ("tot-30", "meer"), "kind": ("les",)},
    {"subject": ("kunst", "rekenen"), "language": ("nl",), "sector": ("mbo", "po")},
)


@pytest.mark.parametrize(("text", "filters"), list(product(("", "klas", "leerlingen stroom"), FILTERS)))
def test_facet_counts_equal_brute_force(engine: Engine, text: str, filters: dict[str, tuple[str, ...]]) -> None:
    base = set(found(engine, text, size=100))
    assert base
    results = engine.search(SearchQuery(text, filters=filters, size=100))
    chosen = {
        document.key
        for document in documents()
        if document.key in base
        and all(set(codes) & set({**document.facets, "kind": (document.kind,)}[name]) for name, codes in filters.items())
    }
    assert {hit.key for hit in results.hits} == chosen
    assert results.total == len(chosen)
    for facet in ("sector", "subject", "minutes", "language", "kind"):
        assert results.facets[facet] == brute_force(base, filters, facet), facet


def test_an_unknown_code_or_facet_fits_no_document(engine: Engine) -> None:
    assert engine.search(SearchQuery(filters={"sector": ("onbekend",)})).total == 0
    assert engine.search(SearchQuery(filters={"onbekend": ("po",)})).total == 0


HOSTILE = (
    "",
    "   ",
    "de het een",
    "'",
    '"',
    "()",
    "AND OR NOT",
    "a" * 5000,
    "klimaat*",
    "title:klimaat",
    "-klimaat",
    "<script>alert(1)</script>",
    "😀",
    "\x00",
    "klimaat\x00verandering",
    "%_",
    "NEAR(a b)",
    "\ud800",
    "klimaat \udfff",
    "\u202eretaw",
    "é" * 300,
    "'; DROP TABLE document",
    " ".join(["woord"] * 5000),
    "a-b/c.d" * 40,
    "1.2.3.4.5",
    "\u0301\u0301",
    "ß ﬁ Ⅻ ½",
    "?" * 300,
)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_input_is_a_question_like_any_other(engine: Engine, text: str) -> None:
    engine.search(SearchQuery(text))
    engine.search(SearchQuery(text, filters={text: (text,)}, sort=text, page=10**20, size=-1))
    engine.suggest(text)


def test_a_page_far_beyond_the_last_is_empty(engine: Engine) -> None:
    results = engine.search(SearchQuery("leerlingen", page=MAX_PAGE))
    assert results.hits == ()
    assert results.total == len(documents())


@pytest.mark.parametrize(
    ("prefix", "title"),
    [
        ("kinde", "Kinderrechten"),
        ("circ", "De circulaire economie"),
        ("Klimaatverandering in de k", "Klimaatverandering in de klas"),
        ("repaircafe", "Repaircafé op school"),
        ("k", "Kinderrechten"),
    ],
)
def test_suggestions_complete_what_is_typed(engine: Engine, prefix: str, title: str) -> None:
    assert title in engine.suggest(prefix)


def test_suggestions_put_titles_that_begin_so_first_and_keep_to_their_size(engine: Engine) -> None:
    assert engine.suggest("de")[:3] == ["De 17 werelddoelen", "De circulaire economie", "De reis van een spijkerbroek"]
    assert len(engine.suggest("de", size=2)) == 2
    assert engine.suggest("qwxzzk") == []


def test_similar_documents(engine: Engine) -> None:
    hits = engine.similar(KEYS["Windmolens in zee: voor of tegen?"], size=3)
    assert len(hits) == 3
    assert hits[0].key == KEYS["Bouw je eigen windmolentje"]
    assert KEYS["Windmolens in zee: voor of tegen?"] not in [hit.key for hit in hits]
