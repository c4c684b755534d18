//! Damaged files of an index: never a crash or a hang, no wrong answer that `check` does not see,
//! and `--rebuild` helps.

use std::{collections::BTreeMap, fs};

use crate::support::Newsroom;

use super::{Attacked, Random, attack, copy_folder, names, news};

const KINDS: [&str; 9] = ["gone", "empty", "cut", "bit", "tail bit", "tail zeros", "zeros", "noise", "more"];

const QUESTIONS: &[&[&str]] = &[
    &["search", "-q", "--format", "jsonl", "-n", "99", "harbor"],
    &["search", "-q", "--format", "jsonl", "speaker:lund"],
    &["search", "-q", "--format", "jsonl", "--sort", "newest", "dam w/8 repair*"],
    &["quotes", "-q", "--all", "--format", "jsonl", "lund"],
    &["facets", "speaker", "harbor", "--format", "jsonl"],
];

/// The bytes with a damage of this kind; `None` for a file that is gone.
fn damage(data: &[u8], kind: &str, random: &mut Random) -> Option<Vec<u8>> {
    let mut data = data.to_vec();
    let at = random.below(data.len());
    let end = (at + 512).min(data.len());
    match kind {
        "gone" => return None,
        "empty" => data.clear(),
        "cut" => data.truncate(at),
        "bit" if !data.is_empty() => data[at] ^= 1 << random.below(8),
        // Where lengths and offsets stand.
        "tail bit" if !data.is_empty() => {
            let from_end = 1 + random.below(data.len().min(150));
            let at = data.len() - from_end;
            data[at] ^= 1 << random.below(8);
        }
        "tail zeros" => {
            let from_end = 1 + random.below(data.len().min(300));
            let at = data.len().saturating_sub(from_end);
            let end = (at + 64).min(data.len());
            data[at..end].fill(0);
        }
        "zeros" => data[at..end].fill(0),
        "noise" => {
            data[at..end].iter_mut().for_each(|it| *it = u8::try_from(random.below(256)).expect("a byte"));
        }
        "more" => data.extend_from_slice(&[0xa5; 64]),
        _ => (),
    }
    Some(data)
}

#[test]
fn damage_of_each_kind_in_each_kind_of_file() {
    let seed = 19;
    let mut random = Random::new(seed);
    let newsroom = Newsroom::new();
    news::corpus(&newsroom, 30, &mut random);
    // With one worker the files are the same each time, but for their names.
    newsroom.run(["ingest", "-q", "--jobs", "1"]).expect_status(0);
    fs::remove_file(newsroom.path("corpus/desk-1/001.txt")).expect("removed");
    newsroom.write("corpus/desk-0/000.txt", "The harbor\n\nThe harbor was measured once more.\n");
    newsroom.run(["ingest", "-q", "--jobs", "1"]).expect_status(0);
    let (index, whole, folder) = (newsroom.path("index"), newsroom.path("whole"), newsroom.path(""));
    copy_folder(&index, &whole);
    let truth: Vec<Attacked> = QUESTIONS.iter().map(|it| attack(&folder, it)).collect();

    // Of each kind of file the largest: `term`, `pos`, `store`, `fast`, `del`, `meta.json` and so
    // on.
    let mut kinds_of_file: BTreeMap<String, (u64, String)> = BTreeMap::new();
    for name in names(&whole).into_iter().filter(|it| !it.ends_with(".lock")) {
        let kind = name.rsplit('.').next().expect("an ending").to_owned();
        let size = whole.join(&name).metadata().expect("a file").len();
        let largest =
            kinds_of_file.entry(if name.starts_with('.') { name.clone() } else { kind }).or_default();
        *largest = (*largest).clone().max((size, name));
    }
    let files: Vec<String> = kinds_of_file.into_values().map(|it| it.1).collect();
    assert!(files.len() >= 7, "{files:?}");

    let mut number = 0;
    for name in &files {
        for kind in KINDS {
            number += 1;
            let context = format!("seed {seed}, case {number}: {kind} in {name}");
            copy_folder(&whole, &index);
            let before = fs::read(whole.join(name)).expect("a file");
            match damage(&before, kind, &mut random) {
                Some(after) => fs::write(index.join(name), after).expect("written"),
                None => fs::remove_file(index.join(name)).expect("removed"),
            }
            let check = attack(&folder, &["check"]);
            check.expect_no_crash(&context);
            for at in [number, number + 1] {
                let at = at % QUESTIONS.len();
                let ran = attack(&folder, QUESTIONS[at]);
                ran.expect_no_crash(&context);
                if ran.status == Some(2) {
                    let said = ran.said();
                    assert!(
                        said.contains("--rebuild") || said.contains("morgue ingest"),
                        "{context}: {said}"
                    );
                } else if ran.stdout != truth[at].stdout {
                    assert_ne!(
                        check.status,
                        Some(0),
                        "{context}: a wrong answer, and `check` finds it sound"
                    );
                }
            }
            if number % 3 == 0 {
                attack(&folder, &["ingest", "-q"]).expect_no_crash(&context);
            }
            let rebuilt = attack(&folder, &["ingest", "-q", "--rebuild"]);
            assert_eq!(rebuilt.status, Some(0), "{context}: --rebuild: {}", rebuilt.said());
            let sound = attack(&folder, &["check"]);
            assert_eq!(sound.status, Some(0), "{context}: {}", sound.said());
        }
    }
}
