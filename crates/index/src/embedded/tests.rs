//! What an index holds after commits, refused writes and runs that came to no end.

use std::{collections::BTreeMap, fs, path::Path};

use proptest::prelude::*;

use morgue_core::article::{Article, ArticlePlace, Metadata, Passage, PassageKind};
use morgue_core::copies;

use super::*;
use crate::{Families, FileRecord};

/// The files of a corpus by name, each the number of its story; files of one story are copies.
type Corpus = BTreeMap<u8, u8>;

/// What an index answers.
#[derive(Debug, PartialEq)]
struct Answers {
    counts: crate::Counts,
    articles: Vec<(String, String)>,
    families: Vec<Vec<String>>,
}

fn path(file: u8) -> String {
    format!("corpus/{file}.txt")
}

fn article(file: u8, story: u8) -> Article {
    let sentence = |n: u32| {
        let words = (0..12).map(|it| format!("w{}", blake(story, n, it)));
        words.collect::<Vec<_>>().join(" ")
    };
    // No two are the same word by word, and those of one story are copies all the same.
    let own = format!("As printed by paper number {file}.");
    let texts = (0..8).map(sentence).chain([own]);
    let passages = texts.filter_map(|it| Passage::new(PassageKind::Body, &it)).collect();
    let place = ArticlePlace::file(path(file));
    Article::new(place, Metadata::default(), passages).expect("it has text")
}

/// A number that looks like any other.
fn blake(story: u8, sentence: u32, word: u32) -> u32 {
    let mixed = u32::from(story).wrapping_mul(0x9E37_79B1) ^ sentence.wrapping_mul(0x85EB_CA77);
    (mixed ^ word.wrapping_mul(0xC2B2_AE3D)).wrapping_mul(0x27D4_EB2F) >> 8
}

fn put(writer: &Writer, file: u8, story: u8) -> Result<()> {
    writer.remove(&path(file))?;
    let article = article(file, story);
    writer.add(&article, &[])?;
    let passages = article.passages().len();
    writer.add_record(&FileRecord {
        articles: 1,
        passages,
        unread: false,
        ..FileRecord::unread(&path(file), 1, 1, "")
    })
}

/// Makes the index hold the corpus.
fn bring(index: &Index, to: &Corpus) -> Result<(), Error> {
    let mut writer = index.writer(2, 30_000_000)?;
    for file in 0..=u8::MAX {
        let done = match to.get(&file) {
            Some(story) => put(&writer, file, *story),
            None => writer.remove(&path(file)),
        };
        index.located(done)?;
    }
    index.located(writer.commit())?;
    index.located(writer.finish())
}

fn answers(index: &Index) -> Answers {
    let snapshot = index.snapshot().unwrap();
    let mut articles = Vec::new();
    for record in snapshot.files().unwrap() {
        for (_, id) in snapshot.articles_of_file(&record.path).unwrap() {
            let (article, _) = snapshot.article(id).unwrap().unwrap();
            articles.push((record.path.clone(), article.passages().iter().map(|it| &*it.text).collect()));
        }
    }
    articles.sort();
    let named = |members: Vec<_>| members.iter().map(ToString::to_string).collect();
    let families = snapshot.families().unwrap().iter().map(named).collect();
    Answers { counts: snapshot.counts().unwrap(), articles, families }
}

fn fresh(corpus: &Corpus) -> Answers {
    let folder = tempfile::tempdir().unwrap();
    let index = Index::create(folder.path()).unwrap();
    bring(&index, corpus).unwrap();
    let found = answers(&index);
    let sketches = corpus.iter().map(|(file, story)| copies::sketch(&article(*file, *story))).collect();
    let expected = Families::of(copies::families(sketches));
    assert_eq!(found.families.len(), expected.iter().count());
    found
}

/// The same index on a disk that has room for `bytes` more.
fn cramped(location: &Path, bytes: i64) -> Index {
    let directory = IndexDirectory::open(location).unwrap().with_room(bytes);
    let tantivy = tantivy::Index::open(directory.clone()).unwrap();
    Index::with(tantivy, directory, location)
}

fn files(location: &Path) -> Vec<String> {
    let names = fs::read_dir(location).unwrap().map(|it| it.unwrap().file_name().into_string().unwrap());
    names.collect()
}

#[derive(Clone, Debug)]
enum Step {
    Put(u8, u8),
    Remove(u8),
    Commit,
    /// The run ends without a commit, as one that is killed.
    Kill,
    /// The run ends with one.
    Finish,
    Purge,
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![
        6 => (0_u8..6, 0_u8..3).prop_map(|(file, story)| Step::Put(file, story)),
        2 => (0_u8..6).prop_map(Step::Remove),
        2 => Just(Step::Commit),
        1 => Just(Step::Kill),
        1 => Just(Step::Finish),
        1 => Just(Step::Purge),
    ];
    prop::collection::vec(step, 1..24)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// After each commit, an index holds what one would that is made of the same files at once,
    /// families of copies included.
    #[test]
    fn each_commit_is_what_a_fresh_index_would_hold(steps in steps()) {
        let folder = tempfile::tempdir().unwrap();
        let index = Index::create(folder.path()).unwrap();
        let (mut committed, mut corpus) = (Corpus::new(), Corpus::new());
        let mut writer = Some(index.writer(1, 15_000_000).unwrap());
        let mut touched: BTreeSet<u8> = BTreeSet::new();
        for step in steps {
            let open = writer.as_mut().unwrap();
            match step {
                // An ingest reads each file once.
                Step::Put(file, story) if touched.insert(file) => {
                    put(open, file, story).unwrap();
                    corpus.insert(file, story);
                }
                Step::Remove(file) if touched.insert(file) => {
                    open.remove(&path(file)).unwrap();
                    corpus.remove(&file);
                }
                Step::Put(..) | Step::Remove(_) => (),
                Step::Kill => {
                    drop(writer.take());
                    corpus.clone_from(&committed);
                }
                Step::Commit | Step::Finish | Step::Purge => {
                    open.commit().unwrap();
                    committed.clone_from(&corpus);
                    prop_assert_eq!(answers(&index), fresh(&corpus));
                    if !matches!(step, Step::Commit) {
                        let writer = writer.take().unwrap();
                        let purges = matches!(step, Step::Purge);
                        if purges { writer.purge() } else { writer.finish() }.unwrap();
                        prop_assert_eq!(answers(&index), fresh(&corpus));
                        prop_assert!(index.leftovers().unwrap().is_empty());
                    }
                }
            }
            if writer.is_none() {
                touched.clear();
                writer = Some(index.writer(1, 15_000_000).unwrap());
            }
        }
    }
}

#[test]
fn on_a_full_disk_the_last_commit_stays_and_a_run_with_room_ends_the_same() {
    let before: Corpus = (0..8).map(|it| (it, it / 2)).collect();
    let after: Corpus = (4..12).map(|it| (it, it / 3)).collect();
    let (old, new) = (fresh(&before), fresh(&after));
    let folder = tempfile::tempdir().unwrap();
    bring(&Index::create(folder.path()).unwrap(), &before).unwrap();
    let mut refused = 0;
    for room in (0..40_000).step_by(1_000) {
        let archive = tempfile::tempdir().unwrap();
        for name in files(folder.path()) {
            fs::copy(folder.path().join(&name), archive.path().join(&name)).unwrap();
        }
        let done = bring(&cramped(archive.path(), room), &after);
        let index = Index::open(archive.path()).unwrap();
        match done {
            Ok(()) => assert_eq!(answers(&index), new),
            Err(Error::NotWritten { reason, .. }) => {
                refused += 1;
                assert!(reason == "no storage space", "{reason}");
                // The commit may have been whole, and only what follows it was not.
                let found = answers(&index);
                assert!(found == old || found == new, "{found:?}");
            }
            Err(error) => panic!("with room for {room} bytes: {error}"),
        }
        bring(&index, &after).unwrap();
        assert_eq!(answers(&index), new, "after room for {room} bytes");
        assert!(index.damaged_files().unwrap().is_empty());
        assert_eq!(index.leftovers().unwrap(), BTreeSet::new());
    }
    assert!(refused > 10, "{refused}");
}

#[test]
fn what_no_commit_names_is_named_and_removed_by_the_next_writer() {
    let folder = tempfile::tempdir().unwrap();
    let index = Index::create(folder.path()).unwrap();
    let corpus: Corpus = [(1, 1), (2, 1), (3, 2)].into();
    bring(&index, &corpus).unwrap();
    let segment = index.tantivy.searchable_segment_ids().unwrap()[0].uuid_string();
    let next = index.snapshot().unwrap().commit_id().generation + 1;
    let mut left: BTreeSet<PathBuf> =
        (next..next + 1000).map(|it| format!("{segment}.{it}.del").into()).collect();
    for name in
        ["0123456789abcdef0123456789abcdef.idx", "0123456789abcdef0123456789abcdef.store.temp", ".tmpAb3xYz"]
    {
        left.insert(name.into());
    }
    for name in &left {
        fs::write(folder.path().join(name), "unfinished").unwrap();
    }
    assert_eq!(index.leftovers().unwrap(), left);
    assert!(index.damaged_files().unwrap().is_empty());
    let corpus: Corpus = [(1, 1), (2, 2)].into();
    bring(&index, &corpus).unwrap();
    assert_eq!(answers(&index), fresh(&corpus));
    assert!(index.leftovers().unwrap().is_empty());
    assert!(left.iter().all(|it| !folder.path().join(it).exists()));
}

#[test]
fn while_a_writer_is_at_work_its_files_are_not_called_left() {
    let folder = tempfile::tempdir().unwrap();
    let index = Index::create(folder.path()).unwrap();
    let writer = index.writer(1, 15_000_000).unwrap();
    fs::write(folder.path().join(".tmpAb3xYz"), "in work").unwrap();
    assert!(index.leftovers().unwrap().is_empty());
    drop(writer);
    assert_eq!(index.leftovers().unwrap().len(), 1);
}

/// Each of these reads what grows with the archive, and none of it is read once somebody has asked
/// to stop. The door of the index looks once more after each, which is not asked here.
#[test]
fn work_is_given_up_inside_of_what_takes_long() {
    use morgue_query::{Facet, Grouping, Order, check, parse};

    use crate::Ranking;

    let folder = tempfile::tempdir().unwrap();
    let index = Index::create(folder.path()).unwrap();
    bring(&index, &(0..40).map(|it| (it, it % 20)).collect()).unwrap();
    let snapshot = index.snapshot().unwrap();
    let today = jiff::civil::date(2020, 1, 1);
    let query = |text: &str| check(&parse(text).unwrap(), today).unwrap();
    let (word, phrase) = (query("printed"), query("\"printed by paper\""));
    let (near, length) = (query("printed w/3 paper*"), query("words:>10"));
    let ranking = Ranking::of(&word, &[]);
    let find = |query, order| snapshot.find(query, &ranking, order, Grouping::Passage, 10, 0).map(drop);
    let all = snapshot.matched(None).unwrap();
    let work: [(&str, &dyn Fn() -> Result<()>); 9] = [
        ("the best of a word", &|| find(&word, Order::Relevance)),
        ("the newest of a word", &|| find(&word, Order::Newest)),
        ("a phrase", &|| find(&phrase, Order::Relevance)),
        ("words near each other", &|| find(&near, Order::Oldest)),
        ("a condition on articles", &|| find(&length, Order::Newest)),
        ("all that matches", &|| snapshot.matched(Some(&word)).map(drop)),
        ("counts by a text", &|| snapshot.facet(&all, Facet::Source).map(drop)),
        ("counts by time", &|| snapshot.facet(&all, Facet::Year).map(drop)),
        ("all metadata", &|| snapshot.each_metadata(|_, _, _| ())),
    ];
    for (what, work) in work {
        work().unwrap_or_else(|it| panic!("{what}: {it:?}"));
        let stop = morgue_core::system::stop::Stop::default();
        stop.ask();
        assert!(stop.run(work).is_err(), "{what}");
    }
}
