//! What README shows is what the program prints, on the sample archive that comes with it.
//!
//! After a change of what is printed, `UPDATE_README=1 cargo test readme` writes the new outputs
//! into README; read them.

use std::{
    fs::{self, File},
    path::Path,
    process::{Command, Stdio},
};

use crate::support::Newsroom;

/// The line that stands for what README leaves out.
const CUT: &str = "…";

/// A command of a `console` block with the lines below it.
struct Shown {
    command: String,
    output: Vec<String>,
}

/// The commands of README's `console` blocks that show an output.
fn shown(readme: &str) -> Vec<Shown> {
    let mut found: Vec<Shown> = Vec::new();
    let mut inside = false;
    for line in readme.lines() {
        match line {
            "```console" => inside = true,
            "```" => inside = false,
            _ if !inside => (),
            _ => match line.strip_prefix("$ ") {
                Some(command) => found.push(Shown { command: command.to_owned(), output: Vec::new() }),
                None => {
                    found
                        .last_mut()
                        .expect("an output stands below its command")
                        .output
                        .push(line.to_owned());
                }
            },
        }
    }
    found.retain(|it| !it.output.is_empty());
    found
}

/// The words of a shell command: apart at spaces, together between single quotation marks.
fn words(command: &str) -> Vec<&str> {
    let mut words = Vec::new();
    for (n, part) in command.split('\'').enumerate() {
        if n % 2 == 1 { words.push(part) } else { words.extend(part.split_whitespace()) }
    }
    words
}

/// The line without what differs from run to run: how long something took.
fn timeless(line: &str) -> &str {
    match line.rsplit_once(" · ") {
        Some((rest, last)) if last.ends_with(" s") => rest,
        _ => line,
    }
}

/// What a command of README prints in an archive: standard output and standard error in the order a
/// terminal shows them.
fn printed(command: &str, archive: &Path) -> Vec<String> {
    let args = command.strip_prefix("cargo run --release -- ").or(command.strip_prefix("morgue "));
    let screen = archive.join("screen");
    let file = File::create(&screen).unwrap();
    Command::new(env!("CARGO_BIN_EXE_morgue"))
        .args(words(args.expect("a command of morgue")))
        .current_dir(archive)
        .env_remove("NO_COLOR")
        .stdin(Stdio::null())
        .stdout(file.try_clone().unwrap())
        .stderr(file)
        .status()
        .unwrap();
    fs::read_to_string(screen).unwrap().lines().map(str::to_owned).collect()
}

/// README's output of a command, made anew: cut where README cuts it.
fn renewed(output: &[String], mut printed: Vec<String>) -> Vec<String> {
    if output.last().is_some_and(|it| it == CUT) {
        printed.truncate(output.len() - 1);
        printed.push(CUT.to_owned());
    }
    printed
}

#[test]
fn what_it_shows_is_what_is_printed() {
    let project = Path::new(env!("CARGO_MANIFEST_DIR"));
    let archive = Newsroom::sample();
    let path = project.join("README.md");
    let mut readme = fs::read_to_string(&path).unwrap();
    let all = shown(&readme);
    assert!(all.len() >= 5, "README shows {} commands with their output", all.len());
    let update = std::env::var_os("UPDATE_README").is_some();
    for Shown { command, output } in all {
        let now = renewed(&output, printed(&command, &archive.path("")));
        let same =
            output.len() == now.len() && output.iter().zip(&now).all(|(a, b)| timeless(a) == timeless(b));
        if same {
            continue;
        }
        assert!(
            update,
            "README shows for `{command}`\n{}\nbut it prints\n{}",
            output.join("\n"),
            now.join("\n")
        );
        let block = |lines: &[String]| format!("$ {command}\n{}\n", lines.join("\n"));
        readme = readme.replacen(&block(&output), &block(&now), 1);
    }
    if update {
        fs::write(path, readme).unwrap();
    }
}
