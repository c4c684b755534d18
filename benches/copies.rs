//! Families of copies among made articles: how much an article costs, few or many, and how many
//! versions are found.
//!
//! `cargo bench --bench copies` for 1,000, 10,000 and 100,000 articles; `-- 5000` for so many. A
//! fifth are versions of stories shortly before them: cut, reordered, retitled, edited.

#![expect(clippy::print_stdout, reason = "a bench reports")]

use std::{collections::HashMap, time::Instant};

use morgue::{
    article::{Article, ArticlePlace, Metadata, Origin, Passage, PassageKind, Resolved, Trust},
    copies::{Sketch, families, sketch},
};

/// The same numbers on every machine (SplitMix64).
struct Random(u64);

impl Random {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut it = self.0;
        it = (it ^ (it >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        it = (it ^ (it >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((it ^ (it >> 31)) % n as u64) as usize
    }

    /// An invented word; few of them are frequent.
    fn word(&mut self) -> String {
        let rank = 20_000.0_f64.powf(self.below(10_000) as f64 / 10_000.0) as usize;
        let letters = |n: usize| char::from(b'a' + (n % 26) as u8);
        format!("{}e{}o{}", letters(rank), letters(rank / 26), letters(rank / 676))
    }

    fn words(&mut self, n: usize) -> String {
        (0..n).map(|_| self.word()).collect::<Vec<_>>().join(" ")
    }

    /// Now and then a turn of phrase that many articles have.
    fn paragraph(&mut self) -> String {
        let phrase = if self.below(8) == 0 { " he told a news conference in the capital" } else { "" };
        let n = 25 + self.below(30);
        format!("{}{phrase} {}.", self.words(n), 2 + self.below(4000))
    }
}

#[derive(Clone)]
struct Story {
    headline: String,
    paragraphs: Vec<String>,
}

impl Story {
    fn new(random: &mut Random) -> Story {
        let paragraphs = (0..6 + random.below(8)).map(|_| random.paragraph()).collect();
        Story { headline: random.words(6), paragraphs }
    }

    fn version(&self, random: &mut Random) -> Story {
        let mut story = self.clone();
        match random.below(4) {
            0 => story.paragraphs.truncate(3 + random.below(3)),
            1 => story.paragraphs.reverse(),
            2 => story.headline = random.words(7),
            _ => {
                for paragraph in &mut story.paragraphs {
                    let mut words: Vec<String> = paragraph.split(' ').map(str::to_owned).collect();
                    let at = random.below(words.len());
                    words[at] = random.word();
                    *paragraph = words.join(" ");
                }
                story.paragraphs.push(random.paragraph());
            }
        }
        story
    }

    fn sketch(&self, number: usize) -> Sketch {
        let origin = Origin { trust: Trust::Text, rule: String::new(), place: String::new() };
        let headline = Resolved { value: self.headline.clone(), origin, candidates: Vec::new() };
        let metadata = Metadata { headline: Some(headline), ..Metadata::default() };
        let first = Passage::new(PassageKind::Headline, &self.headline);
        let body = self.paragraphs.iter().filter_map(|it| Passage::new(PassageKind::Body, it));
        let place = ArticlePlace::file(format!("{number}.txt"));
        let article = Article::new(place, metadata, first.into_iter().chain(body).collect());
        sketch(&article.expect("an article has text"))
    }
}

/// `n` sketches, and for each article's key the story it is a version of.
fn made(n: usize) -> (Vec<Sketch>, HashMap<u64, usize>) {
    let mut random = Random(n as u64);
    let (mut sketches, mut story_of) = (Vec::new(), HashMap::new());
    let mut stories: Vec<Story> = Vec::new();
    for number in 0..n {
        let (story, of) = match stories.len() {
            known if known > 0 && random.below(5) == 0 => {
                let of = known - 1 - random.below(known.min(20));
                (stories[of].version(&mut random), of)
            }
            known => {
                stories.push(Story::new(&mut random));
                (stories[known].clone(), known)
            }
        };
        let sketch = story.sketch(number);
        story_of.insert(sketch.article, of);
        sketches.push(sketch);
    }
    (sketches, story_of)
}

fn pairs(n: usize) -> usize {
    n * n.saturating_sub(1) / 2
}

fn main() {
    let asked: Vec<usize> = std::env::args().skip(1).filter_map(|it| it.parse().ok()).collect();
    let sizes = if asked.is_empty() { vec![1_000, 10_000, 100_000] } else { asked };
    println!(
        "{:>9} {:>12} {:>9} {:>12} {:>9} {:>7}",
        "articles", "fingerprints", "families", "µs/article", "precision", "recall"
    );
    for n in sizes {
        let (sketches, story_of) = made(n);
        let prints: usize = sketches.iter().map(|it| it.prints.len()).sum();
        let mut best = f64::MAX;
        let mut found = Vec::new();
        for _ in 0..3 {
            let sketches = sketches.clone();
            let start = Instant::now();
            found = families(sketches);
            best = best.min(start.elapsed().as_secs_f64());
        }
        let mut of_story: HashMap<usize, usize> = HashMap::new();
        story_of.values().for_each(|it| *of_story.entry(*it).or_default() += 1);
        let all: usize = of_story.values().map(|it| pairs(*it)).sum();
        let n_found: usize = found.iter().map(|it| pairs(it.len())).sum();
        let right = |family: &Vec<u64>| {
            let mut by_story: HashMap<usize, usize> = HashMap::new();
            family.iter().for_each(|it| *by_story.entry(story_of[it]).or_default() += 1);
            by_story.values().map(|it| pairs(*it)).sum::<usize>()
        };
        let right: usize = found.iter().map(right).sum();
        let (precision, recall) = (right as f64 / n_found.max(1) as f64, right as f64 / all.max(1) as f64);
        let each = best * 1e6 / n as f64;
        println!("{n:>9} {prints:>12} {:>9} {each:>12.1} {precision:>9.4} {recall:>7.4}", found.len());
        assert!(precision >= 0.98 && recall >= 0.95, "versions of a story are found, and nothing else");
    }
}
