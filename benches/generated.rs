//! Invented articles in any number: the same ones for the same number, and what must be found in
//! them.
//!
//! Each is a plain text as a newsroom keeps it: a headline, a dateline, paragraphs set apart by
//! blank lines, a third of them with a quote whose cue stands beside it. Words come from a short
//! list and, one in eight, from a long tail of invented ones, so that the dictionary of an index
//! grows with the archive as it does with real news.

#![allow(dead_code, reason = "each bench uses a part of it")]

/// An article with what is known of it.
pub(crate) struct Generated {
    /// `harbour-courier_2019-04-02_quota-000017.txt`.
    pub(crate) name: String,
    /// The text of its file.
    pub(crate) text: String,
    /// How many passages it has, its headline included.
    pub(crate) n_passages: usize,
    /// How many quotes with a cue it has.
    pub(crate) n_quotes: usize,
}

/// The template of the names.
pub(crate) const TEMPLATE: &str = "{source}_{date}_{slug}.txt";

/// Every seventh article has a paragraph with these words, in this order, and no other has the
/// second of them.
pub(crate) const RARE_PHRASE: &str = "the tidemark ordinance";
/// See [`RARE_PHRASE`].
pub(crate) const RARE_EVERY: usize = 7;
/// Every fifth article has one quote by her.
pub(crate) const SPEAKER: &str = "Ottilie Brandreth";
/// See [`SPEAKER`].
pub(crate) const SPEAKER_EVERY: usize = 5;

/// The first `n` articles.
pub(crate) fn articles(n: usize) -> impl Iterator<Item = Generated> {
    (0..n).map(article)
}

/// The first `n` articles as JSON Lines, with the names that trafilatura gives to fields.
pub(crate) fn json_lines(n: usize) -> String {
    let line = |it: Generated| {
        let (headline, text) = it.text.split_once("\n\n").expect("a headline and a text");
        let (source, rest) = it.name.split_once('_').expect("a source and a date");
        let record =
            serde_json::json!({"title": headline, "sitename": source, "date": &rest[..10], "text": text});
        record.to_string() + "\n"
    };
    articles(n).map(line).collect()
}

/// A surname, another for each number.
pub(crate) fn surname(number: usize) -> String {
    capitalized(&invented(number))
}

/// How many of the first `n` articles are the first of every `every`.
pub(crate) fn one_in(every: usize, n: usize) -> usize {
    n.div_ceil(every)
}

fn article(number: usize) -> Generated {
    let mut random = Random(number as u64 + 1);
    let source = random.one_of(&["harbour-courier", "aldmere-ledger", "orle-valley-herald", "lobby-door"]);
    let (year, month, day) = (2005 + random.below(20), 1 + random.below(12), 1 + random.below(28));
    let slug = random.one_of(NOUNS);
    let name = format!("{source}_{year}-{month:02}-{day:02}_{slug}-{number:06}.txt");
    let people: Vec<Official> = (0..3).map(|_| Official::new(&mut random)).collect();
    let headline = format!("{} over {}", capitalized(&random.nouns()), random.nouns());
    let mut paragraphs = vec![headline, format!("ALDMERE, Corravan — {}", sentences(&mut random, 2))];
    let mut n_quotes = 0;
    for _ in 0..12 + random.below(12) {
        let official = &people[random.below(people.len())];
        paragraphs.push(match random.below(6) {
            0 => {
                n_quotes += 1;
                format!("“{},” said {}.", clause(&mut random, true), official.introduced())
            }
            1 => {
                n_quotes += 1;
                let (first, second) = (clause(&mut random, true), sentences(&mut random, 1));
                format!("{second} “{first},” {} said.", official.surname)
            }
            _ => {
                let n = 2 + random.below(3);
                sentences(&mut random, n)
            }
        });
    }
    if number.is_multiple_of(RARE_EVERY) {
        paragraphs.push(format!("Nobody had read {RARE_PHRASE} aloud. {}", sentences(&mut random, 2)));
    }
    if number.is_multiple_of(SPEAKER_EVERY) {
        n_quotes += 1;
        paragraphs.push(format!("“{},” said {SPEAKER}, the harbor master.", clause(&mut random, true)));
    }
    let n_passages = paragraphs.len();
    Generated { name, text: paragraphs.join("\n\n") + "\n", n_passages, n_quotes }
}

/// Somebody who is quoted.
struct Official {
    role: &'static str,
    first: &'static str,
    surname: String,
}

impl Official {
    fn new(random: &mut Random) -> Official {
        let (role, first) = (random.one_of(ROLES), random.one_of(FIRST_NAMES));
        Official { role, first, surname: capitalized(&invented(random.rank(2000))) }
    }

    fn introduced(&self) -> String {
        format!("{} {}, the {}", self.first, self.surname, self.role)
    }
}

fn sentences(random: &mut Random, n: usize) -> String {
    let sentence = |_| clause(random, true) + ".";
    (0..n).map(sentence).collect::<Vec<_>>().join(" ")
}

/// Ten to twenty words; no name, no word of speech, no mark but a comma.
pub(crate) fn clause(random: &mut Random, opens: bool) -> String {
    let start = if opens { "The" } else { "the" };
    let (subject, verb, object) = (random.nouns(), random.one_of(VERBS), random.nouns());
    let mut clause = format!("{start} {subject} {verb} the {object}");
    for _ in 0..1 + random.below(3) {
        clause.push_str(&format!(" {} the {}", random.one_of(PREPOSITIONS), random.nouns()));
    }
    if random.below(4) == 0 {
        clause.push_str(&format!(", and {} {}", random.one_of(VERBS), 2 + random.below(4000)));
    }
    clause
}

fn capitalized(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |it| it.to_uppercase().chain(letters).collect())
}

/// The word of that rank in a language that nobody speaks.
fn invented(mut rank: usize) -> String {
    let mut word = String::new();
    rank += SYLLABLES.len();
    while rank > 0 {
        word.push_str(SYLLABLES[rank % SYLLABLES.len()]);
        rank /= SYLLABLES.len();
    }
    word + "en"
}

/// SplitMix64 (Steele, Lea and Flood, OOPSLA 2014).
pub(crate) struct Random(pub(crate) u64);

impl Random {
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    pub(crate) fn below(&mut self, n: usize) -> usize {
        usize::try_from(self.next() % n as u64).expect("below a usize")
    }

    pub(crate) fn one_of<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.below(of.len())]
    }

    /// A rank below `n`, the lower ones more often: twice the rank, half as often.
    fn rank(&mut self, n: usize) -> usize {
        let below = 1 + self.below(n);
        self.below(below)
    }

    /// One or two nouns, sometimes with what qualifies them.
    fn nouns(&mut self) -> String {
        let noun =
            if self.below(8) == 0 { invented(self.rank(60_000)) } else { self.one_of(NOUNS).to_owned() };
        match self.below(3) {
            0 => format!("{} {noun}", self.one_of(ADJECTIVES)),
            1 => format!("{} {noun}", self.one_of(NOUNS)),
            _ => noun,
        }
    }
}

const SYLLABLES: &[&str] = &[
    "ba", "cor", "dal", "fen", "gri", "hol", "jas", "kel", "lum", "mor", "nat", "pel", "quil", "ros", "sten",
    "tar", "ul", "vin", "wex", "yor", "zem", "bri", "cla", "dro", "fro", "gam", "hes", "kni", "lor", "mun",
];
const FIRST_NAMES: &[&str] = &[
    "Maria", "John", "Helen", "Peter", "Anna", "David", "Laura", "Robert", "Susan", "Thomas", "Karen",
    "James",
];
const ROLES: &[&str] =
    &["mayor", "minister", "commissioner", "spokesman", "director", "senator", "chairwoman", "governor"];
const PREPOSITIONS: &[&str] = &["of", "near", "behind", "under", "before", "against", "with", "without"];
const VERBS: &[&str] = &[
    "blocked",
    "built",
    "changed",
    "closed",
    "delayed",
    "divided",
    "doubled",
    "emptied",
    "followed",
    "froze",
    "guarded",
    "halted",
    "joined",
    "lifted",
    "limited",
    "lost",
    "moved",
    "needs",
    "opened",
    "passed",
    "raised",
    "reached",
    "repaired",
    "replaces",
    "sold",
    "split",
    "surrounds",
    "tested",
    "turned",
    "weakens",
];
const ADJECTIVES: &[&str] = &[
    "aging", "annual", "broken", "central", "civil", "coastal", "costly", "empty", "federal", "former",
    "fresh", "heavy", "local", "narrow", "northern", "private", "public", "quiet", "rural", "second",
    "secret", "southern",
];
const NOUNS: &[&str] = &[
    "agreement",
    "airport",
    "archive",
    "audit",
    "bank",
    "barge",
    "border",
    "bridge",
    "budget",
    "canal",
    "cargo",
    "census",
    "clinic",
    "coast",
    "contract",
    "council",
    "court",
    "crossing",
    "dam",
    "debt",
    "deposit",
    "dock",
    "drought",
    "election",
    "engine",
    "factory",
    "farm",
    "ferry",
    "fishery",
    "flood",
    "forest",
    "freight",
    "fund",
    "harbor",
    "harvest",
    "highway",
    "hospital",
    "inquiry",
    "island",
    "judge",
    "lease",
    "levee",
    "license",
    "market",
    "merger",
    "mill",
    "mine",
    "orchard",
    "parish",
    "pension",
    "permit",
    "pipeline",
    "port",
    "prison",
    "quarry",
    "quota",
    "railway",
    "reactor",
    "reform",
    "river",
    "road",
    "school",
    "senate",
    "shipyard",
    "signal",
    "spillway",
    "station",
    "statute",
    "strike",
    "subsidy",
    "tariff",
    "tax",
    "theater",
    "toll",
    "treaty",
    "tunnel",
    "union",
    "valley",
    "verdict",
    "vessel",
    "village",
    "vote",
    "wage",
    "warehouse",
    "water",
    "well",
    "winter",
    "workshop",
];
