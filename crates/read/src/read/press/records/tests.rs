use super::*;

fn line(number: usize, text: &str) -> Line {
    Line { text: text.to_owned(), number, ..Line::default() }
}

/// Records begin at `#` and end at `.`; what says `of N` gives their number.
fn read(lines: &[&str], record_bytes_max: usize) -> String {
    let rules = ReadRules { record_bytes_max, ..ReadRules::default() };
    let numbered = lines.iter().zip(1..).map(|(text, number)| match *text {
        "error" => Err(Problem { place: "line".to_owned(), reason: "is cut".to_owned() }),
        text => Ok(line(number, text)),
    });
    let export = Export {
        layout: None,
        kind: Kind::Page,
        lines: Box::new(numbered),
        rules: &rules,
        notes: vec!["guessed".to_owned()],
    };
    let cut = |line: &Line| match line.text.as_str() {
        "#" => Cut::Before,
        "." => Cut::After,
        _ => Cut::No,
    };
    let read = |record: &Record| {
        let texts: Vec<&str> = record.lines.iter().map(|it| it.text.as_str()).collect();
        let name = Some(format!("{}:{}", record.number, texts.join("")));
        (texts != ["cover"]).then(|| Ok(RawDocument { name, ..RawDocument::default() }))
    };
    let total = |text: &str| text.strip_prefix("of ")?.parse().ok();
    let shown = documents(export, cut, total, read).map(|it| match it {
        Ok(document) => {
            assert!(document.among_records && document.notes == ["guessed"]);
            document.name.unwrap_or_default()
        }
        Err(problem) => format!("{problem}"),
    });
    shown.collect::<Vec<_>>().join(" | ")
}

#[test]
fn lines_are_cut_into_records() {
    for (lines, expected) in [
        (&["#", "a", "#", "b"][..], "1:#a | 2:#b"),
        (&["a", ".", "b", "."], "1:a. | 2:b."),
        (&["cover", "#", "a", ".", "cover"], "1:#a."),
        (&["#", "a", "error"], "1:#a | line: is cut"),
        (&["of 2", "#", "a"], "1:of 2 | 2:#a"),
        (&["#", "of 3", "#"], "1:#of 3 | 2:# | has 2 of the 3 documents that it counts"),
        (&[], ""),
    ] {
        assert_eq!(read(lines, 100), expected, "{lines:?}");
    }
}

#[test]
fn a_record_that_is_too_long_costs_itself() {
    let lines = ["#", "0123456789", "0123456789", "#", "a"];
    let expected = "record 1: is 24 bytes long, and records are read up to 12 bytes | 2:#a";
    assert_eq!(read(&lines, 12), expected);
}

#[test]
fn paragraphs_of_a_text_know_their_bytes() {
    let file = "x\n  The mill burned for three days and nobody came\n  to put the fire out until Friday.\n\nSold – again.\n";
    let lines: Vec<Line> =
        crate::read::sheet::lines_of_text(file.to_owned(), Some(0)).flatten().skip(1).collect();
    let blocks = paragraphs(lines.iter(), |joined| text::paragraphs(text::Lines::of(joined), 10));
    let read: Vec<(&str, &str)> =
        blocks.iter().map(|it| (it.place.as_str(), &file[it.bytes.clone().expect("bytes")])).collect();
    assert_eq!(
        read,
        [
            ("line 2", "The mill burned for three days and nobody came\n  to put the fire out until Friday."),
            ("line 5", "Sold – again."),
        ]
    );
}
