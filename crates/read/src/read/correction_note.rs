//! Tells the notes by which outlets correct, clarify or withdraw an article: `Correction: …`, `An
//! earlier version of this article …`, `Korrektur: …`.

use std::{collections::HashSet, sync::LazyLock};

/// A longer paragraph is no note.
const BYTES_MAX: usize = 3_000;

/// What opens a note, before a colon or a dash; also before a day and a colon: `Correction, May 3:`.
const LABELS: [&str; 27] = [
    "correction",
    "corrections",
    "corrected",
    "clarification",
    "clarifications",
    "corrections and clarifications",
    "correction and clarification",
    "correction notice",
    "retraction",
    "retraction notice",
    "withdrawal",
    "erratum",
    "errata",
    "for the record",
    "korrektur",
    "korrekturhinweis",
    "berichtigung",
    "richtigstellung",
    "correctif",
    "rectificatif",
    "corrección",
    "rectificación",
    "fe de errores",
    "correção",
    "rettifica",
    "correctie",
    "rectificatie",
];

/// What opens a note of an editor, which corrects only when it has one of [`WORDS`].
const NOTES: [&str; 11] = [
    "editor's note",
    "editors' note",
    "editors note",
    "editor note",
    "note",
    "note to readers",
    "anmerkung der redaktion",
    "anm. d. red.",
    "note de la rédaction",
    "nota del editor",
    "nota de la redacción",
];

/// Words of a note that corrects.
const WORDS: [&str; 24] = [
    "correct",
    "clarif",
    "retract",
    "withdrawn",
    "withdrew",
    "amended",
    "earlier version",
    "previous version",
    "misstated",
    "misidentified",
    "incorrectly",
    "in error",
    "erroneous",
    "inaccura",
    "removed this",
    "has been removed",
    "korrigiert",
    "berichtigt",
    "frühere",
    "corrigé",
    "erreur",
    "corregid",
    "errónea",
    "versión anterior",
];

/// What a note in one sentence opens with.
const SENTENCES: [&str; 18] = [
    "an earlier version of this",
    "a previous version of this",
    "a previous version of the story",
    "a previous version of the article",
    "an earlier version of the story",
    "an earlier version of the article",
    "earlier versions of this",
    "previous versions of this",
    "an earlier headline",
    "an earlier caption",
    "in einer früheren version dieses",
    "in einer früheren fassung dieses",
    "eine frühere version dieses",
    "eine frühere fassung dieses",
    "une version précédente de cet",
    "une version antérieure de cet",
    "una versión anterior de este",
    "uma versão anterior deste",
];

/// A work that was changed, and how notes say so: `This article was amended on …`.
const WORKS: [&str; 19] = [
    "this article",
    "this story",
    "this report",
    "this post",
    "this piece",
    "this column",
    "this headline",
    "this item",
    "the headline",
    "the headline of this article",
    "the article",
    "the story",
    "dieser artikel",
    "dieser text",
    "dieser beitrag",
    "cet article",
    "este artículo",
    "este artigo",
    "questo articolo",
];
const CHANGES: [&str; 24] = [
    "was amended",
    "has been amended",
    "was corrected",
    "has been corrected",
    "is corrected",
    "was clarified",
    "has been clarified",
    "was retracted",
    "has been retracted",
    "was withdrawn",
    "has been withdrawn",
    "was updated to correct",
    "has been updated to correct",
    "was updated to clarify",
    "has been updated to clarify",
    "was edited to correct",
    "has been edited to correct",
    "has been revised to correct",
    "wurde korrigiert",
    "wurde berichtigt",
    "a été corrigé",
    "ha sido corregido",
    "fue corregido",
    "foi corrigido",
];

/// Whether a paragraph is such a note.
pub(crate) fn is_note(text: &str) -> bool {
    if text.len() > BYTES_MAX {
        return false;
    }
    let start = text.trim_start_matches(|c: char| !c.is_alphanumeric());
    // Every paragraph comes here, and few begin so.
    let first: String = first_word(start).chars().take(20).flat_map(char::to_lowercase).collect();
    if !FIRST_WORDS.contains(first.as_str()) {
        return false;
    }
    let text = start.replace('’', "'").to_lowercase();
    let opens = |entries: &[&str]| {
        let rest = entries.iter().filter_map(|it| text.strip_prefix(it));
        rest.min_by_key(|it| it.len()).is_some_and(is_behind_label)
    };
    let changed = || {
        let rest = WORKS.iter().filter_map(|it| text.strip_prefix(it)?.strip_prefix(' '));
        rest.into_iter().any(|rest| CHANGES.iter().any(|it| rest.starts_with(it)))
    };
    opens(&LABELS)
        || opens(&NOTES) && WORDS.iter().any(|it| text.contains(it))
        || SENTENCES.iter().any(|it| text.starts_with(it))
        || changed()
}

/// The words that notes begin with.
static FIRST_WORDS: LazyLock<HashSet<&str>> = LazyLock::new(|| {
    LABELS.iter().chain(&NOTES).chain(&SENTENCES).chain(&WORKS).map(|it| first_word(it)).collect()
});

fn first_word(text: &str) -> &str {
    text.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default()
}

/// Whether a line is only the label of a note, which stands below it.
pub(crate) fn is_label(line: &str) -> bool {
    let line = line.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    LABELS.contains(&line.as_str())
}

/// Whether text goes on as behind a label: with a colon or a dash, or with a day and then a colon.
fn is_behind_label(rest: &str) -> bool {
    let mut chars = rest.trim_start().chars();
    match chars.next() {
        Some(':' | '—' | '–') => chars.any(char::is_alphanumeric),
        Some('-') => rest.starts_with(" -") || rest.starts_with("--"),
        _ => rest.split_once(':').is_some_and(|(day, note)| {
            // `, Nov. 15, 2019:`, ` added May 3:`, ` (3 May):`
            let dated = day.bytes().any(|it| it.is_ascii_digit()) && day.split_whitespace().count() <= 6;
            dated && !rest.starts_with(char::is_alphanumeric) && !note.trim().is_empty()
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::{is_label, is_note};

    #[test]
    fn notes_are_told_from_sentences_of_a_story() {
        for note in [
            "Correction: The harbor master is Rosa Ortiz, not Ruiz.",
            "CORRECTION — The strike took nine days.",
            "Correction, Nov. 15, 2019: This article originally misspelled Port Ellis.",
            "*Clarification added May 3: the ferries are not all old.",
            "An earlier version of this article gave the wrong day.",
            "A previous version of the story misidentified the captain.",
            "This article was amended on 3 May 2021 to remove a name.",
            "(This story has been corrected to say that nine boats sail.)",
            "EDITOR’S NOTE: The Courier has retracted this story.",
            "Korrektur: Der Streik dauerte neun Tage.",
            "In einer früheren Version dieses Artikels stand ein falscher Name.",
            "Correctif : la grève a duré neuf jours.",
            "Fe de errores: la huelga duró nueve días.",
        ] {
            assert!(is_note(note), "{note}");
        }
        for text in [
            "Correction is what the harbor master asked for.",
            "Corrections officers joined the strike on Friday: nine of them stayed at home.",
            "This article of faith was amended by the council.",
            "Editor's note: Ann Lee is a columnist of the Courier.",
            "An earlier version of events was told by the captain.",
            "Note: boats sail at nine.",
            "This story has been updated.",
            "The strike was corrected.",
            "",
        ] {
            assert!(!is_note(text), "{text}");
        }
        assert!(is_label("CORRECTION") && is_label("Korrektur:") && !is_label("Correction of course"));
    }
}
