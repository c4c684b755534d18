//! Writes the name of a place as atlases do: `RIO DE JANEIRO` is `Rio de Janeiro`.

use super::lexicon::{List, contains};

/// Names of places that are initials.
const INITIALS: [&str; 12] = ["US", "USA", "UK", "UAE", "UN", "EU", "DRC", "NYC", "DC", "LA", "USSR", "GDR"];

/// The name with small letters, where it is written in capitals: the city, and each further part by
/// itself. Initials (`N.Y.`, `USA`) stay.
pub(super) fn in_small_letters(place: &str) -> String {
    let parts: Vec<String> = place.split(", ").enumerate().map(|(at, it)| part(it, at > 0)).collect();
    parts.join(", ")
}

fn part(text: &str, region: bool) -> String {
    // A region of two letters is a state's code.
    let code = region && text.chars().count() == 2;
    let shouted = text.split([' ', '-', '/']).any(is_shouted);
    let small = |c: char| c.is_lowercase();
    let words_in_capitals = text.split([' ', '-', '/']).all(|it| !it.contains(small) || is_mac(it));
    if code || !shouted || !words_in_capitals || INITIALS.contains(&text) {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while !rest.is_empty() {
        let end = rest.find([' ', '-', '/']).unwrap_or(rest.len());
        out.push_str(&word(&rest[..end], out.is_empty()));
        let mark = rest[end..].chars().next();
        out.extend(mark);
        rest = &rest[end + mark.map_or(0, char::len_utf8)..];
    }
    out
}

/// Two capitals or more, and not initials with stops.
fn is_shouted(word: &str) -> bool {
    let letters = word.chars().filter(|it| it.is_alphabetic()).count();
    letters >= 2 && !is_initials(word) && (!word.contains(char::is_lowercase) || is_mac(word))
}

fn is_initials(word: &str) -> bool {
    word.matches('.').count() >= 2
}

/// `McALLEN`
fn is_mac(word: &str) -> bool {
    word.strip_prefix("Mc").is_some_and(|it| it.chars().count() > 2 && !it.contains(char::is_lowercase))
}

fn word(word: &str, first: bool) -> String {
    let lower = word.to_lowercase();
    let bare = lower.trim_end_matches('.');
    if is_initials(word) || !first && INITIALS.contains(&word) {
        return word.to_owned();
    }
    if !first
        && (contains(List::PlaceJoiner, bare)
            || matches!(bare, "and" | "and the" | "les" | "en" | "sous" | "in"))
    {
        return lower;
    }
    // `O'FALLON`, `L’AQUILA`, `McALLEN`.
    let apart = lower
        .find(['\'', '’'])
        .filter(|at| *at <= 1)
        .map(|at| at + lower[at..].chars().next().map_or(1, char::len_utf8));
    let cut = if is_mac(word) { Some(2) } else { apart };
    match cut.and_then(|at| Some((lower.get(..at)?, lower.get(at..)?))) {
        Some((head, tail)) => capitalized(head) + &capitalized(tail),
        None => capitalized(&lower),
    }
}

fn capitalized(lower: &str) -> String {
    let mut chars = lower.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

#[cfg(test)]
mod tests {
    use super::in_small_letters;

    #[test]
    fn capitals_become_small_letters_and_initials_stay() {
        for (written, expected) in [
            ("PORT ELLIS", "Port Ellis"),
            ("RIO DE JANEIRO", "Rio de Janeiro"),
            ("LA PAZ", "La Paz"),
            ("PORT-AU-PRINCE, Haiti", "Port-au-Prince, Haiti"),
            ("BUFFALO, N.Y.", "Buffalo, N.Y."),
            ("AUSTIN, TX", "Austin, TX"),
            ("ST. JOHN'S", "St. John's"),
            ("O’FALLON", "O’Fallon"),
            ("McALLEN, Texas", "McAllen, Texas"),
            ("ZÜRICH", "Zürich"),
            ("WASHINGTON D.C.", "Washington D.C."),
            ("USA", "USA"),
            ("ROM", "Rom"),
            ("New York", "New York"),
            ("The Hague", "The Hague"),
            ("Osby and NEW Town", "Osby and NEW Town"),
        ] {
            assert_eq!(in_small_letters(written), expected, "{written}");
        }
    }
}
