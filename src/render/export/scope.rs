//! What an export of results holds of all that was found, in the words of each format.

use std::borrow::Cow;

use crate::{
    archive::StateRow,
    render::Row,
    search::{Extent, Timeline},
};

use super::{
    super::{
        facets::{Bars, Unit},
        json::object,
        markdown::escaped,
    },
    xml::{Xml, one_line},
};

/// What was found, and where.
pub struct Scope {
    /// How many results the export has of how many.
    pub extent: Extent,
    /// The query as it was read, in morgue's own language.
    pub read_as: Option<String>,
    /// That the results do not have all of the query, in a sentence.
    pub relaxed: Option<String>,
    /// The state of the archive that was asked.
    pub archive: StateRow,
    /// How much there is over time, where that was asked for.
    pub timeline: Option<Timeline>,
    /// Whether the timeline is one of quotes.
    pub of_quotes: bool,
}

impl Scope {
    /// `read as: ice NOT pier`, `in 61 articles of 54 files, index generation 3`.
    pub(super) fn origin(&self) -> Vec<String> {
        let state = &self.archive;
        let archive = format!(
            "in an archive of {} articles in {} files, index generation {}, corpus digest {}",
            state.articles, state.files, state.generation, state.digest
        );
        self.read_as
            .as_deref()
            .map(|it| format!("read as: {}", one_line(it)))
            .into_iter()
            .chain(self.relaxed.clone())
            .chain([archive])
            .collect()
    }

    /// `10 of 105 passages`, where the export does not have all.
    pub(super) fn limited(&self) -> Option<String> {
        self.extent.is_part().then(|| self.extent.to_string())
    }

    /// The parts of a JSON export.
    pub(super) fn row(&self) -> impl Row {
        let Extent { shown, offset, total, unit } = self.extent;
        object! {
            found: object! { shown, offset, total, unit },
            read_as: &self.read_as,
            relaxed: &self.relaxed,
            archive: &self.archive,
            #[serde(flatten)]
            timeline: self.bars().map(|it| object! { timeline: it.rows() }),
        }
    }

    fn bars(&self) -> Option<Bars<'_>> {
        let unit = if self.of_quotes { Unit::Quotes } else { Unit::Articles };
        self.timeline.as_ref().map(|timeline| Bars { timeline, unit })
    }

    /// Writes the timeline as a table, if there is one.
    pub(super) fn html(&self, xml: &mut Xml) {
        let Some(bars) = self.bars() else { return };
        let (columns, row) = bars.plain_table();
        xml.open("table", &[("class", "timeline")]).open("thead", &[]).open("tr", &[]);
        for column in columns {
            xml.element("th", &[], column);
        }
        xml.close().close().open("tbody", &[]);
        for bar in bars.rows() {
            xml.open("tr", &[]);
            for cell in row(bar) {
                xml.element("td", &[], &cell);
            }
            xml.close();
        }
        xml.close().close();
        if let Some(note) = bars.timeline.note.as_deref() {
            xml.element("p", &[("class", "about")], note);
        }
    }

    /// The same in Markdown.
    pub(super) fn markdown(&self, out: &mut dyn std::io::Write) -> std::io::Result<()> {
        let Some(bars) = self.bars() else { return Ok(()) };
        bars.markdown(out)?;
        let note = bars.timeline.note.as_deref().map(|it| Cow::Owned(escaped(it)));
        note.map_or(Ok(()), |it: Cow<'_, str>| writeln!(out, "{it}\n"))
    }
}
