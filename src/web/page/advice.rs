//! Notes as a page says them: what they advise is a link to the query that does it.

use maud::{Markup, html};

use super::parts;
use crate::{
    query::{reasked, respelled},
    search::Door,
    web::address::Address,
};

/// Where the page of a query is: that of a search, or one where it chooses.
type To<'a> = &'a dyn Fn(&str) -> Address;

/// What the reader should know of the answer to a query, a sentence each.
pub(super) fn notes<'n>(notes: impl IntoIterator<Item = &'n str>, query: &str, to: To<'_>) -> Markup {
    html! { @for it in notes { p.soft { (note(it, query, to)) } } }
}

/// A note as a sentence. What it asks whether it was meant, and what it says to write, are links.
pub(super) fn note(note: &str, query: &str, to: To<'_>) -> Markup {
    let said = parts::sentence(&Door::Page.says(note));
    let parts: Vec<&str> = said.split('`').collect();
    if parts.len().is_multiple_of(2) {
        return html! { (said) };
    }
    // What stands between backticks is at odd places.
    let typed = parts.get(1).copied().unwrap_or_default();
    let mut advice = None;
    let marked = parts.iter().enumerate().map(|(at, part)| {
        if at % 2 == 0 {
            // `did you mean A or B`: what stands between goes on with it.
            let joins = advice.is_some() && ["or", "", ","].contains(&between(part));
            advice = Advice::before(part).or(advice.filter(|_| joins));
            return html! { (part) };
        }
        let address = advice.and_then(|it: Advice| match it {
            Advice::Search => Some(Address::search(part)),
            _ => it.query(query, typed, part).map(|it| to(&it)),
        });
        html! {
            @match address {
                Some(address) => a href=(address) { code { bdi { (part) } } },
                None => code { bdi { (part) } },
            }
        }
    });
    let marked: Vec<Markup> = marked.collect();
    html! { @for it in &marked { (it) } }
}

/// What stands between two of several that may be meant, without how often each is there.
fn between(text: &str) -> &str {
    let text = text.trim();
    let text = match text.starts_with('(') {
        true => text.split_once(')').map_or(text, |it| it.1.trim()),
        false => text,
    };
    text.trim_start_matches(", ").trim()
}

/// What a note advises.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Advice {
    /// To spell words so.
    Spell,
    /// To ask for a speaker so.
    Speaker,
    /// To search for it.
    Search,
}

impl Advice {
    /// By the words before it.
    fn before(text: &str) -> Option<Advice> {
        let ends = |with: &[&str]| with.iter().any(|it| text.ends_with(it));
        match text {
            _ if ends(&["did you mean ", "; write "]) => Some(Advice::Spell),
            _ if ends(&["without titles: ", "that is a role: ", "That is a role: "]) => Some(Advice::Speaker),
            _ if ends(&["searching "]) => Some(Advice::Search),
            _ => None,
        }
    }

    /// The query that does it; `None` where none does, and for another search.
    fn query(self, query: &str, typed: &str, meant: &str) -> Option<String> {
        match (self, meant.split_once(" OR ")) {
            // Both spellings: `theater OR theatre`.
            (Advice::Spell, Some((typed, other))) => {
                let other = respelled(query, typed, other)?;
                let sides = [query, &other]
                    .map(|it| if it.contains(' ') { format!("({it})") } else { it.to_owned() });
                Some(sides.join(" OR "))
            }
            (Advice::Spell, None) => respelled(query, typed, meant),
            (Advice::Speaker, _) => reasked(query, meant),
            (Advice::Search, _) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_note_advises_is_a_link() {
        for (said, query, links) in [
            (
                "no passage has `sirn`; did you mean `siren`, which 3 passages have?",
                "Sirn dam",
                &["siren dam"][..],
            ),
            (
                "no source is called `orle`; did you mean `Orle Post` or `Orle News`?",
                "source:orle",
                &["source:\"Orle Post\"", "source:\"Orle News\""],
            ),
            ("did you mean `Ada Rusk` (3 quotes), or `Ada Lund` (1 quote)?", "ada", &[]),
            (
                "`theatre` (British spelling) is in 3 passages; write `theater OR theatre`",
                "theater",
                &["theater OR theatre"],
            ),
            ("names are kept without titles: `speaker:lund`", "speaker:\"mayor lund\"", &["speaker:lund"]),
            (
                "that is a role: `role:\"press secretary\"`",
                "dam speaker:\"press secretary\"",
                &["dam role:\"press secretary\""],
            ),
            (
                "`mayor` is a role, of Ada Rusk (3); `morgue search 'role:\"mayor\"'` finds what they said in it",
                "",
                &["role:\"mayor\""],
            ),
            ("no passage has `zzz`", "zzz", &[]),
            ("a ` alone; did you mean it", "it", &[]),
        ] {
            let markup = note(said, query, &Address::search).into_string();
            let found: Vec<&str> =
                markup.split("href=\"").skip(1).filter_map(|it| it.split('"').next()).collect();
            let expected: Vec<String> = links.iter().map(|it| Address::search(it).to_string()).collect();
            assert_eq!(found, expected, "{markup}");
        }
    }
}
