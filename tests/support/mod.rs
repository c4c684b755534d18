//! A newsroom to test in: an archive in a temporary folder, and the real binary run on it.

pub(crate) mod random;
pub(crate) mod text;

use std::{
    fs,
    io::Write as _,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use tempfile::TempDir;

/// An archive in a temporary folder.
pub(crate) struct Newsroom {
    folder: TempDir,
}

impl Newsroom {
    /// An empty one.
    pub(crate) fn new() -> Newsroom {
        let folder = tempfile::tempdir().expect("a temporary folder");
        fs::create_dir(folder.path().join("corpus")).expect("a corpus folder");
        Newsroom { folder }
    }

    /// The sample archive that comes with morgue, without an index.
    pub(crate) fn sample() -> Newsroom {
        let (project, newsroom) = (Path::new(env!("CARGO_MANIFEST_DIR")), Newsroom::new());
        copy(&project.join("corpus"), &newsroom.path("corpus"));
        fs::copy(project.join("morgue.toml"), newsroom.path("morgue.toml")).expect("settings");
        newsroom
    }

    /// Adds a file to the corpus, with the folders it needs.
    pub(crate) fn article(self, name: &str, content: impl AsRef<[u8]>) -> Newsroom {
        self.write(&format!("corpus/{name}"), content);
        self
    }

    /// Writes the settings.
    pub(crate) fn settings(self, text: &str) -> Newsroom {
        self.write("morgue.toml", text);
        self
    }

    /// Ingests, and expects it to go well.
    #[track_caller]
    pub(crate) fn ingested(self) -> Newsroom {
        self.run(["ingest"]).expect_status(0);
        self
    }

    /// Writes a file of the archive.
    pub(crate) fn write(&self, name: &str, content: impl AsRef<[u8]>) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().expect("inside the archive")).expect("folders");
        fs::write(path, content).expect("a file of the archive");
    }

    /// Where a file of the archive lies.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Runs `morgue` in the archive's folder.
    pub(crate) fn run<'a>(&self, args: impl IntoIterator<Item = &'a str>) -> Ran {
        self.run_with(args, b"")
    }

    /// Runs `morgue` with standard input.
    pub(crate) fn run_with<'a>(&self, args: impl IntoIterator<Item = &'a str>, input: &[u8]) -> Ran {
        run_in(self.folder.path(), args, input)
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder is copied");
    for entry in fs::read_dir(from).expect("a folder is copied") {
        let entry = entry.expect("a folder is copied");
        let target = to.join(entry.file_name());
        if entry.file_type().expect("a folder is copied").is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).expect("a folder is copied");
        }
    }
}

/// Runs `morgue` in a folder.
pub(crate) fn run_in<'a>(folder: &Path, args: impl IntoIterator<Item = &'a str>, input: &[u8]) -> Ran {
    let mut child = Command::new(env!("CARGO_BIN_EXE_morgue"))
        .args(args)
        .current_dir(folder)
        .env_remove("NO_COLOR")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the binary runs");
    let mut stdin = child.stdin.take().expect("a pipe");
    let input = input.to_vec();
    let feeder = std::thread::spawn(move || {
        // A program that does not read its input closes the pipe: no matter.
        let _ = stdin.write_all(&input);
    });
    let output = child.wait_with_output().expect("the binary ends");
    feeder.join().expect("the feeder ends");
    let text = |bytes| String::from_utf8(bytes).expect("output is UTF-8");
    Ran { status: output.status.code(), stdout: text(output.stdout), stderr: text(output.stderr) }
}

/// What a run of the binary gave.
#[derive(Debug)]
#[must_use]
pub(crate) struct Ran {
    /// Its exit status; `None` when a signal ended it.
    pub(crate) status: Option<i32>,
    /// Its results.
    pub(crate) stdout: String,
    /// What else it said.
    pub(crate) stderr: String,
}

impl Ran {
    /// Fails the test when the exit status is another.
    #[track_caller]
    pub(crate) fn expect_status(&self, status: i32) -> &Ran {
        assert_eq!(self.status, Some(status), "stdout:\n{}\nstderr:\n{}", self.stdout, self.stderr);
        self
    }

    /// Its results, when it found any.
    #[track_caller]
    pub(crate) fn found(&self) -> &str {
        self.expect_status(0);
        &self.stdout
    }

    /// Its results as JSON lines.
    #[track_caller]
    pub(crate) fn json_lines(&self) -> Vec<serde_json::Value> {
        self.stdout.lines().map(|it| serde_json::from_str(it).expect("each line is JSON")).collect()
    }
}
