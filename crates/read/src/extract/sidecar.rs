//! Reads the text of a sidecar, `NAME.meta.toml` or `folder.meta.toml`: one line for each field
//! that somebody wrote down.

use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

use crate::read::Problem;
use morgue_core::{
    article::{Field, FieldName, Trust},
    line_of, unknown_name,
};

/// Reads a sidecar's text; `place` is its path, which the origins name.
///
/// Values are strings, numbers (a year), TOML dates, and for several authors lists of strings.
///
/// # Errors
///
/// Names the line of the first thing wrong: no TOML, an unknown field, a value of another kind.
pub fn parse(text: &str, place: &str) -> Result<Vec<Field>, Problem> {
    let table = DeTable::parse(text).map_err(|error| {
        let at = error.span().map_or(0, |it| it.start);
        problem(text, at, error.message().trim_end_matches('.').to_owned())
    })?;
    let mut entries: Vec<(&Spanned<_>, &Spanned<DeValue<'_>>)> = table.get_ref().iter().collect();
    entries.sort_by_key(|(key, _)| key.span().start);
    let mut fields = Vec::new();
    for (key, value) in entries {
        let at = key.span().start;
        let name: &str = key.get_ref();
        let known = FieldName::from_name(name).ok_or_else(|| problem(text, at, unknown(name)))?;
        let value = written(value.get_ref()).ok_or_else(|| {
            problem(text, at, format!("`{name}` needs a text, a number, a date, or a list of texts"))
        })?;
        let place = format!("{place}, line {}", line_of(text, at));
        fields.push(Field::new(known, &value, Trust::Sidecar, "sidecar", &place));
    }
    Ok(fields)
}

fn problem(text: &str, at: usize, reason: String) -> Problem {
    Problem { place: format!("line {}", line_of(text, at)), reason }
}

/// The value as the field's text; `None` for tables, truth values and lists of other things than
/// texts.
fn written(value: &DeValue<'_>) -> Option<String> {
    match value {
        DeValue::String(text) => Some(text.to_string()),
        DeValue::Integer(number) => Some(number.as_str().to_owned()),
        DeValue::Datetime(date) => Some(date.to_string()),
        DeValue::Array(values) => {
            let names: Option<Vec<&str>> = values.iter().map(|it| it.get_ref().as_str()).collect();
            let names = names.filter(|it| !it.is_empty())?;
            Some(match names.split_last() {
                Some((last, [])) => (*last).to_owned(),
                Some((last, others)) => format!("{} and {last}", others.join(", ")),
                None => String::new(),
            })
        }
        DeValue::Float(_) | DeValue::Boolean(_) | DeValue::Table(_) => None,
    }
}

/// The message for a name that is no field, with the field that was probably meant.
pub fn unknown(name: &str) -> String {
    let meant = match name {
        "title" => Some("headline"),
        "author" | "authors" => Some("byline"),
        "publisher" | "outlet" | "publication" => Some("source"),
        "published" | "day" => Some("date"),
        "lang" => Some("language"),
        "link" | "address" => Some("url"),
        "location" | "dateline" => Some("place"),
        _ => None,
    };
    match meant {
        Some(meant) => format!("no field is called `{name}`; did you mean `{meant}`?"),
        None => unknown_name("field", name, &FieldName::ALL.map(FieldName::name)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sidecar_is_one_line_a_field() {
        let text = "source = \"Harbour Courier\"\ndate = 2017-06\n";
        assert_eq!(parse(text, "x").expect_err("no month in TOML").place, "line 2");
        let text =
            "# noted by the archivist\ndate = 2017-06-23\nbyline = [\"Ann Lee\", \"Bo Diaz\", \"Cy Ito\"]\n";
        let fields = parse(text, "strike.meta.toml").expect("a sidecar");
        let told: Vec<_> = fields.iter().map(|it| (it.value.as_str(), it.origin.place.as_str())).collect();
        assert_eq!(
            told,
            [
                ("2017-06-23", "strike.meta.toml, line 2"),
                ("Ann Lee, Bo Diaz and Cy Ito", "strike.meta.toml, line 3")
            ]
        );
    }

    #[test]
    fn an_error_names_the_line_and_the_field_meant() {
        for (text, expected) in [
            ("\nhedline = \"x\"", "line 2: no field is called `hedline`; did you mean `headline`?"),
            ("author = \"x\"", "line 1: no field is called `author`; did you mean `byline`?"),
            ("source = true", "line 1: `source` needs a text, a number, a date, or a list of texts"),
        ] {
            assert_eq!(parse(text, "x").expect_err(text).to_string(), expected);
        }
        let far = parse("weather = \"x\"", "x").expect_err("unknown").to_string();
        assert!(
            far.ends_with(
                "there are headline, source, date, byline, place, section, language, url, correction"
            ),
            "{far}"
        );
        assert!(parse("source =", "x").is_err());
    }
}
