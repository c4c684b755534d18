//! Pseudo-random numbers, and files changed by them.

/// Pseudo-random numbers by xorshift (Marsaglia, 2003): the same for the same seed on every
/// machine.
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new(seed: u64) -> Random {
        Random(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    /// A number below `end`; 0 when `end` is 0.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 11).expect("53 bits") % end.max(1)
    }

    /// True in `percent` of a hundred cases.
    pub(crate) fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    pub(crate) fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.below(from.len())]
    }
}

/// Pieces that mean something to one format or another.
const TOKENS: &[&str] = &[
    "<div>",
    "</div>",
    "<p>",
    "<!--",
    "-->",
    "<script>",
    "</script>",
    "<![CDATA[",
    "\0",
    "\u{1b}[31m",
    "\u{202e}",
    "\u{feff}",
    "“",
    "”",
    "‘",
    "\"",
    "'",
    "\n\n",
    "\r\n",
    "\u{c}",
    "---\n",
    "+++\n",
    "```",
    "|",
    "[",
    "]",
    "{",
    "}",
    "\\ud800",
    "&#x110000;",
    "&#0;",
    "<REUTERS>",
    "</BODY>",
    "<DOC>",
    "<DOCNO>",
    " said ",
    " according to ",
    "Mr. ",
    "<item>",
    "&a;",
    "<!DOCTYPE a [<!ENTITY a \"b\">]>",
    "{\\b",
    "\\par\n",
    "\\u-3\\bin9 ",
    "1 of 3 DOCUMENTS",
    "BYLINE: ",
    "End of Document",
    "[caption]",
    "1999-13-45",
    "9999999999999999",
    "👨‍👩‍👧",
    "e\u{301}",
    "İ",
    "ß",
    "ﬁ",
    "\u{2028}",
];

/// The data changed in some places: bits, tokens, pieces cut, repeated, or taken from `other`.
pub(crate) fn mutate(data: &[u8], other: &[u8], random: &mut Random) -> Vec<u8> {
    let mut data = data.to_vec();
    for _ in 0..1 + random.below(12) {
        let at = random.below(data.len() + 1);
        let end = (at + *random.pick(&[1, 2, 8, 64, 1024])).min(data.len());
        let inserted = match random.below(7) {
            0 if at < data.len() => {
                data[at] ^= 1 << random.below(8);
                Vec::new()
            }
            1 => random.pick(TOKENS).as_bytes().to_vec(),
            2 => random.pick(TOKENS).repeat(50).into_bytes(),
            3 => {
                data.drain(at..end);
                Vec::new()
            }
            4 => data[at..end].repeat(1 + random.below(20)),
            5 => {
                let from = random.below(other.len());
                other[from..(from + 200).min(other.len())].to_vec()
            }
            _ => vec![u8::try_from(random.below(256)).expect("a byte"); 1 + random.below(8)],
        };
        data.splice(at..at, inserted);
        data.truncate(100_000);
    }
    data
}
