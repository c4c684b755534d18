//! Lists of addresses, which hold no article: subscriptions to feeds in OPML, and sitemaps. They
//! are named, with how many addresses there are.

use morgue_core::count;

use super::{
    Documents, Problem,
    format::{Format, Source},
    xml::{Name, Part, Parts, Role},
};

/// A list of feeds.
pub(super) const OPML: Format = Format {
    name: "OPML",
    told_by: "the root element `opml`",
    article: "none: it is a list of feeds",
    extensions: &["opml"],
    fits: |start| start.xml_root == Some("opml"),
    read: |source| listed(source, outline, "OPML, a list of", "feed"),
};

/// A list of the pages of a site, or of other such lists.
pub(super) const SITEMAP: Format = Format {
    name: "sitemap",
    told_by: "the root element `urlset` or `sitemapindex`",
    article: "none: it is a list of addresses",
    extensions: &[],
    fits: |start| matches!(start.xml_root, Some("urlset" | "sitemapindex")),
    read: |source| listed(source, address, "a sitemap, a list of", "link"),
};

/// Outlines lie in each other, so that each of the body is one record with all within it.
fn outline(path: &[Name]) -> Role {
    match (path.len(), path.last().map_or("", |it| it.local.as_str())) {
        (1, _) | (2, "body") => Role::Enter,
        (3, "outline") => Role::Record,
        _ => Role::Skip,
    }
}

fn address(path: &[Name]) -> Role {
    match (path.len(), path.last().map_or("", |it| it.local.as_str())) {
        (1, _) => Role::Enter,
        (2, "url" | "sitemap") => Role::Record,
        _ => Role::Skip,
    }
}

/// The problem that says what the file is.
fn listed<'a>(
    source: Source<'a>,
    role: fn(&[Name]) -> Role,
    is: &'static str,
    what: &'static str,
) -> Result<Documents<'a>, Problem> {
    let parts = Parts::new(source.stream, source.rules, role)?;
    let mut n = 0;
    for part in parts {
        if let Part::Record { element, .. } = part? {
            let names = |it: &&super::xml::Element| {
                ["xmlUrl", "xmlurl"].iter().any(|name| it.attribute(name).is_some())
                    || it.child("loc").is_some()
            };
            n += element.within().filter(names).count();
        }
    }
    let reason = format!("is {is} {}, and holds no article", count(n, what));
    Err(Problem { place: String::new(), reason })
}
