//! A text as a query looks at it: its words, and where a pattern stands among them.

use std::{borrow::Cow, cell::OnceCell, ops::Range};

use super::{
    Letters, TextPattern, WordPattern,
    spans::{Positions, Shape, Stretch, WordPlaces},
};
use morgue_core::analyze::{self, Capitals, Forms, Stemmer, Variants};
use morgue_core::article::{Language, Span};

/// A text cut into words. What else a pattern asks of a word is worked out where the word may fit,
/// and only then.
pub(super) struct Text<'t> {
    text: &'t str,
    words: Vec<Cut>,
    /// The other ways to write words of it, by their last word.
    variants: Vec<CutVariant>,
    /// The text in small letters, where the forms of most words stand as they do in the text;
    /// behind it those of the others.
    forms: String,
    /// Where sentences begin, the first left out.
    sentences: OnceCell<Vec<u32>>,
    stemmer: Stemmer,
    /// Whether it is a name: there a word is found in each of its spellings.
    is_name: bool,
}

/// A word: where it stands in the text, and its forms among those of all.
struct Cut {
    span: Span,
    form: Range<usize>,
    accented: Range<usize>,
    stem: OnceCell<Box<str>>,
}

/// Another way to write words: their positions, and how it is written.
struct CutVariant {
    at: Stretch,
    written: Cut,
}

impl<'t> Text<'t> {
    /// A text in some language.
    pub(super) fn new(text: &'t str, language: Option<Language>) -> Text<'t> {
        Text::cut(text, Variants::new(language), Stemmer::for_language(language))
    }

    /// A name, a role or another short value, which is in no language.
    pub(super) fn of_name(text: &'t str) -> Text<'t> {
        let text = Text::cut(text, Variants::of_name(), Stemmer::for_language(None));
        Text { is_name: true, ..text }
    }

    fn cut(text: &'t str, mut in_text: Variants, stemmer: Stemmer) -> Text<'t> {
        let mut words: Vec<Cut> = Vec::with_capacity(text.len() / 5);
        let mut variants = Vec::new();
        let mut forms = text.to_ascii_lowercase();
        let mut keep = |form: &str| {
            let start = forms.len();
            forms.push_str(form);
            start..forms.len()
        };
        analyze::for_each_word(text, |word| {
            let (form, accented) = if word.plain {
                (word.span.range(), word.span.range())
            } else {
                let form = keep(word.form);
                (form.clone(), if word.accented == word.form { form } else { keep(word.accented) })
            };
            words.push(Cut { span: word.span, form, accented, stem: OnceCell::new() });
            in_text.add(text, word, |variant| {
                let at = |n_back: usize| u32::try_from(words.len() - n_back).unwrap_or(u32::MAX);
                let at = Stretch { first: at(variant.n_words), last: at(1) };
                let (form, accented) = (keep(variant.forms.form), keep(variant.forms.accented));
                let written = Cut { span: variant.span, form, accented, stem: OnceCell::new() };
                variants.push(CutVariant { at, written });
            });
        });
        Text { text, words, variants, forms, sentences: OnceCell::new(), stemmer, is_name: false }
    }

    /// Whether the pattern stands in it.
    pub(super) fn has(&self, pattern: &TextPattern) -> bool {
        !self.matches(pattern).is_empty()
    }

    /// Where the pattern stands.
    pub(super) fn matches(&self, pattern: &TextPattern) -> Vec<Stretch> {
        self.stretches(pattern, None, Shape::matches)
    }

    /// The spans to mark of the pattern, a phrase from its first word to its last.
    pub(super) fn find(&self, pattern: &TextPattern) -> Vec<Span> {
        self.marks(pattern, None)
    }

    /// The same of the pattern where all its words stand within the spans.
    pub(super) fn find_within(&self, pattern: &TextPattern, spans: &[Span]) -> Vec<Span> {
        self.marks(pattern, Some(spans))
    }

    fn marks(&self, pattern: &TextPattern, within: Option<&[Span]>) -> Vec<Span> {
        let span = |it: Stretch| {
            let (first, last) = (self.words.get(it.first as usize)?, self.words.get(it.last as usize)?);
            Span::new(first.span.start(), last.span.end())
        };
        self.stretches(pattern, within, Shape::shown).into_iter().filter_map(span).collect()
    }

    fn stretches(
        &self,
        pattern: &TextPattern,
        within: Option<&[Span]>,
        of: fn(&Shape, Positions<'_>) -> Vec<Stretch>,
    ) -> Vec<Stretch> {
        let (shape, words) = Shape::new(pattern);
        let words: Vec<WordPlaces> = words.into_iter().map(|it| self.places(it, within)).collect();
        let sentences = if shape.asks_for_sentences() { self.sentences() } else { &[] };
        of(&shape, Positions { words: &words, sentences })
    }

    /// Where the word stands within the spans.
    fn places(&self, pattern: &WordPattern, within: Option<&[Span]>) -> WordPlaces {
        let (spelling, letters) = pattern.parts();
        let mut places = match spelling {
            WordPattern::Stem { form, accented } => {
                let mut places = WordPlaces::default();
                for spelling in analyze::spellings(Forms { form, accented }) {
                    self.add_stem_places(spelling.forms(), within, &mut places);
                }
                places
            }
            _ => {
                let fits = |word: &Cut| spelling.fits_form(&self.forms[word.form.clone()]);
                let mut places = self.places_of_words(within, fits);
                if self.is_name {
                    let of_one = self.variants.iter().filter(|it| it.at.first == it.at.last);
                    places.alone.extend(of_one.filter(|it| fits(&it.written)).map(|it| it.at.first));
                    places.alone.sort_unstable();
                    places.alone.dedup();
                }
                places
            }
        };
        if let Some(letters) = letters {
            self.keep_written(letters, &mut places);
        }
        places
    }

    /// Adds where a word with the same stem, or the word itself, stands within the spans.
    fn add_stem_places(&self, sought: Forms<'_>, within: Option<&[Span]>, places: &mut WordPlaces) {
        let stem_sought: OnceCell<Cow<'_, str>> = OnceCell::new();
        let shares_stem = |word: &Cut| {
            let of_word = &self.forms[word.form.clone()];
            // Most words begin with another letter.
            self.stemmer.may_share(of_word, sought.form) && {
                let stem = stem_sought.get_or_init(|| self.stemmer.stem(sought));
                !stem.is_empty() && self.stemmer.may_give(of_word, stem) && self.stem(word) == &**stem
            }
        };
        let fits = |word: &Cut| self.forms[word.form.clone()] == *sought.form || shares_stem(word);
        let found = self.places_of_words(within, fits);
        let allowed = |word: &Cut| within.is_none_or(|it| it.iter().any(|it| it.contains(word.span)));
        let variants = self.variants.iter().filter(|it| shares_stem(&it.written) && allowed(&it.written));
        let (of_one, joined): (Vec<Stretch>, Vec<Stretch>) =
            variants.map(|it| it.at).partition(|it| it.first == it.last);
        let others = places.alone.len() + of_one.len();
        places.alone.extend(found.alone);
        places.alone.extend(of_one.iter().map(|it| it.first));
        if others > 0 {
            places.alone.sort_unstable();
            places.alone.dedup();
        }
        places.joined.extend(joined);
        places.joined.sort_unstable();
        places.joined.dedup();
    }

    /// Where words within the spans fit.
    fn places_of_words(&self, within: Option<&[Span]>, fits: impl Fn(&Cut) -> bool) -> WordPlaces {
        // A passage may have thousands of quotes: only the words about one are looked at.
        let range = within.map_or(0..self.words.len(), |spans| self.words_about(spans));
        let allowed = |word: &Cut| within.is_none_or(|it| it.iter().any(|it| it.contains(word.span)));
        let found = range.clone().zip(&self.words[range]).filter(|(_, word)| fits(word) && allowed(word));
        let alone = found.filter_map(|(at, _)| u32::try_from(at).ok()).collect();
        WordPlaces { alone, joined: Vec::new() }
    }

    /// Keeps the places whose words are written so.
    fn keep_written(&self, letters: Letters, places: &mut WordPlaces) {
        let capitals = |at: u32| {
            let word = self.words.get(at as usize);
            word.map_or(Capitals::None, |it| Capitals::of(it.span.of(self.text)))
        };
        places.alone.retain(|it| letters.allow(capitals(*it)));
        places.joined.retain(|it| letters.allow_joined((it.first..=it.last).map(capitals)));
    }

    /// The places of the words from the first of the spans to the last.
    fn words_about(&self, spans: &[Span]) -> Range<usize> {
        let first = spans.iter().map(|it| it.start()).min().unwrap_or(0);
        let last = spans.iter().map(|it| it.end()).max().unwrap_or(0);
        let n_before = |place| self.words.partition_point(|it| it.span.start() < place);
        n_before(first)..n_before(last).max(n_before(first))
    }

    fn stem<'a>(&'a self, word: &'a Cut) -> &'a str {
        let forms =
            || Forms { form: &self.forms[word.form.clone()], accented: &self.forms[word.accented.clone()] };
        word.stem.get_or_init(|| self.stemmer.stem(forms()).into())
    }

    fn sentences(&self) -> &[u32] {
        self.sentences.get_or_init(|| {
            let pairs = (1_u32..).zip(self.words.windows(2));
            let begins = |it: &(u32, &[Cut])| analyze::begins_sentence(self.text, it.1[0].span, it.1[1].span);
            pairs.filter(begins).map(|it| it.0).collect()
        })
    }
}
