//! A dossier as JSON: the shape of `list show --format json` and of the export.

use serde::Serialize;

use crate::{
    archive::{Dossier, DossierItem, Receipt, Whereabouts},
    list::{Block, Version},
};

use super::{ExportOptions, Text};

/// A list or results.
#[derive(Serialize)]
pub(in crate::render) struct DossierRow<'a> {
    name: &'a str,
    title: &'a str,
    introduction: &'a str,
    query: Option<&'a str>,
    created: Option<String>,
    refreshed: Option<String>,
    entries: Vec<ItemRow<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    receipt: Option<&'a Receipt>,
}

/// An article of it.
#[derive(Serialize)]
pub(in crate::render) struct ItemRow<'a> {
    number: usize,
    article: Option<String>,
    path: Option<&'a str>,
    headline: &'a str,
    source: Option<&'a str>,
    date: Option<String>,
    byline: Option<&'a str>,
    place: Option<&'a str>,
    section: Option<&'a str>,
    language: Option<&'a str>,
    url: Option<&'a str>,
    state: Option<&'static str>,
    tags: &'a [String],
    new: Option<String>,
    missing: bool,
    note: String,
    /// Notes and passages in their order.
    blocks: Vec<BlockRow<'a>>,
    versions: Vec<VersionRow<'a>>,
    /// All passages of the article, where the whole text is wanted.
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<Vec<&'a str>>,
}

/// A note or a passage.
#[derive(Serialize)]
#[serde(untagged)]
pub(super) enum BlockRow<'a> {
    Note { note: &'a str },
    Passage { passage: Option<usize>, text: &'a str, said_by: &'a str },
}

/// Another version of an article.
#[derive(Serialize)]
pub(super) struct VersionRow<'a> {
    article: Option<String>,
    path: &'a str,
    label: &'a str,
}

impl<'a> BlockRow<'a> {
    pub(super) fn of(block: &'a Block) -> BlockRow<'a> {
        match block {
            Block::Note(note) => BlockRow::Note { note },
            Block::Passage(it) => {
                BlockRow::Passage { passage: it.ordinal, text: &it.text, said_by: &it.said_by }
            }
        }
    }
}

impl<'a> VersionRow<'a> {
    pub(super) fn of(version: &'a Version) -> VersionRow<'a> {
        VersionRow {
            article: version.id.map(|it| it.to_string()),
            path: &version.link,
            label: &version.label,
        }
    }
}

impl<'a> DossierRow<'a> {
    pub(in crate::render) fn of(dossier: &'a Dossier) -> DossierRow<'a> {
        DossierRow {
            name: &dossier.name,
            title: &dossier.title,
            introduction: &dossier.introduction,
            query: dossier.query.as_deref(),
            created: dossier.created.map(|it| it.to_string()),
            refreshed: dossier.refreshed.map(|it| it.to_string()),
            entries: items(dossier).collect(),
            receipt: None,
        }
    }

    /// With the whole texts and the receipt that the options ask for.
    pub(in crate::render) fn with(
        mut self,
        options: &ExportOptions<'a>,
        dossier: &'a Dossier,
    ) -> DossierRow<'a> {
        self.receipt = options.receipt;
        if options.text == Text::Full {
            for (row, item) in self.entries.iter_mut().zip(&dossier.items) {
                let texts = item.whereabouts.article().map(|it| it.0.passages());
                row.text = texts.map(|it| it.iter().map(|it| it.text.as_str()).collect());
            }
        }
        self
    }
}

/// Its articles.
pub(in crate::render) fn items(dossier: &Dossier) -> impl Iterator<Item = ItemRow<'_>> {
    dossier.items.iter().enumerate().map(|(n, item)| ItemRow::of(n + 1, item))
}

impl<'a> ItemRow<'a> {
    fn of(number: usize, item: &'a DossierItem) -> ItemRow<'a> {
        ItemRow {
            number,
            article: item.id.map(|it| it.to_string()),
            path: item.path.as_deref(),
            headline: &item.title,
            source: item.source.as_deref(),
            date: item.date.map(|it| it.to_string()),
            byline: item.byline.as_deref(),
            place: item.place.as_deref(),
            section: item.section.as_deref(),
            language: item.language.as_deref(),
            url: item.url.as_deref(),
            state: item.state.map(|it| it.name()),
            tags: &item.tags,
            new: item.new.map(|it| it.to_string()),
            missing: matches!(item.whereabouts, Whereabouts::Missing),
            note: item.note(),
            blocks: item.blocks.iter().map(BlockRow::of).collect(),
            versions: item.versions.iter().map(VersionRow::of).collect(),
            text: None,
        }
    }
}
