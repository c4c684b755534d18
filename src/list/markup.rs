//! The little Markdown that a list is made of: links, and text that must not be read as markup.

/// The text on one line, with what Markdown would read as markup escaped.
pub fn escaped(text: &str) -> String {
    let text = one_line(text);
    let mut out = String::with_capacity(text.len());
    let mut last = ' ';
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        // An ampersand is markup only before what may be the name of a character, `#` only where it
        // may end a heading.
        let entity = c == '&' && chars.peek().is_some_and(|it| it.is_ascii_alphanumeric() || *it == '#');
        let hash = c == '#' && matches!(last, ' ' | '#');
        if entity || hash || matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '~' | '|') {
            out.push('\\');
        }
        out.push(c);
        last = c;
    }
    guarded(&out)
}

/// The line, escaped where it begins with what would make it a heading, a list, a quote or a rule.
fn guarded(line: &str) -> String {
    let digits = line.find(|c: char| !c.is_ascii_digit()).unwrap_or(0);
    match line.chars().next() {
        Some('-' | '+' | '=') => format!("\\{line}"),
        Some(_) if digits > 0 && line[digits..].starts_with(['.', ')']) => {
            format!("{}\\{}", &line[..digits], &line[digits..])
        }
        _ => line.to_owned(),
    }
}

/// The text that an escaped one stands for: a backslash before a sign of ASCII takes away its
/// meaning.
pub(super) fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match chars.peek() {
            Some(next) if c == '\\' && next.is_ascii_punctuation() => out.extend(chars.next()),
            _ => out.push(c),
        }
    }
    out
}

/// The text with line ends and tabs as spaces, and without other control characters: they have no
/// place in a file that is read in terminals and editors.
pub fn one_line(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '\t' | '\n' | '\r' | '\u{2028}' | '\u{2029}' | '\u{85}' => ' ',
            c if c.is_control() => '\u{fffd}',
            c => c,
        })
        .collect()
}

/// `[text](target)`, each so that it reads back.
pub(super) fn link(text: &str, target: &str) -> String {
    let mut encoded = String::new();
    for c in target.chars() {
        match c {
            // In the way of Markdown, or of what comes after it; the rest stays readable.
            '%' if !target.contains("://") => encoded.push_str("%25"),
            ' ' | '<' | '>' | '(' | ')' | '\\' | '"' | '`' => encoded.push_str(&percent(c)),
            c if c.is_control() || c.is_whitespace() || matches!(c, '\u{fffe}' | '\u{ffff}') => {
                encoded.push_str(&percent(c));
            }
            c => encoded.push(c),
        }
    }
    format!("[{}]({encoded})", escaped(text))
}

fn percent(c: char) -> String {
    let mut bytes = [0; 4];
    c.encode_utf8(&mut bytes).bytes().map(|it| format!("%{it:02X}")).collect()
}

/// Reads a line that begins with a link: its text, its target, and what follows.
pub(super) fn read_link(line: &str) -> Option<(String, String, &str)> {
    let inner = line.strip_prefix('[')?;
    let close = unescaped_position(inner, ']')?;
    let rest = inner[close..].strip_prefix("](")?;
    let (target, rest) = match rest.strip_prefix('<') {
        // As people and editors write a target with spaces.
        Some(rest) => {
            let end = rest.find(">)")?;
            (&rest[..end], &rest[end + 2..])
        }
        None => {
            let end = rest.find(')')?;
            (&rest[..end], &rest[end + 1..])
        }
    };
    Some((unescaped(&inner[..close]), decoded(target.trim()), rest))
}

/// Where the sign stands for itself.
fn unescaped_position(text: &str, sign: char) -> Option<usize> {
    let mut escaped = false;
    text.char_indices().find_map(|(at, c)| {
        let found = c == sign && !escaped;
        escaped = c == '\\' && !escaped;
        found.then_some(at)
    })
}

/// A path without its percent signs; the address of a page keeps them.
pub(super) fn decoded(target: &str) -> String {
    if target.contains("://") || !target.contains('%') {
        return target.to_owned();
    }
    let mut bytes = Vec::with_capacity(target.len());
    let mut rest = target.as_bytes();
    while let Some((first, tail)) = rest.split_first() {
        let hex = rest.get(1..3).and_then(|it| std::str::from_utf8(it).ok());
        match hex.and_then(|it| u8::from_str_radix(it, 16).ok()) {
            Some(byte) if *first == b'%' => {
                bytes.push(byte);
                rest = &rest[3..];
            }
            _ => {
                bytes.push(*first);
                rest = tail;
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| target.to_owned())
}

/// The lines of a note as they are written: a line that would be read as something else begins with
/// a backslash.
pub(super) fn note_lines(note: &str) -> Vec<String> {
    let clean = |c: char| match c {
        '\t' => '\t',
        c if c.is_control() => '\u{fffd}',
        c => c,
    };
    let line = |it: &str| {
        let text: String = it.trim_end().chars().map(clean).collect();
        if is_structure(&text) || text.starts_with('\\') { format!("\\{text}") } else { text }
    };
    let text = note.replace("\r\n", "\n").replace('\r', "\n");
    text.trim().split('\n').map(line).collect()
}

/// The text of a note's line.
pub(super) fn note_text(line: &str) -> &str {
    match line.strip_prefix('\\') {
        Some(rest) if is_structure(rest) || rest.starts_with('\\') => rest,
        _ => line,
    }
}

/// Whether a line is read as part of the file's structure wherever it stands in an entry.
pub(super) fn is_structure(line: &str) -> bool {
    is_heading(line)
        || line.trim_start_matches(' ').starts_with('>')
        || super::entry::is_field(line)
        || is_comment(line)
        || is_conflict(line)
}

/// Whether the line is a heading of the first or second level.
pub(super) fn is_heading(line: &str) -> bool {
    line.starts_with("# ") || line.starts_with("## ") || matches!(line, "#" | "##")
}

/// Whether the line begins a comment, which nobody sees in the rendered text.
pub(super) fn is_comment(line: &str) -> bool {
    line.starts_with("<!--")
}

/// Whether the line is one that a version control system leaves where two changes met.
pub(super) fn is_conflict(line: &str) -> bool {
    ["<<<<<<<", ">>>>>>>", "|||||||"]
        .iter()
        .any(|it| line.strip_prefix(it).is_some_and(|rest| rest.is_empty() || rest.starts_with(' ')))
}
