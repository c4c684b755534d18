//! Exports of WordPress (WXR 1.0 to 1.2): RSS with the posts and pages of a site, and much else.
//!
//! What was published is an article; drafts, private posts, pictures and menus are counted. The
//! text is as its writer typed it: paragraphs by blank lines, shortcodes in brackets.

mod shortcodes;

use jiff::civil::DateTime;
use morgue_core::article::FieldName;

use super::{
    feed::{About, Content, Item, ItemKind, Items, Values, choose},
    format::Format,
    html,
    xml::{Element, Name, Role},
};

/// An export of WordPress.
pub(super) const FORMAT: Format = Format {
    name: "WordPress export",
    told_by: "the root element `rss` with the namespace of WordPress exports",
    article: "a published post or page with a text",
    extensions: &["wxr"],
    fits: |start| {
        start.xml_root == Some("rss")
            && ["wordpress.org/export/", "<wp:wxr_version"].iter().any(|it| start.text.contains(it))
    },
    read: |source| Ok(Box::new(Items::new(source, &KIND)?)),
};

const KIND: ItemKind = ItemKind { role, about, item };

fn role(path: &[Name]) -> Role {
    match (path.len(), path.last().map_or("", |it| it.local.as_str())) {
        (1, _) | (2, "channel") => Role::Enter,
        (3, "item") => Role::Record,
        (3, "title" | "link" | "language" | "author") => Role::About,
        _ => Role::Skip,
    }
}

fn about(about: &mut About, _: &[Name], element: &Element) {
    let value = match element.name.local.as_str() {
        "title" => &mut about.title,
        "language" => &mut about.language,
        "link" => &mut about.link,
        _ => {
            if about.accounts.len() < ACCOUNTS_MAX {
                about.accounts.extend(account(element));
            }
            return;
        }
    };
    if value.is_empty() {
        *value = html::plain(&element.line());
    }
}

/// The writers of the largest papers are some ten thousand.
const ACCOUNTS_MAX: usize = 200_000;

/// Names of accounts and of people have some twenty letters.
const NAME_BYTES_MAX: usize = 250;

/// An account and the name of its owner. A display name that repeats the account is no name.
fn account(author: &Element) -> Option<(String, String)> {
    let value = |name: &str| author.child(name).map(Element::line).filter(|it| !it.is_empty());
    let login = value("author_login")?;
    let parts = [value("author_first_name"), value("author_last_name")];
    let full = parts.into_iter().flatten().collect::<Vec<_>>().join(" ");
    let shown = value("author_display_name").filter(|it| *it != login || full.is_empty());
    let name = shown.unwrap_or(full);
    (login.len() <= NAME_BYTES_MAX && name.len() <= NAME_BYTES_MAX).then_some((login, name))
}

fn item(item: &Element, about: &About, place: &str, passages_max: usize) -> Item {
    let value = |name: &str| item.all(name).find(|it| it.name.prefix == "wp").map(Element::line);
    let text = texts(item, "content").or_else(|| texts(item, "excerpt"));
    let kind = value("post_type").unwrap_or_default();
    if let Some(what) = left_out(&kind, value("status").as_deref(), text.is_some()) {
        return Item::LeftOut(what);
    }
    let own = |name: &'static str| item.all(name).filter(|it| it.name.prefix.is_empty());
    let mut values = Values::new("wxr", place);
    own("title").for_each(|it| values.add(FieldName::Headline, &html::plain(&it.line()), "title"));
    values.add(FieldName::Source, &about.title, "channel title");
    values
        .add_date(&post_date(value("post_date").as_deref(), value("post_date_gmt").as_deref()), "post_date");
    // Co-Authors Plus keeps all writers of a post as a kind of category.
    let writers = own("category").filter(|it| it.attribute("domain") == Some("author"));
    let writers: Vec<String> = writers.map(Element::line).filter(|it| !it.is_empty()).collect();
    for creator in item.all("creator").filter(|_| writers.is_empty()) {
        let login = creator.line();
        values.add(FieldName::Byline, about.accounts.get(&login).unwrap_or(&login), "creator");
    }
    for login in writers {
        values.add(FieldName::Byline, about.accounts.get(&login).unwrap_or(&login), "co-authors");
    }
    let categories = own("category").filter(|it| it.attribute("domain").is_none_or(|it| it == "category"));
    values.add_sections(&categories.map(|it| html::plain(&it.line())).collect::<Vec<_>>(), "category");
    own("link").for_each(|it| values.add(FieldName::Url, &it.line(), "link"));
    values.add(FieldName::Language, &about.language, "language");
    let (blocks, mut notes) = choose(text, None, passages_max);
    if value("post_password").is_some_and(|it| !it.is_empty()) {
        notes.push("is protected by a password on its site".to_owned());
    }
    Item::Article(values.document(value("post_id"), (blocks, notes)))
}

/// The time of a post by the clock of its site, with its distance from UTC where that is given too.
/// Zeros are no date.
fn post_date(local: Option<&str>, utc: Option<&str>) -> String {
    let time = |written: Option<&str>| -> Option<DateTime> {
        written?.parse().ok().filter(|it: &DateTime| it.year() > 0)
    };
    match (time(local), time(utc)) {
        (Some(local), Some(utc)) => {
            let minutes = local.duration_since(utc).as_secs() / 60;
            let (sign, distance) = (if minutes < 0 { '-' } else { '+' }, minutes.unsigned_abs());
            match distance <= DISTANCE_MINUTES_MAX && distance % 15 == 0 {
                true => format!("{local}{sign}{:02}:{:02}", distance / 60, distance % 60),
                false => local.to_string(),
            }
        }
        (Some(local), None) => local.to_string(),
        (None, Some(utc)) => format!("{utc}Z"),
        (None, None) => String::new(),
    }
}

/// The zones furthest from UTC are 14 hours ahead of it.
const DISTANCE_MINUTES_MAX: u64 = 14 * 60;

/// The text of `content:encoded` or `excerpt:encoded` as HTML with paragraphs.
fn texts(item: &Element, prefix: &str) -> Option<Content> {
    let text = item.all("encoded").find(|it| it.name.prefix == prefix)?.text();
    let text = text.trim();
    (!text.is_empty()).then(|| Content::Html(paragraphs(&shortcodes::resolved(text))))
}

/// Blank lines as the ends of paragraphs.
fn paragraphs(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    let mut blank = true;
    for line in text.lines() {
        if line.trim().is_empty() {
            out.push_str(if blank { "" } else { "<br><br>" });
            blank = true;
        } else {
            out.push_str(line);
            blank = false;
        }
        out.push('\n');
    }
    format!("<div>{out}</div>")
}

/// What an item is, unless it was published and has a text.
fn left_out(kind: &str, status: Option<&str>, has_text: bool) -> Option<String> {
    let name = NO_ARTICLES.iter().find(|(it, _)| *it == kind).map(|(_, name)| *name);
    if let Some(name) = name {
        return Some(name.to_owned());
    }
    let what = if kind.is_empty() { "post" } else { kind };
    match status.unwrap_or("publish") {
        "publish" if has_text || matches!(what, "post" | "page") => None,
        "publish" => Some(format!("empty {what}")),
        "draft" | "auto-draft" => Some("draft".to_owned()),
        "private" => Some(format!("private {what}")),
        "trash" => Some(format!("deleted {what}")),
        "future" => Some(format!("scheduled {what}")),
        "pending" => Some(format!("unreviewed {what}")),
        "inherit" => Some("attachment".to_owned()),
        status => Some(format!("{status} {what}")),
    }
}

/// Types of items that hold no article whatever their status, with what they are called: those of
/// WordPress itself, and of its most common extensions.
const NO_ARTICLES: &[(&str, &str)] = &[
    ("attachment", "attachment"),
    ("revision", "revision"),
    ("nav_menu_item", "menu item"),
    ("wp_navigation", "menu item"),
    ("custom_css", "setting"),
    ("customize_changeset", "setting"),
    ("wp_global_styles", "setting"),
    ("safecss", "setting"),
    ("oembed_cache", "cached embed"),
    ("user_request", "user request"),
    ("wp_block", "template"),
    ("wp_template", "template"),
    ("wp_template_part", "template"),
    ("wp_font_family", "setting"),
    ("wp_font_face", "setting"),
    ("elementor_library", "template"),
    ("acf-field", "setting"),
    ("acf-field-group", "setting"),
    ("wpcf7_contact_form", "form"),
    ("mc4wp-form", "form"),
    ("feedback", "filled-in form"),
    ("amp_validated_url", "setting"),
    ("scheduled-action", "setting"),
    ("tablepress_table", "table"),
    ("forum", "forum entry"),
    ("topic", "forum entry"),
    ("reply", "forum entry"),
    ("product", "shop item"),
    ("product_variation", "shop item"),
    ("shop_order", "shop item"),
    ("shop_coupon", "shop item"),
];
