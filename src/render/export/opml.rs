//! OPML 2.0, which outliners and feed readers read: an outline an article, its notes and passages
//! below.

use std::io::{self, Write};

use crate::{
    archive::{Dossier, DossierItem},
    list::Block,
};

use super::{
    ExportOptions,
    citation::credited,
    xml::{Xml, one_line},
};

pub(super) fn write(dossier: &Dossier, options: &ExportOptions<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut xml = Xml::new();
    xml.raw("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n").open("opml", &[("version", "2.0")]);
    xml.open("head", &[]).element("title", &[], &one_line(&dossier.title));
    // RFC 822, as OPML asks.
    let made = options.made.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string();
    xml.element("dateCreated", &[], &made).close().raw("\n");
    if let Some(found) = options.limited() {
        xml.raw(&format!("<!-- {found} -->\n"));
    }
    xml.open("body", &[]);
    for item in &dossier.items {
        outline(&mut xml, item);
    }
    out.write_all(xml.finish().as_bytes())?;
    writeln!(out)
}

fn outline(xml: &mut Xml, item: &DossierItem) {
    let title = one_line(&item.title);
    let date = item.date.map(|it| it.to_string()).unwrap_or_default();
    let id = item.id.map(|it| it.to_string()).unwrap_or_default();
    let tags = item.tags.join(",");
    let mut attributes = vec![("text", title.as_str())];
    if let Some(url) = super::web_url(item) {
        attributes.extend([("type", "link"), ("url", url)]);
    }
    let more = [
        ("source", item.source.as_deref().unwrap_or_default()),
        ("date", date.as_str()),
        ("byline", item.byline.as_deref().unwrap_or_default()),
        ("path", item.path.as_deref().unwrap_or_default()),
        ("article", id.as_str()),
        ("state", item.state.map(|it| it.name()).unwrap_or_default()),
        ("category", tags.as_str()),
    ];
    attributes.extend(more.into_iter().filter(|it| !it.1.is_empty()));
    xml.raw("\n").open("outline", &attributes);
    for block in &item.blocks {
        let (kind, text) = match block {
            Block::Note(note) => ("note", note.clone()),
            Block::Passage(it) => ("passage", credited(it)),
        };
        xml.empty("outline", &[("text", &text), ("kind", kind)]);
    }
    for version in &item.versions {
        xml.empty("outline", &[("text", &version.label), ("path", &version.link), ("kind", "version")]);
    }
    xml.close();
}
