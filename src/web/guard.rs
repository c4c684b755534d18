//! Who may ask: the checks of every request, in their order, before anything else is done with it.
//!
//! A page of another site that is open in the same browser can send requests to this server, and,
//! with a name of its own that leads to this machine (DNS rebinding), even read what comes back. So
//! the host is looked at first, then where the request comes from, then the token, which other
//! users and programs of the machine do not have.

use axum::http::{HeaderMap, Method, Uri, header};

use super::problem::{Problem, ProblemKind};

/// What this server calls itself, and whom it lets in.
#[derive(Clone, Debug)]
pub(super) struct Guard {
    /// The names and addresses that it is reached by, without the port.
    pub(super) hosts: Vec<String>,
    /// The port it listens on.
    pub(super) port: u16,
    /// What whoever asks must know; `None` lets in everybody on this machine.
    pub(super) token: Option<Token>,
}

/// 128 bits that nobody can guess, as 32 hexadecimal digits.
#[derive(Clone, Debug)]
pub(super) struct Token(String);

impl Token {
    /// A new one.
    pub(super) fn new() -> Result<Token, getrandom::Error> {
        let mut bytes = [0; 16];
        getrandom::fill(&mut bytes)?;
        Ok(Token(bytes.iter().map(|it| format!("{it:02x}")).collect()))
    }

    /// As an address has it.
    pub(super) fn text(&self) -> &str {
        &self.0
    }

    /// Whether it is this, without telling by the time it takes how much of it is right.
    fn is(&self, other: &str) -> bool {
        let differ = self.0.bytes().zip(other.bytes()).fold(0, |all, (a, b)| all | (a ^ b));
        other.len() == self.0.len() && differ == 0
    }
}

/// What a request is, once it may be answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Passed {
    /// It may be answered.
    Welcome,
    /// It brings the token in its address: the cookie is set, and the address is left without it.
    BringsToken,
}

impl Guard {
    /// The cookie's name: cookies do not know ports, and two servers on one machine would take each
    /// other's.
    pub(super) fn cookie_name(&self) -> String {
        format!("morgue_{}", self.port)
    }

    /// The origin of its pages.
    pub(super) fn origin(&self) -> String {
        format!("http://{}:{}", self.hosts.first().map_or("127.0.0.1", String::as_str), self.port)
    }

    /// Whether a request may be answered.
    pub(super) fn judge(&self, method: &Method, uri: &Uri, headers: &HeaderMap) -> Result<Passed, Problem> {
        self.judge_host(uri, headers)?;
        self.judge_origin(method, headers)?;
        self.judge_token(uri, headers)
    }

    fn judge_host(&self, uri: &Uri, headers: &HeaderMap) -> Result<(), Problem> {
        let mut hosts = headers.get_all(header::HOST).iter();
        let host = hosts.next().and_then(|it| it.to_str().ok());
        let is_ours = |host: &str| {
            let (name, port) = match host.rsplit_once(':') {
                Some((name, port)) if !port.ends_with(']') => (name, port.parse().ok()),
                _ => (host, Some(80)),
            };
            port == Some(self.port) && self.hosts.iter().any(|it| it.eq_ignore_ascii_case(name))
        };
        let by_uri = uri.authority().is_none_or(|it| is_ours(it.as_str()));
        if host.is_some_and(is_ours) && hosts.next().is_none() && by_uri {
            return Ok(());
        }
        Err(Problem::new(ProblemKind::WrongHost, "this server answers to its own address only"))
    }

    fn judge_origin(&self, method: &Method, headers: &HeaderMap) -> Result<(), Problem> {
        let of = |name: &str| headers.get(name).map(|it| it.to_str().unwrap_or("?"));
        let is_safe = matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS);
        let site = of("sec-fetch-site");
        let is_ours = self.hosts.iter().map(|it| format!("http://{it}:{}", self.port));
        let by_origin = of("origin").map(|origin| is_ours.into_iter().any(|it| it == origin));
        let passes = match (site, is_safe) {
            (Some("same-origin" | "none"), _) => by_origin != Some(false),
            // A link on another page leads here: the reader follows it and sees the page.
            (Some(_), true) => {
                of("sec-fetch-mode") == Some("navigate") && of("sec-fetch-dest") == Some("document")
            }
            (Some(_), false) => false,
            (None, true) => by_origin != Some(false),
            (None, false) => by_origin.unwrap_or_else(|| headers.contains_key(header::AUTHORIZATION)),
        };
        let refused =
            || Problem::new(ProblemKind::CrossOrigin, "pages of other sites cannot ask this server");
        passes.then_some(()).ok_or_else(refused)
    }

    fn judge_token(&self, uri: &Uri, headers: &HeaderMap) -> Result<Passed, Problem> {
        let Some(token) = &self.token else { return Ok(Passed::Welcome) };
        let bearer = headers.get(header::AUTHORIZATION).and_then(|it| it.to_str().ok());
        let bearer = bearer.and_then(|it| it.strip_prefix("Bearer "));
        if bearer.is_some_and(|it| token.is(it.trim())) {
            return Ok(Passed::Welcome);
        }
        let name = self.cookie_name();
        let cookies = headers.get_all(header::COOKIE).iter().filter_map(|it| it.to_str().ok());
        let mut cookies = cookies.flat_map(|it| it.split(';')).filter_map(|it| it.trim().split_once('='));
        if cookies.any(|it| it.0 == name && token.is(it.1)) {
            return Ok(Passed::Welcome);
        }
        let in_address = form_urlencoded::parse(uri.query().unwrap_or_default().as_bytes())
            .any(|it| it.0 == "token" && token.is(&it.1));
        if in_address {
            return Ok(Passed::BringsToken);
        }
        Err(Problem::new(
            ProblemKind::Unauthorized,
            "open the address that `morgue serve` printed, with its token; programs send it as \
             `Authorization: Bearer`",
        ))
    }
}
