//! Exports opened by programs that nobody here wrote: epubcheck, bibtex, bibutils, pandoc,
//! Chromium.
//!
//! With `MORGUE_READERS=required`, as `.ci/run` has it, a program that is missing fails the test;
//! otherwise the test says that it skipped what needs it.

use std::{
    fs,
    path::Path,
    process::{Command, Output},
};

use crate::support::Newsroom;

/// Runs a program in a folder; `None` when it is not installed and need not be.
#[track_caller]
fn reader(folder: &Path, program: &str, args: &[&str]) -> Option<Output> {
    match Command::new(program).args(args).current_dir(folder).output() {
        Ok(output) => Some(output),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            let required = std::env::var("MORGUE_READERS").is_ok_and(|it| it == "required");
            assert!(!required, "`{program}` is not installed");
            skipped(program);
            None
        }
        Err(error) => panic!("`{program}`: {error}"),
    }
}

#[expect(clippy::print_stderr, reason = "a test that proves nothing says so")]
fn skipped(program: &str) {
    eprintln!("skipped: `{program}` is not installed");
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// What nobody should put in a headline.
const NASTY: &str =
    r#"“Quotes” "and" {braces} \input{x} $5_000 & 50% <b>bold</b> #1 ~x ^y]]> &amp; 🗞️ שלום — مرحبا"#;

fn newsroom() -> Newsroom {
    let nasty = serde_json::json!({
        "title": NASTY, "date": "2018", "url": "https://post.example/a_b?c=1&d=2#e",
        "text": "The harbour will be <script>alert(1)</script> dredged.\n\nA second paragraph of the harbour story, with & signs.",
        "author": "Corravan Press Agency", "source": "R&D \"Weekly\"",
    });
    let plain = serde_json::json!({
        "title": "Harbour plan passes", "date": "2019-01-02", "url": "https://post.example/plan",
        "text": "The council agreed to dredge the harbour.\n\n“The harbour will be dredged,” Home Minister Rosa Lund told the council.",
        "author": "Leda Moss and Bo van der Diaz", "source": "The Post",
    });
    let undated = serde_json::json!({
        "title": "Herring return", "text": "Herring are back in the harbour, fishermen said.\n\nThey had been away.",
    });
    let newsroom = Newsroom::new()
        .article("plan.json", plain.to_string())
        .article("nasty.json", nasty.to_string())
        .article("herring.json", undated.to_string())
        .ingested();
    list(&newsroom, &["new", "harbour", "harbour", "--order", "date", "--title", "The harbour & its <mud>"]);
    list(&newsroom, &["note", "harbour", "1", "She denies it: 100% {sure} & \\happy\n\nקרא <i>again</i>"]);
    list(&newsroom, &["tag", "harbour", "1", "R&D", "50%"]);
    newsroom
}

#[track_caller]
fn list(newsroom: &Newsroom, args: &[&str]) {
    newsroom.run(["list"].into_iter().chain(args.iter().copied())).expect_status(0);
}

#[track_caller]
fn export(newsroom: &Newsroom, format: &str, file: &str, more: &[&str]) {
    let args = ["export", "harbour", "--to", format, "-o", file];
    list(newsroom, &args.into_iter().chain(more.iter().copied()).collect::<Vec<_>>());
}

#[test]
fn epubcheck_finds_no_fault() {
    let newsroom = newsroom();
    for (file, more) in
        [("full.epub", &[][..]), ("passages.epub", &["--passages-only"]), ("receipt.epub", &["--receipt"])]
    {
        export(&newsroom, "epub", file, more);
        // Debian's program is a JAR that only some kernels start by themselves.
        let jar = "/usr/share/java/epubcheck.jar";
        let output = match Path::new(jar).exists() {
            true => reader(&newsroom.path(""), "java", &["-jar", jar, "--failonwarnings", file]),
            false => reader(&newsroom.path(""), "epubcheck", &["--failonwarnings", file]),
        };
        let Some(output) = output else { return };
        let said = text(&output.stdout) + &text(&output.stderr);
        assert!(output.status.success() && said.contains("No errors or warnings"), "{file}: {said}");
        let Some(output) = reader(&newsroom.path(""), "pandoc", &["-t", "plain", "--wrap=none", file]) else {
            return;
        };
        let shown = text(&output.stdout);
        // The cover, the contents, a chapter with its number, a note, the paragraph it stands
        // below.
        for words in [
            "The harbour & its <mud>",
            "Contents",
            "Harbour plan passes (The Post, 2019-01-02)",
            "100% {sure} & \\happy",
            "The council agreed to dredge the harbour.",
        ] {
            assert!(shown.contains(words), "{file}: {words}: {shown}");
        }
    }
}

#[test]
fn bibtex_makes_a_bibliography_without_a_warning() {
    let newsroom = newsroom();
    list(&newsroom, &["remove", "harbour", "3"]);
    export(&newsroom, "bibtex", "harbour.bib", &[]);
    newsroom.write("paper.aux", "\\relax\n\\citation{*}\n\\bibstyle{plain}\n\\bibdata{harbour}\n");
    let Some(output) = reader(&newsroom.path(""), "bibtex", &["paper"]) else { return };
    let said = text(&output.stdout);
    assert!(output.status.success() && !said.contains("Warning"), "{said}");
    let made = fs::read_to_string(newsroom.path("paper.bbl")).unwrap();
    assert!(
        made.contains("Leda Moss and Bo~van~der Diaz.") && made.contains("{Harbour plan passes}"),
        "{made}"
    );
    assert!(made.contains("{\\em The Post}, January 2019"), "{made}");
    assert!(made.contains("{Corravan Press Agency}"), "{made}");
}

#[test]
fn an_unsigned_article_is_sorted_and_labelled_by_its_outlet() {
    let article = |title: &str, source: &str, author: Option<&str>| {
        let text = "The harbour fares rise in spring.\n\nThe council said nothing.";
        let date = "2020-03-04";
        serde_json::json!({ "title": title, "date": date, "source": source, "text": text, "author": author })
            .to_string()
    };
    let newsroom = Newsroom::new()
        .article("a.json", article("All fares rise", "Ledger", None))
        .article("b.json", article("Bridge fares rise", "Courier", None))
        .article("c.json", article("City fares rise", "Echo", Some("Leda Dohl")))
        .ingested();
    list(&newsroom, &["new", "harbour", "fares"]);
    export(&newsroom, "bibtex", "harbour.bib", &[]);
    newsroom.write("paper.aux", "\\relax\n\\citation{*}\n\\bibstyle{alpha}\n\\bibdata{harbour}\n");
    let Some(output) = reader(&newsroom.path(""), "bibtex", &["paper"]) else { return };
    let said = text(&output.stdout);
    let warnings: Vec<&str> = said.lines().filter(|it| it.starts_with("Warning")).collect();
    assert!(warnings.len() == 2 && warnings.iter().all(|it| it.contains("empty author in")), "{said}");
    let made = fs::read_to_string(newsroom.path("paper.bbl")).unwrap();
    let labels: Vec<&str> = made.lines().filter_map(|it| it.strip_prefix("\\bibitem[")).collect();
    let labels: Vec<&str> = labels.iter().filter_map(|it| it.split_once(']')).map(|it| it.0).collect();
    assert_eq!(labels, ["Cou20", "Doh20", "Led20"], "{made}");
    assert_eq!(made.matches("Courier").count(), 1, "the outlet is not its own author: {made}");
    let Some(rendered) = cited(&newsroom, "bibtex", "harbour.bib") else { return };
    assert!(rendered.starts_with("Courier. 2020. “Bridge Fares Rise"), "{rendered}");
}

/// The references as Chicago style, plain.
fn cited(newsroom: &Newsroom, from: &str, file: &str) -> Option<String> {
    let output = reader(
        &newsroom.path(""),
        "pandoc",
        &["-f", from, "-t", "plain", "--wrap=none", "--citeproc", file],
    )?;
    assert!(output.status.success(), "{}", text(&output.stderr));
    Some(text(&output.stdout))
}

#[test]
fn pandoc_cites_the_same_from_csl_json_and_bibtex() {
    let newsroom = newsroom();
    export(&newsroom, "csl-json", "harbour.json", &[]);
    export(&newsroom, "bibtex", "harbour.bib", &[]);
    let Some(csl) = cited(&newsroom, "csljson", "harbour.json") else { return };
    // What keeps a citation program from taking words for its tags is not seen.
    let csl = csl.replace('\u{2060}', "");
    let Some(bibtex) = cited(&newsroom, "bibtex", "harbour.bib") else { return };
    assert!(
        csl.contains("Moss, Leda, and Bo van der Diaz. 2019. “Harbour Plan Passes.” The Post, January 2, 2019. https://post.example/plan"),
        "{csl}"
    );
    assert!(
        bibtex.contains("Moss, Leda, and Bo van der Diaz. 2019. “Harbour Plan Passes.” The Post, January 2, 2019. https://post.example/plan"),
        "{bibtex}"
    );
    for rendered in [&csl, &bibtex] {
        for words in [
            "Corravan Press Agency. 2018.",
            "{braces}",
            "\\input{x}",
            "$5_000",
            "50%",
            "<b>",
            "🗞️",
            "שלום",
            "R&D",
        ] {
            assert!(rendered.to_lowercase().contains(&words.to_lowercase()), "{words}: {rendered}");
        }
    }
}

#[test]
fn bibutils_reads_ris() {
    let newsroom = newsroom();
    export(&newsroom, "ris", "harbour.ris", &[]);
    let Some(output) = reader(&newsroom.path(""), "ris2xml", &["harbour.ris"]) else { return };
    assert!(text(&output.stderr).contains("Processed 3 references"), "{}", text(&output.stderr));
    newsroom.write("harbour.xml", &output.stdout);
    let Some(output) = reader(&newsroom.path(""), "xml2bib", &["-nb", "harbour.xml"]) else { return };
    newsroom.write("harbour.bib", &output.stdout);
    let Some(rendered) = cited(&newsroom, "bibtex", "harbour.bib") else { return };
    assert!(
        rendered.contains("Moss, Leda, and Bo van der Diaz. 2019. “Harbour Plan Passes.” The Post, January"),
        "{rendered}"
    );
}

/// Chromium without a window, a profile or a wish for the network.
#[track_caller]
fn chromium(newsroom: &Newsroom, args: &[&str]) -> Option<Output> {
    let profile = format!("--user-data-dir={}", newsroom.path("profile").display());
    let mut all = vec![
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        &profile,
    ];
    all.extend(args);
    reader(&newsroom.path(""), "chromium", &all)
}

#[test]
fn chromium_shows_the_page_and_runs_nothing() {
    let newsroom = newsroom();
    export(&newsroom, "html", "harbour.html", &["--full", "--receipt"]);
    newsroom.run(["quotes", "Rosa Lund", "--export", "html", "-o", "quotes.html"]).expect_status(0);
    for (file, words) in [("harbour.html", "alert(1)"), ("quotes.html", "Home Minister")] {
        let address = format!("file://{}", newsroom.path(file).display());
        let Some(output) = chromium(&newsroom, &["--dump-dom", &address]) else { return };
        let page = text(&output.stdout);
        assert!(page.contains(words) && !page.contains("<script>"), "{page}");
        let shot = format!("--screenshot={}", newsroom.path("page.png").display());
        chromium(&newsroom, &["--window-size=800,1000", &shot, &address]);
        let bytes = fs::metadata(newsroom.path("page.png")).unwrap().len();
        assert!(bytes > 10_000, "a page with text on it, not {bytes} bytes");
    }
}

#[test]
fn the_policy_of_a_page_allows_its_own_style() {
    let newsroom = newsroom();
    export(&newsroom, "html", "harbour.html", &[]);
    let page = fs::read_to_string(newsroom.path("harbour.html")).unwrap();
    let style = page.split_once("<style>").and_then(|it| it.1.split_once("</style>")).unwrap().0;
    newsroom.write("style.css", style);
    let Some(output) = reader(&newsroom.path(""), "sha256sum", &["style.css"]) else { return };
    let hex = text(&output.stdout);
    let bytes: Vec<u8> = (0..32).map(|n| u8::from_str_radix(&hex[2 * n..2 * n + 2], 16).unwrap()).collect();
    assert!(
        page.contains(&format!("sha256-{}", base64(&bytes))),
        "the digest of the style is {}",
        base64(&bytes)
    );
}

fn base64(bytes: &[u8]) -> String {
    const SIGNS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::new();
    for chunk in bytes.chunks(3) {
        let word =
            chunk.iter().enumerate().fold(0_u32, |word, (n, it)| word | u32::from(*it) << (16 - 8 * n));
        for n in 0..4 {
            let sign = char::from(SIGNS[(word >> (18 - 6 * n)) as usize & 63]);
            out.push(if n <= chunk.len() { sign } else { '=' });
        }
    }
    out
}

#[test]
fn a_word_processor_takes_the_quote_sheet() {
    let newsroom = newsroom();
    newsroom.run(["quotes", "Rosa Lund", "--export", "docx-html", "-o", "quotes.html"]).expect_status(0);
    let args = ["-f", "html", "-t", "docx", "-o", "quotes.docx", "quotes.html"];
    let Some(output) = reader(&newsroom.path(""), "pandoc", &args) else { return };
    assert!(output.status.success(), "{}", text(&output.stderr));
    let output =
        reader(&newsroom.path(""), "pandoc", &["-t", "plain", "--wrap=none", "quotes.docx"]).unwrap();
    let shown = text(&output.stdout);
    for words in [
        "The harbour will be dredged",
        "Rosa Lund, Home Minister",
        "The Post, 2 January 2019",
        "told the council",
    ] {
        assert!(shown.contains(words), "{words}: {shown}");
    }
}

#[test]
fn feed_readers_take_the_feeds() {
    let newsroom = newsroom();
    for (format, file) in [("atom", "harbour.atom"), ("json-feed", "harbour.feed.json")] {
        export(&newsroom, format, file, &[]);
        let feed = feed_rs::parser::parse(&fs::read(newsroom.path(file)).unwrap()[..]).unwrap();
        assert_eq!(feed.title.unwrap().content, "The harbour & its <mud>");
        assert_eq!(feed.entries.len(), 3);
        let plan = feed
            .entries
            .iter()
            .find(|it| it.title.as_ref().unwrap().content == "Harbour plan passes")
            .unwrap();
        assert_eq!(plan.published.unwrap().to_rfc3339(), "2019-01-02T00:00:00+00:00");
        assert_eq!(
            plan.authors.iter().map(|it| it.name.as_deref().unwrap_or_default()).collect::<Vec<_>>(),
            ["Leda Moss", "Bo van der Diaz"]
        );
        assert_eq!(plan.links[0].href, "https://post.example/plan");
    }
}
