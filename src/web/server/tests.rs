use std::{
    sync::{
        Mutex,
        atomic::{AtomicBool, Ordering},
        mpsc,
    },
    time::Duration,
};

use anyhow::Result;
use axum::body::{Body as HttpBody, to_bytes};
use tower::ServiceExt as _;

use super::*;
use crate::{
    archive::Archive,
    web::{pool::PoolLimits, streams::StreamLimits},
};

fn server(open: impl Fn() -> Result<Archive> + Send + Sync + 'static, limits: PoolLimits) -> Router {
    let here = Here {
        origin: "http://127.0.0.1:80".to_owned(),
        read_only: false,
        is_open: true,
        keys_cookie: "morgue_keys_80".to_owned(),
        taken_off: Arc::default(),
        lists: Arc::default(),
    };
    app(Arc::new(Server {
        library: Library::new(Box::new(open)),
        pool: Pool::new(limits),
        forms: Pool::new(limits),
        streams: Streams::new(StreamLimits::default()),
        guard: Guard::new(vec!["127.0.0.1".to_owned()], 80, None),
        here: Arc::new(here),
        description: OnceLock::new(),
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
