//! Counts are written alike wherever people read them, and bare where programs do.

use crate::support::Newsroom;

#[test]
fn thousands_have_a_comma_in_text_and_none_in_data() {
    let records = (0..1_200).map(|n| {
        format!("{{\"title\": \"Flood report {n}\", \"date\": \"2019-05-01\", \"text\": \"The weir held, “no. {n}”, Ada Lund said.\"}}\n")
    });
    let newsroom = Newsroom::new().article("reports.jsonl", records.collect::<String>());
    let ingested = newsroom.run(["ingest"]);
    assert!(ingested.stderr.contains("1,200 articles, 2,400 passages, "), "{}", ingested.stderr);
    // Whole seconds, as all of a progress bar.
    let seconds = ingested.stderr.trim_end().rsplit(" · ").next().and_then(|it| it.strip_suffix(" s"));
    assert!(seconds.is_some_and(|it| it.parse::<u64>().is_ok()), "{}", ingested.stderr);
    for (args, said) in [
        ("status", "1 file, 1,200 articles (0 undated), 2,400 passages, "),
        ("search weir", "10 of 1,200 passages"),
        ("search weir --offset 1100", "1,101 to 1,110 of 1,200 passages"),
        ("search flod", "did you mean `flood`, which 1,200 passages have?"),
        ("search weir since:2021", "none in the time asked for; 1,200 at any time"),
        ("facets year weir", "     1,200     1,200  2019"),
        ("facets year weir --format markdown", "| 2019 | 1,200 | 1,200 |"),
        ("search weir --timeline", "2019-05  1,200  "),
        ("explain weir", "weir (1,200)"),
        ("speakers", "1,200 in 1,200  Ada Lund"),
        ("speakers --format markdown", " 1,200 | 1,200 |"),
        ("quotes Lund -n 5", "5 of 1,200 quotes"),
        ("quotes Lund --export markdown", "1,200 quotes in 1,200 articles, 2019-05-01"),
        ("list new weir weir", "lists/weir.md is written: 1,200 entries"),
        ("list", "1,200  weir"),
        ("list export weir --to html", ">1,200 articles · query: weir"),
        ("check", "sound: 1,200 articles read back"),
    ] {
        let ran = newsroom.run(args.split(' '));
        let all = format!("{}{}", ran.stdout, ran.stderr);
        assert!(all.contains(said), "{args}: no `{said}` in {}", &all[..all.len().min(3000)]);
    }
    for (args, said) in [
        ("facets year weir --format csv", "year,2019,1200,1200"),
        ("facets year weir --format json", "\"articles\": 1200"),
        ("speakers --format csv", ",1200,1200,"),
        ("list --format jsonl", "\"entries\":1200"),
    ] {
        let ran = newsroom.run(args.split(' '));
        assert!(ran.found().contains(said), "{args}: {}", ran.stdout);
    }
}
