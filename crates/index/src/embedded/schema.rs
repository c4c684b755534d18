//! The fields of the tantivy index.
//!
//! Six kinds of documents share it ([`Unit`]): passages, quotes, quotes that were not said,
//! articles, the manifest's files, and copies, so that one commit holds for all. Every document but
//! of copies names the file it came from, and is deleted by that name.

use tantivy::{
    Term,
    schema::{
        FAST, Field, INDEXED, IndexRecordOption, STORED, STRING, Schema, TextFieldIndexing, TextOptions,
    },
};

use super::tokenizer;

/// What a document of the index stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unit {
    /// A passage: what a search finds.
    Passage,
    /// A quote that was said: what `quotes` and `speakers` count.
    Quote,
    /// A quote that the article denies, imagines, expects or asks about: a unit of its own, so that
    /// nothing counts it that does not ask for it.
    Unsaid,
    /// An article: its metadata.
    Article,
    /// A file of the manifest.
    File,
    /// An article that has copies: its family.
    Copy,
}

impl Unit {
    /// Its term in the field `unit`.
    pub(crate) fn term(self) -> &'static str {
        match self {
            Unit::Passage => "passage",
            Unit::Quote => "quote",
            Unit::Unsaid => "unsaid",
            Unit::Article => "article",
            Unit::File => "file",
            Unit::Copy => "copy",
        }
    }
}

/// The term in the field `part` of the passages of an article's lead.
pub(crate) const LEAD: &str = "lead";

/// The fields, by name.
#[derive(Clone, Debug)]
pub(crate) struct Fields {
    /// The kind of document, a [`Unit`].
    pub unit: Field,
    /// The file it came from.
    pub file: Field,
    /// The same, on the manifest's documents alone, to replace a record without its articles.
    pub record: Field,
    /// The id of its article.
    pub article: Field,
    /// The same as a number: breaks ties, so that the order of results does not depend on segments.
    pub article_key: Field,
    /// The ordinal of its passage.
    pub ordinal: Field,
    /// The place of a quote among those of its article.
    pub number: Field,
    /// The words of a passage, exact and stemmed.
    pub text: Field,
    /// The words of a whole article, stemmed, without positions: what hits are ranked by beside
    /// their own words.
    pub whole: Field,
    /// The words of a quote's content, exact and stemmed, at their positions in the passage.
    pub said: Field,
    /// The words of the article's headline, exact and stemmed.
    pub headline: Field,
    /// Words of the metadata fields that a query can name.
    pub source: Field,
    pub byline: Field,
    pub place: Field,
    pub section: Field,
    /// Addresses and paths, whole.
    pub url: Field,
    /// The words of the name and of the role of a quote's speaker.
    pub speaker: Field,
    pub role: Field,
    /// Codes, whole.
    pub language: Field,
    pub passage_kind: Field,
    pub quote_kind: Field,
    /// The stance of a quote that was not said; others have none.
    pub stance: Field,
    /// [`LEAD`], on the passages of an article's lead.
    pub part: Field,
    /// How many words the article has.
    pub words: Field,
    /// The first and the last day an article may be of, in days since 1970.
    pub day_first: Field,
    pub day_last: Field,
    /// The day that the archive first had the article, in days since 1970.
    pub added: Field,
    /// Values kept whole in columns, for counting.
    pub source_name: Field,
    pub place_name: Field,
    pub section_name: Field,
    pub speaker_name: Field,
    pub speaker_kind: Field,
    pub role_name: Field,
    /// The name and the kind of the speaker of a quote that was not said: apart from those above,
    /// which are counted.
    pub unsaid_name: Field,
    pub unsaid_kind: Field,
    /// The sketch of an article, by which copies are found.
    pub prints: Field,
    pub figures: Field,
    pub headline_print: Field,
    /// The key of an article that has copies, on the document that says so, and the key of their
    /// family.
    pub copy: Field,
    pub family: Field,
    /// What the document stores, as its row type's JSON; text, since tantivy reads and writes bytes
    /// one by one.
    pub row: Field,
}

impl Fields {
    /// The term that all documents of a unit have.
    pub(crate) fn unit_term(&self, unit: Unit) -> Term {
        Term::from_field_text(self.unit, unit.term())
    }
}

/// The fields of the whole name and the kind of the speakers of some quotes.
#[derive(Clone, Copy)]
pub(crate) struct SpeakerFields {
    pub name: Field,
    pub kind: Field,
}

impl SpeakerFields {
    /// Those of quotes that were said, or of the others.
    pub(crate) fn of(fields: &Fields, said: bool) -> SpeakerFields {
        match said {
            true => SpeakerFields { name: fields.speaker_name, kind: fields.speaker_kind },
            false => SpeakerFields { name: fields.unsaid_name, kind: fields.unsaid_kind },
        }
    }
}

/// The schema with its fields.
pub(crate) fn schema() -> (Schema, Fields) {
    let mut builder = Schema::builder();
    let words = |tokenizer: &str, record: IndexRecordOption| {
        let indexing = TextFieldIndexing::default().set_tokenizer(tokenizer).set_index_option(record);
        TextOptions::default().set_indexing_options(indexing)
    };
    let positions = IndexRecordOption::WithFreqsAndPositions;
    let text = words(tokenizer::TEXT, positions);
    let names = words(tokenizer::NAMES, positions).set_indexing_options(
        TextFieldIndexing::default()
            .set_tokenizer(tokenizer::NAMES)
            .set_index_option(positions)
            .set_fieldnorms(false),
    );
    let fields = Fields {
        unit: builder.add_text_field("unit", STRING),
        file: builder.add_text_field("file", STRING),
        record: builder.add_text_field("record", STRING),
        article: builder.add_text_field("article", STRING | FAST),
        article_key: builder.add_u64_field("article_key", FAST),
        ordinal: builder.add_u64_field("ordinal", FAST | INDEXED),
        number: builder.add_u64_field("number", FAST),
        text: builder.add_text_field("text", text.clone()),
        whole: builder.add_text_field("whole", words(tokenizer::STEMS, IndexRecordOption::WithFreqs)),
        said: builder.add_text_field("said", text.clone()),
        headline: builder.add_text_field("headline", text),
        source: builder.add_text_field("source", names.clone()),
        byline: builder.add_text_field("byline", names.clone()),
        place: builder.add_text_field("place", names.clone()),
        section: builder.add_text_field("section", names.clone()),
        url: builder.add_text_field("url", STRING),
        speaker: builder.add_text_field("speaker", names.clone()),
        role: builder.add_text_field("role", names),
        language: builder.add_text_field("language", STRING | FAST),
        passage_kind: builder.add_text_field("passage_kind", STRING | FAST),
        quote_kind: builder.add_text_field("quote_kind", STRING | FAST),
        stance: builder.add_text_field("stance", STRING | FAST),
        part: builder.add_text_field("part", STRING),
        words: builder.add_u64_field("words", FAST),
        day_first: builder.add_i64_field("day_first", FAST),
        day_last: builder.add_i64_field("day_last", FAST),
        added: builder.add_i64_field("added", FAST),
        source_name: builder.add_text_field("source_name", STRING | FAST),
        place_name: builder.add_text_field("place_name", STRING | FAST),
        section_name: builder.add_text_field("section_name", STRING | FAST),
        speaker_name: builder.add_text_field("speaker_name", STRING | FAST),
        speaker_kind: builder.add_text_field("speaker_kind", STRING | FAST),
        role_name: builder.add_text_field("role_name", STRING | FAST),
        unsaid_name: builder.add_text_field("unsaid_name", STRING | FAST),
        unsaid_kind: builder.add_text_field("unsaid_kind", STRING | FAST),
        prints: builder.add_u64_field("prints", FAST),
        figures: builder.add_u64_field("figures", FAST),
        headline_print: builder.add_u64_field("headline_print", FAST),
        copy: builder.add_u64_field("copy", FAST),
        family: builder.add_u64_field("family", FAST | INDEXED),
        row: builder.add_text_field("row", STORED),
    };
    (builder.build(), fields)
}

/// tantivy's document type, named once.
pub(super) type IndexDocument = tantivy::TantivyDocument;
