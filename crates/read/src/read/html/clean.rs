//! Makes a page safe and small before it is parsed, in one pass over its bytes.
//!
//! Parsing costs time quadratic in the depth of nesting and in the attributes of a tag, so both are
//! limited here. Scripts, styles, drawings, comments and embedded data go; JSON-LD and the comment
//! of SingleFile are kept apart.

/// A page that may be parsed.
#[derive(Debug, Default)]
pub(super) struct Clean {
    pub(super) html: String,
    /// The contents of `<script type="application/ld+json">`.
    pub(super) json_ld: Vec<String>,
    /// The comment that SingleFile puts on a page it saves.
    pub(super) singlefile: Option<String>,
    /// How many start tags there are, and the sum of the depths they stand at.
    pub(super) tags: usize,
    pub(super) depths: usize,
}

/// Elements nested deeper than this are not read; real pages nest to about 60.
pub(super) const DEPTH_MAX: usize = 512;
/// Further scripts of JSON-LD are left out, and those with which they have more bytes than this in
/// all.
const SCRIPTS_MAX: usize = 50;
const SCRIPTS_BYTES_MAX: usize = 2 << 20;
/// Further attributes of one tag are dropped.
const ATTRIBUTES_MAX: usize = 128;
/// Longer values of attributes are data, not text; `content` of a `meta` may hold a summary.
const VALUE_BYTES_MAX: usize = 8 << 10;
/// Of white space only so much is parsed, which takes each line for itself; no text has as much.
const SPACE_BYTES_MAX: usize = 1_000;
/// Formatting elements left open are opened again in every later block, which multiplies them; past
/// so many, no more are let through. Their text stays.
const FORMATTING_OPEN_MAX: usize = 32;

/// Cleans a page; one that nests too deep gives how deep it nests at least.
pub(super) fn clean(page: &str) -> Result<Clean, usize> {
    let mut cleaner =
        Cleaner { clean: Clean::default(), open: Vec::new(), formatting: 0, no_more_ends: false };
    let mut rest = page;
    while let Some(at) = rest.find('<') {
        cleaner.text(&rest[..at]);
        rest = cleaner.markup(&rest[at..])?;
    }
    cleaner.text(rest);
    Ok(cleaner.clean)
}

struct Cleaner {
    clean: Clean,
    /// Names of the open elements, outermost first.
    open: Vec<String>,
    formatting: usize,
    /// No `>` is left in the page.
    no_more_ends: bool,
}

impl Cleaner {
    /// Takes text over, but of longer white space than [`SPACE_BYTES_MAX`] the beginning alone.
    fn text(&mut self, text: &str) {
        let mut rest = text;
        while rest.len() > SPACE_BYTES_MAX {
            let words = rest.find(|it: char| it.is_ascii_whitespace()).unwrap_or(rest.len());
            let spaces = rest[words..].find(|it: char| !it.is_ascii_whitespace());
            let end = spaces.map_or(rest.len(), |it| words + it);
            self.clean.html.push_str(&rest[..end.min(words + SPACE_BYTES_MAX)]);
            rest = &rest[end..];
        }
        self.clean.html.push_str(rest);
    }

    /// Takes one piece of markup off the start of `text`, which begins with `<`.
    fn markup<'a>(&mut self, text: &'a str) -> Result<&'a str, usize> {
        if let Some(comment) = text.strip_prefix("<!--") {
            let end = comment.find("-->");
            let inner = &comment[..end.unwrap_or(comment.len())];
            if inner.contains("SingleFile") && self.clean.singlefile.is_none() {
                self.clean.singlefile = Some(inner.chars().take(4096).collect());
            }
            return Ok(end.map_or("", |at| &comment[at + 3..]));
        }
        let closing = text.starts_with("</");
        let name_at = if closing { 2 } else { 1 };
        if !text[name_at..].starts_with(|it: char| it.is_ascii_alphabetic()) {
            return Ok(self.not_a_tag(text));
        }
        let tag = Tag::read(text, name_at);
        let rest = &text[tag.length..];
        if closing {
            self.close(&tag.name);
            return Ok(rest);
        }
        if ["script", "style", "svg", "noscript", "iframe", "math", "object", "embed"]
            .contains(&tag.name.as_str())
        {
            return Ok(self.skip(&tag, rest));
        }
        self.open(&tag)?;
        if RAW_TEXT.contains(&tag.name.as_str()) {
            let (inner, after) = until_closed(rest, &tag.name);
            self.clean.html.push_str(inner);
            self.close(&tag.name);
            return Ok(after);
        }
        Ok(rest)
    }

    /// A declaration, which goes but for the document type, or a stray `<`, which stays as text.
    fn not_a_tag<'a>(&mut self, text: &'a str) -> &'a str {
        let declaration = text.starts_with("<!") || text.starts_with("<?") || text.starts_with("</");
        let end = if declaration && !self.no_more_ends { text.find('>') } else { None };
        let Some(end) = end else {
            // Looked for once: a page of `<!<!<!` costs no more than its length.
            self.no_more_ends |= declaration;
            self.clean.html.push_str("&lt;");
            return &text[1..];
        };
        if self.clean.html.trim().is_empty() && text.starts_with("<!") && end < 256 {
            self.clean.html.push_str(&text[..=end]);
        }
        &text[end + 1..]
    }

    /// Leaves an element out with its content.
    fn skip<'a>(&mut self, tag: &Tag<'_>, rest: &'a str) -> &'a str {
        if tag.empty || tag.name == "embed" {
            return rest;
        }
        let (inner, after) = until_closed(rest, &tag.name);
        let json_ld = tag.name == "script"
            && tag.attributes.iter().any(|(name, value)| *name == "type" && value.contains("ld+json"));
        let bytes: usize = self.clean.json_ld.iter().map(String::len).sum();
        let room = self.clean.json_ld.len() < SCRIPTS_MAX && bytes + inner.len() <= SCRIPTS_BYTES_MAX;
        if json_ld && room {
            self.clean.json_ld.push(inner.to_owned());
        }
        // Words on both sides were apart.
        self.clean.html.push(' ');
        after
    }

    fn open(&mut self, tag: &Tag<'_>) -> Result<(), usize> {
        let name = tag.name.as_str();
        if FORMATTING.contains(&name) {
            if self.formatting >= FORMATTING_OPEN_MAX {
                return Ok(());
            }
            self.formatting += 1;
        }
        self.close_implied(name);
        if !VOID.contains(&name) {
            self.open.push(name.to_owned());
        }
        self.clean.tags += 1;
        self.clean.depths += self.open.len();
        if self.open.len() > DEPTH_MAX {
            return Err(self.open.len());
        }
        tag.write(&mut self.clean.html);
        Ok(())
    }

    fn close(&mut self, name: &str) {
        if FORMATTING.contains(&name) {
            self.formatting = self.formatting.saturating_sub(1);
        }
        if let Some(at) = self.open.iter().rposition(|it| it == name) {
            self.open.truncate(at);
        }
        self.clean.html.push_str("</");
        self.clean.html.push_str(name);
        self.clean.html.push('>');
    }

    /// Closes what the start of an element closes, as the HTML standard has it, roughly: so that a
    /// page that leaves out `</p>` and `</li>` does not seem to nest.
    fn close_implied(&mut self, name: &str) {
        let (closed, within): (&[&str], &[&str]) = match name {
            "li" => (&["li"], &["ul", "ol"]),
            "dt" | "dd" => (&["dt", "dd"], &["dl"]),
            "td" | "th" => (&["td", "th"], &["table", "tr"]),
            "tr" => (&["tr"], &["table", "tbody"]),
            "option" => (&["option"], &["select"]),
            _ if BLOCKS.contains(&name) => (&["p"], &["table", "td", "th", "button", "object", "caption"]),
            _ => return,
        };
        let found = self
            .open
            .iter()
            .enumerate()
            .rev()
            .find(|(_, it)| closed.contains(&it.as_str()) || within.contains(&it.as_str()));
        if let Some((at, open)) = found
            && closed.contains(&open.as_str())
        {
            self.open.truncate(at);
        }
    }
}

/// Elements without content.
const VOID: &[&str] = &[
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track",
    "wbr",
];
/// Elements that a parser opens again after a block closed over them.
const FORMATTING: &[&str] =
    &["b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u", "a"];
/// Elements whose content is text up to their end tag.
const RAW_TEXT: &[&str] = &["title", "textarea", "xmp", "noembed", "noframes"];
/// Elements that end a paragraph.
const BLOCKS: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "center",
    "details",
    "div",
    "dl",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "main",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "table",
    "ul",
];

/// What stands before the end tag of `name`, and what after it.
fn until_closed<'a>(text: &'a str, name: &str) -> (&'a str, &'a str) {
    for (at, _) in text.match_indices("</") {
        let after = &text[at + 2..];
        let named =
            after.as_bytes().get(..name.len()).is_some_and(|it| it.eq_ignore_ascii_case(name.as_bytes()));
        if named && !after[name.len()..].starts_with(|it: char| it.is_ascii_alphanumeric()) {
            let end = after.find('>').map_or(after.len(), |it| it + 1);
            return (&text[..at], &after[end..]);
        }
    }
    (text, "")
}

/// A start tag or an end tag.
struct Tag<'a> {
    /// In lower case.
    name: String,
    /// Names in lower case, values as written, with character references.
    attributes: Vec<(String, &'a str)>,
    /// Written `<br/>`.
    empty: bool,
    /// In bytes, brackets included.
    length: usize,
}

impl<'a> Tag<'a> {
    /// Reads the tag at the start of `text`; one that never ends takes the whole rest.
    fn read(text: &'a str, name_at: usize) -> Tag<'a> {
        let bytes = text.as_bytes();
        let end_of = |from: usize, stop: &dyn Fn(u8) -> bool| {
            bytes[from..].iter().position(|it| stop(*it)).map_or(bytes.len(), |it| from + it)
        };
        let mut at = end_of(name_at, &|it| it.is_ascii_whitespace() || it == b'>' || it == b'/');
        let mut tag = Tag {
            name: text[name_at..at].to_ascii_lowercase(),
            attributes: Vec::new(),
            empty: false,
            length: bytes.len(),
        };
        while at < bytes.len() {
            match bytes[at] {
                b'>' => {
                    tag.length = at + 1;
                    return tag;
                }
                b'/' => {
                    tag.empty = bytes.get(at + 1) == Some(&b'>');
                    at += 1;
                }
                it if it.is_ascii_whitespace() => at += 1,
                _ => {
                    let name_end = end_of(at + 1, &|it| it.is_ascii_whitespace() || b"=>/".contains(&it));
                    let name = &text[at..name_end];
                    let equals = end_of(name_end, &|it| !it.is_ascii_whitespace());
                    at = name_end;
                    let mut value = "";
                    if bytes.get(equals) == Some(&b'=') {
                        let start = end_of(equals + 1, &|it| !it.is_ascii_whitespace());
                        let quote = bytes.get(start).copied().filter(|it| b"\"'".contains(it));
                        let from = start + usize::from(quote.is_some());
                        let to = match quote {
                            Some(quote) => end_of(from.min(bytes.len()), &|it| it == quote),
                            None => {
                                end_of(from.min(bytes.len()), &|it| it.is_ascii_whitespace() || it == b'>')
                            }
                        };
                        value = &text[from.min(to)..to];
                        at = (to + usize::from(quote.is_some())).min(bytes.len());
                    }
                    if tag.attributes.len() < ATTRIBUTES_MAX {
                        tag.attributes.push((name.to_ascii_lowercase(), value));
                    }
                }
            }
        }
        tag
    }

    fn write(&self, html: &mut String) {
        html.push('<');
        html.push_str(&self.name);
        for (name, value) in &self.attributes {
            let data = value.len() > VALUE_BYTES_MAX && name != "content"
                || value.starts_with("data:")
                || name.starts_with("on")
                || name == "srcset"
                || !name.bytes().all(|it| it.is_ascii_alphanumeric() || b"-_:.".contains(&it));
            if data {
                continue;
            }
            html.push(' ');
            html.push_str(name);
            html.push_str("=\"");
            html.push_str(&value.replace('"', "&quot;"));
            html.push('"');
        }
        html.push('>');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_long_white_space_the_beginning_is_parsed() {
        let page =
            |n: usize| format!("<pre>a{}b c{}d</pre>{}", " ".repeat(n), "\n".repeat(n), "\t".repeat(n));
        for (n, left) in [(3, 3), (SPACE_BYTES_MAX, SPACE_BYTES_MAX), (500_000, SPACE_BYTES_MAX)] {
            assert_eq!(clean(&page(n)).unwrap().html, page(left), "{n}");
        }
        let words = format!("<p>{}</p>", "ö word ".repeat(1_000));
        assert_eq!(clean(&words).unwrap().html, words);
    }

    #[test]
    fn what_is_no_text_goes() {
        for (page, expected) in [
            ("<p class=lead>Text &amp; more</p>", "<p class=\"lead\">Text &amp; more</p>"),
            ("<P CLASS='a\"b' onclick=x()>T</P>", "<p class=\"a&quot;b\">T</p>"),
            ("a<script>if (a<b) '</p>'</script>b", "a b"),
            ("a<style>p{}</STYLE >b", "a b"),
            ("a<svg><path/></svg>b<!-- c -->d", "a bd"),
            ("<img src=\"data:image/png;base64,AAAA\" alt=x>", "<img alt=\"x\">"),
            ("5 < 6 <b>x</b>", "5 &lt; 6 <b>x</b>"),
            ("<!DOCTYPE html><html lang=en>", "<!DOCTYPE html><html lang=\"en\">"),
            ("<title>a <b> c</title>", "<title>a <b> c</title>"),
            ("<a href='x", "<a href=\"x\">"),
            ("<script>never closed", " "),
            ("<br/><p a=>", "<br><p a=\"\">"),
        ] {
            assert_eq!(clean(page).expect("shallow").html, expected, "{page}");
        }
    }

    #[test]
    fn depth_is_counted_as_a_parser_nests() {
        for (piece, deep) in [
            ("<div>", true),
            ("<div></span>", true),
            ("<span>", true),
            ("<p>", false),
            ("<ul><li>", true),
            ("<li>", false),
            ("<p><span>", false),
            ("<br>", false),
            ("<b>", false),
            ("<div></div>", false),
            ("<table><tr><td>", true),
        ] {
            assert_eq!(clean(&piece.repeat(5_000)).is_err(), deep, "{piece}");
        }
    }

    #[test]
    fn json_ld_and_the_mark_of_singlefile_are_kept() {
        let page = "<!--\n Page saved with SingleFile \n url: https://a.test/1 -->\
                    <script type=\"application/ld+json\">{\"a\":\"</p>\"}</script>";
        let clean = clean(page).expect("shallow");
        assert_eq!(clean.json_ld, ["{\"a\":\"</p>\"}"]);
        assert!(clean.singlefile.expect("kept").contains("https://a.test/1"));
    }
}
