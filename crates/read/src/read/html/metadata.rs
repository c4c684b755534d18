//! Reads what a page says of its article: JSON-LD, meta tags, microdata, links, and a few visible
//! elements.
//!
//! Every statement becomes a field, best first: JSON-LD of the article, then meta tags in the order
//! of [`META`], then what is marked in the visible page, then JSON-LD of the page, last `<title>`.
//! Dates of modification tell the zone of a page, and by their rules' names are no dates of
//! publication. What stands in comments or beside other stories is no statement.

use std::collections::HashSet;

use scraper::{ElementRef, Html, Node, node::Element};

use super::{clutter, json_ld::JsonLd, plain, statement::Statement};
use crate::read::{
    host_name::{looks_like_outlet, names_host},
    names,
};
use morgue_core::article::{Field, FieldName, Trust};

/// Names of meta tags (`property`, `name` or `itemprop`), best first within each field.
const META: &[(FieldName, &str)] = &[
    (FieldName::Headline, "og:title"),
    (FieldName::Headline, "twitter:title"),
    (FieldName::Headline, "parsely-title"),
    (FieldName::Headline, "sailthru.title"),
    (FieldName::Headline, "dc.title"),
    (FieldName::Headline, "dcterms.title"),
    (FieldName::Headline, "citation_title"),
    (FieldName::Headline, "hdl"),
    (FieldName::Source, "og:site_name"),
    (FieldName::Source, "publisher"),
    (FieldName::Source, "dc.publisher"),
    (FieldName::Source, "dcterms.publisher"),
    (FieldName::Source, "citation_journal_title"),
    (FieldName::Source, "application-name"),
    (FieldName::Source, "apple-mobile-web-app-title"),
    (FieldName::Date, "article:published_time"),
    (FieldName::Date, "og:article:published_time"),
    (FieldName::Date, "og:published_time"),
    (FieldName::Date, "datepublished"),
    (FieldName::Date, "parsely-pub-date"),
    (FieldName::Date, "sailthru.date"),
    (FieldName::Date, "dc.date.issued"),
    (FieldName::Date, "dcterms.issued"),
    (FieldName::Date, "dc.date"),
    (FieldName::Date, "dcterms.date"),
    (FieldName::Date, "dcterms.created"),
    (FieldName::Date, "dc.date.created"),
    (FieldName::Date, "citation_publication_date"),
    (FieldName::Date, "pubdate"),
    (FieldName::Date, "publishdate"),
    (FieldName::Date, "publish-date"),
    (FieldName::Date, "publish_date"),
    (FieldName::Date, "publication_date"),
    (FieldName::Date, "ptime"),
    (FieldName::Date, "displaydate"),
    (FieldName::Date, "article.published"),
    (FieldName::Date, "cxenseparse:recs:publishtime"),
    (FieldName::Date, "date"),
    (FieldName::Date, "article:modified_time"),
    (FieldName::Date, "og:updated_time"),
    (FieldName::Byline, "author"),
    (FieldName::Byline, "article:author"),
    (FieldName::Byline, "og:article:author"),
    (FieldName::Byline, "parsely-author"),
    (FieldName::Byline, "sailthru.author"),
    (FieldName::Byline, "byl"),
    (FieldName::Byline, "dc.creator"),
    (FieldName::Byline, "dcterms.creator"),
    (FieldName::Byline, "citation_author"),
    (FieldName::Section, "article:section"),
    (FieldName::Section, "og:article:section"),
    (FieldName::Section, "parsely-section"),
    (FieldName::Section, "sailthru.section"),
    (FieldName::Section, "section"),
    (FieldName::Language, "og:locale"),
    (FieldName::Language, "content-language"),
    (FieldName::Language, "dc.language"),
    (FieldName::Url, "og:url"),
    (FieldName::Url, "parsely-link"),
    (FieldName::Place, "dc.coverage"),
    (FieldName::Place, "geo.placename"),
];

/// Where the ranks of meta tags begin, after the properties of a JSON-LD article.
const META_RANK: usize = 100;
const VISIBLE_RANK: usize = 300;
const TITLE_RANK: usize = 900;

/// More statements than this come from a page that wants to cost time.
const FOUND_MAX: usize = 300;

/// Statements of so many elements are looked at; a page that lists hundreds of stories has some
/// thousand.
const LOOKED_AROUND_MAX: usize = 5_000;

/// The elements around the headings of the first order.
fn around_headings(html: &Html) -> HashSet<*const Element> {
    let mut around = HashSet::new();
    for heading in html.root_element().descendent_elements().filter(|it| it.value().name() == "h1") {
        let elements = heading.ancestors().filter_map(ElementRef::wrap).map(address);
        // Around an element that was seen stands what was seen.
        for element in elements {
            if !around.insert(element) {
                break;
            }
        }
    }
    around
}

/// What tells one element of a page from another.
fn address(element: ElementRef<'_>) -> *const Element {
    std::ptr::from_ref(element.value())
}

/// The fields of a page, those of one name best first; and the notes on what is no field.
pub(super) fn read(html: &Html, json_ld: JsonLd, singlefile: Option<&str>) -> (Vec<Field>, Vec<String>) {
    let mut scan = Scan { found: json_ld.found, around_headings: around_headings(html), ..Scan::default() };
    for element in html.root_element().descendent_elements() {
        scan.element(element);
    }
    scan.finish();
    let mut notes: Vec<String> =
        json_ld.modified.iter().map(|it| format!("modified {it} (json-ld dateModified)")).collect();
    if let Some(comment) = singlefile {
        let value = |key: &str| {
            comment.lines().find_map(|it| it.trim().strip_prefix(key)).map(|it| it.trim().to_owned())
        };
        if let Some(url) = value("url:") {
            scan.add(VISIBLE_RANK, FieldName::Url, &url, "singlefile url", "comment");
        }
        notes.extend(value("saved date:").map(|it| format!("saved with SingleFile {it}")));
    }
    scan.found.sort_by_key(|it| it.rank);
    let mut fields: Vec<Field> = Vec::new();
    for found in scan.found {
        if fields.iter().all(|it| it.name != found.field || it.value != found.value) {
            fields.push(Field::new(found.field, &found.value, Trust::Structured, &found.rule, &found.place));
        }
    }
    (fields, notes)
}

/// What one pass over the elements finds.
#[derive(Default)]
struct Scan {
    found: Vec<Statement>,
    h1: Vec<String>,
    title: Option<String>,
    /// The elements around headings of the first order, which hold the story.
    around_headings: HashSet<*const Element>,
    /// Authors marked one by one.
    authors: Vec<String>,
    bylines: usize,
    times: usize,
    looked_around: usize,
}

impl Scan {
    fn add(&mut self, rank: usize, field: FieldName, value: &str, rule: &str, place: &str) {
        let value = plain(value);
        let address = value.starts_with("http://") || value.starts_with("https://");
        let fits = match field {
            FieldName::Url => address,
            FieldName::Byline => !address && value.chars().count() <= 200,
            FieldName::Correction => value.len() <= 3_000,
            _ => !address && value.chars().count() <= 500,
        };
        if !value.is_empty() && fits && self.found.len() < FOUND_MAX {
            let (rule, place) = (rule.to_owned(), place.to_owned());
            self.found.push(Statement { rank, field, value, rule, place });
        }
    }

    fn element(&mut self, element: ElementRef<'_>) {
        match element.value().name() {
            "html" => {
                let lang = element.attr("lang").or_else(|| element.attr("xml:lang")).unwrap_or_default();
                self.add(META_RANK, FieldName::Language, lang, "html lang", "html");
            }
            "meta" => self.meta(element),
            "link" if element.attr("rel") == Some("canonical") => {
                let href = element.attr("href").unwrap_or_default();
                self.add(0, FieldName::Url, href, "canonical", "link rel=canonical");
            }
            "title" if self.title.is_none() => self.title = Some(text(element)),
            "h1" => self.h1.push(text(element)),
            _ => (),
        }
        self.visible(element);
    }

    fn meta(&mut self, element: ElementRef<'_>) {
        let content = element.attr("content").unwrap_or_default();
        for attribute in ["property", "name", "itemprop", "http-equiv"] {
            let Some(name) = element.attr(attribute) else { continue };
            let name = name.to_ascii_lowercase();
            // What a server says in place of its headers is of the page: its date is that of today.
            if attribute == "http-equiv" && name != "content-language" {
                continue;
            }
            let Some(at) = META.iter().position(|(_, it)| *it == name) else { continue };
            // Microdata may stand anywhere in the page, so also in a comment or another story.
            if attribute == "itemprop" && self.is_elsewhere(element) {
                continue;
            }
            let place = format!("meta {attribute}={name}");
            self.add(META_RANK + at, META[at].0, content, &format!("meta {name}"), &place);
            return;
        }
    }

    /// Microdata, `rel=author`, times and elements marked as byline.
    fn visible(&mut self, element: ElementRef<'_>) {
        let tag = element.value().name();
        let class = element.attr("class").unwrap_or_default().to_lowercase();
        let byline = class
            .split_whitespace()
            .any(|it| it == "byline" || it.ends_with("__byline") || it == "author-name");
        let author = element.attr("rel").is_some_and(|it| it.split_whitespace().any(|it| it == "author"));
        let told = tag == "time" || byline || author || element.attr("itemprop").is_some();
        if !told || self.is_elsewhere(element) {
            return;
        }
        if let Some(property) = element.attr("itemprop").filter(|_| tag != "meta") {
            let value = element.attr("content").or_else(|| element.attr("datetime"));
            let value = value.map_or_else(|| text(element), str::to_owned);
            let place = format!("{tag} itemprop={property}");
            match property {
                "headline" => {
                    self.add(VISIBLE_RANK, FieldName::Headline, &value, "itemprop headline", &place);
                }
                "datePublished" => {
                    self.add(VISIBLE_RANK, FieldName::Date, &value, "itemprop datePublished", &place);
                }
                "articleSection" => {
                    self.add(VISIBLE_RANK, FieldName::Section, &value, "itemprop articleSection", &place);
                }
                "author" => self.author(element, VISIBLE_RANK + 1, "itemprop author", &place),
                _ => (),
            }
        }
        if tag == "time"
            && let Some(datetime) = element.attr("datetime")
        {
            // The first is the story's; later ones are of comments and of other stories.
            let updated = ["update", "modif"].iter().any(|it| class.contains(it));
            let marked = element.attr("pubdate").is_some() || class.contains("publish");
            if marked || !updated && self.times == 0 {
                let rank = VISIBLE_RANK + if marked { 1 } else { 10 };
                self.times += 1;
                self.add(rank, FieldName::Date, datetime, "time", "time datetime");
            }
        }
        if author {
            self.authors.push(text(element));
        }
        if byline && self.bylines == 0 && !matches!(tag, "body" | "article" | "section" | "main") {
            let before = self.found.len();
            self.author(element, VISIBLE_RANK + 20, "byline", &format!("{tag} class=byline"));
            self.bylines += self.found.len() - before;
        }
    }

    /// Whether the element or one around it is marked as something else than the story.
    fn is_elsewhere(&mut self, element: ElementRef<'_>) -> bool {
        self.looked_around += 1;
        let around = element.ancestors().filter_map(ElementRef::wrap).chain([element]);
        let mut around = around.filter(|it| !self.around_headings.contains(&address(*it)));
        self.looked_around > LOOKED_AROUND_MAX
            || around.any(|it| {
                let attr = |name: &str| it.attr(name).unwrap_or_default();
                let marks = ["class", "id", "role", "itemprop", "itemtype"].map(attr).join(" ");
                let marks = format!(" {marks} ").to_lowercase();
                clutter::names_elsewhere(it.value().name(), &marks)
            })
    }

    fn author(&mut self, element: ElementRef<'_>, rank: usize, rule: &str, place: &str) {
        let name = element.descendent_elements().find(|it| it.attr("itemprop") == Some("name")).map(text);
        let name = name.unwrap_or_else(|| text(element));
        let name = name.strip_prefix("By ").or_else(|| name.strip_prefix("by ")).unwrap_or(&name);
        if name.chars().count() <= 100 {
            self.add(rank, FieldName::Byline, name, rule, place);
        }
    }

    /// What can only be told when the whole page was seen.
    fn finish(&mut self) {
        let title = self.title.take().unwrap_or_default();
        let h1 = std::mem::take(&mut self.h1);
        let h1 = h1.iter().filter(|it| !it.is_empty());
        // A site's name is often a heading of the first order too; the story's is the one that the
        // title repeats.
        let own = h1.clone().find(|it| it.chars().count() > 10 && title.contains(it.as_str()));
        if let Some(heading) = own.or_else(|| h1.clone().next()) {
            self.add(VISIBLE_RANK, FieldName::Headline, heading, "h1", "h1");
        }
        let site = Site::of(&self.found);
        let bare = site.without_name(&title).to_owned();
        for found in self.found.iter_mut().filter(|it| it.field == FieldName::Headline) {
            found.value = match own {
                // What the title has beyond the page's own headline is the site's or the section's
                // name.
                Some(own) if found.value.contains(own.as_str()) => own.clone(),
                _ => site.without_name(&found.value).to_owned(),
            };
        }
        self.add(TITLE_RANK, FieldName::Headline, &bare, "title", "title");
        let cut = title.strip_prefix(bare.as_str()).unwrap_or_default().trim_start_matches(is_separator);
        if !cut.is_empty() && own.is_none() && !site.is_named(cut) {
            // Nothing of it may be lost where nobody says that it names the site.
            self.add(TITLE_RANK + 1, FieldName::Headline, &title, "whole title", "title");
        }
        if let Some(name) = site.name_in(&title) {
            self.add(TITLE_RANK, FieldName::Source, name, "name in the title", "title");
        }
        self.authors.retain(|it| !it.is_empty() && it.chars().count() <= 60);
        self.authors.dedup();
        self.authors.truncate(6);
        let authors = names::join_names(&self.authors);
        self.add(VISIBLE_RANK + 10, FieldName::Byline, &authors, "rel author", "a rel=author");
    }
}

/// What parts the name of a site from the title of a page.
const SEPARATORS: [&str; 7] = [" | ", " – ", " — ", " - ", " :: ", " « ", " · "];

fn is_separator(c: char) -> bool {
    SEPARATORS.iter().any(|it| it.contains(c))
}

/// The names that a page gives for its site, and its hosts.
struct Site {
    names: Vec<String>,
    hosts: Vec<String>,
}

impl Site {
    fn of(found: &[Statement]) -> Site {
        let host =
            |address: &str| Some(address.split_once("://")?.1.split(['/', ':']).next()?.to_lowercase());
        let values = |field| found.iter().filter(move |it| it.field == field).map(|it| it.value.as_str());
        Site {
            names: values(FieldName::Source).map(str::to_lowercase).collect(),
            hosts: values(FieldName::Url).filter_map(host).collect(),
        }
    }

    fn is_named(&self, piece: &str) -> bool {
        let piece = piece.trim();
        let named =
            |it: &String| SEPARATORS.iter().any(|mark| it.split(mark).next() == Some(&piece.to_lowercase()));
        self.names.iter().any(named) || self.hosts.iter().any(|it| names_host(piece, it))
    }

    /// The title without the name of the site before or behind a dash or a bar.
    fn without_name<'a>(&self, title: &'a str) -> &'a str {
        let first = SEPARATORS.iter().filter_map(|it| Some((title.find(it)?, it.len()))).min();
        if let Some((at, length)) = first
            && self.is_named(&title[..at])
        {
            return title[at + length..].trim();
        }
        let last = SEPARATORS.iter().filter_map(|it| Some((title.rfind(it)?, it.len()))).max();
        let Some((at, length)) = last else { return title };
        let (before, after) = (&title[..at], &title[at + length..]);
        let short = after.split_whitespace().count() <= 4 && before.split_whitespace().count() >= 3;
        if self.is_named(after) || short && may_name_site(after) { before.trim() } else { title }
    }

    /// The name of the site in a title, as its hosts or its own last word confirm it.
    fn name_in<'a>(&self, title: &'a str) -> Option<&'a str> {
        let mut pieces = vec![title];
        for separator in SEPARATORS {
            pieces = pieces.into_iter().flat_map(|it| it.split(separator)).collect();
        }
        let pieces: Vec<&str> = pieces.iter().map(|it| it.trim()).filter(|it| *it != title.trim()).collect();
        let confirmed = |piece: &&&str| self.hosts.iter().any(|it| names_host(piece, it));
        let last = pieces.last().filter(|it| looks_like_outlet(it));
        pieces.iter().rev().find(confirmed).or(last).copied()
    }
}

/// Whether the last part of a title may be a name: a host, or words with capitals that do not go on
/// with the headline (`- live updates`, `- What We Know`).
fn may_name_site(piece: &str) -> bool {
    const GO_ON: &[&str] = &[
        "after",
        "all",
        "analysis",
        "and",
        "as",
        "because",
        "but",
        "explained",
        "explainer",
        "full",
        "here",
        "here's",
        "how",
        "if",
        "in",
        "is",
        "it",
        "it's",
        "latest",
        "live",
        "no",
        "not",
        "or",
        "photos",
        "pictures",
        "poll",
        "report",
        "reports",
        "review",
        "see",
        "so",
        "study",
        "survey",
        "then",
        "they",
        "updates",
        "video",
        "watch",
        "we",
        "what",
        "what's",
        "when",
        "where",
        "who",
        "who's",
        "why",
        "with",
        "yes",
        "you",
    ];
    let words: Vec<String> = piece.split_whitespace().map(|it| it.to_lowercase().replace('’', "'")).collect();
    let bare = |it: &String| it.trim_matches(|c: char| !c.is_alphanumeric()).to_owned();
    let goes_on = words.first().map(bare).is_some_and(|it| GO_ON.contains(&it.as_str()));
    let small = |it: &str| it.starts_with(char::is_lowercase) && it.chars().count() > 3;
    let host = words.len() == 1 && words[0].trim_matches('.').contains('.');
    let sentence = piece.trim_end().ends_with(['?', '!', '.']) && !host;
    let first = piece.trim_start().starts_with(char::is_lowercase);
    host || !goes_on && !sentence && !first && !piece.split_whitespace().any(small)
}

/// The text of an element on one line; parts that a browser sets apart stay apart.
fn text(element: ElementRef<'_>) -> String {
    let mut text = String::new();
    for node in element.descendants() {
        match node.value() {
            // A heading that was never closed would go on over the story.
            Node::Element(it) if it.name() == "p" && element.value().name() == "h1" && !text.is_empty() => {
                break;
            }
            Node::Text(part) => text.push_str(part),
            Node::Element(it) if matches!(it.name(), "br" | "div" | "p" | "li" | "time" | "ul") => {
                text.push(' ');
            }
            _ => (),
        }
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::may_name_site;

    #[test]
    fn the_last_part_of_a_title_may_go_on_with_the_headline() {
        for site in ["Harbour Courier", "courier.example", "The Osby Times", "HBC", "Voice of Osby", "Osby24"]
        {
            assert!(may_name_site(site), "{site}");
        }
        for tail in [
            "live updates",
            "Live Updates",
            "no",
            "Yes",
            "as it happened",
            "What We Know",
            "who’s in, who’s out",
            "How It Happened",
            "Who pays?",
            "in pictures",
            "harbor master",
        ] {
            assert!(!may_name_site(tail), "{tail}");
        }
    }
}
