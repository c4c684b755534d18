//! American and British spelling of English words: what a word is on the other side of the
//! Atlantic.
//!
//! By rules on the end of a word, whose beginning must have a letter or four, so that `four` is not
//! taken for a way to write `for`; and a small list. A rule also makes words that nobody writes
//! (`directour`): who asks looks them up.

/// Where a spelling is usual.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Variety {
    /// `harbor`
    American,
    /// `harbour`
    British,
}

impl Variety {
    /// Its name: `American`.
    pub fn name(self) -> &'static str {
        match self {
            Variety::American => "American",
            Variety::British => "British",
        }
    }
}

/// The fewest letters before what a rule changes.
const STEM_LETTERS_MIN: usize = 4;

/// What differs, American and British, and what may follow it.
struct Rule {
    american: &'static str,
    british: &'static str,
    endings: &'static [&'static str],
}

/// Endings of nouns and verbs.
const INFLECTED: &[&str] = &["", "s", "ed", "ing", "er", "ers"];

const RULES: &[Rule] = &[
    Rule {
        american: "or",
        british: "our",
        endings: &[
            "", "s", "ed", "ing", "er", "ers", "able", "ably", "al", "ful", "hood", "hoods", "ite", "ites",
            "less", "ly",
        ],
    },
    Rule { american: "er", british: "re", endings: &["", "s"] },
    Rule { american: "ered", british: "red", endings: &[""] },
    Rule {
        american: "iz",
        british: "is",
        endings: &["e", "es", "ed", "ing", "er", "ers", "ation", "ations", "ational"],
    },
    Rule { american: "yz", british: "ys", endings: &["e", "es", "ed", "ing", "er", "ers"] },
    Rule { american: "l", british: "ll", endings: &["ed", "ing", "er", "ers", "or", "ors"] },
    Rule { american: "og", british: "ogue", endings: &["", "s"] },
];

/// Words and beginnings of words that no rule is for, American and British; each also with
/// [`INFLECTED`] endings.
const LISTED: &[(&str, &str)] = &[
    ("aging", "ageing"),
    ("aluminum", "aluminium"),
    ("anemia", "anaemia"),
    ("anesthetic", "anaesthetic"),
    ("armor", "armour"),
    ("color", "colour"),
    ("counselor", "counsellor"),
    ("cozy", "cosy"),
    ("defense", "defence"),
    ("encyclopedia", "encyclopaedia"),
    ("enroll", "enrol"),
    ("enrollment", "enrolment"),
    ("favor", "favour"),
    ("favorite", "favourite"),
    ("fetus", "foetus"),
    ("fulfill", "fulfil"),
    ("fulfillment", "fulfilment"),
    ("gray", "grey"),
    ("hemorrhage", "haemorrhage"),
    ("honor", "honour"),
    ("honorable", "honourable"),
    ("humor", "humour"),
    ("installment", "instalment"),
    ("jewelry", "jewellery"),
    ("judgment", "judgement"),
    ("labor", "labour"),
    ("license", "licence"),
    ("maneuver", "manoeuvre"),
    ("mold", "mould"),
    ("mustache", "moustache"),
    ("offense", "offence"),
    ("orthopedic", "orthopaedic"),
    ("pajamas", "pyjamas"),
    ("pediatric", "paediatric"),
    ("plow", "plough"),
    ("pretense", "pretence"),
    ("program", "programme"),
    ("rumor", "rumour"),
    ("skeptic", "sceptic"),
    ("skeptical", "sceptical"),
    ("skepticism", "scepticism"),
    ("skillful", "skilful"),
    ("tumor", "tumour"),
    ("valor", "valour"),
    ("vapor", "vapour"),
    ("vigor", "vigour"),
    ("willful", "wilful"),
];

/// Words that a rule makes of each other and that are two.
const TWO_WORDS: &[(&str, &str)] = &[("timber", "timbre"), ("tender", "tendre")];

/// The ways to write a folded English word on the other side of the Atlantic, each with the variety
/// it belongs to. Most are no words.
pub fn other_spellings(form: &str) -> Vec<(String, Variety)> {
    let mut found: Vec<(String, Variety)> = Vec::new();
    let mut add = |from: (&str, &str), to: Variety, stem: &str, ending: &str| {
        let (american, british) = from;
        let other = match to {
            Variety::American => format!("{stem}{american}{ending}"),
            Variety::British => format!("{stem}{british}{ending}"),
        };
        if !found.iter().any(|it| it.0 == other) {
            found.push((other, to));
        }
    };
    for (american, british) in LISTED {
        for (this, to) in [(american, Variety::British), (british, Variety::American)] {
            let ending = form.strip_prefix(this).filter(|it| INFLECTED.contains(it));
            if let Some(ending) = ending {
                add((american, british), to, "", ending);
            }
        }
    }
    for Rule { american, british, endings } in RULES {
        for (this, to) in [(american, Variety::British), (british, Variety::American)] {
            for ending in *endings {
                let stem = form.strip_suffix(ending).and_then(|it| it.strip_suffix(this));
                if let Some(stem) = stem.filter(|it| it.chars().count() >= STEM_LETTERS_MIN) {
                    add((american, british), to, stem, ending);
                }
            }
        }
    }
    let are_two = |one: &str, other: &str| {
        TWO_WORDS.iter().any(|(a, b)| {
            (one.starts_with(a) && other.starts_with(b)) || (one.starts_with(b) && other.starts_with(a))
        })
    };
    found.retain(|it| !are_two(form, &it.0));
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_both_sides() {
        for (american, british) in [
            ("neighbors", "neighbours"),
            ("behavioral", "behavioural"),
            ("labored", "laboured"),
            ("theater", "theatre"),
            ("centered", "centred"),
            ("organization", "organisation"),
            ("realized", "realised"),
            ("analyze", "analyse"),
            ("traveling", "travelling"),
            ("catalog", "catalogue"),
            ("defense", "defence"),
            ("programs", "programmes"),
            ("gray", "grey"),
            ("skeptics", "sceptics"),
            ("colored", "coloured"),
        ] {
            let has = |form: &str, other: &str, variety| {
                other_spellings(form).contains(&(other.to_owned(), variety))
            };
            assert!(has(american, british, Variety::British), "{american}: {:?}", other_spellings(american));
            assert!(has(british, american, Variety::American), "{british}: {:?}", other_spellings(british));
        }
    }

    #[test]
    fn words_that_only_look_so() {
        for (one, other) in [
            ("for", "four"),
            ("tire", "tier"),
            ("metre", "meter"),
            ("prize", "prise"),
            ("size", "sise"),
            ("filed", "filled"),
            ("timber", "timbre"),
            ("fire", "fier"),
            ("acre", "acer"),
            ("dog", "dogue"),
        ] {
            assert!(other_spellings(one).iter().all(|it| it.0 != other), "{one}");
            assert!(other_spellings(other).iter().all(|it| it.0 != one), "{other}");
        }
    }
}
