//! Whatever a text is, its quotes lie in its passages, on characters, and content and cue never
//! overlap. Run: `cargo fuzz run annotate`.
#![no_main]

use libfuzzer_sys::fuzz_target;
use morgue::{
    article::{Language, Passage, PassageKind},
    attribute::attribute,
};

fuzz_target!(|input: (u8, String)| {
    let (which, text) = input;
    let language = ["en", "es", "fi"][usize::from(which % 3)];
    let kinds = [PassageKind::Body, PassageKind::Headline, PassageKind::Caption, PassageKind::Heading];
    let first = kinds[usize::from(which / 3 % 4)];
    let passages: Vec<Passage> = text
        .lines()
        .enumerate()
        .filter_map(|(at, line)| Passage::new(if at == 0 { first } else { PassageKind::Body }, line))
        .collect();
    for quote in attribute(&passages, Language::from_tag(language)) {
        let inside = &passages[quote.passage].text;
        assert!(!quote.content.is_empty());
        assert!(quote.content.windows(2).all(|it| it[0].end() <= it[1].start()));
        for span in &quote.content {
            assert!(inside.get(span.start()..span.end()).is_some());
            assert!(quote.cue.is_none_or(|it| it.end() <= span.start() || span.end() <= it.start()));
        }
        if let Some(mention) = quote.mention {
            let span = mention.span;
            assert!(passages[mention.passage].text.get(span.start()..span.end()).is_some());
        }
        assert!((0.0..=1.0).contains(&quote.confidence));
    }
});
