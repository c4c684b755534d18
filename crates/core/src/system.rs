//! What the operating system refuses, in plain words.

use std::{error::Error, io, iter};

pub mod panics;
pub mod stop;

/// Says what an error of the operating system means and, where there is a remedy, what to do; in
/// lower case, without a full stop and without the error's number. Other errors are said as they
/// are.
pub fn reason(error: &io::Error) -> String {
    if let Some(inner) = error.get_ref() {
        if let Some(inner) = inner.downcast_ref::<io::Error>() {
            return reason(inner);
        }
        let said = inner.to_string();
        if !said.contains(NUMBER) {
            return said;
        }
    }
    let said = match error.kind() {
        io::ErrorKind::StorageFull => "the disk is full",
        io::ErrorKind::QuotaExceeded => "the disk quota of this user is used up",
        io::ErrorKind::FileTooLarge => "a file may not be that large here (`ulimit -f` shows the limit)",
        io::ErrorKind::PermissionDenied => PERMISSION,
        io::ErrorKind::ReadOnlyFilesystem => "the disk can only be read",
        io::ErrorKind::NotFound => "there is no such file or folder",
        io::ErrorKind::AlreadyExists => "there is a file of that name already",
        io::ErrorKind::IsADirectory => "it is a folder",
        io::ErrorKind::NotADirectory => "a part of its path is a file, not a folder",
        io::ErrorKind::InvalidFilename => "its name is too long or holds characters that this disk refuses",
        io::ErrorKind::WouldBlock => "it is a stream that waits for more, not a file",
        io::ErrorKind::OutOfMemory => "there is not enough memory",
        io::ErrorKind::StaleNetworkFileHandle
        | io::ErrorKind::NetworkDown
        | io::ErrorKind::HostUnreachable => "the network folder it lies in cannot be reached",
        _ => return of_number(error).unwrap_or_else(|| without_number(&error.to_string())),
    };
    said.to_owned()
}

/// Says an error and its causes, one after the other, with [`reason`] for those of the system.
pub fn causes(error: &(dyn Error + 'static)) -> String {
    let chain = iter::successors(Some(error), |&it| it.source());
    let said = chain.map(|it| match it.downcast_ref::<io::Error>() {
        Some(error) => reason(error),
        None => without_numbers(it.to_string()),
    });
    said.collect::<Vec<_>>().join(": ")
}

/// Takes out the numbers of errors of the system, which other crates put into their messages.
pub fn without_numbers(mut text: String) -> String {
    while let Some(start) = text.find(NUMBER)
        && let Some(length) = text[start..].find(')')
    {
        text.replace_range(start..=start + length, "");
    }
    text
}

/// What Rust puts before the number of an error of the system.
const NUMBER: &str = " (os error ";

#[cfg(unix)]
const PERMISSION: &str = "permission denied; the user who runs morgue needs the right to it \
                          (`ls -l` shows who has it, `chmod` gives it)";
#[cfg(not(unix))]
const PERMISSION: &str = "permission denied; the user who runs morgue needs the right to it";

/// The reasons that Rust has no kind for.
#[cfg(unix)]
fn of_number(error: &io::Error) -> Option<String> {
    use rustix::{
        io::Errno,
        process::{Resource, getrlimit},
    };
    let number = error.raw_os_error()?;
    if number == Errno::MFILE.raw_os_error() {
        let limit = getrlimit(Resource::Nofile).current.map_or_else(String::new, |it| format!(" of {it}"));
        return Some(format!("too many files are open: raise the limit{limit}, as with `ulimit -n 4096`"));
    }
    let said = match number {
        it if it == Errno::NFILE.raw_os_error() => "too many files are open on this machine",
        it if it == Errno::LOOP.raw_os_error() => "its links lead in a circle",
        it if it == Errno::IO.raw_os_error() => {
            "the system cannot read or write there; the disk may be failing"
        }
        _ => return None,
    };
    Some(said.to_owned())
}

#[cfg(not(unix))]
fn of_number(_: &io::Error) -> Option<String> {
    None
}

/// `Broken pipe (os error 32)` as `broken pipe`.
fn without_number(text: &str) -> String {
    let Some((said, _)) = text.split_once(NUMBER) else { return text.to_owned() };
    let mut letters = said.chars();
    letters.next().map_or_else(String::new, |it| it.to_lowercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[cfg(unix)]
    fn no_reason_has_a_number_of_the_system() {
        use rustix::io::Errno;
        for (number, words) in [
            (Errno::NOSPC, "the disk is full"),
            (Errno::DQUOT, "quota"),
            (Errno::FBIG, "ulimit -f"),
            (Errno::ACCESS, "permission denied; the user"),
            (Errno::PERM, "permission denied; the user"),
            (Errno::ROFS, "can only be read"),
            (Errno::NOENT, "no such file"),
            (Errno::ISDIR, "is a folder"),
            (Errno::NAMETOOLONG, "name is too long"),
            (Errno::AGAIN, "waits for more"),
            (Errno::LOOP, "in a circle"),
            (Errno::IO, "disk may be failing"),
            (Errno::MFILE, "too many files are open: raise the limit of "),
            (Errno::NFILE, "too many files are open on this machine"),
            (Errno::PIPE, "broken pipe"),
            (Errno::NODEV, "no such device"),
        ] {
            let error = io::Error::from_raw_os_error(number.raw_os_error());
            for error in [io::Error::new(error.kind(), error), number.into()] {
                let said = reason(&error);
                assert!(said.contains(words) && !said.contains("os error"), "{number}: {said}");
            }
        }
    }

    #[test]
    #[cfg(unix)]
    fn causes_are_said_one_after_the_other_without_numbers() {
        #[derive(Debug, thiserror::Error)]
        #[error("cannot list `{0}` (os error 2) today")]
        struct Listing(&'static str, #[source] io::Error);
        let missing = || io::Error::from_raw_os_error(rustix::io::Errno::NOENT.raw_os_error());
        assert_eq!(
            causes(&Listing("drawer", missing())),
            "cannot list `drawer` today: there is no such file or folder"
        );
        assert_eq!(causes(&missing()), "there is no such file or folder");
    }

    #[test]
    fn other_errors_are_said_as_they_are() {
        for kind in [io::ErrorKind::Other, io::ErrorKind::StorageFull] {
            assert_eq!(reason(&io::Error::new(kind, "line 3 is no good")), "line 3 is no good");
        }
    }
}
