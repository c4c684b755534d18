"""Invented news: the same articles for the same seed, with quotes, names, places and edited copies."""
import os
import random

GIVEN = "Rosa Ines Petra Marta Leonor Ada Vera Joan Tomas Emil Oskar Hugo Anton Felix Bruno Karl".split()
FAMILY = "Lund Harrow Castell Moreau Vidal Brandt Okafor Tanaka Selwyn Pascoe Dahl Novak Rourke Imre".split()
ROLES = ["mayor", "home minister", "harbor master", "chief engineer", "union leader", "judge", "bishop", "coach"]
PLACES = "Tarnmouth Oldquay Ferrow Saltby Kessen Moorhaven Vell Brannock Ostley Hallin".split()
SOURCES = ["Tarnmouth Post", "Quay Gazette", "Ferrow Observer", "Northern Wire"]
VERBS = "opened closed repaired sold flooded painted measured postponed defended taxed inspected rebuilt".split()
THINGS = ("harbor bridge tariff budget glacier opera ferry school hospital dam railway verdict drought lighthouse "
          "market orchard quarry library stadium canal treaty census warehouse pension siren observatory").split()
SAID = ["said", "told reporters", "warned", "added", "insisted", "promised"]
ADJECTIVES = "old northern disputed costly popular empty forgotten public narrow second".split()

# Queries that the invented articles answer: words, phrases, fields, operators, patterns.
QUERIES = [
    "harbor", "bridge tariff", '"the disputed budget"', "said:glacier", "speaker:lund", "speaker:castell said:ferry",
    "opera NOT school", "postpon*", "dam w/8 repair*", "treaty OR census"
]


def sentence(rng):
    """One sentence of news."""
    return (
        f"The {rng.choice(ADJECTIVES)} {rng.choice(THINGS)} in {rng.choice(PLACES)} was {rng.choice(VERBS)} "
        f"after the {rng.choice(THINGS)} near {rng.choice(PLACES)} had been {rng.choice(VERBS)} in {rng.randint(1950, 2024)}."
    )


def quote(rng):
    """A quote with its speaker, before or after it."""
    who = f"{rng.choice(GIVEN)} {rng.choice(FAMILY)}"
    words = f"The {rng.choice(ADJECTIVES)} {rng.choice(THINGS)} must be {rng.choice(VERBS)} before the {rng.choice(THINGS)}"
    if rng.random() < 0.5:
        return f"“{words},” {rng.choice(SAID)} {who}, the {rng.choice(ROLES)}."
    return f"{who}, the {rng.choice(ROLES)}, {rng.choice(SAID)}: “{words}.”"


def article(rng, paragraphs=6):
    """The text of one article: headline, header lines, paragraphs."""
    title = f"{rng.choice(THINGS).title()} of {rng.choice(PLACES)} {rng.choice(VERBS)}"
    day = f"{rng.randint(2005, 2024)}-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}"
    body = "\n\n".join(" ".join(rng.choice((sentence, sentence, quote))(rng) for _ in range(rng.randint(1, 4)))
                       for _ in range(rng.randint(2, 2 * paragraphs)))
    return f"Headline: {title}\nSource: {rng.choice(SOURCES)}\nDate: {day}\n\n{body}\n"


def edited(text, rng, share=0.06):
    """A copy of an article with some of its words exchanged, as another outlet would print it."""
    head, _, body = text.partition("\n\n")
    words = [rng.choice(THINGS) if word in THINGS and rng.random() < 4 * share else word for word in body.split(" ")]
    return f"{head}\n\n{' '.join(words)}"


def corpus(folder, files, seed, copies=0.3):
    """Writes articles into `folder`, some of them edited copies of earlier ones; the same for the
    same seed."""
    rng = random.Random(seed)
    texts = []
    for number in range(files):
        text = edited(rng.choice(texts), rng) if texts and rng.random() < copies else article(rng)
        texts.append(text)
        desk = os.path.join(folder, f"desk-{number % 17:02}")
        os.makedirs(desk, exist_ok=True)
        with open(os.path.join(desk, f"{number:05}.txt"), "w", encoding="utf-8") as out:
            out.write(text)
