//! One file of the corpus through the pure stages: read, extract, attribute.

use std::{
    io::{self, BufRead, BufReader, Read},
    path::Path,
};

use anyhow::{Context as _, Result};

use crate::{
    article::{Article, ArticlePlace, Field, Quote},
    attribute,
    extract::{self, Context},
    files,
    read::{self, Problem, RawDocument},
    system,
};

use super::{Archive, Settings, plan::Present};

/// An article with its quotes, or why one could not be had; and what was repaired on the way.
pub struct Extracted {
    /// The article and its quotes.
    pub article: Result<(Article, Vec<Quote>), Problem>,
    /// What was lost or guessed without being wrong.
    pub notes: Vec<String>,
}

impl Extracted {
    fn problem(problem: Problem) -> Extracted {
        Extracted { article: Err(problem), notes: Vec::new() }
    }
}

/// The articles of a file, one after the other, so that no more than one is held; `admit` is called
/// with each document before anything is made of it.
pub(super) fn articles<'a, R: BufRead + 'a, F: FnMut(&RawDocument) + 'a>(
    source: R,
    present: &Present,
    sidecar: Vec<Field>,
    settings: &'a Settings,
    mut admit: F,
) -> impl Iterator<Item = Extracted> + use<'a, R, F> {
    let template = settings.templates.iter().find_map(|it| it.fields(&present.name));
    let context = Context {
        sidecar,
        path: template.unwrap_or_default(),
        defaults: settings.defaults.clone(),
        sources: settings.sources.clone(),
    };
    let path = present.path.clone();
    let documents = read::documents(source, &present.name, &settings.read).enumerate();
    documents.flat_map(move |(ordinal, document)| {
        let mut document = match document {
            Ok(document) => document,
            Err(problem) => return [Some(Extracted::problem(problem)), None].into_iter().flatten(),
        };
        admit(&document);
        let notes = std::mem::take(&mut document.notes);
        let left_out = document.left_out.take().map(Extracted::problem);
        let is_record = document.among_records || ordinal > 0;
        let place = ArticlePlace { path: path.clone(), record: is_record.then_some(ordinal) };
        let article = extract::extract(document, place, &context).map(with_quotes).ok_or_else(|| Problem {
            place: String::new(),
            reason: "holds no text of an article".to_owned(),
        });
        [Some(Extracted { article, notes }), left_out].into_iter().flatten()
    })
}

fn with_quotes(article: Article) -> (Article, Vec<Quote>) {
    let language = article.metadata.language.as_ref().map(|it| it.value);
    let mut quotes = attribute::attribute(article.passages(), language);
    quotes.retain(attribute::is_utterance);
    (article, quotes)
}

/// What an ingest sees in the file at `path`, in or outside of the archive, one article after the
/// other; changes nothing.
///
/// Fails when the file cannot be opened; what is wrong inside comes as a problem in its place.
pub fn extract_file<'a>(
    archive: &'a Archive,
    path: &Path,
) -> Result<impl Iterator<Item = Extracted> + use<'a>> {
    let present = archive.present_file(path)?;
    let (sidecar, problem) = match archive.sidecar_fields(&present) {
        Ok(fields) => (fields, None),
        Err(error) => {
            (Vec::new(), Some(Problem { place: String::new(), reason: system::causes(error.as_ref()) }))
        }
    };
    let file = files::open(&present.file.path).with_context(|| format!("cannot open {}", path.display()))?;
    let (source, failed): (Box<dyn BufRead>, _) = match archive.readable(&present, file) {
        Ok(source) => (source, None),
        Err(problem) => (Box::new(io::empty()), Some(problem)),
    };
    let articles = articles(source, &present, sidecar, &archive.settings, |_| ());
    // What could not be converted is no empty file.
    let articles = articles.take(if failed.is_some() { 0 } else { usize::MAX });
    Ok(articles.chain(failed.into_iter().chain(problem).map(Extracted::problem)))
}

impl Archive {
    /// What is to be read of a file: its bytes, or what a command of the settings prints for it.
    pub(super) fn readable<'a>(
        &self,
        present: &Present,
        file: impl Read + 'a,
    ) -> Result<Box<dyn BufRead + 'a>, Problem> {
        let Some(converter) = self.settings.converter(&present.name) else {
            return Ok(Box::new(BufReader::with_capacity(64 << 10, file)));
        };
        let text = converter.run(&present.file.path, &self.folder);
        let text = text.map_err(|reason| Problem { place: String::new(), reason })?;
        Ok(Box::new(io::Cursor::new(text)))
    }
}

/// The rest of a file that no reader wanted, a picture's for example, is digested up to here.
const UNWANTED_BYTES_MAX: u64 = 16 << 20;

/// Digests what is read through it, so that a file is read once.
pub(super) struct Digesting<R> {
    inner: R,
    digest: blake3::Hasher,
}

impl<R: Read> Digesting<R> {
    pub(super) fn new(inner: R) -> Digesting<R> {
        Digesting { inner, digest: blake3::Hasher::new() }
    }

    /// The digest of everything, after reading what is left; empty where that is very much, as of
    /// a film or of the machine's memory.
    pub(super) fn finish(mut self) -> io::Result<String> {
        let left = io::copy(&mut (&mut self).take(UNWANTED_BYTES_MAX), &mut io::sink())?;
        if left == UNWANTED_BYTES_MAX {
            return Ok(String::new());
        }
        Ok(self.digest.finalize().to_hex()[..32].to_owned())
    }
}

impl<R: Read> Read for Digesting<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(buffer)?;
        self.digest.update(&buffer[..n]);
        Ok(n)
    }
}
