//! Kills `morgue` at random moments: whatever is left opens, is whole, and the next run picks up.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
    process::Stdio,
    time::{Duration, Instant},
};

use crate::support::Newsroom;

use super::{Answers, Random, attack, command, copy_folder, fresh_build, kill, names, news, unnamed_files};

/// Starts a command and kills it when a number of file names were seen in `folder`, or after a
/// part of the time that it took before. Returns whether it had ended before.
fn killed(newsroom: &Newsroom, args: &[&str], folder: &Path, usual: Duration, random: &mut Random) -> bool {
    let mut child = command(&newsroom.path(""), args)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("it runs");
    if random.chance(50) {
        std::thread::sleep(usual.mul_f64(random.below(95) as f64 / 100.0));
    } else {
        let (mut seen, enough) = (BTreeSet::new(), 1 + random.below(40));
        while seen.len() < enough && child.try_wait().expect("it can be waited for").is_none() {
            seen.extend(names(folder));
        }
    }
    kill(&mut child)
}

/// How long a command takes here and now: only to choose moments to kill it in.
#[track_caller]
fn duration(newsroom: &Newsroom, args: &[&str]) -> Duration {
    let began = Instant::now();
    let ran = attack(&newsroom.path(""), args);
    assert_eq!(ran.status, Some(0), "{}", ran.said());
    began.elapsed()
}

fn articles(newsroom: &Newsroom) -> Vec<PathBuf> {
    let corpus = newsroom.path("corpus");
    let folders = names(&corpus).into_iter().map(|it| corpus.join(it)).filter(|it| it.is_dir());
    folders.flat_map(|it| names(&it).into_iter().map(move |name| it.join(name))).collect()
}

/// Deletes, changes, copies and adds articles. A changed article gets three paragraphs that must be
/// found together or not at all.
fn edit(newsroom: &Newsroom, round: usize, random: &mut Random) {
    for path in articles(newsroom) {
        let text = fs::read_to_string(&path).expect("an article");
        let unmarked = text.split("\nzqmark").next().expect("a first part");
        let mark = |nth| format!("\nzqmark{round} is the {nth} paragraph that the desk added.\n");
        let marked = format!("{unmarked}{}{}{}", mark("first"), mark("second"), mark("third"));
        match random.below(20) {
            0 => fs::remove_file(&path).expect("removed"),
            1..=4 => fs::write(&path, marked).expect("written"),
            5 => fs::write(path.with_extension(format!("{round}.txt")), marked).expect("written"),
            _ => (),
        }
    }
    newsroom.write(&format!("corpus/desk-0/new-{round}.txt"), news::article(random));
}

/// What a kill left must open, be sound, hold whole files, and answer as one of `commits`.
#[track_caller]
fn examine(newsroom: &Newsroom, commits: &[&Answers], context: &str) {
    let folder = newsroom.path("");
    let check = attack(&folder, &["check"]);
    assert_eq!(check.status, Some(0), "{context}: {}", check.said());
    let marked =
        attack(&folder, &["search", "-q", "--no-fold", "--format", "jsonl", "-n", "9999", "zqmark*"]);
    marked.expect_no_crash(context);
    let mut marks: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for line in String::from_utf8(marked.stdout).expect("UTF-8").lines() {
        let hit: serde_json::Value = serde_json::from_str(line).expect("JSON");
        let text = hit["text"].as_str().expect("a text").split(' ').next().expect("a word").to_owned();
        marks.entry(hit["path"].to_string()).or_default().push(text);
    }
    for (path, found) in marks {
        assert!(found.len() == 3 && found.iter().all(|it| *it == found[0]), "{context}: {path}: {found:?}");
    }
    let now = Answers::of(newsroom);
    assert!(commits.iter().any(|it| it.same_answers(&now)), "{context}: answers of no commit");
}

/// One more run must equal a fresh build, and leave no file behind.
#[track_caller]
fn converge(newsroom: &Newsroom, args: &[&str], fresh: &Answers, context: &str) {
    let ran = attack(&newsroom.path(""), args);
    assert_eq!(ran.status, Some(0), "{context}: the next run: {}", ran.said());
    assert_eq!(Answers::of(newsroom), *fresh, "{context}: the next run and a fresh build differ");
    let check = attack(&newsroom.path(""), &["check"]);
    assert_eq!(check.status, Some(0), "{context}: {}", check.said());
    assert_eq!(unnamed_files(&newsroom.path("index")), Vec::<String>::new(), "{context}: left behind");
}

/// Kills of a first ingest: before the first commit there is no index, after it all of it.
#[test]
fn kills_of_a_first_ingest() {
    let seed = 1;
    let mut random = Random::new(seed);
    let newsroom = Newsroom::new();
    news::corpus(&newsroom, 40, &mut random);
    let fresh = Answers::of(&fresh_build(&newsroom));
    let index = newsroom.path("index");
    let usual = duration(&newsroom, &["ingest", "-q"]);
    for round in 0..8 {
        let context = format!("seed {seed}, round {round}");
        if random.chance(70) {
            // It may not be there yet.
            let _ = fs::remove_dir_all(&index);
        }
        killed(&newsroom, &["ingest", "-q"], &index, usual, &mut random);
        let check = attack(&newsroom.path(""), &["check"]);
        check.expect_no_crash(&context);
        if check.status == Some(2) {
            assert!(check.said().contains("there is no index"), "{context}: {}", check.said());
        } else {
            examine(&newsroom, &[&fresh], &context);
        }
        if round % 3 == 2 {
            converge(&newsroom, &["ingest", "-q"], &fresh, &context);
        }
    }
    converge(&newsroom, &["ingest", "-q"], &fresh, &format!("seed {seed}, at the end"));
}

/// The property: from any sequence of edits, kills and ingests, one more ingest equals a fresh
/// build; and each kill leaves the commit before or the one after.
#[test]
fn any_edits_and_kills_and_one_more_ingest_equal_a_fresh_build() {
    const COMMANDS: &[&[&str]] = &[&["ingest", "-q"], &["ingest", "-q"], &["ingest", "-q", "--rebuild"]];
    for seed in 1..=3 {
        let mut random = Random::new(seed);
        let newsroom = Newsroom::new();
        news::corpus(&newsroom, 30, &mut random);
        edit(&newsroom, 0, &mut random);
        let mut usual = duration(&newsroom, &["ingest", "-q"]);
        let mut before = Answers::of(&newsroom);
        for round in 1..=4 {
            edit(&newsroom, round, &mut random);
            let fresh = Answers::of(&fresh_build(&newsroom));
            for turn in 0..1 + random.below(3) {
                let args = *random.pick(COMMANDS);
                let context = format!("seed {seed}, round {round}, kill {turn}, {args:?}");
                killed(&newsroom, args, &newsroom.path("index"), usual, &mut random);
                examine(&newsroom, &[&before, &fresh], &context);
            }
            // At times the next edits come before any run has ended.
            if random.chance(60) {
                let began = Instant::now();
                converge(&newsroom, &["ingest", "-q"], &fresh, &format!("seed {seed}, round {round}"));
                usual = usual.max(began.elapsed() / 8);
                before = fresh;
            } else {
                before = Answers::of(&newsroom);
            }
        }
        let fresh = Answers::of(&fresh_build(&newsroom));
        converge(&newsroom, &["ingest", "-q"], &fresh, &format!("seed {seed}, at the end"));
    }
}

/// Kills in the moment in which a file of deletes is written and no commit names it.
#[test]
fn kills_between_deletes_and_their_commit() {
    let mut random = Random::new(5);
    let newsroom = Newsroom::new();
    news::corpus(&newsroom, 40, &mut random);
    let newsroom = newsroom.ingested();
    edit(&newsroom, 1, &mut random);
    let (index, before) = (newsroom.path("index"), newsroom.path("before"));
    copy_folder(&index, &before);
    let fresh = Answers::of(&fresh_build(&newsroom));
    let mut caught = 0;
    for round in 0..12 {
        copy_folder(&before, &index);
        let mut child = command(&newsroom.path(""), &["ingest", "-q"])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("it runs");
        let deletes = || names(&index).iter().any(|it| it.ends_with(".del"));
        while !deletes() && child.try_wait().expect("it can be waited for").is_none() {}
        kill(&mut child);
        if unnamed_files(&index).iter().any(|it| it.ends_with(".del")) {
            caught += 1;
            converge(&newsroom, &["ingest", "-q"], &fresh, &format!("round {round}"));
        }
    }
    assert!(caught > 0, "no kill came in that moment");
}

/// Kills of `ingest --purge`: nothing is lost, and at the end deleted text is in no file.
#[test]
fn kills_of_a_purge() {
    const SECRET: &str = "qzxvkwjh7340";
    let mut random = Random::new(7);
    let newsroom = Newsroom::new();
    news::corpus(&newsroom, 30, &mut random);
    for number in 0..4 {
        let text =
            format!("{}\nThe envelope was marked {SECRET} by the clerk.\n", news::article(&mut random));
        newsroom.write(&format!("corpus/secret/{number}.txt"), text);
    }
    let newsroom = newsroom.ingested();
    let index = newsroom.path("index");
    let holds_secret = || {
        names(&index).iter().any(|it| {
            let bytes = fs::read(index.join(it)).expect("a file of the index");
            bytes.windows(SECRET.len()).any(|it| it == SECRET.as_bytes())
        })
    };
    assert!(holds_secret(), "the test sees the text to begin with");
    fs::remove_dir_all(newsroom.path("corpus/secret")).expect("removed");
    let newsroom = newsroom.ingested();
    let fresh = Answers::of(&fresh_build(&newsroom));
    let before = newsroom.path("before");
    copy_folder(&index, &before);
    let purge = ["ingest", "-q", "--purge"];
    let usual = duration(&newsroom, &purge);
    for round in 0..6 {
        copy_folder(&before, &index);
        killed(&newsroom, &purge, &index, usual, &mut random);
        examine(&newsroom, &[&fresh], &format!("round {round}"));
    }
    converge(&newsroom, &purge, &fresh, "at the end");
    assert!(!holds_secret(), "deleted text is still in the index");
}

/// Kills of edits of a list: it is the old one or the new one.
#[test]
fn kills_of_list_edits() {
    const EDITS: &[&[&str]] = &[
        &["list", "note", "one", "2", "call her back"],
        &["list", "tag", "one", "1", "harbor"],
        &["list", "move", "one", "3", "1"],
        &["list", "refresh", "one"],
        &["list", "add", "one", "--query", "bridge OR ferry"],
    ];
    let mut random = Random::new(11);
    let newsroom = Newsroom::new();
    news::corpus(&newsroom, 20, &mut random);
    let newsroom = newsroom.ingested();
    newsroom.run(["list", "new", "one", "harbor", "--max", "8", "-q"]).expect_status(0);
    let path = newsroom.path("lists/one.md");
    for (round, edit) in EDITS.iter().cycle().take(20).enumerate() {
        let before = fs::read(&path).expect("the list");
        let usual = duration(&newsroom, edit);
        let after = fs::read(&path).expect("the list");
        fs::write(&path, &before).expect("the list");
        killed(&newsroom, edit, &newsroom.path("lists"), usual, &mut random);
        let now = fs::read(&path).expect("the list");
        assert!(now == before || now == after, "round {round}: {edit:?}: neither the old nor the new list");
        newsroom.run(["list", "show", "one"]).expect_status(0);
    }
}

/// Kills of an export onto an earlier one: it is the earlier one or the new one.
#[test]
fn kills_of_an_export() {
    let mut random = Random::new(13);
    let newsroom = Newsroom::new();
    news::corpus(&newsroom, 30, &mut random);
    let newsroom = newsroom.ingested();
    newsroom.run(["list", "new", "one", "harbor", "--max", "40", "--passages", "3", "-q"]).expect_status(0);
    let path = newsroom.path("out/page.html");
    let export = ["list", "export", "one", "--to", "html", "-o", "out/page.html"];
    newsroom.write("out/page.html", "an earlier export\n");
    let state = || fs::metadata(&path).map(|it| (it.len(), it.modified().ok())).ok();
    duration(&newsroom, &export);
    let whole = fs::read(&path).expect("the export");
    for round in 0..12 {
        newsroom.write("out/page.html", "an earlier export\n");
        let (before, beside) = (state(), names(&newsroom.path("out")));
        let mut child = command(&newsroom.path(""), &export)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("it runs");
        while state() == before
            && names(&newsroom.path("out")) == beside
            && child.try_wait().expect("it can be waited for").is_none()
        {}
        kill(&mut child);
        let now = fs::read(&path).expect("the export");
        assert!(now == b"an earlier export\n" || now == whole, "round {round}: {} bytes", now.len());
    }
}
