//! The words that the rules of the metadata know, from `lexicon.txt`.

use std::{collections::HashMap, sync::LazyLock};

/// A list of `lexicon.txt`.
#[derive(Clone, Copy, Debug)]
pub(super) enum List {
    /// News agencies, as credits name them.
    Agency,
    /// What opens a byline, in several languages.
    BylineOpener,
    /// Cities and countries of several words, as correspondents write from.
    City,
    /// Small words between or within names.
    NameJoiner,
    /// Hosts of archives, caches and shorteners, which publish nothing.
    NoHost,
    /// Programs and parts of sites that pages give for the name of their outlet.
    NoOutlet,
    /// Words in capitals before a dash that are no places.
    NoPlace,
    /// What programs write where there is no section, and kinds of pages.
    NoSection,
    /// What programs and people write where there is no writer.
    Nobody,
    /// What opens the names of those who made the pictures.
    PictureOpener,
    /// Small words within the name of a place.
    PlaceJoiner,
    /// What stands before the title of another story and a colon.
    Pointer,
    /// What stands before the day of publication.
    PublishedLabel,
    /// Words in the names of newsrooms, companies and schools, and in those of no person.
    Organization,
    /// Descriptions of a writer, behind a comma; the first of them ends the names.
    Role,
    /// What stands before the day of saving, printing or copyright of a page.
    SavedLabel,
    /// The first of the breadcrumbs above a headline.
    StartPage,
    /// Names of sections that sites have in common.
    Section,
    /// What opens a site's description of itself.
    Tagline,
    /// What stands before the day of a change.
    UpdatedLabel,
}

impl List {
    /// The name in `lexicon.txt`.
    fn name(self) -> &'static str {
        match self {
            List::Agency => "agency",
            List::BylineOpener => "byline-opener",
            List::City => "city",
            List::NameJoiner => "name-joiner",
            List::NoHost => "no-host",
            List::NoOutlet => "no-outlet",
            List::NoPlace => "no-place",
            List::NoSection => "no-section",
            List::Nobody => "nobody",
            List::PictureOpener => "picture-opener",
            List::PlaceJoiner => "place-joiner",
            List::Pointer => "pointer",
            List::PublishedLabel => "published-label",
            List::Organization => "organization",
            List::Role => "role",
            List::SavedLabel => "saved-label",
            List::StartPage => "start-page",
            List::Section => "section",
            List::Tagline => "tagline",
            List::UpdatedLabel => "updated-label",
        }
    }
}

/// The entries of a list, longer ones first, so that a prefix is tried after what it begins.
pub(super) fn entries(list: List) -> &'static [&'static str] {
    LISTS.get(list.name()).map(Vec::as_slice).unwrap_or_default()
}

/// Whether the list has the entry; `text` is in lower case.
pub(super) fn contains(list: List, text: &str) -> bool {
    entries(list).contains(&text)
}

static LISTS: LazyLock<HashMap<&'static str, Vec<&'static str>>> = LazyLock::new(|| {
    let mut lists: HashMap<&str, Vec<&str>> = HashMap::new();
    for line in include_str!("lexicon.txt").lines().filter(|it| !it.starts_with('#')) {
        if let Some((list, entry)) = line.split_once(' ') {
            lists.entry(list).or_default().push(entry);
        }
    }
    for entries in lists.values_mut() {
        entries.sort_by_key(|it| std::cmp::Reverse(it.len()));
    }
    lists
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_are_sorted_and_in_lower_case() {
        let lines: Vec<&str> =
            include_str!("lexicon.txt").lines().filter(|it| !it.starts_with('#')).collect();
        assert!(lines.is_sorted(), "sorted");
        assert!(lines.windows(2).all(|it| it[0] != it[1]), "each once");
        assert!(lines.iter().all(|it| it.to_lowercase() == **it), "lower case");
        assert!(contains(List::Agency, "reuters") && !contains(List::Agency, "courier"));
    }
}
