//! The names of operators of proximity and of functions: `w/5`, `pre/s`, `NEAR5`, `atleast3(`,
//! `caps(`.

use super::super::{Function, Letters, Nearness, Within};

/// The operator of proximity that the run is: `w/5`, `NEAR/5`, `pre/s` in any case; `NEAR5`, `ADJ3`
/// in capitals. `Err` for a distance of 0.
pub(super) fn near(run: &str) -> Option<Result<Nearness, ()>> {
    let (name, unit) = match run.split_once('/') {
        Some(parts) => parts,
        None => run.split_at(run.find(|it: char| it.is_ascii_digit()).unwrap_or(run.len())),
    };
    let bare = !run.contains('/');
    if bare && !matches!(name, "NEAR" | "ADJ") {
        return None;
    }
    let ordered = match name.to_ascii_lowercase().as_str() {
        "w" | "near" | "within" => false,
        "pre" | "adj" | "onear" => true,
        _ => return None,
    };
    let within = match unit.to_ascii_lowercase().as_str() {
        "s" if !bare => Within::Sentence,
        "p" if !bare => Within::Passage,
        digits if !digits.is_empty() && digits.bytes().all(|it| it.is_ascii_digit()) => {
            // More words than any passage has: the same as no bound.
            match digits.parse().unwrap_or(u32::MAX) {
                0 => return Some(Err(())),
                n => Within::Words(n),
            }
        }
        _ => return None,
    };
    Some(Ok(Nearness { within, ordered }))
}

/// Whether it may have been meant for an operator of proximity and is a word: `NEAR`, `near5`.
pub(super) fn is_nearly_near(run: &str) -> bool {
    let digits = run.strip_prefix("near").or_else(|| run.strip_prefix("adj")).unwrap_or_default();
    matches!(run, "NEAR" | "ADJ") || (!digits.is_empty() && digits.bytes().all(|it| it.is_ascii_digit()))
}

/// The function of that name, in any case; `Err` for `atleast0`.
pub(super) fn function(name: &str) -> Option<Result<Function, ()>> {
    let name = name.to_ascii_lowercase();
    if let Some(digits) = name.strip_prefix("atleast") {
        let is_number = !digits.is_empty() && digits.bytes().all(|it| it.is_ascii_digit());
        return is_number.then(|| match digits.parse().unwrap_or(u32::MAX) {
            0 => Err(()),
            n => Ok(Function::AtLeast(n)),
        });
    }
    let letters = match name.as_str() {
        "caps" => Letters::AnyCapital,
        "allcaps" => Letters::AllCapitals,
        "nocaps" => Letters::NoCapitals,
        _ => return None,
    };
    Some(Ok(Function::Letters(letters)))
}
