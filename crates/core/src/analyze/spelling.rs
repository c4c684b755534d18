//! American and British spelling of English words: what a word is on the other side of the
//! Atlantic.
//!
//! Lists name the words that differ. By its ending alone `officer` would be an American way to
//! write `officre`, and `expertise` a British way to write `expertize`. Only `-ize` is a rule,
//! because it makes new words every day; a list has its exceptions. The result may be a word that
//! nobody writes: the caller looks it up.

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

/// The fewest letters before `-ize`: `prize` and `size` are no American spelling.
const IZE_LETTERS_MIN: usize = 4;

/// What differs, American and British, and what may stand before it and follow it.
struct Rule {
    american: &'static str,
    british: &'static str,
    stems: Stems,
    endings: &'static [&'static str],
}

/// What may stand before that which differs.
enum Stems {
    /// One of these.
    Listed(&'static [&'static str]),
    /// Anything but the beginnings of words that have no other spelling.
    OfIze,
    /// Anything with `l`: `analyze`, `paralyze`.
    OfLyze,
}

impl Stems {
    fn allow(&self, stem: &str) -> bool {
        match self {
            Stems::Listed(list) => list.contains(&stem),
            // `raise`, `noise`, `cruise`, `seize`, `otherwise`
            Stems::OfIze => {
                stem.chars().count() >= IZE_LETTERS_MIN
                    && !stem.ends_with(['a', 'e', 'o', 'u', 'w'])
                    && !NO_IZE.contains(&stem)
                    && !PREFIXES
                        .iter()
                        .any(|it| stem.strip_prefix(it).is_some_and(|rest| NO_IZE.contains(&rest)))
            }
            Stems::OfLyze => stem.ends_with('l'),
        }
    }
}

/// Stems of words that are written with `-ise` only, like `advertise`, or with `-ize` only, like
/// `capsize`. A prefix may stand before the stem.
const NO_IZE: &[&str] = &[
    "adv", "advert", "appr", "caps", "chast", "chem", "circumc", "compr", "comprom", "conc", "dem", "den",
    "desp", "dev", "enfranch", "enterpr", "exc", "exerc", "expert", "franch", "improv", "inc", "merchand",
    "moonr", "parad", "pract", "prec", "prem", "prom", "repr", "rev", "sunr", "superv", "surm", "surpr",
    "telev", "treat", "val",
];
const PREFIXES: &[&str] = &["dis", "mis", "non", "re", "un"];

/// Nouns in `-or` and `-our`.
const OUR: &[&str] = &[
    "arb",
    "ard",
    "arm",
    "behavi",
    "belab",
    "cand",
    "clam",
    "clang",
    "col",
    "demean",
    "discol",
    "disfav",
    "dishon",
    "dol",
    "enam",
    "endeav",
    "fav",
    "ferv",
    "flav",
    "glam",
    "harb",
    "hon",
    "hum",
    "lab",
    "misbehavi",
    "neighb",
    "od",
    "parl",
    "ranc",
    "rig",
    "rum",
    "sav",
    "savi",
    "splend",
    "succ",
    "tum",
    "val",
    "vap",
    "vig",
    "watercol",
];

/// Words in `-er` and `-re`.
const RE: &[&str] = &[
    "accout",
    "amphitheat",
    "calib",
    "cent",
    "centilit",
    "centimet",
    "epicent",
    "fib",
    "goit",
    "kilomet",
    "lacklust",
    "lit",
    "lust",
    "meag",
    "met",
    "microfib",
    "millilit",
    "millimet",
    "mit",
    "och",
    "reconnoit",
    "sab",
    "saltpet",
    "scept",
    "sepulch",
    "somb",
    "spect",
    "theat",
];

/// Verbs that end with one `l`, which is written twice before an ending in British spelling.
const LL: &[&str] = &[
    "bedevi", "beve", "cance", "channe", "chise", "counci", "counse", "dia", "disheve", "due", "ename",
    "equa", "fue", "funne", "grave", "grove", "initia", "jewe", "labe", "leve", "libe", "marsha", "marve",
    "meda", "mode", "outriva", "pane", "parce", "peda", "penci", "pumme", "quarre", "rave", "refue",
    "remode", "reve", "riva", "shove", "shrive", "signa", "snive", "snorke", "spira", "stenci", "swive",
    "tota", "towe", "trave", "tunne", "unrave", "wease", "yode",
];

/// Nouns in `-og` and `-ogue`.
const OGUE: &[&str] =
    &["anal", "catal", "demag", "dial", "epil", "homol", "monol", "pedag", "prol", "synag", "travel"];

/// Endings of nouns and verbs.
const INFLECTED: &[&str] = &["", "s", "ed", "ing", "er", "ers"];

const RULES: &[Rule] = &[
    Rule {
        american: "or",
        british: "our",
        stems: Stems::Listed(OUR),
        endings: &[
            "", "s", "ed", "ing", "er", "ers", "able", "ably", "al", "ful", "hood", "hoods", "ite", "ites",
            "less", "ly",
        ],
    },
    Rule { american: "er", british: "re", stems: Stems::Listed(RE), endings: &["", "s"] },
    Rule { american: "er", british: "r", stems: Stems::Listed(RE), endings: &["ed", "ing"] },
    Rule {
        american: "iz",
        british: "is",
        stems: Stems::OfIze,
        endings: &["e", "es", "ed", "ing", "er", "ers", "ation", "ations", "ational"],
    },
    // Not `analyses`, which is also more than one analysis.
    Rule { american: "yz", british: "ys", stems: Stems::OfLyze, endings: &["e", "ed", "ing", "er", "ers"] },
    Rule {
        american: "l",
        british: "ll",
        stems: Stems::Listed(LL),
        endings: &["ed", "ing", "er", "ers", "or", "ors", "ist", "ists", "ous"],
    },
    Rule { american: "og", british: "ogue", stems: Stems::Listed(OGUE), endings: &["", "s"] },
];

/// Words and beginnings of words that no rule is for, American and British; each also with
/// [`INFLECTED`] endings.
const LISTED: &[(&str, &str)] = &[
    ("aging", "ageing"),
    ("aluminum", "aluminium"),
    ("anemia", "anaemia"),
    ("anesthetic", "anaesthetic"),
    ("counselor", "counsellor"),
    ("cozy", "cosy"),
    ("defense", "defence"),
    ("encyclopedia", "encyclopaedia"),
    ("enroll", "enrol"),
    ("enrollment", "enrolment"),
    ("fetus", "foetus"),
    ("fulfill", "fulfil"),
    ("fulfillment", "fulfilment"),
    ("gray", "grey"),
    ("hemorrhage", "haemorrhage"),
    ("installment", "instalment"),
    ("jewelry", "jewellery"),
    ("judgment", "judgement"),
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
    ("skeptic", "sceptic"),
    ("skeptical", "sceptical"),
    ("skepticism", "scepticism"),
    ("skillful", "skilful"),
    ("willful", "wilful"),
];

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
    for Rule { american, british, stems, endings } in RULES {
        for (this, to) in [(american, Variety::British), (british, Variety::American)] {
            for ending in *endings {
                let stem = form.strip_suffix(ending).and_then(|it| it.strip_suffix(this));
                if let Some(stem) = stem.filter(|it| stems.allow(it)) {
                    add((american, british), to, stem, ending);
                }
            }
        }
    }
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
            ("flavorful", "flavourful"),
            ("kilometers", "kilometres"),
            ("epicenter", "epicentre"),
            ("centering", "centring"),
            ("privatization", "privatisation"),
            ("apologizing", "apologising"),
            ("medalists", "medallists"),
            ("saviors", "saviours"),
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
            ("prize", "prise"),
            ("size", "sise"),
            ("filed", "filled"),
            ("timber", "timbre"),
            ("fire", "fier"),
            ("acre", "acer"),
            ("dog", "dogue"),
            ("officer", "officre"),
            ("remember", "remembre"),
            ("registers", "registres"),
            ("ministered", "ministred"),
            ("expertize", "expertise"),
            ("surprized", "surprised"),
            ("promizing", "promising"),
            ("unsupervized", "unsupervised"),
            ("disenfranchizing", "disenfranchising"),
            ("sunrizes", "sunrises"),
            ("otherwize", "otherwise"),
            ("advertizers", "advertisers"),
            ("improvization", "improvisation"),
            ("analyzes", "analyses"),
            ("schuler", "schuller"),
            ("seymor", "seymour"),
            ("herzog", "herzogue"),
            ("thermometer", "thermometre"),
            ("merchandizing", "merchandising"),
        ] {
            assert!(other_spellings(one).iter().all(|it| it.0 != other), "{one}");
            assert!(other_spellings(other).iter().all(|it| it.0 != one), "{other}");
        }
    }
}
