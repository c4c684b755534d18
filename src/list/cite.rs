//! Bylines as names of people and bodies, as citations need them.

/// Somebody who wrote an article, or a body that did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Name {
    /// A person.
    Person {
        /// Given names: `Leda M.`
        given: String,
        /// What stands before the family name and belongs to it: `van der`; mostly empty.
        particle: String,
        /// The family name: `Moss`
        family: String,
        /// What stands behind it: `Jr.`, `III`; mostly empty.
        suffix: String,
    },
    /// What is not to be cut: a ministry, an agency, a desk, one word.
    Literal(String),
}

/// Words that make a byline the name of a body: of newsrooms, of the state, of companies, of what
/// has members. Words that are common surnames (`Post`, `Court`, `Church`) are not among them.
const BODY: &str = include_str!("cite/bodies.txt");

/// Words that stand within the names of bodies, not of people, where they are written small.
const WITHIN_BODY: &[&str] = &["of", "for", "on", "without", "against", "and", "in"];

/// Words that go on with the name of a department behind `and`: `Health and Human Services`.
const TASKS: &str = include_str!("cite/tasks.txt");

/// Words that belong to the family name after them.
const PARTICLES: &str =
    "af al av bin da das de del della den der di dos du el ibn la las le los ten ter van von zu zur";

/// Words after the family name that belong to it.
const SUFFIXES: &[&str] = &["jr", "jr.", "sr", "sr.", "ii", "iii", "iv"];

/// The names of a byline: `Ann Lee and Bo Diaz`, `By ANN LEE, Bo Diaz`, `Diaz, Bo; Lee, Ann`,
/// `Ministry of Health and Education`.
pub fn names(byline: &str) -> Vec<Name> {
    let byline = byline.trim();
    let byline = byline.strip_prefix("By ").or(byline.strip_prefix("by ")).unwrap_or(byline);
    if byline.contains(';') {
        return byline.split(';').filter(|it| !it.trim().is_empty()).map(inverted).collect();
    }
    // `Diaz, Bo and Lee, Ann`: names that stand after a comma alone are given names.
    let turned: Vec<&str> = byline.split(" and ").collect();
    if turned.iter().all(|it| is_inverted(it)) {
        return turned.into_iter().map(inverted).collect();
    }
    joined(&parts(byline)).iter().map(|it| name(it)).collect()
}

/// A part of a byline, with what stands before it: `, `, ` and `, ` & `.
type Part<'a> = (&'static str, &'a str);

fn parts(byline: &str) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    for piece in byline.split(',') {
        let mut before = ", ";
        let mut rest = piece.trim();
        if let Some(last) = rest.strip_prefix("and ") {
            rest = last;
        }
        loop {
            let next = [" and ", " & "].into_iter().filter_map(|it| Some((rest.find(it)?, it))).min();
            let (part, separator) = match next {
                Some((at, separator)) => (&rest[..at], Some((separator, at + separator.len()))),
                None => (rest, None),
            };
            if !part.trim().is_empty() {
                parts.push((before, part.trim()));
            }
            let Some((separator, at)) = separator else { break };
            (before, rest) = (separator, &rest[at..]);
        }
    }
    parts
}

/// The parts with those put together that are one name: `Ann Lee, Jr.`, `Trade and Industry` behind
/// `Department for`, `Brand & Sohn`.
fn joined(parts: &[Part<'_>]) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for (at, (separator, part)) in parts.iter().enumerate() {
        let Some(last) = names.last_mut() else {
            names.push((*part).to_owned());
            continue;
        };
        let is_suffix = SUFFIXES.contains(&part.to_lowercase().as_str());
        let one_word = |it: &str| !it.contains(' ');
        let is_task = one_word(part) && !is_body(part) && part.chars().any(char::is_lowercase)
            || part.split(' ').any(|it| has(TASKS, it));
        // `Bureau of Wine, Tobacco and Arms`: a list, to the last.
        let ends_in_list = || parts[at..].iter().any(|it| it.0 == " and " && one_word(it.1));
        let goes_on = last.split(' ').any(|it| matches!(it, "of" | "for"))
            && is_task
            && (*separator != ", " || ends_in_list());
        if is_suffix {
            *last = format!("{last} {part}");
        } else if goes_on || *separator == " & " && one_word(last) && one_word(part) {
            *last = format!("{last}{separator}{part}");
        } else {
            names.push((*part).to_owned());
        }
    }
    names
}

/// Whether a name has its family name before a comma: `van der Moss, Leda`.
fn is_inverted(text: &str) -> bool {
    let Some((family, given)) = text.split_once(',') else { return false };
    let (family, given): (Vec<_>, Vec<_>) = (words(family), words(given.split(',').next().unwrap_or(given)));
    let particles = family.iter().take_while(|it| is_particle(it)).count();
    let names = |it: &[&str]| !it.iter().any(|it| is_body(it)) && it.concat().contains(char::is_lowercase);
    let suffix = given.iter().any(|it| SUFFIXES.contains(&it.to_lowercase().as_str()));
    family.len() == particles + 1
        && (1..=2).contains(&given.len())
        && names(&family)
        && names(&given)
        && !suffix
}

fn words(text: &str) -> Vec<&str> {
    text.split_whitespace().collect()
}

/// Whether a list of words has this one, its capitals aside.
fn has(list: &str, word: &str) -> bool {
    let word = word.to_lowercase();
    list.split_whitespace().any(|it| it == word)
}

fn is_particle(word: &str) -> bool {
    has(PARTICLES, word)
}

/// Whether a word, or a part of it between hyphens, is one of a body's name.
fn is_body(word: &str) -> bool {
    word.split('-').any(|it| has(BODY, it.trim_end_matches('.')))
}

/// `Lee, Ann`, `Lee, Ann, Jr.`, or a name in its usual order.
fn inverted(text: &str) -> Name {
    let parts: Vec<&str> = text.split(',').map(str::trim).filter(|it| !it.is_empty()).collect();
    match parts[..] {
        [family, given] if !words(family).into_iter().any(is_body) => {
            person(&words(given), &words(family), Vec::new())
        }
        [family, given, suffix] | [family, suffix, given]
            if SUFFIXES.contains(&suffix.to_lowercase().as_str()) =>
        {
            person(&words(given), &words(family), vec![suffix])
        }
        [one] => name(one),
        _ => Name::Literal(words(text).join(" ")),
    }
}

/// A person, whose particles stand before the family name or behind the given ones.
fn person(given: &[&str], family: &[&str], suffix: Vec<&str>) -> Name {
    let (family, mut suffix) = match family.split_last() {
        Some((last, rest)) if !rest.is_empty() && SUFFIXES.contains(&last.to_lowercase().as_str()) => {
            (rest, [vec![*last], suffix].concat())
        }
        _ => (family, suffix),
    };
    suffix.dedup();
    let n = family.iter().take(family.len().saturating_sub(1)).take_while(|it| is_particle(it)).count();
    Name::Person {
        given: given.join(" "),
        particle: family[..n].join(" "),
        family: family[n..].join(" "),
        suffix: suffix.join(" "),
    }
}

fn name(text: &str) -> Name {
    let words = words(text);
    let inner = words.iter().skip(1).any(|it| WITHIN_BODY.contains(it));
    // `BBC Sport`.
    let initials = |it: &str| (3..=4).contains(&it.len()) && it.bytes().all(|it| it.is_ascii_uppercase());
    let inner = inner || words.first().is_some_and(|it| initials(it)) && text.contains(char::is_lowercase);
    let odd = text.contains(|c: char| {
        c.is_ascii_digit() || matches!(c, '@' | '/' | '(' | '<' | ':' | '{' | '\\' | '&')
    });
    if words.len() < 2 || words.len() > 6 || inner || odd || words.iter().any(|it| is_body(it)) {
        return Name::Literal(words.join(" "));
    }
    let suffixed = words.len() > 2 && SUFFIXES.contains(&words[words.len() - 1].to_lowercase().as_str());
    let mut start = words.len() - if suffixed { 2 } else { 1 };
    while start > 1 && is_particle(words[start - 1]) {
        start -= 1;
    }
    person(&words[..start], &words[start..], Vec::new())
}

impl Name {
    /// The name in its usual order.
    pub fn plain(&self) -> String {
        match self {
            Name::Person { given, particle, family, suffix } => {
                let parts = [given, particle, family, suffix].map(String::as_str);
                parts.into_iter().filter(|it| !it.is_empty()).collect::<Vec<_>>().join(" ")
            }
            Name::Literal(text) => text.clone(),
        }
    }

    /// The family name with its particles: `van der Moss`.
    pub fn whole_family(particle: &str, family: &str) -> String {
        if particle.is_empty() { family.to_owned() } else { format!("{particle} {family}") }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bylines_become_names() {
        let plain = |byline: &str| -> Vec<String> {
            let show = |name: Name| match name {
                Name::Person { given, particle, family, suffix } => {
                    [particle, family, given, suffix].join("|")
                }
                Name::Literal(text) => text,
            };
            names(byline).into_iter().map(show).collect()
        };
        for (byline, expected) in [
            ("Leda Moss", vec!["|Moss|Leda|"]),
            ("By Leda Moss and Bo Diaz", vec!["|Moss|Leda|", "|Diaz|Bo|"]),
            (
                "Leda Moss, Bo Diaz & Win van der Barlow",
                vec!["|Moss|Leda|", "|Diaz|Bo|", "van der|Barlow|Win|"],
            ),
            ("Leda Moss, Bo Diaz, and Ana De La Rosa", vec!["|Moss|Leda|", "|Diaz|Bo|", "De La|Rosa|Ana|"]),
            ("Al Moss", vec!["|Moss|Al|"]),
            ("Leda Moss, Jr.", vec!["|Moss|Leda|Jr."]),
            ("Bo van den Diaz III and Leda Moss Sr.", vec!["van den|Diaz|Bo|III", "|Moss|Leda|Sr."]),
            ("Corravan Press Agency", vec!["Corravan Press Agency"]),
            ("Reuters", vec!["Reuters"]),
            ("Reuters Staff", vec!["Reuters Staff"]),
            ("Deutsche Presse-Agentur", vec!["Deutsche Presse-Agentur"]),
            ("Moss, Leda; Reuters", vec!["|Moss|Leda|", "Reuters"]),
            ("Moss, Leda, Jr.; van der Diaz, Bo", vec!["|Moss|Leda|Jr.", "van der|Diaz|Bo|"]),
            ("Moss, Leda", vec!["|Moss|Leda|"]),
            ("Moss, Leda M. and de Diaz, Bo", vec!["|Moss|Leda M.|", "de|Diaz|Bo|"]),
            ("Department for Fisheries", vec!["Department for Fisheries"]),
            ("Friends of Orle", vec!["Friends of Orle"]),
            ("Ministry of Ports and Fisheries", vec!["Ministry of Ports and Fisheries"]),
            (
                "Office of Health and Human Services, Leda Moss",
                vec!["Office of Health and Human Services", "|Moss|Leda|"],
            ),
            ("Bureau of Wine, Tobacco and Arms", vec!["Bureau of Wine, Tobacco and Arms"]),
            ("Ministry of Ports and Leda Moss", vec!["Ministry of Ports", "|Moss|Leda|"]),
            ("Ministry of Ports, AFP", vec!["Ministry of Ports", "AFP"]),
            ("University of Orle and Leda Moss", vec!["University of Orle", "|Moss|Leda|"]),
            ("Brand & Sohn", vec!["Brand & Sohn"]),
            ("Orle Rights Watch, OBC Sport, ANN LEE", vec!["Orle Rights Watch", "OBC Sport", "|LEE|ANN|"]),
            ("", vec![]),
        ] {
            assert_eq!(plain(byline), expected, "{byline}");
        }
    }
}
