//! Pages of Europresse and Eureka: an `article` element each, whose parts are marked by class; in
//! older pages by class alone.

mod aside;
mod imprint;

use super::{
    Export, Fit, Layout, names,
    records::{self, Cut, Record},
};
use crate::read::{Documents, Problem, RawDocument, sheet::Line};
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
    match (has(PAPER), head.iter().any(is_title), has(IMPRINT)) {
        (true, true, _) | (true, _, true) => Fit::Yes,
        (true, false, false) => Fit::Unknown("no marks of a title and of a day".to_owned()),
        _ => Fit::No,
    }
}

fn read(export: Export<'_>) -> Documents<'_> {
    // Whether the record at hand began with its element and has no paper yet.
    let mut open = false;
    let cut = move |line: &Line| {
        let mut marks = line.look.begins.split_whitespace();
        let begins = marks.any(|it| it == "article");
        let names_paper = marks_begin(line, PAPER);
        let goes_on = open && !begins;
        open = (open || begins) && !names_paper;
        if begins || names_paper && !goes_on { Cut::Before } else { Cut::No }
    };
    records::documents(export, cut, |_| None, document)
}

fn marks_begin(line: &Line, name: &str) -> bool {
    line.look.begins.split_whitespace().any(|it| is_name(it, name))
}

/// Whether a line is the title. Where the title is a block within its paragraph, the parser ends
/// the paragraph before it.
fn is_title(line: &Line) -> bool {
    let is_other = ["subtitle", "docAuthors"].iter().any(|it| is_marked(line, it));
    let outside = marks_begin(line, TITLE) && is_marked(line, "titreArticle");
    !is_other && (is_marked(line, TITLE) || outside)
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
    let Some(paper) = lines.iter().find(|it| is_marked(it, PAPER)) else {
        let is_one = lines.iter().any(|it| it.begins("article"));
        return is_one.then(|| Err(record.problem("has no name of a publication: it is not understood")));
    };
    let mut document = RawDocument { name: number(&lines), ..RawDocument::default() };
    let mut add = |name: FieldName, value: &str, line: &Line| {
        if !value.is_empty() {
            let rule = format!("europresse {}", name.name());
            document.fields.push(record.field(name, value, &rule, line));
        }
    };
    let source = imprint::paper(&paper.text);
    add(FieldName::Source, source, paper);
    let title = lines.iter().position(|it| is_title(it));
    let imprint = imprint::read(&lines, title);
    if let Some((date, section, line)) = &imprint {
        let date = imprint::in_order(date, document.name.as_deref());
        add(FieldName::Date, &date, line);
        add(FieldName::Section, &imprint::section(section, source), line);
    }
    if let Some(at) = title {
        let all: Vec<&str> = lines.iter().filter(|it| is_title(it)).map(|it| it.text.as_str()).collect();
        add(FieldName::Headline, &all.join(" "), lines[at]);
    }
    let link = lines.iter().find_map(|it| Some((aside::link(it)?, it)));
    if let Some((link, line)) = link {
        add(FieldName::Url, link, line);
    }
    let mut body = body(&lines, title);
    let mut author = title.and_then(|at| author(&lines[at + 1..], &body));
    // Without elements around the text, its first line may be the author.
    if author.is_none() && body.len() > 1 && names::are_names(&body[0].text) {
        author = Some(body.remove(0));
    }
    if let Some(line) = author {
        add(FieldName::Byline, author_name(&line.text), line);
    }
    let (beside, corrections) = aside::read(&lines);
    for line in &corrections {
        add(FieldName::Correction, aside::value(&line.text), line);
    }
    let subtitles = lines.iter().skip(title.unwrap_or(lines.len())).filter(|it| is_marked(it, "subtitle"));
    document.blocks = record.blocks(subtitles.copied().chain(body));
    document.blocks.extend(beside);
    let corrections = record.blocks(corrections.into_iter());
    document.blocks.extend(corrections.into_iter().map(records::as_correction));
    if imprint.is_none() {
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
            return without_notices(found);
        }
    }
    let below = &lines[title.map_or(0, |it| it + 1)..];
    let head =
        |it: &Line| [PAPER, IMPRINT, "subtitle"].iter().any(|name| is_marked(it, name)) || is_title(it);
    let found = below.iter().filter(|it| !head(it) && !outside(it));
    without_notices(found.take_while(|it| !is_end(&it.text)).copied().collect())
}

/// The lines of a text without those of the service and of the agency: where the article appeared,
/// the times of a transcript, the initials below a text.
fn without_notices(mut lines: Vec<&Line>) -> Vec<&Line> {
    let is_time =
        |it: &Line| is_marked(it, "time") && it.text.chars().all(|c| c.is_ascii_digit() || ":.,".contains(c));
    lines.retain(|it| !aside::is_notice(&it.text) && !is_time(it));
    let is_initials = |it: &Line| {
        let plain = it.text.chars().all(|c| c.is_lowercase() || c == '/' || c == '-');
        plain && it.text.len() <= INITIALS_BYTES_MAX && it.text.contains('/')
    };
    if lines.len() > 1 && lines.last().is_some_and(|it| is_initials(it)) {
        lines.pop();
    }
    lines
}

/// Three editors of an agency, `abc/def/ghi`.
const INITIALS_BYTES_MAX: usize = 16;

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
    let head: Vec<&Line> = below[..end.unwrap_or(0)].iter().filter(|it| !is_title(it)).copied().collect();
    let marked = head.iter().find(|it| is_marked(it, "docAuthors"));
    let plain = |it: &&&Line| {
        let other = ["subtitle", "DocTitreSousSection", "titreArticle", IMPRINT];
        let words = it.text.split_whitespace().count();
        let is_sentence = it.text.ends_with(['.', '!', '?', '…', ':']);
        let has_letters = it.text.contains(char::is_alphabetic);
        has_letters
            && words <= AUTHOR_WORDS_MAX
            && !is_sentence
            && other.iter().all(|name| !is_marked(it, name))
    };
    marked.or_else(|| head.iter().find(plain)).copied()
}

/// `Par Ann Lee` of `(Par Ann Lee, à Osby)`.
fn author_name(text: &str) -> &str {
    let text = text.trim_matches(['(', ')']);
    text.split_once(", à ").map_or(text, |it| it.0)
}

/// Three names with what joins them have a dozen words.
const AUTHOR_WORDS_MAX: usize = 14;

/// The number of the document: `news·20060315·LM·0q1503`.
fn number(lines: &[&Line]) -> Option<String> {
    let words = lines.iter().flat_map(|it| it.text.split_whitespace());
    let mut numbers = words.filter(|it| is_number(it));
    numbers.next().map(str::to_owned)
}

fn is_number(text: &str) -> bool {
    text.matches('·').count() >= 3 && !text.contains(' ')
}
