//! What the query language means: the tables of `queries.toml`, and that the handbook shows nothing
//! else.

use std::collections::BTreeSet;

use morgue::{
    article::{
        Article, ArticlePlace, Language, Metadata, Origin, Passage, PassageKind, Published, Quote, QuoteKind,
        Resolved, Rule, Span, Speaker, SpeakerKind, Stance, Trust,
    },
    query,
};
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Spec {
    today: String,
    article: Vec<ArticleRow>,
    /// What stands on reading lists.
    listed: Vec<ListedRow>,
    query: Vec<QueryRow>,
    error: Vec<ErrorRow>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ArticleRow {
    path: String,
    headline: Option<String>,
    source: Option<String>,
    date: Option<String>,
    byline: Option<String>,
    place: Option<String>,
    section: Option<String>,
    language: Option<String>,
    url: Option<String>,
    /// Running text; `heading: …` and `caption: …` are those.
    passages: Vec<String>,
    #[serde(default)]
    quotes: Vec<QuoteRow>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ListedRow {
    list: String,
    title: Option<String>,
    #[serde(default)]
    tags: Vec<String>,
    #[serde(default)]
    notes: Vec<String>,
    /// The path of its article.
    path: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct QuoteRow {
    /// Its words, in as many pieces as they stand in one passage.
    content: Vec<String>,
    kind: String,
    /// `said` when it is not told.
    stance: Option<String>,
    speaker: Option<String>,
    role: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct QueryRow {
    write: String,
    /// How it is printed back, when that is worth showing.
    read_as: Option<String>,
    /// The passages found, each as `path: text` with its highlights in `[ ]`; `path: all of it` for
    /// a whole article without highlights.
    hits: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ErrorRow {
    write: String,
    says: String,
}

fn spec() -> Spec {
    toml::from_str(include_str!("queries.toml")).expect("queries.toml")
}

#[test]
fn queries_find_what_the_table_says() {
    let spec = spec();
    let today = spec.today.parse().expect("a date");
    let archive: Vec<(Article, Vec<Quote>)> = spec.article.iter().map(ArticleRow::read).collect();
    let entries = spec.listed.iter().map(|row| query::Listed {
        list: row.list.clone(),
        title: row.title.clone(),
        tags: row.tags.clone(),
        notes: row.notes.clone(),
        articles: archive
            .iter()
            .map(|it| &it.0)
            .filter(|it| it.place.path == row.path)
            .map(|it| it.id)
            .collect(),
    });
    let shelf = query::Shelf { entries: entries.collect(), problems: Vec::new() };
    let mut wrong = String::new();
    for row in &spec.query {
        let typed = match query::parse(&row.write) {
            Ok(typed) => typed,
            Err(error) => {
                wrong.push_str(&format!("{error}\n"));
                continue;
            }
        };
        if row.read_as.as_ref().is_some_and(|it| *it != typed.to_string()) {
            wrong.push_str(&format!("`{}` was read as `{typed}`\n", row.write));
        }
        let checked =
            query::check_with_lists(&typed, today, &shelf).unwrap_or_else(|error| panic!("{error}"));
        let found: Vec<String> =
            archive.iter().flat_map(|(article, quotes)| found(&checked, article, quotes)).collect();
        if found != row.hits {
            wrong.push_str(&format!("write = '{}'\nhits = {found:#?}\n", row.write));
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn a_wrong_query_shows_where_and_what_to_write() {
    let spec = spec();
    let today = spec.today.parse().expect("a date");
    let mut wrong = String::new();
    for row in &spec.error {
        let message = match query::parse(&row.write).and_then(|it| query::check(&it, today)) {
            Ok(checked) => format!("{checked:?}"),
            Err(error) => error.to_string(),
        };
        if message != row.says.trim_end() {
            wrong.push_str(&format!("write = '{}'\nsays = '''\n{message}\n'''\n", row.write));
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn every_example_of_the_handbook_is_in_the_table() {
    let spec = spec();
    let rows =
        spec.query.iter().map(|it| it.write.as_str()).chain(spec.error.iter().map(|it| it.write.as_str()));
    let tested: BTreeSet<&str> = rows.collect();
    let handbook = include_str!("../../docs/query-language.md");
    let first_cells = handbook.lines().filter_map(|line| line.strip_prefix("| `")?.split(" | ").next());
    let shown: BTreeSet<String> = first_cells
        .flat_map(|it| it.trim_end_matches('`').split("`, `"))
        .map(|it| it.replace("\\|", "|"))
        .collect();
    assert!(shown.len() > 30, "the handbook's tables were found");
    let untested: Vec<&String> = shown.iter().filter(|it| !tested.contains(it.as_str())).collect();
    assert!(untested.is_empty(), "in docs/query-language.md but not in queries.toml: {untested:#?}");
}

/// The passages of the article that are hits, as the table writes them.
fn found(query: &query::CheckedQuery, article: &Article, quotes: &[Quote]) -> Vec<String> {
    let path = &article.place.path;
    let n_passages = article.passages().len();
    let hits: Vec<(usize, Vec<Span>)> = (0..n_passages)
        .filter_map(|ordinal| Some((ordinal, query::evaluate(query, article, ordinal, quotes)?)))
        .collect();
    if hits.len() == n_passages && hits.iter().all(|(_, spans)| spans.is_empty()) {
        return vec![format!("{path}: all of it")];
    }
    let shown = |(ordinal, spans): &(usize, Vec<Span>)| {
        format!("{path}: {}", marked(&article.passages()[*ordinal].text, spans))
    };
    hits.iter().map(shown).collect()
}

/// The text with its highlights between brackets.
fn marked(text: &str, spans: &[Span]) -> String {
    let mut marked = String::new();
    let mut at = 0;
    for span in spans {
        marked.push_str(&text[at..span.start()]);
        marked.push_str(&format!("[{}]", span.of(text)));
        at = span.end();
    }
    marked + &text[at..]
}

impl ArticleRow {
    fn read(&self) -> (Article, Vec<Quote>) {
        let metadata = Metadata {
            headline: self.headline.clone().map(known),
            source: self.source.clone().map(known),
            date: self.date.as_ref().map(|it| known(Published::from_iso(it).expect("a date"))),
            byline: self.byline.clone().map(known),
            place: self.place.clone().map(known),
            section: self.section.clone().map(known),
            language: self.language.as_ref().map(|it| known(Language::from_tag(it).expect("a code"))),
            url: self.url.clone().map(known),
            ..Metadata::default()
        };
        let headline = self.headline.iter().filter_map(|it| Passage::new(PassageKind::Headline, it));
        let passages = self.passages.iter().filter_map(|text| {
            let (kind, text) = match text.split_once(": ") {
                Some(("heading", text)) => (PassageKind::Heading, text),
                Some(("caption", text)) => (PassageKind::Caption, text),
                _ => (PassageKind::Body, text.as_str()),
            };
            Passage::new(kind, text)
        });
        let place = ArticlePlace::file(self.path.clone());
        let article = Article::new(place, metadata, headline.chain(passages).collect()).expect("passages");
        let quotes = self.quotes.iter().map(|it| it.read(&article)).collect();
        (article, quotes)
    }
}

impl QuoteRow {
    fn read(&self, article: &Article) -> Quote {
        let holds = |passage: &Passage| self.content.iter().all(|it| passage.text.contains(it.as_str()));
        let passage = article.passages().iter().position(holds).expect("a passage with the quote");
        let text = &article.passages()[passage].text;
        let content = self.content.iter().map(|it| {
            let start = text.find(it.as_str()).expect("the words");
            Span::new(start, start + it.len()).expect("not empty")
        });
        let kind = QuoteKind::from_name(&self.kind).expect("a kind");
        let speaker = self.speaker.clone().map(|name| Speaker {
            name,
            kind: SpeakerKind::Person,
            role: self.role.clone(),
        });
        let content = content.collect();
        Quote {
            passage,
            content,
            kind,
            cue: None,
            mention: None,
            speaker,
            confidence: 1.0,
            rule: Rule::Cue,
            stance: self
                .stance
                .as_deref()
                .map_or(Stance::Said, |it| Stance::from_name(it).expect("a stance")),
        }
    }
}

fn known<T>(value: T) -> Resolved<T> {
    let origin = Origin { trust: Trust::Sidecar, rule: "table".to_owned(), place: "queries.toml".to_owned() };
    Resolved { value, origin, candidates: Vec::new() }
}
