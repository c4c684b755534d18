//! XML as a stream of the elements that a reader wants: a record at a time, whatever the size of
//! the file.
//!
//! quick-xml gives the events; nothing is expanded but the references that XML and HTML define, and
//! nothing is fetched. Errors of writers are borne where they can be: an element that is never
//! closed ends with the one around it, an `&` alone is text.

mod element;

use std::{
    cell::Cell,
    io::{self, BufRead, Read},
    rc::Rc,
};

use quick_xml::{
    Reader,
    events::{BytesStart, Event},
};

use super::{
    Problem, ReadRules,
    container::{self, size},
    encoding::{self, Utf8Stream},
};

pub(super) use element::{Element, Name, Node};

/// What is done with an element that begins inside of those in the path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// Its children are asked about, one by one.
    Enter,
    /// It is given as a record.
    Record,
    /// It is given as something said of the file, or of the records around it: the title of a feed.
    About,
    /// It is passed over, with all it holds.
    Skip,
}

/// Tells the role of an element by the path to it, its own name last; asked about those alone that
/// stand in entered ones.
pub(super) type RoleOf = fn(&[Name]) -> Role;

/// An element that the reader wanted.
#[derive(Debug)]
pub(super) enum Part {
    Record {
        element: Element,
        /// Where it stands: `record 3`.
        place: String,
        /// Repairs.
        notes: Vec<String>,
    },
    /// With the names of the elements around it, outermost first.
    About { path: Vec<Name>, element: Element },
}

/// Elements nested deeper than this within a record are not read; a table within a table within a
/// list has twenty.
const DEPTH_MAX: usize = 256;

/// A record of more elements than this is not read: JSON has as many values. An element of one word
/// takes half a kilobyte, many times what it takes in the file.
const ELEMENTS_MAX: usize = 500_000;

/// The wanted elements of a file, in its order; a record that is too large or too deep is a
/// [`Problem`] in its place.
pub(super) struct Parts<'a> {
    reader: Reader<Fence<Box<dyn BufRead + 'a>>>,
    /// Bytes since the last event that was kept.
    spent: Rc<Cell<usize>>,
    role: RoleOf,
    record_bytes_max: usize,
    /// The names of the elements that were entered.
    path: Vec<Name>,
    buffer: Vec<u8>,
    count: usize,
    replaced: Rc<Cell<bool>>,
    notes: Vec<String>,
    done: bool,
}

impl<'a> Parts<'a> {
    /// The parts of a file.
    pub(super) fn new(
        stream: Box<dyn BufRead + 'a>,
        rules: &ReadRules,
        role: RoleOf,
    ) -> Result<Parts<'a>, Problem> {
        let opened = container::peek(stream, container::HEAD_BYTES)?;
        let Utf8Stream { stream, replaced, note } = encoding::utf_8_stream(opened.stream, &opened.head);
        let spent = Rc::new(Cell::new(0));
        let fence =
            Fence { inner: stream, spent: Rc::clone(&spent), max: rules.record_bytes_max.saturating_mul(2) };
        let mut reader = Reader::from_reader(fence);
        let config = reader.config_mut();
        config.allow_dangling_amp = true;
        config.allow_unmatched_ends = true;
        config.check_end_names = false;
        config.expand_empty_elements = true;
        Ok(Parts {
            reader,
            spent,
            role,
            record_bytes_max: rules.record_bytes_max,
            path: Vec::new(),
            buffer: Vec::new(),
            count: 0,
            replaced,
            notes: note.into_iter().collect(),
            done: false,
        })
    }

    /// How many records there were so far.
    pub(super) fn count(&self) -> usize {
        self.count
    }

    fn next_part(&mut self) -> Result<Option<Part>, Problem> {
        loop {
            let count = self.count;
            self.spent.set(0);
            self.buffer.clear();
            let event = self.reader.read_event_into(&mut self.buffer);
            match event.map_err(|it| broken(&it, count))? {
                Event::Start(start) => {
                    let element = begin(&start);
                    self.path.push(element.name.clone());
                    match (self.role)(&self.path) {
                        Role::Enter => (),
                        role => {
                            let is_record = role == Role::Record;
                            self.count += usize::from(is_record);
                            let built = self.build(element, role != Role::Skip);
                            self.path.pop();
                            let Some(element) = built? else { continue };
                            let mut notes = self.notes.clone();
                            if self.replaced.take() {
                                notes.push(
                                    "some bytes are not valid in its encoding and were replaced".to_owned(),
                                );
                            }
                            let place = self.place();
                            return Ok(Some(match is_record {
                                true => Part::Record { element, place, notes },
                                false => Part::About { path: self.path.clone(), element },
                            }));
                        }
                    }
                }
                Event::End(end) => {
                    let name = Name::of(end.name().0);
                    // An end tag closes the innermost element of its name, and all inside of it.
                    if let Some(at) = self.path.iter().rposition(|it| *it == name) {
                        self.path.truncate(at);
                    }
                }
                Event::Eof => return Ok(None),
                _ => (),
            }
        }
    }

    fn place(&self) -> String {
        place_of(self.count)
    }

    /// The rest of an element whose start tag was read; `None` when it is not `kept`.
    fn build(&mut self, root: Element, kept: bool) -> Result<Option<Element>, Problem> {
        let mut open = vec![root];
        // How many elements are open below those that are kept.
        let mut deeper: usize = 0;
        let mut too_deep = false;
        let (mut length, mut n_elements) = (0, 0);
        loop {
            let too_large = length > self.record_bytes_max;
            let keeps = kept && !too_large && !too_deep && n_elements <= ELEMENTS_MAX;
            if !keeps {
                // What was kept of it is given back before the rest is passed over.
                open.iter_mut().for_each(|it| it.children = Vec::new());
            }
            let count = self.count;
            self.spent.set(0);
            self.buffer.clear();
            let event = self.reader.read_event_into(&mut self.buffer);
            length += self.spent.get();
            let text = match event.map_err(|it| broken(&it, count))? {
                Event::Start(start) => {
                    n_elements += 1;
                    if deeper > 0 || open.len() >= DEPTH_MAX {
                        too_deep = true;
                        deeper += 1;
                    } else if keeps {
                        open.push(begin(&start));
                    } else {
                        let name = Name::of(start.name().0);
                        open.push(Element { name, ..Element::default() });
                    }
                    continue;
                }
                Event::End(end) => {
                    if deeper > 0 {
                        deeper -= 1;
                        continue;
                    }
                    let name = Name::of(end.name().0);
                    // Not open here: the element around the record ends, or the tag means nothing.
                    let at = match open.iter().rposition(|it| it.name == name) {
                        Some(at) => at,
                        None if self.path.iter().rev().skip(1).any(|it| *it == name) => 0,
                        None => continue,
                    };
                    while open.len() > at + 1 {
                        close(&mut open, keeps);
                    }
                    if at > 0 {
                        close(&mut open, keeps);
                        continue;
                    }
                    break;
                }
                Event::Eof if kept => {
                    let reason = format!("is cut short: it has no `</{}>`", open[0].name.local);
                    return Err(Problem { place: self.place(), reason });
                }
                Event::Eof => break,
                _ if !keeps => continue,
                Event::Text(text) => text.xml10_content().into_owned(),
                Event::CData(text) => text.xml10_content().into_owned(),
                Event::GeneralRef(reference) => resolve(&reference),
                Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) | Event::Empty(_) => {
                    continue;
                }
            };
            if let Some(element) = open.last_mut() {
                match element.children.last_mut() {
                    Some(Node::Text(before)) => before.push_str(&text),
                    _ => element.children.push(Node::Text(text)),
                }
            }
        }
        let problem = |reason| Err(Problem { place: self.place(), reason });
        if kept && too_deep {
            return problem(format!("nests elements more than {DEPTH_MAX} deep"));
        }
        if kept && n_elements > ELEMENTS_MAX {
            return problem(format!(
                "holds {n_elements} elements, and records of up to {ELEMENTS_MAX} are read"
            ));
        }
        if kept && length > self.record_bytes_max {
            let max = size(self.record_bytes_max as u64);
            return problem(format!("is {} long, and records are read up to {max}", size(length as u64)));
        }
        Ok(open.pop().filter(|_| kept))
    }
}

impl Iterator for Parts<'_> {
    type Item = Result<Part, Problem>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.done {
            return None;
        }
        let next = self.next_part().transpose();
        // After an error of the stream or of its syntax nothing more is understood; a record that
        // is too large or too deep was passed over whole.
        self.done = match &next {
            None => true,
            Some(Err(problem)) => problem.reason.starts_with(BROKEN) || problem.reason.starts_with("is cut"),
            Some(Ok(_)) => false,
        };
        next
    }
}

fn place_of(count: usize) -> String {
    format!("record {}", count.max(1))
}

/// How the reason of a file that cannot be read further begins.
const BROKEN: &str = "is broken XML";

fn broken(error: &quick_xml::Error, count: usize) -> Problem {
    let place = place_of(count);
    match error {
        quick_xml::Error::Io(error) => {
            let Problem { reason, .. } = container::problem(error);
            Problem { place, reason: format!("{BROKEN}: {reason}") }
        }
        _ => Problem { place, reason: format!("{BROKEN}: {error}") },
    }
}

/// Moves the innermost element into the one around it.
fn close(open: &mut Vec<Element>, keeps: bool) {
    let element = open.pop();
    if let (Some(element), Some(around)) = (element.filter(|_| keeps), open.last_mut()) {
        around.children.push(Node::Element(element));
    }
}

/// Further attributes of one element are dropped.
const ATTRIBUTES_MAX: usize = 64;

fn begin(start: &BytesStart<'_>) -> Element {
    // Attributes as HTML has them, without quotes or a value, are read too.
    let mut attributes = start.html_attributes();
    let attributes = attributes.with_checks(false).flatten().take(ATTRIBUTES_MAX);
    let attributes = attributes.map(|it| (it.key.0.to_owned(), unescape(&it.value))).collect();
    Element { name: Name::of(start.name().0), attributes, children: Vec::new() }
}

/// The text with its references resolved; those nobody knows stay as they are.
fn unescape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        match rest
            .split_once(';')
            .filter(|(name, _)| name.len() <= REFERENCE_BYTES_MAX && !name.contains('&'))
        {
            Some((name, after)) => {
                out.push_str(&resolve(name));
                rest = after;
            }
            None => out.push('&'),
        }
    }
    out.push_str(rest);
    out
}

/// The longest name of a reference in HTML has 31 letters.
const REFERENCE_BYTES_MAX: usize = 32;

/// What a reference stands for: a character's number, a name of XML or of HTML; any other stays as
/// it is written.
fn resolve(name: &str) -> String {
    let number = name.strip_prefix('#').and_then(|it| match it.strip_prefix(['x', 'X']) {
        Some(hexadecimal) => u32::from_str_radix(hexadecimal, 16).ok(),
        None => it.parse().ok(),
    });
    if let Some(c) = number.and_then(char::from_u32) {
        return if c.is_control() && !c.is_whitespace() { String::new() } else { c.to_string() };
    }
    quick_xml::escape::resolve_html5_entity(name).map_or_else(|| format!("&{name};"), str::to_owned)
}

/// Ends a stream of which more than `max` bytes were taken since `spent` was last set to zero: one
/// piece of markup or text is held whole.
struct Fence<R> {
    inner: R,
    spent: Rc<Cell<usize>>,
    max: usize,
}

impl<R: BufRead> Read for Fence<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let available = self.fill_buf()?;
        let n = available.len().min(buffer.len());
        buffer[..n].copy_from_slice(&available[..n]);
        self.consume(n);
        Ok(n)
    }
}

impl<R: BufRead> BufRead for Fence<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.spent.get() > self.max {
            let reason = format!("one piece of it has more than {}", size(self.max as u64));
            return Err(io::Error::other(reason));
        }
        self.inner.fill_buf()
    }

    fn consume(&mut self, amount: usize) {
        self.spent.set(self.spent.get() + amount);
        self.inner.consume(amount);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn role(path: &[Name]) -> Role {
        match path.last().map(|it| it.local.as_str()) {
            Some("item") => Role::Record,
            Some("title") => Role::About,
            Some("list" | "group") => Role::Enter,
            _ => Role::Skip,
        }
    }

    fn read(xml: &str) -> String {
        let rules = ReadRules { record_bytes_max: 100, ..ReadRules::default() };
        let parts = Parts::new(Box::new(io::Cursor::new(xml.to_owned())), &rules, role).expect("a string");
        let shown = parts.map(|it| match it {
            Ok(Part::Record { element, .. }) => format!("[{}]", element.line()),
            Ok(Part::About { element, .. }) => format!("({})", element.line()),
            Err(problem) => format!("{problem}"),
        });
        shown.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn records_come_one_by_one() {
        for (xml, expected) in [
            (
                "<list><title>T</title><item>a <b>b</b>c</item><x><item>no</item></x><item/></list>",
                "(T) [a bc] []",
            ),
            ("<list><item>AT&T &amp; &uuml;&#252;&#x1;&nobody;</item></list>", "[AT&T & üü&nobody;]"),
            ("<list><item><![CDATA[<p>a</p>]]></item></list>", "[<p>a</p>]"),
            ("<list><item>a<b>b</item><item>c</item></list>", "[ab] [c]"),
            ("<list><item>a</b>b</item></list>", "[ab]"),
            ("<list><group><item>a</group><item>b</item></list>", "[a] [b]"),
            ("<list><item>a", "record 1: is cut short: it has no `</item>`"),
            ("<!DOCTYPE list [<!ENTITY a 'aaaa'>]><list><item>&a;</item></list>", "[&a;]"),
        ] {
            assert_eq!(read(xml), expected, "{xml}");
        }
    }

    #[test]
    fn a_record_that_is_too_much_costs_itself() {
        let deep = format!("<list><item>{}</item><item>b</item></list>", "<a>".repeat(50_000));
        assert!(read(&deep).starts_with("record 1: "), "{}", read(&deep));
        let closed =
            format!("<list><item>{}{}</item><item>b</item></list>", "<a>".repeat(300), "</a>".repeat(300));
        assert_eq!(read(&closed), "record 1: nests elements more than 256 deep [b]");
        let large = format!("<list><item>{}</item><item>b</item></list>", "<a>wordword</a>".repeat(30));
        assert_eq!(read(&large), "record 1: is 457 bytes long, and records are read up to 100 bytes [b]");
        let piece = format!("<list><item>{}</item></list>", "word ".repeat(50_000));
        assert_eq!(
            read(&piece),
            "record 1: is broken XML: cannot be read further: one piece of it has more than 200 bytes"
        );
    }
}
