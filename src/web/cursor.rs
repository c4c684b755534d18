//! Where the next page of results begins: opaque to those who follow it.

use axum::http::header::LINK;

use super::{
    address::Address,
    asked::Asked,
    problem::{Problem, ProblemKind},
    reply::Reply,
};

/// The furthest place: what stands before it is found, and kept, for each page. All results are had
/// as a stream.
const OFFSET_MAX: usize = 1 << 20;

/// A place in results.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Cursor {
    /// The state of the index that the page before it was made of.
    pub(super) generation: u64,
    /// How many results stand before.
    pub(super) offset: usize,
}

impl Cursor {
    /// As an address has it.
    pub(super) fn print(self) -> String {
        format!("{:x}.{:x}", self.generation, self.offset)
    }

    /// The place that `after` names, the beginning where it is absent, and whether the index is
    /// another now.
    pub(super) fn of(asked: &Asked) -> Result<(Cursor, bool), Problem> {
        let text = asked.params.text("after");
        if text.is_empty() {
            return Ok((Cursor { generation: asked.generation, offset: 0 }, false));
        }
        let read = |it: &str| u64::from_str_radix(it, 16).ok();
        let cursor = text.split_once('.').and_then(|(generation, offset)| {
            let offset = usize::try_from(read(offset)?).ok().filter(|it| *it <= OFFSET_MAX)?;
            Some(Cursor { generation: read(generation)?, offset })
        });
        let cursor = cursor.ok_or_else(|| {
            Problem::new(
                ProblemKind::CursorGone,
                "`after` is no place in these results; begin anew without it",
            )
        })?;
        // Generations begin anew with an index that is made anew: one to come is of another.
        if cursor.generation > asked.generation {
            let detail = "`after` is of an index that is gone; begin anew without it";
            return Err(Problem::new(ProblemKind::CursorGone, detail));
        }
        Ok((Cursor { generation: asked.generation, ..cursor }, cursor.generation != asked.generation))
    }

    /// The pages of results before and after the part that is shown, at the same address.
    pub(super) fn around(
        self,
        asked: &Asked,
        to: &Address,
        (size, shown, total): (usize, usize, usize),
    ) -> Paging {
        let at = |offset: usize| {
            let cursor = Cursor { offset, ..self }.print();
            let after = if offset == 0 { "" } else { cursor.as_str() };
            let address = asked.params.changed(to.clone(), "after", after);
            (cursor, address)
        };
        let next = self.offset.saturating_add(shown);
        Paging {
            previous: (self.offset > 0).then(|| at(self.offset.saturating_sub(size)).1),
            next: (shown > 0 && next < total).then(|| at(next)),
        }
    }
}

/// Where the pages before and after one are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Paging {
    previous: Option<Address>,
    /// What `after` is for it, and its address.
    next: Option<(String, Address)>,
}

impl Paging {
    /// The links on a page.
    pub(super) fn links(&self) -> (Option<&Address>, Option<&Address>) {
        (self.previous.as_ref(), self.next.as_ref().map(|it| &it.1))
    }

    /// `next` and `next_url` of data: what `after` is for the next page, and its whole address;
    /// both are `None` on the last page.
    pub(super) fn next(&self, asked: &Asked) -> (Option<String>, Option<String>) {
        self.next.as_ref().map(|(cursor, to)| (cursor.clone(), asked.absolute(to))).unzip()
    }

    /// The answer with the next page in its head.
    pub(super) fn linked(&self, asked: &Asked, reply: Reply) -> Reply {
        match self.next(asked).1 {
            Some(next) => reply.with(LINK, format!("<{next}>; rel=\"next\"")),
            None => reply,
        }
    }
}
