//! Records without codes: what a value is follows from its place. Above the number of words stand
//! section, headline and byline, below it day, time, paper, its code, edition, page, language and
//! copyright, then the text, the publisher and the accession number.

use super::{Part, Parts, accession, has_mark, has_year, is_word_count};
use crate::read::{
    press::{
        languages,
        names::{is_capital, is_name},
    },
    sheet::{Kind, Line},
};
use morgue_core::article::FieldName;

const HEADLINE: Part = Part::Field(FieldName::Headline);
const BYLINE: Part = Part::Field(FieldName::Byline);
const SECTION: Part = Part::Field(FieldName::Section);

/// The parts of a record; `None` where no line is the number of its words.
pub(super) fn parts(lines: &[&Line], kind: Kind) -> Option<Parts> {
    let count = (0..lines.len()).find(|at| is_word_count(&lines[*at..]))?;
    let end = lines.iter().rposition(|it| accession(&it.text).is_some()).unwrap_or(lines.len());
    let mut parts = head(&lines[..count]);
    let below = &lines[count + 1..end.max(count + 1)];
    let body = body(below);
    parts.extend(imprint(&below[..body.start]));
    let body = &below[body];
    let text = match kind {
        Kind::Page if body.iter().any(|it| is_paragraph(it)) => body,
        _ => without_publisher(body),
    };
    parts.extend(text.iter().map(|it| (Part::Text, (*it).clone())));
    Some(parts)
}

/// Whether a line of a page is a paragraph of an article.
fn is_paragraph(line: &Line) -> bool {
    line.is_marked("articleParagraph")
}

/// More lines than these do not stand above the number of words; others are of a list of articles.
const HEAD_LINES_MAX: usize = 5;

/// The parts of the lines above the number of words.
fn head(lines: &[&Line]) -> Parts {
    let mut lines: Vec<&Line> = lines.iter().filter(|it| !it.is_blank()).copied().collect();
    let is_headline = |it: &Line| has_mark(&it.look.marks, "Headline");
    if !lines.iter().any(|it| is_headline(it)) {
        lines.drain(..lines.len().saturating_sub(HEAD_LINES_MAX));
    }
    let headline = headline(&lines);
    let is_author = |it: &Line| it.is_marked("author");
    let marked = lines.iter().any(|it| is_author(it));
    let byline = |at: usize, line: &Line| match marked {
        true => is_author(line),
        false => {
            let below = headline.is_some_and(|it| at == it + 1);
            below && is_name(&line.text) || headline.is_some_and(|it| at > it) && is_byline(&line.text)
        }
    };
    let part = |(at, line): (usize, &Line)| match headline {
        Some(headline) if at < headline && !is_headline(line) => SECTION,
        Some(headline) if at == headline || is_headline(line) => HEADLINE,
        Some(headline) if at == headline + 1 && goes_on(&line.text) && !is_byline(&line.text) => HEADLINE,
        _ if byline(at, line) => BYLINE,
        _ => Part::Other,
    };
    let mut parts: Parts =
        lines.iter().enumerate().map(|(at, line)| (part((at, line)), (*line).clone())).collect();
    // Of several lines above the headline the last is the section.
    let sections = parts.iter().filter(|it| it.0 == SECTION).count();
    for (part, _) in parts.iter_mut().filter(|it| it.0 == SECTION).take(sections.saturating_sub(1)) {
        *part = Part::Other;
    }
    parts
}

/// Which of the lines above the number of words is the headline: the one that is marked, set in
/// bold or as a heading; above a byline; else the first, unless a short line above a longer one.
fn headline(lines: &[&Line]) -> Option<usize> {
    let marked = lines.iter().position(|it| has_mark(&it.look.marks, "Headline"));
    let set_apart = || {
        let bold = lines.iter().filter(|it| it.look.bold || it.look.heading.is_some()).count();
        let is_one = bold > 0 && bold < lines.len();
        lines.iter().position(|it| it.look.bold || it.look.heading.is_some()).filter(|_| is_one)
    };
    let above_byline = || {
        let above = lines.iter().rposition(|it| is_byline(&it.text))?.checked_sub(1)?;
        // A headline may be folded: the second line goes on in small letters.
        let folded = above > 0 && goes_on(&lines[above].text);
        Some(if folded { above - 1 } else { above })
    };
    let by_length = || match lines {
        [] => None,
        [first, second] if first.text.contains(' ') && is_name(&second.text) => Some(0),
        [first, _, ..] if is_section(&first.text) => Some(1),
        [first, second, ..] if !is_name(&second.text) && second.text.len() > first.text.len() * 2 => Some(1),
        _ => Some(0),
    };
    marked.or_else(set_apart).or_else(above_byline).or_else(by_length)
}

/// Whether a line goes on with the one above: it begins in small letters.
fn goes_on(text: &str) -> bool {
    text.starts_with(char::is_lowercase) && !is_byline(text)
}

/// Whether a line is the name of a section: one of its words, alone or behind another,
/// `World News`.
fn is_section(text: &str) -> bool {
    let lower = text.to_lowercase();
    let words: Vec<&str> = lower.split([' ', ';', '-', '/']).filter(|it| !it.is_empty()).collect();
    let last = words.last().copied().unwrap_or_default();
    words.len() <= 3
        && (SECTIONS.contains(&last)
            || words.first().is_some_and(|it| SECTIONS.contains(it)) && text.contains(';'))
}

/// Sections as papers name them, in lower case.
const SECTIONS: [&str; 38] = [
    "news",
    "sport",
    "sports",
    "features",
    "feature",
    "opinion",
    "business",
    "comment",
    "international",
    "national",
    "world",
    "letters",
    "editorial",
    "politics",
    "culture",
    "finance",
    "markets",
    "travel",
    "politik",
    "wirtschaft",
    "kultur",
    "feuilleton",
    "lokales",
    "panorama",
    "meinung",
    "finanzen",
    "politique",
    "économie",
    "monde",
    "société",
    "culture",
    "débats",
    "política",
    "economía",
    "cultura",
    "opinión",
    "deportes",
    "economia",
];

/// What opens a byline in the languages of the service.
const BYLINE_OPENERS: [&str; 9] = ["by ", "von ", "par ", "por ", "di ", "door ", "av ", "af ", "de "];

fn is_byline(text: &str) -> bool {
    let lower = text.to_lowercase();
    let opens = BYLINE_OPENERS.iter().any(|it| lower.starts_with(it));
    opens && text.split_whitespace().count() <= 16 && text.split_whitespace().nth(1).is_some_and(is_capital)
}

/// Where the text stands among the lines below the number of words.
fn body(lines: &[&Line]) -> std::ops::Range<usize> {
    let paragraph = lines.iter().position(|it| is_paragraph(it));
    if let Some(start) = paragraph {
        let end = lines.iter().rposition(|it| is_paragraph(it)).map_or(lines.len(), |it| it + 1);
        return start..end;
    }
    let head = &lines[..lines.len().min(IMPRINT_LINES_MAX)];
    let copyright = head.iter().position(|it| is_copyright(&it.text));
    let language = head.iter().position(|it| languages::code(&it.text).is_some());
    let start = match copyright {
        // A long notice may be broken to several lines; a blank line ends it.
        Some(at) => {
            let wrapped = lines[at..].iter().take(COPYRIGHT_LINES_MAX).position(|it| it.is_blank());
            at + wrapped.filter(|_| lines[at].bytes.is_some() || lines[at].indent > 0).unwrap_or(1)
        }
        None => match language {
            Some(at) => at + 1,
            None => head.iter().skip(1).position(|it| it.is_blank()).map_or(head.len().min(3), |it| it + 1),
        },
    };
    start.min(lines.len())..lines.len()
}

/// Day, time, paper, code, group, edition, page, volume, language and copyright, with blank lines
/// between some of them.
const IMPRINT_LINES_MAX: usize = 24;

/// How many lines a copyright notice has at most.
const COPYRIGHT_LINES_MAX: usize = 6;

/// Whether a line of the imprint is a copyright notice.
fn is_copyright(text: &str) -> bool {
    let lower = text.to_lowercase();
    let marks = ["(c)", "©", "copyright", "℗"];
    let words = [
        "rights reserved",
        "droits réservés",
        "rechte vorbehalten",
        "derechos reservados",
        "diritti riservati",
    ];
    let more = ["rechten voorbehouden", "direitos reservados", "права защищены", "prawa zastrzeżone"];
    marks.iter().any(|it| lower.starts_with(it))
        || lower.contains("copyright ")
        || words.iter().chain(&more).any(|it| lower.contains(it))
}

/// The parts of the lines between the number of words and the text.
fn imprint(lines: &[&Line]) -> Parts {
    let mut parts = Parts::new();
    let mut values = lines.iter().filter(|it| !it.is_blank()).peekable();
    let mut add = |part: Part, line: &Line| parts.push((part, line.clone()));
    if let Some(day) = values.next_if(|it| has_year(&it.text)) {
        add(Part::Field(FieldName::Date), day);
    }
    if let Some(time) = values.next_if(|it| is_time(&it.text)) {
        add(Part::Other, time);
    }
    if let Some(paper) = values.next_if(|it| !is_copyright(&it.text) && languages::code(&it.text).is_none()) {
        add(Part::Field(FieldName::Source), paper);
    }
    for line in values {
        let is_language = languages::code(&line.text).is_some();
        add(if is_language { Part::Field(FieldName::Language) } else { Part::Other }, line);
    }
    parts
}

/// Whether a line is a time of day: `15:32`, `06:00 AM GMT`.
fn is_time(text: &str) -> bool {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    text.len() <= 20
        && (3..=6).contains(&digits)
        && text.contains([':', '.'])
        && text.starts_with(|it: char| it.is_ascii_digit())
}

/// The lines of a text without that of the publisher, which stands below it: a short line that is
/// no sentence.
fn without_publisher<'a, 'b>(lines: &'b [&'a Line]) -> &'b [&'a Line] {
    let Some(last) = lines.iter().rposition(|it| !it.is_blank()) else { return lines };
    let text = lines[last].text.as_str();
    let is_sentence =
        text.ends_with(['.', '!', '?', '"', '”', '»', '…', ':', ';']) && !text.ends_with("Inc.");
    let has_text_above = lines[..last].iter().any(|it| !it.is_blank());
    let alone = lines[..last].last().is_none_or(|it| it.is_blank()) || lines[last].bytes.is_none();
    match !is_sentence && has_text_above && alone && text.split_whitespace().count() <= PUBLISHER_WORDS_MAX {
        true => &lines[..last],
        false => &lines[..=last],
    }
}

/// `New York Times Digital (Full Text)` has six words.
const PUBLISHER_WORDS_MAX: usize = 9;
