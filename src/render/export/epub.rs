//! A dossier as an EPUB 3 book: a cover page, contents, and a chapter an article with its notes
//! inline.

use std::{
    collections::BTreeMap,
    io::{self, Write},
};

use epub_builder::{EpubBuilder, EpubContent, EpubVersion, ReferenceType, ZipLibrary};

use crate::archive::{Dossier, DossierItem};

use super::{
    super::terminal::date,
    ExportOptions,
    body::{self, FileLinks},
    html, receipt,
    xml::{Xml, one_line},
};

const STYLE: &str = "\
body{margin:5%;line-height:1.5}
h1{font-size:1.4em;line-height:1.25}
.cover{text-align:center;padding-top:20%}
.cover h1{font-size:2em}
.reference,.also,.tags,.said-by,.missing,.back,.about{font-size:.85em;opacity:.8}
blockquote{margin:1em 0;padding-left:1em;border-left:.2em solid #888}
.note{border:1px solid #888;border-radius:.3em;padding:.2em .8em;margin:1em 0;font-family:sans-serif;font-size:.95em}
.chosen{border-left:.2em solid #c90;padding-left:.6em}
.caption{font-size:.85em}
.back{margin-top:2em}
nav ol,nav ul{list-style:none;padding-left:0}
nav li{margin:.3em 0}
table{font-size:.75em}
";

pub(super) fn write(dossier: &Dossier, options: &ExportOptions<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut packed = Vec::new();
    pack(dossier, options, &mut packed).map_err(|it| io::Error::other(it.to_string()))?;
    out.write_all(&packed)
}

fn pack(dossier: &Dossier, options: &ExportOptions<'_>, out: &mut Vec<u8>) -> epub_builder::Result<()> {
    let mut book = EpubBuilder::new(ZipLibrary::new()?)?;
    book.epub_version(EpubVersion::V33);
    book.set_title(one_line(&dossier.title));
    book.set_generator(format!("morgue {}", env!("CARGO_PKG_VERSION")));
    book.set_toc_name("Contents");
    book.add_description(html::about(dossier, options));
    book.set_languages(vec![language(dossier)]);
    let made = chrono::DateTime::from_timestamp(options.made.as_second(), 0).unwrap_or_default();
    book.set_modified_date(made);
    book.set_publication_date(made);
    book.set_uuid(super::uuid_of(&[&dossier.name, &dossier.title, &options.made.to_string()]));
    book.stylesheet(STYLE.as_bytes())?;
    let cover = page(&dossier.title, |xml| cover(xml, dossier, options));
    book.add_content(
        EpubContent::new("cover.xhtml", cover.as_bytes()).title("Cover").reftype(ReferenceType::Cover),
    )?;
    book.inline_toc();
    for (n, item) in dossier.items.iter().enumerate() {
        let chapter = chapter(n + 1, item, options);
        let name = format!("article-{:04}.xhtml", n + 1);
        let content = EpubContent::new(name, chapter.as_bytes())
            .title(in_contents(n + 1, item))
            .reftype(ReferenceType::Text);
        book.add_content(content)?;
    }
    if options.receipt.is_some() {
        let last = page("Receipt", |xml| receipt::html(xml, options));
        book.add_content(EpubContent::new("receipt.xhtml", last.as_bytes()).title("Receipt"))?;
    }
    book.generate(out)
}

/// The language that most articles are in; `und` when none says.
fn language(dossier: &Dossier) -> String {
    let mut known: BTreeMap<&str, usize> = BTreeMap::new();
    for language in dossier.items.iter().filter_map(|it| it.language.as_deref()) {
        *known.entry(language).or_default() += 1;
    }
    let most = known.into_iter().max_by_key(|it| it.1);
    most.map_or_else(|| "und".to_owned(), |it| it.0.to_owned())
}

fn page(title: &str, body: impl FnOnce(&mut Xml)) -> String {
    let mut xml = Xml::new();
    xml.raw("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE html>\n");
    let names = [("xmlns", "http://www.w3.org/1999/xhtml"), ("xmlns:epub", "http://www.idpf.org/2007/ops")];
    xml.open("html", &[names[0], names[1], ("lang", "en"), ("xml:lang", "en")]);
    xml.open("head", &[]).element("title", &[], body::title_or(&one_line(title)));
    xml.empty("link", &[("rel", "stylesheet"), ("type", "text/css"), ("href", "stylesheet.css")]).close();
    xml.open("body", &[]);
    body(&mut xml);
    xml.finish()
}

fn cover(xml: &mut Xml, dossier: &Dossier, options: &ExportOptions<'_>) {
    xml.open("section", &[("class", "cover"), ("epub:type", "cover")]);
    xml.element("h1", &[("dir", "auto")], body::title_or(&one_line(&dossier.title)));
    xml.element("p", &[("class", "about"), ("dir", "auto")], &html::about(dossier, options));
    html::introduction(xml, dossier);
    if let Some(scope) = options.scope {
        scope.html(xml);
    }
    xml.element("p", &[("class", "about")], &super::made(options.made)).close();
}

/// `3. Harbour plan passes (The Post, 2019-01-02)`.
fn in_contents(number: usize, item: &DossierItem) -> String {
    let known: Vec<String> =
        item.source.as_deref().map(one_line).into_iter().chain([date(item.date)]).collect();
    format!("{number}. {} ({})", body::title_or(&one_line(&item.title)), known.join(", "))
}

/// The page of an article.
pub(super) fn chapter(number: usize, item: &DossierItem, options: &ExportOptions<'_>) -> String {
    let language = item.language.as_deref().unwrap_or("und");
    page(&item.title, |xml| {
        xml.open("section", &[("epub:type", "chapter"), ("lang", language), ("xml:lang", language)]);
        body::heading(xml, "h1", number, item);
        body::item(xml, item, options, FileLinks::None);
        xml.open("p", &[("class", "back")])
            .element("a", &[("href", "toc.xhtml")], "Contents")
            .close()
            .close();
    })
}
