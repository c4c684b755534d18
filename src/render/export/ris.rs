//! RIS with type `NEWS`, which reference managers read. Specification: Research Information Systems, 2001 and 2011.

use std::io::{self, Write};

use crate::{
    archive::{Dossier, DossierItem},
    list::{Name, names},
};

use super::{citation::date_parts, xml::one_line};

pub(super) fn write(dossier: &Dossier, out: &mut dyn Write) -> io::Result<()> {
    for item in &dossier.items {
        writeln!(out, "TY  - NEWS")?;
        for (tag, value) in fields(item) {
            if !value.is_empty() {
                writeln!(out, "{tag}  - {value}")?;
            }
        }
        writeln!(out, "ER  - \n")?;
    }
    Ok(())
}

fn fields(item: &DossierItem) -> Vec<(&'static str, String)> {
    let mut fields: Vec<(&str, String)> = Vec::new();
    let mut add = |tag, value: Option<&str>| fields.extend(value.map(|it| (tag, one_line(it))));
    add("TI", Some(&item.title));
    add("T2", item.source.as_deref());
    add("CY", item.place.as_deref());
    add("SE", item.section.as_deref());
    add("LA", item.language.as_deref());
    add("UR", item.url.as_deref().filter(|it| super::is_web(it)));
    add("L1", item.path.as_deref());
    for name in item.byline.as_deref().map(names).unwrap_or_default() {
        fields.push(("AU", one_line(&inverted(&name))));
    }
    if let Some(date) = item.date.map(date_parts) {
        // Year, month, day and what else is known of the day, with the slashes of what is not.
        let digits = |at: usize| date.get(at).map_or_else(String::new, |it| format!("{it:02}"));
        fields.push(("PY", format!("{:04}", date[0])));
        fields.push(("DA", format!("{:04}/{}/{}/", date[0], digits(1), digits(2))));
    }
    fields.extend(item.tags.iter().map(|it| ("KW", one_line(it))));
    fields.extend(item.note().split("\n\n").map(|it| ("N1", one_line(it))));
    fields.extend(item.id.map(|it| ("AN", it.to_string())));
    fields.extend(item.state.map(|it| ("U1", it.name().to_owned())));
    let passages: Vec<String> = item.passages().iter().map(ToString::to_string).collect();
    fields.push(("U2", passages.join(", ")));
    fields
}

fn inverted(name: &Name) -> String {
    match name {
        Name::Person { given, family } => format!("{family}, {given}"),
        // A comma at the end keeps it whole; one inside would cut it.
        Name::Literal(text) => format!("{},", text.replace(',', " ")),
    }
}
