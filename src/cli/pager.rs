//! A pager for results on a terminal, as git has it.
//!
//! `MORGUE_PAGER`, else `PAGER`, else `less`; an empty one or `cat` is none. The variable is the
//! user's own command, as everywhere. A pager that cannot be started is no error.

use std::{
    env,
    io::{self, Write},
    process::{Child, ChildStdin, Command, Stdio},
    sync::{Arc, atomic::AtomicBool},
};

use signal_hook::{consts::SIGINT, flag};

/// What pages if the environment names nothing.
const DEFAULT: &str = "less";

/// What pagers are told if the user tells them nothing, as git does: `less` ends if all fits on the
/// screen (F), obeys colors (R) and leaves the text there (X); `lv` obeys colors.
const OPTIONS: [(&str, &str); 2] = [("LESS", "FRX"), ("LV", "-c")];

/// Characters for which a command needs a shell; other commands are run without one, so that it is
/// known whether they can be.
const OF_SHELLS: &[char] =
    &['|', '&', ';', '<', '>', '(', ')', '$', '`', '\\', '"', '\'', '\n', '*', '?', '[', '#', '~', '=', '%'];

/// A pager that runs. Whoever drops it waits for its end: the terminal is the pager's until then.
pub(super) struct Pager {
    child: Child,
    /// `None` once all was written.
    input: Option<ChildStdin>,
}

impl Pager {
    /// Starts the pager that the environment names; `None` if it names none, or none that starts.
    pub(super) fn start() -> Option<Pager> {
        let named = chosen(|it| env::var(it).ok())?;
        let mut command = command(&named)?;
        command.stdin(Stdio::piped());
        for (name, value) in OPTIONS {
            if env::var_os(name).is_none() {
                command.env(name, value);
            }
        }
        let mut child = command.spawn().ok()?;
        let input = child.stdin.take();
        // Ctrl-C is for the pager: without this the shell would take the terminal back from it.
        let _ = flag::register(SIGINT, Arc::new(AtomicBool::new(false)));
        Some(Pager { child, input })
    }

    /// Whether it still takes text.
    pub(super) fn is_open(&self) -> bool {
        self.input.is_some()
    }

    /// Says that all is written, and waits until the user has read enough.
    pub(super) fn close(&mut self) {
        self.input = None;
        // How it ended is its own matter, as for git.
        let _ = self.child.wait();
    }
}

impl Write for Pager {
    fn write(&mut self, buffer: &[u8]) -> io::Result<usize> {
        match &mut self.input {
            Some(input) => input.write(buffer),
            None => Err(io::ErrorKind::BrokenPipe.into()),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        self.input.as_mut().map_or(Ok(()), Write::flush)
    }
}

impl Drop for Pager {
    fn drop(&mut self) {
        self.close();
    }
}

/// The pager that variables of the environment name.
fn chosen(variable: impl Fn(&str) -> Option<String>) -> Option<String> {
    let named = variable("MORGUE_PAGER").or_else(|| variable("PAGER"));
    let named = named.unwrap_or_else(|| DEFAULT.to_owned()).trim().to_owned();
    (!named.is_empty() && named != "cat").then_some(named)
}

fn command(named: &str) -> Option<Command> {
    if named.contains(OF_SHELLS) && cfg!(unix) {
        let mut command = Command::new("sh");
        command.args(["-c", named]);
        return Some(command);
    }
    let mut words = named.split_whitespace();
    let mut command = Command::new(words.next()?);
    command.args(words);
    Some(command)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_variable_that_is_set_counts() {
        for (morgue, pager, expected) in [
            (None, None, Some("less")),
            (None, Some("more -s"), Some("more -s")),
            (Some("bat -p"), Some("more"), Some("bat -p")),
            (Some(""), Some("more"), None),
            (Some("cat"), Some("more"), None),
            (None, Some(" "), None),
        ] {
            let variable = |it: &str| if it == "PAGER" { pager } else { morgue }.map(str::to_owned);
            assert_eq!(chosen(variable).as_deref(), expected, "{morgue:?} {pager:?}");
        }
    }
}
