//! A dossier as JSON: the shape of `list show --format json` and of the export.

use serde::Serialize;

use crate::{
    archive::{Dossier, Whereabouts},
    article::Article,
    list::{Block, State, Version},
    render::Row,
};

use super::{super::json::object, ExportOptions, Scope, Text};

/// A list or results.
pub fn dossier(dossier: &Dossier) -> impl Row {
    with_entries(dossier, items(dossier).collect::<Vec<_>>())
}

/// The same, with the whole texts and the receipt that the options ask for.
pub(super) fn export(dossier: &Dossier, options: &ExportOptions<'_>) -> impl Row {
    let entries = items(dossier).zip(&dossier.items).map(|(row, item)| {
        let article = item.whereabouts.article().filter(|_| options.text == Text::Full);
        let texts =
            |article: &Article| article.passages().iter().map(|it| it.text.clone()).collect::<Vec<_>>();
        object! {
            #[serde(flatten)]
            item: row,
            /// All passages of the article, where the whole text is wanted.
            #[serde(flatten)]
            text: article.map(|it| object! { text: texts(&it.0) }),
        }
    });
    object! {
        #[serde(flatten)]
        dossier: with_entries(dossier, entries.collect::<Vec<_>>()),
        #[serde(flatten)]
        receipt: options.receipt.map(|it| object! { receipt: it }),
        #[serde(flatten)]
        scope: options.scope.map(Scope::row),
    }
}

fn with_entries(dossier: &Dossier, entries: impl Row) -> impl Row {
    object! {
        name: &dossier.name,
        title: &dossier.title,
        introduction: &dossier.introduction,
        query: &dossier.query,
        created: dossier.created.map(|it| it.to_string()),
        refreshed: dossier.refreshed.map(|it| it.to_string()),
        entries,
    }
}

/// Its articles.
pub(in crate::render) fn items(dossier: &Dossier) -> impl Iterator<Item: Row> {
    dossier.items.iter().zip(1..).map(|(item, number)| {
        object! {
            number,
            article: item.id.map(|it| it.to_string()),
            path: &item.path,
            headline: &item.title,
            source: &item.source,
            date: item.date.map(|it| it.to_string()),
            byline: &item.byline,
            place: &item.place,
            section: &item.section,
            language: &item.language,
            url: &item.url,
            state: item.state.map(State::name),
            tags: &item.tags,
            new: item.new.map(|it| it.to_string()),
            missing: matches!(item.whereabouts, Whereabouts::Missing),
            note: item.note(),
            /// Notes and passages in their order.
            blocks: item.blocks.iter().map(BlockRow::of).collect::<Vec<_>>(),
            versions: item.versions.iter().map(version).collect::<Vec<_>>(),
        }
    })
}

/// A note or a passage.
#[derive(Serialize)]
#[cfg_attr(feature = "web", derive(schemars::JsonSchema))]
#[serde(untagged)]
pub(super) enum BlockRow<'a> {
    Note { note: &'a str },
    Passage { passage: Option<usize>, text: &'a str, said_by: &'a str },
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

/// Another version of an article.
pub(super) fn version(version: &Version) -> impl Row {
    object! {
        article: version.id.map(|it| it.to_string()),
        path: &version.link,
        label: &version.label,
    }
}
