//! A name as somebody types it → whom it fits.
//!
//! `Lund`, `Mayor Lund`, `Ada M. Lund`, `Lund sr`, `Mrs Lund`, `Tom Berg (skipper)`: case, accents
//! and signs apart. What is typed beside a name narrows it: what it states (an initial, `sr`) must
//! not contradict what the articles state.

use super::{
    name::{self, Name, full_forms, is_initial, middles_agree},
    person::Person,
    trade,
};
use crate::{
    fold::{fold, name_words},
    lexicon::{Classes, Lexicon},
};

/// How well a typed name fits a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum MatchStrength {
    /// Some of the typed words are initials of the words of one of the names.
    Initials,
    /// All typed words are among those of one of the names.
    Part,
    /// The typed words are the surname of one of the names, or a name that is but one word.
    Surname,
    /// The same given name (or its nickname) and surname, and what stands between or behind (`A.`,
    /// `III`) is not contradicted.
    Form,
    /// The typed words are one of the names, whole; without the legal form of a company.
    Full,
}

/// A typed name taken apart.
#[derive(Clone, Debug)]
pub struct TypedName {
    /// Folded words without titles, suffix and legal form.
    words: Vec<String>,
    suffix: Option<String>,
    /// What stands in brackets behind it, folded.
    qualifier: Vec<String>,
    /// The titles that were taken off, folded.
    titles: Vec<String>,
    /// Whether its umlauts are guessed: it fits those alone who have umlauts in their names.
    respelled: bool,
}

const UMLAUTS: [char; 6] = ['ä', 'ö', 'ü', 'Ä', 'Ö', 'Ü'];

impl TypedName {
    /// The name as it is typed, titles among its words.
    pub fn read(typed: &str) -> TypedName {
        let (typed, qualifier) = name::qualified(typed);
        let turned = name::turned(typed);
        let mut words = name_words(&spaced(turned.as_deref().unwrap_or(typed)));
        let suffix = if words.len() > 1 { words.pop_if(|it| name::is_suffix(it)) } else { None };
        while words.len() > 1 && words.pop_if(|it| name::is_legal_form(it)).is_some() {}
        if words.len() > 1 && words[0] == "the" {
            words.remove(0);
        }
        let qualifier = qualifier.map(name_words).unwrap_or_default();
        TypedName { words, suffix, qualifier, titles: Vec::new(), respelled: false }
    }

    /// The same without titles before it and brackets behind it; `None` if it has neither.
    pub fn without_titles(typed: &str) -> Option<TypedName> {
        let name = name::alone(typed)?;
        let (typed, _) = name::qualified(typed);
        let mut titles = name_words(typed);
        titles.truncate(titles.len().saturating_sub(name_words(&name).len()));
        Some(TypedName { titles, ..TypedName::read(&name) })
    }

    /// The same with umlauts for `ae`, `oe` and `ue`: `Köhler` for `Koehler`; or these for umlauts.
    /// `None` where the name has neither.
    pub fn respelled(typed: &str) -> Option<TypedName> {
        let lower = typed.to_lowercase();
        let replaced =
            |pairs: [(&str, &str); 3]| pairs.iter().fold(lower.clone(), |it, (a, b)| it.replace(a, b));
        let spelled_out = replaced([("ä", "ae"), ("ö", "oe"), ("ü", "ue")]);
        let with_umlauts = replaced([("ae", "ä"), ("oe", "ö"), ("ue", "ü")]);
        let other = if spelled_out == lower { with_umlauts } else { spelled_out };
        (other != lower).then(|| TypedName { respelled: other.contains(UMLAUTS), ..TypedName::read(&other) })
    }

    /// The folded words that everybody has in their names whom this fits.
    pub fn words_needed(&self) -> &[String] {
        &self.words[self.words.len().saturating_sub(1)..]
    }

    /// Whether it is a single word.
    pub fn is_one_word(&self) -> bool {
        self.words.len() == 1
    }

    /// How well it fits a person; `None` if not.
    pub fn fit(&self, person: &Person) -> Option<MatchStrength> {
        if self.words.is_empty()
            || self.words.len() == 1 && is_initial(&self.words[0]) && self.suffix.is_some()
        {
            return None;
        }
        let names = || person.names.iter().map(|it| it.name.as_str()).chain([person.name.as_str()]);
        let other = |it: &str| self.suffix.is_some() && suffix(it).is_some_and(|it| Some(it) != self.suffix);
        if !self.has_qualifier(person) || names().any(other) {
            return None;
        }
        let spelled_so = |it: &&str| !self.respelled || it.contains(UMLAUTS);
        let best = names().filter(spelled_so).filter_map(|it| self.fit_name(it)).max()?;
        let contradicted = best == MatchStrength::Form && names().any(|it| self.is_contradicted(it));
        (!contradicted).then_some(best)
    }

    fn fit_name(&self, name: &str) -> Option<MatchStrength> {
        let mut words = name_words(&spaced(name));
        if words.len() > 1 {
            words.pop_if(|it| name::is_suffix(it));
        }
        while words.len() > 1 && words.pop_if(|it| name::is_legal_form(it)).is_some() {}
        if words == self.words {
            Some(MatchStrength::Full)
        } else if words.len() > 1 && self.is_one_word() && words.last() == self.words.last() {
            Some(MatchStrength::Surname)
        } else if self.is_form_of(&words) {
            Some(MatchStrength::Form)
        } else if self.words.iter().all(|it| words.contains(it)) {
            Some(MatchStrength::Part)
        } else {
            name::fits_by_initials(&words, &self.words).then_some(MatchStrength::Initials)
        }
    }

    /// Whether given names and surnames agree, and nothing else contradicts.
    fn is_form_of(&self, words: &[String]) -> bool {
        self.compared(words).is_some_and(|agrees| agrees)
    }

    /// Whether a name of that given name and surname states something else.
    fn is_contradicted(&self, name: &str) -> bool {
        self.compared(&name_words(&spaced(name))).is_some_and(|agrees| !agrees)
    }

    /// Whether what stands between given name and surname agrees with a name; `None` where these
    /// are others.
    fn compared(&self, words: &[String]) -> Option<bool> {
        let of_person = |words: &[String]| Name::of_person(words.to_vec());
        let (one, other) = (of_person(&self.words), of_person(words));
        let (one, other) = (one.form()?, other.form()?);
        let nickname = |one: &str, other: &str| full_forms(one).contains(&other);
        let given =
            one.given == other.given || nickname(one.given, other.given) || nickname(other.given, one.given);
        let comparable = given && !is_initial(one.given) && one.last == other.last;
        comparable.then(|| middles_agree(one.lead, other.lead) && middles_agree(one.middle, other.middle))
    }

    /// Whether the titles that were taken off say nothing against the person: an office is one of
    /// theirs, a courtesy title (`Mrs`) is of the gender of their given name.
    pub fn titles_fit(&self, person: &Person) -> bool {
        let lexicon = Lexicon::english();
        let (courtesy, office): (Vec<&String>, Vec<&String>) =
            self.titles.iter().partition(|it| lexicon.classes(it).any(Classes::COURTESY));
        let (he, she) = name::genders(person.names.iter().map(|it| it.name.as_str()).flat_map(first_word));
        let of_gender = |it: &&String| {
            let classes = lexicon.classes(it);
            !(classes.any(Classes::HE) && she && !he || classes.any(Classes::SHE) && he && !she)
        };
        let roles = || person.roles.iter().map(|it| trade::own_words(&it.role));
        courtesy.iter().all(of_gender)
            && (office.is_empty() || roles().any(|role| office.iter().all(|it| role.contains(it))))
    }

    fn has_qualifier(&self, person: &Person) -> bool {
        let shown = person.qualifier.iter().map(String::as_str);
        let mut known = person.roles.iter().map(|it| it.role.as_str()).chain(shown).map(trade::own_words);
        self.qualifier.is_empty() || known.any(|words| self.qualifier.iter().all(|it| words.contains(it)))
    }
}

/// The name with a space behind each initial: `H. W.` for `H.W.`.
fn spaced(name: &str) -> String {
    name.replace('.', ". ")
}

fn suffix(name: &str) -> Option<String> {
    name.rsplit([' ', ',']).next().map(fold).filter(|it| name::is_suffix(it))
}

/// The first word of a name of several.
fn first_word(name: &str) -> Option<String> {
    let words = name_words(name);
    (words.len() > 1).then(|| words[0].clone())
}
