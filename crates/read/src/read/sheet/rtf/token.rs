//! The bytes of an RTF file as tokens.

/// A piece of RTF.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Token<'a> {
    /// `{`
    Open,
    /// `}`
    Close,
    /// `\*`
    Star,
    /// A control word, `\fs20`; a control symbol, `\~`; `par` for a `\` before the end of a line.
    Word { name: &'a str, number: Option<i32> },
    /// `\'e4`
    Hex(u8),
    /// The bytes of one character.
    Text(&'a [u8]),
}

/// The tokens from a place on.
pub(super) struct Tokens<'a> {
    pub(super) bytes: &'a [u8],
    pub(super) at: usize,
    /// Whether the file is valid UTF-8, so that a character may have several bytes.
    pub(super) is_utf_8: bool,
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        loop {
            let byte = *self.bytes.get(self.at)?;
            self.at += 1;
            match byte {
                b'{' => return Some(Token::Open),
                b'}' => return Some(Token::Close),
                b'\r' | b'\n' | 0 => (),
                b'\\' => return self.control(),
                _ => return Some(self.character(byte)),
            }
        }
    }
}

impl<'a> Tokens<'a> {
    fn character(&mut self, first: u8) -> Token<'a> {
        let start = self.at - 1;
        if self.is_utf_8 && first >= 0x80 {
            self.at += self.rest().iter().take_while(|it| (0x80..0xc0).contains(*it)).take(3).count();
        }
        Token::Text(&self.bytes[start..self.at])
    }

    fn rest(&self) -> &'a [u8] {
        self.bytes.get(self.at..).unwrap_or_default()
    }

    /// What follows a backslash.
    fn control(&mut self) -> Option<Token<'a>> {
        let rest = self.rest();
        let first = *rest.first()?;
        if first.is_ascii_alphabetic() {
            return Some(self.word());
        }
        self.at += 1;
        Some(match first {
            b'\'' => {
                let digits = rest.get(1..3).and_then(|it| std::str::from_utf8(it).ok());
                let Some(byte) = digits.and_then(|it| u8::from_str_radix(it, 16).ok()) else {
                    return self.next();
                };
                self.at += 2;
                Token::Hex(byte)
            }
            b'*' => Token::Star,
            b'{' | b'}' | b'\\' => Token::Text(&rest[..1]),
            b'\r' | b'\n' => Token::Word { name: "par", number: None },
            b'~' | b'_' | b'\t' => {
                Token::Word { name: std::str::from_utf8(&rest[..1]).unwrap_or_default(), number: None }
            }
            _ => Token::Word { name: "", number: None },
        })
    }

    fn word(&mut self) -> Token<'a> {
        let rest = self.rest();
        let letters = rest.iter().take_while(|it| it.is_ascii_alphabetic()).count();
        let signed = letters + usize::from(rest.get(letters) == Some(&b'-'));
        let digits = rest[signed..].iter().take_while(|it| it.is_ascii_digit()).count();
        let end = if digits > 0 { signed + digits } else { letters };
        let text = |range: std::ops::Range<usize>| std::str::from_utf8(&rest[range]).unwrap_or_default();
        let (name, number) = (text(0..letters), text(letters..end).parse().ok());
        self.at += end + usize::from(rest.get(end) == Some(&b' '));
        if let ("bin", Some(length)) = (name, number) {
            let length = usize::try_from(length).unwrap_or_default();
            self.at = self.at.saturating_add(length).min(self.bytes.len());
        }
        Token::Word { name, number }
    }
}
