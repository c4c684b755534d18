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
    read::{self, Problem},
};

use super::{Archive, Settings};

/// An article with its quotes, or why one could not be had; and what was repaired on the way.
pub struct Extracted {
    /// The article and its quotes.
    pub article: Result<(Article, Vec<Quote>), Problem>,
    /// What was lost or guessed without being wrong.
    pub notes: Vec<String>,
}

/// The articles of a file, one after the other, so that no more than one is held.
///
/// `path` is the file's path in the archive, `name` the one below its corpus folder.
pub(super) fn articles<'a>(
    source: impl BufRead + 'a,
    path: &'a str,
    name: &'a str,
    sidecar: &'a [Field],
    settings: &'a Settings,
) -> impl Iterator<Item = Extracted> + 'a {
    let template = settings.templates.iter().find_map(|it| it.fields(name));
    let context = Context {
        sidecar: sidecar.to_vec(),
        path: template.unwrap_or_default(),
        defaults: settings.defaults.clone(),
        sources: settings.sources.clone(),
    };
    read::documents(source, name, &settings.read).enumerate().map(move |(ordinal, document)| {
        let document = match document {
            Ok(document) => document,
            Err(problem) => return Extracted { article: Err(problem), notes: Vec::new() },
        };
        let notes = document.notes.clone();
        let place = ArticlePlace { path: path.to_owned(), ordinal };
        let article = extract::extract(document, place, &context).map(with_quotes).ok_or_else(|| Problem {
            place: String::new(),
            reason: "holds no text of an article".to_owned(),
        });
        Extracted { article, notes }
    })
}

fn with_quotes(article: Article) -> (Article, Vec<Quote>) {
    let language = article.metadata.language.as_ref().map(|it| it.value);
    let mut quotes = attribute::attribute(article.passages(), language);
    quotes.retain(attribute::is_utterance);
    (article, quotes)
}

/// What an ingest sees in the file at `path`, in or outside of the archive; changes nothing.
///
/// Fails when the file cannot be opened; what is wrong inside comes as a problem in its place.
pub fn extract_file(archive: &Archive, path: &Path) -> Result<Vec<Extracted>> {
    let present = archive.present_file(path)?;
    let sidecar = archive.sidecar_fields(&present);
    let fields = sidecar.as_ref().map(Vec::as_slice).unwrap_or_default();
    let file = files::open(&present.file.path).with_context(|| format!("cannot open {}", path.display()))?;
    let read = articles(BufReader::new(file), &present.path, &present.name, fields, &archive.settings);
    let mut found: Vec<Extracted> = read.collect();
    if let Err(error) = sidecar {
        let problem = Problem { place: String::new(), reason: format!("{error:#}") };
        found.push(Extracted { article: Err(problem), notes: Vec::new() });
    }
    Ok(found)
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
