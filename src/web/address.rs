//! Addresses of pages: the query text is the only state, so that each can be shared.

use std::fmt::Write as _;

use super::reply::Form;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// What stands in a segment of a path as it is.
const SEGMENT: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');

/// The address of a page of this server, as a link has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Address {
    path: String,
    query: String,
    fragment: String,
}

impl Address {
    /// The page whose path has these segments: `["a", id]` is `/a/…`.
    pub(super) fn to(segments: &[&str]) -> Address {
        let mut path = String::new();
        for segment in segments {
            let _ = write!(path, "/{}", utf8_percent_encode(segment, SEGMENT));
        }
        // A name that ends like a form of the page is not one.
        if let Some(form) = Form::ALL.iter().find(|it| **it != Form::Page && path.ends_with(it.extension())) {
            let dot = path.len() - form.extension().len();
            path.replace_range(dot..=dot, "%2E");
        }
        // A browser takes `..` for the folder above, however it is escaped: no page is called so.
        Address { path, query: String::new(), fragment: String::new() }
    }

    /// The search page for a query.
    pub(super) fn search(query: &str) -> Address {
        Address::to(&["search"]).with("q", query)
    }

    /// The page of an article, where `query` is marked if there is one.
    pub(super) fn article(id: &str, query: &str) -> Address {
        Address::to(&["a", id]).with("q", query)
    }

    /// The page of whoever a name means.
    pub(super) fn person(name: &str) -> Address {
        Address::to(&["people", name])
    }

    /// The page of the person whom the archive calls so, and of nobody else with that name: a
    /// single word is the name of some and a part of others'.
    pub(super) fn person_called(full_name: &str) -> Address {
        let is_plain = full_name.chars().all(|it| it.is_alphanumeric() || " .,'’-()".contains(it));
        let exactly = if is_plain && full_name.contains(' ') { "" } else { "1" };
        Address::person(full_name).with("exactly", exactly)
    }

    /// The comparison of two articles.
    pub(super) fn compare(one: &str, other: &str) -> Address {
        Address::to(&["compare", one, other])
    }

    /// The page of a list.
    pub(super) fn list(name: &str) -> Address {
        Address::to(&["lists", name])
    }

    /// A page of this server that a form leads back to, as the form says; `None` for any other
    /// address, since nobody is to be led elsewhere.
    pub(super) fn back(text: &str) -> Option<Address> {
        let is_ours = text.starts_with('/')
            && !text[1..].starts_with(['/', '\\'])
            && text.chars().all(|it| it.is_ascii_graphic());
        let (rest, fragment) = text.split_once('#').unwrap_or((text, ""));
        let (path, query) = rest.split_once('?').unwrap_or((rest, ""));
        let with = |sign: &str, it: &str| if it.is_empty() { String::new() } else { format!("{sign}{it}") };
        is_ours.then(|| Address {
            path: path.to_owned(),
            query: with("?", query),
            fragment: with("#", fragment),
        })
    }

    /// The same without a parameter.
    pub(super) fn without(mut self, name: &str) -> Address {
        let is_it = |it: &&str| it.split('=').next() == Some(name);
        let kept: Vec<&str> = self.query.trim_start_matches('?').split('&').filter(|it| !is_it(it)).collect();
        let kept = kept.join("&");
        self.query = if kept.is_empty() { kept } else { format!("?{kept}") };
        self
    }

    /// The same with a parameter, unless its value is empty.
    pub(super) fn with(mut self, name: &str, value: &str) -> Address {
        if !value.is_empty() {
            self.query.push(if self.query.is_empty() { '?' } else { '&' });
            self.query.push_str(name);
            self.query.push('=');
            self.query.extend(form_urlencoded::byte_serialize(value.as_bytes()));
        }
        self
    }

    /// The same at a place of the page: `p7`.
    pub(super) fn at(mut self, place: &str) -> Address {
        self.fragment = format!("#{place}");
        self
    }

    /// The same page in another form: `.json`.
    pub(super) fn in_form(mut self, extension: &str) -> Address {
        self.path.push_str(extension);
        self
    }
}

impl std::fmt::Display for Address {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Address { path, query, fragment } = self;
        write!(f, "{path}{query}{fragment}")
    }
}

impl maud::Render for Address {
    fn render_to(&self, buffer: &mut String) {
        self.to_string().as_str().render_to(buffer);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_leads_back_to_this_server_only() {
        for ours in ["/search?q=siren", "/lists/a%20b#e2"] {
            assert_eq!(Address::back(ours).map(|it| it.to_string()).as_deref(), Some(ours));
        }
        for other in [
            "",
            "//evil.example/",
            "/\\evil.example",
            "https://evil.example",
            "/a\r\nX: y",
            "javascript:1",
            "/\u{e9}",
        ] {
            assert_eq!(Address::back(other), None, "{other:?}");
        }
    }

    #[test]
    fn a_parameter_is_left_out() {
        for (before, after) in [
            ("/lists/a?taken=3", "/lists/a"),
            ("/lists/a?show=read&taken=3#e2", "/lists/a?show=read#e2"),
            ("/lists/a?taken=3&show=read", "/lists/a?show=read"),
            ("/lists/taken?show=taken", "/lists/taken?show=taken"),
        ] {
            let without = Address::back(before).map(|it| it.without("taken").to_string());
            assert_eq!(without.as_deref(), Some(after));
        }
    }

    #[test]
    fn what_is_typed_survives_its_way_through_an_address() {
        for (address, shown) in [
            (Address::search("siren source:\"A&B\""), "/search?q=siren+source%3A%22A%26B%22"),
            (Address::article("0a0e6428de-208441", "").at("p7"), "/a/0a0e6428de-208441#p7"),
            (Address::person("Jean-Luc O’Hara/Ström"), "/people/Jean-Luc%20O%E2%80%99Hara%2FStr%C3%B6m"),
            (Address::list("a?b#c").in_form(".json"), "/lists/a%3Fb%23c.json"),
            (Address::list("notes.csv").in_form(".csv"), "/lists/notes%2Ecsv.csv"),
            (Address::person("data.json"), "/people/data%2Ejson"),
            (Address::person_called("Renn"), "/people/Renn?exactly=1"),
        ] {
            assert_eq!(address.to_string(), shown);
        }
    }
}
