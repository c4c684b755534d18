//! The stored table of people: after any ingests, edits and deletions it is the one that a new
//! archive would have, and a damaged or old one changes no answer.

use std::{collections::BTreeMap, fs, path::Path};

use morgue::{
    archive::{Archive, UpdateOptions},
    search::{SpeakersOrder, SpeakersRequest, SpeakersResults},
};
use proptest::prelude::*;

use crate::support::Newsroom;

/// Names that meet in few blocks: of one surname, in the other order, with an initial, alone.
const NAMES: &[&str] = &[
    "Ada Lund",
    "A. Lund",
    "Ada P. Lund",
    "Lund",
    "Tom Berg",
    "Thomas Berg",
    "Berg",
    "Tom Lunde",
    "Jialing Wen",
    "Wen Jialing",
    "Bea Wen",
    "Orla Jialing",
];
const OFFICES: &[&str] = &["the mayor of Osby", "the police chief", "a skipper", "the minister of health"];

/// Corrections that link blocks, part a name, or name nobody.
const DECISIONS: &[&str] = &[
    "",
    "[[person]]\nname = \"Ada Lund\"\nnames = [\"Tom Berg\"]\n",
    "[[person]]\nname = \"Bea Wen\"\nnames = [\"Ada P. Lund\", \"Nobody Atall\"]\nrole = \"envoy\"\n",
    "[[apart]]\nnames = [\"Ada Lund\", \"A. Lund\"]\n",
    "[[apart]]\nnames = [\"Tom Berg (skipper)\", \"Tom Berg (chief)\"]\n",
];

/// A file of the corpus: who says something in it, with which office.
type Story = Vec<(usize, usize)>;

/// What happens to an archive.
#[derive(Clone, Debug)]
enum Step {
    /// A file is written, or written anew.
    Write(u8, Story),
    /// A file is removed.
    Remove(u8),
    /// The corrections are others.
    Decide(usize),
    /// The archive is brought up to date, with what it has deleted purged or not.
    Ingest { purge: bool },
}

fn step() -> impl Strategy<Value = Step> {
    let story = prop::collection::vec((0..NAMES.len(), 0..OFFICES.len() + 3), 1..4);
    prop_oneof![
        5 => (0..8_u8, story).prop_map(|(file, story)| Step::Write(file, story)),
        2 => (0..8_u8).prop_map(Step::Remove),
        1 => (0..DECISIONS.len()).prop_map(Step::Decide),
        4 => prop::bool::weighted(0.1).prop_map(|purge| Step::Ingest { purge }),
    ]
}

fn text(file: u8, story: &Story) -> String {
    let mut text = format!("Harbor notes {file}\n\n");
    for (n, (name, office)) in story.iter().enumerate() {
        let office = OFFICES.get(*office).map_or_else(String::new, |it| format!(", {it}"));
        let name = NAMES[*name];
        text += &format!("“Gate {n} of pier {file} stays shut until spring,” said {name}{office}.\n\n");
    }
    text
}

/// Everything that the archive says of people.
#[derive(Debug, PartialEq)]
struct Answers {
    speakers: Vec<String>,
    pairs: Vec<String>,
    of_names: Vec<Vec<String>>,
}

fn shown(results: &SpeakersResults) -> Vec<String> {
    results.speakers.iter().map(|it| format!("{it:?}")).collect()
}

impl Answers {
    fn of(folder: &Path) -> Answers {
        let archive = Archive::find(folder, Some(folder), None).unwrap();
        let all = SpeakersRequest { all_kinds: true, ..SpeakersRequest::default() };
        let named =
            |name: &str| SpeakersRequest { names: vec![name.to_owned()], ..SpeakersRequest::default() };
        let speakers = archive.speakers(&all).unwrap();
        assert_eq!(speakers.total, speakers.speakers.len());
        let pairs = archive.similar_speakers(&[], 0, 0).unwrap();
        Answers {
            speakers: shown(&speakers),
            pairs: pairs.pairs.iter().map(|it| format!("{it:?}")).collect(),
            of_names: ["Lund", "Ada Lund", "J. Wen", "Tom"]
                .map(|it| shown(&archive.speakers(&named(it)).unwrap()))
                .to_vec(),
        }
    }
}

fn kept(folder: &Path) -> BTreeMap<&'static str, Vec<u8>> {
    let read = |name| Some((name, fs::read(folder.join("index").join(name)).ok()?));
    ["people.base", "people.changes"].into_iter().filter_map(read).collect()
}

fn forget(folder: &Path) {
    for name in kept(folder).keys() {
        fs::remove_file(folder.join("index").join(name)).unwrap();
    }
}

fn ingest(folder: &Path, purge: bool) {
    let archive = Archive::find(folder, Some(folder), None).unwrap();
    archive.update(&UpdateOptions { jobs: 1, purge, ..UpdateOptions::default() }, &mut |_| ()).unwrap();
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]

    /// The stored table is the one that would be made of all quotes, and the ingest has written it.
    #[test]
    fn a_table_brought_up_to_date_is_the_one_made_anew(steps in prop::collection::vec(step(), 4..24)) {
        let newsroom = Newsroom::new().article("first.txt", text(99, &vec![(0, 0), (9, 9)])).ingested();
        let folder = newsroom.path("");
        for step in steps {
            match step {
                Step::Write(file, story) => {
                    newsroom.write(&format!("corpus/{file}.txt"), text(file, &story));
                    // Others than before, whatever the clock says.
                    let time = fs::File::options().append(true).open(newsroom.path(&format!("corpus/{file}.txt")));
                    let past = std::time::SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(story.len() as u64);
                    time.unwrap().set_modified(past).unwrap();
                }
                Step::Remove(file) => drop(fs::remove_file(newsroom.path(&format!("corpus/{file}.txt")))),
                Step::Decide(which) => newsroom.write("people.toml", DECISIONS[which]),
                Step::Ingest { purge } => {
                    ingest(&folder, purge);
                    let answers = Answers::of(&folder);
                    let stored = kept(&folder);
                    prop_assert_eq!(&Answers::of(&folder), &answers);
                    prop_assert!(stored == kept(&folder), "who only asks writes nothing");
                    forget(&folder);
                    prop_assert_eq!(&Answers::of(&folder), &answers, "made anew");
                    // On with the table as the ingest left it.
                    forget(&folder);
                    for (name, bytes) in stored {
                        newsroom.write(&format!("index/{name}"), bytes);
                    }
                }
            }
        }
    }
}

/// An archive whose table has a base and changes.
fn with_changes() -> Newsroom {
    let stories = (0..6).fold(Newsroom::new(), |newsroom, file| {
        let story = vec![(file as usize, file as usize), (file as usize + 5, 0)];
        newsroom.article(&format!("{file}.txt"), text(file, &story))
    });
    let newsroom = stories.ingested().article("more.txt", text(50, &vec![(0, 2), (4, 1)])).ingested();
    assert_eq!(kept(&newsroom.path("")).len(), 2, "a base and changes");
    newsroom
}

#[test]
fn a_damaged_table_is_made_anew_and_changes_no_answer() {
    let newsroom = with_changes();
    let folder = newsroom.path("");
    let (whole, expected) = (kept(&folder), Answers::of(&folder));
    for (name, bytes) in &whole {
        let (length, path) = (bytes.len(), format!("index/{name}"));
        let flips = (0..length).step_by(length / 40 + 1).map(|at| {
            let mut flipped = bytes.clone();
            flipped[at] ^= 1;
            flipped
        });
        let cuts = [0, 1, length / 2, length - 1].map(|it| bytes[..it].to_vec());
        for damaged in flips.chain(cuts).chain([b"not a table".repeat(1000)]) {
            for (name, bytes) in &whole {
                newsroom.write(&format!("index/{name}"), bytes);
            }
            newsroom.write(&path, &damaged);
            let check = newsroom.run(["check"]);
            assert!([&*check.stdout, &*check.stderr].concat().contains(name), "{check:?}");
            assert_eq!(Answers::of(&folder), expected);
        }
        // What was asked for last has mended it.
        newsroom.run(["check"]).expect_status(0);
    }
}

/// Of an archive that is held, all who ask share the table, also one that had to be made anew.
#[test]
fn a_damaged_table_is_made_anew_once_for_all_who_ask() {
    let newsroom = with_changes();
    let held = || Archive::find(&newsroom.path(""), None, None).unwrap().held().unwrap();
    let all = SpeakersRequest::default();
    let expected = shown(&held().speakers(&all).unwrap());
    let path = "index/people.base";
    let mut damaged = fs::read(newsroom.path(path)).unwrap();
    damaged[40] ^= 0x55;
    newsroom.write(path, &damaged);
    let archive = held();
    assert_eq!(shown(&archive.speakers(&all).unwrap()), expected);
    assert_ne!(fs::read(newsroom.path(path)).unwrap(), damaged, "it was made anew, and kept");
    newsroom.write(path, &damaged);
    for _ in 0..3 {
        assert_eq!(shown(&archive.speakers(&all).unwrap()), expected);
    }
    assert_eq!(fs::read(newsroom.path(path)).unwrap(), damaged, "nobody made it a second time");
}

#[test]
fn a_table_of_another_state_is_not_used() {
    let newsroom = with_changes();
    let folder = newsroom.path("");
    let old = kept(&folder);
    fs::remove_file(newsroom.path("corpus/2.txt")).unwrap();
    ingest(&folder, false);
    let (new, expected) = (kept(&folder), Answers::of(&folder));
    for (name, bytes) in &old {
        newsroom.write(&format!("index/{name}"), bytes);
    }
    assert_eq!(Answers::of(&folder), expected, "both files are old");
    for name in old.keys() {
        forget(&folder);
        newsroom.write(&format!("index/{name}"), &old[name]);
        let other = new.keys().find(|it| *it != name);
        if let Some(other) = other {
            newsroom.write(&format!("index/{other}"), &new[other]);
        }
        assert_eq!(Answers::of(&folder), expected, "{name} is old");
    }
    // The same index made anew begins to count its commits again.
    for (name, bytes) in &old {
        newsroom.write(&format!("index/{name}"), bytes);
    }
    newsroom.run(["ingest", "--rebuild"]).expect_status(0);
    assert_eq!(Answers::of(&folder), expected, "after a rebuild");
}

#[test]
fn a_purge_leaves_nothing_of_what_was_deleted() {
    let newsroom = Newsroom::new()
        .article("a.txt", text(1, &vec![(0, 0)]))
        .article("b.txt", text(2, &vec![(6, 1), (10, 2)]))
        .ingested();
    fs::remove_file(newsroom.path("corpus/b.txt")).unwrap();
    newsroom.run(["ingest", "--purge"]).expect_status(0);
    for (name, bytes) in kept(&newsroom.path("")) {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        assert!(text.contains("Ada Lund") && !text.contains("Bea Wen") && !text.contains("Berg"), "{name}");
    }
}

#[test]
fn corrections_that_are_no_good_do_not_stop_an_ingest() {
    let newsroom = with_changes();
    newsroom.write("people.toml", "[[person]]\nname = ");
    newsroom.write("corpus/late.txt", text(60, &vec![(8, 0)]));
    newsroom.run(["ingest"]).expect_status(0);
    let asked = newsroom.run(["speakers"]);
    asked.expect_status(2);
    assert!(asked.stderr.contains("people.toml"), "{}", asked.stderr);
    newsroom.write("people.toml", "");
    assert!(newsroom.run(["speakers", "Jialing Wen"]).found().contains("Jialing Wen"));
}

#[cfg(unix)]
#[test]
fn a_reader_that_may_not_write_works_them_out_itself() {
    use std::os::unix::fs::PermissionsExt as _;
    let newsroom = with_changes();
    let folder = newsroom.path("");
    let expected = Answers::of(&folder);
    forget(&folder);
    let mode = |mode| fs::set_permissions(newsroom.path("index"), fs::Permissions::from_mode(mode)).unwrap();
    mode(0o555);
    let asked = newsroom.run(["speakers", "--all"]);
    let wrote = !kept(&folder).is_empty();
    let answers = Answers::of(&folder);
    mode(0o755);
    asked.expect_status(0);
    assert!(asked.stderr.lines().count() == 1, "only the count: {}", asked.stderr);
    assert_eq!(answers, expected);
    // Root may write everywhere.
    println!("wrote: {wrote}");
}

#[test]
fn two_who_ask_at_once_do_not_harm_each_other() {
    let newsroom = with_changes();
    let folder = newsroom.path("");
    let expected = Answers::of(&folder);
    std::thread::scope(|scope| {
        for n in 0..4 {
            let (folder, expected) = (&folder, &expected);
            scope.spawn(move || {
                for _ in 0..10 {
                    if n == 0 {
                        let _ = fs::remove_file(folder.join("index/people.base"));
                    }
                    assert_eq!(&Answers::of(folder), expected);
                }
            });
        }
    });
}

#[test]
fn the_first_speakers_are_those_of_the_whole_list() {
    let newsroom = with_changes();
    let folder = newsroom.path("");
    let archive = Archive::find(&folder, Some(&folder), None).unwrap();
    for order in [SpeakersOrder::Quotes, SpeakersOrder::Articles, SpeakersOrder::Name, SpeakersOrder::Recent]
    {
        for names in [vec![], vec!["Lund".to_owned(), "Ada".to_owned(), "Tom Berg".to_owned()]] {
            let request =
                |limit| SpeakersRequest { order, limit, names: names.clone(), ..SpeakersRequest::default() };
            let all = archive.speakers(&request(0)).unwrap();
            assert!(all.total == all.speakers.len() && all.total > 2, "{}", all.total);
            for limit in 1..all.total + 2 {
                let some = archive.speakers(&request(limit)).unwrap();
                assert_eq!(
                    (some.total, shown(&some)),
                    (all.total, shown(&all)[..limit.min(all.total)].to_vec())
                );
            }
        }
    }
    let pairs = archive.similar_speakers(&[], 1, 0).unwrap();
    assert!(pairs.total == pairs.pairs.len() && pairs.total > 1, "{}", pairs.total);
    for (names, quotes_min) in [(vec![], 1), (vec![], 3), (vec!["Lund".to_owned()], 1)] {
        let all = archive.similar_speakers(&names, quotes_min, 0).unwrap();
        for limit in 1..=all.total {
            let some = archive.similar_speakers(&names, quotes_min, limit).unwrap();
            assert_eq!((some.total, &some.pairs[..]), (all.total, &all.pairs[..limit]));
        }
    }
}

#[test]
fn speakers_says_how_many_more_there_are() {
    let newsroom = with_changes();
    let lines = |args: &[&str]| newsroom.run(args.iter().copied()).stdout.lines().count();
    let (n, n_pairs) =
        (lines(&["speakers", "--format", "jsonl"]), lines(&["speakers", "--similar", "--format", "jsonl"]));
    assert!(n > 3 && n_pairs > 1, "{n}, {n_pairs}");
    let more = "`--limit 0` shows all";
    for (args, said) in [
        (&["speakers", "-n", "2"][..], format!("2 of {n} speakers; {more}\n")),
        (&["speakers", "--limit", "0"], format!("{n} speakers\n")),
        (&["speakers", "--similar", "-n1"], format!("1 of {n_pairs} pairs; {more}; `people.toml` decides\n")),
    ] {
        let ran = newsroom.run(args.iter().copied());
        ran.expect_status(0);
        assert_eq!(ran.stderr, said, "{args:?}");
    }
    assert_eq!(lines(&["speakers", "-n", "3", "--format", "jsonl"]), 3);
}

#[test]
fn a_name_that_thousands_bear_and_thousands_in_one_article_are_answered() {
    let record = |n: usize, name: &str| {
        serde_json::json!({
            "title": format!("Pier {n}"),
            "text": format!("“The gate of pier {n} stays shut until spring,” said {name}."),
        })
        .to_string()
    };
    // Names of different consonants each: what differs in vowels may be one name spelled in two
    // ways.
    let given = |n: usize| {
        let consonants = ["b", "d", "f", "g", "k", "l", "m", "n", "p", "r", "s", "t"];
        let mut at = 4;
        let letters = [n / 1331 % 11, n / 121 % 11, n / 11 % 11, n % 11].map(|it| {
            at = (at + 1 + it) % 12;
            consonants[at]
        });
        format!("Ka{}o", letters.join("e"))
    };
    let bearers: Vec<String> = (0..3_000).map(|n| record(n, &format!("{} Lund", given(n)))).collect();
    let crowd: String =
        (0..3_000).map(|n| format!("“No, never,” said {} {}sen. ", given(n), given(n * 7))).collect();
    let long = format!("{} Lund", "Ada-Maria".repeat(34));
    let newsroom = Newsroom::new()
        .article("lunds.jsonl", bearers.join("\n"))
        .article("crowd.txt", format!("Everybody\n\n{crowd}\n"))
        .article("long.txt", format!("Long\n\n“The gate stays shut,” said {long}, the mayor.\n"))
        .ingested();
    let asked = newsroom.run(["quotes", "Lund"]);
    assert!(asked.status == Some(2) && asked.stderr.contains("and 2,980 more"), "{}", asked.stderr);
    for name in [given(5) + " Lund", given(9) + " Lund"] {
        let found = newsroom.run(["quotes", &name, "--format", "jsonl"]);
        assert_eq!(found.json_lines().len(), 1, "{name}: {}", found.stderr);
    }
    assert!(matches!(newsroom.run(["speakers", &long]).status, Some(0 | 1)));
    newsroom.write("corpus/crowd.txt", "Everybody\n\n“Yes, at last,” said Tom Berg, a skipper.\n");
    newsroom.run(["ingest"]).expect_status(0);
    let folder = newsroom.path("");
    let answers = Answers::of(&folder);
    forget(&folder);
    assert_eq!(Answers::of(&folder), answers);
}

#[test]
fn facets_count_the_same_people_whatever_the_reasons() {
    let mut newsroom = Newsroom::new().settings("[[template]]\npath = \"{source}/{date}.txt\"\n");
    let says = |who: &str| format!("Pier\n\n“The pier stays shut until the spring,” {who} said.\n");
    for day in 1..=6 {
        newsroom = newsroom.article(&format!("Post/2016-03-0{day}.txt"), says("Mayor Ada Lund"));
    }
    for (day, who) in [("10", "Lund"), ("11", "Mayor Lund"), ("12", "Striker Bo Lund")] {
        newsroom = newsroom.article(&format!("Post/2016-03-{day}.txt"), says(who));
    }
    let newsroom = newsroom.ingested();
    let people = newsroom.run(["speakers", "--format", "jsonl"]).json_lines();
    let reasons = people.iter().map(|it| it["names"].as_array().unwrap().len()).max();
    assert!(reasons >= Some(3), "one name for two reasons: {people:?}");
    let mut speakers: BTreeMap<String, u64> = BTreeMap::new();
    for it in &people {
        *speakers.entry(it["name"].as_str().unwrap().to_owned()).or_default() +=
            it["quotes"].as_u64().unwrap();
    }
    let counts = newsroom.run(["facets", "speaker", "--limit", "0", "--format", "jsonl"]).json_lines();
    let counted =
        counts.iter().filter_map(|it| Some((it["value"].as_str()?.to_owned(), it["quotes"].as_u64()?)));
    assert_eq!(counted.collect::<BTreeMap<String, u64>>(), speakers);
}
