//! Netscape bookmarks, which every browser and bookmark program reads.

use std::io::{self, Write};

use crate::{
    archive::{Dossier, DossierItem},
    list::{one_line, plain},
};

use super::{
    ExportOptions,
    citation::{encoded, file_address},
    xml::Xml,
};

const HEAD: &str = "<!DOCTYPE NETSCAPE-Bookmark-file-1>
<!-- This is an automatically generated file.
     It will be read and overwritten.
     DO NOT EDIT! -->
<META HTTP-EQUIV=\"Content-Type\" CONTENT=\"text/html; charset=UTF-8\">
";

pub(super) fn write(dossier: &Dossier, options: &ExportOptions<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut xml = Xml::new();
    xml.raw(HEAD);
    if let Some(found) = options.limited() {
        xml.raw(&format!("<!-- {found} -->\n"));
    }
    xml.element("TITLE", &[], &one_line(&dossier.title)).raw("\n");
    xml.element("H1", &[], &one_line(&dossier.title)).raw("\n<DL><p>\n");
    for item in &dossier.items {
        bookmark(&mut xml, item, options);
    }
    xml.raw("</DL><p>\n");
    out.write_all(xml.finish().as_bytes())
}

fn bookmark(xml: &mut Xml, item: &DossierItem, options: &ExportOptions<'_>) {
    let path = item.path.as_deref().unwrap_or_default();
    let href = match super::web_url(item) {
        Some(url) => encoded(url).into_owned(),
        None => file_address(&options.to_archive, path),
    };
    let versions: Vec<String> = item.versions.iter().map(ToString::to_string).collect();
    let values = [
        ("HREF", href),
        ("ADD_DATE", options.made.as_second().to_string()),
        ("TAGS", item.tags.join(",")),
        ("SOURCE", item.source.clone().unwrap_or_default()),
        ("DATE", item.date.map(|it| it.to_string()).unwrap_or_default()),
        ("BYLINE", item.byline.clone().unwrap_or_default()),
        ("PATH", path.to_owned()),
        ("ARTICLE", item.id.map(|it| it.to_string()).unwrap_or_default()),
        ("STATE", item.state.map(|it| it.name().to_owned()).unwrap_or_default()),
        ("ALSO", versions.join("\n")),
    ];
    let given: Vec<(&'static str, &str)> = values
        .iter()
        .filter(|it| it.0 == "HREF" || !it.1.is_empty())
        .map(|it| (it.0, it.1.as_str()))
        .collect();
    xml.raw("    <DT>").element("A", &given, &one_line(&item.title)).raw("\n");
    let blocks: Vec<String> = item.blocks.iter().map(plain).collect();
    if !blocks.is_empty() {
        xml.raw("    <DD>").text(&blocks.join("\n\n")).raw("\n");
    }
}
