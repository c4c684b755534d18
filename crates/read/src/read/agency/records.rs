//! Reads the records of an agency's XML one by one and gives the documents of each.

use std::{collections::VecDeque, iter::Peekable};

use crate::read::{
    Documents, Problem, RawDocument,
    format::Source,
    xml::{Element, Part, Parts, RoleOf},
};

/// How a format's records are found and read.
#[derive(Clone, Copy)]
pub(super) struct Kind {
    pub(super) role: RoleOf,
    pub(super) read: fn(&Element, &Context<'_>) -> Vec<Result<RawDocument, Problem>>,
    /// The reason of a file without a record.
    pub(super) none: &'static str,
}

/// Where a record stands.
pub(super) struct Context<'a> {
    /// Empty when it is the only one of its file.
    pub(super) place: &'a str,
    /// The most passages of a document.
    pub(super) passages_max: usize,
    /// Who sent the message around it; empty where that is not said.
    pub(super) sender: &'a str,
}

/// The documents of a file.
pub(super) fn documents(source: Source<'_>, kind: Kind) -> Result<Documents<'_>, Problem> {
    let passages_max = source.rules.passages_max;
    let parts = Parts::new(source.stream, source.rules, kind.role)?.peekable();
    Ok(Box::new(Records {
        parts,
        kind,
        passages_max,
        waiting: VecDeque::new(),
        n_records: 0,
        sender: String::new(),
    }))
}

struct Records<'a> {
    parts: Peekable<Parts<'a>>,
    kind: Kind,
    passages_max: usize,
    /// Documents of the last record.
    waiting: VecDeque<Result<RawDocument, Problem>>,
    n_records: usize,
    sender: String,
}

impl Iterator for Records<'_> {
    type Item = Result<RawDocument, Problem>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(document) = self.waiting.pop_front() {
                return Some(document);
            }
            match self.parts.next() {
                Some(Ok(Part::Record { element, place, notes })) => {
                    let alone = self.n_records == 0 && self.parts.peek().is_none();
                    self.n_records += 1;
                    let place = if alone { String::new() } else { place };
                    let (passages_max, sender) = (self.passages_max, self.sender.as_str());
                    let context = Context { place: &place, passages_max, sender };
                    let documents = (self.kind.read)(&element, &context);
                    let noted = documents.into_iter().map(|it| {
                        it.map(|mut document| {
                            document.notes.splice(0..0, notes.iter().cloned());
                            document
                        })
                    });
                    self.waiting.extend(noted);
                }
                Some(Ok(Part::About { element, .. })) => self.sender = element.line(),
                Some(Err(problem)) => {
                    self.n_records += 1;
                    return Some(Err(problem));
                }
                None if self.n_records == 0 => {
                    self.n_records = 1;
                    let reason = self.kind.none.to_owned();
                    return Some(Err(Problem { place: String::new(), reason }));
                }
                None => return None,
            }
        }
    }
}
