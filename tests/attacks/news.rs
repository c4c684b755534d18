//! Invented news for attacks: the same articles for the same seed.

use crate::support::Newsroom;

use super::Random;

const GIVEN: &[&str] = &["Rosa", "Ines", "Petra", "Marta", "Ada", "Vera", "Tomas", "Emil", "Oskar", "Hugo"];
const FAMILY: &[&str] = &["Lund", "Harrow", "Castell", "Moreau", "Vidal", "Brandt", "Okafor", "Selwyn"];
const ROLES: &[&str] = &["mayor", "home minister", "harbor master", "chief engineer", "judge"];
const PLACES: &[&str] = &["Tarnmouth", "Oldquay", "Ferrow", "Saltby", "Kessen", "Vell"];
const THINGS: &[&str] = &[
    "harbor",
    "bridge",
    "tariff",
    "budget",
    "glacier",
    "opera",
    "ferry",
    "school",
    "dam",
    "railway",
    "lighthouse",
    "orchard",
    "canal",
    "treaty",
    "warehouse",
    "siren",
];
const VERBS: &[&str] = &["opened", "repaired", "flooded", "measured", "postponed", "taxed", "rebuilt"];

/// What the articles are asked.
pub(super) const QUERIES: &[&str] =
    &["harbor", "bridge tariff", "said:glacier", "speaker:lund", "postpon*", "dam w/8 repair*"];

fn sentence(random: &mut Random) -> String {
    format!(
        "The {} in {} was {} after the {} near {} had been {}.",
        random.pick(THINGS),
        random.pick(PLACES),
        random.pick(VERBS),
        random.pick(THINGS),
        random.pick(PLACES),
        random.pick(VERBS)
    )
}

fn quote(random: &mut Random) -> String {
    format!(
        "“The {} must be {} before the {},” said {} {}, the {}.",
        random.pick(THINGS),
        random.pick(VERBS),
        random.pick(THINGS),
        random.pick(GIVEN),
        random.pick(FAMILY),
        random.pick(ROLES)
    )
}

/// An article with a header and some paragraphs.
pub(super) fn article(random: &mut Random) -> String {
    let mut text = format!(
        "Headline: {} of {} {}\nSource: Tarnmouth Post\nDate: 20{:02}-0{}-1{}\n",
        random.pick(THINGS),
        random.pick(PLACES),
        random.pick(VERBS),
        random.below(24),
        1 + random.below(9),
        random.below(10)
    );
    for _ in 0..2 + random.below(5) {
        let paragraph = [sentence(random), quote(random), sentence(random)];
        text += &format!("\n{}\n", paragraph[random.below(2)..].join(" "));
    }
    text
}

/// Writes `files` articles into a corpus; a third of them are other articles with a new paragraph,
/// so that there are families of copies.
pub(super) fn corpus(newsroom: &Newsroom, files: usize, random: &mut Random) {
    let mut texts: Vec<String> = Vec::new();
    for number in 0..files {
        let text = match random.below(3) {
            0 if !texts.is_empty() => format!("{}\n{}\n", random.pick(&texts), sentence(random)),
            _ => article(random),
        };
        newsroom.write(&format!("corpus/desk-{}/{number:03}.txt", number % 5), &text);
        texts.push(text);
    }
}
