//! Finds the headline: a field of the format, a heading of the first rank, or the first line of a
//! plain text.
//!
//! A first line is a headline when it looks like one: short, one piece, before longer paragraphs,
//! and without the full stop of a sentence. With one it must be in title case, be named by the file
//! (`port-strike-ends.txt`), or stand before a dateline, which opens the story. In doubt the line
//! stays part of the story.

use super::{
    dateline::read_dateline,
    editors_code::{is_code, without_marks},
    lexicon::{List, contains},
    shape::{
        count_words, ends_like_sentence, ends_with_stop, folded_words, has_inner_stop, is_running_text,
        is_title_case, nearly_same, starts_like_sentence,
    },
    url::host,
    weigh::{Reading, Weighed, weigh},
};
use crate::read::host_name::{looks_like_outlet, names_host};
use morgue_core::article::{Field, FieldName, Trust};

/// A headline has at most so many characters; the longest of 840 measured had 141.
const LENGTH_MAX: usize = 180;

/// A longer value, in bytes, is no headline.
const VALUE_BYTES_MAX: usize = 2_000;

/// A candidate is compared with so many others at most.
const COMPARED_MAX: usize = 50;

/// Weighs the headlines given; the name of the site at either end of a page's title goes, and an
/// editor's code is none.
///
/// Within a page's own metadata the headline of its description as an article goes first, and the
/// heading that readers see when another candidate says much the same; a heading that none does is
/// the name of the site.
pub(super) fn headline(fields: &[Field]) -> Weighed<String> {
    let related = fields.iter().filter(|it| matches!(it.name, FieldName::Source | FieldName::Headline));
    let related = related.filter(|it| it.value.len() <= VALUE_BYTES_MAX).take(COMPARED_MAX);
    let hosts: Vec<String> = fields
        .iter()
        .filter(|it| it.name == FieldName::Url)
        .take(COMPARED_MAX)
        .filter_map(|it| host(&it.value))
        .collect();
    let (mut others, mut titles) = (Others { hosts, ..Others::default() }, Vec::new());
    for field in related {
        let words = folded_words(&field.value);
        if field.name == FieldName::Headline && field.origin.trust == Trust::Structured && !is_heading(field)
        {
            titles.push(words.clone());
        }
        if field.name == FieldName::Source {
            // `Harbour Courier | The voice of the islands`
            let pieces = SEPARATORS.iter().filter_map(|it| field.value.split_once(it));
            others.sites.extend(pieces.map(|(name, _)| folded_words(name)));
            others.sites.push(words);
        } else {
            others.titles.push(words);
        }
    }
    weigh(FieldName::Headline, fields, |field| {
        if field.value.len() > VALUE_BYTES_MAX {
            return None;
        }
        let value = field.value.split_whitespace().collect::<Vec<_>>().join(" ");
        let value = without_site(without_marks(&value), &others).trim();
        let confirmed = || {
            let words = folded_words(value);
            titles.iter().any(|it| much_the_same(it, &words))
        };
        let rank = match field.origin.rule.as_str() {
            _ if is_heading(field) => {
                if confirmed() {
                    0
                } else {
                    2
                }
            }
            rule if rule.starts_with("meta ") || rule == "title" => 1,
            "whole title" => 3,
            _ => 0,
        };
        let worded = value.chars().any(char::is_alphanumeric) && !is_code(value);
        worded.then(|| Reading { value: value.to_owned(), rank })
    })
}

/// Whether the candidate is a heading of the page, which may be the name of its site.
fn is_heading(field: &Field) -> bool {
    matches!(field.origin.rule.as_str(), "h1" | "itemprop headline")
}

/// Whether half of the longer words of either are in the other.
fn much_the_same(a: &[String], b: &[String]) -> bool {
    let long = |words: &[String]| words.iter().filter(|it| it.chars().count() >= 4).cloned().collect();
    let (a, b): (Vec<String>, Vec<String>) = (long(a), long(b));
    let shared = a.iter().filter(|it| b.contains(it)).count();
    shared > 0 && shared * 2 >= a.len().min(b.len())
}

/// What parts the name of a site from a title.
const SEPARATORS: [&str; 8] = [" | ", " - ", " – ", " — ", " · ", " » ", " :: ", " « "];

/// Cuts ` | Harbour Courier` off a title when that, or what is before it, is one of the `others`, or
/// when it is the name of one of their hosts. A section goes with the site, and the site may stand
/// first.
fn without_site<'a>(title: &'a str, others: &Others) -> &'a str {
    let parted = || SEPARATORS.iter().map(|it| (*it, it.len()));
    let is_site = |piece: &str| {
        let words = folded_words(piece);
        others.sites.contains(&words) || others.hosts.iter().any(|it| names_host(piece, it))
    };
    let first = parted().filter_map(|(mark, length)| Some((title.find(mark)?, length))).min();
    if let Some((at, length)) = first
        && is_site(&title[..at])
        && count_words(&title[at + length..]) >= 2
    {
        return &title[at + length..];
    }
    let mut rest = title;
    // Two names at most: `Strike ends | World | Harbour Courier`.
    for _ in 0..2 {
        let last = parted().filter_map(|(mark, length)| Some((rest.rfind(mark)?, length))).max();
        let Some((at, length)) = last else { break };
        let (before, after) = (&rest[..at], &rest[at + length..]);
        let headline = folded_words(before);
        let section = headline.len() >= 2 && contains(List::NoOutlet, &after.trim().to_lowercase());
        let known = || others.titles.contains(&folded_words(after));
        let repeated = || headline.len() >= 2 && (others.titles.contains(&headline) || is_site(before));
        let outlet = headline.len() >= 2 && looks_like_outlet(after);
        if !is_site(after) && !outlet && !section && !known() && !repeated() {
            break;
        }
        rest = before;
    }
    rest
}

/// What the other candidates say, by words.
#[derive(Default)]
struct Others {
    /// Names given for the source.
    sites: Vec<Vec<String>>,
    /// Candidates for the headline.
    titles: Vec<Vec<String>>,
    /// Hosts of the addresses given.
    hosts: Vec<String>,
}

/// Why a first line is taken for the headline, as a rule's name; `None` when it may be the story's
/// own first words.
///
/// `after` are the lines that follow it, `file` the path it was read from.
pub(super) fn first_line_rule<'a>(
    line: &str,
    after: impl Iterator<Item = &'a str> + Clone,
    file: &str,
) -> Option<&'static str> {
    let line = without_marks(line.trim());
    let short = line.chars().take(LENGTH_MAX + 1).count() <= LENGTH_MAX && count_words(line) >= 2;
    let letters = line.chars().any(char::is_alphabetic) && starts_like_sentence(line);
    if !short || !letters || line.ends_with([':', ',']) || read_dateline(line).is_some() || is_code(line) {
        return None;
    }
    if is_named_by_file(line, file) {
        return Some("first line, as the file's name");
    }
    let longer = after.clone().take(4).any(|it| is_running_text(it) && it.len() > line.len());
    if !(longer || heads_brief(line, after.clone())) || is_quoted(line) {
        return None;
    }
    let before_dateline = after.take(2).any(|it| read_dateline(it).is_some());
    if before_dateline && !has_inner_stop(line) {
        return Some("first line, before the dateline");
    }
    // A story may open with a question, or with a sentence full of names; only a short one in title
    // case is a headline.
    let abbreviation = line.ends_with('.') && !ends_with_stop(line) && line.len() <= 90;
    let sentence = ends_like_sentence(line) && !line.ends_with('…') && !abbreviation;
    let headed = !sentence || is_title_case(line) && line.len() <= 110;
    (headed && !has_inner_stop(line) && line.len() <= 160).then_some("first line")
}

/// Whether a line of a few words heads a text of short paragraphs: of sentences, or one that begins
/// in small letters, as the line does not.
fn heads_brief<'a>(line: &str, after: impl Iterator<Item = &'a str> + Clone) -> bool {
    const WORDS_MAX: usize = 8;
    let Some(first) = after.clone().next() else { return false };
    let is_shorter = line.len() < first.len() && count_words(first) >= 4;
    if !is_shorter || count_words(line) > WORDS_MAX || ends_like_sentence(line) {
        return false;
    }
    let is_sentence = |it: &str| count_words(it) >= 2 && ends_like_sentence(it);
    let in_small_letters = line.starts_with(char::is_uppercase) && first.starts_with(char::is_lowercase);
    in_small_letters || after.take(4).all(is_sentence)
}

/// Whether the file's name is made of the line's first words: `2017-06_port-strike-ends.txt`, `Port
/// strike ends`.
fn is_named_by_file(line: &str, file: &str) -> bool {
    let name = file.rsplit('/').next().unwrap_or_default();
    let name = name.split_once('.').map_or(name, |(stem, _)| stem);
    // Programs that make such names drop marks, and some drop numbers.
    let letters =
        |text: &str| text.chars().filter(|it| it.is_alphabetic()).flat_map(char::to_lowercase).collect();
    let line: String = letters(line);
    // The slug begins at one of the separators; before it stand a source, a date or a number.
    let starts = std::iter::once(0).chain(name.match_indices(['_', '-', ' ']).map(|(at, _)| at + 1));
    starts.take(12).any(|start| {
        let slug: String = letters(&name[start..]);
        slug.chars().take(10).count() == 10 && line.starts_with(&slug)
            || line.chars().take(16).count() == 16 && slug.starts_with(&line)
    })
}

/// A line wholly within quotation marks is somebody's words.
fn is_quoted(line: &str) -> bool {
    let opens = line.starts_with(['"', '“', '„', '«', '‘']) || line.starts_with("''");
    opens && line.ends_with(['"', '”', '“', '»', '’', '\''])
}

/// Whether a line of the body says the headline again.
pub(super) fn repeats(line: &str, headline: &str) -> bool {
    line.len() <= headline.len() * 2 + 20 && nearly_same(line, headline)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_few_words_over_short_paragraphs_are_a_headline() {
        for (line, after, is_headline) in [
            ("Sirens silent", &["Nobody had signed the form.", "Nobody came."][..], true),
            ("Sirens Silent", &["the siren did not sound", "nobody knows why"], true),
            ("Ferry back", &["The ferry is back."], true),
            ("Bo Lund", &["The weir holds, he said."], true),
            // The story's own first words, an item of a list, a line of a poem.
            ("It rained.", &["The ferry did not sail."], false),
            ("Bread and butter", &["Milk, eggs", "Two pounds of flour"], false),
            ("Roses are red", &["Violets are blue", "The weir is high."], false),
            ("the siren", &["did not sound in the valley"], false),
            ("Sirens silent", &[], false),
            ("Sirens silent", &["Nobody came."], false),
            ("Dear editor,", &["The ferry is late again."], false),
            ("“Sirens silent”", &["The ferry is late again."], false),
        ] {
            let rule = first_line_rule(line, after.iter().copied(), "a.txt");
            assert_eq!(rule.is_some(), is_headline, "{line} {after:?}");
        }
    }
}
