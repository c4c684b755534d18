//! Time and memory of each stage before the index, for 1, 2, 4 and 8 times the input: both must
//! grow with the input and no faster, so that a row of the table stays level.
//!
//! What each input holds is asserted; times are not, since machines differ.

#[path = "generated.rs"]
mod generated;

use std::time::Instant;

use morgue::{
    analyze,
    article::{Article, ArticlePlace, Passage, QuoteKind},
    attribute::attribute,
    extract::{self, Context},
    read::{self, RawDocument, ReadRules},
};
use peak_alloc::PeakAlloc;

/// Counts what is allocated.
#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

/// Bytes of the smallest input, about.
const BYTES: usize = 128 << 10;
/// How many times as much the others have.
const TIMES: [usize; 4] = [1, 2, 4, 8];
/// How often each is run; the fastest run counts.
const RUNS: usize = 3;

/// A text, with what must be found in it.
struct Text {
    text: String,
    n_passages: usize,
    /// Pieces of quotes between marks alone.
    n_quotes: usize,
}

/// Makes a text that has at least this number of bytes.
type Make = fn(usize) -> Text;

/// News, and what attacks are made of: quotes by the thousand in one paragraph, or one in each.
const INPUTS: &[(&str, Make)] = &[
    ("news", news),
    ("one speaker, one paragraph", |bytes| repeated(bytes, ANSWER, 2, " ")),
    ("one speaker, a paragraph each", |bytes| repeated(bytes, ANSWER, 2, "\n\n")),
    ("short quotes, one paragraph", |bytes| repeated(bytes, "“We go,” he said.", 1, " ")),
    ("no quotes, one paragraph", |bytes| repeated(bytes, "The harbor lies below the old town.", 0, " ")),
];

const ANSWER: &str =
    "“The gate stays shut until spring,” said Bo Diaz, the keeper. “The boats can wait in the bay.”";

/// Generated articles without their headlines, as one article.
fn news(bytes: usize) -> Text {
    let mut made = Text { text: String::new(), n_passages: 0, n_quotes: 0 };
    for article in generated::articles(usize::MAX) {
        if made.text.len() >= bytes {
            break;
        }
        let (_, body) = article.text.split_once("\n\n").expect("a headline and a text");
        made.text.push_str(body);
        made.text.push('\n');
        made.n_passages += article.n_passages - 1;
        made.n_quotes += article.n_quotes;
    }
    made
}

/// A sentence again and again, each time with its number behind it where paragraphs part them: a
/// paragraph that comes again word for word is taken for the caption of a picture.
fn repeated(bytes: usize, sentence: &str, n_quotes: usize, between: &str) -> Text {
    let n = bytes / (sentence.len() + between.len());
    let parted = between != " ";
    let number = |it: usize| if parted { format!(" It was day {it}.") } else { String::new() };
    let text = (0..n).map(|it| format!("{sentence}{}{between}", number(it))).collect();
    Text { text, n_passages: if parted { n } else { 1 }, n_quotes: n_quotes * n }
}

/// Runs a stage: what it made, nanoseconds, and the most bytes that it held at once.
fn measured<T>(run: impl Fn() -> T) -> (T, f64, f64) {
    let mut runs: Vec<(T, f64, f64)> = Vec::with_capacity(1);
    let mut fastest = f64::MAX;
    for _ in 0..RUNS {
        runs.clear();
        let before = MEMORY.current_usage();
        MEMORY.reset_peak_usage();
        let start = Instant::now();
        let made = run();
        fastest = fastest.min(start.elapsed().as_nanos() as f64);
        runs.push((made, fastest, MEMORY.peak_usage().saturating_sub(before) as f64));
    }
    runs.pop().expect("a run")
}

fn read(text: &str) -> Vec<RawDocument> {
    read::documents(text.as_bytes(), "a.txt", &ReadRules::default()).flatten().collect()
}

fn extract(documents: Vec<RawDocument>) -> Article {
    let place = ArticlePlace::file("a.txt".to_owned());
    let document = documents.into_iter().next().expect("a document");
    extract::extract(document, place, &Context::default()).expect("an article")
}

fn n_words(passages: &[Passage]) -> usize {
    let mut n = 0;
    passages.iter().for_each(|it| analyze::for_each_word(&it.text, |_| n += 1));
    n
}

#[expect(clippy::print_stdout, reason = "the table is what it is for")]
fn main() {
    println!("| input | stage | ns a byte | | | | bytes held a byte | | | |");
    println!("|---|---|--:|--:|--:|--:|--:|--:|--:|--:|");
    println!("| | times the input | 1 | 2 | 4 | 8 | 1 | 2 | 4 | 8 |");
    for (name, make) in INPUTS {
        let mut rows = ["read", "extract", "attribute", "words"].map(|it| (it, Vec::new(), Vec::new()));
        for times in TIMES {
            let Text { text, n_passages, n_quotes } = make(BYTES * times);
            let mut note = |stage: usize, nanoseconds: f64, bytes: f64| {
                rows[stage].1.push(format!("{:.1}", nanoseconds / text.len() as f64));
                rows[stage].2.push(format!("{:.1}", bytes / text.len() as f64));
            };
            let (documents, time, bytes) = measured(|| read(&text));
            note(0, time, bytes);
            assert_eq!(documents.len(), 1, "documents: {name}, {times} times");
            let (article, time, bytes) = measured(|| extract(documents.clone()));
            note(1, time, bytes);
            let passages = article.passages();
            assert_eq!(passages.len(), n_passages, "passages: {name}, {times} times");
            let (quotes, time, bytes) = measured(|| attribute(passages, None));
            note(2, time, bytes);
            let direct = quotes.iter().filter(|it| it.kind == QuoteKind::Direct);
            let n_direct: usize = direct.map(|it| it.content.len()).sum();
            assert_eq!(n_direct, n_quotes, "quotes: {name}, {times} times");
            let (words, time, bytes) = measured(|| n_words(passages));
            note(3, time, bytes);
            assert!(words >= n_quotes, "words: {name}, {times} times");
        }
        for (stage, time, bytes) in rows {
            println!("| {name} | {stage} | {} | {} |", time.join(" | "), bytes.join(" | "));
        }
    }
}
