//! An article as documents of the index: one of itself, one a passage, one a quote.
//!
//! Fields that a query can ask for stand on each of them; what is shown is stored once: the metadata on the article, the
//! text and the quotes on the passage. The words of the whole article are indexed on its own document once more, for ranking.

use jiff::civil::Date;
use serde::Serialize;

use crate::{
    article::{Article, Metadata, Quote, Span},
    copies, query,
};

use super::{
    FileRecord,
    rows::{ArticleRow, PassageRow},
    schema::{Fields, LEAD, Unit},
    tokenizer::{UNKNOWN, marked},
    writer::IndexDocument,
};

/// Days since 1970, as the columns keep them.
pub(super) fn day_number(date: Date) -> i64 {
    let epoch = Date::constant(1970, 1, 1);
    epoch.duration_until(date).as_hours() / 24
}

/// The day of a number that [`day_number`] gave.
pub(super) fn date_of_day_number(day: i64) -> Date {
    let days = jiff::Span::new().try_days(day).unwrap_or_default();
    Date::constant(1970, 1, 1).saturating_add(days)
}

/// The documents of an article, its own first.
pub(super) fn of_article(fields: &Fields, article: &Article, quotes: &[Quote]) -> Vec<IndexDocument> {
    let of_article =
        OfArticle { fields, article, id: article.id.to_string(), n_words: query::n_words(article) };
    let mut documents = vec![of_article.itself()];
    let mut number = 0;
    for ordinal in 0..article.passages().len() {
        let rest = &quotes[number..];
        let mine = &rest[..rest.partition_point(|it| it.passage <= ordinal)];
        documents.push(of_article.passage(ordinal, mine));
        documents.extend((number..).zip(mine).map(|(number, it)| of_article.quote(number, it)));
        number += mine.len();
    }
    documents
}

/// The document of a file of the manifest.
pub(super) fn of_file(fields: &Fields, record: &FileRecord) -> IndexDocument {
    let mut document = IndexDocument::new();
    document.add_text(fields.unit, Unit::File.term());
    document.add_text(fields.file, &record.path);
    document.add_text(fields.record, &record.path);
    document.add_text(fields.row, json(record));
    document
}

fn json(row: &impl Serialize) -> String {
    serde_json::to_string(row).expect("rows have string keys and finite numbers")
}

/// The text up to the end of the last word of the spans: no word behind it counts, so none need be cut. No word goes
/// over a blank.
fn up_to_word<'a>(text: &'a str, spans: &[Span]) -> &'a str {
    let Some(end) = spans.iter().map(|it| it.end()).max() else { return text };
    let blank = text.as_bytes().iter().skip(end).position(|it| *it == b' ');
    blank.and_then(|it| text.get(..end + it)).unwrap_or(text)
}

struct OfArticle<'a> {
    fields: &'a Fields,
    article: &'a Article,
    id: String,
    n_words: u64,
}

impl OfArticle<'_> {
    fn itself(&self) -> IndexDocument {
        let mut document = self.start(Unit::Article);
        document.add_text(self.fields.row, json(&ArticleRow::new(self.article)));
        let texts: Vec<&str> = self.article.passages().iter().map(|it| it.text.as_str()).collect();
        document.add_text(self.fields.whole, marked(self.language(), &[], &texts.join("\n")));
        super::families::add_sketch(&mut document, self.fields, &copies::sketch(self.article));
        document
    }

    fn passage(&self, ordinal: usize, quotes: &[Quote]) -> IndexDocument {
        let passage = &self.article.passages()[ordinal];
        let fields = self.fields;
        let mut document = self.start(Unit::Passage);
        document.add_u64(fields.ordinal, ordinal as u64);
        document.add_text(fields.text, marked(self.language(), &[], &passage.text));
        document.add_text(fields.passage_kind, passage.kind.name());
        if self.article.lead().any(|it| it == ordinal) {
            document.add_text(fields.part, LEAD);
        }
        self.add_headline(&mut document);
        document.add_text(fields.row, json(&PassageRow::new(passage, quotes)));
        document
    }

    fn quote(&self, number: usize, quote: &Quote) -> IndexDocument {
        let fields = self.fields;
        let mut document = self.start(Unit::Quote);
        let mut content = quote.content.clone();
        content.sort_unstable();
        document.add_u64(fields.ordinal, quote.passage as u64);
        document.add_u64(fields.number, number as u64);
        let passage = &self.article.passages()[quote.passage];
        document.add_text(fields.passage_kind, passage.kind.name());
        document
            .add_text(fields.said, marked(self.language(), &content, up_to_word(&passage.text, &content)));
        self.add_headline(&mut document);
        document.add_text(fields.quote_kind, quote.kind.name());
        if let Some(speaker) = &quote.speaker {
            document.add_text(fields.speaker, &speaker.name);
            document.add_text(fields.speaker_name, &speaker.name);
            document.add_text(fields.speaker_kind, speaker.kind.name());
            if let Some(role) = &speaker.role {
                document.add_text(fields.role, role);
                document.add_text(fields.role_name, role);
            }
        }
        document
    }

    fn add_headline(&self, document: &mut IndexDocument) {
        if let Some(headline) = &self.article.metadata.headline {
            document.add_text(self.fields.headline, marked(self.language(), &[], &headline.value));
        }
    }

    /// A document with what every document of the article has.
    fn start(&self, unit: Unit) -> IndexDocument {
        let fields = self.fields;
        let Article { id, place, metadata, .. } = self.article;
        let mut document = IndexDocument::new();
        document.add_text(fields.unit, unit.term());
        document.add_text(fields.file, &place.path);
        document.add_text(fields.article, &self.id);
        document.add_u64(fields.article_key, id.key());
        document.add_text(fields.language, self.language());
        document.add_u64(fields.words, self.n_words);
        let Metadata { source, date, byline, place, section, url, .. } = metadata;
        let named = [
            (fields.source, source),
            (fields.byline, byline),
            (fields.place, place),
            (fields.section, section),
            (fields.url, url),
        ];
        for (field, value) in named {
            if let Some(value) = value {
                document.add_text(field, &value.value);
            }
        }
        let whole =
            [(fields.source_name, source), (fields.place_name, place), (fields.section_name, section)];
        for (field, value) in whole {
            if let Some(value) = value {
                document.add_text(field, &value.value);
            }
        }
        if let Some(date) = date {
            let (first, last) = date.value.days();
            document.add_i64(fields.day_first, day_number(first));
            document.add_i64(fields.day_last, day_number(last));
        }
        document
    }

    fn language(&self) -> &str {
        self.article.metadata.language.as_ref().map_or(UNKNOWN, |it| it.value.code())
    }
}
