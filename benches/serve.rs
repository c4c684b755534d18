//! What a search page asks of an archive that a server holds: ten hits, four facets, a timeline,
//! chips, the reading lists.
//!
//!     cargo bench --bench serve -- FOLDER              an archive with an index, as of Reuters
//!     cargo bench --bench serve -- FOLDER 'QUERY' …    these queries instead of the twenty
//!
//! Each query is asked twice to warm up, then twenty times. Times are of this thread; the writing
//! of the page is not among them. Then a thousand more are asked, and what the process holds before
//! and after is printed.

#![expect(clippy::print_stdout, reason = "it is its result")]

use std::{path::Path, time::Instant};

use jiff::civil::Date;
use morgue::{
    archive::Archive,
    query::Facet,
    search::{CountsRequest, SearchRequest, Selection, TimelineRequest, TypedQuery},
};

#[global_allocator]
static MEMORY: mimalloc::MiMalloc = mimalloc::MiMalloc;

const TODAY: Date = Date::constant(2026, 1, 1);

/// Each is asked so often to warm up, and so often to be timed.
const WARM_UP: usize = 2;
const TIMES: usize = 20;

/// How many are asked to see whether memory grows.
const MEMORY_QUERIES: usize = 1000;

/// Queries of all operators, common words and rare ones.
const QUERIES: [&str; 20] = [
    "wheat",
    "oil prices",
    "\"interest rates\"",
    "=talks",
    "negotiat* agreement",
    "Volcker~1",
    "trade w/5 deficit",
    "dollar pre/3 yen",
    "opec w/s production",
    "(merger OR takeover) NOT bank",
    "atleast2(shares)",
    "caps(treasury) allcaps(us)",
    "speaker:baker",
    "speaker:volcker said:(dollar OR rates)",
    "role:minister kind:indirect",
    "place:tokyo yen",
    "headline:coffee lead:quota",
    "article:(cocoa buffer) stock",
    "company since:1987-03 until:1987-04-15",
    "said words:>100 -place:london",
];

fn main() {
    let mut args = std::env::args().skip(1).filter(|it| !it.starts_with("--"));
    let Some(folder) = args.next() else {
        println!("no archive was given");
        return;
    };
    let typed: Vec<String> = args.collect();
    let queries: Vec<&str> =
        if typed.is_empty() { QUERIES.to_vec() } else { typed.iter().map(String::as_str).collect() };
    let archive = Archive::find(Path::new("."), Some(Path::new(&folder)), None).expect("an archive");
    let start = Instant::now();
    let archive = archive.held().expect("an index");
    println!("{:>9.2} ms  held", start.elapsed().as_secs_f64() * 1e3);
    let (mut walls, mut processors) = (Vec::new(), Vec::new());
    println!("   median    95 in 100   processor   passages  query");
    for query in &queries {
        let first = Clock::start();
        let n = page(&archive, query);
        let first = first.stop().0;
        for _ in 1..WARM_UP {
            page(&archive, query);
        }
        let (mut wall, mut processor) = (Vec::new(), Vec::new());
        for _ in 0..TIMES {
            let clock = Clock::start();
            assert_eq!(page(&archive, query), n, "{query}: the archive is held");
            let (w, p) = clock.stop();
            wall.push(w);
            processor.push(p);
        }
        println!(
            "{:>9.2}    {:>9.2}   {:>9.2}  {n:>9}  {query}  (first {first:.2})",
            part(&mut wall, 0.5),
            part(&mut wall, 0.95),
            part(&mut processor, 0.5),
        );
        walls.append(&mut wall);
        processors.append(&mut processor);
    }
    println!(
        "{:>9.2}    {:>9.2}   {:>9.2}             all",
        part(&mut walls, 0.5),
        part(&mut walls, 0.95),
        part(&mut processors, 0.5)
    );
    println!("{:>9.2}    the longest", part(&mut walls, 1.0));
    let before = memory();
    for query in queries.iter().cycle().take(MEMORY_QUERIES) {
        page(&archive, query);
    }
    println!("{before:.1} MB held, {:.1} MB after {MEMORY_QUERIES} more", memory());
}

/// Answers what the page of a query asks for; gives how many passages match.
fn page(archive: &Archive, query: &str) -> usize {
    let query = TypedQuery { text: query.to_owned(), shelf: archive.shelf([query]), ..TypedQuery::default() };
    let selection = Selection { limit: 10, fold: true, ..Selection::default() };
    let request = SearchRequest { query, selection, ..SearchRequest::default() };
    let facets = vec![Facet::Source, Facet::Year, Facet::Place, Facet::Speaker];
    let counts = CountsRequest { facets, limit: 20, timeline: Some(TimelineRequest::default()) };
    let (results, counts) = archive.search_with_counts(&request, &counts, TODAY).expect("an answer");
    archive.chips(&request.query, TODAY).expect("chips");
    archive.lists().expect("lists");
    // Counted apart, and in all: the same articles.
    let of_years: usize = counts.tables[1].counts.iter().map(|it| it.articles).sum();
    assert_eq!(of_years, counts.articles, "each article is of one year, or of none");
    let timeline = counts.timeline.expect("a timeline");
    let bars = timeline.bars.iter().chain(&timeline.coarse).chain([&timeline.undated]);
    assert_eq!(bars.map(|it| it.counts.passages).sum::<usize>(), counts.passages);
    assert_eq!(results.hits.len(), results.total.min(10), "ten hits, or all");
    counts.passages
}

/// The value that so great a part of the values is not above.
fn part(values: &mut [f64], of: f64) -> f64 {
    values.sort_by(f64::total_cmp);
    values[((values.len() as f64 * of).ceil() as usize).clamp(1, values.len()) - 1]
}

/// Wall time, and the time that this thread had a processor; 0 where the system does not tell.
struct Clock(Instant, f64);

impl Clock {
    fn start() -> Clock {
        Clock(Instant::now(), on_processor())
    }

    /// Milliseconds of both.
    fn stop(&self) -> (f64, f64) {
        (self.0.elapsed().as_secs_f64() * 1e3, on_processor() - self.1)
    }
}

/// Milliseconds.
fn on_processor() -> f64 {
    let nanoseconds = || read("/proc/thread-self/schedstat")?.split(' ').next()?.parse::<f64>().ok();
    nanoseconds().map_or(0.0, |it| it / 1e6)
}

/// What of the process's own memory is in use, in MB; 0 where the system does not tell.
fn memory() -> f64 {
    let kilobytes = || {
        let status = read("/proc/self/status")?;
        let line = status.lines().find_map(|it| it.strip_prefix("RssAnon:"))?;
        line.trim().strip_suffix(" kB")?.parse::<f64>().ok()
    };
    kilobytes().map_or(0.0, |it| it / 1e3)
}

#[expect(clippy::disallowed_methods, reason = "it is no file")]
fn read(path: &str) -> Option<String> {
    std::fs::read_to_string(path).ok()
}
