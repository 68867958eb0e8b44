"""Any number of lesson-like texts, the same ones for the same seed."""

import random
from collections.abc import Iterator
from dataclasses import dataclass

TOPICS = {
    "afval": "afval prullenbak afvalscheiding zwerfafval recycling statiegeld compost verpakking",
    "water": "water regenwater drinkwater waterkwaliteit sloot oppervlaktewater droogte kringloop",
    "energie": "energie zonnepanelen windmolen isolatie sluipverbruik warmtepomp stroomverbruik energietransitie",
    "voedsel": "voedsel schooltuin moestuin seizoensgroente voedselverspilling keten bakkerij proeverij",
    "natuur": "biodiversiteit bijenhotel bodemdieren vogels wilde planten schoolplein vlinders boomspiegel",
    "klimaat": "klimaat hittestress broeikasgassen zeespiegel klimaatadaptatie voetafdruk temperatuur",
    "samenleven": "kinderrechten wereldburgerschap vrede dialoog gelijkheid diversiteit democratie leerlingenraad",
    "spullen": "kleding textiel reparatie kringloopwinkel telefoon grondstoffen hergebruik circulair",
}
VERBS = ["onderzoeken", "meten", "tekenen", "bespreken", "vergelijken", "ontwerpen", "tellen", "proeven", "bouwen", "presenteren"]
PLACES = ("het schoolplein", "de klas", "de buurt", "het park", "de aula", "de keuken")
SENTENCES = (
    "De leerlingen {verb} {noun} en schrijven op wat zij zien.",
    "Bespreek daarna in tweetallen wat {noun} te maken heeft met {other}.",
    "Wie klaar is, kan {other} {verb} en de uitkomst aan de groep vertellen.",
    "Neem een weegschaal, een potlood en een vel papier mee naar {place}.",
    "Sluit af met een korte ronde: wat verraste je bij {noun}?",
    "Hang de resultaten over {noun} op, zodat ouders ze kunnen zien.",
)


@dataclass(frozen=True, slots=True)
class Lesson:
    """One generated lesson: its texts, and codes of the vocabulary by field."""

    slug: str
    title: str
    intro: str
    body: tuple[str, ...]
    minutes: int
    codes: dict[str, tuple[str, ...]]


def lessons(number: int, codes: dict[str, list[str]], *, seed: int = 7) -> Iterator[Lesson]:
    """`number` lessons; `codes` gives the choice of codes for each field."""
    rng = random.Random(seed)
    for index in range(number):
        topic = rng.choice(list(TOPICS))
        words = TOPICS[topic].split()
        noun, other = rng.choice(words), rng.choice(TOPICS[rng.choice(list(TOPICS))].split())
        fill = {"noun": noun, "other": other, "place": rng.choice(PLACES)}
        body = tuple(rng.choice(SENTENCES).format(verb=rng.choice(VERBS), **fill) for _ in range(rng.randint(8, 20)))
        yield Lesson(
            slug=f"les-{index}",
            title=f"{rng.choice(VERBS).capitalize()} met {noun} en {other} ({index})",
            intro=f"Leerlingen {rng.choice(VERBS)} {noun} in {fill['place']} en leren wat {other} is.",
            body=body,
            minutes=rng.choice((20, 45, 60, 90, 150)),
            codes={field: tuple(rng.sample(choice, rng.randint(1, 2))) for field, choice in codes.items()},
        )
