//! The parameters of a page: each is known, and its values are checked before the page is made.

use percent_encoding::percent_decode;

use super::problem::{Problem, ProblemKind};

/// A parameter that a page takes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Param {
    /// Its name in an address or a form.
    pub(super) name: &'static str,
    /// What it may be.
    pub(super) takes: Takes,
    /// What it does, a sentence for people.
    pub(super) about: &'static str,
}

/// What a parameter may be.
#[derive(Clone, Copy, Debug)]
pub(super) enum Takes {
    /// Any text; how many bytes at most.
    Text(usize),
    /// A whole number in this range; the last is what counts where nothing is said.
    Number(usize, usize, usize),
    /// One of these words; the first counts where nothing is said.
    Choice(fn() -> Vec<&'static str>),
    /// `1` for yes.
    Flag,
    /// Any text, several times; how many bytes each at most.
    Texts(usize),
    /// JSON, which may also be all that is sent; what it is, with its shape.
    Document(fn(&mut schemars::SchemaGenerator) -> schemars::Schema),
}

/// What the parameter is called that asks for a receipt.
pub(super) const RECEIPT_PARAM: &str = "receipt";

/// So often a parameter may be given that may be given several times.
const TEXTS_MAX: usize = 1000;

impl Param {
    /// A parameter of that name.
    pub(super) const fn new(name: &'static str, takes: Takes, about: &'static str) -> Param {
        Param { name, takes, about }
    }

    /// A query, as the query language allows it.
    pub(super) const fn query(about: &'static str) -> Param {
        Param::new("q", Takes::Text(crate::query::QUERY_BYTES_MAX), about)
    }
}

/// The parameters that were given, checked against those that a page takes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Params(Vec<(&'static str, String)>);

impl Params {
    /// Reads the query of an address or the body of a form. Fails for a parameter that the page
    /// does not take, for one that is given twice, for a value that it cannot have, and for bytes
    /// that are no UTF-8, which would be another question when they were replaced.
    pub(super) fn read(encoded: &[u8], takes: &[Param]) -> Result<Params, Problem> {
        let mut params = Params::default();
        let pieces = encoded.split(|it| *it == b'&');
        if !pieces.into_iter().all(|it| percent_decode(it).decode_utf8().is_ok()) {
            return Err(Problem::new(ProblemKind::BadParameter, "a parameter is not UTF-8"));
        }
        for (name, value) in form_urlencoded::parse(encoded) {
            let Some(param) = takes.iter().find(|it| it.name == name) else {
                return Err(unknown(&name, takes));
            };
            params.take(param, value.into_owned())?;
        }
        Ok(params)
    }

    /// A body that is JSON as the parameter that takes it; `None` where none does. Fails for bytes
    /// that are no UTF-8.
    pub(super) fn of_document(body: &[u8], takes: &[Param]) -> Option<Result<Params, Problem>> {
        let param = takes.iter().find(|it| matches!(it.takes, Takes::Document(_)))?;
        let text = str::from_utf8(body)
            .map_err(|_| Problem::new(ProblemKind::BadParameter, "what was sent is not UTF-8"));
        Some(text.map(|it| Params(vec![(param.name, it.to_owned())])))
    }

    fn take(&mut self, param: &Param, value: String) -> Result<(), Problem> {
        let Param { name, takes, .. } = param;
        let wrong = |why: String| {
            Err(Problem::new(ProblemKind::BadParameter, format!("the parameter `{name}` {why}")))
        };
        if !matches!(takes, Takes::Texts(_)) && self.has(name) {
            return wrong("is given twice".to_owned());
        }
        if self.texts(name).count() >= TEXTS_MAX {
            return wrong(format!("is given more than {} times", morgue_core::number(TEXTS_MAX)));
        }
        match takes {
            // A form sends what was left blank too.
            Takes::Number(..) | Takes::Choice(_) | Takes::Flag if value.is_empty() => return Ok(()),
            Takes::Text(bytes_max) | Takes::Texts(bytes_max) if value.len() > *bytes_max => {
                return wrong(format!("is longer than {} bytes", morgue_core::number(*bytes_max)));
            }
            Takes::Text(_) | Takes::Texts(_) | Takes::Document(_) => (),
            Takes::Number(min, max, _) => {
                let digits = value.bytes().all(|it| it.is_ascii_digit());
                if !digits || !value.parse::<usize>().is_ok_and(|it| (*min..=*max).contains(&it)) {
                    return wrong(format!("is a whole number from {min} to {max}"));
                }
            }
            Takes::Choice(words) => {
                if !words().contains(&value.as_str()) {
                    return wrong(format!("is one of {}", words().join(", ")));
                }
            }
            Takes::Flag => {
                if value != "1" && value != "0" {
                    return wrong("is 1 or 0".to_owned());
                }
            }
        }
        self.0.push((name, value));
        Ok(())
    }

    /// Whether it was given.
    pub(super) fn has(&self, name: &str) -> bool {
        self.0.iter().any(|it| it.0 == name)
    }

    /// Its text; empty where it was not given.
    pub(super) fn text(&self, name: &str) -> &str {
        self.0.iter().find(|it| it.0 == name).map_or("", |it| &it.1)
    }

    /// All its texts, in order.
    pub(super) fn texts<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |it| it.0 == name).map(|it| it.1.as_str())
    }

    /// Its number, or what counts where nothing is said.
    pub(super) fn number(&self, param: &Param) -> usize {
        let Takes::Number(_, _, default) = param.takes else { return 0 };
        self.text(param.name).parse().unwrap_or(default)
    }

    /// Whether it is `1`.
    pub(super) fn flag(&self, name: &str) -> bool {
        self.text(name) == "1"
    }

    /// All that was given, as an address has it: with one of them changed, or left out where
    /// `value` is empty.
    pub(super) fn changed(
        &self,
        to: super::address::Address,
        name: &str,
        value: &str,
    ) -> super::address::Address {
        let others = self.0.iter().filter(|it| it.0 != name);
        others.fold(to, |to, (name, value)| to.with(name, value)).with(name, value)
    }
}

/// What was sent, as a message shows it: at most 60 characters, none of which controls anything.
pub(super) fn shown(text: &str) -> String {
    const CHARS_MAX: usize = 60;
    let chars = text.chars().map(|it| if it.is_control() { '\u{fffd}' } else { it });
    let mut shown: String = chars.take(CHARS_MAX).collect();
    if text.chars().nth(CHARS_MAX).is_some() {
        shown.push('…');
    }
    shown
}

fn unknown(name: &str, takes: &[Param]) -> Problem {
    let name = &shown(name);
    let nearest = takes.iter().map(|it| it.name).min_by_key(|it| crate::query::edits(it, name));
    let nearest = nearest.filter(|it| crate::query::edits(it, name) <= 2);
    let detail = match nearest {
        Some(it) => format!("there is no parameter `{name}` here; did you mean `{it}`?"),
        None if takes.is_empty() => format!("there is no parameter `{name}` here, and no other"),
        None => {
            let names: Vec<&str> = takes.iter().map(|it| it.name).collect();
            format!("there is no parameter `{name}` here; there are {}", names.join(", "))
        }
    };
    Problem { suggestion: nearest.map(str::to_owned), ..Problem::new(ProblemKind::UnknownParameter, detail) }
}
