//! Runs of words in a text: where the words of a pattern stand, and where phrases of them do.

/// A run of words of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Stretch {
    /// The position of its first word.
    pub first: u32,
    /// The position of its last word.
    pub last: u32,
}

impl Stretch {
    /// From the first word of both to the last.
    pub(super) fn joined(self, other: Stretch) -> Stretch {
        Stretch { first: self.first.min(other.first), last: self.last.max(other.last) }
    }
}

/// Where a word of a pattern stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WordPlaces {
    /// The positions of the words that are it: sorted, without repeats.
    pub alone: Vec<u32>,
    /// Where several words in a row are [another way to write
    /// it](morgue_core::analyze::Variants): sorted, without repeats.
    pub joined: Vec<Stretch>,
}

impl WordPlaces {
    /// Where it stands, sorted.
    pub(super) fn stretches(&self) -> Vec<Stretch> {
        let mut stretches: Vec<Stretch> =
            self.alone.iter().map(|it| Stretch { first: *it, last: *it }).collect();
        if !self.joined.is_empty() {
            stretches.extend(&self.joined);
            stretches = sorted(stretches);
        }
        stretches
    }
}

/// Where a phrase stands: the positions of its first and last word.
///
/// `lists` holds for each word of the phrase, in order, the positions at which it stands, sorted
/// and without repeats. A match takes one position of each, rising strictly, with at most `slop`
/// other positions between the first and the last. Of matches that contain one another only the
/// innermost are given; they come sorted. Takes time in proportion to the first list, times the
/// words of the phrase, times the logarithm of the longest list.
pub(super) fn phrase_matches(lists: &[&[u32]], slop: u32) -> Vec<Stretch> {
    let Some((first, rest)) = lists.split_first() else { return Vec::new() };
    let mut matches: Vec<Stretch> = Vec::new();
    'starts: for &start in *first {
        let mut end = start;
        for list in rest {
            // The earliest place after the last word leaves most room for the words to come.
            match list.get(list.partition_point(|it| *it <= end)) {
                Some(next) => end = *next,
                None => break 'starts,
            }
        }
        let between = (end - start) as usize - rest.len();
        if between > slop as usize {
            continue;
        }
        // A later start with the same end lies inside the earlier match.
        if matches.last().is_some_and(|it| it.last == end) {
            matches.pop();
        }
        matches.push(Stretch { first: start, last: end });
    }
    matches
}

/// The same where words may be joined: each list holds stretches, sorted. What a stretch covers is
/// not between. After each word those of the next are taken that begin first, whatever they cover:
/// of a word at most [`JOINED_WORDS_MAX`](morgue_core::analyze::JOINED_WORDS_MAX).
pub(super) fn joined_phrase_matches(lists: &[Vec<Stretch>], slop: u32) -> Vec<Stretch> {
    let Some((first, rest)) = lists.split_first() else { return Vec::new() };
    let mut matches = Vec::new();
    for start in first {
        // Where the words so far may end, each with how many stand between.
        let mut ends = vec![(start.last, 0)];
        for list in rest {
            let mut further: Vec<(u32, u32)> = Vec::new();
            for (end, between) in ends {
                let following = &list[list.partition_point(|it| it.first <= end)..];
                let Some(next) = following.first() else { continue };
                let between = between + next.first - end - 1;
                let nearest = following.iter().take_while(|it| it.first == next.first && between <= slop);
                further.extend(nearest.map(|it| (it.last, between)));
            }
            further.sort_unstable();
            further.dedup_by_key(|it| it.0);
            ends = further;
        }
        matches.extend(ends.iter().map(|it| Stretch { first: start.first, last: it.0 }));
    }
    innermost(&sorted(matches))
}

/// The stretches in order, each once.
pub(super) fn sorted(mut stretches: Vec<Stretch>) -> Vec<Stretch> {
    stretches.sort_unstable();
    stretches.dedup();
    stretches
}

/// Those of the sorted stretches that contain no other.
pub(super) fn innermost(stretches: &[Stretch]) -> Vec<Stretch> {
    let mut kept: Vec<Stretch> = Vec::new();
    for &it in stretches {
        while kept.last().is_some_and(|last| last.last >= it.last && last.first < it.first) {
            kept.pop();
        }
        // Of those that begin together the shortest comes first.
        if kept.last().is_none_or(|last| last.first < it.first) {
            kept.push(it);
        }
    }
    kept
}
