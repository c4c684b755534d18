//! NewsML 1 of the IPTC: `NewsItem`s with nested `NewsComponent`s, of which those that share a
//! headline and a language are one article.
//!
//! A component's values hold for the components in it. The `ContentItem`s of a component, and the
//! components of one with `EquivalentsList="yes"`, are renditions of one text; other components are
//! parts of a story (headline, lead, body: `Role`) or stories of their own, with a headline each.

mod component;

use std::collections::{HashMap, HashSet};

use self::component::{Component, Part, components};
use super::{
    content,
    nitf::as_dateline,
    records::{self, Context, Kind},
    story::{NO_TEXT, Story, fullest, letters, status_note},
};
use crate::read::{
    Block, BlockKind, Problem, RawDocument,
    format::Format,
    xml::{Element, Name, Role},
};
use morgue_core::article::FieldName;

/// NewsML 1.
pub(in crate::read) const FORMAT: Format = Format {
    name: "NewsML 1",
    told_by: "the root element `NewsML`",
    article: "a headline of a `NewsItem` with its text, one for each language",
    extensions: &["newsml"],
    fits: |start| start.xml_root == Some("NewsML"),
    read: |source| records::documents(source, KIND),
};

const KIND: Kind =
    Kind { role, read, none: "is NewsML without a `NewsItem`: topics or a catalog, and no article" };

fn role(path: &[Name]) -> Role {
    match path {
        [_root] => Role::Enter,
        [_root, item] if item.local == "NewsItem" => Role::Record,
        _ => Role::Skip,
    }
}

/// What the rules of its fields begin with.
const FIELD_RULE: &str = "newsml1";

fn read(item: &Element, context: &Context<'_>) -> Vec<Result<RawDocument, Problem>> {
    let Context { place, passages_max, .. } = *context;
    let components = components(item);
    let groups = groups(&components);
    if groups.is_empty() {
        return vec![Story::new(FIELD_RULE, place).finish(&why_no_text(item, &components))];
    }
    let several = groups.len() > 1;
    let base = of_item(item, place);
    let stories = groups.iter().map(|it| story(&base, &components, it, passages_max));
    let mut stories: Vec<Story> = stories.collect();
    let otherwise = why_no_text(item, &components);
    // Of several stories one without a text, such as a picture's caption, is passed over.
    if stories.iter().any(|it| !it.blocks.is_empty()) {
        stories.retain(|it| !it.blocks.is_empty());
    } else {
        stories.truncate(1);
    }
    let finish = |story: Story| {
        let document = story.finish(&otherwise)?;
        Ok(RawDocument { among_records: document.among_records || several, ..document })
    };
    stories.into_iter().map(finish).collect()
}

/// Why an item has no text.
fn why_no_text(item: &Element, components: &[Component<'_>]) -> String {
    let kinds = components.iter().flat_map(|it| it.element.all("ContentItem"));
    let kind = kinds.filter_map(|it| it.value("MediaType@FormalName")).find(|it| !component::is_text(it));
    if let Some(kind) = kind {
        return format!("holds `{kind}` and no text, so no article");
    }
    match item.child("TopicSet") {
        Some(_) => "is a set of topics, and holds no article".to_owned(),
        None if item.child("Update").is_some() => "changes another item, and holds no article".to_owned(),
        None => NO_TEXT.to_owned(),
    }
}

/// Contents that make one article.
struct Group<'a> {
    /// The component whose headline they share.
    head: usize,
    language: Option<String>,
    /// The contents with their components.
    contents: Vec<(usize, &'a Element)>,
}

/// Sorts the text contents of an item by headline and language, in their order.
fn groups<'a>(components: &[Component<'a>]) -> Vec<Group<'a>> {
    let mut groups: Vec<Group<'a>> = Vec::new();
    let mut known: HashMap<(usize, Option<String>), usize> = HashMap::new();
    for (at, component) in components.iter().enumerate() {
        for content in component.element.all("ContentItem").filter(|it| component::holds_text(it)) {
            let key = (component.head, component.language.clone());
            let group = *known.entry(key).or_insert_with(|| {
                let language = component.language.clone();
                groups.push(Group { head: component.head, language, contents: Vec::new() });
                groups.len() - 1
            });
            groups[group].contents.push((at, content));
        }
    }
    groups
}

/// Days of the item. That of its identifier is the day on which it was first published.
const DATES: &[&str] = &[
    "Identification/NewsIdentifier/DateId",
    "NewsManagement/ThisRevisionCreated",
    "NewsManagement/FirstCreated",
];

/// What an item says of each of its articles.
fn of_item(item: &Element, place: &str) -> Story {
    let mut story = Story::new(FIELD_RULE, place);
    story.name = item.value("Identification/NewsIdentifier/PublicIdentifier");
    for path in DATES {
        story.add(FieldName::Date, &item.value(path).unwrap_or_default(), path);
    }
    let status = item.value("NewsManagement/Status@FormalName").unwrap_or_default();
    story.notes.extend(status_note(&status));
    story
}

/// Reads one article.
fn story(base: &Story, components: &[Component<'_>], group: &Group<'_>, passages_max: usize) -> Story {
    let mut story = base.clone();
    describe(components, group, &mut story);
    let parts = parts(base, components, group, passages_max);
    let has_body = parts.iter().any(|it| it.0 == Part::Body);
    for (kind, mut part) in parts {
        match kind {
            Part::Headline => {
                let lines = part.blocks.iter();
                lines.for_each(|it| story.add(FieldName::Headline, &it.text, "headline component"));
                part.blocks.clear();
            }
            // A caption alone is that of a picture.
            Part::Caption if !has_body => part.blocks.clear(),
            Part::Caption => part.blocks.iter_mut().for_each(|it| it.kind = BlockKind::Caption),
            Part::Other => part.blocks.clear(),
            Part::Lead | Part::Body => (),
        }
        story.append(part);
    }
    if !story.blocks.is_empty() {
        add_deck(components, group, &mut story);
    }
    story
}

/// The parts of an article, of each the best rendition; a part that says the same again is left
/// out, and so is a lead with which the body begins.
fn parts(
    base: &Story,
    components: &[Component<'_>],
    group: &Group<'_>,
    passages_max: usize,
) -> Vec<(Part, Story)> {
    let mut slots: Vec<(usize, Vec<Story>)> = Vec::new();
    for (at, content) in &group.contents {
        let slot = components[*at].slot;
        let Some(holder) = content.child("DataContent") else { continue };
        let rendition = content::part(holder, base, passages_max);
        match slots.last_mut().filter(|it| it.0 == slot) {
            Some((_, renditions)) => renditions.push(rendition),
            None => slots.push((slot, vec![rendition])),
        }
    }
    let mut parts = Vec::new();
    let mut texts = HashSet::new();
    for (slot, renditions) in slots {
        let Some(part) = fullest(renditions).filter(|it| !it.blocks.is_empty()) else { continue };
        if texts.insert(part.letters()) {
            parts.push((components[slot].part, part));
        }
    }
    let body = parts.iter().find(|it| it.0 == Part::Body).map(|it| it.1.letters()).unwrap_or_default();
    parts.retain(|(kind, part)| {
        let start: String = part.letters().chars().take(LEAD_LETTERS).collect();
        *kind != Part::Lead || !body.starts_with(&start)
    });
    parts
}

/// A lead is repeated when its first words are: a line or so of them.
const LEAD_LETTERS: usize = 60;

/// Values of a component, the best place first; all are candidates. Those of the innermost
/// component that has any hold.
const VALUES: &[(FieldName, &str)] = &[
    (FieldName::Byline, "NewsLines/ByLine"),
    (FieldName::Place, "NewsLines/DateLine"),
    (FieldName::Language, "DescriptiveMetadata/Language@FormalName"),
    (FieldName::Language, "@lang"),
];

/// Names of the agency, the best place first; the first that is there counts.
const SOURCES: &[&str] = &[
    "NewsLines/CreditLine",
    "AdministrativeMetadata/Provider/Party@FormalName",
    "AdministrativeMetadata/Source/Party@FormalName",
    "Identification/NewsIdentifier/ProviderId",
];

/// Adds what its components say of an article.
fn describe(components: &[Component<'_>], group: &Group<'_>, story: &mut Story) {
    let inner = group.contents.first().map_or(group.head, |it| it.0);
    let chain: Vec<&Component<'_>> = component::chain(components, inner).collect();
    let first = |path: &str| chain.iter().find_map(|it| it.value(path));
    for component in &chain {
        add_headlines(component, group.language.as_deref(), story);
        if std::ptr::eq(*component, &components[group.head]) {
            break;
        }
    }
    for (name, path) in VALUES {
        let value = first(path).unwrap_or_default();
        let value = if *name == FieldName::Place { as_dateline(&value) } else { value };
        story.add(*name, &value, path);
    }
    if let Some((path, name)) = SOURCES.iter().find_map(|path| Some((path, first(path)?))) {
        story.add(FieldName::Source, name.trim_matches(|it: char| "-–—/() ".contains(it)), path);
    }
    if let Some(city) = chain.iter().filter_map(|it| it.child("DescriptiveMetadata")).find_map(city) {
        story.add(FieldName::Place, &city, "DescriptiveMetadata/Location");
    }
    if !story.has(FieldName::Byline) {
        let metadata = chain.iter().filter_map(|it| it.child("AdministrativeMetadata"));
        let creators = metadata.flat_map(|it| it.all("Creator").take(LINES_MAX));
        // One word is an agency, a desk or an account.
        let names = creators.filter_map(|it| it.value("Party@FormalName")).filter(|it| it.contains(' '));
        names.for_each(|it| story.add(FieldName::Byline, &it, "AdministrativeMetadata/Creator"));
    }
}

/// The city of the first location.
fn city(metadata: &Element) -> Option<String> {
    let mut properties = metadata.child("Location")?.all("Property");
    let city = properties.find(|it| it.attribute("FormalName").is_some_and(|it| it == "City"))?;
    city.value("@Value")
}

/// A component has a few headlines and creators; further ones are not read.
const LINES_MAX: usize = 20;

/// Adds the headlines of a component, those in the language first.
fn add_headlines(component: &Component<'_>, language: Option<&str>, story: &mut Story) {
    let lines = component.child("NewsLines").into_iter().flat_map(|it| it.all("HeadLine"));
    let mut lines: Vec<&Element> = lines.take(LINES_MAX).collect();
    lines.sort_by_key(|it| it.attribute("lang").map(str::to_lowercase).as_deref() != language);
    lines.iter().for_each(|it| story.add(FieldName::Headline, &it.line(), "NewsLines/HeadLine"));
}

/// Puts the line below the headline before the text, where the text does not begin with it.
fn add_deck(components: &[Component<'_>], group: &Group<'_>, story: &mut Story) {
    let Some(deck) = components[group.head].value("NewsLines/SubHeadLine") else { return };
    let top: String = story.blocks.iter().take(3).flat_map(|it| letters(&it.text)).collect();
    let start: String = letters(&deck).take(LEAD_LETTERS).collect();
    if !top.contains(&start) {
        let deck = Block { kind: BlockKind::Heading(2), text: deck, bytes: None, place: String::new() };
        story.blocks.insert(0, deck);
    }
}
