//! Made families: invented stories, each in versions of which it is known what they are versions
//! of.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;

use crate::article::{Article, ArticlePlace, Metadata, Origin, Passage, PassageKind, Resolved, Trust};

use super::{Sketch, difference, families, sketch};

/// The same numbers on every machine (SplitMix64).
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut it = self.0;
        it = (it ^ (it >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        it = (it ^ (it >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        it ^ (it >> 31)
    }

    fn below(&mut self, n: usize) -> usize {
        (self.next() % n.max(1) as u64) as usize
    }

    fn between(&mut self, from: usize, to: usize) -> usize {
        from + self.below(to - from + 1)
    }

    /// A word of an invented language; few of them are frequent, as in any.
    fn word(&mut self) -> String {
        const SYLLABLES: [&str; 16] = [
            "ka", "ro", "mi", "ten", "sul", "ve", "dor", "an", "li", "pesh", "or", "tu", "gran", "el", "is",
            "bo",
        ];
        let rank = (3000.0_f64.powf(self.below(10_000) as f64 / 10_000.0)) as usize;
        let mut word = String::new();
        let mut rest = rank + 1;
        while rest > 0 {
            word.push_str(SYLLABLES[rest % 16]);
            rest /= 16;
        }
        word
    }

    fn sentence(&mut self, n_words: usize) -> String {
        let mut words: Vec<String> = (0..n_words).map(|_| self.word()).collect();
        if self.below(4) == 0 {
            let at = self.below(n_words);
            words[at] = self.between(2, 4000).to_string();
        }
        words.join(" ") + "."
    }

    fn paragraph(&mut self) -> String {
        let n = self.between(1, 3);
        (0..n)
            .map(|_| {
                let n = self.between(9, 24);
                self.sentence(n)
            })
            .collect::<Vec<_>>()
            .join(" ")
    }

    fn story(&mut self, n_paragraphs: usize) -> Story {
        let paragraphs = (0..n_paragraphs).map(|_| self.paragraph()).collect();
        Story { headline: self.sentence(6), paragraphs }
    }

    fn shuffle<T>(&mut self, all: &mut [T]) {
        for n in (1..all.len()).rev() {
            all.swap(n, self.below(n + 1));
        }
    }
}

#[derive(Clone)]
struct Story {
    headline: String,
    paragraphs: Vec<String>,
}

/// What an outlet may do to a wire story.
const EDITS: [fn(&mut Story, &mut Dice); 6] = [
    |_, _| (),
    // Only the first paragraphs.
    |story, dice| story.paragraphs.truncate(dice.between(3, 6)),
    // Some paragraphs, wherever they stand.
    |story, dice| {
        let n = dice.between(3, 8);
        while story.paragraphs.len() > n {
            let at = dice.below(story.paragraphs.len());
            story.paragraphs.remove(at);
        }
    },
    |story, dice| dice.shuffle(&mut story.paragraphs),
    |story, dice| story.headline = dice.sentence(7),
    // One word in twenty is another, and one paragraph is the outlet's own.
    |story, dice| {
        for paragraph in &mut story.paragraphs {
            let mut words: Vec<String> = paragraph.split(' ').map(str::to_owned).collect();
            for word in &mut words {
                if dice.below(20) == 0 {
                    *word = dice.word();
                }
            }
            *paragraph = words.join(" ");
        }
        let (at, own) = (dice.below(story.paragraphs.len() + 1), dice.paragraph());
        story.paragraphs.insert(at, own);
    },
];

/// Sketches with the story that each is a version of; 0 is none.
#[derive(Default)]
struct Made {
    articles: Vec<Article>,
    story: BTreeMap<u64, usize>,
}

impl Made {
    fn add(&mut self, story: &Story, family: usize) {
        let place = format!("{}.txt", self.articles.len());
        let article = article(&place, &story.headline, &story.paragraphs);
        self.story.insert(article.id.key(), family);
        self.articles.push(article);
    }

    fn sketches(&self) -> Vec<Sketch> {
        self.articles.iter().map(sketch).collect()
    }

    /// Precision and recall over pairs of articles.
    fn measured(&self) -> (f64, f64) {
        let (mut right, mut found) = (0, 0);
        for family in families(self.sketches()) {
            for (n, a) in family.iter().enumerate() {
                for b in &family[n + 1..] {
                    found += 1;
                    right += usize::from(self.story[a] == self.story[b] && self.story[a] > 0);
                }
            }
        }
        let mut sizes: BTreeMap<usize, usize> = BTreeMap::new();
        self.story.values().filter(|it| **it > 0).for_each(|it| *sizes.entry(*it).or_default() += 1);
        let all: usize = sizes.values().map(|n| n * (n - 1) / 2).sum();
        (right as f64 / f64::from(found.max(1) as u32), right as f64 / all.max(1) as f64)
    }
}

fn article(place: &str, headline: &str, paragraphs: &[String]) -> Article {
    let origin = Origin { trust: Trust::Text, rule: String::new(), place: String::new() };
    let resolved = Resolved { value: headline.to_owned(), origin, candidates: Vec::new() };
    let metadata = Metadata { headline: Some(resolved), ..Metadata::default() };
    let first = Passage::new(PassageKind::Headline, headline);
    let body = paragraphs.iter().filter_map(|it| Passage::new(PassageKind::Body, it));
    let place = ArticlePlace::file(place.to_owned());
    Article::new(place, metadata, first.into_iter().chain(body).collect()).expect("an article has text")
}

/// Wire stories in several versions, and what lies about in an archive that is no version of
/// anything.
fn archive(seed: u64, n_stories: usize) -> Made {
    let mut dice = Dice(seed);
    let mut made = Made::default();
    let standing: Vec<String> = (0..6).map(|_| dice.paragraph() + " " + &dice.paragraph()).collect();
    for family in 1..=n_stories {
        let n = dice.between(6, 24);
        let story = dice.story(n);
        made.add(&story, family);
        for _ in 0..dice.below(5) {
            let mut version = story.clone();
            for _ in 0..dice.between(1, 2) {
                EDITS[dice.below(EDITS.len())](&mut version, &mut dice);
            }
            made.add(&version, family);
        }
    }
    for n in 0..n_stories {
        // A short item of its own above a standing paragraph.
        let mut short = dice.story(2);
        short.paragraphs.push(standing[n % standing.len()].clone());
        made.add(&short, 0);
        made.add(&column(&mut dice, n % 4), 0);
        made.add(&notice(&mut dice), 0);
    }
    made
}

/// A regular column: each day the same words around other figures.
fn column(dice: &mut Dice, which: usize) -> Story {
    let mut words = Dice(which as u64);
    let line = |words: &mut Dice, dice: &mut Dice| {
        let named = format!("{} {} {}", words.word(), words.word(), words.word());
        let tenth = dice.below(10);
        format!(
            "{named} closed at {}.{tenth} after {} in trade",
            dice.between(10, 900),
            dice.between(10, 900)
        )
    };
    let paragraphs = (0..10).map(|_| line(&mut words, dice)).collect();
    Story { headline: words.sentence(5), paragraphs }
}

/// A notice of one line, which hundreds are written like.
fn notice(dice: &mut Dice) -> Story {
    let (cents, day) = (dice.between(2, 40), dice.between(1, 28));
    let text =
        format!("Quarterly dividend {cents} cents against {cents} cents. Payable on the {day} of the month.");
    Story { headline: dice.sentence(4), paragraphs: vec![text] }
}

#[test]
fn versions_of_a_story_are_found_and_nothing_else_is() {
    for seed in [1, 2, 3] {
        let (precision, recall) = archive(seed, 300).measured();
        assert!(precision >= 0.98 && recall >= 0.95, "seed {seed}: precision {precision}, recall {recall}");
    }
}

#[test]
fn each_edit_alone_leaves_a_copy() {
    let mut dice = Dice(7);
    for (n, edit) in EDITS.iter().enumerate() {
        let mut missed = 0;
        for _ in 0..100 {
            let story = dice.story(20);
            let mut version = story.clone();
            edit(&mut version, &mut dice);
            let mut made = Made::default();
            made.add(&story, 1);
            made.add(&version, 1);
            missed += usize::from(families(made.sketches()).len() != 1);
        }
        assert!(missed <= 1, "edit {n} hides {missed} of 100 copies");
    }
}

#[test]
fn a_story_that_thirty_outlets_print_is_one_family_and_a_paragraph_that_thirty_articles_share_is_none() {
    let mut dice = Dice(11);
    let mut made = Made::default();
    let (story, standing) = (dice.story(12), dice.paragraph() + " " + &dice.paragraph());
    for _ in 0..30 {
        let mut version = story.clone();
        let edit = dice.below(EDITS.len());
        EDITS[edit](&mut version, &mut dice);
        made.add(&version, 1);
        let mut other = dice.story(1);
        other.paragraphs.push(standing.clone());
        made.add(&other, 0);
    }
    let found = families(made.sketches());
    assert_eq!(found.iter().map(Vec::len).collect::<Vec<_>>(), [30]);
    assert!(found[0].iter().all(|it| made.story[it] == 1));
}

#[test]
fn a_digest_joins_no_two_stories() {
    let mut dice = Dice(5);
    let mut made = Made::default();
    let mut digest = Story { headline: "News in brief".to_owned(), paragraphs: Vec::new() };
    for _ in 0..6 {
        let story = dice.story(3);
        digest.paragraphs.extend(story.paragraphs.clone());
        made.add(&story, 0);
    }
    made.add(&digest, 0);
    assert_eq!(families(made.sketches()), Vec::<Vec<u64>>::new());
}

#[test]
fn a_short_notice_is_a_copy_only_under_the_same_headline() {
    let text = ["The council meets on Tuesday.".to_owned()];
    let same = |a: &str, b: &str| {
        let articles = [article("a.txt", a, &text), article("b.txt", b, &text)];
        !families(articles.iter().map(sketch).collect()).is_empty()
    };
    assert!(same("Meeting", "MEETING"));
    assert!(!same("Orle council", "Ferrin council"));
}

#[test]
fn what_differs_is_named() {
    let text = |all: &[&str]| all.iter().map(|it| (*it).to_owned()).collect::<Vec<_>>();
    let lead = "The ferry ran aground on Tuesday morning with ninety people aboard.";
    let edited = "The ferry ran aground on Tuesday morning with ninety-one people aboard.";
    let here = article("a.txt", "Ferry aground", &text(&[lead, "Nobody was hurt.", "Tugs are under way."]));
    let there =
        article("b.txt", "Ferry hits bank", &text(&["Tugs are under way.", edited, "Divers came later."]));
    let found = difference(&here, &there);
    assert!(found.headline && found.reordered);
    assert_eq!((found.cut, found.added, found.same), (vec![2], vec![3], 1));
    assert_eq!(found.changed.iter().map(|it| (it.here, it.there)).collect::<Vec<_>>(), [(1, 2)]);
    assert_eq!(difference(&here, &here).same, 3);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn families_do_not_depend_on_the_order_of_articles(seed in 0_u64..1_000_000) {
        let mut sketches = archive(seed, 12).sketches();
        let expected = families(sketches.clone());
        Dice(seed).shuffle(&mut sketches);
        prop_assert_eq!(families(sketches), expected);
    }

    #[test]
    fn an_article_is_in_one_family_at_most(seed in 0_u64..1_000_000) {
        let found = families(archive(seed, 12).sketches());
        let all: Vec<u64> = found.iter().flatten().copied().collect();
        prop_assert_eq!(all.iter().collect::<BTreeSet<_>>().len(), all.len());
        prop_assert!(found.iter().all(|it| it.len() > 1 && it.is_sorted()));
    }
}
