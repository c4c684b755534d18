//! BM25 (Robertson and Zaragoza 2009): the score of a term that occurs `n` times in a text of some
//! length.
//!
//! tantivy's own has k1 1.2 and b 0.75 built in, and counts deleted documents.

use tantivy::fieldnorm::FieldNormReader;

/// The two parameters of BM25.
#[derive(Clone, Copy)]
struct Settings {
    /// With a larger one, further occurrences of a term count more.
    k1: f32,
    /// With a larger one, from 0 to 1, longer texts are discounted more.
    b: f32,
}

/// For queries of few words: near those found best on large news collections (0.9, 0.4).
const BRIEF: Settings = Settings { k1: 0.9, b: 0.5 };
/// For queries of many words, of which a long article has some by chance: between those and the
/// usual ones (1.2, 0.75). Both are measured in `docs/evaluation.md`.
const LONG: Settings = Settings { k1: 1.2, b: 0.6 };

/// tantivy's codes of lengths are bytes.
const LENGTHS: usize = 256;
/// Scores of up to so many occurrences are computed once for an open index: most texts have a word
/// once or twice, and the division takes longer than all else that is done with a posting.
const TABLED: usize = 8;

/// BM25 over texts of one kind, by the length of the query.
pub(super) struct Bm25s {
    brief: Bm25,
    long: Bm25,
}

impl Bm25s {
    /// For texts with `mean_length` terms on average.
    pub(super) fn new(mean_length: f32) -> Bm25s {
        Bm25s { brief: Bm25::new(BRIEF, mean_length), long: Bm25::new(LONG, mean_length) }
    }

    /// For a brief query, or for any other.
    pub(super) fn of(&self, brief: bool) -> &Bm25 {
        if brief { &self.brief } else { &self.long }
    }
}

/// BM25 over texts of one kind.
pub(super) struct Bm25 {
    k1: f32,
    /// `k1 · (1 - b + b · length / mean length)` for each length.
    discounts: [f32; LENGTHS],
    /// The scores of 1, 2, … occurrences, for each length.
    tabled: [[f32; LENGTHS]; TABLED],
}

impl Bm25 {
    /// For texts with `mean_length` terms on average.
    fn new(Settings { k1, b }: Settings, mean_length: f32) -> Bm25 {
        let discount = |id: u8| {
            let length = FieldNormReader::id_to_fieldnorm(id) as f32;
            k1 * (1.0 - b + b * length / mean_length.max(1.0))
        };
        let discounts: [f32; LENGTHS] = std::array::from_fn(|id| discount(id as u8));
        let tabled = std::array::from_fn(|row| discounts.map(|it| saturated(k1, (row + 1) as f32, it)));
        Bm25 { k1, discounts, tabled }
    }

    /// The score of `n` occurrences of a term, before its idf, in a text with this code of length:
    /// 0 for none, less than `k1 + 1` for any number.
    #[inline]
    pub(super) fn tf_saturation(&self, n: u32, length: u8) -> f32 {
        match self.tabled.get((n as usize).wrapping_sub(1)) {
            Some(row) => row[usize::from(length)],
            None => saturated(self.k1, n as f32, self.discounts[usize::from(length)]),
        }
    }
}

fn saturated(k1: f32, n: f32, discount: f32) -> f32 {
    n * (k1 + 1.0) / (n + discount)
}

/// The inverse document frequency of a term that `n_with` of `n` texts have: more than 0, larger
/// for rarer terms.
pub(super) fn idf(n: u64, n_with: u64) -> f32 {
    let (n, n_with) = (n as f32, n_with.min(n) as f32);
    ((n - n_with + 0.5) / (n_with + 0.5)).ln_1p()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_occurrences_count_less_each_and_longer_texts_are_discounted() {
        let bm25 = Bm25::new(LONG, 100.0);
        let length = |n| FieldNormReader::fieldnorm_to_id(n);
        let values: Vec<f32> = (0..4).map(|n| bm25.tf_saturation(n, length(100))).collect();
        assert_eq!(values[0], 0.0);
        assert!((values[1] - 1.0).abs() < 0.03, "one in a text of mean length is worth one: {values:?}");
        assert!(values[2] - values[1] > values[3] - values[2]);
        assert!(bm25.tf_saturation(1, length(400)) < bm25.tf_saturation(1, length(20)));
    }

    #[test]
    fn what_is_tabled_is_what_would_be_worked_out() {
        let bm25 = Bm25::new(BRIEF, 37.0);
        for (n, length) in [0, 1, 2, 7, 8, 9, 10, 300, u32::MAX].into_iter().zip((0..=u8::MAX).step_by(25)) {
            let expected = saturated(BRIEF.k1, n as f32, bm25.discounts[usize::from(length)]);
            assert_eq!(bm25.tf_saturation(n, length), expected, "{n} in a text of length {length}");
        }
    }

    #[test]
    fn rare_words_are_worth_more_and_no_word_less_than_nothing() {
        assert!(idf(1000, 1) > idf(1000, 10));
        assert!(idf(1000, 1000) > 0.0 && idf(20_000_000, 20_000_000) > 0.0);
        assert!(idf(0, 3).is_finite());
    }
}
