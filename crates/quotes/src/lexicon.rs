//! Words of a language, from its lexicon files: `said` reports speech, `Mrs.` is a title, `Maria` a
//! woman's name.
//!
//! The files lie in `lexicon/<language>/`, one entry a line: its written forms, ` : `, its tags;
//! `#` starts a comment. They are compiled into the program and read once. All that is bound to a
//! language stands there; the rules of this folder ask for classes only. A language without files
//! gets an empty lexicon, with which the engine finds quotation marks and names and guesses nothing
//! else.

use std::{collections::HashMap, ops::BitOr, sync::LazyLock};

use foldhash::fast::FixedState;

/// The classes of one written form, a set.
///
/// Aligned as a `u64` is, so that a token takes 40 bytes and not 48.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[repr(Rust, packed(8))]
pub(crate) struct Classes(u128);

macro_rules! classes {
    ($($bit:literal $name:ident $tag:literal $doc:literal,)*) => {
        impl Classes {
            $(#[doc = $doc] pub(crate) const $name: Classes = Classes(1 << $bit);)*
        }
        /// The tags that the lexicon files use.
        const TAGS: &[(&str, Classes)] = &[$(($tag, Classes::$name),)*];
    };
}

classes! {
    0 PRONOUN "pronoun" "Stands for a speaker: `he`, `we`.",
    1 HE "he" "Masculine.",
    2 SHE "she" "Feminine.",
    3 THEY "they" "Plural.",
    4 THING "thing" "Neuter: `it`.",
    5 FIRST "first" "First person.",
    6 SECOND "second" "Second person.",
    7 POSSESSIVE "possessive" "`his`, `their`: opens a noun phrase.",
    8 REFLEXIVE "reflexive" "`himself`.",
    9 INDEFINITE "indefinite" "`one`, `others`, `someone`.",
    10 DETERMINER "determiner" "`a`, `the`, `some`.",
    11 DEMONSTRATIVE "demonstrative" "`this`, `those`.",
    12 WHO "who" "Relative: `who`, `which`.",
    13 THAT "that" "Opens reported speech: `that`.",
    14 WH "wh" "`what`, `how`, `whether`.",
    15 IF "if" "Opens a clause of its own: `because`, `when`.",
    16 AND "and" "Joins equals: `and`, `but`.",
    17 OF "of" "A preposition.",
    18 BE "be" "A form of `be`.",
    19 HAVE "have" "A form of `have`.",
    20 MODAL "modal" "`will`, `did`.",
    21 NOT "not" "A negation.",
    22 ADVERB "adverb" "An adverb that ends otherwise than its kind usually does.",
    23 NO_ADVERB "noun-ly" "No adverb, though it ends like one.",
    24 ELISION "elision" "Begins with an apostrophe where it is written at all: `em`.",
    25 TIME "time" "A day, month or time.",
    26 TITLE "title" "Stands before a name.",
    27 SHORT "short" "An abbreviation; its full stop ends no sentence.",
    28 ROLE "role" "A noun for one person.",
    29 SPOKES "spokes" "A noun for one who speaks for somebody.",
    30 GROUP "group" "A noun for several people.",
    31 BODY "body" "A noun for a body that speaks as one.",
    32 DOCUMENT "document" "A noun for what speaks for its makers.",
    33 OUTLET "outlet" "A news outlet.",
    34 PLACE "place" "A place.",
    35 PEOPLE_OF "people-of" "An adjective of nation or party, often capitalized.",
    36 GIVEN "given" "A given name.",
    37 PARTICLE "particle" "A small word inside a surname.",
    38 SUFFIX "suffix" "A word after a surname that is no part of it.",
    39 VERB "verb" "A verb that reports nothing.",
    40 SAY "say" "A verb that reports anything.",
    41 REPORT "report" "A verb that reports a clause or words between marks.",
    42 THINK "think" "A verb that reports what nobody need have spoken.",
    43 SHOW "show" "A verb whose subject may be a document.",
    44 OBJECT "object" "A verb that reports what its object names.",
    45 MARKS "marks" "A verb that reports only words between marks.",
    46 HEARER "hearer" "A verb that may name its hearer first.",
    47 GERUND "~" "An -ing form.",
    48 ACCORDING "according" "Opens a phrase that names a source: `according`.",
    50 DEFINITE "definite" "The definite article.",
    51 INFINITIVE "infinitive" "Stands before an infinitive: `to`.",
    52 GENITIVE "genitive" "Joins an office to what it is over: `of`.",
    53 BASE "base" "The base form of a verb; by its place in the line, not by a tag.",
    54 THIRD "third" "The third person of a verb; by its place in the line.",
    55 AGENT "agent" "Follows a participle: `by`, `as`.",
    56 PLURAL "plural" "Perhaps a plural, by its ending.",
    57 COURTESY "courtesy" "A title that names no office: `Mr.`, `Dr.`.",
    58 ENDING "ending" "Not in the lexicon: its other classes are by its ending alone.",
    59 RELATION "relation" "A noun for what one is to another: `rival`, `wife`; no role.",
    49 SMALL "small" "An abbreviation also without a capital.",
    64 FINITE "finite" "A form that tells its subject's person, which may then be left out: `dijo`.",
    65 SOURCE "source" "Names a source without a preposition: `según`.",
    66 DIALOGUE "dialogue" "A dash that opens direct speech.",
    68 FAMILIES "families" "A given name whose bearers have two surnames: `Inés`.",
    69 ASKS "asks" "Labels a turn of whoever asks: `Q`.",
    70 ANSWERS "answers" "Labels a turn of whoever answers: `A`.",
    61 HEAD "head" "Heads a state or government: its holder needs no given name.",
    62 SENATE "senate" "Sits in an upper house.",
    63 DEPUTY "deputy" "Sits in a lower house.",
    72 GOVERNOR "governor" "Heads a part of a state.",
    73 FORM "form" "The legal form behind the name of a company: `Inc`.",
    75 FIRM "firm" "A noun for a company: `the company`.",
    74 EITHER "either" "A given name whose gender is the usual one only.",
    60 SURNAME "surname" "A surname too, whatever else it means: `Baker`.",
    71 WORK "work" "A noun for what has a title, and what people do with it: `song`, `starred`.",
    110 NAMING "naming" "Gives a name to what follows: `titled`, `the word`.",
    111 DENIES "denies" "Says before a verb that it was not done: `declined`, `without`.",
    112 EXPECTS "expects" "Says before a verb that it is to come: `will`, `expected`.",
    113 SUPPOSES "supposes" "Says before a verb that it is imagined: `might`, `unless`.",
    114 DOUBTS "doubts" "Leaves open whether it was done: `whether`, `unclear`.",
    115 CONDITION "condition" "Opens a condition: `if`.",
    100 CLAUSE "clause" "A verb that reports only where `that` follows: `held`.",
    101 DOER "doer" "Names who did it, behind a passive: `by`.",
    102 ABSOLUTE "absolute" "Opens a phrase with a verb of its own: `with Lund saying`.",
    103 PARTED "parted" "May belong to the verb before it: `chipped in`.",
    104 UTTERANCE "utterance" "A noun for what somebody says: `answer`.",
    105 ING "ing" "Perhaps a participle, by its ending.",
    106 BEARS "bears" "A thing that bears words which nobody speaks: `placard`.",
    107 NAMES "names" "A verb that says what something is: `call`.",
    108 JOINS "joins" "Joins two who do the same: `and`.",
    109 QUANTITY "quantity" "Counts those behind `of`: `half of respondents`.",
    76 PORTFOLIO "portfolio" "What an office is over: `finance`, `rural roads`.",
    77 POSTNOMINAL "postnominal" "Stands behind a name and is no part of it: `QC`, `MP`.",
    78 ANY_BODY "any-body" "A noun that any body may be called by: `the agency`.",
    79 TRAIT "trait" "A noun for what somebody is besides an office: `the striker`, `the billionaire`.",
    80 NATION "nation" "A word for a person of a nation: `the Kenyan`, `the Motswana`.",
    81 STATE "state" "The abbreviated name of a state: `Ala.`.",
    82 LETTERS "letters" "Means an office or honor only in capitals: `MP`, `the DIG`.",
    83 PURPOSE "purpose" "Joins a body or office to what it is for: `for`, `on`.",
    84 OVER "over" "A body that may be for or on something: `Institute for`, `Council on`.",
    67 PARTICIPLE "participle" "A participle that is no past: it reports only behind a form of `have`.",
}

/// Classes in a constant, which knows no `|`: `any!(OF | AND)`.
macro_rules! any {
    ($($class:ident)|+) => { $crate::lexicon::Classes::NONE$(.union($crate::lexicon::Classes::$class))+ };
}
pub(crate) use any;

impl Classes {
    pub(crate) const NONE: Classes = Classes(0);
    /// Every verb that can be a cue.
    pub(crate) const CUE: Classes = any!(SAY | REPORT | THINK | SHOW | OBJECT | MARKS);
    /// Verbs that report speech.
    pub(crate) const SPEECH: Classes = any!(SAY | REPORT);
    /// Nouns for speakers.
    pub(crate) const SPEAKING: Classes = any!(ROLE | GROUP | BODY | DOCUMENT);
    /// Offices of which a person holds one at a time.
    pub(crate) const OFFICE: Classes = any!(HEAD | SENATE | DEPUTY | GOVERNOR);
    /// Auxiliary verbs.
    pub(crate) const AUXILIARY: Classes = any!(BE | HAVE | MODAL);
    /// Verbs of any kind.
    pub(crate) const VERBS: Classes = any!(AUXILIARY | VERB | CUE);
    /// Verb forms that are often nouns too.
    pub(crate) const PRESENT: Classes = any!(BASE | THIRD);

    /// Whether it has any class of `other`.
    pub(crate) fn any(self, other: Classes) -> bool {
        self.0 & other.0 != 0
    }

    /// The place of each class in the list of all, ascending.
    pub(crate) fn bits(self) -> impl Iterator<Item = usize> {
        let mut left = self.0;
        std::iter::from_fn(move || {
            let first = (left != 0).then(|| left.trailing_zeros() as usize);
            left &= left.wrapping_sub(1);
            first
        })
    }

    /// The classes of `self` that are not in `other`.
    pub(crate) const fn without(self, other: Classes) -> Classes {
        Classes(self.0 & !other.0)
    }

    /// The classes of `self` that are in `other` too.
    pub(crate) fn only(self, other: Classes) -> Classes {
        Classes(self.0 & other.0)
    }

    /// The classes of either.
    pub(crate) const fn union(self, other: Classes) -> Classes {
        Classes(self.0 | other.0)
    }

    fn from_tag(tag: &str) -> Option<Classes> {
        TAGS.iter().find(|(name, _)| *name == tag).map(|(_, it)| *it)
    }
}

impl BitOr for Classes {
    type Output = Classes;

    fn bitor(self, other: Classes) -> Classes {
        self.union(other)
    }
}

/// The words of one language.
#[derive(Debug, Default)]
pub struct Lexicon {
    /// Short words, each as one number: nearly all that are looked up.
    short: HashMap<u128, Classes, FixedState>,
    /// The others, in lower case.
    long: HashMap<String, Classes, FixedState>,
    /// What an unknown word is by its ending; under the last byte of each.
    endings: HashMap<u8, Vec<(&'static str, Classes)>, FixedState>,
    longest: usize,
}

static EMPTY: LazyLock<Lexicon> = LazyLock::new(Lexicon::default);
static ENGLISH: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::read(ENGLISH_FILES));
static SPANISH: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::read(SPANISH_FILES));

const ENGLISH_FILES: &[&str] = &[
    include_str!("lexicon/en/abbreviations.txt"),
    include_str!("lexicon/en/agencies.txt"),
    include_str!("lexicon/en/bodies.txt"),
    include_str!("lexicon/en/calendar.txt"),
    include_str!("lexicon/en/cue_verbs.txt"),
    include_str!("lexicon/en/documents.txt"),
    include_str!("lexicon/en/endings.txt"),
    include_str!("lexicon/en/function_words.txt"),
    include_str!("lexicon/en/given_names.txt"),
    include_str!("lexicon/en/groups.txt"),
    include_str!("lexicon/en/letters.txt"),
    include_str!("lexicon/en/naming.txt"),
    include_str!("lexicon/en/particles.txt"),
    include_str!("lexicon/en/places.txt"),
    include_str!("lexicon/en/portfolios.txt"),
    include_str!("lexicon/en/quantities.txt"),
    include_str!("lexicon/en/roles.txt"),
    include_str!("lexicon/en/stances.txt"),
    include_str!("lexicon/en/suffixes.txt"),
    include_str!("lexicon/en/surnames.txt"),
    include_str!("lexicon/en/titles.txt"),
    include_str!("lexicon/en/turns.txt"),
    include_str!("lexicon/en/utterances.txt"),
    include_str!("lexicon/en/verbs.txt"),
    include_str!("lexicon/en/works.txt"),
];

/// Names of people, places and outlets are written in Spanish articles as in English ones.
const SPANISH_FILES: &[&str] = &[
    include_str!("lexicon/en/agencies.txt"),
    include_str!("lexicon/en/given_names.txt"),
    include_str!("lexicon/es/abbreviations.txt"),
    include_str!("lexicon/es/agencies.txt"),
    include_str!("lexicon/es/bodies.txt"),
    include_str!("lexicon/es/calendar.txt"),
    include_str!("lexicon/es/cue_verbs.txt"),
    include_str!("lexicon/es/documents.txt"),
    include_str!("lexicon/es/endings.txt"),
    include_str!("lexicon/es/function_words.txt"),
    include_str!("lexicon/es/given_names.txt"),
    include_str!("lexicon/es/groups.txt"),
    include_str!("lexicon/es/particles.txt"),
    include_str!("lexicon/es/places.txt"),
    include_str!("lexicon/es/roles.txt"),
    include_str!("lexicon/es/titles.txt"),
    include_str!("lexicon/es/turns.txt"),
    include_str!("lexicon/es/verbs.txt"),
];

impl Lexicon {
    /// The words of English.
    pub(crate) fn english() -> &'static Lexicon {
        &ENGLISH
    }

    /// The words of Spanish.
    pub(crate) fn spanish() -> &'static Lexicon {
        &SPANISH
    }

    /// The lexicon of a language without files.
    pub(crate) fn empty() -> &'static Lexicon {
        &EMPTY
    }

    /// Whether it holds no words, so that only marks and names can be found.
    pub fn is_empty(&self) -> bool {
        self.short.is_empty() && self.long.is_empty()
    }

    /// The classes of `word`, which is looked up in lower case.
    pub(crate) fn classes(&self, word: &str) -> Classes {
        let known = match packed(word) {
            Some(short) => self.short.get(&short),
            None if word.len() > self.longest => None,
            None => self.long.get(word.to_lowercase().as_str()),
        };
        known.copied().unwrap_or_else(|| self.by_ending(word))
    }

    /// The classes of a word in capitals that stands for an office or honor: `DIG`, but not `dig`.
    pub(crate) fn letters(&self, word: &str) -> Option<Classes> {
        self.short.get(&lettered(packed(word)?)).copied()
    }

    /// What the parts of a word with a hyphen tell of it: `singer-guitarist` is a trade,
    /// `Eva-Marie` a given name.
    pub(crate) fn compound(&self, word: &str) -> Classes {
        const ADJECTIVES: [&str; 4] = ["anti", "non", "pro", "multi"];
        let Some((first, _)) = word.split_once('-') else { return Classes::NONE };
        let Some((_, last)) = word.rsplit_once('-') else { return Classes::NONE };
        if ADJECTIVES.iter().any(|it| first.eq_ignore_ascii_case(it)) {
            return Classes::NONE;
        }
        let (first, last) = (self.classes(first), self.classes(last));
        // `seven-member`
        if first.any(Classes::DETERMINER) {
            return Classes::NONE;
        }
        let given = first.only(last).only(Classes::GIVEN | Classes::HE | Classes::SHE);
        if given.any(Classes::GIVEN) {
            return given;
        }
        last.only(if last.any(Classes::ROLE) { any!(ROLE | TRAIT | HE | SHE) } else { Classes::GROUP })
    }

    fn by_ending(&self, word: &str) -> Classes {
        const STEM_BYTES_MIN: usize = 3;
        let fits = |ending: &str| word.len() >= ending.len() + STEM_BYTES_MIN && word.ends_with(ending);
        let endings = word.as_bytes().last().and_then(|it| self.endings.get(it));
        let fit = endings.and_then(|it| it.iter().find(|(ending, _)| fits(ending)));
        fit.map_or(Classes::NONE, |(_, it)| *it)
    }

    fn read(files: &[&'static str]) -> Lexicon {
        let mut lexicon = Lexicon::default();
        for (forms, tags) in entries(files) {
            let classes =
                tags.split_whitespace().filter_map(Classes::from_tag).fold(Classes::NONE, Classes::bitor);
            for (index, form) in forms.split_whitespace().enumerate() {
                if let Some(ending) = form.strip_prefix('-') {
                    let last = ending.as_bytes().last().copied().unwrap_or_default();
                    lexicon.endings.entry(last).or_default().push((ending, classes | Classes::ENDING));
                } else if let Some(gerund) = form.strip_prefix('~') {
                    lexicon.add(gerund, classes | Classes::GERUND);
                } else {
                    lexicon.add(form, classes | tense(index, forms, classes));
                }
            }
        }
        lexicon
    }

    fn add(&mut self, form: &'static str, classes: Classes) {
        let letters = classes.any(Classes::LETTERS);
        let known = match packed(form).map(|it| if letters { lettered(it) } else { it }) {
            Some(short) => self.short.entry(short).or_default(),
            None => {
                let lower = form.to_lowercase();
                self.longest = self.longest.max(lower.len());
                self.long.entry(lower).or_default()
            }
        };
        *known = *known | classes;
    }
}

/// A short word of ASCII as a number, capitals as small letters.
fn packed(word: &str) -> Option<u128> {
    const BYTES: usize = size_of::<u128>();
    let mut lower = [0; BYTES];
    lower.get_mut(..word.len()).filter(|_| word.is_ascii())?.copy_from_slice(word.as_bytes());
    lower.make_ascii_lowercase();
    Some(u128::from_le_bytes(lower))
}

/// Where the meaning of a short word is kept that it has in capitals only.
fn lettered(packed: u128) -> u128 {
    packed << u8::BITS | u128::from(b'^')
}

/// The class of a verb form by its place in the line: base form first, third person second. A base
/// form that is the past too (`put`) is not told apart. Lines that say what their forms are have no
/// such order.
fn tense(index: usize, forms: &str, classes: Classes) -> Classes {
    let verb = classes.any(Classes::CUE | Classes::VERB)
        && !classes.any(Classes::FINITE | Classes::BASE | Classes::PARTICIPLE);
    let has_past = forms.split_whitespace().filter(|it| !it.starts_with('~')).count() > 2;
    match index {
        0 if verb && has_past => Classes::BASE,
        1 if verb => Classes::THIRD,
        _ => Classes::NONE,
    }
}

/// The entries of lexicon files: what stands before and behind ` : `.
pub(crate) fn entries(files: &[&'static str]) -> impl Iterator<Item = (&'static str, &'static str)> {
    files.iter().flat_map(|it| it.lines()).filter_map(entry)
}

/// The two halves of a line of a lexicon file; `None` for blank lines and comments.
fn entry(line: &'static str) -> Option<(&'static str, &'static str)> {
    if line.starts_with('#') { None } else { line.split_once(" : ") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_have_their_classes_whatever_their_case() {
        let lexicon = Lexicon::english();
        for (word, class) in [
            ("said", Classes::SAY),
            ("Said", Classes::SAY),
            ("saying", Classes::GERUND),
            ("told", Classes::HEARER),
            ("Mr.", Classes::TITLE),
            ("Maria", Classes::SHE),
            ("officials", Classes::GROUP),
            ("quickly", Classes::ADVERB),
        ] {
            assert!(lexicon.classes(word).any(class), "{word}");
        }
        assert!(!lexicon.classes("family").any(Classes::ADVERB));
    }

    #[test]
    fn every_line_of_every_file_is_sorted_and_has_known_tags() {
        for text in ENGLISH_FILES.iter().chain(SPANISH_FILES) {
            let name = text.lines().next().unwrap_or_default();
            let lines: Vec<&str> = text.lines().filter(|it| !it.is_empty() && !it.starts_with('#')).collect();
            for line in &lines {
                let (forms, tags) = entry(line).unwrap_or_else(|| panic!("{name}: no tags in {line:?}"));
                assert!(!forms.trim().is_empty() && !tags.trim().is_empty(), "{name}: {line:?}");
                for tag in tags.split_whitespace() {
                    assert!(Classes::from_tag(tag).is_some(), "{name}: {tag:?} is no tag");
                }
            }
            let ascii = || lines.iter().filter(|it| it.is_ascii()).map(|it| it.to_lowercase());
            assert!(ascii().is_sorted(), "{name} is not sorted");
        }
    }
}
