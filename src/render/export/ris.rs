//! RIS with type `NEWS`, which reference managers read. Specification: Research Information
//! Systems, 2001 and 2011.
//!
//! What it has no place for stands in the fields that it gives to users (`U1` to `U3`), and only
//! where there is something to say: a program that does not know them makes notes of them. The
//! custom fields `C1` to `C8` are no place, for those of a newspaper article have meanings (column,
//! issue), and a keyword would be a tag.

use std::io::{self, Write};

use crate::{
    archive::{Dossier, DossierItem},
    list::{Name, SCOPE_NOTE, State, names, plain},
};

use super::{
    ExportOptions,
    citation::{date_parts, odd_byline},
    xml::{on_a_line, printable},
};

pub(super) fn write(dossier: &Dossier, options: &ExportOptions<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut limited = options.limited();
    for item in &dossier.items {
        writeln!(out, "TY  - NEWS")?;
        for (tag, value) in fields(item, &dossier.title) {
            if !value.is_empty() {
                writeln!(out, "{tag}  - {value}")?;
            }
        }
        // A file has no place for it, so the first record does.
        if let Some(found) = limited.take() {
            writeln!(out, "N1  - {SCOPE_NOTE}{found}")?;
        }
        writeln!(out, "ER  - \n")?;
    }
    Ok(())
}

fn fields(item: &DossierItem, list: &str) -> Vec<(&'static str, String)> {
    let mut fields: Vec<(&str, String)> = Vec::new();
    let mut add = |tag, value: Option<&str>| fields.extend(value.map(|it| (tag, on_a_line(it))));
    add("TI", Some(&item.title));
    add("T2", item.source.as_deref());
    add("CY", item.place.as_deref());
    add("SE", item.section.as_deref());
    add("LA", item.language.as_deref());
    add("UR", super::web_url(item));
    add("L1", item.path.as_deref());
    for name in item.byline.as_deref().map(names).unwrap_or_default() {
        fields.push(("AU", on_a_line(&inverted(&name))));
    }
    if let Some(date) = item.date.map(date_parts) {
        // Year, month, day and what else is known of the day, with the slashes of what is not.
        let digits = |at: usize| date.get(at).map_or_else(String::new, |it| format!("{it:02}"));
        fields.push(("PY", format!("{:04}", date[0])));
        fields.push(("DA", format!("{:04}/{}/{}/", date[0], digits(1), digits(2))));
    }
    fields.extend(item.tags.iter().map(|it| ("KW", on_a_line(it))));
    // A space before all lines but the first: none is taken for a tag.
    let lines = |it: &str| it.split('\n').map(printable).collect::<Vec<_>>().join("\n ");
    fields.extend(item.blocks.iter().map(|it| ("N1", lines(&plain(it)))));
    fields.extend(item.id.map(|it| ("AN", it.to_string())));
    fields.push(("DP", format!("morgue: {}", on_a_line(list))));
    let state = item.state.filter(|it| *it != State::Unread);
    fields.extend(state.map(|it| ("U1", it.name().to_owned())));
    fields.extend(item.versions.iter().map(|it| ("U2", on_a_line(&it.to_string()))));
    fields.extend(odd_byline(item).map(|it| ("U3", on_a_line(it))));
    fields
}

fn inverted(name: &Name) -> String {
    match name {
        Name::Person { given, particle, family, suffix } => {
            let family = Name::whole_family(particle, family);
            let parts = [family.as_str(), given, suffix].into_iter().filter(|it| !it.is_empty());
            parts.collect::<Vec<_>>().join(", ")
        }
        // Without a comma all of it is the name, as the specification has it; one inside would cut.
        Name::Literal(text) => text.replace(',', ""),
    }
}
