//! Where the next page of results begins: opaque to those who follow it.

use super::{
    address::Address,
    asked::Asked,
    problem::{Problem, ProblemKind},
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

    /// The page of results before and the page after the part that is shown, at the same address.
    pub(super) fn around(
        self,
        asked: &Asked,
        to: &Address,
        (size, shown, total): (usize, usize, usize),
    ) -> (Option<Address>, Option<Address>) {
        let at = |offset: usize| {
            let after = if offset == 0 { String::new() } else { Cursor { offset, ..self }.print() };
            asked.params.changed(to.clone(), "after", &after)
        };
        let next = self.offset.saturating_add(shown);
        let previous = (self.offset > 0).then(|| at(self.offset.saturating_sub(size)));
        (previous, (shown > 0 && next < total).then(|| at(next)))
    }
}
