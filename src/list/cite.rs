//! Bylines as names of people, as citations need them.

/// Somebody who wrote an article, or a body that did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Name {
    /// A person: given names, and the family name with its particles.
    Person {
        /// `Leda M.`
        given: String,
        /// `van der Moss`
        family: String,
    },
    /// What is not to be cut: an agency, a desk, one word.
    Literal(String),
}

/// Words that make a byline the name of a body.
const BODY: &[&str] = &[
    "agency",
    "associated",
    "board",
    "bureau",
    "correspondent",
    "correspondents",
    "desk",
    "editor",
    "editorial",
    "editors",
    "news",
    "newsroom",
    "press",
    "reporter",
    "reporters",
    "service",
    "staff",
    "team",
    "times",
    "wire",
    "writer",
    "writers",
    "the",
];

/// Words that belong to the family name after them.
const PARTICLES: &[&str] = &[
    "van", "von", "der", "den", "de", "la", "le", "du", "da", "di", "del", "della", "al", "el", "bin", "ibn",
    "ter", "ten",
];

/// Words after the family name that belong to it.
const SUFFIXES: &[&str] = &["jr", "jr.", "sr", "sr.", "ii", "iii", "iv"];

/// The names of a byline: `Ann Lee and Bo Diaz`, `By ANN LEE, Bo Diaz`, `Diaz, Bo; Lee, Ann`.
pub fn names(byline: &str) -> Vec<Name> {
    let byline = byline.trim();
    let byline = byline.strip_prefix("By ").or(byline.strip_prefix("by ")).unwrap_or(byline);
    if byline.contains(';') {
        return byline.split(';').filter_map(inverted).collect();
    }
    let joined = byline.replace(" and ", ", ").replace(" & ", ", ");
    let mut parts: Vec<String> = Vec::new();
    for part in joined.split(',').map(str::trim).filter(|it| !it.is_empty()) {
        match parts.last_mut() {
            // `Ann Lee, Jr.`
            Some(last) if SUFFIXES.contains(&part.to_lowercase().as_str()) => {
                *last = format!("{last} {part}");
            }
            _ => parts.push(part.to_owned()),
        }
    }
    parts.iter().map(|it| name(it)).collect()
}

/// `Lee, Ann`, or a name in its usual order.
fn inverted(text: &str) -> Option<Name> {
    let text = text.trim();
    if text.is_empty() {
        return None;
    }
    Some(match text.split_once(',') {
        Some((family, given)) => {
            Name::Person { given: given.trim().to_owned(), family: family.trim().to_owned() }
        }
        None => name(text),
    })
}

fn name(text: &str) -> Name {
    let words: Vec<&str> = text.split_whitespace().collect();
    let is_body = words.iter().any(|it| BODY.contains(&it.to_lowercase().as_str()));
    let odd =
        text.contains(|c: char| c.is_ascii_digit() || matches!(c, '@' | '/' | '(' | '<' | ':' | '{' | '\\'));
    if words.len() < 2 || words.len() > 6 || is_body || odd {
        return Name::Literal(words.join(" "));
    }
    let suffixed = SUFFIXES.contains(&words[words.len() - 1].to_lowercase().as_str());
    let mut start = words.len() - if suffixed && words.len() > 2 { 2 } else { 1 };
    while start > 1 && PARTICLES.contains(&words[start - 1].to_lowercase().as_str()) {
        start -= 1;
    }
    Name::Person { given: words[..start].join(" "), family: words[start..].join(" ") }
}

impl Name {
    /// The name in its usual order.
    pub fn plain(&self) -> String {
        match self {
            Name::Person { given, family } => format!("{given} {family}"),
            Name::Literal(text) => text.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bylines_become_names() {
        let plain = |byline: &str| -> Vec<String> {
            let show = |name: Name| match name {
                Name::Person { given, family } => format!("{family}, {given}"),
                Name::Literal(text) => text,
            };
            names(byline).into_iter().map(show).collect()
        };
        for (byline, expected) in [
            ("Leda Moss", vec!["Moss, Leda"]),
            ("By Leda Moss and Bo Diaz", vec!["Moss, Leda", "Diaz, Bo"]),
            (
                "Leda Moss, Bo Diaz & Win van der Barlow",
                vec!["Moss, Leda", "Diaz, Bo", "van der Barlow, Win"],
            ),
            ("Leda Moss, Jr.", vec!["Moss Jr., Leda"]),
            ("Corravan Press Agency", vec!["Corravan Press Agency"]),
            ("Reuters", vec!["Reuters"]),
            ("Moss, Leda; Reuters", vec!["Moss, Leda", "Reuters"]),
            ("", vec![]),
        ] {
            assert_eq!(plain(byline), expected, "{byline}");
        }
    }
}
