"""Thirty small documents that every engine must find its way in."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from itertools import cycle

from search.documents import SearchDocument

# Title, intro, body.
_TEXTS = (
    (
        "Klimaatverandering in de klas",
        "De aarde wordt warmer.",
        "Leerlingen onderzoeken oorzaken van de opwarming en bespreken oplossingen.",
    ),
    (
        "Aan de slag in de schooltuin",
        "Zaaien, verzorgen en oogsten.",
        "Met een schep en een gieter maken de leerlingen bedden voor groente.",
    ),
    ("Schooltuinen in de stad", "Drie scholen vertellen.", "Tussen de flats groeien aardbeien en bonen."),
    ("Een moestuintje in een melkpak", "Tuinieren zonder tuin.", "Kleuters zaaien tuinkers op de vensterbank."),
    ("Stop voedselverspilling", "Wat gooien we weg?", "De klas weegt een week lang de broodkorsten en maakt een plan."),
    ("Repaircafé op school", "Stuk is nog niet weg.", "Ouders helpen met repareren van speelgoed en fietsen."),
    ("Jouw CO₂-voetafdruk", "Reken uit hoeveel CO2 je uitstoot.", "Vergelijk de auto, de trein en de fiets."),
    ("De 17 werelddoelen", "Kennismaken met de SDG's.", "Elk groepje kiest een doel en maakt een poster."),
    ("Walvissen en lawaai", "Geluid onder water.", "Schepen verstoren het lied van de walvis."),
    ("Tweede leven voor je telefoon", "Grondstoffen in elektronica.", "In een oude telefoon zitten goud en koper."),
    ("Biodiversiteit op je plein", "Tel wat er leeft.", "Zoek naar mieren, mossen en vlinders tussen de tegels."),
    ("Insectenhotel timmeren", "Een huis voor wilde bijen.", "Boor gaten in een blok hout en hang het in de zon."),
    ("Plasticsoep", "Plastic in zee.", "Zeef microplastics uit zand van het strand."),
    ("Een week zonder vlees", "Koken met bonen en linzen.", "Vegetarisch eten, wat doet dat met het klimaat?"),
    ("Waterstof als brandstof", "Rijden op waterstof.", "Een proef met stroom en twee potloden."),
    ("De waterkringloop", "Van wolk tot zee.", "Maak regen in een pot."),
    ("Kinderrechten", "Wat heeft elk kind nodig?", "Een spel over het verdrag voor de rechten van het kind."),
    ("De circulaire economie", "Afval bestaat niet.", "Ontwerp een product dat eindeloos mee kan."),
    ("Windmolens in zee: voor of tegen?", "Debat over windenergie.", "De klas weegt belangen van vissers, vogels en stroom."),
    ("Bouw je eigen windmolentje", "Wind vangen met karton.", "Meet hoeveel stroom je windmolen maakt."),
    (
        "Zonnepanelen op het schooldak",
        "Wat kost het en wat levert het op?",
        "Subsidie en een sterk dak zijn nodig voor zonne-energie.",
    ),
    ("Energie besparen met de klas", "Energiespeurders zoeken sluipverbruik.", "Zet apparaten uit en meet het verschil."),
    ("Ventileren en een CO2-meter in elk lokaal", "Frisse lucht.", "Zet ramen open als de meter oranje wordt."),
    ("Afval scheiden in de klas", "Vier bakken, één spel.", "Papier, plastic, gft en rest."),
    ("Opruimen van zwerfafval in de buurt", "Met grijpers op pad.", "Tel wat het meeste op straat ligt."),
    ("Eerlijke chocolade", "Van cacaoboer tot reep.", "Fairtrade geeft boeren een betere prijs."),
    ("De reis van een spijkerbroek", "Katoen, verf en naaisters.", "Kleding legt een lange weg af."),
    ("Regenton op het plein", "Regenwater voor de planten.", "Meet hoeveel regen er in een maand valt."),
    ("Vrede begint bij ruzie", "Praten over conflicten.", "Een rollenspel over luisteren."),
    ("Scholing voor het team: buitenles geven", "Een studiedag buiten.", "Leraren oefenen lessen op het plein."),
)
START = datetime(2026, 1, 1, tzinfo=UTC)


def _facets(number: int) -> Mapping[str, tuple[str, ...]]:
    """Every mixture of codes, spread evenly and by rule."""
    sectors, subjects = ("po", "vo", "so", "mbo"), ("biologie", "rekenen", "kunst")
    return {
        "sector": (sectors[number % 4],) if number % 3 else (sectors[number % 4], sectors[(number + 1) % 4]),
        "subject": tuple(subject for place, subject in enumerate(subjects) if number % (place + 2) == 0),
        "minutes": (("tot-30", "tot-60", "meer")[number % 3],),
        "language": ("nl",),
    }


def documents() -> list[SearchDocument]:
    """The documents, keys "1" to "30", revisions 1 to 30, some with the same date."""
    kinds = cycle(("les", "les", "kennis", "vraag"))
    return [
        SearchDocument(
            key=str(number),
            revision=number,
            kind=next(kinds),
            title=title,
            intro=intro,
            body=f"{body} Leerlingen werken samen.",
            facets=_facets(number),
            updated=START + timedelta(days=(number * 7) % 10),
        )
        for number, (title, intro, body) in enumerate(_TEXTS, start=1)
    ]


KEYS = {title: str(number) for number, (title, *_) in enumerate(_TEXTS, start=1)}
