//! The same passages, quotes and fields, written straight into tantivy: documents ready, nothing
//! else to do.
//!
//! The schema repeats that of `crates/index/src/embedded/schema.rs` but for the manifest.
//! [`Words::OfMorgue`] cuts words as morgue does and gives the exact form and the stem of each;
//! [`Words::OfTantivy`] is what tantivy's `en_stem` gives, one term a word.

use std::path::Path;

use morgue::{
    analyze::{Stemmer, for_each_word},
    article::{Article, Language, Quote, Span},
};
use serde_json::json;
use tantivy::{
    Index, IndexSettings, TantivyDocument,
    directory::MmapDirectory,
    schema::{
        FAST, Field, INDEXED, IndexRecordOption, STORED, STRING, Schema, SchemaBuilder, TextFieldIndexing,
        TextOptions,
    },
    tokenizer::{TextAnalyzer, Token, TokenStream, Tokenizer},
};

/// How words are cut.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Words {
    /// As morgue: two terms a word.
    OfMorgue,
    /// As tantivy: one.
    OfTantivy,
}

/// Documents ready to be written.
pub(crate) struct Yardstick {
    schema: Schema,
    documents: Vec<TantivyDocument>,
}

impl Yardstick {
    /// Makes the documents of the articles.
    pub(crate) fn new(words: Words, articles: &[(Article, Vec<Quote>)]) -> Yardstick {
        let fields = Fields::new(words);
        let mut documents = Vec::new();
        for (article, quotes) in articles {
            documents.push(fields.article(article));
            for ordinal in 0..article.passages().len() {
                documents.push(fields.passage(article, ordinal, quotes));
            }
            documents.extend(quotes.iter().enumerate().map(|(number, it)| fields.quote(article, number, it)));
        }
        Yardstick { schema: fields.schema, documents }
    }

    /// How many there are.
    pub(crate) fn n_documents(&self) -> usize {
        self.documents.len()
    }

    /// Writes them into a new index at `location`, commits, waits for merges, and counts what is
    /// there.
    pub(crate) fn write(self, location: &Path, jobs: usize, memory_mb: usize) -> usize {
        let _ = std::fs::remove_dir_all(location);
        std::fs::create_dir_all(location).expect("a folder");
        let directory = MmapDirectory::open(location).expect("a directory");
        let index = Index::create(directory, self.schema, IndexSettings::default()).expect("an index");
        index.tokenizers().register(TWO_TERMS, TextAnalyzer::from(TwoTerms::default()));
        let mut writer = index.writer_with_num_threads(jobs, memory_mb * 1_000_000).expect("a writer");
        for document in self.documents {
            writer.add_document(document).expect("a written document");
        }
        writer.commit().expect("a commit");
        writer.wait_merging_threads().expect("merged segments");
        let reader = index.reader().expect("a reader");
        usize::try_from(reader.searcher().num_docs()).expect("a count")
    }
}

/// The schema and its fields.
struct Fields {
    schema: Schema,
    words: Words,
}

const NAMES: [&str; 7] = ["source", "byline", "place", "section", "speaker", "role", "url"];
const TWO_TERMS: &str = "two-terms";

impl Fields {
    fn new(words: Words) -> Fields {
        let mut builder = Schema::builder();
        let tokenizer = if words == Words::OfMorgue { TWO_TERMS } else { "en_stem" };
        for name in ["text", "said", "headline"] {
            add_words(&mut builder, name, tokenizer, true);
        }
        for name in NAMES {
            match name {
                "url" => drop(builder.add_text_field(name, STRING)),
                _ => add_words(&mut builder, name, "default", false),
            }
        }
        for name in ["unit", "file", "language", "passage_kind", "quote_kind"] {
            builder.add_text_field(name, STRING);
        }
        for name in ["article", "source_name", "speaker_name", "speaker_kind", "role_name"] {
            builder.add_text_field(name, STRING | FAST);
        }
        builder.add_u64_field("article_key", FAST);
        builder.add_u64_field("ordinal", FAST | INDEXED);
        builder.add_u64_field("number", FAST);
        builder.add_i64_field("day_first", FAST);
        builder.add_i64_field("day_last", FAST);
        builder.add_text_field("row", STORED);
        Fields { schema: builder.build(), words }
    }

    fn of(&self, name: &str) -> Field {
        self.schema.get_field(name).expect("a field of the schema")
    }

    fn start(&self, unit: &str, article: &Article) -> TantivyDocument {
        let mut document = TantivyDocument::new();
        document.add_text(self.of("unit"), unit);
        document.add_text(self.of("file"), &article.place.path);
        document.add_text(self.of("article"), article.id.to_string());
        document.add_u64(self.of("article_key"), article.id.key());
        let metadata = &article.metadata;
        document.add_text(self.of("language"), language_of(article));
        let values = [&metadata.source, &metadata.byline, &metadata.place, &metadata.section];
        for (name, value) in NAMES.iter().zip(values) {
            if let Some(value) = value {
                document.add_text(self.of(name), &value.value);
            }
        }
        if let Some(url) = &metadata.url {
            document.add_text(self.of("url"), &url.value);
        }
        if let Some(source) = &metadata.source {
            document.add_text(self.of("source_name"), &source.value);
        }
        if let Some(date) = &metadata.date {
            let (first, last) = date.value.days();
            let number =
                |it: jiff::civil::Date| jiff::civil::date(1970, 1, 1).duration_until(it).as_hours() / 24;
            document.add_i64(self.of("day_first"), number(first));
            document.add_i64(self.of("day_last"), number(last));
        }
        document
    }

    fn article(&self, article: &Article) -> TantivyDocument {
        let mut document = self.start("article", article);
        let mut values = Vec::new();
        for name in morgue::article::FieldName::ALL {
            if let Some(it) = article.metadata.resolved(name) {
                let origin = (it.origin.trust.name(), &it.origin.rule, &it.origin.place);
                values.push(json!({"field": name.name(), "value": it.value, "origin": origin}));
            }
        }
        let row = json!({"path": article.place.path, "ordinal": article.place.ordinal(), "fields": values});
        document.add_text(self.of("row"), row.to_string());
        document
    }

    fn passage(&self, article: &Article, ordinal: usize, quotes: &[Quote]) -> TantivyDocument {
        let passage = &article.passages()[ordinal];
        let mut document = self.start("passage", article);
        document.add_u64(self.of("ordinal"), ordinal as u64);
        document.add_text(self.of("passage_kind"), passage.kind.name());
        document.add_text(self.of("text"), self.words(article, &passage.text));
        self.headline(&mut document, article);
        let quotes: Vec<_> = quotes.iter().filter(|it| it.passage == ordinal).map(quote_row).collect();
        let bytes = passage.bytes.as_ref().map(|it| (it.start, it.end));
        let row =
            json!({"text": passage.text, "kind": passage.kind.name(), "bytes": bytes, "quotes": quotes});
        document.add_text(self.of("row"), row.to_string());
        document
    }

    fn quote(&self, article: &Article, number: usize, quote: &Quote) -> TantivyDocument {
        let passage = &article.passages()[quote.passage];
        let mut document = self.start("quote", article);
        document.add_u64(self.of("ordinal"), quote.passage as u64);
        document.add_u64(self.of("number"), number as u64);
        document.add_text(self.of("passage_kind"), passage.kind.name());
        document.add_text(self.of("quote_kind"), quote.kind.name());
        let said: Vec<&str> = quote.content.iter().map(|it| it.of(&passage.text)).collect();
        document.add_text(self.of("said"), self.words(article, &said.join(" ")));
        self.headline(&mut document, article);
        if let Some(speaker) = &quote.speaker {
            document.add_text(self.of("speaker"), &speaker.name);
            document.add_text(self.of("speaker_name"), &speaker.name);
            document.add_text(self.of("speaker_kind"), speaker.kind.name());
            if let Some(role) = &speaker.role {
                document.add_text(self.of("role"), role);
                document.add_text(self.of("role_name"), role);
            }
        }
        document
    }

    fn headline(&self, document: &mut TantivyDocument, article: &Article) {
        if let Some(headline) = &article.metadata.headline {
            document.add_text(self.of("headline"), self.words(article, &headline.value));
        }
    }

    /// The text as its tokenizer wants it: with its language before it, where that decides about
    /// stems.
    fn words(&self, article: &Article, text: &str) -> String {
        match self.words {
            Words::OfMorgue => format!("{}\u{1f}{text}", language_of(article)),
            Words::OfTantivy => text.to_owned(),
        }
    }
}

fn add_words(builder: &mut SchemaBuilder, name: &str, tokenizer: &str, lengths: bool) {
    let indexing = TextFieldIndexing::default()
        .set_tokenizer(tokenizer)
        .set_index_option(IndexRecordOption::WithFreqsAndPositions)
        .set_fieldnorms(lengths);
    builder.add_text_field(name, TextOptions::default().set_indexing_options(indexing));
}

fn language_of(article: &Article) -> &str {
    article.metadata.language.as_ref().map_or("und", |it| it.value.code())
}

fn quote_row(quote: &Quote) -> serde_json::Value {
    let span = |it: &Span| (it.start(), it.end());
    let speaker =
        quote.speaker.as_ref().map(|it| json!({"name": it.name, "kind": it.kind.name(), "role": it.role}));
    json!({
        "content": quote.content.iter().map(span).collect::<Vec<_>>(),
        "kind": quote.kind.name(),
        "cue": quote.cue.as_ref().map(span),
        "mention": quote.mention.map(|it| (it.passage, it.span.start(), it.span.end())),
        "speaker": speaker,
        "confidence": quote.confidence,
        "rule": quote.rule.name(),
    })
}

/// morgue's words for a tantivy index: the exact form and the stem at one position.
#[derive(Default)]
struct TwoTerms {
    /// What was cut last, as morgue remembers it too: all documents of an article have its
    /// headline.
    last: String,
    text: String,
    ends: Vec<(usize, usize)>,
    stemmer: Option<(String, Stemmer)>,
}

impl Clone for TwoTerms {
    fn clone(&self) -> TwoTerms {
        TwoTerms::default()
    }
}

impl Tokenizer for TwoTerms {
    type TokenStream<'a> = TermsOf<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> TermsOf<'a> {
        if self.last != text {
            self.cut(text);
            self.last.clear();
            self.last.push_str(if text.len() <= 400 { text } else { "" });
        }
        TermsOf { text: &self.text, ends: self.ends.iter(), start: 0, token: Token::default() }
    }
}

impl TwoTerms {
    fn cut(&mut self, text: &str) {
        let (language, text) = text.split_once('\u{1f}').expect("a language before the text");
        if self.stemmer.as_ref().is_none_or(|it| it.0 != language) {
            let known = Language::from_tag(language).filter(|_| language != "und");
            self.stemmer = Some((language.to_owned(), Stemmer::for_language(known)));
        }
        let stemmer = &mut self.stemmer.as_mut().expect("set above").1;
        self.text.clear();
        self.ends.clear();
        let mut position = 0;
        for_each_word(text, |word| {
            for term in [word.form, stemmer.term(word.forms())] {
                self.text.push_str(term);
                self.ends.push((self.text.len(), position));
            }
            position += 1;
        });
    }
}

struct TermsOf<'a> {
    text: &'a str,
    ends: std::slice::Iter<'a, (usize, usize)>,
    start: usize,
    token: Token,
}

impl TokenStream for TermsOf<'_> {
    fn advance(&mut self) -> bool {
        let Some(&(end, position)) = self.ends.next() else { return false };
        self.token.text.clear();
        self.token.text.push_str(&self.text[self.start..end]);
        self.token.position = position;
        self.start = end;
        true
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}
