//! A list stays what it was but for what is changed.

use proptest::prelude::*;

use super::{any_text::any_text, *};

const LIST: &str = "---
title: Harbour dredging
query: 'harbour dredg*'
created: 2026-11-01
mood: grim
removed:
  - aaaaaaaaaa-bbbbbb # Old story
---

# Harbour dredging

For the desk. Keep the order.

## [Harbour plan passes](../corpus/Post/2019-01-02.txt)

- source: The Post
- date: 2019-01-02
- byline: Leda Moss
- state: reading
- tags: dredging, council
- also: [Courier, 2019-01-03](../corpus/c.txt) c3f9a1b27d-aaaaaa
- id: c3f9a1b27d-91e0a2

Call her back.
- not a field: a line of the note

> “The harbour will be *dredged*,” she said.
>
> — Rosa Lund, home minister · passage 1

Second thoughts.

# Background

## [By hand, no fields](../corpus/b%20c.txt)
## [A page](https://example.org/a_b)

* State: READ
";

fn parsed(text: &str) -> List {
    List::parse(text).unwrap_or_else(|it| panic!("{it}"))
}

#[test]
fn what_people_write_is_understood() {
    let list = parsed(LIST);
    let front = list.front();
    assert_eq!(front.title.as_deref(), Some("Harbour dredging"));
    assert_eq!(front.query.as_deref(), Some("harbour dredg*"));
    assert_eq!(front.removed[0].1, "Old story");
    assert_eq!(list.introduction(), "For the desk. Keep the order.");
    let entries: Vec<&Entry> = list.entries().collect();
    let first = entries[0];
    assert_eq!(
        (first.title.as_str(), first.link.as_str()),
        ("Harbour plan passes", "../corpus/Post/2019-01-02.txt")
    );
    assert_eq!(first.state, State::Reading);
    assert_eq!(first.tags, ["dredging", "council"]);
    assert_eq!(first.versions[0].label, "Courier, 2019-01-03");
    assert_eq!(first.note(), "Call her back.\n- not a field: a line of the note\n\nSecond thoughts.");
    let Block::Passage(passage) = &first.blocks[1] else { panic!("{:?}", first.blocks) };
    assert_eq!(passage.ordinal, Some(1));
    assert_eq!(passage.said_by, "Rosa Lund, home minister");
    assert_eq!(entries[1].link, "../corpus/b c.txt");
    assert_eq!(entries[2].link, "https://example.org/a_b");
    assert_eq!(entries[2].state, State::Read);
    assert_eq!(entries.len(), 3);
}

#[test]
fn a_change_touches_its_own_lines() {
    for text in [LIST.to_owned(), LIST.replace('\n', "\r\n")] {
        let end = if text.contains('\r') { "\r\n" } else { "\n" };
        let mut list = parsed(&text);
        list.entry_mut(0).unwrap().set_state(State::Read);
        assert_eq!(list.print(), text.replace("- state: reading", "- state: read"));
        list.entry_mut(2).unwrap().set_state(State::Unread);
        assert!(list.print().contains(&format!("{end}- state: unread{end}")));
        let mut front = list.front().clone();
        front.refreshed = Some("2026-11-22".parse().unwrap());
        list.set_front(front);
        assert!(
            list.print().contains(&format!("Old story{end}refreshed: 2026-11-22{end}---{end}")),
            "{}",
            list.print()
        );
        assert!(list.print().contains("mood: grim"));
        assert_eq!(list.print().matches('\r').count() > 0, end == "\r\n");
    }
}

#[test]
fn an_entry_moves_and_headings_of_the_user_stay() {
    let mut list = parsed(LIST);
    list.move_entry(2, 0);
    let titles: Vec<&str> = list.entries().map(|it| it.title.as_str()).collect();
    assert_eq!(titles, ["A page", "Harbour plan passes", "By hand, no fields"]);
    let text = list.print();
    assert!(text.find("A page") < text.find("# Background"), "{text}");
    assert!(text.find("# Background") < text.find("By hand"), "{text}");
    list.move_entry(0, 99);
    assert_eq!(list.entries().last().unwrap().title, "A page");
    let removed = list.remove(0).unwrap();
    assert_eq!(removed.title, "Harbour plan passes");
    assert!(!list.print().contains("Call her back"));
    assert!(list.print().contains("For the desk"));
}

#[test]
fn a_fault_is_named_by_its_line() {
    for (text, line, words) in [
        ("---\ntitle: x\n", 1, "ends it"),
        ("---\ntitle: [x\n---\n", 2, "cannot be read"),
        ("---\ntitle: a\ntitle: b\n---\n", 3, "cannot be read"),
        ("---\ncreated: soon\n---\n", 2, "no day"),
        ("---\nmax: many\n---\n", 2, "cannot be read"),
        ("---\norder: best\n---\n", 2, "no order"),
        ("---\nremoved:\n  - x\n---\n", 2, "not an article id"),
        ("a\n<<<<<<< HEAD\nb\n=======\nc\n>>>>>>> theirs\n", 2, "merge"),
        ("## [a](b)\n\n- state: done\n", 3, "no state"),
        ("## [a](b)\n\n- source: x\n- date: last spring\n", 4, "no date"),
        ("## [a](b)\n- id: 12\n", 2, "not an article id"),
        ("## [a](b)\n- also: there\n", 2, "no other version"),
        (
            "## [a](b)\n- id: c3f9a1b27d-91e0a2\n\n## [c](d)\n- id: c3f9a1b27d-91e0a2\n",
            4,
            "on line 1 already",
        ),
        ("## [a](b.txt)\n\n## [c](b.txt)\n", 3, "`b.txt` is on line 1 already"),
        ("## [a](b.txt)\n- id: c3f9a1b27d-91e0a2\n\n## [c](b.txt)\n", 4, "on line 1 already"),
    ] {
        let Err(Problems(problems)) = List::parse(text) else { panic!("nothing wrong with {text:?}") };
        assert_eq!(problems[0].line, line, "{text:?}: {problems:?}");
        assert!(problems[0].reason.contains(words), "{text:?}: {problems:?}");
    }
}

#[test]
fn articles_of_one_file_are_told_apart_by_their_ids() {
    let text = "## [a](b.jsonl)\n- id: c3f9a1b27d-91e0a2\n\n## [c](b.jsonl)\n- id: c3f9a1b27e-91e0a2\n";
    assert_eq!(parsed(text).entries().count(), 2);
}

#[test]
fn a_long_run_of_items_is_read_once() {
    // Each line was once compared with the whole run: half a minute for what a paste error makes.
    let text = format!("## [a](b.txt)\n{}", "- item\n".repeat(200_000));
    assert_eq!(parsed(&text).entries().next().unwrap().note().lines().count(), 200_000);
}

#[test]
fn fields_stand_apart_from_what_follows() {
    let mut list = parsed("## [a](a_b.txt)\n\n## [c](c.txt)\n");
    list.entry_mut(0).unwrap().set_state(State::Read);
    assert_eq!(list.print(), "## [a](a_b.txt)\n\n- state: read\n\n## [c](c.txt)\n");
}

#[test]
fn mixed_line_ends_are_kept_and_said() {
    let text = "---\r\ntitle: x\n---\r\n\r\n## [a](b)\n\n- state: unread\r\n";
    let mut list = parsed(text);
    assert!(list.notes[0].contains("line 2"), "{:?}", list.notes);
    assert_eq!(list.print(), text);
    list.entry_mut(0).unwrap().set_state(State::Read);
    assert_eq!(list.print(), text.replace("unread", "read"));
}

#[test]
fn what_was_passed_over_stays_at_the_end() {
    let mut list = parsed(LIST);
    let passed: BTreeSet<String> = (0..20).map(|it| format!("{it:010x}")).collect();
    list.set_passed_over(&passed);
    list.push(&EntryContent {
        title: "Late".to_owned(),
        link: "../l.txt".to_owned(),
        ..EntryContent::default()
    });
    let list = parsed(&list.print());
    assert_eq!(list.passed_over(), passed);
    assert_eq!(list.entries().last().unwrap().title, "Late");
    assert!(list.print().trim_end().ends_with("-->"));
    assert_eq!(list.entries().last().unwrap().note(), "");
}

use std::collections::BTreeSet;

/// The text as one line keeps it.
fn on_a_line(text: &str) -> String {
    markup::one_line(text).trim().to_owned()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn printing_gives_back_any_text(parts in prop::collection::vec(any_text(), 0..8), front in any::<bool>(), end in "\r?\n") {
        let mut text = if front { format!("---{end}") } else { String::new() };
        for part in parts {
            text.push_str(&part);
            text.push_str(&end);
        }
        prop_assert_eq!(List::read(&text).0.print(), text);
    }

    #[test]
    fn printing_gives_back_a_list_with_its_faults(lines in prop::collection::vec(prop::sample::select(vec![
        "---", "title: x", "removed:", "  - aaaaaaaaaa-bbbbbb", "# T", "## [a](b.txt)", "## [c](<d e.txt>)", "## plain", "",
        "- state: read", "- id: c3f9a1b27d-91e0a2", "- also: [x](y)", "* tags: #a, b", "note", "> quoted", ">", "> — x · passage 2",
        "<!-- passed over: ", "c3f9a1b27d", "-->", "=======", "\u{feff}---",
    ]), 0..25), ends in prop::collection::vec("\r?\n", 25)) {
        let text: String = lines.iter().zip(&ends).map(|(line, end)| format!("{line}{end}")).collect();
        prop_assert_eq!(List::read(&text).0.print(), text);
    }

    #[test]
    fn what_is_added_reads_back(title in any_text(), note in any_text(), passage in any_text(), said_by in any_text(), tag in any_text(), source in any_text(), path in "[a-z ()%_<>*/é]{1,12}") {
        let mut list = parsed(LIST);
        let text = passage.trim().to_owned();
        list.push(&EntryContent {
            title: title.clone(),
            link: format!("../{path}"),
            source: Some(source.clone()),
            tags: vec![tag],
            blocks: vec![
                Block::Passage(PassageWords { ordinal: Some(7), text: text.clone(), said_by }),
                Block::Note(note.clone()),
            ],
            ..EntryContent::default()
        });
        let before = LIST.len();
        prop_assert_eq!(&list.print()[..before], LIST, "what was there stays");
        let list = parsed(&list.print());
        let entry = list.entries().last().unwrap();
        prop_assert_eq!(entry.link.clone(), format!("../{path}"));
        let expected = on_a_line(&title);
        prop_assert_eq!(entry.title.trim(), if title.trim().is_empty() { "(no headline)" } else { &expected });
        prop_assert_eq!(entry.source.as_deref().unwrap_or(""), on_a_line(&source));
        let Some(Block::Passage(quoted)) = entry.blocks.first() else { return Err(TestCaseError::fail("no passage")) };
        let clean: Vec<String> = text.split('\n').map(|it| markup::one_line(it).trim_end().to_owned()).collect();
        prop_assert_eq!(quoted.text.trim().to_owned(), clean.join("\n").trim().to_owned());
        prop_assert_eq!(quoted.ordinal, Some(7));
        let note = note.replace("\r\n", "\n").replace('\r', "\n");
        let clean = |c: char| if c.is_control() && c != '\n' && c != '\t' { '\u{fffd}' } else { c };
        let note: Vec<String> = note.trim().split('\n').map(|it| it.trim_end().chars().map(clean).collect()).collect();
        prop_assert_eq!(entry.note().trim().to_owned(), note.join("\n").trim().to_owned());
    }

    #[test]
    fn what_morgue_writes_it_reads(lines in prop::collection::vec(prop_oneof![
        8 => prop::sample::select(vec![
            "---", "title: x", "query: \"a b\"", "removed:", "  - aaaaaaaaaa-bbbbbb # Old", "# T", "## [a](b.txt)", "## [c](<d e.txt>)",
            "## plain", "", "", "- state: read", "- tags: x", "- also: [x](y)", "* mood: grim", "note", "> quoted", ">", "> — x · passage 2",
            "<!-- passed over: ", "c3f9a1b27d", "-->", "\u{feff}",
        ]).prop_map(str::to_owned),
        1 => any_text(),
    ], 0..25), end in "\r?\n", text in any_text(), from in 0..4_usize, to in 0..4_usize) {
        let Ok(mut list) = List::parse(&lines.join(&end)) else { return Ok(()) };
        let n = list.entries().count();
        if let Some(entry) = list.entry_mut(from) {
            entry.set_state(State::Reading);
            entry.add_note(&text);
            entry.set_tags(std::slice::from_ref(&text));
            entry.replace_note(&text);
            entry.set_place("c3f9a1b27d-91e0a2".parse().unwrap(), "../moved.txt");
            entry.add_version(&Version { label: text.clone(), link: "../v.txt".to_owned(), id: None });
        }
        list.move_entry(from, to);
        let front = Front { title: Some(text.clone()), query: Some(text), max: Some(3), ..list.front().clone() };
        list.set_front(front.clone());
        list.set_passed_over(&["0123456789".to_owned()].into());
        let printed = list.print();
        let again = List::parse(&printed).map_err(|it| TestCaseError::fail(format!("{it}\n{printed}")))?;
        prop_assert_eq!(again.entries().count(), n, "{}", printed);
        let query = front.query.filter(|it| !it.trim().is_empty());
        prop_assert_eq!((again.front().title.clone(), again.front().query.clone()), (front.title, query), "{}", printed);
        prop_assert_eq!(again.passed_over().len(), list.passed_over().len());
    }
}
