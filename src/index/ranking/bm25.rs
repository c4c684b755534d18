//! BM25: how much the occurrences of a word in a text of some length say (Robertson and Zaragoza 2009).
//!
//! tantivy's own has k1 1.2 and b 0.75 built in, and counts deleted documents.

use tantivy::fieldnorm::FieldNormReader;

/// How soon further occurrences stop to count, and how much a longer text is discounted. Between the values usual for short
/// and varied texts (0.75) and those found best on large news collections (0.4); `docs/evaluation.md`.
const K1: f32 = 1.2;
const B: f32 = 0.6;

/// BM25 over texts of one kind.
pub(super) struct Bm25 {
    /// `k1 · (1 - b + b · length / mean length)` for each of tantivy's 256 codes of lengths.
    discounts: [f32; 256],
}

impl Bm25 {
    /// For texts of so many terms in the mean.
    pub(super) fn new(mean_length: f32) -> Bm25 {
        let discount = |id: u8| {
            let length = FieldNormReader::id_to_fieldnorm(id) as f32;
            K1 * (1.0 - B + B * length / mean_length.max(1.0))
        };
        Bm25 { discounts: std::array::from_fn(|id| discount(id as u8)) }
    }

    /// What so many occurrences in a text of that length are worth: 0 for none, below `k1 + 1` for any number.
    pub(super) fn saturated(&self, n: u32, length: u8) -> f32 {
        let n = n as f32;
        n * (K1 + 1.0) / (n + self.discounts[usize::from(length)])
    }
}

/// What a word that `n_with` of `n` texts have is worth: more than 0, the rarer the more.
pub(super) fn rarity(n: u64, n_with: u64) -> f32 {
    let (n, n_with) = (n as f32, n_with.min(n) as f32);
    (1.0 + (n - n_with + 0.5) / (n_with + 0.5)).ln()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_occurrences_count_less_each_and_longer_texts_are_discounted() {
        let bm25 = Bm25::new(100.0);
        let length = |n| FieldNormReader::fieldnorm_to_id(n);
        let values: Vec<f32> = (0..4).map(|n| bm25.saturated(n, length(100))).collect();
        assert_eq!(values[0], 0.0);
        assert!((values[1] - 1.0).abs() < 0.03, "one in a text of mean length is worth one: {values:?}");
        assert!(values[2] - values[1] > values[3] - values[2]);
        assert!(bm25.saturated(1, length(400)) < bm25.saturated(1, length(20)));
    }

    #[test]
    fn rare_words_are_worth_more_and_no_word_less_than_nothing() {
        assert!(rarity(1000, 1) > rarity(1000, 10));
        assert!(rarity(1000, 1000) > 0.0);
        assert!(rarity(0, 3).is_finite());
    }
}
