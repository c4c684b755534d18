//! Exports that are broken or made to break.

use morgue::read::ReadRules;

use super::shown;

fn read(content: &str, name: &str) -> String {
    shown(content.as_bytes(), name, &ReadRules::default())
}

const MAIL: &str = "Received: x\nMessage-ID: <a@b>\nMIME-Version: 1.0\nFrom: a@proquest.example\n";

#[test]
fn mails_that_name_many_boundaries_are_refused() {
    let part = |it: usize| format!("--b\nContent-Type: multipart/mixed; boundary=\"c{it}\"\n\nx\n");
    let parts: String = (0..30_000).map(part).collect();
    let mail = format!("{MAIL}Content-Type: multipart/mixed; boundary=\"b\"\n\n{parts}");
    let expected = "PROBLEM is a mail that names 30001 boundaries of parts, and was not read";
    assert_eq!(read(&mail, "a.eml").trim(), expected);
}

#[test]
fn mails_of_many_parts_and_messages_in_messages_are_survived() {
    let pages = "--b\nContent-Type: text/html\n\n<p>ProQuest\n".repeat(20_000);
    let nested = "Content-Type: message/rfc822\n\nFrom: a@b\n".repeat(20_000);
    for rest in [
        format!("Content-Type: multipart/mixed; boundary=\"b\"\n\n{pages}"),
        nested,
        format!("Subject: {}\n\nProQuest", "=?utf-8?q?a?= ".repeat(100_000)),
        "Content-Type: text/html\nContent-Transfer-Encoding: quoted-printable\n\n".to_owned()
            + &"=".repeat(300_000),
    ] {
        assert_eq!(
            read(&(MAIL.to_owned() + &rest), "a.eml").trim(),
            "PROBLEM is a mail, and those are not read yet"
        );
    }
}

#[test]
fn floods_of_heads_ends_and_labels_are_survived() {
    let record = "Bridge opens\n40 words\n5 March 2019\nThe Harbor Courier\n(c) 2019\n\nIt did.\n\n";
    let end = "Document HRBR000020190304ef340001a\n";
    let many = read(&format!("{record}{end}").repeat(5_000), "a.txt");
    assert_eq!(many.matches("headline: Bridge opens").count(), 5_000);
    let ends = read(&format!("{record}{}", end.repeat(50_000)), "a.txt");
    assert_eq!(ends.matches("PROBLEM").count(), 49_999, "each end without a head");
    let counts = read(&format!("{}{end}", "40 words\n5 March 2019\n".repeat(9_000)), "a.txt");
    assert!(counts.contains("date: 5 March 2019"), "{}", &counts[..300]);
    let blank = read(&format!("40 words{}5 March 2019\n{end}", "\n".repeat(15_000)), "a.txt");
    assert!(blank.contains("note: its headline was not found"), "{blank}");
    let counted = read(&format!("{}{end}", "40 words\n\n\n\n".repeat(4_000)), "a.txt");
    assert!(counted.starts_with("PROBLEM is an export of Factiva"), "{}", &counted[..300]);
    let labels =
        format!("Ferry\nPublication title: A\nProQuest document ID: 1\n{}", "Full text: \n".repeat(100_000));
    assert!(read(&labels, "a.txt").contains("headline: Ferry"));
    let text = format!(
        "Ferry\nPublication title: A\nProQuest document ID: 1\nFull text:\n{}",
        "Title:\n\nB.\n\n".repeat(50_000)
    );
    assert!(read(&text, "a.txt").contains("headline: Ferry"));
}

#[test]
fn xml_of_factiva_may_be_deep_broken_or_cut() {
    let deep = format!("<PPSResponse>{}", "<a>".repeat(200_000));
    assert_eq!(read(&deep, "a.xml").trim(), "PROBLEM holds no article");
    let open = format!("<PPSResponse>{}{}", "<a>".repeat(100_000), "</b>".repeat(100_000));
    assert_eq!(read(&open, "a.xml").trim(), "PROBLEM holds no article");
    let cut = "<PPSResponse><article><headline><paragraph>Ferry";
    assert_eq!(read(cut, "a.xml").trim(), "PROBLEM record 1: is cut short: it has no `</article>`");
}
