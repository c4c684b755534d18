//! NewsML-G2 of the IPTC: a `newsItem` alone, or many in a `newsMessage`.
//!
//! The text is the content of `inlineXML` or `inlineData`. Renditions of one text in one language
//! are one article, texts in several languages one each. Packages, concepts and knowledge items
//! hold no article; pictures and films are no articles, although they have captions.

use super::{
    content,
    nitf::as_dateline,
    records::{self, Context, Kind},
    story::{NO_TEXT, Story, embargo_note, fullest, status_note},
};
use crate::read::{
    Problem, RawDocument,
    format::Format,
    xml::{Element, Name, Role},
};
use morgue_core::article::FieldName;

/// NewsML-G2.
pub(in crate::read) const FORMAT: Format = Format {
    name: "NewsML-G2",
    told_by: "a root element such as `newsItem` or `newsMessage`",
    article: "a `newsItem` with a text, one for each language",
    extensions: &["newsml", "g2"],
    fits: |start| start.xml_root.is_some_and(|it| it == "newsMessage" || is_item(it)),
    read: |source| records::documents(source, KIND),
};

const KIND: Kind = Kind { role, read, none: "is a message without an item" };

/// Items that hold no article, and what they are.
const OTHER_ITEMS: &[(&str, &str)] = &[
    ("packageItem", "is a package, which lists other items"),
    ("conceptItem", "is a concept item: it describes a person, a place, an event or another thing"),
    ("knowledgeItem", "is a knowledge item: a taxonomy"),
    ("planningItem", "is a planning item: it tells of coverage to come"),
    ("catalogItem", "is a catalog item: it lists vocabularies"),
    ("catalog", "is a catalog, which lists vocabularies"),
];

fn is_item(name: &str) -> bool {
    name == "newsItem" || OTHER_ITEMS.iter().any(|it| it.0 == name)
}

fn role(path: &[Name]) -> Role {
    match path.last().map(|it| it.local.as_str()) {
        Some("header" | "Header") => Role::Enter,
        Some("sender") => Role::About,
        Some("newsMessage" | "itemSet") => Role::Enter,
        Some(name) if is_item(name) => Role::Record,
        _ => Role::Skip,
    }
}

fn read(item: &Element, context: &Context<'_>) -> Vec<Result<RawDocument, Problem>> {
    let Context { place, passages_max, sender } = *context;
    if let Some((name, what)) = OTHER_ITEMS.iter().find(|it| it.0 == item.name.local) {
        let reason = format!("{what} (`{name}`), and holds no article");
        return vec![Err(Problem { place: place.to_owned(), reason })];
    }
    let texts = texts(item, place, passages_max);
    if texts.is_empty() {
        return vec![Story::new(FIELD_RULE, place).finish(&why_no_text(item))];
    }
    let several = texts.len() > 1;
    let story = |text: Text| {
        let mut story = Story::new(FIELD_RULE, place);
        let language = text.language.as_deref().filter(|_| several);
        story.add(FieldName::Language, language.unwrap_or_default(), "contentSet@lang");
        describe(item, text.language.as_deref(), sender, &mut story);
        story.add(FieldName::Language, text.language.as_deref().unwrap_or_default(), "contentSet@lang");
        story.append(text.story);
        story
            .finish(&why_no_text(item))
            .map(|it| RawDocument { among_records: it.among_records || several, ..it })
    };
    texts.into_iter().map(story).collect()
}

/// What the rules of its fields begin with.
const FIELD_RULE: &str = "newsml-g2";

/// A text of an item.
struct Text {
    /// The language it is marked with.
    language: Option<String>,
    story: Story,
    letters: String,
}

/// The texts of an item, one a language.
fn texts(item: &Element, place: &str, passages_max: usize) -> Vec<Text> {
    let base = Story::new(FIELD_RULE, place);
    let mut languages: Vec<(Option<String>, Vec<Story>)> = Vec::new();
    let contents = item.all("contentSet").flat_map(Element::elements).filter(|it| is_text(it));
    for holder in contents.take(CONTENTS_MAX) {
        let part = content::part(holder, &base, passages_max);
        if part.blocks.is_empty() {
            continue;
        }
        let html = || holder.elements().find_map(|it| it.attribute("lang"));
        let language = holder.attribute("lang").or_else(html).map(str::to_lowercase);
        match languages.iter_mut().find(|it| it.0 == language) {
            Some((_, parts)) => parts.push(part),
            None => languages.push((language, vec![part])),
        }
    }
    let mut texts: Vec<Text> = Vec::new();
    for (language, parts) in languages {
        let Some(story) = fullest(parts) else { continue };
        let letters = story.letters();
        // The same text under another tag, or without one, is a rendition.
        if texts.iter().all(|it| it.letters != letters) {
            texts.push(Text { language, story, letters });
        }
    }
    texts
}

/// An item has a few renditions in a few languages; further ones are not read.
const CONTENTS_MAX: usize = 60;

/// Whether an element of `contentSet` carries text: encoded data and what lies elsewhere do not.
fn is_text(holder: &Element) -> bool {
    let kind = holder.attribute("contenttype").unwrap_or_default();
    let is_data = ["image/", "video/", "audio/", "application/pdf"].iter().any(|it| kind.starts_with(it));
    match holder.name.local.as_str() {
        "inlineXML" => true,
        "inlineData" => !is_data && holder.attribute("encoding").is_none(),
        _ => false,
    }
}

/// Why an item without a text has none.
fn why_no_text(item: &Element) -> String {
    let class = item.value("itemMeta/itemClass@qcode").unwrap_or_default();
    let class = class.rsplit(':').next().unwrap_or_default();
    if !["", "text", "composite"].contains(&class) {
        return format!("is an item of the class `{class}`, and holds no article");
    }
    let contents = || item.all("contentSet").flat_map(Element::elements);
    if contents().any(|it| it.name.local == "inlineData") {
        return "holds encoded data, which is not read, and no text".to_owned();
    }
    if contents().any(|it| it.name.local == "remoteContent") {
        return "names a text that lies elsewhere, and holds none".to_owned();
    }
    NO_TEXT.to_owned()
}

/// Names of the agency, the best place first; the first that is there counts.
const SOURCES: &[&str] = &[
    "itemMeta/provider/name",
    "contentMeta/creditline",
    "contentMeta/infoSource/name",
    "itemMeta/provider@literal",
    "contentMeta/infoSource@literal",
    "rightsInfo/copyrightHolder/name",
    "rightsInfo/copyrightHolder@literal",
    "itemMeta/provider@qcode",
];

/// Where other values stand; all are candidates.
///
/// The version that a file holds was published when it was created. The rule of a day of change
/// says so, and such a day never wins.
const VALUES: &[(FieldName, &[&str])] = &[
    (
        FieldName::Date,
        &["itemMeta/versionCreated", "contentMeta/contentCreated", "itemMeta/firstCreated", CONTENT_MODIFIED],
    ),
    (FieldName::Place, &["contentMeta/located/name", "contentMeta/located@literal"]),
    (FieldName::Language, &["contentMeta/language@tag", "@lang"]),
];
const CONTENT_MODIFIED: &str = "contentMeta/contentModified";

/// Adds what an item says of its text in one language.
fn describe(item: &Element, language: Option<&str>, sender: &str, story: &mut Story) {
    story.name = item.attribute("guid").map(str::to_owned);
    let meta = Element::default();
    let meta = item.child("contentMeta").unwrap_or(&meta);
    add_headlines(meta, language, story);
    story.add(FieldName::Headline, &item.value("itemMeta/title").unwrap_or_default(), "itemMeta/title");
    add_source(item, sender, story);
    let dateline = as_dateline(&item.value("contentMeta/dateline").unwrap_or_default());
    story.add(FieldName::Place, &dateline, "contentMeta/dateline");
    add_properties(item, story);
    for (name, paths) in VALUES {
        paths.iter().for_each(|path| story.add(*name, &item.value(path).unwrap_or_default(), path));
    }
    add_bylines(meta, story);
    add_address(item, story);
    story.notes.extend(status_note(&item.value("itemMeta/pubStatus@qcode").unwrap_or_default()));
    if let Some(embargoed) = item.at("itemMeta/embargoed") {
        story.notes.push(embargo_note(&embargoed.line()));
    }
}

/// Adds the name of the agency. Two letters may be the code of a customer or a desk: the name of
/// the sender goes before them.
fn add_source(item: &Element, sender: &str, story: &mut Story) {
    let source = SOURCES.iter().find_map(|path| {
        let name = item.value(path)?;
        let name = if path.ends_with("@qcode") { name.rsplit(':').next()?.to_owned() } else { name };
        let name = name.trim_matches(|it: char| it.is_whitespace() || "-–—/()".contains(it)).to_owned();
        name.chars().any(char::is_alphabetic).then_some((*path, name))
    });
    let is_code = source.as_ref().is_none_or(|(_, name)| name.chars().count() <= 2);
    let is_name = sender.contains(char::is_alphabetic) && !sender.contains(['.', '@', ':']);
    let source = if is_code && is_name { Some(("header/sender", sender.to_owned())) } else { source };
    if let Some((path, name)) = source {
        story.add(FieldName::Source, &name, path);
    }
}

/// Adds what Infomaker's newspapers put into properties and links of their own: when the story is
/// published, and its section.
fn add_properties(item: &Element, story: &mut Story) {
    let meta = || item.child("itemMeta").into_iter();
    let start = meta()
        .flat_map(|it| it.all("itemMetaExtProperty"))
        .find(|it| it.attribute("type").is_some_and(|it| it.rsplit(':').next() == Some("pubstart")));
    let start = start.and_then(|it| it.attribute("value")).unwrap_or_default();
    story.add(FieldName::Date, start, "itemMeta/pubstart");
    let links = meta().filter_map(|it| it.child("links")).flat_map(|it| it.all("link"));
    let mut sections = links.filter(|it| it.attribute("rel") == Some("section"));
    let section = sections.next().and_then(|it| it.attribute("title")).unwrap_or_default();
    story.add(FieldName::Section, section, "links/section");
}

/// Adds the headlines, those in the language and the main one first.
fn add_headlines(meta: &Element, language: Option<&str>, story: &mut Story) {
    let mut headlines: Vec<&Element> = meta.all("headline").take(20).collect();
    headlines.sort_by_key(|it| {
        let tag = it.attribute("lang").map(str::to_lowercase);
        let other = tag.is_some() && language.is_some() && tag.as_deref() != language;
        let role = it.attribute("role").unwrap_or("main");
        (other, !role.ends_with("main"))
    });
    headlines.iter().for_each(|it| story.add(FieldName::Headline, &it.line(), "contentMeta/headline"));
}

/// Adds who wrote it: `by`, or else the creators that have a name.
fn add_bylines(meta: &Element, story: &mut Story) {
    meta.all("by").take(20).for_each(|it| story.add(FieldName::Byline, &it.line(), "contentMeta/by"));
    if story.has(FieldName::Byline) {
        return;
    }
    let writers = meta.all("creator").filter(|it| {
        let is_body = it.attribute("type").is_some_and(|it| it.contains("organi"));
        // A role is that of a photographer or an editor, unless it says that they write.
        let role = it.attribute("role").unwrap_or("author").to_lowercase();
        !is_body && ["author", "writer", "report", "by"].iter().any(|it| role.contains(it))
    });
    for name in writers.take(20).filter_map(|it| it.value("name").or_else(|| it.value("@literal"))) {
        // A single word is an account or a desk.
        if name.contains(' ') {
            story.add(FieldName::Byline, &name, "contentMeta/creator");
        }
    }
}

/// Relations of a link to the story's own page.
const OWN_PAGE: &[&str] = &["alternate", "canonical", "permalink", "self", "webpage", "weburl"];

/// Adds the address of the story's page.
fn add_address(item: &Element, story: &mut Story) {
    let links = item.child("itemMeta").into_iter().flat_map(|it| it.all("link"));
    let own = |rel: &str| {
        let rel = rel.rsplit(':').next().unwrap_or(rel).to_lowercase();
        OWN_PAGE.contains(&rel.as_str())
    };
    let mut addresses = links
        .filter(|it| it.attribute("rel").is_some_and(own))
        .filter(|it| it.attribute("contenttype").is_none_or(|it| it.contains("html")))
        .filter_map(|it| it.attribute("href"))
        .filter(|it| it.starts_with("http"));
    story.add(FieldName::Url, addresses.next().unwrap_or_default(), "itemMeta/link@href");
}
