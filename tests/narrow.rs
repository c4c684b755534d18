//! What a page makes of a query: chips that say what each clause did, and text that narrows it to
//! what a facet counted.

use jiff::civil::{Date, date};
use morgue::{
    archive::Archive,
    query::{Condition, Dialect, Facet, narrowed, narrowed_to_speaker},
    search::{Chip, CountsRequest, CountsResults, FacetCount, TypedQuery},
};

use crate::support::Newsroom;

const TODAY: Date = date(2026, 3, 1);

fn archive(newsroom: &Newsroom) -> Archive {
    let folder = newsroom.path("");
    Archive::find(&folder, Some(&folder), None).unwrap()
}

fn typed(text: &str) -> TypedQuery {
    TypedQuery { text: text.to_owned(), ..TypedQuery::default() }
}

/// All values of these fields that a query finds.
fn counts(archive: &Archive, query: &str, facets: &[Facet]) -> CountsResults {
    let request = CountsRequest { facets: facets.to_vec(), ..CountsRequest::default() };
    archive.counts(&typed(query), &request, TODAY).unwrap()
}

/// The query that a click on a value leads to.
fn clicked(query: &str, facet: Facet, count: &FacetCount, exclude: bool) -> Option<String> {
    let condition = Condition { field: facet, value: count.value.clone(), exclude };
    match facet {
        Facet::Speaker => narrowed_to_speaker(query, Dialect::Morgue, &count.written, exclude).ok(),
        _ => narrowed(query, Dialect::Morgue, &condition).ok(),
    }
}

#[test]
fn a_click_on_a_value_finds_what_the_facet_counted() {
    let newsroom = Newsroom::sample().ingested();
    let archive = archive(&newsroom);
    let (mut exact, mut by_name) = (0, [0, 0]);
    for query in ["", "dam", "flood OR siren", "said:dam", "dam since:2015", "-dam"] {
        let all = counts(&archive, query, Facet::ALL);
        for (table, count) in all.tables.iter().flat_map(|it| it.counts.iter().map(move |n| (it, n))) {
            let Some(text) = clicked(query, table.facet, count, false) else {
                // What has no value, or is known too little to be of a month or a day.
                let unasked =
                    count.value.as_deref().is_none_or(|it| it.len() < 10 && table.facet.is_of_time());
                assert!(unasked, "{} {:?}", table.facet, count.value);
                continue;
            };
            let found = counts(&archive, &text, &[]);
            // Words in different passages of an article have no quote or kind in common.
            let of_passages = matches!(table.facet, Facet::Kind | Facet::Speaker);
            let expected = (if of_passages { found.articles } else { count.articles }, count.passages);
            let found = (found.articles, found.passages);
            if table.facet == Facet::Speaker {
                by_name[usize::from(found == expected)] += 1;
                continue;
            }
            assert_eq!(found, expected, "{text}");
            exact += 1;
            if table.facet != Facet::Kind {
                let rest = clicked(query, table.facet, count, true).unwrap();
                let rest = counts(&archive, &rest, &[]);
                assert_eq!(rest.passages + count.passages, all.passages, "not {text}");
            }
        }
    }
    // A person is counted under all names, in each article under theirs; a click asks for full
    // names.
    assert!(exact > 500 && by_name[1] > 4 * by_name[0], "{exact} {by_name:?}");
}

#[test]
fn names_of_papers_that_look_like_a_query_are_found_by_their_facet() {
    let names =
        ["The \"Real\" Herald", "News (East)", "50% Off", "a\\b", "Herald~2", "NOT", "-Post", "*Star*"];
    let newsroom = names.iter().enumerate().fold(Newsroom::new(), |newsroom, (n, name)| {
        let name = serde_json::to_string(name).unwrap();
        let text = format!("{{\"headline\": \"Dam {n}\", \"source\": {name}, \"text\": \"The dam leaks.\"}}");
        newsroom.article(&format!("{n}.json"), text)
    });
    let newsroom = newsroom.ingested();
    let archive = archive(&newsroom);
    let all = counts(&archive, "dam", &[Facet::Source]);
    assert_eq!(all.tables[0].counts.len(), names.len());
    for count in &all.tables[0].counts {
        let condition = Condition { field: Facet::Source, value: count.value.clone(), exclude: false };
        let text = narrowed("dam", Dialect::Morgue, &condition).unwrap();
        assert_eq!(counts(&archive, &text, &[]).articles, 1, "{text}");
    }
}

/// The chips of a query, a line each.
fn lines(chips: &[Chip]) -> Vec<String> {
    chips
        .iter()
        .map(|it| format!("{} | {} | {}", it.text, it.note, it.without).trim_end().to_owned())
        .collect()
}

#[test]
fn a_chip_says_what_its_clause_did() {
    let newsroom = Newsroom::sample().ingested();
    let archive = archive(&newsroom);
    let chips = |text: &str| lines(&archive.chips(&typed(text), TODAY).unwrap()).join("\n");
    insta::assert_snapshot!(chips("siren since:2012 -source:\"The Lobby Door\""), @r#"
    siren | siren, sirens · 16 | since:2012 -source:"The Lobby Door"
    since:2012 | 1 January 2012 on | siren -source:"The Lobby Door"
    -source:"The Lobby Door" | not in it | siren since:2012
    "#);
    insta::assert_snapshot!(chips("silent \"flood siren\" sir* date:2018-05 -flood -date:2013"), @r#"
    silent | silent · 2 | "flood siren" sir* date:2018-05 -flood -date:2013
    "flood siren" | in no passage | silent sir* date:2018-05 -flood -date:2013
    sir* | sirens, siren, sir · 19 | silent "flood siren" date:2018-05 -flood -date:2013
    date:2018-05 | May 2018 | silent "flood siren" sir* -flood -date:2013
    -flood | not in it | silent "flood siren" sir* date:2018-05 -date:2013
    -date:2013 | not 2013 | silent "flood siren" sir* date:2018-05 -flood
    "#);
    insta::assert_snapshot!(chips("speaker:kolvane role:minister source:courier said:dam kind:indirect"), @r#"
    speaker:kolvane | Maren Kolvane · 51 quotes, Desmond Kolvane · 10 quotes, M. E. Kolvane · 1 quote | role:minister source:courier said:dam kind:indirect
    role:minister | Prime Minister · 17 quotes, Home Minister · 15 quotes, home minister · 11 quotes, prime minister · 7 quotes and 11 more | speaker:kolvane source:courier said:dam kind:indirect
    source:courier | Harbour Courier | speaker:kolvane role:minister said:dam kind:indirect
    said:dam | dam, dams · 11 | speaker:kolvane role:minister source:courier kind:indirect
    kind:indirect | with an indirect quote | speaker:kolvane role:minister source:courier said:dam
    "#);
    insta::assert_snapshot!(chips("(dam OR weir) siren w/9 flood dam pre/2 siren flood w/s dam atleast2(dam)"), @r#"
    (dam OR weir) | dam, dams · 35 or weir · 1 | siren w/9 flood dam pre/2 siren flood w/s dam atleast2(dam)
    siren w/9 flood | within 9 words: in no passage | (dam OR weir) dam pre/2 siren flood w/s dam atleast2(dam)
    dam pre/2 siren | within 2 words, in this order: in no passage | (dam OR weir) siren w/9 flood flood w/s dam atleast2(dam)
    flood w/s dam | in one sentence | (dam OR weir) siren w/9 flood dam pre/2 siren atleast2(dam)
    atleast2(dam) | at least 2 times: in no passage | (dam OR weir) siren w/9 flood dam pre/2 siren flood w/s dam
    "#);
    insta::assert_snapshot!(chips("lang:es kind:caption zzzz speaker:zzzz source:zzzz words:>800 added:7d"), @r#"
    lang:es | the article is in `es` | kind:caption zzzz speaker:zzzz source:zzzz words:>800 added:7d
    kind:caption | the passage is a caption | lang:es zzzz speaker:zzzz source:zzzz words:>800 added:7d
    zzzz | in no passage | lang:es kind:caption speaker:zzzz source:zzzz words:>800 added:7d
    speaker:zzzz | nobody quoted has such a name | lang:es kind:caption zzzz source:zzzz words:>800 added:7d
    source:zzzz | no such source | lang:es kind:caption zzzz speaker:zzzz words:>800 added:7d
    words:>800 | the article has 801 words or more | lang:es kind:caption zzzz speaker:zzzz source:zzzz added:7d
    added:7d | new in the archive: 22 February 2026 on | lang:es kind:caption zzzz speaker:zzzz source:zzzz words:>800
    "#);
    assert_eq!(
        chips("dam OR (weir siren) OR date:2016,2018-05"),
        "dam OR (weir siren) OR date:(2016 OR 2018-05) | dam, dams · 35 or (weir · 1 and siren, sirens · 16) \
         or 2016 or May 2018 |"
    );
    insta::assert_snapshot!(chips("speaker:(kolvane OR rusk) lead:dam dam-break villages"), @r#"
    speaker:(kolvane OR rusk) | Maren Kolvane · 51 quotes, Desmond Kolvane · 10 quotes, M. E. Kolvane · 1 quote | lead:dam dam-break villages
    lead:dam | `dam` in any form in the headline or the first two paragraphs of the article | speaker:(kolvane OR rusk) dam-break villages
    dam-break | in no passage | speaker:(kolvane OR rusk) lead:dam villages
    villages | villages, village · 9 | speaker:(kolvane OR rusk) lead:dam dam-break
    "#);
    assert!(chips("").is_empty());
    assert!(archive.chips(&typed("(dam"), TODAY).is_err());
    let pasted = TypedQuery { dialect: Dialect::Lexis, ..typed("siren! w/5 dam") };
    assert_eq!(
        lines(&archive.chips(&pasted, TODAY).unwrap()),
        ["siren* w/5 dam | within 5 words: in no passage |"]
    );
    let many = archive.chips(&typed(&"dam ".repeat(400)), TODAY).unwrap();
    assert_eq!(many.len(), morgue::search::CHIPS_MAX);
}
