//! `spec/quotes.toml` and `quotes_es.toml`: invented sentences, and who says what in them. Every
//! engine must read them so.

use morgue::{
    article::{Language, Passage, PassageKind, Quote, Rule, Span, Stance},
    attribute::{attribute, is_utterance},
};
use proptest::prelude::*;
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    case: Vec<Case>,
}

/// A text, one paragraph a line, and all its quotes in order.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    name: String,
    headline: Option<String>,
    text: String,
    #[serde(default)]
    quote: Vec<Expected>,
}

/// One quote; what is left out is not compared. `speaker = ""` means that nobody is named.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Expected {
    /// The words, pieces joined with ` | `.
    content: String,
    kind: Option<String>,
    cue: Option<String>,
    mention: Option<String>,
    speaker: Option<String>,
    who: Option<String>,
    role: Option<String>,
    rule: Option<String>,
    stance: Option<String>,
}

fn passages(text: &str) -> Vec<Passage> {
    text.lines().filter_map(|it| Passage::new(PassageKind::Body, it)).collect()
}

fn quotes(passages: &[Passage]) -> Vec<Quote> {
    attribute(passages, None)
}

#[test]
fn the_table_holds() {
    check(include_str!("spec/quotes.toml"), Language::ENGLISH);
}

#[test]
fn the_spanish_table_holds_by_its_lexicon_alone() {
    check(include_str!("spec/quotes_es.toml"), Language::SPANISH);
}

#[track_caller]
fn check(table: &str, language: Language) {
    let table: Table = toml::from_str(table).expect("a table of cases");
    let wrong: Vec<String> = table.case.iter().flat_map(|it| differences(it, language)).collect();
    assert!(wrong.is_empty(), "{} differences:\n{}", wrong.len(), wrong.join("\n"));
}

fn differences(case: &Case, language: Language) -> Vec<String> {
    let headline = case.headline.as_deref().and_then(|it| Passage::new(PassageKind::Headline, it));
    let passages: Vec<Passage> = headline.into_iter().chain(passages(&case.text)).collect();
    let found = attribute(&passages, Some(language));
    let mut wrong = Vec::new();
    let shown = |it: &Quote| described(&passages, it);
    if found.len() != case.quote.len() {
        let listed: Vec<String> = found.iter().map(shown).collect();
        wrong.push(format!("{}: {} quotes, not {}: {listed:#?}", case.name, found.len(), case.quote.len()));
        return wrong;
    }
    for (quote, expected) in found.iter().zip(&case.quote) {
        let text = passages[quote.passage].text.as_str();
        let speaker = quote.speaker.as_ref();
        let content: Vec<&str> = quote.content.iter().map(|it| it.of(text)).collect();
        let mention = quote.mention.map(|it| it.span.of(&passages[it.passage].text));
        let pairs = [
            ("content", Some(&expected.content), content.join(" | ")),
            ("kind", expected.kind.as_ref(), quote.kind.name().to_owned()),
            ("cue", expected.cue.as_ref(), quote.cue.map_or("", |it| it.of(text)).to_owned()),
            ("mention", expected.mention.as_ref(), mention.unwrap_or_default().to_owned()),
            ("speaker", expected.speaker.as_ref(), speaker.map_or(String::new(), |it| it.name.clone())),
            ("who", expected.who.as_ref(), speaker.map_or("", |it| it.kind.name()).to_owned()),
            ("role", expected.role.as_ref(), speaker.and_then(|it| it.role.clone()).unwrap_or_default()),
            ("rule", expected.rule.as_ref(), quote.rule.name().to_owned()),
            ("stance", expected.stance.as_ref(), quote.stance.name().to_owned()),
        ];
        for (field, expected, found) in pairs {
            if expected.is_some_and(|it| *it != found) {
                wrong.push(format!(
                    "{}: {field} is {found:?}, not {:?}: {}",
                    case.name,
                    expected,
                    shown(quote)
                ));
            }
        }
    }
    wrong
}

fn described(passages: &[Passage], quote: &Quote) -> String {
    let text = passages[quote.passage].text.as_str();
    let content: Vec<&str> = quote.content.iter().map(|it| it.of(text)).collect();
    let speaker = quote.speaker.as_ref().map_or("nobody", |it| it.name.as_str());
    format!("{speaker} ({}): {} [{}]", quote.rule.name(), content.join(" | "), quote.kind.name())
}

#[test]
fn a_heading_ends_who_was_speaking_and_a_caption_does_not() {
    let passages = [
        Passage::new(PassageKind::Body, "“We will not sell,” Ada Lund said."),
        Passage::new(PassageKind::Heading, "The other side"),
        Passage::new(PassageKind::Body, "“They will, and soon, for a good price.”"),
    ];
    let mut passages: Vec<Passage> = passages.into_iter().flatten().collect();
    let named =
        |passages: &[Passage]| quotes(passages).iter().map(|it| it.speaker.is_some()).collect::<Vec<_>>();
    assert_eq!(named(&passages), [true, false]);
    passages[1].kind = PassageKind::Caption;
    assert_eq!(named(&passages), [true, true]);
}

#[test]
fn an_unknown_language_gives_what_stands_between_marks_and_says_so() {
    let passages = passages("«Emme myy tätä maata kenellekään», Aino Lund sanoi.");
    let found = attribute(&passages, morgue::article::Language::from_tag("fi"));
    assert_eq!(found.len(), 1);
    assert!(found[0].speaker.is_none() && found[0].rule == Rule::MarksOnly);
}

/// Pieces that texts about speech are made of, in any order.
const PIECES: &[&str] = &[
    "“",
    "”",
    "\"",
    "''",
    "'",
    "’",
    "«",
    "»",
    "「",
    "」",
    ",",
    ".",
    "?",
    "!",
    ":",
    "(",
    ")",
    " ",
    " ",
    " ",
    "\n",
    "—",
    "said",
    "told",
    "he",
    "she",
    "who",
    "that",
    "Lund",
    "Ada",
    "Mr.",
    "Sen.",
    "officials",
    "according",
    "to",
    "and",
    "saying",
    "is",
    "the",
    "of",
    "minister",
    "é",
    "中文",
    "\u{301}",
    "\u{200d}",
    "🗞️",
    "<b",
    ">",
    "1,000",
    "’s",
];

fn text_of_pieces() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(PIECES), 0..120).prop_map(|it| it.join(" "))
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_read_and_every_span_is_sound(text in prop_oneof![".{0,300}", text_of_pieces()]) {
        let passages = passages(&text);
        let found = quotes(&passages);
        prop_assert_eq!(&found, &quotes(&passages), "the same twice");
        for quote in &found {
            prop_assert!(is_sound(quote, &passages), "{:?} in {:?}", quote, text);
        }
        prop_assert!(found.is_sorted_by_key(|it| (it.passage, it.content[0].start())));
    }
}

fn is_sound(quote: &Quote, passages: &[Passage]) -> bool {
    let text = passages[quote.passage].text.as_str();
    let fits = |span: &Span, text: &str| text.get(span.range()).is_some_and(|it| !it.trim().is_empty());
    let apart = quote.content.windows(2).all(|it| it[0].end() <= it[1].start());
    let off_cue = quote.cue.is_none_or(|cue| quote.content.iter().all(|it| !it.overlaps(cue)));
    let mention = quote.mention.is_none_or(|it| fits(&it.span, &passages[it.passage].text));
    !quote.content.is_empty()
        && quote.content.iter().all(|it| fits(it, text))
        && quote.cue.is_none_or(|it| fits(&it, text))
        && apart
        && off_cue
        && mention
        && (0.0..=1.0).contains(&quote.confidence)
}

#[test]
fn an_unknown_language_is_not_read_as_english() {
    for (code, text) in [
        ("pt", "«Não vendemos o moinho», disse Rui Matos. O relatório \"said\" tudo, he said."),
        ("fi", "\"Emme myy tätä myllyä kenellekään\", sanoi Aino Lund. Lund said that it was so."),
    ] {
        let found = attribute(&passages(text), Language::from_tag(code));
        assert!(!found.is_empty(), "{code}");
        for quote in &found {
            assert!(quote.cue.is_none() && quote.confidence < 0.5, "{code}: {quote:?}");
            assert!(quote.rule == Rule::MarksOnly, "{code}: {quote:?}");
        }
    }
}

#[test]
fn texts_that_are_no_prose_are_survived() {
    let names = "Ada Lund Bo Berg Ida Holt ".repeat(4_000);
    let bare = "abcdefgh".repeat(20_000);
    let mixed = "سعيد said “не знаю” 他说「是」 Ada «ну» said ".repeat(2_000);
    let capitals = "“WE WON,” ADA LUND SAID. SHE SMILED. ".repeat(3_000);
    let noise = "“Tlie har- bour wiII b3 dredged,”’ s aid Mr . L und ,, “ it' s l ate ”. ".repeat(2_000);
    let dashes = "—No —dijo Lund—. ".repeat(8_000);
    for text in [names, bare, mixed, capitals, noise, dashes] {
        let passages = passages(&text);
        for language in [Language::ENGLISH, Language::SPANISH] {
            let found = attribute(&passages, Some(language));
            assert!(found.iter().all(|it| is_sound(it, &passages)));
        }
    }
}

#[test]
fn what_no_cue_reports_is_no_utterance() {
    let quote = |rule, kind| Quote {
        passage: 0,
        content: Span::new(0, 4).into_iter().collect(),
        kind,
        cue: None,
        mention: None,
        speaker: None,
        confidence: 0.4,
        rule,
        stance: Stance::Said,
    };
    use morgue::article::QuoteKind::{Direct, Indirect};
    for (rule, kind, kept) in [
        (Rule::Reported, Indirect, true),
        (Rule::AccordingTo, Indirect, true),
        (Rule::ReadsAsReported, Indirect, false),
        (Rule::Judged, Indirect, false),
        (Rule::ReadsAsReported, Direct, true),
    ] {
        assert_eq!(is_utterance(&quote(rule, kind)), kept, "{rule:?}");
    }
}
