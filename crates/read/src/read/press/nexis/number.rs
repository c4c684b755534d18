//! The number above an article: `3 of 10 DOCUMENTS`.

/// Words for a document, and what stands between its number and how many there are.
const DOCUMENT: &[&str] = &["document", "dokument", "documento", "documentos", "documenti"];
const OF: &[&str] = &["of", "von", "de", "van", "di", "sur"];

/// Words of older files. Only capitals are told from a line of a story.
const STORY: &[&str] = &["STORY", "STORIES", "ARTICLE", "ARTICLES"];

/// A longer line is a sentence.
const BYTES_MAX: usize = 40;

/// The number of an article and how many there are: `3 of 10 DOCUMENTS`, `Dokument 3 von 10`,
/// `LEVEL 1 - 3 OF 10 STORIES`.
pub(super) fn number(line: &str) -> Option<(usize, usize)> {
    if line.len() > BYTES_MAX || !line.contains(|it: char| it.is_ascii_digit()) {
        return None;
    }
    let words: Vec<&str> = line.split_whitespace().collect();
    let words = match &words[..] {
        [focus, "-", rest @ ..] if focus.eq_ignore_ascii_case("focus") => rest,
        [level, _, "-", rest @ ..] if level.eq_ignore_ascii_case("level") => rest,
        all => all,
    };
    let is_document = |it: &str| {
        let lower = it.to_lowercase();
        STORY.contains(&it) || DOCUMENT.iter().any(|document| lower.starts_with(document))
    };
    let parse = |it: &str| it.replace([',', '.'], "").parse().ok();
    match *words {
        [first, of, total, document] | [document, first, of, total]
            if OF.contains(&of.to_lowercase().as_str()) && is_document(document) =>
        {
            Some((parse(first)?, parse(total)?))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_in_several_languages() {
        for (line, expected) in [
            ("1 of 10 DOCUMENTS", Some((1, 10))),
            ("2001 of 2,146 DOCUMENTS", Some((2001, 2146))),
            ("Dokument 3 von 10", Some((3, 10))),
            ("Document 3 de 10", Some((3, 10))),
            ("3 van 10 DOCUMENTEN", Some((3, 10))),
            ("Documento 3 de 10", Some((3, 10))),
            ("FOCUS - 3 of 10 DOCUMENTS", Some((3, 10))),
            ("LEVEL 1 - 12 OF 35 STORIES", Some((12, 35))),
            ("LEVEL 2 - 1 OF 2 DOCUMENTS", Some((1, 2))),
            ("1 of 1 STORY", Some((1, 1))),
            ("3 of 10 ARTICLES", Some((3, 10))),
            ("2 of 3 stories", None),
            ("3 of 10", None),
            ("One of 10 documents", None),
            ("Document 3 of 10 was lost", None),
        ] {
            assert_eq!(number(line), expected, "{line}");
        }
    }
}
