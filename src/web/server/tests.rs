use std::sync::{
    Mutex,
    atomic::{AtomicBool, Ordering},
    mpsc,
};

use tower::ServiceExt as _;

use super::*;

fn server(open: impl Fn() -> Result<Archive> + Send + Sync + 'static, limits: PoolLimits) -> Router {
    let here = Here {
        origin: "http://127.0.0.1:80".to_owned(),
        read_only: false,
        is_open: true,
        keys_cookie: "morgue_keys_80".to_owned(),
        taken_off: Arc::default(),
    };
    app(Arc::new(Server {
        library: Library::new(Box::new(open)),
        pool: Pool::new(limits),
        forms: Pool::new(limits),
        streams: Streams::new(StreamLimits::default()),
        guard: Guard::new(vec!["127.0.0.1".to_owned()], 80, None),
        here: Arc::new(here),
        referrers: "no-referrer",
    }))
}

fn run<T>(test: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().expect("threads");
    runtime.block_on(test)
}

/// The status of the search page, and what it says.
async fn ask(app: &Router) -> (u16, String) {
    let request = Request::get("/search?q=ferry").header(header::HOST, "127.0.0.1");
    let request = request.body(HttpBody::empty()).expect("a request");
    let response = app.clone().oneshot(request).await.expect("an answer");
    assert!(response.headers().contains_key(header::CONTENT_SECURITY_POLICY), "{response:?}");
    let status = response.status().as_u16();
    let body = to_bytes(response.into_body(), usize::MAX).await.expect("a body");
    (status, String::from_utf8_lossy(&body).into_owned())
}

#[test]
fn a_panic_is_a_page_that_says_what_to_do_and_the_next_question_is_answered() {
    run(async {
        let panics = AtomicBool::new(true);
        let app = server(
            move || {
                assert!(!panics.swap(false, Ordering::AcqRel), "the siren fell silent");
                anyhow::bail!("no archive <here>")
            },
            PoolLimits::default(),
        );
        let (status, page) = ask(&app).await;
        assert_eq!(status, 500, "{page}");
        assert!(page.contains("the siren fell silent") && page.contains("`morgue check`"), "{page}");
        let (status, page) = ask(&app).await;
        assert_eq!(status, 503, "{page}");
        assert!(page.contains("no archive &lt;here&gt;"), "{page}");
    });
}

#[test]
fn a_question_that_takes_too_long_is_a_page_that_says_so() {
    run(async {
        let (go, gone) = mpsc::channel::<()>();
        let gone = Mutex::new(gone);
        let limits = PoolLimits { time_max: Duration::from_millis(10), ..PoolLimits::default() };
        let app = server(
            move || {
                let _ = gone.lock().map(|it| it.recv());
                anyhow::bail!("no archive")
            },
            limits,
        );
        let (status, page) = ask(&app).await;
        assert_eq!(status, 422, "{page}");
        assert!(page.contains("it took longer than 0.01 seconds"), "{page}");
        drop(go);
    });
}

#[test]
fn a_form_is_taken_whole_or_refused() {
    let ended = |text: &str| HttpBody::from(text.to_owned());
    let pieces = |pieces: Vec<io::Result<&'static str>>| HttpBody::from_stream(tokio_stream::iter(pieces));
    let large = "a".repeat(BODY_BYTES_MAX + 1);
    let long = Duration::from_secs(600);
    let none = Duration::ZERO;
    for (why, body, length, time_max, expected) in [
        ("a form", ended("q=ferry"), None, long, Ok("q=ferry")),
        ("in pieces", pieces(vec![Ok("q="), Ok("ferry")]), None, long, Ok("q=ferry")),
        ("too large", ended(&large), None, long, Err(ProblemKind::ContentTooLarge)),
        ("says so", ended(""), Some("1048577"), long, Err(ProblemKind::ContentTooLarge)),
        (
            "cut off",
            pieces(vec![Ok("q="), Err(io::Error::other("gone"))]),
            None,
            long,
            Err(ProblemKind::BadParameter),
        ),
        (
            "never comes",
            HttpBody::from_stream(tokio_stream::pending::<io::Result<&'static str>>()),
            None,
            none,
            Err(ProblemKind::TooSlow),
        ),
    ] {
        let mut headers = HeaderMap::new();
        headers
            .insert(header::CONTENT_TYPE, HeaderValue::from_static("application/x-www-form-urlencoded; a=b"));
        if let Some(length) = length {
            headers.insert(header::CONTENT_LENGTH, HeaderValue::from_static(length));
        }
        let taken = run(whole_body(&headers, body, time_max));
        let taken = taken.map(|it| String::from_utf8_lossy(&it).into_owned()).map_err(|it| it.kind);
        assert_eq!(taken, expected.map(str::to_owned), "{why}");
    }
    for kind in ["", "application/json", "multipart/form-data", "text/plain"] {
        let mut headers = HeaderMap::new();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
        let refused = run(whole_body(&headers, ended("q=a"), long)).map_err(|it| it.kind);
        assert_eq!(refused, Err(ProblemKind::UnsupportedMediaType), "{kind}");
    }
}
