//! The people of a large archive: worked out, brought up to date for one article, asked for.
//!
//!     cargo bench --bench people                          20,000 quotes
//!     cargo bench --bench people -- 2000000               2,000,000; minutes, and some gigabytes
//!     cargo bench --bench people -- 2000000 --in FOLDER   uses the archive there, or keeps one
//!
//! Answers are those of an archive that was opened just now. The counts are asserted; times are
//! printed, since machines differ.

#![expect(clippy::print_stdout, reason = "it is its result")]

mod crowd;
#[path = "generated.rs"]
mod generated;

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
    time::Instant,
};

use crowd::Crowd;
use jiff::civil::Date;
use morgue::{
    archive::Archive,
    index::{FileRecord, Index, KeptFile},
    query::Facet,
    roster::{self, Decisions, Touched},
    search::{CountsRequest, QuotesRequest, Selection, SpeakersRequest, TypedQuery},
};

#[global_allocator]
static MEMORY: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Quotes of an article in the mean, as the crowd makes them.
const QUOTES_PER_ARTICLE: f64 = 3.5;

fn main() {
    let (mut n_quotes, mut folder) = (20_000, None);
    let mut args = std::env::args().skip(1);
    while let Some(arg) = args.next() {
        match arg.as_str() {
            "--in" => folder = args.next().map(PathBuf::from),
            // What cargo gives.
            other if other.starts_with('-') => (),
            n => n_quotes = n.parse().expect("a number of quotes"),
        }
    }
    let temporary = tempfile::tempdir().expect("a temporary folder");
    let folder = folder.unwrap_or_else(|| temporary.path().to_owned());
    let crowd = Crowd::new(n_quotes);
    let n_articles = (n_quotes as f64 / QUOTES_PER_ARTICLE) as usize;
    let index = match Index::open(&folder.join("index")) {
        Ok(index) => index,
        Err(_) => timed("index written", || write(&folder, &crowd, n_articles)),
    };
    let decisions = Decisions::parse("").expect("no corrections");
    let snapshot = index.snapshot().expect("a commit");
    let counts = snapshot.counts().expect("counts");
    println!("{} articles, {} quotes", counts.articles, counts.quotes);
    let spoken = timed("appearances read", || snapshot.spoken().expect("speakers"));
    let n_spoken: usize = spoken.iter().flat_map(|it| &it.appearances).map(|it| it.n_quotes).sum();
    assert_eq!(n_spoken, counts.quotes, "every quote has a speaker");
    println!("{} written names", spoken.len());
    drop(spoken);
    let table = timed("all people", || roster::anew(&snapshot, &decisions).expect("people"));
    let people = table.summaries().expect("summaries");
    let n_of_people: usize = people.iter().map(|it| it.1.n_quotes).sum();
    assert_eq!(n_of_people, counts.quotes, "every quote is somebody's");
    let bytes = snapshot.kept(KeptFile::PeopleBase).expect("a file").map_or(0, |it| it.len());
    println!("{} people, {:.1} MB", people.len(), bytes as f64 / 1e6);
    drop((table, snapshot));
    one_article(&index, &crowd, &decisions);
    answers(&folder, &crowd);
}

fn write(folder: &Path, crowd: &Crowd, n_articles: usize) -> Index {
    let index = Index::create(&folder.join("index")).expect("an index");
    let mut writer = index.writer(2, 512_000_000).expect("a writer");
    for number in 0..n_articles {
        add(&writer, crowd, number);
    }
    writer.commit().expect("a commit");
    writer.finish().expect("merged segments");
    index
}

fn add(writer: &morgue::index::Writer, crowd: &Crowd, number: usize) {
    let (article, quotes) = crowd.article(number);
    writer.add(&article, &quotes).expect("a written article");
    let record = FileRecord {
        articles: 1,
        passages: article.passages().len(),
        quotes: quotes.len(),
        ..FileRecord::unread(&article.place.path, 0, 0, "")
    };
    writer.add_record(&record).expect("a record");
}

/// One article is replaced by another, some times.
fn one_article(index: &Index, crowd: &Crowd, decisions: &Decisions) {
    for round in 0..5 {
        let path = crowd::path(round * 3);
        let mut writer = index.writer(1, 64_000_000).expect("a writer");
        let before = index.snapshot().expect("a commit");
        writer.remove(&path).expect("removed");
        let (mut article, quotes) = crowd.article(10_000_000 + round);
        article.place.path.clone_from(&path);
        writer.add(&article, &quotes).expect("a written article");
        writer.add_record(&FileRecord::unread(&path, 0, 0, "")).expect("a record");
        writer.commit().expect("a commit");
        let mut touched = Touched { since: before.commit_id(), names: BTreeSet::new() };
        touched.names.extend(before.names_in_files(&[&path]).expect("names"));
        drop(before);
        writer.finish().expect("merged segments");
        timed("people after one changed article", || {
            let after = index.snapshot().expect("a commit");
            touched.names.extend(after.names_in_files(&[&path]).expect("names"));
            roster::refresh(&after, decisions, Some(touched)).expect("people");
        });
    }
}

fn answers(folder: &Path, crowd: &Crowd) {
    let today = Date::constant(2026, 1, 1);
    let archive = || Archive::find(folder, Some(folder), None).expect("an archive");
    let name = crowd.most_quoted();
    let selection = Selection { limit: 20, fold: true, ..Selection::default() };
    let request = QuotesRequest { name: name.clone(), all: true, selection, ..QuotesRequest::default() };
    for _ in 0..2 {
        let quotes = timed("quotes NAME", || archive().quotes(&request, today).expect("quotes"));
        assert!(quotes.total > 0, "{name} is quoted");
        let named = SpeakersRequest { names: vec![name.clone()], ..SpeakersRequest::default() };
        let speakers = timed("speakers NAME", || archive().speakers(&named).expect("speakers"));
        assert!(speakers.total > 0, "{name} is quoted");
        let all = SpeakersRequest { limit: 100, ..SpeakersRequest::default() };
        let speakers = timed("speakers", || archive().speakers(&all).expect("speakers"));
        assert!(speakers.total > speakers.speakers.len());
        timed("speakers --similar", || archive().similar_speakers(&[], 1, 100).expect("pairs"));
        let typed = |text: &str| TypedQuery { text: text.to_owned(), ..TypedQuery::default() };
        let explained = typed(&format!("speaker:\"{name}\""));
        timed("explain speaker:NAME", || archive().explain_query(&explained, today).expect("explained"));
        let request = CountsRequest { facets: vec![Facet::Speaker], limit: 20, timeline: None };
        for query in ["spillway tariff", "spillway"] {
            let counts = timed(&format!("facets speaker {query}"), || {
                archive().counts(&typed(query), &request, today).expect("counts")
            });
            assert!(counts.passages > 0, "{query} is found");
            println!("              of {} passages", counts.passages);
        }
    }
}

fn timed<T>(what: &str, run: impl FnOnce() -> T) -> T {
    let clock = Clock::start();
    let done = run();
    clock.say(what);
    done
}

/// Wall time, and the time that this thread had a processor, where the system tells.
struct Clock(Instant, Option<u64>);

impl Clock {
    fn start() -> Clock {
        Clock(Instant::now(), on_processor())
    }

    fn say(&self, what: &str) {
        let wall = self.0.elapsed().as_secs_f64() * 1e3;
        let processor = on_processor().zip(self.1).map(|(now, start)| (now - start) as f64 / 1e6);
        let processor = processor.map_or_else(String::new, |it| format!("{it:.1}"));
        println!("{wall:>9.1} ms  {processor:>9} ms of the processor  {what}");
    }
}

/// Nanoseconds.
#[expect(clippy::disallowed_methods, reason = "it is no file")]
fn on_processor() -> Option<u64> {
    std::fs::read_to_string("/proc/thread-self/schedstat").ok()?.split(' ').next()?.parse().ok()
}
