//! The dates of feeds, where they depart from their standards in ways that the words alone tell.

use std::borrow::Cow;

/// A date as the rules of metadata read it; `None` for the zero of a clock, which is no day of
/// publication.
///
/// RFC 822 has years of two digits: `08 Oct 03 09:41:00` is of 2003, as RFC 2822 has it. A zone
/// that is the name of a place (`Europe/Oslo`) is cut off, and with it the day alone is certain.
pub(super) fn written(text: &str) -> Option<Cow<'_, str>> {
    let text = text.trim();
    let zero = text.contains("01 Jan 1970 00:00:00") || text.starts_with("1970-01-01T00:00:00");
    if zero || is_zero(text) || text.is_empty() {
        return None;
    }
    let text = match text.rsplit_once(' ') {
        Some((date, zone)) if is_place(zone) => date,
        _ => text.split_once('[').map_or(text, |(date, zone)| if is_place(zone) { date } else { text }),
    };
    Some(whole_year(text).map_or(Cow::Borrowed(text), Cow::Owned))
}

/// Whether a date is the zero of clocks, in any zone.
fn is_zero(text: &str) -> bool {
    let instant = jiff::fmt::rfc2822::parse(text).map(|it| it.timestamp()).or_else(|_| text.parse());
    text == "0" || instant.is_ok_and(|it: jiff::Timestamp| it == jiff::Timestamp::UNIX_EPOCH)
}

fn is_place(zone: &str) -> bool {
    let zone = zone.trim_matches(['[', ']', '(', ')']);
    zone.contains('/') && zone.chars().all(|it| it.is_ascii_alphabetic() || "/_-".contains(it))
}

/// `08 Oct 03 09:41:00 GMT` with the year in four digits; `None` where it is of another form.
fn whole_year(text: &str) -> Option<String> {
    let mut words: Vec<Cow<'_, str>> = text.split_whitespace().take(8).map(Cow::Borrowed).collect();
    let at = words.iter().position(|it| it.contains(':'))?.checked_sub(1)?;
    let day = words.get(at.checked_sub(2)?)?;
    let month = words.get(at - 1)?;
    let year = &words[at];
    let is_number = |it: &str| it.len() <= 2 && it.bytes().all(|it| it.is_ascii_digit());
    if !is_number(day) || !month.chars().all(char::is_alphabetic) || year.len() != 2 || !is_number(year) {
        return None;
    }
    let century = if year.as_ref() < "50" { "20" } else { "19" };
    words[at] = Cow::Owned(format!("{century}{year}"));
    Some(words.join(" "))
}

#[cfg(test)]
mod tests {
    use super::written;

    #[test]
    fn dates_are_made_readable_and_never_made_up() {
        for (text, expected) in [
            ("Mon, 08 Oct 2018 10:00:00 GMT", Some("Mon, 08 Oct 2018 10:00:00 GMT")),
            ("Tue, 10 Jun 03 09:41:01 GMT", Some("Tue, 10 Jun 2003 09:41:01 GMT")),
            ("10 Jun 87 09:41 EST", Some("10 Jun 1987 09:41 EST")),
            ("03 Jun 10", Some("03 Jun 10")),
            ("Mon, 08 Oct 2018 10:00:00 Europe/Oslo", Some("Mon, 08 Oct 2018 10:00:00")),
            ("2018-10-08T10:00:00[Europe/Oslo]", Some("2018-10-08T10:00:00")),
            ("08/10/2018", Some("08/10/2018")),
            ("Thu, 01 Jan 1970 00:00:00 +0000", None),
            ("1970-01-01T00:00:00Z", None),
            ("Thu, 01 Jan 1970 02:00:00 +0200", None),
            ("1969-12-31T16:00:00-08:00", None),
            ("Wed, 31 Dec 1969 16:00:00 -0800", None),
            ("Thu, 01 Jan 1970 09:00:00 GMT", Some("Thu, 01 Jan 1970 09:00:00 GMT")),
            (" ", None),
        ] {
            assert_eq!(written(text).as_deref(), expected, "{text}");
        }
    }
}
