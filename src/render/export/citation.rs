//! How an article is cited, in words and in the parts that citation programs take.

use std::borrow::Cow;

use crate::{
    archive::{DossierItem, Whereabouts},
    article::{ArticlePlace, Published},
    list::{Name, PassageWords, names},
};

use super::xml::one_line;

/// The year, and as much more as is known: month, day.
pub(in crate::render) fn date_parts(date: Published) -> Vec<i16> {
    match date {
        Published::Year(year) => vec![year],
        Published::Month(year, month) => vec![year, i16::from(month)],
        Published::Day(_) | Published::Instant(..) => {
            let day = date.days().0;
            vec![day.year(), i16::from(day.month()), i16::from(day.day())]
        }
    }
}

/// `— Rosa Lund, Home Minister · paragraph 3`: who speaks in a passage, and which it is; `None`
/// when neither is known.
pub(super) fn credit(passage: &PassageWords) -> Option<String> {
    let who = Some(one_line(&passage.said_by)).filter(|it| !it.is_empty());
    let which = passage.ordinal.map(|it| format!("paragraph {it}"));
    let parts: Vec<String> = who.into_iter().chain(which).collect();
    (!parts.is_empty()).then(|| format!("— {}", parts.join(" · ")))
}

/// The byline, where putting its names together does not give it back.
pub(super) fn odd_byline(item: &DossierItem) -> Option<&str> {
    let names = |it: &str| names(it).iter().map(Name::plain).collect::<Vec<_>>().join(" and ");
    item.byline.as_deref().filter(|it| names(it) != **it)
}

/// A passage with its credit on a line of its own.
pub(super) fn credited(passage: &PassageWords) -> String {
    let lines = [Some(passage.text.clone()), credit(passage)];
    lines.into_iter().flatten().collect::<Vec<_>>().join("\n")
}

/// What a reader should know before taking an article's words for those of its file.
pub(super) fn caveat(item: &DossierItem) -> Option<&'static str> {
    match item.whereabouts {
        Whereabouts::Missing => Some("The archive does not have the article: this is what the list kept."),
        Whereabouts::Changed(_) => {
            Some("The article's file has other words now than when it was put on the list.")
        }
        Whereabouts::Here(_) | Whereabouts::Moved(_) => None,
    }
}

/// What a citation is made of.
pub(in crate::render) struct Cited<'a> {
    pub(super) title: Cow<'a, str>,
    pub(super) byline: Option<Cow<'a, str>>,
    pub(super) source: Option<Cow<'a, str>>,
    pub(super) date: Option<Published>,
    pub(super) url: Option<Cow<'a, str>>,
    pub(super) path: Option<Cow<'a, str>>,
}

impl<'a> Cited<'a> {
    pub(in crate::render) fn of(item: &'a DossierItem) -> Cited<'a> {
        let text = |it: &'a Option<String>| it.as_deref().map(Cow::Borrowed);
        Cited {
            title: item.title.as_str().into(),
            byline: text(&item.byline),
            source: text(&item.source),
            date: item.date,
            url: text(&item.url),
            path: text(&item.path),
        }
    }

    /// `Leda Moss, “Harbour plan passes,” The Post, 2 January 2019, https://…` or, without an
    /// address, the path in the archive.
    pub(in crate::render) fn words(&self) -> String {
        let mut parts: Vec<String> = Vec::new();
        let people: Vec<String> =
            self.byline.as_deref().map(names).unwrap_or_default().iter().map(Name::plain).collect();
        parts.extend((!people.is_empty()).then(|| listed(&people)));
        // A headline that ends with a full stop has none before the comma.
        let title = one_line(&self.title);
        let title = title.strip_suffix(".”").map_or(title.clone(), |it| format!("{it}”"));
        let title = title.strip_suffix('.').filter(|it| !it.ends_with('.')).unwrap_or(&title);
        parts.push(format!("“{}”", title.replace('“', "‘").replace('”', "’")));
        parts.extend(self.source.as_deref().map(one_line));
        parts.push(self.date.map_or_else(|| "undated".to_owned(), Published::in_words));
        let url = self.url.as_deref().filter(|it| super::is_web(it));
        parts.extend(url.or(self.path.as_deref()).map(one_line));
        // The comma stands within the marks, and none behind a question.
        parts.join(", ").replace("?”,", "?”").replace("!”,", "!”").replace("”,", ",”")
    }
}

/// The address of a file of the archive, whose folder is seen from that of the output as
/// `to_archive`.
pub(super) fn file_address(to_archive: &str, path: &str) -> String {
    let path_encoded = encoded(path);
    // What stands before a colon would be read as the scheme of an address: `javascript:`.
    let has_scheme = path.split('/').next().is_some_and(|it| it.contains(':'));
    match to_archive {
        _ if path.starts_with('/') => path_encoded.into_owned(),
        "" if has_scheme => format!("./{path_encoded}"),
        _ => format!("{to_archive}{path_encoded}"),
    }
}

/// The part of an address or path that may stand in an attribute, a TeX argument and a line,
/// percent signs for the rest.
pub(in crate::render) fn encoded(target: &str) -> Cow<'_, str> {
    let odd = |c: char| {
        c.is_control()
            || c.is_whitespace()
            || matches!(c, '"' | '<' | '>' | '\\' | '^' | '`' | '{' | '|' | '}')
    };
    let is_web = super::is_web(target);
    // In a path these would begin the address's query or place.
    let odd = |c: char| odd(c) || !is_web && matches!(c, '%' | '#' | '?');
    // The address of an article in a file of several leads to that file.
    if let Some((file, record)) = ArticlePlace::split_address(target)
        && !is_web
        && file.rsplit('/').next().is_some_and(|it| it.contains('.'))
    {
        return format!("{}#{}", encoded(file), record + 1).into();
    }
    if !target.contains(odd) {
        return Cow::Borrowed(target);
    }
    let mut out = String::new();
    for c in target.chars() {
        if odd(c) {
            let mut bytes = [0; 4];
            c.encode_utf8(&mut bytes).bytes().for_each(|it| out.push_str(&format!("%{it:02X}")));
        } else {
            out.push(c);
        }
    }
    Cow::Owned(out)
}

/// `Ann Lee`, `Ann Lee and Bo Diaz`, `Ann Lee, Bo Diaz and Win Barlow`.
fn listed(names: &[String]) -> String {
    match names.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
        _ => names.concat(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_citation_is_as_exact_as_what_is_known() {
        let cited = |byline: Option<&'static str>, date: Option<&str>, url: Option<&'static str>| Cited {
            title: "Harbour plan passes".into(),
            byline: byline.map(Cow::from),
            source: Some("The Post".into()),
            date: date.and_then(Published::from_iso),
            url: url.map(Cow::from),
            path: Some("corpus/a.txt".into()),
        };
        for (cited, expected) in [
            (
                cited(Some("By Leda Moss and Bo Diaz"), Some("2019-01-02"), Some("https://post.example/1")),
                "Leda Moss and Bo Diaz, “Harbour plan passes,” The Post, 2 January 2019, https://post.example/1",
            ),
            (
                cited(None, Some("2019-01"), None),
                "“Harbour plan passes,” The Post, January 2019, corpus/a.txt",
            ),
            (
                cited(None, Some("2019"), Some("javascript:x")),
                "“Harbour plan passes,” The Post, 2019, corpus/a.txt",
            ),
            (cited(None, None, None), "“Harbour plan passes,” The Post, undated, corpus/a.txt"),
            (
                cited(Some("Ministry of Ports and Fisheries"), Some("2019"), None),
                "Ministry of Ports and Fisheries, “Harbour plan passes,” The Post, 2019, corpus/a.txt",
            ),
            (
                cited(Some("Leda Moss, Jr., Bo Diaz, Win van Barlow"), Some("2019"), None),
                "Leda Moss Jr., Bo Diaz and Win van Barlow, “Harbour plan passes,” The Post, 2019, corpus/a.txt",
            ),
        ] {
            assert_eq!(cited.words(), expected);
        }
        let titled =
            |title: &'static str| Cited { title: title.into(), ..cited(None, Some("2019"), None) }.words();
        assert_eq!(titled("Who pays?"), "“Who pays?” The Post, 2019, corpus/a.txt");
        assert_eq!(titled("“Nobody pays.”"), "“‘Nobody pays’,” The Post, 2019, corpus/a.txt");
    }
}
