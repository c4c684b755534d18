//! What this archive reads: the formats and layouts that are known, and what its settings add.

use crate::read::{self, LabelUse, Separator};

use super::Archive;

/// A format, a layout, or a setting that names files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormatRow {
    /// What of these it is.
    pub kind: FormatKind,
    /// What it is called.
    pub name: String,
    /// What a file of it is told by.
    pub told_by: String,
    /// What of a file is one article.
    pub article: String,
}

/// What decides how a file is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FormatKind {
    /// A format that is known.
    Format,
    /// A layout of a press database that is known.
    Layout,
    /// A layout of the settings.
    OwnLayout,
    /// Files whose format the settings name.
    Read,
    /// A command of the settings.
    Convert,
}

impl FormatKind {
    /// The name in output.
    pub fn name(self) -> &'static str {
        match self {
            FormatKind::Format => "format",
            FormatKind::Layout => "layout",
            FormatKind::OwnLayout => "[[layout]]",
            FormatKind::Read => "[[read]]",
            FormatKind::Convert => "[[convert]]",
        }
    }
}

impl Archive {
    /// What it reads, each kind in the order in which it is asked.
    pub fn formats(&self) -> Vec<FormatRow> {
        let row = |kind, name: &str, told_by: &str, article: &str| FormatRow {
            kind,
            name: name.to_owned(),
            told_by: told_by.to_owned(),
            article: article.to_owned(),
        };
        let known = read::FORMATS.iter().map(|it| row(FormatKind::Format, it.name, it.told_by, it.article));
        let layouts = read::press_layouts()
            .map(|(name, told_by)| row(FormatKind::Layout, name, told_by, "an article of the export"));
        let settings = &self.settings;
        let own = settings.read.layouts.iter().map(|it| {
            let article = match &it.separator {
                Separator::NewPage => "a page",
                Separator::Line(_) => "what stands between two lines of its separator",
            };
            let used = it.labels.iter().filter(|(_, use_)| *use_ != LabelUse::Skip).count();
            let told_by = format!("files {} ({used} labels)", it.files.glob());
            row(FormatKind::OwnLayout, &it.name, &told_by, article)
        });
        let forced = settings.read.forced.iter().map(|it| {
            let article = read::format_named(&it.format).map_or("", |it| it.article);
            row(FormatKind::Read, &it.format, &format!("files {}", it.files.glob()), article)
        });
        let converters = settings.converters.iter().map(|it| {
            let told_by = format!("files {}", it.files.glob());
            row(FormatKind::Convert, &it.command.join(" "), &told_by, "as the format of its output has it")
        });
        known.chain(layouts).chain(own).chain(forced).chain(converters).collect()
    }
}
