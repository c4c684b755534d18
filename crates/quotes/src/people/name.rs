//! A name as written → its folded words, and how two names may be one: initials, middle names,
//! nicknames, spellings.

use std::{collections::HashMap, sync::LazyLock};

use morgue_core::article::SpeakerKind;

use crate::{
    fold::fold,
    lexicon::{Classes, Lexicon, entries},
};

/// A written name taken apart.
#[derive(Clone, Debug)]
pub(super) struct Name {
    pub kind: SpeakerKind,
    /// Folded words without titles and suffix.
    pub words: Vec<String>,
    /// `jr`, `iii`.
    pub suffix: Option<String>,
    /// Whether it was written with the legal form of a company, which is left out of the words.
    pub is_company: bool,
}

/// Words after a surname that tell a son from his father.
const SUFFIXES: &[&str] = &["jr", "sr", "ii", "iii", "iv"];
/// What the law adds to the name of a company and papers leave out again.
const LEGAL_FORMS: &[&str] = &["inc", "corp", "corporation", "co", "cos", "ltd", "limited", "plc", "llc"];
/// The same, where the words are other names too.
const LEGAL_FORMS_OF_BODIES: &[&str] = &["ag", "sa", "nv", "bv", "spa", "gmbh", "ab", "oy", "kk", "company"];

/// Whether a folded word tells a son from his father.
pub(super) fn is_suffix(word: &str) -> bool {
    SUFFIXES.contains(&word)
}

/// Whether a folded word is the legal form of a company and nothing else.
pub(super) fn is_legal_form(word: &str) -> bool {
    LEGAL_FORMS.contains(&word)
}

/// Whether a folded word is the legal form of a company, and perhaps something else.
pub(super) fn is_any_legal_form(word: &str) -> bool {
    is_legal_form(word) || LEGAL_FORMS_OF_BODIES.contains(&word)
}

/// What a person's full name states.
#[derive(Clone, Copy, Debug)]
pub(super) struct Form<'a> {
    /// The first word before the surname that is no initial; else the first initial.
    pub given: &'a str,
    /// Initials before the given name: `H.` of `H. Ross Lund`.
    pub lead: &'a [String],
    /// What stands between given name and surname.
    pub middle: &'a [String],
    pub last: &'a str,
    pub suffix: Option<&'a str>,
}

impl Form<'_> {
    /// Whether it says more than given name and surname.
    pub(super) fn states_more(&self) -> bool {
        !self.lead.is_empty() || !self.middle.is_empty() || self.suffix.is_some()
    }

    /// Whether nothing that both state beside the given name differs: what one leaves out agrees.
    pub(super) fn agrees(&self, other: &Form<'_>) -> bool {
        self.last == other.last
            && (self.suffix.is_none() || other.suffix.is_none() || self.suffix == other.suffix)
            && middles_agree(self.lead, other.lead)
            && middles_agree(self.middle, other.middle)
    }
}

impl Name {
    pub(super) fn read(name: &str, kind: SpeakerKind) -> Name {
        let turned = if kind == SpeakerKind::Person { turned(name) } else { None };
        let name = turned.as_deref().unwrap_or(name);
        let written: Vec<&str> = name.split([' ', '\u{a0}', ',']).filter(|it| !it.is_empty()).collect();
        let n_titles = if kind == SpeakerKind::Person { titles(&written) } else { 0 };
        let mut words: Vec<String> = Vec::new();
        for (at, word) in written.iter().enumerate().skip(n_titles) {
            if kind == SpeakerKind::Person && at + 1 < written.len() && is_initials(word) {
                words.extend(word.split('.').filter(|it| !it.is_empty()).map(fold));
            } else {
                words.push(fold(word));
            }
        }
        words.retain(|it| !it.is_empty());
        let n_written = words.len();
        let legal = |it: &mut String, kind| {
            is_legal_form(it) || kind == SpeakerKind::Organisation && is_any_legal_form(it)
        };
        while words.len() > 1 && words.pop_if(|it| legal(it, kind)).is_some() {}
        let is_company = words.len() < n_written;
        let kind = if is_company { SpeakerKind::Organisation } else { kind };
        let suffix = words.pop_if(|it| SUFFIXES.contains(&it.as_str()));
        if kind == SpeakerKind::Organisation && words.len() > 1 && words[0] == "the" {
            words.remove(0);
        }
        Name { kind, words, suffix, is_company }
    }

    /// The first of two surnames, where the given name is of a language whose people have two:
    /// `Calderón` of `Inés Calderón Ibáñez`. It may stand alone.
    pub(super) fn first_surname(&self) -> Option<&str> {
        match self.words.as_slice() {
            [given, family, _] if has_two_surnames(given) && !is_given(family) => Some(family),
            _ => None,
        }
    }

    /// A person's name of these folded words.
    pub(super) fn of_person(words: Vec<String>) -> Name {
        Name { kind: SpeakerKind::Person, words, suffix: None, is_company: false }
    }

    /// What it states as a person's full name; `None` if it is another kind of name.
    pub(super) fn form(&self) -> Option<Form<'_>> {
        let (_, last) = self.ends()?;
        let before = &self.words[..self.words.len() - 1];
        let at = before.iter().position(|it| !is_initial(it)).unwrap_or(0);
        let (lead, rest) = before.split_at(at);
        let (given, middle) = rest.split_first()?;
        Some(Form { given, lead, middle, last, suffix: self.suffix.as_deref() })
    }

    /// All folded words, the suffix last.
    pub(super) fn key(&self) -> String {
        let words: Vec<&str> = self.words.iter().map(String::as_str).chain(self.suffix.as_deref()).collect();
        words.join(" ")
    }

    /// First and last word, when it is a person's with both.
    pub(super) fn ends(&self) -> Option<(&str, &str)> {
        let (first, last) = (self.words.first()?, self.words.last()?);
        (self.kind == SpeakerKind::Person && self.words.len() >= 2).then_some((first, last))
    }

    pub(super) fn middle(&self) -> &[String] {
        middle(&self.words)
    }

    /// Whether it is a person's and but one word.
    pub(super) fn is_bare(&self) -> bool {
        self.kind == SpeakerKind::Person && self.words.len() == 1
    }

    /// Whether its words are those of a body and no given name: `Loan Bank Board`, `Statistics
    /// Ireland`, `Osby and Holm`.
    pub(super) fn is_bodily(&self) -> bool {
        let bodily = |word: &String| {
            Lexicon::english().classes(word).any(Classes::BODY | Classes::OUTLET | Classes::PLACE)
        };
        let given = self.form().is_some_and(|it| is_given(it.given));
        let joined = self.words.iter().any(|it| it == "and");
        self.words.len() > 1 && (joined || !given && self.words.last().is_some_and(bodily))
    }

    /// Whether it may be the name of somebody: a given name that is known, and no verb of a
    /// headline (`Lund Says`, `Said Lund`).
    pub(super) fn is_likely(&self) -> bool {
        self.form().is_some_and(|it| is_given(it.given)) && !self.has_verb()
    }

    /// Whether it begins or ends with a verb, as words of a headline do.
    pub(super) fn has_verb(&self) -> bool {
        let verb = |word: &String| {
            let classes = Lexicon::english().classes(word);
            classes.any(Classes::CUE) && !classes.any(Classes::GIVEN) && !is_given(word)
        };
        self.words.len() > 1 && (self.words.first().is_some_and(verb) || self.words.last().is_some_and(verb))
    }

    /// Words that are no initials, counted up to two.
    pub(super) fn written_out(&self) -> usize {
        self.words.iter().filter(|it| !is_initial(it)).count().min(2)
    }
}

/// How many words before a full name are titles: `Gen Casimir Drewe`.
fn titles(words: &[&str]) -> usize {
    words.iter().take(words.len().saturating_sub(2)).take_while(|it| is_title(it)).count()
}

fn is_title(word: &str) -> bool {
    let lexicon = Lexicon::english();
    let classes = lexicon.classes(word) | lexicon.classes(&format!("{word}."));
    classes.any(Classes::TITLE)
        && classes.any(Classes::SHORT | Classes::COURTESY | Classes::ROLE)
        && !classes.any(Classes::GIVEN)
}

/// A typed name without titles and party: `Lund` of `Mayor Lund (R)`; `None` if it has neither.
pub(super) fn alone(typed: &str) -> Option<String> {
    let (name, qualifier) = qualified(typed);
    let words: Vec<&str> = name.split_whitespace().collect();
    let before_last = words.iter().take(words.len().saturating_sub(1));
    let n_titles = before_last.take_while(|it| is_title(it) || is_title(&it.to_lowercase())).count();
    // `Secretary of State` is nobody's name.
    let first = words.get(n_titles).map(|it| Lexicon::english().classes(it));
    let office = first.is_some_and(|it| it.any(Classes::GENITIVE) && !it.any(Classes::PARTICLE));
    ((n_titles > 0 && !office) || qualifier.is_some()).then(|| words[n_titles..].join(" "))
}

/// What stands between the first word and the last.
fn middle(words: &[String]) -> &[String] {
    words.get(1..words.len().saturating_sub(1)).unwrap_or_default()
}

/// Whether a typed name with initials may be a name: first and last words agree, and no middle name
/// contradicts.
pub(super) fn fits_by_initials(name: &[String], typed: &[String]) -> bool {
    let ([first, .., last], [typed_first, .., typed_last]) = (name, typed) else { return false };
    typed.iter().any(|it| is_initial(it))
        && last == typed_last
        && agree(first, typed_first)
        && middles_agree(middle(name), middle(typed))
}

/// `Lund, Ada` as `Ada Lund`; `None` when nothing has to be turned.
pub(super) fn turned(name: &str) -> Option<String> {
    let (family, given) = name.split_once(',')?;
    let given = given.trim();
    let suffix = SUFFIXES.contains(&fold(given).as_str());
    (!suffix && !given.is_empty() && !given.contains(',')).then(|| format!("{given} {}", family.trim()))
}

/// A name and what stands in brackets behind it: `Tom Berg (skipper)`.
pub(super) fn qualified(name: &str) -> (&str, Option<&str>) {
    let name = name.trim();
    match name.strip_suffix(')').and_then(|it| it.rsplit_once('(')) {
        Some((name, qualifier)) if !name.trim().is_empty() => (name.trim(), Some(qualifier.trim())),
        _ => (name, None),
    }
}

/// Whether it is several initials written as one word: `J.R.`.
fn is_initials(word: &str) -> bool {
    let letters: Vec<&str> = word.split('.').filter(|it| !it.is_empty()).collect();
    letters.len() > 1 && word.contains('.') && letters.iter().all(|it| it.chars().count() == 1)
}

/// Whether a written name is a word of two to five capitals that is no given name: `SEC`, more
/// likely a body's than a surname.
pub(super) fn is_acronym(written: &str) -> bool {
    let capitals = |it: char| it.is_uppercase() || it == '&';
    (2..=5).contains(&written.chars().count()) && written.chars().all(capitals) && !is_given(&fold(written))
}

/// Whether a written word may be a surname alone: no acronym, and no capital behind the first one
/// (`BAe`).
pub(super) fn is_surname_alone(written: &str) -> bool {
    let capitals = written.chars().take_while(|it| it.is_uppercase()).count();
    let letters = written.chars().count();
    letters > 1 && !is_acronym(written) && (capitals < 2 || capitals == letters)
}

/// Whether it is a single letter.
pub(super) fn is_initial(word: &str) -> bool {
    word.chars().count() == 1
}

/// Whether two words can be one name: equal, or one the other's initial.
pub(super) fn agree(one: &str, other: &str) -> bool {
    one == other || (is_initial(one) || is_initial(other)) && one.chars().next() == other.chars().next()
}

/// Whether the middle names of two forms do not contradict each other: what both give agrees.
pub(super) fn middles_agree(one: &[String], other: &[String]) -> bool {
    one.is_empty()
        || other.is_empty()
        || one.len() == other.len() && one.iter().zip(other).all(|(it, that)| agree(it, that))
}

/// What a lexicon says of a given name.
#[derive(Default)]
struct Given {
    he: bool,
    she: bool,
    /// Whether its bearers have two surnames.
    families: bool,
}

/// The given names of all lexicons, folded.
static GIVEN: LazyLock<HashMap<String, Given>> = LazyLock::new(|| {
    let files =
        [include_str!("../lexicon/en/given_names.txt"), include_str!("../lexicon/es/given_names.txt")];
    let mut known: HashMap<String, Given> = HashMap::new();
    for (name, tags) in entries(&files) {
        let given = known.entry(fold(name)).or_default();
        for tag in tags.split(' ') {
            given.he |= tag == "he";
            given.she |= tag == "she";
            given.families |= tag == "families";
        }
    }
    known
});

/// Whether a folded word is a given name that a lexicon knows.
pub(super) fn is_given(word: &str) -> bool {
    GIVEN.contains_key(word)
}

/// Whether the bearers of a given name have two surnames, of which the first may stand alone.
fn has_two_surnames(given: &str) -> bool {
    GIVEN.get(given).is_some_and(|it| it.families)
}

/// Whether some of the given names are a man's, and whether some are a woman's.
pub(super) fn genders(given: impl Iterator<Item = String>) -> (bool, bool) {
    let known = given.filter_map(|it| GIVEN.get(&it));
    known.fold((false, false), |(he, she), it| (he || it.he, she || it.she))
}

/// Whether two given names are usually of different genders.
pub(super) fn genders_differ(one: &str, other: &str) -> bool {
    let (Some(one), Some(other)) = (GIVEN.get(one), GIVEN.get(other)) else { return false };
    let (only_he, only_she) = (|it: &Given| it.he && !it.she, |it: &Given| it.she && !it.he);
    only_he(one) && only_she(other) || only_she(one) && only_he(other)
}

/// The full given names that a short one stands for: `bob` for `robert`.
static NICKNAMES: LazyLock<HashMap<&'static str, Vec<&'static str>>> = LazyLock::new(|| {
    let files = [include_str!("../lexicon/en/nicknames.txt"), include_str!("../lexicon/es/nicknames.txt")];
    let mut known: HashMap<&str, Vec<&str>> = HashMap::new();
    for (full, short) in entries(&files) {
        for short in short.split_whitespace() {
            known.entry(short).or_default().push(full);
        }
    }
    known
});

/// What a given name may stand for: the full names of a nickname, or itself.
pub(super) fn full_forms(given: &str) -> &[&'static str] {
    NICKNAMES.get(given).map(Vec::as_slice).unwrap_or_default()
}

/// The consonants of a folded word as most spellings of it share them: `sarfaraz` and `sarfraz` are
/// `srfrz`, `tashkiri` and `tachkiri` `tSkr`. A leading vowel stays as `a`. Names that are written
/// in Latin letters by ear differ in their vowels, in doubled letters and in a few digraphs.
pub(super) fn skeleton(word: &str) -> String {
    const DIGRAPHS: &[(&str, &str)] = &[
        ("tsch", "S"),
        ("sch", "S"),
        ("tch", "S"),
        ("ch", "S"),
        ("sh", "S"),
        ("kh", "k"),
        ("gh", "g"),
        ("ph", "f"),
        ("th", "t"),
        ("dh", "d"),
        ("dj", "j"),
        ("ck", "k"),
        ("ce", "se"),
        ("ci", "si"),
        ("qu", "k"),
    ];
    let mut found = String::new();
    let mut rest = word;
    while let Some(first) = rest.chars().next() {
        let (sounds, taken) = match DIGRAPHS.iter().find(|(it, _)| rest.starts_with(it)) {
            Some((it, sound)) => (*sound, it.len()),
            None => (&rest[..first.len_utf8()], first.len_utf8()),
        };
        for sound in sounds.chars() {
            let sound = match sound {
                'c' | 'q' => 'k',
                'w' => 'v',
                it => it,
            };
            let vowel = matches!(sound, 'a' | 'e' | 'i' | 'o' | 'u')
                || matches!(sound, 'y' | 'h' | 'v') && !found.is_empty() && sound != 'v';
            if vowel {
                if found.is_empty() {
                    found.push('a');
                }
            } else if sound.is_alphanumeric() && !found.ends_with(sound) {
                found.push(sound);
            }
        }
        rest = &rest[taken..];
    }
    found
}

/// Whether two folded words sound nearly alike: but for one letter after long vowels, doubled
/// letters and digraphs are written one way.
pub(super) fn sound_alike(one: &str, other: &str) -> bool {
    const VOWELS: &[(&str, &str)] = &[
        ("ou", "u"),
        ("oo", "u"),
        ("ee", "i"),
        ("ie", "i"),
        ("ea", "i"),
        ("ei", "e"),
        ("ai", "e"),
        ("y", "i"),
    ];
    let sounds = |word: &str| {
        let mut sounds: Vec<char> = Vec::new();
        let mut word = word.replace("tch", "sh").replace("ch", "sh").replace('q', "k");
        for (written, sound) in VOWELS {
            word = word.replace(written, sound);
        }
        for it in word.chars() {
            if sounds.last() != Some(&it) {
                sounds.push(it);
            }
        }
        sounds
    };
    let (one, other) = (sounds(one), sounds(other));
    let (short, long) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    let same = short.iter().zip(&long).take_while(|it| it.0 == it.1).count();
    match long.len() - short.len() {
        0 => short[same..].iter().skip(1).eq(long[same..].iter().skip(1)),
        1 => short[same..] == long[same + 1..],
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_name_have_one_skeleton() {
        for (one, other, same) in [
            ("sarfaraz", "sarfraz", true),
            ("yusuf", "youssef", true),
            ("tashkiri", "tachkiri", true),
            ("muhammad", "mohamed", true),
            ("hillary", "hilary", true),
            ("lund", "lunt", false),
            ("berg", "borg", true),
            ("berg", "burke", false),
        ] {
            assert_eq!(skeleton(one) == skeleton(other), same, "{one} {other}");
        }
    }

    #[test]
    fn close_spellings_differ_in_one_sound() {
        for (one, other, alike) in [
            ("sarfaraz", "sarfraz", true),
            ("yusuf", "youssef", true),
            ("tashkiri", "tachkiri", true),
            ("karen", "corinne", false),
            ("muhammad", "mohamed", false),
            ("a", "", true),
        ] {
            assert_eq!(sound_alike(one, other), alike, "{one} {other}");
        }
    }

    #[test]
    fn titles_and_order_are_read() {
        for (written, words) in [
            ("Gen Casimir Drewe", "casimir drewe"),
            ("Lund, Ada", "ada lund"),
            ("Tom Berg Jr.", "tom berg"),
            ("Tom Berg, Jr.", "tom berg"),
            ("Tom A.C. Berg", "tom a c berg"),
            ("T.A. Berg", "t a berg"),
            ("Osby Ferries Co. Ltd.", "osby ferries"),
            ("Sara Ó Briain", "sara o briain"),
        ] {
            assert_eq!(Name::read(written, SpeakerKind::Person).words.join(" "), words, "{written}");
        }
    }
}
