//! The day that an article came into the archive: asked for, kept, and what results are ordered by.

use std::fs;

use jiff::civil::date;
use morgue::{
    archive::{Archive, UpdateOptions},
    query::Order,
    search::{SearchRequest, Selection, TypedQuery},
};

use crate::support::Newsroom;

fn ingest(newsroom: &Newsroom, today: jiff::civil::Date, rebuild: bool) {
    let folder = newsroom.path("");
    let archive = Archive::find(&folder, Some(&folder), None).unwrap();
    let options = UpdateOptions { jobs: 1, rebuild, today: Some(today), ..UpdateOptions::default() };
    archive.update(&options, &mut |_| ()).unwrap();
}

/// The paths of the articles that a query finds on the first of March, in the order asked for.
fn found(newsroom: &Newsroom, query: &str, order: Order) -> Vec<String> {
    let folder = newsroom.path("");
    let archive = Archive::find(&folder, Some(&folder), None).unwrap();
    let request = SearchRequest {
        query: TypedQuery { text: query.to_owned(), ..TypedQuery::default() },
        selection: Selection { limit: 50, order, ..Selection::default() },
        ..SearchRequest::default()
    };
    let results = archive.search(&request, date(2020, 3, 1)).unwrap();
    let mut paths: Vec<String> = results.hits.iter().map(|it| it.article.known.0.path.clone()).collect();
    paths.dedup();
    paths
}

#[test]
fn an_article_keeps_the_day_it_came_while_its_words_stay() {
    let newsroom = Newsroom::new()
        .article("a.txt", "Sluice\n\nThe sluice was opened.\n")
        .article("b.txt", "Ferry\n\nThe ferry waited for the sluice.\n")
        .article("dump.jsonl", "{\"title\": \"One\", \"text\": \"A sluice of stone.\"}\n");
    ingest(&newsroom, date(2020, 1, 5), false);
    // One is edited, one is moved, a file of several articles gets another.
    newsroom.write("corpus/a.txt", "Sluice\n\nThe sluice was opened and shut.\n");
    fs::create_dir(newsroom.path("corpus/old")).unwrap();
    fs::rename(newsroom.path("corpus/b.txt"), newsroom.path("corpus/old/b.txt")).unwrap();
    newsroom.write(
        "corpus/dump.jsonl",
        "{\"title\": \"One\", \"text\": \"A sluice of stone.\"}\n{\"title\": \"Two\", \"text\": \"A sluice of wood.\"}\n",
    );
    ingest(&newsroom, date(2020, 2, 28), false);
    let (a, b, dump) = ("corpus/a.txt", "corpus/old/b.txt", "corpus/dump.jsonl");
    let sorted = |query: &str| {
        let mut paths = found(&newsroom, query, Order::Relevance);
        paths.sort();
        paths.dedup();
        paths
    };
    assert_eq!(sorted("sluice added:2020-01"), [dump, b]);
    assert_eq!(sorted("stone added:2020-01-05"), [dump]);
    assert_eq!(sorted("sluice added:7d"), [a, dump]);
    assert_eq!(sorted("sluice added:last-7d -stone"), [a, dump]);
    assert_eq!(sorted("sluice added:..2020-02-01"), [dump, b]);
    assert_eq!(sorted("sluice -added:2020"), [""; 0]);
    // What came last stands first; of one day the order is by article.
    let newest = found(&newsroom, "opened OR waited", Order::Added);
    assert_eq!(newest, [a, b]);
    // Another index has them from another day on.
    ingest(&newsroom, date(2020, 3, 1), true);
    assert_eq!(sorted("sluice added:today"), [a, dump, b]);
}
