//! Commands of the archive's settings that turn a file into text or HTML: `[[convert]]`.
//!
//! A command runs without a shell, as a process group of its own, within bounds of time and output;
//! it is ended at either. What it prints is read as any file is. The settings are the user's own:
//! no file of the corpus decides what is run.

use std::{
    ffi::OsString,
    io::{self, Read},
    path::Path,
    process::{Child, Command, ExitStatus, Stdio},
    sync::mpsc::{self, Receiver, RecvTimeoutError},
    thread,
    time::{Duration, Instant},
};

use globset::GlobMatcher;

use crate::{files, system};

/// A command for some files; the first whose pattern fits is used.
#[derive(Clone, Debug)]
pub struct Converter {
    /// The files, by their paths below the corpus folder.
    pub files: GlobMatcher,
    /// The program and its arguments; `{file}` stands for the file.
    pub command: Vec<String>,
    /// How many seconds the command may run.
    pub seconds: u64,
    /// How many bytes the command may print.
    pub output_bytes: usize,
}

/// What stands for the file in an argument.
const FILE: &str = "{file}";

/// How many bytes of a command's error output are kept.
const SAID_BYTES_MAX: u64 = 64 << 10;

/// Where the first line of it is cut.
const LINE_CHARS_MAX: usize = 200;

impl Converter {
    /// What decides about its output: another one reads the file again.
    pub(super) fn digested(&self) -> String {
        format!("{:?} {} {}", self.command, self.seconds, self.output_bytes)
    }

    /// What the command prints for a file, or why there is nothing to read. `folder` is the
    /// archive's, in which it runs.
    pub(super) fn run(&self, file: &Path, folder: &Path) -> Result<Vec<u8>, String> {
        let program = self.command.first().map_or("", String::as_str);
        let failed = |reason: &str| format!("`{program}` of [[convert]] {reason}");
        let mut child = self
            .start(file, folder)
            .map_err(|error| failed(&format!("cannot be run: {}", system::reason(&error))))?;
        let end = Instant::now() + Duration::from_secs(self.seconds);
        let said = collect(child.stderr.take(), SAID_BYTES_MAX);
        let printed = collect(child.stdout.take(), self.output_bytes as u64 + 1);
        let (output, status) = self.finish(&mut child, &printed, end).map_err(|reason| {
            kill(&mut child);
            failed(&reason)
        })?;
        if status.success() {
            return Ok(output);
        }
        let said = said.recv_timeout(Duration::from_secs(1)).ok().and_then(Result::ok).unwrap_or_default();
        let line = String::from_utf8_lossy(&said);
        let line = line.lines().map(str::trim).find(|it| !it.is_empty());
        let line: String = line.unwrap_or_default().chars().take(LINE_CHARS_MAX).collect();
        Err(failed(&format!("ended with {status}{}{line}", if line.is_empty() { "" } else { ": " })))
    }

    fn start(&self, file: &Path, folder: &Path) -> io::Result<Child> {
        let folder = folder.canonicalize()?;
        let path = file.canonicalize()?;
        let named = |it: &String| match it.split_once(FILE) {
            // Absolute, so that no name is taken for an option.
            Some((before, after)) => {
                let mut argument = OsString::from(before);
                argument.push(&path);
                argument.push(after);
                argument
            }
            None => OsString::from(it),
        };
        let (program, arguments) = self.command.split_first().ok_or(io::ErrorKind::InvalidInput)?;
        // A program with a slash in its name lies in the archive, others where the system looks.
        let program = if program.contains('/') { folder.join(program) } else { program.into() };
        let mut command = Command::new(program);
        let takes_name = arguments.iter().any(|it| it.contains(FILE));
        let input = if takes_name { Stdio::null() } else { files::open(&path)?.into_file().into() };
        command.args(arguments.iter().map(named)).current_dir(folder);
        command.stdin(input).stdout(Stdio::piped()).stderr(Stdio::piped());
        apart(&mut command);
        command.spawn()
    }

    /// Waits for the output and the end of the command, until `end`.
    fn finish(
        &self,
        child: &mut Child,
        printed: &Receiver<io::Result<Vec<u8>>>,
        end: Instant,
    ) -> Result<(Vec<u8>, ExitStatus), String> {
        let late = || format!("ran longer than {} s (`seconds`) and was ended", self.seconds);
        let output = match printed.recv_timeout(end.saturating_duration_since(Instant::now())) {
            Ok(output) => output.map_err(|it| format!("cannot be read: {}", system::reason(&it)))?,
            Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => return Err(late()),
        };
        if output.len() > self.output_bytes {
            let max = self.output_bytes >> 20;
            return Err(format!("printed more than {max} MiB (`output_mb`) and was ended"));
        }
        loop {
            if let Some(status) = child.try_wait().map_err(|it| it.to_string())? {
                return Ok((output, status));
            }
            if Instant::now() >= end {
                return Err(late());
            }
            thread::sleep(PAUSE);
        }
    }
}

/// A command that closed its output ends at once, as a rule.
const PAUSE: Duration = Duration::from_millis(5);

/// Reads a pipe on a thread of its own, up to `bytes_max` bytes.
fn collect(pipe: Option<impl Read + Send + 'static>, bytes_max: u64) -> Receiver<io::Result<Vec<u8>>> {
    let (send, receive) = mpsc::channel();
    thread::spawn(move || {
        let mut bytes = Vec::new();
        let Some(pipe) = pipe else { return };
        let mut pipe = pipe.take(bytes_max);
        let read = pipe.read_to_end(&mut bytes).map(|_| bytes);
        // Nobody waits for it when the command was ended before.
        let _ = send.send(read);
        // A command that says more is not to fail for that.
        if bytes_max == SAID_BYTES_MAX {
            let _ = io::copy(&mut pipe.into_inner(), &mut io::sink());
        }
    });
    receive
}

/// Has the command run as a process group of its own.
#[cfg(unix)]
fn apart(command: &mut Command) {
    use std::os::unix::process::CommandExt as _;
    command.process_group(0);
}

#[cfg(not(unix))]
fn apart(_: &mut Command) {}

/// Ends the command, and all that it started in its group.
#[cfg(unix)]
fn kill(child: &mut Child) {
    use rustix::process::{Pid, Signal, kill_process_group};
    // The child was not waited for, so that nobody else has its number.
    if let Some(group) = i32::try_from(child.id()).ok().and_then(Pid::from_raw) {
        let _ = kill_process_group(group, Signal::KILL);
    }
    let _ = child.wait();
}

#[cfg(not(unix))]
fn kill(child: &mut Child) {
    let _ = child.kill();
    let _ = child.wait();
}
