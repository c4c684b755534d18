//! Reads metadata from a file's path: `"{source}/{date}/{slug}.txt"`,
//! `"**/{source}_{date}_{slug}.txt"`.
//!
//! A placeholder stands for one or more characters of one folder or file name. Those named like a
//! field of the metadata give its value, `{year}`, `{month}` and `{day}` together the date; all
//! others (`{slug}`, `{_}`) are passed over. `*` stands for any part of a name, `**` for any
//! folders. Values are kept as written.

use super::written_date::read_date;
use morgue_core::article::{Field, FieldName, Trust};

/// A path template with the values that hold for all files it fits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template {
    text: String,
    pieces: Vec<Piece>,
    constants: Vec<(FieldName, String)>,
}

/// A template that cannot be understood.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TemplateError {
    /// A brace without its partner.
    #[error("the template `{0}` has a `{{` or `}}` without its partner")]
    Brace(String),
    /// Two placeholders that touch could share a name in many ways.
    #[error("the template `{0}` needs something between `{{{1}}}` and the placeholder before it")]
    Touching(String, String),
    /// More pieces than any path needs.
    #[error("the template is longer than {PIECES_MAX} characters and placeholders")]
    Long,
}

/// A template has at most so many characters and placeholders.
const PIECES_MAX: usize = 300;

/// A longer path, in bytes, fits no template.
const PATH_MAX: usize = 4_096;

#[derive(Clone, Debug, PartialEq, Eq)]
enum Piece {
    Character(char),
    /// `*`
    Within,
    /// `**`
    Across,
    Hold(String),
}

impl Template {
    /// Understands a template; `constants` are fields with the same value for every file that it
    /// fits.
    ///
    /// # Errors
    ///
    /// When braces do not pair, two placeholders touch, or it is very long.
    pub fn new(text: &str, constants: Vec<(FieldName, String)>) -> Result<Template, TemplateError> {
        let mut pieces = Vec::new();
        let mut chars = text.chars().peekable();
        while let Some(c) = chars.next() {
            let piece = match c {
                '{' => {
                    let name: String = chars.by_ref().take_while(|it| *it != '}').collect();
                    let closed = text.matches('{').count() == text.matches('}').count();
                    if !closed || name.contains('{') {
                        return Err(TemplateError::Brace(text.to_owned()));
                    }
                    if matches!(pieces.last(), Some(Piece::Hold(_))) {
                        return Err(TemplateError::Touching(text.to_owned(), name));
                    }
                    Piece::Hold(name.trim().to_owned())
                }
                '}' => return Err(TemplateError::Brace(text.to_owned())),
                '*' if chars.peek() == Some(&'*') => {
                    chars.next();
                    Piece::Across
                }
                '*' => Piece::Within,
                c => Piece::Character(c),
            };
            pieces.push(piece);
        }
        if pieces.len() > PIECES_MAX {
            return Err(TemplateError::Long);
        }
        Ok(Template { text: text.to_owned(), pieces, constants })
    }

    /// What the path tells; `None` when the template does not fit it.
    ///
    /// The path is relative to the corpus folder, with `/` between its parts. The template fits the
    /// whole of it or its last parts. Where several readings fit, one whose `{date}` is a date goes
    /// before others.
    pub fn fields(&self, path: &str) -> Option<Vec<Field>> {
        if path.len() > PATH_MAX {
            return None;
        }
        let starts = || std::iter::once(0).chain(path.match_indices('/').map(|(at, _)| at + 1)).take(64);
        let held = starts()
            .find_map(|at| Fit::new(&self.pieces, &path[at..], Strictness::Dates).fit())
            .or_else(|| starts().find_map(|at| Fit::new(&self.pieces, &path[at..], Strictness::Any).fit()))?;
        let mut fields: Vec<Field> = Vec::new();
        let mut add = |name, value: &str| {
            fields.push(Field::new(name, value, Trust::Path, "template", &self.text));
        };
        for (name, value) in &held {
            if let Some(field) = FieldName::from_name(name) {
                add(field, value);
            }
        }
        if let Some(date) = date_of_parts(&held) {
            add(FieldName::Date, &date);
        }
        for (name, value) in &self.constants {
            add(*name, value);
        }
        Some(fields)
    }
}

/// The date of `{year}`, `{month}` and `{day}`, as fine as they go.
fn date_of_parts(held: &[(&str, &str)]) -> Option<String> {
    let part = |name| held.iter().find(|(it, _)| *it == name).map(|(_, value)| *value);
    let year = part("year")?;
    let numeric = |text: &str| text.bytes().all(|it| it.is_ascii_digit());
    Some(match (part("month"), part("day")) {
        (Some(month), Some(day)) if numeric(month) => format!("{year}-{month}-{day}"),
        (Some(month), Some(day)) => format!("{day} {month} {year}"),
        (Some(month), None) if numeric(month) => format!("{year}-{month}"),
        (Some(month), None) => format!("{month} {year}"),
        (None, _) => year.to_owned(),
    })
}

/// How much a placeholder asks of what it stands for.
#[derive(Clone, Copy, PartialEq)]
enum Strictness {
    /// `{date}` must be a date.
    Dates,
    /// `{date}` must have a digit, so that a wrong date is seen and can be named.
    Any,
}

/// One try to fit pieces to a path: search with memory, so that no path takes more than pieces ×
/// length² steps.
struct Fit<'a> {
    pieces: &'a [Piece],
    path: &'a str,
    strictness: Strictness,
    failed: Vec<bool>,
    held: Vec<(&'a str, &'a str)>,
}

impl<'a> Fit<'a> {
    fn new(pieces: &'a [Piece], path: &'a str, strictness: Strictness) -> Fit<'a> {
        let failed = vec![false; (pieces.len() + 1) * (path.len() + 1)];
        Fit { pieces, path, strictness, failed, held: Vec::new() }
    }

    fn fit(mut self) -> Option<Vec<(&'a str, &'a str)>> {
        self.fits(0, 0).then(|| {
            self.held.reverse();
            self.held
        })
    }

    /// Whether the pieces from `piece` on fit the path from `at` on. Its depth is the number of
    /// pieces.
    fn fits(&mut self, piece: usize, at: usize) -> bool {
        let (pieces, path) = (self.pieces, self.path);
        let rest = &path[at..];
        let Some(this) = pieces.get(piece) else { return rest.is_empty() };
        let memory = piece * (path.len() + 1) + at;
        if self.failed[memory] {
            return false;
        }
        let fits = match this {
            Piece::Character(c) => rest.starts_with(*c) && self.fits(piece + 1, at + c.len_utf8()),
            Piece::Within => ends(rest, Some('/')).any(|end| self.fits(piece + 1, at + end)),
            Piece::Across => {
                let skips_slash = matches!(pieces.get(piece + 1), Some(Piece::Character('/')));
                skips_slash && (at == 0 || path[..at].ends_with('/')) && self.fits(piece + 2, at)
                    || ends(rest, None).any(|end| self.fits(piece + 1, at + end))
            }
            Piece::Hold(name) => ends(rest, Some('/')).skip(1).any(|end| {
                let value = &rest[..end];
                let fits = self.may_hold(name, value) && self.fits(piece + 1, at + end);
                if fits {
                    self.held.push((name, value));
                }
                fits
            }),
        };
        self.failed[memory] = !fits;
        fits
    }

    fn may_hold(&self, name: &str, value: &str) -> bool {
        let digits = |n: std::ops::RangeInclusive<usize>| {
            n.contains(&value.len()) && value.bytes().all(|it| it.is_ascii_digit())
        };
        match name {
            "date" if self.strictness == Strictness::Dates => read_date(value).is_some(),
            "date" => value.contains(|c: char| c.is_ascii_digit()),
            "year" => digits(4..=4),
            "month" => digits(1..=2) || read_date(&format!("{value} 2000")).is_some() && !value.contains(' '),
            "day" => digits(1..=2),
            _ => true,
        }
    }
}

/// Where a piece that begins `rest` may end: 0, then after each character, up to and without
/// `stop`.
fn ends(rest: &str, stop: Option<char>) -> impl Iterator<Item = usize> {
    let length = stop.and_then(|it| rest.find(it)).unwrap_or(rest.len());
    rest.char_indices().map(|(at, _)| at).chain([rest.len()]).take_while(move |at| *at <= length)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(template: &str, path: &str) -> Option<String> {
        let fields = Template::new(template, Vec::new()).expect(template).fields(path)?;
        let told: Vec<String> = fields.iter().map(|it| format!("{}={}", it.name.name(), it.value)).collect();
        Some(told.join(" "))
    }

    #[test]
    fn a_path_tells_what_its_template_names() {
        for (template, path, expected) in [
            (
                "{source}/{date}/{slug}.txt",
                "courier/2017-06-23/strike.txt",
                Some("source=courier date=2017-06-23"),
            ),
            (
                "{source}_{date}_{slug}.txt",
                "us/north-star_2017-06-23_port_strike.txt",
                Some("source=north-star date=2017-06-23"),
            ),
            (
                "{source}_{date}_{slug}.txt",
                "harbour_courier_2017-06_strike_ends.txt",
                Some("source=harbour_courier date=2017-06"),
            ),
            ("{_}/{year}/{month}/{day}/*.html", "x/2017/6/3/a.html", Some("date=2017-6-3")),
            ("{year}/{month}/*.md", "2017/june/a.md", Some("date=june 2017")),
            ("archive/**/{section}/{slug}.txt", "archive/a/b/world/x.txt", Some("section=world")),
            ("archive/**/{section}/{slug}.txt", "archive/world/x.txt", Some("section=world")),
            (
                "{source}_{date}_{slug}.txt",
                "courier_1963-17-01_x.txt",
                Some("source=courier date=1963-17-01"),
            ),
            ("{source}_{date}_{slug}.txt", "courier_undated_x.txt", None),
            ("{source}/{slug}.txt", "courier/strike.md", None),
            ("{byline} - {slug}.txt", "Ann Lee - strike.txt", Some("byline=Ann Lee")),
        ] {
            assert_eq!(told(template, path).as_deref(), expected, "{template} on {path}");
        }
    }

    #[test]
    fn constants_come_with_the_template() {
        let constants = vec![(FieldName::Source, "Harbour Courier".to_owned())];
        let template = Template::new("courier/{date}.txt", constants).expect("a template");
        let fields = template.fields("courier/2017.txt").expect("fits");
        let last = fields.last().expect("the constant");
        assert_eq!(
            (last.value.as_str(), last.origin.place.as_str()),
            ("Harbour Courier", "courier/{date}.txt")
        );
        assert_eq!(template.fields("star/2017.txt"), None);
    }

    #[test]
    fn a_template_that_cannot_be_understood_says_why() {
        for (template, expected) in [
            ("{source", "the template `{source` has a `{` or `}` without its partner"),
            ("a}b", "the template `a}b` has a `{` or `}` without its partner"),
            ("{a}{b}", "the template `{a}{b}` needs something between `{b}` and the placeholder before it"),
        ] {
            assert_eq!(Template::new(template, Vec::new()).expect_err(template).to_string(), expected);
        }
    }
}
