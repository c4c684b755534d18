//! Files that cannot be read or written: named in plain words, with what to do; nobody waits for
//! them, and what was there before stays.

use std::fs;

use crate::support::{Newsroom, Ran};

const STORY: &str = "Ferry delayed\n\nThe evening ferry left two hours late, Ada Lund said.\n";

fn newsroom() -> Newsroom {
    Newsroom::new().article("ferry.txt", STORY).settings("").ingested()
}

/// Fails the test when the run does not end so, does not say the words, or says a number of the
/// system.
#[track_caller]
fn expect(ran: &Ran, status: i32, words: &str) {
    let said = &ran.expect_status(status).stderr;
    assert!(said.contains(words), "no `{words}` in: {said}");
    assert!(!said.contains("os error"), "{said}");
}

/// Puts something of each kind that is no readable file at `path`, and hands it over with what is
/// said of it.
#[cfg(unix)]
fn for_each_kind(path: &std::path::Path, mut f: impl FnMut(&str, &str)) {
    use std::os::unix::{fs::symlink, net::UnixListener};
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    let _ = fs::remove_file(path);
    let neither = "neither a file nor a folder";
    assert!(std::process::Command::new("mkfifo").arg(path).status().unwrap().success());
    f("a FIFO", neither);
    fs::remove_file(path).unwrap();
    symlink("/dev/zero", path).unwrap();
    f("a device", neither);
    fs::remove_file(path).unwrap();
    let socket = UnixListener::bind(path).unwrap();
    f("a socket", neither);
    drop(socket);
    fs::remove_file(path).unwrap();
    fs::create_dir(path).unwrap();
    f("a folder", "it is a folder");
    fs::remove_dir(path).unwrap();
    fs::File::create(path).unwrap().set_len(1 << 33).unwrap();
    f("huge", "it has more than ");
    fs::remove_file(path).unwrap();
}

#[cfg(unix)]
#[test]
fn settings_that_are_no_file_are_named() {
    let newsroom = newsroom();
    for_each_kind(&newsroom.path("morgue.toml"), |_, words| {
        for command in [&["ingest"][..], &["search", "ferry"], &["list"], &["status"]] {
            let ran = newsroom.run(command.iter().copied());
            expect(&ran, 2, words);
            assert!(ran.stderr.contains("morgue.toml"), "{}", ran.stderr);
        }
        newsroom.run(["init"]).expect_status(2);
    });
}

#[cfg(unix)]
#[test]
fn corrections_that_are_no_file_are_missed_by_those_who_ask_for_people() {
    let newsroom = newsroom();
    for_each_kind(&newsroom.path("people.toml"), |_, words| {
        expect(&newsroom.run(["speakers"]), 2, "cannot read people.toml: it ");
        expect(&newsroom.run(["quotes", "Lund"]), 2, words);
        newsroom.run(["ingest"]).expect_status(0);
        newsroom.run(["search", "ferry"]).expect_status(0);
    });
}

#[cfg(unix)]
#[test]
fn a_list_that_is_no_file_is_named_and_the_others_are_there() {
    let newsroom = newsroom();
    newsroom.run(["list", "new", "good", "ferry"]).expect_status(0);
    for_each_kind(&newsroom.path("lists/bad.md"), |_, words| {
        let ran = newsroom.run(["list"]);
        expect(&ran, 2, "cannot read lists/bad.md: it ");
        expect(&ran, 2, words);
        assert!(ran.stdout.contains("1  good"), "{}", ran.stdout);
        for command in [&["show", "bad"][..], &["note", "bad", "1", "x"], &["new", "bad"]] {
            newsroom.run(["list"].iter().chain(command).copied()).expect_status(2);
        }
        newsroom.run(["list", "note", "good", "1", "x"]).expect_status(0);
    });
}

#[cfg(unix)]
#[test]
fn a_sidecar_that_is_no_file_is_named_and_the_article_is_read() {
    let newsroom = newsroom();
    for sidecar in ["corpus/ferry.txt.meta.toml", "corpus/folder.meta.toml"] {
        for_each_kind(&newsroom.path(sidecar), |kind, words| {
            let ran = newsroom.run(["ingest", "--rebuild"]);
            newsroom.run(["search", "ferry"]).expect_status(0);
            // A folder of that name is a folder as any other.
            if kind != "a folder" {
                expect(&ran, 0, words);
                assert!(ran.stderr.contains(sidecar), "{kind}: {}", ran.stderr);
            }
        });
    }
}

#[cfg(target_os = "linux")]
#[test]
fn files_that_never_end_are_read_up_to_a_bound() {
    let newsroom = newsroom();
    for file in ["pagemap", "status"] {
        let link = newsroom.path(&format!("corpus/{file}.txt"));
        std::os::unix::fs::symlink(format!("/proc/self/{file}"), link).unwrap();
    }
    expect(&newsroom.run(["ingest"]), 0, "corpus/pagemap.txt: ");
    newsroom.run(["extract", "corpus/pagemap.txt"]).expect_status(2);
    newsroom.run(["search", "ferry"]).expect_status(0);
    // A small file is read whole, though it says that it is empty.
    assert!(newsroom.run(["extract", "corpus/status.txt"]).found().contains("Uid"));
}

#[test]
fn a_large_file_that_no_reader_wants_is_not_read_to_its_end() {
    let newsroom = newsroom();
    newsroom.write("corpus/film.txt", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01");
    // More than can be read in a test, as the file of the machine's memory is.
    let file = fs::OpenOptions::new().append(true).open(newsroom.path("corpus/film.txt")).unwrap();
    file.set_len(1 << 43).unwrap();
    for _ in 0..2 {
        expect(&newsroom.run(["ingest"]), 0, "corpus/film.txt: is a PNG");
        file.set_modified(std::time::SystemTime::UNIX_EPOCH).unwrap();
    }
}

#[cfg(unix)]
#[test]
fn an_argument_may_be_a_pipe_and_ends() {
    let newsroom = newsroom();
    newsroom.run(["list", "new", "harbour", "ferry"]).expect_status(0);
    newsroom
        .run(["list", "export", "harbour", "--to", "csl-json", "-o", "x.json", "--receipt"])
        .expect_status(0);
    let shell = |script: &str| {
        let script = format!("morgue() {{ '{}' \"$@\"; }}; {script}", env!("CARGO_BIN_EXE_morgue"));
        shell_in(&newsroom, &script)
    };
    for script in [
        "morgue search --batch <(printf 'a\\tferry\\n') --format trec",
        "printf 'a\\tferry\\n' | morgue search --batch - --format trec",
        "printf 'a\\tferry\\n' | morgue search --batch /dev/stdin --format trec",
        "morgue search --names <(echo ferry)",
        "morgue list import other <(cat x.json)",
        "morgue replay <(cat x.json.receipt.json)",
        "mkfifo p; (sleep 0.2; echo ferry) >p & morgue search --names p",
    ] {
        shell(script).expect_status(0);
    }
    for (script, words) in [
        ("morgue search --batch /dev/zero --format trec", "cannot read /dev/zero: it has more than 64 MiB"),
        ("morgue search --names corpus", "cannot read corpus: it is a folder"),
        ("morgue replay nowhere", "cannot read nowhere: there is no such file"),
        ("morgue list import other nowhere", "cannot read nowhere: there is no such file"),
        ("morgue extract nowhere", "there is no such file"),
        ("morgue --archive nowhere status", "there is no such file"),
    ] {
        expect(&shell(script), 2, words);
    }
}

#[cfg(unix)]
#[test]
fn a_failed_write_leaves_the_earlier_file_and_nothing_else() {
    let newsroom = newsroom();
    newsroom.run(["list", "new", "harbour", "ferry"]).expect_status(0);
    let files = || {
        let names = fs::read_dir(newsroom.path("")).unwrap().map(|it| it.unwrap().file_name());
        let mut names: Vec<_> = names.map(|it| it.into_string().unwrap()).collect();
        names.sort();
        names
    };
    for (command, written) in [
        ("list export harbour --to html -o out", "out"),
        ("list export harbour --to epub -o out", "out"),
        ("list export harbour --to csv --receipt=out", "out"),
        ("list export harbour --to csv -o new --receipt=out", "new"),
        ("search ferry --export markdown -o out", "out"),
        ("quotes Lund --export csv -o out", "out"),
        ("ingest --report out", "out"),
        ("init --archive elsewhere", "elsewhere/morgue.toml"),
    ] {
        newsroom.write("out", "an earlier export");
        fs::create_dir_all(newsroom.path("elsewhere/corpus")).unwrap();
        let before = files();
        // As on a full disk, a write is refused: here that of the first byte.
        let binary = env!("CARGO_BIN_EXE_morgue");
        let ran = shell_in(&newsroom, &format!("trap '' XFSZ; ulimit -f 0; exec '{binary}' {command}"));
        expect(&ran, 2, &format!("cannot write {written}: a file may not be that large"));
        let earlier =
            if written == "out" { "; the earlier file is as it was" } else { "; nothing was written" };
        assert!(ran.stderr.contains(earlier) || command.starts_with("init"), "{command}: {}", ran.stderr);
        assert_eq!(fs::read_to_string(newsroom.path("out")).unwrap(), "an earlier export", "{command}");
        assert_eq!(files(), before, "{command}");
        // With room it goes.
        newsroom.run(command.split(' ')).expect_status(0);
        fs::remove_file(newsroom.path(written)).unwrap();
        let _ = fs::remove_file(newsroom.path("new"));
    }
}

#[cfg(unix)]
#[test]
fn what_cannot_be_replaced_is_written_as_it_comes() {
    let newsroom = newsroom();
    newsroom.run(["list", "new", "harbour", "ferry"]).expect_status(0);
    let shell = |script: &str| {
        let export = format!("'{}' list export harbour --to csv", env!("CARGO_BIN_EXE_morgue"));
        shell_in(&newsroom, &script.replace("EXPORT", &export))
    };
    let expected = shell("EXPORT").found().to_owned();
    for script in [
        "EXPORT -o /dev/stdout",
        "EXPORT -o /dev/stdout >x; cat x; rm x",
        "EXPORT -o /dev/fd/3 3>x; cat x; rm x",
        "EXPORT -o >(cat); wait $!",
        "mkfifo p; cat p & EXPORT -o p; wait; rm p",
        "touch x; ln -s x y; EXPORT -o y; cat x; test -L y; rm x y",
    ] {
        assert_eq!(shell(script).found(), expected, "{script}");
    }
    assert_eq!(
        shell("echo before >x; EXPORT -o /dev/stdout >>x; cat x").found(),
        format!("before\n{expected}")
    );
    assert_eq!(shell("EXPORT -o /dev/null").found(), "");
    expect(&shell("mkdir -p d; EXPORT -o d"), 2, "cannot write d: it is a folder");
    expect(
        &shell("EXPORT -o no/such/x"),
        2,
        "cannot write no/such/x: no file can be made in its folder: there is no such",
    );
}

#[test]
fn a_report_is_not_written_over_what_the_archive_lives_on() {
    let newsroom = newsroom();
    for file in ["corpus/ferry.txt", "morgue.toml", "index/meta.json"] {
        let before = fs::read(newsroom.path(file)).unwrap();
        expect(&newsroom.run(["ingest", "--report", file]), 2, "write somewhere else");
        assert_eq!(fs::read(newsroom.path(file)).unwrap(), before);
    }
}

#[cfg(target_os = "linux")]
#[test]
fn results_that_cannot_be_written_are_an_error() {
    let newsroom = newsroom();
    newsroom.run(["list", "new", "harbour", "ferry"]).expect_status(0);
    for command in [
        "--help",
        "--version",
        "help search",
        "search --help",
        "man",
        "completions bash",
        "search ferry",
        "speakers",
        "search ferry --format csv",
        "search ferry --format json",
        "list",
        "list show harbour",
        "status",
        "check",
        "list export harbour --to html",
        "list export harbour --to html -o /dev/stdout",
        "extract corpus/ferry.txt",
    ] {
        let ran = shell_in(&newsroom, &format!("'{}' {command} >/dev/full", env!("CARGO_BIN_EXE_morgue")));
        expect(&ran, 2, "the disk is full");
        // A reader that has enough is no error.
        let closed = format!("'{}' {command} | true; exit ${{PIPESTATUS[0]}}", env!("CARGO_BIN_EXE_morgue"));
        shell_in(&newsroom, &closed).expect_status(0);
    }
}

#[test]
fn what_is_wrong_with_arguments_is_colored_as_the_results_are() {
    let newsroom = newsroom();
    for (args, colored) in [
        (&["--color", "never", "nosuch"][..], false),
        (&["nosuch", "--color=never"], false),
        (&["search", "--nosuch", "--color=never"], false),
        (&["search", "--nosuch"], false),
        (&["search", "--nosuch", "--color", "always"], true),
        (&["--color=always", "search", "--format", "nosuch", "ferry"], true),
        (&["--color=always", "search", "--format", "\u{1b}[2J", "ferry"], false),
        (&["--color=nosuch", "search", "ferry"], false),
        (&["--nosuch", "--", "--color=always"], false),
    ] {
        let ran = newsroom.run(args.iter().copied());
        ran.expect_status(2);
        assert_eq!(ran.stderr.contains('\u{1b}'), colored, "{args:?}: {:?}", ran.stderr);
        assert!(ran.stderr.contains("error"), "{args:?}: {:?}", ran.stderr);
    }
    for (args, colored) in [(["--help", "--color=never"], false), (["--color=always", "--help"], true)] {
        assert_eq!(newsroom.run(args).found().contains('\u{1b}'), colored, "{args:?}");
    }
}

#[test]
fn the_name_of_a_query_reaches_no_terminal_as_it_is() {
    let newsroom = newsroom();
    newsroom.write("q", "a\u{1b}[31m\tferry\nb\u{202e}\tferry\nc\tferry\n");
    for format in ["trec", "jsonl"] {
        let ran = newsroom.run(["search", "--batch", "q", "--format", format]);
        expect(&ran, 2, "q: line 1: the name of the query holds a control character");
        let obeyed = |c: char| c.is_control() && c != '\n' || c == '\u{202e}';
        assert!(!ran.stdout.contains(obeyed) && !ran.stderr.contains(obeyed), "{ran:?}");
        assert!(ran.stdout.lines().count() > 1, "the others are answered: {}", ran.stdout);
    }
}

/// Runs a script of bash in the archive's folder.
#[cfg(unix)]
fn shell_in(newsroom: &Newsroom, script: &str) -> Ran {
    let ran = std::process::Command::new("bash")
        .args(["-c", script])
        .current_dir(newsroom.path(""))
        .stdin(std::process::Stdio::null())
        .output()
        .unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    Ran { status: ran.status.code(), stdout: text(ran.stdout), stderr: text(ran.stderr) }
}

#[test]
fn settings_that_are_there_are_named_and_nothing_is_made_beside_them() {
    let newsroom = Newsroom::new();
    newsroom.write("morgue.toml", "corpus = [\"clippings\"]\n");
    newsroom.write("desk/morgue.toml", "");
    for (args, named) in [
        (&["init"][..], "morgue: morgue.toml is there already, and is left as it is\n"),
        (&["init", "desk"], "morgue: desk/morgue.toml is there already, and is left as it is\n"),
        (&["--archive", "desk", "init"], "morgue: desk/morgue.toml is there already, and is left as it is\n"),
    ] {
        let ran = newsroom.run(args.iter().copied());
        expect(&ran, 2, "is left as it is");
        assert_eq!(ran.stderr, named);
    }
    assert!(!newsroom.path("desk/corpus").exists());
}

/// What the system refuses, in places that no other test comes by.
#[test]
fn no_command_says_the_number_of_an_error() {
    let newsroom = newsroom();
    newsroom.write("file", "no folder");
    newsroom.write("lists/.morgue.lock/x", "");
    newsroom.write("lists/harbor.md", "---\ntitle: Harbor\n---\n");
    for (args, words) in [
        ("init file", "cannot make `file/corpus`: a part of its path is a file"),
        ("init file/below", "a part of its path is a file"),
        ("--archive nowhere search ferry", "there is no such file or folder"),
        ("--index file/index ingest", "a part of its path is a file"),
        ("ingest nowhere", "cannot find `nowhere`: there is no such file or folder"),
        ("ingest file/below", "a part of its path is a file"),
        ("extract nowhere.txt", "there is no such file or folder"),
        ("extract file/below", "a part of its path is a file"),
        ("search --batch nowhere", "there is no such file or folder"),
        ("list sort harbor date", "it is a folder"),
        ("list import harbor nowhere", "there is no such file or folder"),
        ("replay nowhere", "there is no such file or folder"),
    ] {
        expect(&newsroom.run(args.split(' ')), 2, words);
    }
}
