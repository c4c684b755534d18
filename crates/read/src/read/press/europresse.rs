//! Pages of Europresse and Eureka: an `article` element each, whose parts are marked by class; in
//! older pages by class alone.

use super::{
    Export, Fit, Layout, names,
    records::{self, Cut, Record},
};
use crate::read::{Block, BlockKind, Documents, Problem, RawDocument, sheet::Line};
use morgue_core::article::FieldName;

pub(super) const LAYOUT: Layout = Layout {
    name: "Europresse",
    told_by: "elements of the classes `DocPublicationName` and `titreArticleVisu`",
    hints: &["DocPublicationName", "titreArticleVisu", "TitreArticleVisu"],
    fits,
    read,
};

const PAPER: &str = "DocPublicationName";
const IMPRINT: &str = "DocHeader";
const TITLE: &str = "titreArticleVisu";

fn fits(head: &[Line]) -> Fit {
    let has = |name: &str| head.iter().any(|it| is_marked(it, name));
    match (has(PAPER), has(TITLE), has(IMPRINT)) {
        (true, true, _) | (true, _, true) => Fit::Yes,
        (true, false, false) => Fit::Unknown("no marks of a title and of a day".to_owned()),
        _ => Fit::No,
    }
}

fn read(export: Export<'_>) -> Documents<'_> {
    let begins = |line: &Line| {
        let mut marks = line.look.begins.split_whitespace();
        marks.any(|it| it == "article" || is_name(it, PAPER))
    };
    let cut = move |line: &Line| if begins(line) { Cut::Before } else { Cut::No };
    records::documents(export, cut, |_| None, document)
}

/// Whether an element around a line has a class, also as newer pages write it: `rdp__DocHeader`.
fn is_marked(line: &Line, name: &str) -> bool {
    line.look.marks.split_whitespace().any(|it| is_name(it, name))
}

fn is_name(mark: &str, name: &str) -> bool {
    mark.trim_start_matches("rdp__").eq_ignore_ascii_case(name)
}

fn document(record: &Record) -> Option<Result<RawDocument, Problem>> {
    let lines: Vec<&Line> = record.lines.iter().filter(|it| !it.is_blank()).collect();
    let paper = lines.iter().find(|it| is_marked(it, PAPER))?;
    let mut document = RawDocument { name: number(&lines), ..RawDocument::default() };
    let mut add = |name: FieldName, value: &str, line: &Line| {
        if !value.is_empty() {
            let rule = format!("europresse {}", name.name());
            document.fields.push(record.field(name, value, &rule, line));
        }
    };
    // `Le Quai (site web)`, `Le Quai, no. 123`
    add(FieldName::Source, paper.text.split(", no").next().unwrap_or(&paper.text).trim(), paper);
    // Older pages have an element for each of section, day and page.
    let imprints: Vec<&str> =
        lines.iter().filter(|it| is_marked(it, IMPRINT)).map(|it| it.text.as_str()).collect();
    let imprints = imprints.join(" ");
    let imprint = lines.iter().find(|it| is_marked(it, IMPRINT));
    let day = day(&imprints);
    if let (Some(line), Some((before, day))) = (imprint, &day) {
        add(FieldName::Date, day, line);
        add(FieldName::Section, section(before), line);
    }
    let title = lines.iter().position(|it| is_marked(it, TITLE));
    if let Some(at) = title {
        let all: Vec<&str> =
            lines.iter().filter(|it| is_marked(it, TITLE)).map(|it| it.text.as_str()).collect();
        add(FieldName::Headline, &all.join(" "), lines[at]);
    }
    let mut body = body(&lines, title);
    let mut author = title.and_then(|at| author(&lines[at + 1..], &body));
    // Without elements around the text, its first line may be the author.
    if author.is_none() && body.len() > 1 && names::are_names(&body[0].text) {
        author = Some(body.remove(0));
    }
    if let Some(line) = author {
        add(FieldName::Byline, &line.text, line);
    }
    document.blocks = record.blocks(body.iter().copied());
    document.blocks.extend(captions(&lines));
    if day.is_none() {
        document.notes.push("its date was not found".to_owned());
    }
    if document.blocks.is_empty() && title.is_none() {
        return Some(Err(record.problem("has neither title nor text")));
    }
    Some(Ok(document))
}

/// The lines of the text: those of the elements that are known for it, else those between title and
/// copyright.
fn body<'a>(lines: &[&'a Line], title: Option<usize>) -> Vec<&'a Line> {
    let outside = |it: &Line| ["aside", "footer", "header"].iter().any(|name| it.is_marked(name));
    for name in ["docOcurrContainer", "DocText", "section"] {
        let found: Vec<&Line> =
            lines.iter().filter(|it| is_marked(it, name) && !outside(it)).copied().collect();
        if !found.is_empty() {
            return found;
        }
    }
    let below = &lines[title.map_or(0, |it| it + 1)..];
    let head = |it: &Line| [PAPER, IMPRINT, TITLE].iter().any(|name| is_marked(it, name));
    let found = below.iter().filter(|it| !head(it) && !outside(it));
    found.take_while(|it| !is_end(&it.text)).copied().collect()
}

/// What stands below a text in the languages of the service: copyright, number of the document,
/// certificate.
fn is_end(text: &str) -> bool {
    const OPENERS: [&str; 9] = [
        "©",
        "(c)",
        "numéro de document",
        "document number",
        "número de documento",
        "dokumentnummer",
        "ce certificat est émis",
        "this certificate",
        "le présent document est protégé",
    ];
    let lower = text.to_lowercase();
    let copyright = lower
        .strip_prefix("copyright ")
        .is_some_and(|it| it.starts_with(|c: char| c == '©' || c.is_ascii_digit()));
    copyright
        || OPENERS.iter().any(|it| lower.starts_with(it))
        || lower.contains("tous droits réservés")
        || is_number(text)
}

/// The line below the title that names the author: what is marked so, else the first one that is no
/// sentence.
fn author<'a>(below: &[&'a Line], body: &[&Line]) -> Option<&'a Line> {
    let end = below.iter().position(|it| body.iter().any(|other| other.number == it.number));
    let head: Vec<&Line> =
        below[..end.unwrap_or(0)].iter().filter(|it| !is_marked(it, TITLE)).copied().collect();
    let marked = head.iter().find(|it| is_marked(it, "docAuthors"));
    let plain = |it: &&&Line| {
        let other = ["subtitle", "DocTitreSousSection", "titreArticle", IMPRINT];
        let words = it.text.split_whitespace().count();
        let is_sentence = it.text.ends_with(['.', '!', '?', '…', ':']);
        words <= AUTHOR_WORDS_MAX && !is_sentence && other.iter().all(|name| !is_marked(it, name))
    };
    marked.or_else(|| head.iter().find(plain)).copied()
}

/// Three names with what joins them have a dozen words.
const AUTHOR_WORDS_MAX: usize = 14;

/// The captions below a text: `Illustration(s) :`, up to the notes of the service.
fn captions(lines: &[&Line]) -> Vec<Block> {
    let beside = lines.iter().filter(|it| it.is_marked("aside"));
    let from = beside.skip_while(|it| !it.text.starts_with("Illustration"));
    let captions = from.take_while(|it| !it.text.starts_with("Note")).map(|line| {
        let text = line.text.strip_prefix("Illustration(s)").unwrap_or(&line.text);
        let text = text.trim_start_matches(|it: char| it == ':' || it.is_whitespace()).to_owned();
        Block { kind: BlockKind::Caption, text, bytes: None, place: line.place() }
    });
    captions.filter(|it| !it.text.is_empty()).collect()
}

/// The number of the document: `news·20060315·LM·0q1503`.
fn number(lines: &[&Line]) -> Option<String> {
    let words = lines.iter().flat_map(|it| it.text.split_whitespace());
    let mut numbers = words.filter(|it| is_number(it));
    numbers.next().map(str::to_owned)
}

fn is_number(text: &str) -> bool {
    text.matches('·').count() >= 3 && !text.contains(' ')
}

/// The day in a line such as `Communication, mardi 14 mars 2006, p. 16`, and what stands before it.
fn day(text: &str) -> Option<(&str, String)> {
    let words: Vec<&str> = text.split_whitespace().take(WORDS_MAX).collect();
    let bare = |at: usize| words[at].trim_matches([',', '.', ';']);
    let number =
        |at: usize| Some(bare(at).trim_end_matches("er")).filter(|it| it.len() <= 2)?.parse::<u8>().ok();
    let is_year = |it: &str| it.len() == 4 && it.parse::<u16>().is_ok_and(|it| (1600..=2100).contains(&it));
    let start_and_end = words.iter().enumerate().find_map(|(at, word)| {
        let numeric = bare(at).split(['-', '/', '.']).filter(|it| is_year(it)).count() == 1;
        if numeric && word.len() >= 8 {
            return Some((at, at));
        }
        // `14 mars 2006`, `14 de marzo de 2006`, `March 14, 2006`
        let is_one = is_year(bare(at)) && at >= 2;
        let start = (at.saturating_sub(4)..at).rev().find(|it| number(*it).is_some())?;
        let start = if start + 1 == at { start.checked_sub(1)? } else { start };
        is_one.then_some((start, at))
    });
    let (start, end) = start_and_end?;
    let before = text.find(words[start]).map(|it| &text[..it]).unwrap_or_default();
    Some((before, (start..=end).map(bare).collect::<Vec<_>>().join(" ")))
}

/// A line of the imprint has some ten words.
const WORDS_MAX: usize = 40;

/// The section before a day: `Communication, mardi`; a day of the week is none.
fn section(before: &str) -> &str {
    const DAYS: [&str; 28] = [
        "lundi",
        "mardi",
        "mercredi",
        "jeudi",
        "vendredi",
        "samedi",
        "dimanche",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "lunes",
        "martes",
        "miércoles",
        "jueves",
        "viernes",
        "sábado",
        "domingo",
        "montag",
        "dienstag",
        "mittwoch",
        "donnerstag",
        "freitag",
        "samstag",
        "sonntag",
    ];
    let is_day = |it: &&str| DAYS.contains(&it.to_lowercase().as_str());
    let first = before.split(',').map(str::trim).find(|it| !it.is_empty()).unwrap_or_default();
    if is_day(&first) { "" } else { first }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_of_the_imprint_has_section_and_day() {
        for (text, expected) in [
            ("Port, mardi 5 mars 2019, p. 16", Some(("Port", "5 mars 2019"))),
            ("mardi 5 mars 2019", Some(("", "5 mars 2019"))),
            (
                "Port, vendredi 1er mars 2019 - 08:01 UTC +01:00 532 mots, p. MDE6",
                Some(("Port", "1er mars 2019")),
            ),
            ("Tuesday, March 5, 2019 532 words, p. 4", Some(("", "March 5 2019"))),
            ("Port, Tuesday, March 5, 2019", Some(("Port", "March 5 2019"))),
            ("Puerto, martes 5 de marzo de 2019, p. 3", Some(("Puerto", "5 de marzo de 2019"))),
            ("Port, 2019-03-05", Some(("Port", "2019-03-05"))),
            ("Port, mars 2019, p. 16", None),
            ("Port, p. 16", None),
            ("", None),
        ] {
            let found = day(text);
            let found = found.as_ref().map(|(before, day)| (section(before), day.as_str()));
            assert_eq!(found, expected, "{text}");
        }
    }
}
