//! What the index holds, whether it matches the corpus, and whether its files are whole.

use std::path::PathBuf;

use anyhow::Result;
use morgue_core::{count, number};

use crate::{
    index::{Counts, FileRecord, KeptFile},
    roster,
};

use super::{
    Archive,
    plan::{Plan, plan},
    watch::Watching,
};

/// What the index holds, and what the next ingest would do.
#[derive(Clone, Debug)]
pub struct Status {
    /// How much it holds.
    pub counts: Counts,
    /// How many bytes it takes on disk.
    pub bytes: u64,
    /// What the next ingest would do, where the corpus was walked for it.
    pub compared: Option<Compared>,
    /// What is wrong with files, as path and reason.
    pub problems: Vec<(String, String)>,
    /// Articles without a date, which no date filter finds.
    pub undated: usize,
    /// Who watches the corpus, or did until they were killed.
    pub watching: Option<Watching>,
}

/// What the next ingest would do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Compared {
    /// Files to read: new or changed.
    pub stale: usize,
    /// Files to forget.
    pub vanished: usize,
}

/// What is wrong with an index.
#[derive(Clone, Debug, Default)]
pub struct Health {
    /// Files whose content does not match their checksum.
    pub damaged: Vec<PathBuf>,
    /// Files of the table of people whose content does not match their checksum. They are not
    /// used, and made anew by who asks for people.
    pub damaged_people: Vec<&'static str>,
    /// What does not fit together, a sentence each.
    pub contradictions: Vec<String>,
    /// Articles that were read back whole.
    pub articles: usize,
    /// Files that a killed run left: they do no harm, and the next ingest removes them.
    pub leftovers: Vec<PathBuf>,
}

impl Health {
    /// Whether nothing is wrong.
    pub fn is_good(&self) -> bool {
        self.damaged.is_empty() && self.damaged_people.is_empty() && self.contradictions.is_empty()
    }
}

impl Archive {
    /// What the index holds. With `compare`, the corpus is walked to say what the next ingest would
    /// do; no file of it is read.
    pub fn status_of(&self, compare: bool) -> Result<Status> {
        let index = self.index()?;
        let snapshot = self.snapshot()?;
        let manifest = snapshot.files()?;
        let problems = problems(&manifest);
        let compared = if compare {
            let listing = self.listing(&[])?;
            let Plan { read, remove, .. } = plan(listing.present, manifest, &listing.scope);
            Some(Compared { stale: read.len(), vanished: remove.len() })
        } else {
            None
        };
        Ok(Status {
            counts: snapshot.counts()?,
            bytes: index.bytes()?,
            compared,
            problems,
            undated: snapshot.undated_articles()?,
            watching: Archive::watching(&snapshot),
        })
    }

    /// Verifies the checksums of the index's files, reads every article back, and compares them
    /// with the manifest.
    pub fn check(&self) -> Result<Health> {
        let index = self.index()?;
        let damaged: Vec<PathBuf> = index.damaged_files()?.into_iter().collect();
        let leftovers = index.leftovers()?.into_iter().collect();
        let mut health = Health { damaged, leftovers, ..Health::default() };
        if !health.damaged.is_empty() {
            // What is read from a damaged file proves nothing.
            return Ok(health);
        }
        let snapshot = index.snapshot()?;
        health.damaged_people = roster::damaged_files(&snapshot)?.into_iter().map(KeptFile::name).collect();
        let counts = snapshot.counts()?;
        let (mut passages, mut quotes) = (0, 0);
        for record in snapshot.files()? {
            let before = health.articles;
            for (_, id) in snapshot.articles_of_file(&record.path)? {
                match snapshot.article(id)? {
                    Some((article, of_article)) => {
                        health.articles += 1;
                        passages += article.passages().len();
                        quotes += of_article.iter().filter(|it| it.is_said()).count();
                        if article.id != id {
                            health.contradictions.push(format!("article {id} reads back as {}", article.id));
                        }
                    }
                    None => health.contradictions.push(format!("{}: article {id} is missing", record.path)),
                }
            }
            let found = health.articles - before;
            if found != record.articles {
                health.contradictions.push(format!(
                    "{}: the manifest has {}, the index {}",
                    record.path,
                    count(record.articles, "article"),
                    number(found)
                ));
            }
        }
        for (what, found, counted) in [
            ("article", health.articles, counts.articles),
            ("passage", passages, counts.passages),
            ("quote", quotes, counts.quotes),
        ] {
            if found != counted {
                health.contradictions.push(format!(
                    "the manifest has {}, the index {}",
                    count(found, what),
                    number(counted)
                ));
            }
        }
        Ok(health)
    }
}

fn problems(manifest: &[FileRecord]) -> Vec<(String, String)> {
    let mut problems: Vec<_> = manifest
        .iter()
        .flat_map(|record| record.problems.iter().map(|it| (record.path.clone(), it.clone())))
        .collect();
    problems.sort_by(|a, b| a.0.cmp(&b.0));
    problems
}
