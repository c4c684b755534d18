//! Finds the path template that would read the most of many paths, for files whose articles nothing
//! else dates.

use std::collections::BTreeMap;

use super::{template::Template, written_date::is_day};
use morgue_core::article::FieldName;

/// Ways in which archives name their files, without the extension; of those that fit as many paths
/// the first is taken, which tells most.
const SHAPES: [&str; 11] = [
    "{source}_{date}_{slug}",
    "{date}_{slug}",
    "{date} {slug}",
    "{year}-{month}-{day}-{slug}",
    "{slug}_{date}",
    "{slug} {date}",
    "{slug}-{year}-{month}-{day}",
    "{year}/{month}/{day}/{slug}",
    "{date}/{slug}",
    "{year}/{month}/{slug}",
    "{date}",
];

/// So many paths tell how an archive names its files.
const PATHS_MAX: usize = 2_000;

/// The template that reads a day from the most of the paths, and from how many; `None` when none
/// does from any.
pub fn suggest(paths: &[String]) -> Option<(String, usize)> {
    let paths = &paths[..paths.len().min(PATHS_MAX)];
    let mut extensions: BTreeMap<&str, usize> = BTreeMap::new();
    for path in paths {
        let name = path.rsplit('/').next().unwrap_or_default();
        let extension = name.rfind('.').filter(|it| *it > 0).map_or("", |at| &name[at..]);
        *extensions.entry(extension).or_default() += 1;
    }
    let (extension, _) = extensions.into_iter().max_by_key(|it| it.1)?;
    let fitting = SHAPES.iter().rev().filter_map(|shape| {
        let text = format!("{shape}{extension}");
        let template = Template::new(&text, Vec::new()).ok()?;
        let n_fitting = paths.iter().filter(|it| reads_a_day(&template, it)).count();
        (n_fitting > 0).then_some((text, n_fitting))
    });
    // Of equals the last is taken, which is the first of the shapes.
    fitting.max_by_key(|it| it.1)
}

/// Whether the template reads a day, and a source only where there may be a name.
fn reads_a_day(template: &Template, path: &str) -> bool {
    let fields = template.fields(path).unwrap_or_default();
    let named = |it: &str| it.contains(char::is_alphabetic) && !it.contains(|c: char| c.is_ascii_digit());
    fields.iter().any(|it| it.name == FieldName::Date && is_day(&it.value))
        && fields.iter().all(|it| it.name != FieldName::Source || named(&it.value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_template_that_reads_most_paths_is_suggested() {
        for (paths, expected) in [
            (
                vec!["corpus/Courier_2018-03-04_strike-ends.txt", "corpus/North Star_2018-03-05_talks.txt"],
                Some(("{source}_{date}_{slug}.txt", 2)),
            ),
            (vec!["corpus/2018-03-04 Strike ends.md", "corpus/notes.md"], Some(("{date} {slug}.md", 1))),
            (
                vec!["corpus/2018-03-04-strike.html", "corpus/2018-03-05-talks-go-on.html"],
                Some(("{year}-{month}-{day}-{slug}.html", 2)),
            ),
            (vec!["corpus/2018/03/04/strike.txt"], Some(("{year}/{month}/{day}/{slug}.txt", 1))),
            (vec!["corpus/strike.txt", "corpus/talks.txt"], None),
            (vec![], None),
        ] {
            let paths: Vec<String> = paths.into_iter().map(str::to_owned).collect();
            let found = suggest(&paths);
            let expected = expected.map(|(text, n): (&str, usize)| (text.to_owned(), n));
            assert_eq!(found, expected, "{paths:?}");
        }
    }
}
