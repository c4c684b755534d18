//! Mails. Those that hold an export of a press database, as ProQuest sends them, are read; any
//! other mail is a problem.
//!
//! `mail-parser` undoes MIME. The mail's own subject, sender and day are not those of the articles
//! in it.

use mail_parser::{MessageParser, PartType};

use super::{
    Documents, Problem,
    format::{Format, Source, Start},
    html,
    press::{self, Export, NoExport},
    sheet::{self, Kind},
};

pub(super) const FORMAT: Format = Format {
    name: "mail",
    told_by: "a header of a mail: `Received:`, `Message-ID:`, `MIME-Version:` and others",
    article: "an article of the export that it holds",
    extensions: &["eml", "mbox"],
    fits: |start| is_mailbox(start) || is_mail(start.text),
    read,
};

/// Names of header fields, in lower case, that only mails have.
const TELLING: [&str; 12] = [
    "received",
    "message-id",
    "mime-version",
    "return-path",
    "delivered-to",
    "dkim-signature",
    "content-transfer-encoding",
    "x-received",
    "authentication-results",
    "received-spf",
    "x-mailer",
    "in-reply-to",
];

/// Those that other texts have as well.
const COMMON: [&str; 9] =
    ["from", "to", "cc", "date", "subject", "reply-to", "sender", "content-type", "references"];

/// How many lines of a header are read.
const HEADER_LINES_MAX: usize = 200;

/// Whether a text begins with the header of a mail: three known fields or more, one of them
/// telling.
fn is_mail(text: &str) -> bool {
    let (mut known, mut telling) = (0, 0);
    for line in text.lines().take(HEADER_LINES_MAX) {
        if line.starts_with([' ', '\t']) {
            continue;
        }
        let Some((name, _)) = line.split_once(':') else { break };
        let is_name =
            !name.is_empty() && name.bytes().all(|it| it.is_ascii_alphanumeric() || it == b'-' || it == b'_');
        if !is_name {
            break;
        }
        let name = name.to_ascii_lowercase();
        telling += usize::from(TELLING.contains(&name.as_str()));
        known += usize::from(TELLING.contains(&name.as_str()) || COMMON.contains(&name.as_str()));
    }
    known >= 3 && telling >= 1
}

/// Whether a file is a mailbox: a line `From somebody day`, and a mail below it.
fn is_mailbox(start: &Start<'_>) -> bool {
    let line = start.text.strip_prefix("From ").and_then(|it| it.split_once('\n'));
    line.is_some_and(|(_, below)| is_mail(below))
}

fn read(source: Source<'_>) -> Result<Documents<'_>, Problem> {
    let rules = source.rules;
    let file = source.whole()?;
    let other =
        || Problem { place: String::new(), reason: "is a mail, and those are not read yet".to_owned() };
    if file.bytes.starts_with(b"From ") {
        return Err(other());
    }
    let n_boundaries = boundaries(&file.bytes);
    if n_boundaries.saturating_mul(file.bytes.len()) > SCANNED_BYTES_MAX {
        let reason = format!("is a mail that names {n_boundaries} boundaries of parts, and was not read");
        return Err(Problem { place: String::new(), reason });
    }
    let problem = file.problem.map(Err);
    let texts = texts(&file.bytes);
    drop(file.bytes);
    let hinted = texts.into_iter().filter(|(_, text)| press::is_hinted_at(text));
    for (kind, text) in hinted.take(PARTS_MAX) {
        let lines = match kind {
            Kind::Page => Box::new(html::lines(&text)?.into_iter().map(Ok)),
            _ => sheet::lines_of_text(text, None),
        };
        match press::read(Export { kind, lines, rules, layout: None, notes: Vec::new() }) {
            Ok(documents) => return Ok(Box::new(documents.chain(problem))),
            Err(NoExport::Unknown(problem)) => return Err(problem),
            Err(NoExport::Other(_)) => (),
        }
    }
    Err(other())
}

/// `mail-parser` looks for each boundary up to the end of the mail: 30,000 of them in 1.6 MB took
/// it more than a minute. A mail of 1 MB may have 2,000.
const SCANNED_BYTES_MAX: usize = 2 << 30;

/// How many parts of a mail are tried as exports.
const PARTS_MAX: usize = 20;

/// How often the mail names a boundary.
fn boundaries(mail: &[u8]) -> usize {
    const NAME: &[u8] = b"boundary";
    mail.windows(NAME.len()).filter(|it| it[0] | 0x20 == b'b' && it.eq_ignore_ascii_case(NAME)).count()
}

/// The pages and texts of a mail, pages first: often both say the same.
fn texts(mail: &[u8]) -> Vec<(Kind, String)> {
    let Some(message) = MessageParser::default().parse(mail) else { return Vec::new() };
    let mut texts: Vec<(Kind, String)> = message
        .parts
        .iter()
        .filter_map(|part| match &part.body {
            PartType::Html(text) => Some((Kind::Page, text.to_string())),
            PartType::Text(text) => Some((Kind::Text, text.to_string())),
            PartType::Binary(_)
            | PartType::InlineBinary(_)
            | PartType::Message(_)
            | PartType::Multipart(_) => None,
        })
        .collect();
    texts.sort_by_key(|it| it.0 != Kind::Page);
    texts
}
