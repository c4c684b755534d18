//! How far a whole ingest is from its bound: tantivy alone, writing the same passages and fields.
//!
//!     cargo bench --bench ingest                                        1,000 generated articles, three rounds
//!     cargo bench --bench ingest -- 10000                               so many generated articles
//!     cargo bench --bench ingest -- path/to/folder --rounds 5           plain texts, `{source}_{date}_{slug}.txt`
//!     cargo bench --bench ingest -- 1000 --jobs 1 --memory 64           worker threads; megabytes for indexing
//!     cargo bench --bench ingest -- 40000 --write path/to/folder        only writes the generated articles
//!     cargo bench --bench ingest -- 60000 --write path/to/file.jsonl    the same as JSON Lines
//!
//! One program writes three indexes in turn, round after round: morgue its own, from files to
//! commit; tantivy the same documents with the same words cut the same way ([`yardstick`]); and
//! tantivy with its own tokenizers. Documents for tantivy are made before its clock starts. Only
//! the ratios of one round mean anything: machines differ, and a machine differs from minute to
//! minute. Fails when the indexes do not hold the same.

#![expect(clippy::print_stdout, reason = "it is its result")]

#[path = "../generated.rs"]
mod generated;
mod yardstick;

use std::{
    fs,
    path::{Path, PathBuf},
    time::Instant,
};

use morgue::{
    archive::{Archive, UpdateOptions},
    article::{Article, ArticlePlace, Quote},
    attribute::attribute,
    extract::{self, template::Template},
    index::Index,
    read::{self, ReadRules},
    walk,
};
use yardstick::{Words, Yardstick};

/// What to measure.
struct Plan {
    /// A folder of texts, or so many generated ones.
    texts: Result<PathBuf, usize>,
    rounds: usize,
    jobs: usize,
    memory_mb: usize,
    write: Option<PathBuf>,
}

impl Plan {
    fn from_args() -> Plan {
        let jobs = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        let mut plan = Plan { texts: Err(1000), rounds: 3, jobs, memory_mb: 256, write: None };
        let mut args = std::env::args().skip(1);
        while let Some(arg) = args.next() {
            if arg == "--write" {
                plan.write = args.next().map(PathBuf::from);
                continue;
            }
            let mut number =
                || args.next().and_then(|it| it.parse().ok()).expect("a number after the option");
            match arg.as_str() {
                "--rounds" => plan.rounds = number(),
                "--jobs" => plan.jobs = number(),
                "--memory" => plan.memory_mb = number(),
                // What cargo and criterion's other benches are given.
                other if other.starts_with('-') => (),
                text => plan.texts = text.parse().map_or_else(|_| Ok(PathBuf::from(text)), Err),
            }
        }
        plan
    }
}

/// Wall and processor seconds; the latter only where the system tells.
#[derive(Clone, Copy)]
struct Took {
    wall: f64,
    cpu: Option<f64>,
}

fn timed<T>(work: impl FnOnce() -> T) -> (T, Took) {
    let (begun, before) = (Instant::now(), cpu_seconds());
    let result = work();
    let cpu = cpu_seconds().zip(before).map(|(after, before)| after - before);
    (result, Took { wall: begun.elapsed().as_secs_f64(), cpu })
}

/// Processor seconds of this process and all its threads: fields 14 and 15 of proc(5)'s `stat`, in
/// hundredths.
#[expect(clippy::disallowed_methods, reason = "a bench asks the system")]
fn cpu_seconds() -> Option<f64> {
    let stat = fs::read_to_string("/proc/self/stat").ok()?;
    let after_name = stat.rsplit_once(')')?.1;
    let ticks = after_name.split_whitespace().skip(11).take(2).map(|it| it.parse::<f64>().ok());
    Some(ticks.sum::<Option<f64>>()? / 100.0)
}

fn main() {
    let plan = Plan::from_args();
    if let (Some(to), Err(n)) = (&plan.write, &plan.texts) {
        return if to.extension().is_some() {
            write(to, &generated::json_lines(*n));
        } else {
            write_generated(to, *n);
        };
    }
    let folder = tempfile::tempdir().expect("a temporary folder");
    let archive = archive(folder.path(), &plan);
    let (mut ratios, mut wall_ratios, mut plain_ratios) = (Vec::new(), Vec::new(), Vec::new());
    let mut documents = None;
    println!("{} worker threads, {} MB for indexing; seconds as wall / processor", plan.jobs, plan.memory_mb);
    for round in 1..=plan.rounds {
        let options = UpdateOptions { jobs: plan.jobs, rebuild: true, ..UpdateOptions::default() };
        let (summary, ours) = timed(|| archive.update(&options, &mut |_| ()).expect("an ingest"));
        assert!(summary.problems.is_empty(), "{:?}", summary.problems);
        let of_index = documents.get_or_insert_with(|| articles_of(archive.index_location()));
        let n_passages: usize = of_index.iter().map(|it| it.0.passages().len()).sum();
        assert_eq!(n_passages, summary.passages);
        let raw = |words| {
            let yardstick = Yardstick::new(words, of_index);
            let n_documents = yardstick.n_documents();
            assert_eq!(n_documents, summary.articles + summary.passages + summary.quotes);
            let (n_indexed, took) =
                timed(|| yardstick.write(&folder.path().join("raw"), plan.jobs, plan.memory_mb));
            assert_eq!(n_indexed, n_documents);
            took
        };
        let (same, plain) = (raw(Words::OfMorgue), raw(Words::OfTantivy));
        if round == 1 {
            println!("{} articles, {} passages, {} quotes", summary.articles, n_passages, summary.quotes);
        }
        println!(
            "round {round}: morgue {}  tantivy {}  plain tantivy {}",
            show(ours),
            show(same),
            show(plain)
        );
        wall_ratios.push(same.wall / ours.wall);
        ratios.extend(same.cpu.zip(ours.cpu).map(|(same, ours)| same / ours));
        plain_ratios.push(plain.wall / ours.wall);
    }
    println!("morgue runs at this share of the speed of tantivy (median of rounds; the bar is 0.50)");
    println!("  same words, wall       {:.2}", median(&mut wall_ratios));
    println!("  same words, processor  {:.2}", median(&mut ratios));
    println!("  plain words, wall      {:.2}", median(&mut plain_ratios));
    stages(&archive, &plan);
}

fn show(took: Took) -> String {
    format!("{:.2} / {:.2}", took.wall, took.cpu.unwrap_or(f64::NAN))
}

fn median(values: &mut [f64]) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}

/// An archive over the texts.
fn archive(folder: &Path, plan: &Plan) -> Archive {
    let corpus = match &plan.texts {
        Ok(path) => path.canonicalize().expect("a folder of texts"),
        Err(n) => {
            let corpus = folder.join("corpus");
            write_generated(&corpus, *n);
            corpus
        }
    };
    let settings = format!(
        "corpus = [{corpus:?}]\nindex = \"index\"\nmemory_mb = {}\n[[template]]\npath = \"{}\"\n",
        plan.memory_mb,
        generated::TEMPLATE
    );
    write(&folder.join("morgue.toml"), &settings);
    Archive::find(folder, Some(folder), None).expect("an archive")
}

fn write_generated(corpus: &Path, n: usize) {
    fs::create_dir_all(corpus).expect("a folder");
    for article in generated::articles(n) {
        write(&corpus.join(&article.name), &article.text);
    }
}

#[expect(clippy::disallowed_methods, reason = "a bench makes its own corpus")]
fn write(path: &Path, text: &str) {
    fs::write(path, text).expect("a written file");
}

/// What morgue indexed, read back.
fn articles_of(location: &Path) -> Vec<(Article, Vec<Quote>)> {
    let snapshot = Index::open(location).and_then(|it| it.snapshot()).expect("an index");
    let mut articles = Vec::new();
    for record in snapshot.files().expect("the manifest") {
        for (_, id) in snapshot.articles_of_file(&record.path).expect("an index") {
            articles.push(snapshot.article(id).expect("an article").expect("an article of the manifest"));
        }
    }
    articles
}

/// What each stage before the index takes by itself, on one thread.
#[expect(clippy::disallowed_methods, reason = "a bench reads its own corpus")]
fn stages(archive: &Archive, plan: &Plan) {
    let corpus = match &plan.texts {
        Ok(path) => path.clone(),
        Err(_) => archive.folder().join("corpus"),
    };
    let files: Vec<_> = walk::files(&corpus, &|_| false).map(|it| it.expect("a file")).collect();
    let texts: Vec<_> = files.iter().map(|it| (&it.name, fs::read(&it.path).expect("a text"))).collect();
    let template = Template::new(generated::TEMPLATE, Vec::new()).expect("a template");
    let rules = ReadRules::default();
    let (documents, reading) = timed(|| {
        let read = |(name, text): &(&String, Vec<u8>)| {
            read::documents(text.as_slice(), name, &rules)
                .map(|it| it.expect("a document"))
                .collect::<Vec<_>>()
        };
        texts.iter().map(read).collect::<Vec<_>>()
    });
    let (articles, extracting) = timed(|| {
        let mut articles = Vec::new();
        for ((name, _), documents) in texts.iter().zip(documents) {
            let path = template.fields(name).unwrap_or_default();
            let context = extract::Context { path, ..extract::Context::default() };
            for (ordinal, document) in documents.into_iter().enumerate() {
                let place = ArticlePlace::record((*name).clone(), ordinal);
                articles.extend(extract::extract(document, place, &context));
            }
        }
        articles
    });
    let (n_quotes, attributing) = timed(|| {
        let quotes = |it: &Article| {
            let language = it.metadata.language.as_ref().map(|it| it.value);
            attribute(it.passages(), language).len()
        };
        articles.iter().map(quotes).sum::<usize>()
    });
    println!(
        "on one thread: read {:.2} s, extract {:.2} s, attribute {:.2} s ({n_quotes} quotes)",
        reading.wall, extracting.wall, attributing.wall
    );
}
