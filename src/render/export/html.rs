//! A dossier as one HTML page that needs nothing else: to read, to print, in light and dark.

use std::io::{self, Write};

use morgue_core::count;

use crate::archive::Dossier;

use super::{
    super::terminal::date,
    ExportOptions,
    body::{self, FileLinks},
    receipt,
    xml::{Xml, one_line},
};

/// The whole style. No `<`, `>` or `&`: it stands in the page as it is, and [`STYLE_DIGEST`] allows
/// it and nothing else.
pub(super) const STYLE: &str = "\
:root{color-scheme:light dark;--ink:#1c1b19;--paper:#fdfcf9;--faint:#5d5a54;--line:#d9d5cc;--note:#f4ecd0;--mark:#fff1b8;--link:#0b4f8a}
@media (prefers-color-scheme:dark){:root{--ink:#e9e6df;--paper:#191817;--faint:#a8a49b;--line:#3b3935;--note:#3a331c;--mark:#4a4015;--link:#8fc1f0}}
*{box-sizing:border-box}
body{margin:0 auto;padding:2rem 1.25rem 4rem;max-width:42rem;background:var(--paper);color:var(--ink);font:1.0625rem/1.6 Georgia,'Noto Serif',serif;overflow-wrap:break-word}
a{color:var(--link)}
h1{font-size:1.9rem;line-height:1.2;margin:0 0 .5rem}
h2{font-size:1.35rem;line-height:1.3;margin:0 0 .25rem}
h3{font-size:1.05rem}
header,nav,footer{border-bottom:1px solid var(--line);margin-bottom:2rem;padding-bottom:1rem}
footer{border:0;border-top:1px solid var(--line);padding-top:1rem;font-size:.85rem;color:var(--faint)}
nav ol{padding-left:1.75rem;margin:0}
nav li{margin:.2rem 0}
.date{white-space:nowrap}
nav span,.about,.reference,.also,.tags,.said-by,.missing,.back{color:var(--faint);font-size:.9rem}
.reference,.also,.tags,.missing{margin:.15rem 0}
article{margin:0 0 2.5rem;padding-bottom:1.5rem;border-bottom:1px solid var(--line)}
blockquote{margin:1rem 0;padding:.1rem 0 .1rem 1rem;border-left:3px solid var(--line)}
blockquote p{margin:.4rem 0}
.note{background:var(--note);border-radius:4px;padding:.5rem .9rem;margin:1rem 0;font-family:system-ui,sans-serif;font-size:.95rem}
.note p{margin:.35rem 0}
.chosen{background:var(--mark);box-shadow:0 0 0 .3rem var(--mark)}
.caption{color:var(--faint);font-size:.9rem}
table{border-collapse:collapse;width:100%;font-size:.8rem}
td,th{border-bottom:1px solid var(--line);padding:.2rem .4rem .2rem 0;text-align:left;vertical-align:top}
@media print{:root{--ink:#000;--paper:#fff;--faint:#333;--line:#999;--note:#fff;--mark:#fff;--link:#000}body{max-width:none;padding:0;font-size:10.5pt}nav{break-after:page}h2,.reference,.also,.tags,.missing{break-after:avoid}h2,blockquote,.note{break-inside:avoid}.note{border:1px solid #999}.chosen{box-shadow:none;font-weight:bold}}
";

/// SHA-256 of [`STYLE`], as a content security policy names it; a test compares.
pub(super) const STYLE_DIGEST: &str = "sha256-NwGbtmc2frBa9RFTD2l3iQ8d7ajmsNdtQlYYTeD5aVg=";

pub(super) fn write(dossier: &Dossier, options: &ExportOptions<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut xml = start(&dossier.title);
    xml.open("header", &[]).element("h1", &[("dir", "auto")], &one_line(&dossier.title));
    xml.element("p", &[("class", "about"), ("dir", "auto")], &about(dossier, options));
    introduction(&mut xml, dossier);
    if let Some(scope) = options.scope {
        scope.html(&mut xml);
    }
    xml.close();
    xml.open("nav", &[("aria-label", "Contents")]).open("ol", &[]);
    for (n, item) in dossier.items.iter().enumerate() {
        xml.open("li", &[]).element(
            "a",
            &[("href", &format!("#a{}", n + 1)), ("dir", "auto")],
            &one_line(&item.title),
        );
        xml.text(" ").open("span", &[]);
        if let Some(source) = &item.source {
            xml.text(&format!("{}, ", one_line(source)));
        }
        xml.element("bdi", &[("class", "date")], &date(item.date)).close().close();
    }
    xml.close().close().open("main", &[]);
    for (n, item) in dossier.items.iter().enumerate() {
        let language = item.language.as_deref().unwrap_or("und");
        xml.open("article", &[("id", &format!("a{}", n + 1)), ("lang", language)]);
        body::heading(&mut xml, "h2", n + 1, item);
        body::item(&mut xml, item, options, FileLinks::To(&options.to_archive));
        xml.close().raw("\n");
    }
    xml.close();
    xml.open("footer", &[]);
    xml.element("p", &[], &super::made(options.made));
    receipt::html(&mut xml, options);
    out.write_all(xml.finish().as_bytes())?;
    writeln!(out)
}

/// The page up to its content. Its policy lets it load and run nothing, and use one style.
pub(super) fn start(title: &str) -> Xml {
    let mut xml = Xml::new();
    let policy =
        format!("default-src 'none'; style-src '{STYLE_DIGEST}'; base-uri 'none'; form-action 'none'");
    xml.raw("<!DOCTYPE html>\n").open("html", &[("lang", "en")]).open("head", &[]);
    xml.empty("meta", &[("charset", "utf-8")]);
    xml.empty("meta", &[("http-equiv", "Content-Security-Policy"), ("content", &policy)]);
    xml.empty("meta", &[("name", "viewport"), ("content", "width=device-width, initial-scale=1")]);
    xml.empty("meta", &[("name", "referrer"), ("content", "no-referrer")]);
    xml.element("title", &[], &one_line(title));
    xml.open("style", &[]).raw(STYLE).close();
    xml.close().raw("\n").open("body", &[]);
    xml
}

pub(super) fn introduction(xml: &mut Xml, dossier: &Dossier) {
    for paragraph in dossier.introduction.split("\n\n").filter(|it| !it.trim().is_empty()) {
        xml.element("p", &[("dir", "auto")], paragraph);
    }
}

/// `30 articles · query: harbour · as of 2026-11-22`; of results also how many of how many, how the
/// query was read, and the state of the archive.
pub(super) fn about(dossier: &Dossier, options: &ExportOptions<'_>) -> String {
    let mut parts = vec![count(dossier.items.len(), "article")];
    parts.extend(options.scope.map(|it| it.extent.to_string()));
    parts.extend(dossier.query.as_ref().map(|it| format!("query: {}", one_line(it))));
    parts.extend(dossier.refreshed.or(dossier.created).map(|it| format!("as of {it}")));
    parts.extend(options.scope.into_iter().flat_map(|it| it.origin()));
    parts.join(" · ")
}
