//! Finds the address an article was published at, and what an address itself tells: its host, and
//! the day in its path.

use super::weigh::{Reading, Weighed, weigh};
use super::written_date;
use morgue_core::article::{Field, FieldName, Published, Trust};

/// Weighs the addresses given: only whole ones of the web count.
pub(super) fn url(fields: &[Field]) -> Weighed<String> {
    weigh(FieldName::Url, fields, |field| {
        let value = original(field.value.trim());
        let value = value.as_str();
        let whole =
            scheme_cut(value).is_some() && !value.contains(char::is_whitespace) && value.len() <= 4_000;
        // A blog that was exported from its writer's own machine has no other address.
        let local = scheme_cut(value).and_then(|it| it.split(['/', ':', '?']).next()) == Some("localhost");
        let canonical = field.origin.rule.contains("canonical");
        (whole && (local || host(value).is_some()))
            .then(|| Reading { value: value.to_owned(), rank: u8::from(!canonical) })
    })
}

/// The address that an archive, a cache or a network of caches repeats within its own:
/// `https://web.archive.org/web/2019/https://courier.example/strike`.
fn original(address: &str) -> String {
    const REPEATING: [&str; 9] = [
        "archive.org",
        "archive-it.org",
        "archive.ph",
        "archive.is",
        "archive.today",
        "archive.md",
        "archive.li",
        "googleusercontent.com",
        "webrecorder.io",
    ];
    let Some(host) = host(address) else { return address.to_owned() };
    let of = |it: &str| host == it || host.ends_with(&format!(".{it}"));
    let rest = scheme_cut(address).unwrap_or_default();
    if REPEATING.iter().any(|it| of(it)) {
        let inner = ["https://", "http://"].iter().filter_map(|it| rest.find(it)).min();
        return inner.map_or(address, |at| &rest[at..]).to_owned();
    }
    if of("ampproject.org") {
        // `/c/s/` before an address of https, `/c/` before one of http.
        let path = rest.split_once('/').map_or("", |it| it.1);
        let inner = path.split_once('/').map_or("", |it| it.1);
        return match inner.strip_prefix("s/") {
            Some(inner) => format!("https://{inner}"),
            None if self::host(inner).is_some() => format!("http://{inner}"),
            None => address.to_owned(),
        };
    }
    address.to_owned()
}

/// The host of an address or the bare host itself, in lower case without `www.`; `None` when the
/// text is neither.
pub(super) fn host(text: &str) -> Option<String> {
    let text = text.trim();
    let rest = scheme_cut(text).unwrap_or(text);
    let authority = rest.split(['/', '?', '#']).next()?;
    let host = authority.rsplit('@').next()?.split(':').next()?.to_lowercase();
    let host = host.strip_prefix("www.").unwrap_or(&host);
    let labels: Vec<&str> = host.split('.').collect();
    let label = |it: &&str| {
        (1..=63).contains(&it.len()) && it.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '_')
    };
    let ending = labels.last().is_some_and(|it| it.len() >= 2 && it.chars().all(char::is_alphabetic));
    (labels.len() >= 2 && labels.iter().all(label) && ending).then(|| host.to_owned())
}

/// What follows `http://` or `https://`.
fn scheme_cut(address: &str) -> Option<&str> {
    let (scheme, rest) = address.split_once("://")?;
    matches!(scheme.to_ascii_lowercase().as_str(), "http" | "https").then_some(rest)
}

/// The day or month in the path of an address, `/2017/06/23/` or `/2017-06-23-`; trusted no more
/// than a file's path.
pub(super) fn date_of_address(address: &str) -> Option<Field> {
    let rest = scheme_cut(address.trim())?;
    let path = rest.split_once('/')?.1.split(['?', '#']).next()?;
    let parts: Vec<&str> = path.split('/').take(40).collect();
    let day = (0..parts.len()).find_map(|at| {
        let (first, rest) = (parts[at], &parts[at + 1..]);
        leading_day(first).or_else(|| compact_day(first)).or_else(|| folders(first, rest))
    })?;
    Some(Field::new(FieldName::Date, &day.to_string(), Trust::Path, "address", address))
}

/// `2017/06/23`, or `2017/06` when the next part is no number.
fn folders(year: &str, rest: &[&str]) -> Option<Published> {
    let digits = |text: &str, n: std::ops::RangeInclusive<usize>| {
        n.contains(&text.len()) && text.bytes().all(|it| it.is_ascii_digit())
    };
    let month = rest.first().filter(|_| digits(year, 4..=4))?;
    let written = match rest.get(1) {
        Some(day) if digits(day, 1..=2) => format!("{year}-{month}-{day}"),
        Some(_) => format!("{year}-{month}"),
        None => return None,
    };
    let month = digits(month, 1..=2) || month.len() == 3 && month.bytes().all(|it| it.is_ascii_alphabetic());
    month.then(|| written_date::read_date(&written))?
}

/// `2017-06-23` at the start of a part, with nothing or a hyphen behind.
fn leading_day(part: &str) -> Option<Published> {
    let day = part.get(..10)?;
    let apart = !part[10..].starts_with(|c: char| c.is_ascii_digit());
    let iso = Published::from_iso(day).filter(|_| apart && day.len() == 10)?;
    written_date::read_date(&iso.to_string())
}

/// `20170623`, alone or at the end of a part: `port-strike-ends-20170623`.
fn compact_day(part: &str) -> Option<Published> {
    let last = part.trim_end_matches(".html").rsplit(['-', '_']).next()?;
    let digits = last.len() == 8 && last.bytes().all(|it| it.is_ascii_digit());
    digits.then(|| written_date::read_date(last))?
}
