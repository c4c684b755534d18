//! What somebody may have meant who typed a name that does not exist, and how far two words are
//! apart.

use super::Field;

/// The field whose name or alias is nearest, when it is near.
pub(super) fn field(name: &str) -> Option<Field> {
    let names = Field::ALL.into_iter().flat_map(|it| it.names().iter().map(move |name| (*name, it)));
    nearest(name, names)
}

/// The candidate nearest to `typed`: one edit away, or two when it is longer than five letters.
pub(super) fn nearest<T>(typed: &str, candidates: impl Iterator<Item = (&'static str, T)>) -> Option<T> {
    let typed = typed.to_lowercase();
    let near = candidates.filter_map(|(name, it)| {
        let distance = distance(&typed, name);
        let allowed = match name.len() {
            0..=3 => 0,
            4..=5 => 1,
            _ => 2,
        };
        (distance <= allowed).then_some((distance, it))
    });
    near.min_by_key(|it| it.0).map(|it| it.1)
}

/// Whether two words are at most so many edits apart, as [`distance`] counts them.
pub(super) fn is_within(a: &str, b: &str, edits: usize) -> bool {
    if a.is_ascii() && b.is_ascii() {
        // An edit changes the length by one at most, brings one letter at most, and takes one at
        // most: that is told without a table, and most words of an archive are told so.
        let letters = |it: &str| it.bytes().fold(0_u128, |set, byte| set | 1 << byte);
        let (of_a, of_b) = (letters(a), letters(b));
        let many = |set: u128| set.count_ones() as usize > edits;
        if a.len().abs_diff(b.len()) > edits || many(of_a & !of_b) || many(of_b & !of_a) {
            return false;
        }
    }
    distance(a, b) <= edits
}

/// The edits between two words: letters added, dropped, changed, or two neighbors swapped, no
/// letter edited twice.
///
/// Optimal string alignment, by code points; takes |a| × |b| steps.
pub fn distance(a: &str, b: &str) -> usize {
    strsim::osa_distance(a, b)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edits_between_words() {
        for (a, b, edits) in [
            ("", "", 0),
            ("sarfraz", "sarfaraz", 1),
            ("sarfraz", "safraz", 1),
            ("sarfraz", "sarfarz", 1),
            ("ca", "abc", 3),
            ("", "abc", 3),
        ] {
            assert_eq!((distance(a, b), distance(b, a)), (edits, edits), "{a} {b}");
        }
    }

    #[test]
    fn words_within_so_many_edits() {
        let words = ["sarfraz", "sarfaraz", "safraz", "sarfarz", "safarz", "strike", "café", "cafe", "a", ""];
        for a in words {
            for b in words {
                for edits in 0..4 {
                    assert_eq!(is_within(a, b, edits), distance(a, b) <= edits, "{a} {b} {edits}");
                }
            }
        }
    }

    #[test]
    fn near_names_only() {
        for (typed, meant) in
            [("hedline", Some("headline")), ("Speakers", Some("speaker")), ("sorce", Some("source"))]
        {
            assert_eq!(field(typed).map(Field::name), meant, "{typed}");
        }
        for typed in ["breaking", "http", "x", "utl", "noun"] {
            assert_eq!(field(typed), None, "{typed}");
        }
    }
}
