//! What goes wrong around a server: requests that break off, an archive that changes or breaks
//! under it, ports in use, the end.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    io::{Read as _, Seek as _, SeekFrom, Write as _},
    net::{Shutdown, TcpStream},
    sync::atomic::{AtomicBool, Ordering},
    time::{Duration, Instant},
};

use crate::{
    support::{Newsroom, run_in},
    web::Server,
};

const FERRY: &str = "Ferry back\n\nThe ferry is back in service since noon, the harbor master said.\n";
const SIREN: &str = "Sirens silent\n\nThe sirens stayed silent all night, the fire chief said.\n";
const ASKED: &str = "/search?q=ferry";

fn newsroom() -> Newsroom {
    Newsroom::new().article("a.txt", FERRY).ingested()
}

fn request(server: &Server, more: &str) -> String {
    let Server { port, token, .. } = server;
    format!("GET {ASKED} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAuthorization: Bearer {token}\r\n{more}\r\n")
}

fn connect(server: &Server) -> TcpStream {
    TcpStream::connect(("127.0.0.1", server.port)).expect("a connection")
}

#[test]
fn a_request_that_breaks_off_anywhere_is_not_answered_and_the_next_is() {
    let newsroom = newsroom();
    let server = Server::start(&newsroom, &[]);
    let whole = request(&server, &format!("Connection: close\r\nX-Long: {}\r\n", "x".repeat(400)));
    for n in (0..whole.len()).step_by(40) {
        let mut stream = connect(&server);
        stream.write_all(&whole.as_bytes()[..n]).expect("written");
        stream.shutdown(Shutdown::Write).expect("the end of it");
        let mut answer = String::new();
        let _ = stream.read_to_string(&mut answer);
        assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 400 "), "cut at {n}: {answer}");
    }
    let form = "q=a".repeat(100);
    let head = request(
        &server,
        &format!("Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n", form.len()),
    );
    for n in (0..form.len()).step_by(40) {
        let mut stream = connect(&server);
        let cut = format!("{}{}", head.replacen("GET", "POST", 1), &form[..n]);
        stream.write_all(cut.as_bytes()).expect("written");
        drop(stream);
    }
    assert_eq!(server.send(whole.as_bytes()).status, 200);
}

#[test]
fn what_is_no_request_is_refused() {
    let newsroom = newsroom();
    let server = Server::start(&newsroom, &[]);
    let Server { port, token, .. } = &server;
    let ours = format!("Host: 127.0.0.1:{port}\r\nAuthorization: Bearer {token}\r\nConnection: close\r\n");
    for (why, bytes) in [
        ("no HTTP", "hello\r\n\r\n".to_owned()),
        ("another protocol", "\u{16}\u{3}\u{1}\u{2}".repeat(20) + "\r\n\r\n"),
        ("no version", format!("GET {ASKED}\r\n{ours}\r\n")),
        ("a version to come", format!("GET {ASKED} HTTP/3.0\r\n{ours}\r\n")),
        ("a space in the address", format!("GET /search?q=a b HTTP/1.1\r\n{ours}\r\n")),
        ("an end of a string in a value", format!("GET {ASKED} HTTP/1.1\r\n{ours}X: a\0b\r\n\r\n")),
        ("a header without a name", format!("GET {ASKED} HTTP/1.1\r\n{ours}: b\r\n\r\n")),
        ("a space before the colon", format!("GET {ASKED} HTTP/1.1\r\n{ours}X : b\r\n\r\n")),
        (
            "two lengths",
            format!("POST {ASKED} HTTP/1.1\r\n{ours}Content-Length: 1\r\nContent-Length: 2\r\n\r\nab"),
        ),
        ("a length that is no number", format!("POST {ASKED} HTTP/1.1\r\n{ours}Content-Length: +1\r\n\r\na")),
        ("300 headers", format!("GET {ASKED} HTTP/1.1\r\n{ours}{}\r\n", "X: y\r\n".repeat(300))),
    ] {
        let answer = server.send(bytes.as_bytes());
        assert!((400..500).contains(&answer.status), "{why}: {}", answer.status);
    }
    assert_eq!(server.get(ASKED).status, 200);
}

#[test]
fn requests_that_come_at_once_are_answered_in_order() {
    let newsroom = newsroom();
    let server = Server::start(&newsroom, &[]);
    let none = request(&server, "Connection: close\r\n").replace(ASKED, "/none");
    let mut stream = connect(&server);
    stream.write_all(format!("{0}{0}{none}", request(&server, "")).as_bytes()).expect("written");
    let mut answers = String::new();
    stream.read_to_string(&mut answers).expect("answers");
    let statuses: Vec<&str> = answers.split("HTTP/1.1 ").skip(1).map(|it| &it[..3]).collect();
    assert_eq!(statuses, ["200", "200", "404"]);
}

#[test]
fn who_only_holds_connections_keeps_nobody_out() {
    let newsroom = newsroom();
    let server = Server::start(&newsroom, &[]);
    let half = &request(&server, "")[..40];
    let mut idle = Vec::new();
    for n in 0..300 {
        let mut stream = connect(&server);
        if n % 2 == 0 {
            let _ = stream.write_all(half.as_bytes());
        }
        idle.push(stream);
    }
    assert_eq!(server.get(ASKED).status, 200);
}

#[test]
fn an_index_that_is_gone_damaged_or_rebuilt_is_told_of_and_works_again_once_it_is_mended() {
    let newsroom = newsroom();
    let server = Server::start(&newsroom, &[]);
    let meta = newsroom.path("index/meta.json");
    let good = fs::read(&meta).expect("an index");
    let before = server.get(ASKED).expect(200).header("etag").to_owned();
    let break_off = good[..good.len() / 2].to_vec();
    let other_format = String::from_utf8_lossy(&good).replace("format", "farmat").into_bytes();
    for (why, content, said) in [
        ("cut off", break_off, "`morgue ingest --rebuild`"),
        ("empty", Vec::new(), "`morgue ingest --rebuild`"),
        ("of no format", other_format, "morgue"),
    ] {
        fs::write(&meta, content).expect("written");
        for path in [ASKED, "/search.json?q=ferry"] {
            let answer = server.get(path).expect(503);
            assert!(answer.text().contains(said), "{why}: {}", answer.text());
        }
        fs::write(&meta, &good).expect("written");
        server.get(ASKED).expect(200);
    }
    fs::rename(newsroom.path("index"), newsroom.path("away")).expect("moved");
    let problem = server.get("/search.json?q=ferry").expect(503).json();
    assert_eq!(problem["type"], "/problems/no-index");
    assert!(problem["detail"].as_str().is_some_and(|it| it.contains("`morgue ingest`")), "{problem}");
    newsroom.run(["ingest"]).expect_status(0);
    server.get(ASKED).expect(200);
    newsroom.run(["ingest", "--rebuild"]).expect_status(0);
    assert_ne!(server.get(ASKED).expect(200).header("etag"), before);
}

#[test]
fn a_byte_that_changed_in_any_file_of_the_index_ends_no_server() {
    let newsroom = newsroom();
    let mut server = Server::start(&newsroom, &[]);
    let files: Vec<_> = fs::read_dir(newsroom.path("index"))
        .expect("an index")
        .map(|it| it.expect("a file").path())
        .collect();
    assert!(files.len() > 5, "{files:?}");
    for path in files {
        let Ok(mut file) = fs::File::options().read(true).write(true).open(&path) else { continue };
        for part in 1..4 {
            let at = file.metadata().expect("it is there").len() * part / 4;
            let mut byte = [0];
            file.seek(SeekFrom::Start(at)).expect("a place");
            if file.read(&mut byte).expect("readable") == 0 {
                continue;
            }
            let mut put = |byte: u8| {
                file.seek(SeekFrom::Start(at)).expect("a place");
                file.write_all(&[byte]).expect("writable");
            };
            put(byte[0] ^ 0x55);
            for asked in [ASKED, "/search.json?q=noon+harbor&sort=newest"] {
                let answer = server.get(asked);
                let why = || format!("{} at {at}: {}", path.display(), answer.text());
                assert!([200, 400, 500, 503].contains(&answer.status), "{} {}", answer.status, why());
                if answer.status >= 500 {
                    assert!(answer.text().contains("`morgue "), "says what to do: {}", why());
                }
            }
            put(byte[0]);
        }
    }
    assert!(server.is_alive());
    newsroom.run(["ingest", "--rebuild"]).expect_status(0);
    server.get(ASKED).expect(200);
}

#[test]
fn what_is_ingested_meanwhile_is_on_the_next_page() {
    let newsroom = newsroom();
    let servers = [&[][..], &["--read-only"]].map(|it| Server::start(&newsroom, it));
    let versions = || servers.each_ref().map(|it| it.get(ASKED).expect(200).header("etag").to_owned());
    let has =
        |headline: &str| servers.iter().all(|it| it.get("/search?q=noon+OR+night").text().contains(headline));
    let before = versions();
    assert!(has("Ferry back") && !has("sirens stayed silent"), "only one is there yet");
    assert_eq!(versions(), before, "nothing changed");
    assert_ne!(before[0], before[1], "pages of a server that only reads are other pages");
    newsroom.write("corpus/b.txt", SIREN);
    newsroom.run(["ingest"]).expect_status(0);
    let after = versions();
    assert!(before[0] != after[0] && before[1] != after[1], "{before:?} {after:?}");
    assert!(
        has("Ferry back") && has("sirens stayed silent"),
        "{}",
        servers[0].get("/search?q=noon+OR+night").text()
    );
}

#[test]
fn settings_that_break_are_told_of_until_they_are_mended() {
    let newsroom = newsroom();
    let server = Server::start(&newsroom, &[]);
    server.get(ASKED).expect(200);
    for broken in [&b"corpus = "[..], b"corpis = \"a\"", b"\xff\xfe\0"] {
        newsroom.write("morgue.toml", broken);
        let problem = server.get("/search.json?q=ferry").expect(503).json();
        assert_eq!(problem["type"], "/problems/archive-unreadable", "{problem}");
        assert!(problem["detail"].as_str().is_some_and(|it| it.contains("morgue.toml")), "{problem}");
        newsroom.write("morgue.toml", "");
        server.get(ASKED).expect(200);
    }
}

#[test]
fn a_port_in_use_is_said_and_no_other_is_taken() {
    let newsroom = newsroom();
    let server = Server::start(&newsroom, &[]);
    let refused = newsroom.run(["serve", "--port", &server.port.to_string()]);
    refused.expect_status(2);
    let said = format!("port {} is in use; `--port N` takes another", server.port);
    assert!(refused.stderr.contains(&said), "{}", refused.stderr);
    assert_eq!(refused.stdout, "");
    server.get(ASKED).expect(200);
}

#[test]
fn an_address_is_printed_where_there_is_no_index_yet() {
    let newsroom = Newsroom::new().article("a.txt", FERRY);
    let server = Server::start(&newsroom, &[]);
    let problem = server.get("/search.json?q=ferry").expect(503).json();
    assert_eq!(problem["type"], "/problems/no-index");
    newsroom.run(["ingest"]).expect_status(0);
    server.get(ASKED).expect(200);
    let broken = Newsroom::new().settings("corpus = ");
    let refused = run_in(&broken.path(""), ["serve", "--port", "0"], b"");
    assert!(refused.expect_status(2).stderr.contains("morgue.toml"), "{}", refused.stderr);
}

#[cfg(unix)]
#[test]
fn the_end_comes_when_it_is_asked_for_whoever_is_connected() {
    let newsroom = newsroom();
    for signal in ["TERM", "INT"] {
        let mut server = Server::start(&newsroom, &[]);
        let mut kept = connect(&server);
        kept.write_all(request(&server, "").as_bytes()).expect("written");
        kept.read_exact(&mut [0; 12]).expect("an answer");
        let mut half = connect(&server);
        half.write_all(b"GET / HT").expect("written");
        assert_eq!(server.end(signal), Some(0), "{signal}");
    }
    let mut at_once = Server::start(&newsroom, &[]);
    assert_eq!(at_once.end("TERM"), Some(0), "as soon as the address is there");
}

/// One article of the corpus at a version, which all of its words tell.
fn at_version(newsroom: &Newsroom, number: usize, version: &str) {
    let text = format!(
        "Siren {number} {version}\n\nThe siren of house {number} was {version} at noon.\n\n\
         “This siren is {version} in street {number},” said Ada Lund.\n"
    );
    newsroom.write(&format!("corpus/{number}.txt"), text);
}

const N_HOUSES: usize = 6;

/// While a corpus changes from one version to the next, again and again, no answer has two of them,
/// and no generation is said to be of two.
#[test]
fn an_answer_is_of_one_state_while_others_are_ingested() {
    const VERSIONS: [&str; 8] = ["amber", "brown", "cyan", "denim", "ebony", "fawn", "gray", "hazel"];
    let newsroom = Newsroom::new();
    (0..N_HOUSES).for_each(|it| at_version(&newsroom, it, VERSIONS[0]));
    let newsroom = newsroom.ingested();
    let server = Server::start(&newsroom, &[]);
    let is_over = AtomicBool::new(false);
    let told = |text: &str| -> BTreeSet<&str> {
        let is_told = |it: &&&str| text.contains(**it);
        VERSIONS.iter().filter(is_told).copied().collect()
    };
    let one = |asked: &str, text: &str| -> String {
        let told = told(text);
        assert_eq!(told.len(), 1, "{asked} tells of {told:?}: {text}");
        told.first().map(ToString::to_string).expect("one")
    };
    std::thread::scope(|scope| {
        let asking: Vec<_> = (0..2)
            .map(|_| {
                scope.spawn(|| {
                    let mut of_generation: BTreeMap<u64, String> = BTreeMap::new();
                    let mut last = 0;
                    while !is_over.load(Ordering::Acquire) {
                        let asked = "/search.json?q=siren&size=100&fold=0&facets=speaker";
                        let answer = server.get(asked).expect(200).json();
                        let hits = answer["hits"].as_array().expect("hits");
                        assert_eq!(hits.len(), 3 * N_HOUSES, "{answer:#}");
                        let version = one(asked, &answer.to_string());
                        let generation = answer["generation"].as_u64().expect("a generation");
                        assert!(generation >= last, "{generation} after {last}");
                        last = generation;
                        let known = of_generation.entry(generation).or_insert_with(|| version.clone());
                        assert_eq!(*known, version, "generation {generation}");
                        for path in [
                            "/search?q=siren&fold=0&size=100",
                            "/search.jsonl?q=siren&fold=0",
                            "/people/Ada%20Lund?fold=0",
                        ] {
                            one(path, &server.get(path).expect(200).text());
                        }
                    }
                    of_generation
                })
            })
            .collect();
        for version in VERSIONS {
            (0..N_HOUSES).for_each(|it| at_version(&newsroom, it, version));
            newsroom.run(["ingest", "-q"]).expect_status(0);
        }
        is_over.store(true, Ordering::Release);
        let seen: Vec<BTreeMap<u64, String>> =
            asking.into_iter().map(|it| it.join().expect("answers")).collect();
        for (generation, version) in &seen[0] {
            assert_eq!(seen[1].get(generation).unwrap_or(version), version, "generation {generation}");
        }
        assert!(seen.iter().any(|it| it.len() > 2), "the answers changed meanwhile: {seen:?}");
    });
    let last = server.get("/search?q=siren&fold=0&size=100").expect(200).text();
    assert_eq!(one("at last", &last), VERSIONS[7]);
}

#[cfg(unix)]
#[test]
fn the_end_comes_though_an_answer_is_still_being_written() {
    let newsroom = newsroom();
    // Some thousand questions, so that their answers take longer than the end may.
    let names = "names=".to_owned() + &"fer*+OR+har*+OR+noo*+OR+ser*%0A".repeat(30_000);
    for signal in ["TERM", "INT"] {
        let mut server = Server::start(&newsroom, &[]);
        let Server { port, token, .. } = &server;
        let mut stream = connect(&server);
        let head = format!(
            "POST /names HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAuthorization: Bearer {token}\r\n\
             Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n",
            names.len()
        );
        stream.write_all(&[head.as_bytes(), names.as_bytes()].concat()).expect("written");
        let mut first = [0; 1000];
        stream.read_exact(&mut first).expect("an answer");
        assert!(first.starts_with(b"HTTP/1.1 200 "), "{}", String::from_utf8_lossy(&first));
        let asked = Instant::now();
        assert_eq!(server.end(signal), Some(0), "{signal}");
        // Two and a half seconds are promised; a busy machine may take longer.
        assert!(asked.elapsed() < Duration::from_secs(30), "{signal}: {:?}", asked.elapsed());
        let mut rest = Vec::new();
        let _ = stream.read_to_end(&mut rest);
        let rest = String::from_utf8_lossy(&rest).into_owned();
        assert!(
            !rest.contains("\"end\":true"),
            "{signal}: it was cut, and says so by its end that is missing"
        );
    }
}
