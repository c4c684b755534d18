//! A path or an address a line, as people collect them; `#` begins a remark, a dash or star before
//! it is no part of it.

use super::{Reference, given};

pub(super) fn read(text: &str) -> Vec<Reference> {
    let line = |line: &str| {
        let line = line.trim().trim_start_matches(['-', '*', '•']).trim();
        (!line.is_empty() && !line.starts_with('#')).then(|| match line.contains("://") {
            true => Reference { url: given(line), ..Reference::default() },
            false => Reference { path: given(line), id: line.parse().ok(), ..Reference::default() },
        })
    };
    text.lines().filter_map(line).collect()
}
