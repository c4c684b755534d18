//! Work grows with the text and no faster, whatever stands in it, in one paragraph or in many.

use morgue_core::article::{Language, QuoteKind, Span};

use crate::{annotate, work::steps};

/// Bytes of the smallest text, a sentence of the longest: how texts begin does not count.
const BYTES: usize = 2_500;
/// The steps for texts of one, two and six times the bytes are a, b and c. Where steps grow with
/// the bytes, (c - a) / (b - a) is 5; where they grow with the square, 35 / 3. It may be this at
/// most.
const MORE_STEPS_MAX: u64 = 7;

/// What repeats in a text, and how it begins and ends.
struct Pattern {
    head: &'static str,
    unit: &'static str,
    tail: &'static str,
}

const fn unit(unit: &'static str) -> Pattern {
    Pattern { head: "", unit, tail: "" }
}

/// Quotations, speech, names and signs that an attack is made of.
const PATTERNS: &[Pattern] = &[
    unit("“a” "),
    unit("„a“ "),
    unit("\"a\" "),
    unit("'a' "),
    unit("“ "),
    unit("“‘"),
    unit("« a » "),
    unit("“a ‘b \"c "),
    unit("“He told me ‘we said “never” and left,’ and went,” said Ada Lund. "),
    unit("‘We go on,’ he said. \"We stay,\" she said. "),
    unit("“The gate stays shut until spring,” said Bo Diaz, the keeper. “The boats can wait in the bay.” "),
    unit("“a b c d” he said "),
    unit("He asked “why not” and “what now” and "),
    unit("He said that it was “unsafe” and “too late” for Lund. "),
    unit("It is “a very good plan for us all” and more. "),
    unit("He said; “we go to the end”; "),
    unit("He said that "),
    unit("she said, he said. "),
    unit("said told added "),
    unit("according to "),
    unit("the minister, who was there, and who said that "),
    unit("John Smith "),
    unit("John, Mary, "),
    unit("Mr. Mrs. Dr. President "),
    unit("He said she told him that they saw her. "),
    unit("John Smith said it is late. It said “it is late now”. "),
    unit("A woman said “it is very late”. She said “it is very late”. "),
    unit("Officials said “it is late now and so”. They said it. "),
    unit("The minister said it. The ministry said it. The Osby Republican said it. "),
    unit("( "),
    unit("— "),
    unit("12 "),
    unit("a.b.c. "),
    unit("e\u{301}"),
    unit("東京「行く」"),
    unit("«Vamos a ir», dijo el alcalde Juan Pérez. Dijo que «es tarde» y que irá. "),
    // All between marks but the last word, or but the first sentence.
    Pattern { head: "", unit: "“a” ", tail: "end" },
    Pattern { head: "He said that it rains now. ", unit: "“A b c d e.” ", tail: "" },
    Pattern { head: "Ada Lund said: “We go.” ", unit: "“A b c d e.” ", tail: "" },
    Pattern { head: "", unit: "“A b c d e.” ", tail: "said John Smith, the mayor of Osby." },
    Pattern { head: "John Smith came. A woman said so. ", unit: "“It is late,” she said. ", tail: "" },
    Pattern { head: "He said it was “bad” ", unit: "and so on ", tail: "" },
    // Interviews, whose speaker is whom the text before them names.
    Pattern {
        head: "Ada Lund, the mayor, came.\n",
        unit: "Q: Why did you go?\nA: We had to, “at last”.\n",
        tail: "",
    },
    unit("LUND: We will not sell it.\nBERG: Why?\n"),
];

impl Pattern {
    /// A text of that many bytes or a few more.
    fn text(&self, bytes: usize, between: &str) -> String {
        let unit = format!("{}{between}", self.unit);
        format!("{}{}{}", self.head, unit.repeat(bytes.div_ceil(unit.len())), self.tail)
    }
}

/// The steps for the text of each length: 1, 2 and 6 times the smallest.
fn assert_linear(name: &str, text: impl Fn(usize) -> String, language: Language) {
    let work = |times| {
        let text = text(times);
        steps(|| drop(annotate(&text, Some(language))))
    };
    let [first, small, large] = [1, 2, 6].map(work);
    let slack = BYTES as u64;
    assert!(
        large.saturating_sub(first) <= MORE_STEPS_MAX * (small.saturating_sub(first) + slack),
        "{name}, {language:?}: {first}, {small}, {large} steps"
    );
}

#[test]
fn work_grows_with_the_text_in_one_paragraph_and_in_many() {
    for pattern in PATTERNS {
        for between in ["", "\n"] {
            let name = format!("{:?} with {between:?} between", pattern.unit);
            assert_linear(&name, |times| pattern.text(times * BYTES, between), Language::ENGLISH);
        }
        assert_linear(pattern.unit, |times| pattern.text(times * BYTES, ""), Language::SPANISH);
    }
}

/// Many people in one article, each with a name of their own or one that others have too.
#[test]
fn work_grows_with_the_people_named() {
    let syllables = ["ba", "cor", "dal", "fen", "gri", "hol", "jas", "kel", "lum", "mor"];
    let surname =
        |n: usize| format!("L{}{}{}", syllables[n % 10], syllables[n / 10 % 10], syllables[n / 100]);
    let given = ["Ada", "Tom", "Rosa", "John"];
    let sentence = |n: usize, shared: bool| {
        let name = if shared { surname(n % 7) } else { surname(n) };
        format!("{} {name}, the mayor of Osby, came. “We go,” said Mr. {name}. She stays. ", given[n % 4])
    };
    for shared in [false, true] {
        let text = |times: usize| (0..60 * times).map(|it| sentence(it, shared)).collect();
        assert_linear(if shared { "few names" } else { "many names" }, text, Language::ENGLISH);
    }
}

/// A name is named with each quote of its bearer, so that a long one would multiply.
#[test]
fn names_and_roles_have_an_end() {
    let long = "b".repeat(5000);
    for text in [
        format!("“We go on with it,” said A{long} Lund. “No more of it,” he said."),
        format!("Ada Lund, the mayor of {long}, came. “No more of it,” she said."),
        format!("The {long} officials said it was late. “No more of it,” they said."),
        format!("A{long}: We go.\nLUND: We stay.\nA{long}: We go.\nLUND: We stay."),
    ] {
        for quote in annotate(&text, None).quotes {
            let speaker = quote.speaker.map_or(0, |it| it.name.len() + it.role.map_or(0, |it| it.len()));
            assert!(speaker <= 2 * 256, "{speaker} bytes in {}", &text[..60]);
        }
    }
}

/// What repeats finds the same quotes over and over: a text four times as long has four times as
/// many.
#[test]
fn no_quote_of_many_is_lost() {
    let unit = "“We will go on with it,” said John Smith, the mayor. “It is a good plan for the harbor.”\n";
    for (n, between) in [(50, "\n"), (200, "\n"), (50, " "), (200, " ")] {
        let text = unit.replace('\n', between).repeat(n);
        let quotes = annotate(&text, None).quotes;
        assert_eq!(quotes.len(), 2 * n, "{n} {between:?}");
        assert!(quotes.iter().all(|it| it.kind == QuoteKind::Direct));
        assert!(quotes.iter().all(|it| it.speaker.as_ref().is_some_and(|it| it.name == "John Smith")));
        let spans = quotes.iter().flat_map(|it| it.content.iter().map(move |span| (it.passage, *span)));
        assert!(spans.collect::<Vec<(usize, Span)>>().is_sorted(), "in reading order");
    }
}
