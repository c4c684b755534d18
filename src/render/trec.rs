//! TREC runs: `qid Q0 article rank score morgue`, as trec_eval and ir-measures read them.

use std::io::{self, Write};

use crate::search::HitPlace;

use super::visible;

/// The hits of one query, best first; a passage is `ARTICLE#n`.
pub fn trec(
    query: &str,
    places: &[HitPlace],
    offset: usize,
    by_id: bool,
    out: &mut dyn Write,
) -> io::Result<()> {
    let query = visible(query);
    for (rank, place) in (offset + 1..).zip(places) {
        let name = if by_id { place.article.to_string() } else { one_word(&place.name) };
        let passage = place.passage.map_or_else(String::new, |it| format!("#{it}"));
        writeln!(out, "{query} Q0 {name}{passage} {rank} {:.7} morgue", place.score)?;
    }
    Ok(())
}

/// The name without what would part it into columns or cut it at a passage's number.
fn one_word(name: &str) -> String {
    name.chars().map(|it| if it.is_whitespace() || it.is_control() || it == '#' { '_' } else { it }).collect()
}
