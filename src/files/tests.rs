#![expect(clippy::disallowed_methods, reason = "tests make files")]

use std::{fs, io::Read as _, path::Path};

use super::*;

fn content(path: &Path) -> String {
    fs::read_to_string(path).unwrap()
}

#[test]
fn a_file_is_read_up_to_the_size_it_was_opened_with() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("log");
    for (change, expected) in [("", "one two"), ("one two three", "one two"), ("one", "one")] {
        fs::write(&path, "one two").unwrap();
        let mut file = open(&path).unwrap();
        if !change.is_empty() {
            fs::write(&path, change).unwrap();
        }
        let mut read = String::new();
        file.read_to_string(&mut read).unwrap();
        assert_eq!(read, expected, "changed to `{change}`");
    }
}

#[cfg(unix)]
#[test]
fn what_is_no_file_is_refused_without_waiting() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    assert!(std::process::Command::new("mkfifo").arg(at("fifo")).status().unwrap().success());
    let _socket = std::os::unix::net::UnixListener::bind(at("socket")).unwrap();
    std::os::unix::fs::symlink("/dev/zero", at("zero")).unwrap();
    std::os::unix::fs::symlink("nowhere", at("dangling")).unwrap();
    fs::create_dir(at("folder")).unwrap();
    fs::File::create(at("huge")).unwrap().set_len(3 << 20).unwrap();
    for (name, words) in [
        ("fifo", "it is neither a file nor a folder"),
        ("socket", "it is neither a file nor a folder"),
        ("zero", "it is neither a file nor a folder"),
        ("folder", "it is a folder"),
        ("dangling", "it is a link that leads nowhere"),
        ("huge", "it has more than 2 MiB"),
    ] {
        let error = read_if_there(&at(name), 2 << 20).unwrap_err();
        assert_eq!(error.to_string(), words, "{name}");
    }
    assert!(read_if_there(&at("missing"), 2 << 20).unwrap().is_none());
}

#[cfg(target_os = "linux")]
#[test]
fn a_file_that_says_it_is_empty_is_read_up_to_a_bound() {
    let status = read_if_there(Path::new("/proc/self/status"), 1 << 20).unwrap().unwrap();
    assert!(text_of(status).unwrap().contains("Pid:"));
    let mut read = Vec::new();
    let error = open(Path::new("/proc/self/pagemap")).unwrap().read_to_end(&mut read).unwrap_err();
    assert_eq!(error.to_string(), "it says it is empty and gives more than 16 MiB");
    assert_eq!(read.len(), 16 << 20);
}

#[test]
fn a_file_takes_its_place_when_it_is_finished() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("export");
    let files = || fs::read_dir(folder.path()).unwrap().count();
    drop(NewFile::with(&path, b"given up").unwrap());
    assert_eq!(files(), 0, "nothing is left of it");
    write(&path, b"first").unwrap();
    let second = NewFile::with(&path, b"second").unwrap();
    assert_eq!((content(&path).as_str(), files()), ("first", 2));
    second.finish().unwrap();
    assert_eq!((content(&path).as_str(), files()), ("second", 1));
    assert!(create(&path, b"third").unwrap_err().to_string().contains("of that name already"));
    assert_eq!((content(&path).as_str(), files()), ("second", 1));
}

#[test]
fn what_a_killed_process_left_is_removed_and_what_another_writes_is_not() {
    let folder = tempfile::tempdir().unwrap();
    let left = folder.path().join(".morgue-left01.new");
    let other = folder.path().join("other");
    fs::write(&left, "half").unwrap();
    let written_by_another = NewFile::with(&other, b"other").unwrap();
    write(&folder.path().join("export"), b"words").unwrap();
    assert!(!left.exists());
    written_by_another.finish().unwrap();
    assert_eq!(content(&other), "other");
}

#[cfg(unix)]
#[test]
fn links_and_permissions_stay() {
    use std::os::unix::fs::{PermissionsExt as _, symlink};
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    fs::create_dir(at("deep")).unwrap();
    symlink("deep/target", at("link")).unwrap();
    let mode = || at("deep/target").metadata().unwrap().permissions().mode() & 0o777;
    write(&at("link"), b"first").unwrap();
    fs::write(at("ordinary"), "").unwrap();
    assert_eq!(mode(), at("ordinary").metadata().unwrap().permissions().mode() & 0o777, "that of the umask");
    fs::set_permissions(at("deep/target"), fs::Permissions::from_mode(0o640)).unwrap();
    write(&at("link"), b"second").unwrap();
    assert!(at("link").is_symlink());
    assert_eq!((content(&at("deep/target")).as_str(), mode()), ("second", 0o640));
}
