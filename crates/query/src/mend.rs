//! What was probably meant by a query that cannot be read.

use super::{Error, ErrorKind, parse};

/// The query with its mistake mended, where one mend is likely and the outcome can be read: a field
/// or a kind under its nearest name, a quotation mark or bracket closed, a bracket that closes
/// nothing left out. Only queries in morgue's own language are mended.
pub fn mended(error: &Error) -> Option<String> {
    let Error { kind, span, text } = error;
    let (before, after) = (text.get(..span.start)?, text.get(span.end..)?);
    let mended = match kind {
        ErrorKind::UnknownField { suggestion: Some(field), .. } => format!("{before}{}{after}", field.name()),
        ErrorKind::Kind { suggestion: Some(kind), .. } => format!("{before}{kind}{after}"),
        ErrorKind::UnclosedQuote => format!("{}\"", text.trim_end()),
        ErrorKind::UnclosedBracket => format!("{})", text.trim_end()),
        ErrorKind::StrayBracket => format!("{before}{after}"),
        _ => return None,
    };
    parse(&mended).is_ok().then_some(mended)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_likely_mistake_is_mended() {
        for (typed, meant) in [
            ("siren souce:\"The Ledger\" since:2012", Some("siren source:\"The Ledger\" since:2012")),
            ("\"peace talks", Some("\"peace talks\"")),
            ("(siren OR alarm since:2012", Some("(siren OR alarm since:2012)")),
            ("siren) dam", Some("siren dam")),
            ("siren )dam", Some("siren dam")),
            ("siren xyzzy:dam", None),
            ("siren AND", None),
            ("source:", None),
            ("((siren", None),
        ] {
            let mended = parse(typed).err().and_then(|it| mended(&it));
            assert_eq!(mended.as_deref(), meant, "{typed}");
        }
    }
}
