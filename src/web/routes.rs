//! Which route answers a request, and in which form.

use axum::http::Method;
use percent_encoding::percent_decode_str;

use super::{
    page,
    problem::{Problem, ProblemKind},
    reply::Form,
    route::Route,
};

/// All routes.
pub(super) fn routes() -> impl Iterator<Item = &'static Route> {
    page::ROUTES.iter().copied().flatten()
}

/// A route that fits a path, what stands in the places of its path, and the form.
pub(super) struct Match {
    pub(super) route: &'static Route,
    pub(super) path: Vec<String>,
    pub(super) form: Form,
}

/// The route of a request. `accept` is what the program that asks accepts, where it says.
pub(super) fn find(method: &Method, path: &str, accept: Option<&str>) -> Result<Match, Problem> {
    let sends = sends(method);
    let mut others: Vec<bool> = Vec::new();
    // The name of a person or a list may end like a form: the path as a whole comes first only
    // where there is no form of that end.
    for form in Form::ALL.into_iter().rev() {
        let Some(bare) = path.strip_suffix(form.extension()).filter(|it| !it.is_empty()) else { continue };
        for route in routes() {
            if form != Form::Page && !route.forms.contains(&form) {
                continue;
            }
            let Some(parts) = fits(route.path, bare) else { continue };
            if Some(route.verb.sends()) != sends {
                others.push(route.verb.sends());
                continue;
            }
            let form = if form == Form::Page { accepted(route, accept)? } else { form };
            return Ok(Match { route, path: parts, form });
        }
    }
    if others.is_empty() {
        return Err(Problem::not_found(format!("there is no page `{}`", shown(path))));
    }
    Err(not_allowed(path, others.contains(&false), others.contains(&true)))
}

/// Whether a method sends something; `None` for those that no page is asked by.
pub(super) fn sends(method: &Method) -> Option<bool> {
    match *method {
        Method::GET | Method::HEAD => Some(false),
        Method::POST => Some(true),
        _ => None,
    }
}

/// That a page is read only, or changed only, by the method.
pub(super) fn not_allowed(path: &str, get: bool, post: bool) -> Problem {
    let allow = match (get, post) {
        (true, true) => "GET, HEAD, POST",
        (false, true) => "POST",
        (_, false) => "GET, HEAD",
    };
    let detail = format!("`{}` is asked by {allow} only", shown(path));
    Problem { allow: Some(allow), ..Problem::new(ProblemKind::MethodNotAllowed, detail) }
}

/// The form that the program prefers of those that the page has, its first where it says nothing.
fn accepted(route: &Route, accept: Option<&str>) -> Result<Form, Problem> {
    let Some(first) = route.forms.first().copied() else { return Ok(Form::Page) };
    let Some(accept) = accept.filter(|it| !it.trim().is_empty()) else { return Ok(first) };
    let wanted = accept.split(',').filter_map(|it| {
        let (kind, rest) = it.split_once(';').unwrap_or((it, ""));
        let quality = rest.split(';').find_map(|it| it.trim().strip_prefix("q="));
        Some((kind.trim().to_ascii_lowercase(), quality.map_or(Some(1.0), |it| it.parse::<f32>().ok())?))
    });
    let mut wanted: Vec<(String, f32)> = wanted.filter(|it| it.1 > 0.0).collect();
    wanted.sort_by(|a, b| b.1.total_cmp(&a.1));
    for (kind, _) in &wanted {
        let fits = |form: &&Form| {
            let media_type = form.media_type();
            kind == "*/*"
                || kind == media_type
                || kind.strip_suffix('*').is_some_and(|it| it.ends_with('/') && media_type.starts_with(it))
        };
        if let Some(form) = route.forms.iter().find(fits) {
            return Ok(*form);
        }
    }
    let has: Vec<&str> = route.forms.iter().map(|it| it.media_type()).collect();
    Err(Problem::new(ProblemKind::NotAcceptable, format!("this page can be had as {}", has.join(", "))))
}

/// What stands in the places of a route's path, if a path fits it.
fn fits(route: &str, path: &str) -> Option<Vec<String>> {
    let (mut route, mut path) = (route.split('/'), path.split('/'));
    let mut parts = Vec::new();
    loop {
        match (route.next(), path.next()) {
            (None, None) => return Some(parts),
            (Some(wanted), Some(part)) if wanted.starts_with('{') => {
                let part = percent_decode_str(part).decode_utf8().ok()?;
                // No article, person or list has a name with control characters.
                let part = Some(part).filter(|it| !it.is_empty() && !it.chars().any(char::is_control))?;
                parts.push(part.into_owned());
            }
            (Some(wanted), Some(part)) if wanted == part => (),
            _ => return None,
        }
    }
}

/// A path as a message shows it.
fn shown(path: &str) -> String {
    super::params::shown(&percent_decode_str(path).decode_utf8_lossy())
}
