//! Who is quoted, and which names may be one person's, in every format.

use std::io::{self, Write};

use crate::{
    article::SpeakerKind,
    attribute::people::{Pair, Person, RoleHeld, Side},
    search::{SimilarResults, SpeakersResults},
};
use jiff::civil::Date;
use morgue_core::number;

use super::{
    Look, Render, Row,
    json::object,
    markdown::{self, escaped},
    table::{Table, cell, cells},
    terminal::{FAINT, SPEAKER, visible},
};

/// The most roles of a person that text names; JSON has them all.
const ROLES_SHOWN: usize = 4;

/// Somebody who is quoted, as JSON.
fn person_row(person: &Person) -> impl Row {
    let (first, last) = ends(person.days);
    let names =
        person.names.iter().map(|it| object! { name: &it.name, reason: it.reason, quotes: it.n_quotes });
    let roles = person.roles.iter().map(|it| {
        let (first, last) = ends(it.days);
        object! { role: &it.role, quotes: it.n_quotes, articles: it.n_articles, first, last }
    });
    object! {
        name: &person.name,
        qualifier: &person.qualifier,
        kind: person.kind.name(),
        other_names: other_names(person),
        names: names.collect::<Vec<_>>(),
        roles: roles.collect::<Vec<_>>(),
        quotes: person.n_quotes,
        articles: person.n_articles,
        sources: &person.sources,
        first,
        last,
    }
}

fn ends(days: Option<(Date, Date)>) -> (Option<String>, Option<String>) {
    days.map(|(first, last)| (first.to_string(), last.to_string())).unzip()
}

/// The other ways a name is written, each once.
fn other_names(person: &Person) -> Vec<&str> {
    let mut others: Vec<&str> = Vec::new();
    for it in person.names.iter().filter(|it| it.name != person.name) {
        if !others.contains(&it.name.as_str()) {
            others.push(&it.name);
        }
    }
    others
}

/// The other ways a name is written, each with its quotes and the reason that they are this
/// person's: `Lund (12, only one of that surname)`.
fn explained_names(person: &Person) -> String {
    let others = person.names.iter().filter(|it| it.name != person.name);
    let others = others.map(|it| format!("{} ({}, {})", it.name, number(it.n_quotes), it.reason));
    others.collect::<Vec<_>>().join("; ")
}

/// `home minister for Balochistan, 2016–2018`
fn dated(role: &RoleHeld) -> String {
    match role.days.map(|(first, last)| (first.year(), last.year())) {
        None => role.role.clone(),
        Some((first, last)) if first == last => format!("{}, {first}", role.role),
        Some((first, last)) => format!("{}, {first}–{last}", role.role),
    }
}

impl Render for SpeakersResults {
    /// One a line, aligned, with other names and roles below.
    fn text(&self, look: &Look, out: &mut dyn Write) -> io::Result<()> {
        let digits =
            |of: fn(&Person) -> usize| self.speakers.iter().map(|it| number(of(it)).len()).max().unwrap_or(1);
        let (quotes, articles) = (digits(|it| it.n_quotes), digits(|it| it.n_articles));
        for person in &self.speakers {
            let (n_quotes, n_articles) = (number(person.n_quotes), number(person.n_articles));
            let counts = format!("{n_quotes:>quotes$} in {n_articles:>articles$}");
            let days = person.days.map_or_else(String::new, |(first, last)| {
                if first == last { format!("  {first}") } else { format!("  {first} to {last}") }
            });
            let kind = if person.kind == SpeakerKind::Person { "" } else { person.kind.name() };
            let kind =
                if kind.is_empty() { String::new() } else { look.styled(FAINT, &format!(" ({kind})")) };
            let name = look.styled(SPEAKER, &person.full_name());
            writeln!(out, "{counts}  {name}{kind}{}", look.styled(FAINT, &days))?;
            let indent = " ".repeat(quotes + articles + 6);
            let others = if self.named { explained_names(person) } else { other_names(person).join("; ") };
            if !others.is_empty() {
                let others = visible(&others).into_owned();
                look.lines(&indent, &look.styled(FAINT, &format!("also {others}")), out)?;
            }
            let roles: Vec<String> = person.roles.iter().take(ROLES_SHOWN).map(dated).collect();
            if !roles.is_empty() {
                look.lines(&indent, &visible(&roles.join("; ")), out)?;
            }
        }
        Ok(())
    }

    fn rows(&self) -> impl Iterator<Item: Row> {
        self.speakers.iter().map(person_row)
    }

    fn table(&self) -> Table<'_> {
        let columns = "name kind other_names roles quotes articles sources first last qualifier";
        let row = |person: &Person| {
            let roles: Vec<String> = person.roles.iter().map(dated).collect();
            let (first, last) = ends(person.days);
            let sources: Vec<&str> = person.sources.keys().map(String::as_str).collect();
            cells([
                &person.name,
                &person.kind.name(),
                &other_names(person).join("; "),
                &roles.join("; "),
                &person.n_quotes,
                &person.n_articles,
                &sources.join("; "),
                &cell(first),
                &cell(last),
                &cell(person.qualifier.as_ref()),
            ])
        };
        Table::new(columns.split(' '), self.speakers.iter().map(row))
    }

    fn markdown(&self, out: &mut dyn Write) -> io::Result<()> {
        let row = |person: &Person| {
            let (first, last) = ends(person.days);
            let roles: Vec<String> = person.roles.iter().map(|it| escaped(&dated(it))).collect();
            cells([
                &escaped(&person.full_name()),
                &roles.join("; "),
                &number(person.n_quotes),
                &number(person.n_articles),
                &cell(first),
                &cell(last),
            ])
        };
        let columns = ["name", "roles", "quotes", "articles", "first", "last"];
        markdown::table(&columns, 2..4, self.speakers.iter().map(row), out)
    }
}

/// A pair of names, as JSON.
fn pair_row(pair: &Pair) -> impl Row {
    object! {
        one: side_row(&pair.one),
        other: side_row(&pair.other),
        standing: pair.standing.name(),
        likeness: pair.likeness,
        r#for: &pair.pro,
        against: &pair.contra,
    }
}

fn side_row(side: &Side) -> impl Row {
    object! { name: &side.name, role: &side.role, quotes: side.n_quotes, articles: side.n_articles }
}

/// `Rosa Lund, mayor (12 in 4)`
fn described(side: &Side) -> String {
    let role = side.role.as_ref().map_or_else(String::new, |it| format!(", {it}"));
    format!("{}{role} ({} in {})", side.name, number(side.n_quotes), number(side.n_articles))
}

impl Render for SimilarResults {
    /// Pairs of names, each with its evidence below.
    fn text(&self, look: &Look, out: &mut dyn Write) -> io::Result<()> {
        for pair in &self.pairs {
            let [one, other] = [&pair.one, &pair.other].map(|it| look.styled(SPEAKER, &described(it)));
            let standing = look.styled(FAINT, &format!("{}: {}", pair.standing.name(), pair.likeness));
            look.lines("", &format!("{one} ~ {other}  {standing}"), out)?;
            for (word, reasons) in [("for", &pair.pro), ("against", &pair.contra)] {
                if !reasons.is_empty() {
                    look.lines("  ", &visible(&format!("{word:>7}  {}", reasons.join("; "))), out)?;
                }
            }
        }
        Ok(())
    }

    fn rows(&self) -> impl Iterator<Item: Row> {
        self.pairs.iter().map(pair_row)
    }

    fn table(&self) -> Table<'_> {
        let columns = "one one_role one_quotes other other_role other_quotes standing likeness for against";
        let row = |Pair { one, other, standing, likeness, pro, contra, likely: _ }: &Pair| {
            cells([
                &one.name,
                &cell(one.role.as_ref()),
                &one.n_quotes,
                &other.name,
                &cell(other.role.as_ref()),
                &other.n_quotes,
                &standing.name(),
                likeness,
                &pro.join("; "),
                &contra.join("; "),
            ])
        };
        Table::new(columns.split(' '), self.pairs.iter().map(row))
    }

    fn markdown(&self, out: &mut dyn Write) -> io::Result<()> {
        let row = |Pair { one, other, standing, likeness, pro, contra, likely: _ }: &Pair| {
            let standing = format!("{}: {likeness}", standing.name());
            let cells = [described(one), described(other), standing, pro.join("; "), contra.join("; ")];
            cells.map(|it| escaped(&it))
        };
        let columns = ["one", "other", "standing", "for", "against"];
        markdown::table(&columns, 0..0, self.pairs.iter().map(row), out)
    }
}
