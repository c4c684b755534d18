//! An article as documents of the index: one of itself, one a passage, one a quote, said or not.
//!
//! Fields that a query can ask for stand on each of them; what is shown is stored once: the
//! metadata on the article, the text and the quotes on the passage. The words of the whole article
//! are indexed on its own document once more, for ranking.

use std::ops::Range;

use serde::Serialize;

use morgue_core::analyze;
use morgue_core::article::{Article, Metadata, Quote, Span};
use morgue_core::copies::Sketch;

use crate::FileRecord;

use super::{
    days::day_number,
    rows::{ArticleRow, PassageRow},
    schema::{Fields, IndexDocument, LEAD, SpeakerFields, Unit},
    tokenizer::{Counted, UNKNOWN, marked, marked_part},
};

/// The documents of an article, its own first; that one holds the sketch. `added` is the day that
/// the archive first had it, in days since 1970.
pub(super) fn of_article(
    fields: &Fields,
    article: &Article,
    quotes: &[Quote],
    sketch: &Sketch,
    added: Option<i64>,
) -> Vec<IndexDocument> {
    let (id, n_words) = (article.id.to_string(), morgue_query::n_words(article));
    let of_article = OfArticle { fields, article, id, n_words, added };
    let mut documents = vec![of_article.itself(sketch)];
    let mut number = 0;
    for ordinal in 0..article.passages().len() {
        let rest = &quotes[number..];
        let mine = &rest[..rest.partition_point(|it| it.passage <= ordinal)];
        documents.push(of_article.passage(ordinal, mine));
        if !mine.is_empty() {
            let words = WordStarts::of(&article.passages()[ordinal].text);
            documents.extend((number..).zip(mine).map(|(number, it)| of_article.quote(number, it, &words)));
        }
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

/// Where the words of a passage begin: quotes are cut out of it, and keep the positions that their
/// words have in it.
struct WordStarts<'a> {
    text: &'a str,
    starts: Vec<usize>,
}

/// Where a word ends depends on so many words behind it at most: `S.東` is an acronym unless a
/// letter follows.
const LOOKED_AHEAD: usize = 3;

impl<'a> WordStarts<'a> {
    fn of(text: &'a str) -> WordStarts<'a> {
        let mut starts = Vec::new();
        analyze::for_each_word(text, |word| starts.push(word.span.start()));
        WordStarts { text, starts }
    }

    /// The part of the text that has all words of the spans, and the position of its first word. It
    /// begins with a word and ends some words behind the spans, so that its words are cut as they
    /// are in the whole.
    fn part(&self, spans: &[Span]) -> (usize, Range<usize>) {
        let first = spans.iter().map(|it| it.start()).min().unwrap_or(0);
        let last = spans.iter().map(|it| it.end()).max().unwrap_or(self.text.len());
        let position = self.starts.partition_point(|it| *it <= first).saturating_sub(1);
        let next = self.starts.partition_point(|it| *it < last) + LOOKED_AHEAD;
        let at = |place: usize| self.starts.get(place).copied().unwrap_or(self.text.len());
        (position, at(position)..at(next))
    }
}

/// Spans of a text as they stand in a part of it.
fn within(spans: &[Span], part: &Range<usize>) -> Vec<Span> {
    let moved = |at: usize| at.clamp(part.start, part.end) - part.start;
    spans.iter().filter_map(|it| Span::new(moved(it.start()), moved(it.end()))).collect()
}

struct OfArticle<'a> {
    fields: &'a Fields,
    article: &'a Article,
    id: String,
    n_words: u64,
    /// The day that the archive first had it, in days since 1970.
    added: Option<i64>,
}

impl OfArticle<'_> {
    fn itself(&self, sketch: &Sketch) -> IndexDocument {
        let mut document = self.start(Unit::Article);
        document.add_text(self.fields.row, json(&ArticleRow::new(self.article, self.added)));
        let texts: Vec<&str> = self.article.passages().iter().map(|it| it.text.as_str()).collect();
        document.add_text(self.fields.whole, marked(self.language(), &texts.join("\n")));
        super::families::add_sketch(&mut document, self.fields, sketch);
        document
    }

    fn passage(&self, ordinal: usize, quotes: &[Quote]) -> IndexDocument {
        let passage = &self.article.passages()[ordinal];
        let fields = self.fields;
        let mut document = self.start(Unit::Passage);
        document.add_u64(fields.ordinal, ordinal as u64);
        document.add_text(fields.text, marked(self.language(), &passage.text));
        document.add_text(fields.passage_kind, passage.kind.name());
        if self.article.lead().any(|it| it == ordinal) {
            document.add_text(fields.part, LEAD);
        }
        self.add_headline(&mut document);
        document.add_text(fields.row, json(&PassageRow::new(passage, quotes)));
        document
    }

    fn quote(&self, number: usize, quote: &Quote, words: &WordStarts<'_>) -> IndexDocument {
        let fields = self.fields;
        let mut document = self.start(if quote.is_said() { Unit::Quote } else { Unit::Unsaid });
        let mut content = quote.content.clone();
        content.sort_unstable();
        let (position, part) = words.part(&content);
        let spans = within(&content, &part);
        document.add_u64(fields.ordinal, quote.passage as u64);
        document.add_u64(fields.number, number as u64);
        let passage = &self.article.passages()[quote.passage];
        document.add_text(fields.passage_kind, passage.kind.name());
        let counted = Counted { position, spans: &spans };
        document.add_text(fields.said, marked_part(self.language(), counted, &passage.text[part]));
        self.add_headline(&mut document);
        document.add_text(fields.quote_kind, quote.kind.name());
        if let Some(speaker) = &quote.speaker {
            document.add_text(fields.speaker, &speaker.name);
            let whole = SpeakerFields::of(fields, quote.is_said());
            document.add_text(whole.name, &speaker.name);
            document.add_text(whole.kind, speaker.kind.name());
            if let Some(role) = &speaker.role {
                document.add_text(fields.role, role);
                if quote.is_said() {
                    document.add_text(fields.role_name, role);
                }
            }
        }
        if !quote.is_said() {
            document.add_text(fields.stance, quote.stance.name());
        }
        document
    }

    fn add_headline(&self, document: &mut IndexDocument) {
        if let Some(headline) = &self.article.metadata.headline {
            document.add_text(self.fields.headline, marked(self.language(), &headline.value));
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
        if let Some(day) = self.added {
            document.add_i64(fields.added, day);
        }
        document
    }

    fn language(&self) -> &str {
        self.article.metadata.language.as_ref().map_or(UNKNOWN, |it| it.value.code())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The words within the spans, with their positions.
    fn counted(text: &str, position: usize, spans: &[Span]) -> Vec<(usize, String)> {
        let mut words = Vec::new();
        let mut position = position;
        analyze::for_each_word(text, |word| {
            if spans.iter().any(|it| it.contains(word.span)) {
                words.push((position, word.form.to_owned()));
            }
            position += 1;
        });
        words
    }

    proptest! {
        /// A quote's words are the same, whether they are cut out of the whole passage or out of
        /// the part of it.
        #[test]
        fn a_part_has_the_words_of_the_spans_where_they_are_in_the_whole(
            text in "([a-zA-Z0-9]{0,3}[ -~]{0,2}|[é’́\u{ad}東]|l’h|U\\.S\\.|1,200){0,20}",
            cuts in proptest::collection::vec(any::<prop::sample::Index>(), 2..5),
        ) {
            let places: Vec<usize> = text.char_indices().map(|it| it.0).chain([text.len()]).collect();
            let mut cuts: Vec<usize> = cuts.iter().map(|it| *it.get(&places)).collect();
            cuts.sort_unstable();
            let spans: Vec<Span> = cuts.chunks(2).filter_map(|it| Span::new(it[0], *it.get(1)?)).collect();
            if spans.is_empty() {
                return Ok(());
            }
            let (position, part) = WordStarts::of(&text).part(&spans);
            let of_part = counted(&text[part.clone()], position, &within(&spans, &part));
            prop_assert_eq!(of_part, counted(&text, 0, &spans), "{:?} of {}", part, text);
        }
    }
}
