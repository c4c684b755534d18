//! Lines with the ends they have in the file: what is not changed is written as it was read.

/// How a line ends.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum LineEnd {
    /// The file's last line may.
    Nothing,
    #[default]
    Unix,
    Windows,
}

/// A line without its end, and its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Line {
    pub(super) text: String,
    pub(super) end: LineEnd,
}

impl Line {
    pub(super) fn new(text: impl Into<String>, end: LineEnd) -> Line {
        Line { text: text.into(), end }
    }

    pub(super) fn print(&self, out: &mut String) {
        out.push_str(&self.text);
        out.push_str(match self.end {
            LineEnd::Nothing => "",
            LineEnd::Unix => "\n",
            LineEnd::Windows => "\r\n",
        });
    }

    pub(super) fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }
}

/// Cuts a text into its lines.
pub(super) fn lines(text: &str) -> Vec<Line> {
    let cut = |line: &str| match (line.strip_suffix("\r\n"), line.strip_suffix('\n')) {
        (Some(text), _) => Line::new(text, LineEnd::Windows),
        (None, Some(text)) => Line::new(text, LineEnd::Unix),
        (None, None) => Line::new(line, LineEnd::Nothing),
    };
    text.split_inclusive('\n').map(cut).collect()
}

/// The end that most lines have: added lines get it too.
pub(super) fn usual_end(lines: &[Line]) -> LineEnd {
    let windows = lines.iter().filter(|it| it.end == LineEnd::Windows).count();
    let unix = lines.iter().filter(|it| it.end == LineEnd::Unix).count();
    if windows > unix { LineEnd::Windows } else { LineEnd::Unix }
}

/// The first line whose end differs from the one before it, counted from 1.
pub(super) fn first_mixed(lines: &[Line]) -> Option<usize> {
    let ended: Vec<&Line> = lines.iter().filter(|it| it.end != LineEnd::Nothing).collect();
    ended.windows(2).position(|pair| pair[0].end != pair[1].end).map(|at| at + 2)
}

/// Ends the last line, and adds a blank one unless there is one.
pub(super) fn end_with_blank(lines: &mut Vec<Line>, end: LineEnd) {
    let Some(last) = lines.last_mut() else { return };
    if last.end == LineEnd::Nothing {
        last.end = end;
    }
    if !last.is_blank() {
        lines.push(Line::new("", end));
    }
}
