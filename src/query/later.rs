//! Parts of the language whose place is kept: they are answered with an error, never read as words.

/// Whether it is an operator of proximity: `w/5`, `pre/5`, `NEAR/5`, `w/s`, `w/p`, `NEAR`, `NEAR5`, `ADJ3`.
pub(super) fn is_operator(run: &str) -> bool {
    if let Some((name, unit)) = run.split_once('/') {
        let is_name = ["near", "w", "pre", "within", "onear"].iter().any(|it| it.eq_ignore_ascii_case(name));
        return is_name && (is_number(unit) || matches!(unit, "s" | "p" | "S" | "P"));
    }
    let digits = run.strip_prefix("NEAR").or_else(|| run.strip_prefix("ADJ"));
    digits.is_some_and(|it| is_number(it) || run == "NEAR")
}

/// Whether it is a function when a bracket follows: `atleast3(…)`, `caps(…)`.
pub(super) fn is_function(run: &str) -> bool {
    let run = run.to_ascii_lowercase();
    let counted = run.strip_prefix("atleast").is_some_and(is_number);
    counted || matches!(run.as_str(), "caps" | "allcaps" | "nocaps" | "hlead")
}

/// Whether it is a field of a later version: `lead:`, `words:>800`.
pub(super) fn is_field(name: &str) -> bool {
    ["lead", "words"].iter().any(|it| it.eq_ignore_ascii_case(name))
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|it| it.is_ascii_digit())
}
