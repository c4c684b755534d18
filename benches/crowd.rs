//! An archive of short articles whose speakers are spread as those of real news: a few surnames
//! that many bear and tens of thousands that few do, a few people who are quoted everywhere and
//! very many who are quoted once; initials, suffixes, offices and bare surnames.
//!
//! Articles are made with their quotes, so that millions take minutes. The same for the same
//! number.

#![allow(dead_code, reason = "each bench uses a part of it")]

use jiff::civil::Date;
use morgue::article::{
    Article, ArticlePlace, Metadata, Origin, Passage, PassageKind, Published, Quote, QuoteKind, Resolved,
    Rule, Span, Speaker, SpeakerKind, Stance, Trust,
};

use super::generated::{Random, clause, surname};

/// Surnames. The census of the United States of 2010 lists 162,253 that a hundred people bear; half
/// of the population has one of the first 2,500 or so.
const SURNAMES: usize = 50_000;
/// The share of a surname falls with its rank as 1 / (rank + `SURNAME_OFFSET`): that fits the
/// census at the ranks 1 (Smith, 828 of 100,000), 100 (some 85) and 1,000 (some 10).
const SURNAME_OFFSET: f64 = 10.0;
/// Quotes for each person in the mean.
const QUOTES_PER_PERSON: usize = 8;
/// The share of a person in all quotes falls in the same way: the first has some 3 in 1,000.
const PERSON_OFFSET: f64 = 25.0;

/// Somebody who may be quoted.
struct Member {
    given: String,
    initial: Option<char>,
    surname: String,
    suffix: Option<&'static str>,
    office: String,
    outlet: &'static str,
}

/// Everybody who may be quoted.
pub(crate) struct Crowd {
    members: Vec<Member>,
    shares: Shares,
}

impl Crowd {
    /// Enough people for `n_quotes` quotes.
    pub(crate) fn new(n_quotes: usize) -> Crowd {
        let n = (n_quotes / QUOTES_PER_PERSON).max(20);
        let (surnames, mut random) = (Shares::new(SURNAMES, SURNAME_OFFSET), Random(7));
        let member = |_| Member {
            given: given_name(&mut random),
            initial: (random.below(3) == 0).then(|| char::from(b'A' + random.below(26) as u8)),
            surname: surname(surnames.rank(&mut random)),
            suffix: (random.below(40) == 0).then(|| random.one_of(&["Jr.", "III"])),
            office: format!("{} {}", random.one_of(PLACES), random.one_of(OFFICES)),
            outlet: random.one_of(OUTLETS),
        };
        Crowd { members: (0..n).map(member).collect(), shares: Shares::new(n, PERSON_OFFSET) }
    }

    /// The article of that number with its quotes: three or four, by one to three people.
    pub(crate) fn article(&self, number: usize) -> (Article, Vec<Quote>) {
        let mut random = Random(number as u64 + 1_000_003);
        let members: Vec<&Member> =
            (0..1 + random.below(3)).map(|_| &self.members[self.shares.rank(&mut random)]).collect();
        let outlet = members[0].outlet;
        let day =
            Date::new(2000 + random.below(20) as i16, 1 + random.below(12) as i8, 1 + random.below(28) as i8);
        let mut passages = vec![format!("Council {number} over {}", random.one_of(PLACES))];
        let mut quotes = Vec::new();
        for _ in 0..3 + random.below(2) {
            let member = random.one_of(&members);
            let name = member.written(&mut random);
            let role = (random.below(5) < 2).then(|| member.office.clone());
            let words = clause(&mut random, true);
            let text = format!("“{words},” said {name}.");
            let content = Span::new("“".len(), "“".len() + words.len() + 1).expect("words");
            let cue = text.find("said").and_then(|at| Span::new(at, at + 4));
            quotes.push(Quote {
                passage: passages.len(),
                content: vec![content],
                kind: QuoteKind::Direct,
                cue,
                mention: None,
                speaker: Some(Speaker { name, kind: SpeakerKind::Person, role }),
                confidence: 0.9,
                rule: Rule::ALL[0],
                stance: Stance::Said,
            });
            passages.push(text);
        }
        let metadata = Metadata {
            headline: Some(found(passages[0].clone())),
            source: Some(found(outlet.to_owned())),
            date: day.ok().map(|it| found(Published::Day(it))),
            ..Metadata::default()
        };
        let kinds = std::iter::once(PassageKind::Headline).chain(std::iter::repeat(PassageKind::Body));
        let passages = kinds.zip(&passages).filter_map(|(kind, text)| Passage::new(kind, text)).collect();
        let place = ArticlePlace::file(path(number));
        (Article::new(place, metadata, passages).expect("it has text"), quotes)
    }

    /// The name of the person with most quotes.
    pub(crate) fn most_quoted(&self) -> String {
        format!("{} {}", self.members[0].given, self.members[0].surname)
    }
}

/// The file of an article.
pub(crate) fn path(number: usize) -> String {
    format!("corpus/{:04}/{number:07}.txt", number / 1000)
}

impl Member {
    /// As one article writes the name.
    fn written(&self, random: &mut Random) -> String {
        let Member { given, initial, surname, suffix, .. } = self;
        let middle = initial.map(|it| format!(" {it}.")).unwrap_or_default();
        let suffix = suffix.map(|it| format!(" {it}")).unwrap_or_default();
        match random.below(20) {
            0..4 => surname.clone(),
            4 => format!("{}. {surname}", &given[..1]),
            5..9 => format!("{given}{middle} {surname}"),
            9 => format!("{given}{middle} {surname}{suffix}"),
            _ => format!("{given} {surname}"),
        }
    }
}

fn found<T>(value: T) -> Resolved<T> {
    let origin = Origin { trust: Trust::Structured, rule: "made".to_owned(), place: "bench".to_owned() };
    Resolved { value, origin, candidates: Vec::new() }
}

fn given_name(random: &mut Random) -> String {
    let n = GIVEN.len() * 20;
    let rank = random.below(n).min(random.below(n));
    // Beside those that everybody knows there are rarer ones.
    if rank < GIVEN.len() * 8 { GIVEN[rank % GIVEN.len()].to_owned() } else { surname(60_000 + rank) }
}

/// Ranks from 0, the first more often: as 1 / (rank + offset).
struct Shares {
    /// Up to each rank.
    sums: Vec<f64>,
}

impl Shares {
    fn new(n: usize, offset: f64) -> Shares {
        let mut sum = 0.0;
        let add = |rank: usize| {
            sum += 1.0 / (rank as f64 + 1.0 + offset);
            sum
        };
        Shares { sums: (0..n).map(add).collect() }
    }

    fn rank(&self, random: &mut Random) -> usize {
        let total = self.sums.last().copied().unwrap_or(0.0);
        let at = random.next() as f64 / u64::MAX as f64 * total;
        self.sums.partition_point(|it| *it < at).min(self.sums.len() - 1)
    }
}

const GIVEN: &[&str] = &[
    "James", "Mary", "John", "Patricia", "Robert", "Linda", "Michael", "Barbara", "William", "Susan",
    "David", "Karen", "Richard", "Nancy", "Charles", "Helen", "Joseph", "Sandra", "Thomas", "Donna",
    "Daniel", "Carol", "Paul", "Ruth", "Mark", "Sharon", "Donald", "Laura", "George", "Sarah", "Kenneth",
    "Deborah", "Steven", "Jessica", "Edward", "Anna", "Brian", "Emma", "Peter", "Maria",
];
const PLACES: &[&str] =
    &["Aldmere", "Orle", "Corravan", "Osby", "Tarn", "Velden", "Marrow Bay", "Kestrel", "Holm", "Dunmore"];
const OFFICES: &[&str] = &[
    "mayor",
    "police chief",
    "senator",
    "governor",
    "judge",
    "spokesman",
    "minister",
    "coach",
    "councilman",
    "director",
    "professor",
    "attorney",
];
const OUTLETS: &[&str] =
    &["Harbour Courier", "Aldmere Ledger", "Orle Valley Herald", "Lobby Door", "Tarn Post", "Velden Times"];
