//! What README shows is what the program prints, on the sample archive that comes with it.

use std::{fs, path::Path};

use crate::support::run_in;

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
fn timeless(line: &str) -> String {
    match line.rsplit_once(" · ") {
        Some((rest, last)) if last.ends_with(" s") => rest.to_owned(),
        _ => line.to_owned(),
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

#[test]
fn what_it_shows_is_what_is_printed() {
    let project = Path::new(env!("CARGO_MANIFEST_DIR"));
    let archive = tempfile::tempdir().unwrap();
    copy(&project.join("corpus"), &archive.path().join("corpus"));
    fs::copy(project.join("morgue.toml"), archive.path().join("morgue.toml")).unwrap();
    let readme = fs::read_to_string(project.join("README.md")).unwrap();
    let all = shown(&readme);
    assert!(all.len() >= 5, "README shows {} commands with their output", all.len());
    for Shown { command, output } in all {
        let args = command.strip_prefix("cargo run --release -- ").or(command.strip_prefix("morgue "));
        let args = words(args.expect("a command of morgue"));
        let ran = run_in(archive.path(), args, b"");
        let printed = format!("{}{}", ran.stdout, ran.stderr);
        let mut printed: Vec<String> = printed.lines().map(timeless).collect();
        // What goes to standard error may stand before or between the results.
        for line in output.iter().filter(|it| *it != "…") {
            let line = timeless(line);
            let at = printed.iter().position(|it| *it == line);
            assert!(
                at.is_some(),
                "README shows for `{command}`\n{line}\nbut it prints\n{}",
                printed.join("\n")
            );
            printed.remove(at.expect("found"));
        }
        let cut = output.iter().any(|it| it == "…");
        assert!(cut || printed.is_empty(), "README lacks for `{command}`\n{}", printed.join("\n"));
    }
}
