//! Patterns with `*` and `?`, over words, paths and addresses.

/// A pattern for a whole text: `*` stands for any characters or none, `?` for exactly one.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Glob {
    pattern: String,
}

impl Glob {
    /// Takes the pattern as it is; for words, folded as forms are.
    pub fn new(pattern: &str) -> Glob {
        Glob { pattern: pattern.to_owned() }
    }

    /// The pattern.
    pub fn pattern(&self) -> &str {
        &self.pattern
    }

    /// Whether the whole of `text` fits. Takes at most pattern × text steps, whatever the pattern.
    pub fn matches(&self, text: &str) -> bool {
        // Without a copy of each where a byte is a character: this is asked of every word of an
        // archive.
        if self.pattern.is_ascii() && text.is_ascii() {
            return fits(self.pattern.as_bytes(), text.as_bytes(), b'*', b'?');
        }
        let pattern: Vec<char> = self.pattern.chars().collect();
        let text: Vec<char> = text.chars().collect();
        fits(&pattern, &text, '*', '?')
    }

    /// The same as a regular expression over a whole text, in the syntax of `tantivy_fst::Regex`.
    pub fn regex(&self) -> String {
        self.regex_with("(?s:.)")
    }

    /// The same over the exact forms of an index: its letters are never the slash of a stem term.
    pub fn form_regex(&self) -> String {
        self.regex_with("[^/]")
    }

    fn regex_with(&self, any: &str) -> String {
        let mut regex = String::with_capacity(2 * self.pattern.len());
        for c in self.pattern.chars() {
            match c {
                '*' => regex.extend([any, "*"]),
                '?' => regex.push_str(any),
                '.' | '+' | '(' | ')' | '|' | '[' | ']' | '{' | '}' | '^' | '$' | '#' | '&' | '-' | '~'
                | '\\' => {
                    regex.extend(['\\', c]);
                }
                c => regex.push(c),
            }
        }
        regex
    }
}

/// Whether the whole text fits a pattern in which `any` stands for any characters and `one` for
/// one.
fn fits<T: PartialEq + Copy>(pattern: &[T], text: &[T], any: T, one: T) -> bool {
    let (mut at, mut pattern_at) = (0, 0);
    // The last `*` seen, and how far the text had come then: the only place ever gone back to.
    let mut star: Option<(usize, usize)> = None;
    while at < text.len() {
        match pattern.get(pattern_at) {
            Some(c) if *c == any => {
                star = Some((pattern_at, at));
                pattern_at += 1;
            }
            Some(c) if *c == one || *c == text[at] => {
                at += 1;
                pattern_at += 1;
            }
            _ => {
                let Some((star_at, from)) = star else { return false };
                star = Some((star_at, from + 1));
                at = from + 1;
                pattern_at = star_at + 1;
            }
        }
    }
    pattern[pattern_at..].iter().all(|it| *it == any)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_fits_the_whole_text() {
        for (pattern, fitting, others) in [
            ("wom?n", "woman women", "womn womaen awoman"),
            ("n*ated", "negotiated nated", "negotiates anated"),
            ("*gate", "gate watergate", "gates"),
            ("*a*b*", "ab xaxbx aab", "ba a"),
            ("caf?", "café cafe", "caf cafés"),
            ("", "", "a"),
        ] {
            for text in fitting.split(' ') {
                assert!(Glob::new(pattern).matches(text), "{pattern} {text}");
            }
            for text in others.split(' ') {
                assert!(!Glob::new(pattern).matches(text), "{pattern} {text}");
            }
        }
    }

    #[test]
    fn as_a_regular_expression() {
        for (pattern, regex, form_regex) in [
            ("wom?n", "wom(?s:.)n", "wom[^/]n"),
            ("*.txt", "(?s:.)*\\.txt", "[^/]*\\.txt"),
            ("at&t*", "at\\&t(?s:.)*", "at\\&t[^/]*"),
        ] {
            let glob = Glob::new(pattern);
            assert_eq!((glob.regex(), glob.form_regex()), (regex.to_owned(), form_regex.to_owned()));
        }
    }

    #[test]
    fn no_pattern_takes_long() {
        assert!(!Glob::new(&"*a".repeat(1000)).matches(&"a".repeat(999)));
        assert!(!Glob::new(&("*".to_owned() + &"a".repeat(1000) + "b")).matches(&"a".repeat(8000)));
    }
}
