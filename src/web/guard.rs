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
    /// The names and addresses that it is reached by, without the port, in lower case.
    hosts: Vec<String>,
    /// The port it listens on.
    port: u16,
    /// What whoever asks must know; `None` lets in everybody on this machine.
    token: Option<Token>,
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
    /// Lets in who asks for one of these hosts at this port and knows the token. The first host is
    /// the one that the server calls itself.
    pub(super) fn new(hosts: Vec<String>, port: u16, token: Option<Token>) -> Guard {
        let hosts = hosts.into_iter().map(|it| it.to_ascii_lowercase()).collect();
        Guard { hosts, port, token }
    }

    /// The token, if one is asked for.
    pub(super) fn token(&self) -> Option<&Token> {
        self.token.as_ref()
    }

    /// The cookie's name: cookies do not know ports, and two servers on one machine would take each
    /// other's.
    pub(super) fn cookie_name(&self) -> String {
        format!("morgue_{}", self.port)
    }

    /// The name of the cookie that keeps whether single keys do something.
    pub(super) fn keys_cookie_name(&self) -> String {
        format!("morgue_keys_{}", self.port)
    }

    /// The origin of its pages.
    pub(super) fn origin(&self) -> String {
        origin_of(self.hosts.first().map_or("127.0.0.1", String::as_str), self.port)
    }

    /// Whether a request may be answered.
    pub(super) fn judge(&self, method: &Method, uri: &Uri, headers: &HeaderMap) -> Result<Passed, Problem> {
        self.judge_host(uri, headers)?;
        self.judge_origin(method, headers)?;
        self.judge_token(method, uri, headers)
    }

    /// Exactly one `Host`, of our names and with our port, in the address too where it has one. In
    /// a rebinding attack a browser takes the request for one of the same origin; only this tells.
    fn judge_host(&self, uri: &Uri, headers: &HeaderMap) -> Result<(), Problem> {
        let by_uri = uri.authority().is_none_or(|it| self.is_ours(it.as_str()));
        let by_scheme = uri.scheme_str().is_none_or(|it| it == "http");
        if by_uri && by_scheme && only(headers, "host").is_some_and(|it| self.is_ours(it)) {
            return Ok(());
        }
        Err(Problem::new(ProblemKind::WrongHost, "this server answers to its own address only"))
    }

    /// Whether a host, with its port unless that is 80, is this server.
    fn is_ours(&self, host: &str) -> bool {
        let is_name = |name: &str| self.hosts.iter().any(|it| it.eq_ignore_ascii_case(name));
        let port = self.port.to_string();
        match host.rsplit_once(':') {
            Some((name, asked)) if asked == port => is_name(name),
            _ => self.port == 80 && is_name(host),
        }
    }

    fn judge_origin(&self, method: &Method, headers: &HeaderMap) -> Result<(), Problem> {
        let is_safe = matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS);
        let origin = headers.contains_key(header::ORIGIN).then(|| only(headers, "origin").unwrap_or("?"));
        let is_ours = |origin: &str| self.hosts.iter().any(|it| origin_of(it, self.port) == origin);
        let is_followed = only(headers, "sec-fetch-mode") == Some("navigate")
            && only(headers, "sec-fetch-dest") == Some("document");
        let site =
            headers.contains_key("sec-fetch-site").then(|| only(headers, "sec-fetch-site").unwrap_or("?"));
        let passes = match site {
            // Our forms have the origin `null` where no referrer is sent; another origin cannot be.
            Some("same-origin" | "none") => origin.is_none_or(|it| it == "null" || is_ours(it)),
            // A link on another page leads here: the reader follows it and sees the page.
            Some("cross-site" | "same-site") => is_safe && is_followed,
            Some(_) => false,
            // No browser, or one that tells only the origin.
            None => match origin {
                Some(origin) => is_ours(origin),
                None => is_safe || self.token.is_none() || self.has_bearer(headers),
            },
        };
        let refused =
            || Problem::new(ProblemKind::CrossOrigin, "pages of other sites cannot ask this server");
        passes.then_some(()).ok_or_else(refused)
    }

    fn judge_token(&self, method: &Method, uri: &Uri, headers: &HeaderMap) -> Result<Passed, Problem> {
        let Some(token) = &self.token else { return Ok(Passed::Welcome) };
        // First: who has the cookie already may open the printed address again.
        let in_address = matches!(*method, Method::GET | Method::HEAD)
            && form_urlencoded::parse(uri.query().unwrap_or_default().as_bytes())
                .any(|it| it.0 == "token" && token.is(&it.1));
        if in_address {
            return Ok(Passed::BringsToken);
        }
        let name = self.cookie_name();
        // Another server of this machine can set cookies of that name: any that is right will do.
        if self.has_bearer(headers) || cookies(headers).any(|it| it.0 == name && token.is(it.1)) {
            return Ok(Passed::Welcome);
        }
        Err(Problem::new(
            ProblemKind::Unauthorized,
            "open the address that `morgue serve` printed, with its token; programs send it as \
             `Authorization: Bearer`",
        ))
    }

    /// Whether the token is in the header that no page of another site can send.
    fn has_bearer(&self, headers: &HeaderMap) -> bool {
        let given = only(headers, "authorization").and_then(|it| it.split_once(' '));
        let is_right = |it: &str| self.token.as_ref().is_some_and(|token| token.is(it));
        given.is_some_and(|(scheme, it)| scheme.eq_ignore_ascii_case("bearer") && is_right(it.trim()))
    }
}

/// The cookies of a request.
pub(super) fn cookies(headers: &HeaderMap) -> impl Iterator<Item = (&str, &str)> {
    let all = headers.get_all(header::COOKIE).iter().filter_map(|it| it.to_str().ok());
    all.flat_map(|it| it.split(';')).filter_map(|it| it.trim().split_once('='))
}

/// The origin of a host: browsers leave out the port of the scheme.
fn origin_of(host: &str, port: u16) -> String {
    if port == 80 { format!("http://{host}") } else { format!("http://{host}:{port}") }
}

/// The value of a header that is given once.
fn only<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let mut values = headers.get_all(name).iter();
    let first = values.next()?;
    if values.next().is_some() {
        return None;
    }
    first.to_str().ok()
}
