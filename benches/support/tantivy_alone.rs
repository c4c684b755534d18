//! Passages in an index of tantivy alone, with its own analysis and ranking: what a search costs at
//! least.

use tantivy::{
    Index, Searcher, TantivyDocument, Term,
    collector::{Count, TopDocs},
    doc,
    query::{PhraseQuery, Query, TermQuery},
    schema::{Field, IndexRecordOption, STORED, Schema, TextFieldIndexing, TextOptions},
    snippet::SnippetGenerator,
};

pub(crate) struct TantivyAlone {
    index: Index,
    searcher: Searcher,
    text: Field,
}

impl TantivyAlone {
    /// Writes the passages and merges them into few segments, as morgue does.
    pub(crate) fn of<'a>(passages: impl Iterator<Item = &'a str>) -> TantivyAlone {
        let mut schema = Schema::builder();
        let indexing = TextFieldIndexing::default()
            .set_tokenizer("en_stem")
            .set_index_option(IndexRecordOption::WithFreqsAndPositions);
        let text =
            schema.add_text_field("text", TextOptions::default().set_indexing_options(indexing) | STORED);
        let index = Index::create_in_ram(schema.build());
        let mut writer = index.writer_with_num_threads(2, 64_000_000).expect("a writer");
        for passage in passages {
            writer.add_document(doc!(text => passage)).expect("a written passage");
        }
        writer.commit().expect("a commit");
        writer.wait_merging_threads().expect("merged segments");
        let searcher = index.reader().expect("a reader").searcher();
        TantivyAlone { index, searcher, text }
    }

    fn query(&self, words: &str) -> Box<dyn Query> {
        let mut analyzer = self.index.tokenizer_for_field(self.text).expect("a tokenizer");
        let mut terms = Vec::new();
        analyzer
            .token_stream(words)
            .process(&mut |token| terms.push(Term::from_field_text(self.text, &token.text)));
        match terms.as_slice() {
            [term] => Box::new(TermQuery::new(term.clone(), IndexRecordOption::WithFreqs)),
            _ => Box::new(PhraseQuery::new(terms)),
        }
    }

    /// How many passages have the word or the phrase.
    pub(crate) fn count(&self, words: &str) -> usize {
        self.searcher.search(&self.query(words), &Count).expect("a count")
    }

    /// The ten best, as stored.
    pub(crate) fn read(&self, words: &str) -> Vec<TantivyDocument> {
        let best = TopDocs::with_limit(10).order_by_score();
        let best = self.searcher.search(&self.query(words), &best).expect("hits");
        best.into_iter().map(|it| self.searcher.doc(it.1).expect("a passage")).collect()
    }

    /// How many of the ten best have something marked.
    pub(crate) fn marked(&self, words: &str) -> usize {
        let query = self.query(words);
        let mut snippets = SnippetGenerator::create(&self.searcher, &*query, self.text).expect("snippets");
        snippets.set_max_num_chars(10_000);
        let marked = |it: &TantivyDocument| !snippets.snippet_from_doc(it).highlighted().is_empty();
        self.read(words).iter().filter(|it| marked(it)).count()
    }
}
