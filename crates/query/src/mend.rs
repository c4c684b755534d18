//! What was probably meant by a query that cannot be read.

use super::{
    Error, ErrorKind, Field, NodeKind,
    lex::{may_stand_bare, plain},
    parse,
};
use morgue_core::analyze;

/// The query with its mistake mended, where one mend is likely and the outcome can be read: a field
/// or a kind under its nearest name, a quotation mark or bracket closed, a bracket that closes
/// nothing left out. Only queries in morgue's own language are mended.
pub fn mended(error: &Error) -> Option<String> {
    let Error { kind, span, text } = error;
    let (before, after) = (text.get(..span.start)?, text.get(span.end..)?);
    let mended = match kind {
        ErrorKind::UnknownField { suggestion: Some(field), .. } => format!("{before}{}{after}", field.name()),
        ErrorKind::Kind { suggestion: Some(name), .. } | ErrorKind::Stance { suggestion: Some(name), .. } => {
            format!("{before}{name}{after}")
        }
        ErrorKind::UnclosedQuote => format!("{}\"", text.trim_end()),
        ErrorKind::UnclosedBracket => format!("{})", text.trim_end()),
        ErrorKind::StrayBracket => format!("{before}{after}"),
        _ => return None,
    };
    parse(&mended).is_ok().then_some(mended)
}

/// The query with other words in place of some of its own, wherever these stand in it in any case
/// and with any accents; in quotation marks where the new ones need them. `None` where they do not
/// stand there, or what comes of it cannot be read.
pub fn respelled(query: &str, typed: &str, meant: &str) -> Option<String> {
    let forms = |text: &str| analyze::words(text).map(|it| it.form).collect::<Vec<_>>();
    let sought = forms(typed);
    let words: Vec<analyze::Word> = analyze::words(query).collect();
    let mut respelled = query.to_owned();
    let mut end = query.len();
    let places = words.windows(sought.len().max(1)).rev();
    for place in places.filter(|it| it.iter().map(|it| &it.form).eq(&sought)) {
        let (Some(first), Some(last)) = (place.first(), place.last()) else { continue };
        let range = first.span.start()..last.span.end();
        if range.end > end {
            continue;
        }
        end = range.start;
        let is_quoted = query[..end].chars().filter(|it| plain(*it) == '"').count() % 2 == 1;
        let bare = is_quoted || may_stand_bare(meant);
        let new = if bare { meant.to_owned() } else { format!("\"{meant}\"") };
        respelled.replace_range(range, &new);
    }
    (respelled != query && parse(&respelled).is_ok()).then_some(respelled)
}

/// The query with a condition on speakers in place of the one on a name that ends with its words:
/// `role:"press secretary"` for `speaker:"press secretary"`. `None` without such a condition.
pub fn reasked(query: &str, instead: &str) -> Option<String> {
    let forms = |text: &str| analyze::words(text).map(|it| it.form).collect::<Vec<_>>();
    let wanted = parse(instead).ok()?;
    let NodeKind::Field { value, .. } = &wanted.root.kind else { return None };
    let wanted = forms(&value.to_string());
    let parsed = parse(query).ok()?;
    let of_name = |it: &super::TypedClause| match &it.alone.root.kind {
        NodeKind::Field { field: Field::Speaker, value } => forms(&value.to_string()).ends_with(&wanted),
        _ => false,
    };
    let clause = parsed.clauses().find(of_name)?;
    let (before, after) = (query.get(..clause.span.start)?, query.get(clause.span.end..)?);
    let reasked = format!("{before}{instead}{after}");
    parse(&reasked).is_ok().then_some(reasked)
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

    #[test]
    fn words_are_spelled_as_they_are_elsewhere() {
        for (query, typed, meant, respelled_as) in [
            ("Sirn valley", "sirn", "siren", Some("siren valley")),
            ("source:orlepots dam", "orlepots", "Orle Post", Some("source:\"Orle Post\" dam")),
            ("source:\"Orle Pots\"", "orle pots", "Orle Post", Some("source:\"Orle Post\"")),
            ("«Sirn» or sirn", "sirn", "siren", Some("«siren» or siren")),
            ("Caféé", "cafee", "café", Some("café")),
            ("theater", "theater", "theater OR theatre", Some("\"theater OR theatre\"")),
            ("sirens", "sirn", "siren", None),
            ("dam", "", "siren", None),
        ] {
            assert_eq!(respelled(query, typed, meant).as_deref(), respelled_as, "{query}");
        }
    }

    #[test]
    fn a_speaker_is_asked_for_otherwise() {
        for (query, instead, asked) in [
            ("dam speaker:\"Mayor Lund\"", "speaker:lund", Some("dam speaker:lund")),
            (
                "speaker:\"press secretary\" dam",
                "role:\"press secretary\"",
                Some("role:\"press secretary\" dam"),
            ),
            ("speaker:rusk", "speaker:lund", None),
            ("lund", "speaker:lund", None),
        ] {
            assert_eq!(reasked(query, instead).as_deref(), asked, "{query}");
        }
    }
}
