//! Tells the notes by which outlets correct, clarify or withdraw an article: `Correction: …`, `An
//! earlier version of this article …`, `Korrektur: …`.

use std::{collections::HashSet, sync::LazyLock};

/// A longer paragraph is no note.
const BYTES_MAX: usize = 3_000;

/// What opens a note, before a colon or a dash; also before a day and a colon: `Correction, May 3:`.
const LABELS: [&str; 29] = [
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
    "we got it wrong",
    "mandatory correction",
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

/// What opens a note of an agency, mostly in brackets: `(Corrects spelling in second paragraph)`.
const VERBS: [&str; 8] = [
    "corrects ",
    "clarifies ",
    "refiles to correct ",
    "refiles to fix ",
    "refiled to correct ",
    "removes incorrect ",
    "removes erroneous ",
    "deletes incorrect ",
];

/// Whole notes, without their full stops.
const NOTICES: [&str; 6] = [
    "correction appended",
    "correction attached",
    "clarification appended",
    "correction added",
    "story withdrawn",
    "this story corrects an earlier version",
];

/// Words in capitals by which an agency takes a story back: `KILL: …`.
const KILLS: [&str; 5] = ["KILL", "MANDATORY KILL", "URGENT KILL", "STORY KILL", "WITHDRAWN"];

/// Whether a paragraph is such a note. What begins with a quotation mark is somebody's words.
pub(crate) fn is_note(text: &str) -> bool {
    if text.len() > BYTES_MAX {
        return false;
    }
    let start = text.trim_start_matches(|c: char| !c.is_alphanumeric());
    let opening = &text[..text.len() - start.len()];
    if opening.contains(['“', '„', '"', '«', '»', '‘', '‹', '「']) || opening.contains("''") {
        return false;
    }
    if regrets(text) {
        return true;
    }
    // Every paragraph comes here, and few begin so.
    let first: String = first_word(start).chars().take(20).flat_map(char::to_lowercase).collect();
    if !FIRST_WORDS.contains(first.as_str()) {
        return false;
    }
    if KILLS.iter().any(|it| start.strip_prefix(it).is_some_and(is_behind_label)) {
        return true;
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
    let whole = text.trim_end_matches(|c: char| !c.is_alphanumeric());
    opens(&LABELS)
        || NOTICES.contains(&whole)
        || VERBS.iter().any(|it| text.starts_with(it))
        || dated_work_corrects(&text)
        || opens(&NOTES) && WORDS.iter().any(|it| text.contains(it))
        || SENTENCES.iter().any(|it| text.starts_with(it))
        || changed()
}

/// Whether a text in small letters begins `this nov. 3 story corrects …`: a work with at most five
/// words between, then a word for the change.
fn dated_work_corrects(text: &str) -> bool {
    const NOUNS: [&str; 6] = ["story", "article", "report", "version", "item", "dispatch"];
    let Some(rest) = text.strip_prefix("this ") else { return false };
    let nouns = NOUNS.iter().filter_map(|it| rest.find(&format!("{it} ")).map(|at| (at, at + it.len() + 1)));
    nouns.into_iter().any(|(at, end)| {
        let between = &rest[..at];
        let dated = between.is_empty() || between.bytes().any(|it| it.is_ascii_digit());
        let of_another = rest[end..].strip_prefix("of ").filter(|_| &rest[..end] == "version ");
        let verb = |it: &str| {
            ["corrects ", "clarifies "].iter().chain(&CHANGES).any(|change| it.starts_with(change))
        };
        let later =
            of_another.is_some_and(|it| it.match_indices(' ').take(7).any(|(at, _)| verb(&it[at + 1..])));
        dated && between.split_whitespace().count() <= 5 && verb(&rest[end..]) || later
    })
}

/// Whether a text without quotes ends with a sentence by which an outlet regrets its error: `We regret
/// the error.`, `The Courier regrets the errors.`
fn regrets(text: &str) -> bool {
    const WORDS_MAX: usize = 7;
    const REPORTED: [&str; 6] = ["said", "says", "she", "he", "it", "they"];
    let text = text.trim_end_matches(|c: char| !c.is_alphanumeric());
    let ends = ["the error", "the errors", "this error", "our error", "the mistake", "the mistakes"];
    let tail = |it: &&&str| {
        let at = text.len().checked_sub(it.len());
        at.and_then(|at| text.get(at..)).is_some_and(|tail| tail.eq_ignore_ascii_case(it))
    };
    let Some(end) = ends.iter().find(tail) else { return false };
    if text.contains(['“', '”', '"', '«', '„']) {
        return false;
    }
    let sentence = &text[..text.len() - end.len()];
    let start = [". ", ": ", "; ", "… ", ") "].iter().filter_map(|it| sentence.rfind(it)).max();
    let sentence = sentence[start.unwrap_or(0)..].trim_start_matches(|c: char| !c.is_alphanumeric());
    let words: Vec<String> = sentence.split_whitespace().map(str::to_lowercase).take(WORDS_MAX + 1).collect();
    let last = words.last().map(String::as_str).unwrap_or_default();
    let who = words.first().map(String::as_str).unwrap_or_default();
    start.is_some()
        && words.len() <= WORDS_MAX
        && match who {
            "we" => {
                matches!(last, "regret" | "for")
                    && words.iter().any(|it| it == "regret" || it == "apologize" || it == "apologise")
            }
            "the" => last == "regrets" && !words.iter().any(|it| REPORTED.contains(&it.as_str())),
            _ => false,
        }
}

/// The words that notes begin with.
static FIRST_WORDS: LazyLock<HashSet<&str>> = LazyLock::new(|| {
    let lists = LABELS.iter().chain(&NOTES).chain(&SENTENCES).chain(&WORKS).chain(&VERBS).chain(&NOTICES);
    lists.map(|it| first_word(it)).chain(["kill", "urgent", "withdrawn"]).collect()
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
            "(Corrects the captain’s age in paragraph 4)",
            "(Refiles to fix a typo in the headline)",
            "(This May 3 story clarifies who owns the boats.)",
            "This version of the May 3 story corrects that nine boats sail.",
            "Correction appended.",
            "KILL: the ferry story is withdrawn. A new one will move.",
            "MANDATORY KILL — do not use the ferry story.",
            "We got it wrong: the captain is Ruiz.",
            "Ruiz, the captain, was called Ortiz on Page 3. The Courier regrets the error.",
            "The strike took nine days, not ten; we deeply regret the error.",
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
            "“This article was withdrawn in haste,” said Rosa Ortiz, the harbor master.",
            "\"The story has been retracted,\" Ortiz said.",
            "« Cet article a été corrigé », a dit le maire.",
            "The harbor master told the council that she regrets the error.",
            "Ortiz said that the council was wrong. The harbor master said she regrets the error.",
            "“We were late. We regret the error.”",
            "This week corrects an old wrong.",
            "This old man read a story of boats that corrects nothing.",
            "Kill: a word that sailors fear.",
            "",
        ] {
            assert!(!is_note(text), "{text}");
        }
        assert!(is_label("CORRECTION") && is_label("Korrektur:") && !is_label("Correction of course"));
    }
}
