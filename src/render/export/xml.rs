//! Writes XML and HTML whose text cannot become markup.

use std::borrow::Cow;

use quick_xml::{
    Writer,
    events::{BytesEnd, BytesStart, BytesText, Event},
};

/// The text with `�` for what XML cannot hold, not even as a reference: control characters and
/// noncharacters.
pub(in crate::render) fn printable(text: &str) -> Cow<'_, str> {
    let odd = |c: char| c.is_control() && !matches!(c, '\t' | '\n') || matches!(c, '\u{fffe}' | '\u{ffff}');
    if !text.contains(odd) {
        return Cow::Borrowed(text);
    }
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    Cow::Owned(text.chars().map(|c| if odd(c) { '\u{fffd}' } else { c }).collect())
}

/// The same on one line.
pub(in crate::render) fn one_line(text: &str) -> String {
    printable(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The same on one line, its spaces as they are.
pub(in crate::render) fn on_a_line(text: &str) -> String {
    crate::list::one_line(&printable(text))
}

/// A document in the making.
pub(in crate::render) struct Xml {
    writer: Writer<Vec<u8>>,
    open: Vec<&'static str>,
}

/// Attributes of an element.
pub(in crate::render) type Attributes<'a> = &'a [(&'static str, &'a str)];

const WHOLE: &str = "a vector takes every byte";

impl Xml {
    /// An empty document.
    pub(in crate::render) fn new() -> Xml {
        Xml { writer: Writer::new(Vec::new()), open: Vec::new() }
    }

    /// Writes markup as it is.
    pub(in crate::render) fn raw(&mut self, markup: &str) -> &mut Xml {
        self.event(Event::Text(BytesText::from_escaped(markup)))
    }

    /// Begins an element.
    pub(in crate::render) fn open(&mut self, name: &'static str, attributes: Attributes<'_>) -> &mut Xml {
        self.open.push(name);
        self.event(Event::Start(start(name, attributes)))
    }

    /// Ends the element that was begun last.
    pub(in crate::render) fn close(&mut self) -> &mut Xml {
        let name = self.open.pop().expect("an element is open");
        self.event(Event::End(BytesEnd::new(name)))
    }

    /// Writes an element without content.
    pub(in crate::render) fn empty(&mut self, name: &'static str, attributes: Attributes<'_>) -> &mut Xml {
        self.event(Event::Empty(start(name, attributes)))
    }

    /// Writes text.
    pub(in crate::render) fn text(&mut self, text: &str) -> &mut Xml {
        self.event(Event::Text(BytesText::new(&printable(text))))
    }

    /// Writes an element with text.
    pub(in crate::render) fn element(
        &mut self,
        name: &'static str,
        attributes: Attributes<'_>,
        text: &str,
    ) -> &mut Xml {
        self.open(name, attributes).text(text).close()
    }

    /// The document.
    pub(in crate::render) fn finish(mut self) -> String {
        while !self.open.is_empty() {
            self.close();
        }
        String::from_utf8(self.writer.into_inner()).expect("what was written is UTF-8")
    }

    fn event(&mut self, event: Event<'_>) -> &mut Xml {
        self.writer.write_event(event).expect(WHOLE);
        self
    }
}

fn start<'a>(name: &'static str, attributes: Attributes<'_>) -> BytesStart<'a> {
    let mut start = BytesStart::new(name);
    for (key, value) in attributes {
        // quick-xml writes line ends and tabs as references: they would be read as spaces.
        start.push_attribute((*key, printable(value).as_ref()));
    }
    start
}
