//! Standard output and standard error: the one place that writes to them.

use std::{
    fmt,
    io::{self, BufWriter, IsTerminal as _, Stdout, Write},
    time::Duration,
};

use clap::ColorChoice;
use indicatif::{ProgressBar, ProgressStyle};
use morgue_core::number;

use crate::{
    render::{Look, visible},
    system,
};

use super::{pager::Pager, wording::plain};

/// So many things of one kind are said unless more is wanted: who reads a hundred lines of them?
const SAID_MAX: usize = 10;

/// Where a command writes.
pub(super) struct Output {
    out: BufWriter<Results>,
    look: Look,
    color: ColorChoice,
    quiet: bool,
    /// How much is said on standard error beyond the usual.
    pub(super) verbose: u8,
}

impl Output {
    pub(super) fn new(color: ColorChoice, quiet: bool, verbose: u8) -> Output {
        let terminal = io::stdout().is_terminal();
        let width = terminal.then(|| terminal_size::terminal_size().map_or(80, |it| usize::from(it.0.0)));
        // Wider lines than this are hard to read.
        let look = Look { color: is_colored(color, terminal), width: width.map(|it| it.min(110)) };
        Output { out: BufWriter::new(Results::new()), look, color, quiet, verbose }
    }

    /// Standard output, for results.
    pub(super) fn results(&mut self) -> &mut dyn Write {
        &mut self.out
    }

    /// Puts the results into a pager if they go to a terminal; it starts with the first of them.
    pub(super) fn page(&mut self) {
        self.out.get_mut().pages = io::stdout().is_terminal();
    }

    /// What the terminal can do.
    pub(super) fn look(&self) -> Look {
        self.look
    }

    /// Says something on standard error that is no result: a summary, a note.
    pub(super) fn say(&mut self, text: impl fmt::Display) {
        if !self.quiet {
            self.complain(text);
        }
    }

    /// Says the first of many things and how many more there are; all when more is wanted.
    pub(super) fn say_some(&mut self, texts: &[String]) {
        let shown = if self.verbose > 0 { texts.len() } else { texts.len().min(SAID_MAX) };
        for text in &texts[..shown] {
            self.say(text);
        }
        if shown < texts.len() {
            self.say(format!("… and {} more (-v names all)", number(texts.len() - shown)));
        }
    }

    /// Says something on standard error that `--quiet` does not silence.
    pub(super) fn complain(&mut self, text: impl fmt::Display) {
        // Results that were written before stand before it on a terminal.
        let _ = self.out.flush();
        let lines: Vec<String> = text.to_string().lines().map(|it| visible(it).into_owned()).collect();
        // Nobody may be reading: that ends no ingest.
        let _ = if self.out.get_ref().is_paged() && io::stderr().is_terminal() {
            // The terminal is the pager's.
            writeln!(self.out, "{}", lines.join("\n"))
        } else {
            writeln!(io::stderr(), "{}", lines.join("\n"))
        };
    }

    /// Says what went wrong, causes included.
    pub(super) fn error(&mut self, error: &anyhow::Error) {
        self.complain(format!("morgue: {}", system::causes(error.as_ref())));
    }

    /// Prints help and the like to standard output, what is wrong with arguments to standard error.
    pub(super) fn message_of_clap(&mut self, message: &clap::Error) -> io::Result<()> {
        let text = message.render();
        let to_stderr = message.use_stderr();
        let color =
            if to_stderr { is_colored(self.color, io::stderr().is_terminal()) } else { self.look.color };
        match (to_stderr, color) {
            (true, true) => {
                // Nobody may be reading.
                let _ = write!(io::stderr(), "{}", plain(text.ansi().to_string()));
                Ok(())
            }
            (true, false) => {
                self.complain(plain(text.to_string()).trim_end());
                Ok(())
            }
            (false, true) => write!(self.out, "{}", text.ansi()),
            (false, false) => write!(self.out, "{text}"),
        }?;
        self.finish()
    }

    /// A progress bar on standard error; invisible when that is no terminal, or when only results
    /// are wanted.
    pub(super) fn progress(&self, what: &'static str) -> ProgressBar {
        if self.quiet || !io::stderr().is_terminal() {
            return ProgressBar::hidden();
        }
        let bar = ProgressBar::new(0);
        let template = "{msg} {wide_bar} {decimal_bytes}/{decimal_total_bytes} · {prefix} {eta}";
        bar.set_style(ProgressStyle::with_template(template).expect("the template is well formed"));
        bar.set_message(what);
        bar.enable_steady_tick(Duration::from_millis(200));
        bar
    }

    /// Writes out what is buffered, and waits for the end of the pager.
    pub(super) fn finish(&mut self) -> io::Result<()> {
        let written = self.out.flush();
        self.out.get_mut().close();
        written
    }
}

/// Standard output or a pager before it; errors say what could not be written.
struct Results {
    stdout: Stdout,
    /// Whether a pager is to be started.
    pages: bool,
    pager: Option<Pager>,
}

impl Results {
    fn new() -> Results {
        Results { stdout: io::stdout(), pages: false, pager: None }
    }

    /// Where to write; starts the pager if none was tried yet.
    fn target(&mut self) -> &mut dyn Write {
        if std::mem::take(&mut self.pages) {
            self.pager = Pager::start();
        }
        match &mut self.pager {
            Some(pager) => pager,
            None => &mut self.stdout,
        }
    }

    fn is_paged(&self) -> bool {
        self.pager.as_ref().is_some_and(Pager::is_open)
    }

    fn close(&mut self) {
        if let Some(pager) = &mut self.pager {
            pager.close();
        }
    }
}

impl Write for Results {
    fn write(&mut self, buffer: &[u8]) -> io::Result<usize> {
        self.target().write(buffer).map_err(|it| unwritten(&it))
    }

    fn flush(&mut self) -> io::Result<()> {
        // Where nothing was written there is nothing to page.
        let flushed = match &mut self.pager {
            Some(pager) => pager.flush(),
            None => self.stdout.flush(),
        };
        flushed.map_err(|it| unwritten(&it))
    }
}

fn unwritten(error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("cannot write the results: {}", system::reason(error)))
}

/// Whether what is printed to a stream is colored.
fn is_colored(choice: ColorChoice, terminal: bool) -> bool {
    match choice {
        ColorChoice::Always => true,
        ColorChoice::Never => false,
        // NO_COLOR counts when it is not empty: no-color.org.
        ColorChoice::Auto => terminal && std::env::var_os("NO_COLOR").is_none_or(|it| it.is_empty()),
    }
}

/// Whether the error is that nobody reads our output any more.
pub(super) fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        let io = cause.downcast_ref::<io::Error>().map(io::Error::kind);
        // serde_json and csv wrap the error of the stream they write to.
        let json = cause.downcast_ref::<serde_json::Error>().and_then(serde_json::Error::io_error_kind);
        io.or(json) == Some(io::ErrorKind::BrokenPipe)
    })
}
