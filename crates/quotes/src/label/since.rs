//! What a sentence has had since its last cue: whether what that reports may have ended.

use crate::{
    lexicon::Classes,
    text::token::Token,
    weights::{Part, part},
};

/// What has been seen since a cue.
#[derive(Default)]
pub(super) struct Since {
    that: bool,
    comma: bool,
    quote: bool,
    verb: bool,
    pub verbs: usize,
    pub last_break: Option<usize>,
}

pub(super) const COUNTS: [Part<'static>; 4] = [part!("0"), part!("1"), part!("2"), part!("3")];

impl Since {
    pub(super) fn note(&mut self, token: &Token, at: usize) {
        let joins = token.sets_apart()
            || token.is_sign(';')
            || token.is_sign(':')
            || token.is(Classes::AND | Classes::IF | Classes::WHO);
        if joins {
            self.last_break = Some(at);
        }
        self.verbs += usize::from(token.is(Classes::AUXILIARY | Classes::VERB | Classes::CUE));
        self.that |= token.is(Classes::THAT);
        self.comma |= token.sets_apart() || token.is_sign(';') || token.is_sign(':');
        self.quote |= token.is_quote();
        self.verb |= token.is(Classes::AUXILIARY | Classes::VERB);
    }

    pub(super) fn name(&self) -> Part<'static> {
        match (self.that, self.comma, self.quote, self.verb) {
            (false, false, false, false) => part!("nothing"),
            (false, false, false, true) => part!("verb"),
            (false, false, true, false) => part!("quotation"),
            (false, false, true, true) => part!("quotation, verb"),
            (false, true, false, false) => part!("comma"),
            (false, true, false, true) => part!("comma, verb"),
            (false, true, true, false) => part!("comma, quotation"),
            (false, true, true, true) => part!("comma, quotation, verb"),
            (true, false, false, false) => part!("that"),
            (true, false, false, true) => part!("that, verb"),
            (true, false, true, false) => part!("that, quotation"),
            (true, false, true, true) => part!("that, quotation, verb"),
            (true, true, false, false) => part!("that, comma"),
            (true, true, false, true) => part!("that, comma, verb"),
            (true, true, true, false) => part!("that, comma, quotation"),
            (true, true, true, true) => part!("that, comma, quotation, verb"),
        }
    }
}
