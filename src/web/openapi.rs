//! The description of the API, OpenAPI 3.1: made of the [routes](super::routes::routes) that the
//! server answers by, so that it cannot tell of others.

use std::collections::BTreeMap;

use axum::http::Method;
use schemars::{SchemaGenerator, generate::SchemaSettings};
use serde_json::{Map, Value, json};

use super::{
    params::{Param, RECEIPT_PARAM, Takes},
    problem::{Problem, ProblemKind},
    reply::Form,
    route::{Route, Verb},
    routes,
    schema::schema_of,
};

/// Where it is.
pub(super) const PATH: &str = "/openapi.json";

/// The description of the API of a server at `origin` that asks for a cookie of that name.
pub(super) fn document(origin: &str, cookie_name: &str) -> Value {
    let mut settings = SchemaSettings::draft2020_12().for_serialize();
    settings.definitions_path = "/components/schemas".into();
    settings.meta_schema = None;
    let mut schemas = settings.into_generator();
    let problem = schema_of(&mut schemas, |it: &'static Problem| it.row(""));
    let mut paths: BTreeMap<String, Map<String, Value>> = BTreeMap::new();
    for route in routes::routes() {
        for form in addresses(route) {
            let path = format!("{}{}", route.path, form.extension());
            let verb = match route.verb {
                Verb::Get => "get",
                Verb::Ask | Verb::Change => "post",
            };
            let operation = operation(route, form, &mut schemas);
            paths.entry(path).or_default().insert(verb.to_owned(), operation);
        }
    }
    let responses = statuses(|_| true).into_iter().map(|(status, kinds)| (name_of(status), refusal(&kinds)));
    let mut definitions = schemas.take_definitions(true);
    definitions.insert("problem".to_owned(), problem.to_value());
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "morgue",
            "summary": "A newsroom's clippings library: articles, who said what, and lists",
            "description": "Each page's address with `.json`, `.jsonl` or `.csv` is the same as data. Keys may be \
                added to what is answered, and are never renamed. Cursors are opaque.",
            "license": { "name": "MIT OR Apache-2.0", "identifier": "MIT OR Apache-2.0" },
            "version": env!("CARGO_PKG_VERSION"),
        },
        "servers": [{ "url": origin }],
        "security": [{ "bearer": [] }, { "cookie": [] }],
        "paths": paths,
        "components": {
            "schemas": definitions,
            "responses": responses.collect::<Map<_, _>>(),
            "securitySchemes": {
                "bearer": {
                    "type": "http",
                    "scheme": "bearer",
                    "description": "The token that `morgue serve` prints, for programs.",
                },
                "cookie": {
                    "type": "apiKey",
                    "in": "cookie",
                    "name": cookie_name,
                    "description": "The same token; opening the printed address sets it.",
                },
            },
        },
    })
}

/// The forms by whose ends a route has addresses.
fn addresses(route: &Route) -> impl Iterator<Item = Form> {
    let forms = route.forms.iter().copied().filter(|it| *it != Form::Page);
    std::iter::once(Form::Page).chain(forms)
}

fn operation(route: &Route, form: Form, schemas: &mut SchemaGenerator) -> Value {
    let examples: Vec<Example> = route.examples.iter().filter_map(|it| Example::read(it, route)).collect();
    let mut parameters = Vec::new();
    let places = route.path.split('/').filter_map(|it| it.strip_prefix('{')?.strip_suffix('}'));
    for (n, name) in places.enumerate() {
        let values = examples.iter().filter_map(|it| it.path.get(n).cloned());
        let schema = json!({ "type": "string", "minLength": 1 });
        let mut parameter = json!({ "name": name, "in": "path", "required": true, "schema": schema });
        add_examples(&mut parameter, values);
        parameters.push(parameter);
    }
    let mut operation = json!({
        "summary": route.about,
        "responses": responses(route, form, schemas),
    });
    if route.verb == Verb::Get && takes_receipt(route) {
        parameters.push(json!({
            "name": "Prefer",
            "in": "header",
            "description": "`receipt` asks for a receipt, as `receipt=1` does.",
            "schema": { "type": "string" },
        }));
    }
    match route.verb {
        Verb::Get => parameters.extend(route.params.iter().map(|it| {
            let mut parameter =
                json!({ "name": it.name, "in": "query", "description": it.about, "schema": taken(it) });
            let of_it = |example: &Example| {
                let given = example.query.iter().filter(|given| given.0 == it.name);
                given.map(|given| given.1.clone()).collect::<Vec<_>>()
            };
            if !matches!(it.takes, Takes::Texts(_)) {
                add_examples(&mut parameter, examples.iter().flat_map(of_it));
            }
            parameter
        })),
        Verb::Ask | Verb::Change => {
            let mut content = Map::new();
            for it in route.params {
                if let Takes::Document(shape) = it.takes {
                    let schema = shape(schemas).to_value();
                    content.insert("application/json".to_owned(), json!({ "schema": schema }));
                }
            }
            let property = |it: &Param| {
                let mut schema = taken(it);
                schema["description"] = it.about.into();
                (it.name.to_owned(), schema)
            };
            let properties: Map<String, Value> = route.params.iter().map(property).collect();
            let schema = json!({ "type": "object", "properties": properties, "additionalProperties": false });
            content.insert("application/x-www-form-urlencoded".to_owned(), json!({ "schema": schema }));
            operation["requestBody"] = json!({ "content": content });
        }
    }
    if !parameters.is_empty() {
        operation["parameters"] = parameters.into();
    }
    let addresses: Vec<&str> = examples.iter().filter(|it| it.form == form).map(|it| it.address).collect();
    if !addresses.is_empty() {
        operation["x-examples"] = addresses.into();
    }
    operation
}

fn takes_receipt(route: &Route) -> bool {
    route.params.iter().any(|it| it.name == RECEIPT_PARAM)
}

/// An address that a route gives as an example, taken apart.
struct Example {
    address: &'static str,
    form: Form,
    path: Vec<String>,
    query: Vec<(String, String)>,
}

impl Example {
    fn read(address: &'static str, route: &Route) -> Option<Example> {
        let (path, query) = address.split_once('?').unwrap_or((address, ""));
        let found = routes::find(&Method::GET, path, None).ok().filter(|it| std::ptr::eq(it.route, route))?;
        let form = Form::ALL.into_iter().rev().find(|it| path.ends_with(it.extension()))?;
        let query = form_urlencoded::parse(query.as_bytes()).into_owned().collect();
        Some(Example { address, form, path: found.path, query })
    }
}

fn add_examples(parameter: &mut Value, values: impl Iterator<Item = String>) {
    let mut values: Vec<String> = values.collect();
    values.dedup();
    let examples =
        values.into_iter().enumerate().map(|(n, it)| (format!("{}", n + 1), json!({ "value": it })));
    let examples: Map<String, Value> = examples.collect();
    if !examples.is_empty() {
        parameter["examples"] = examples.into();
    }
}

/// What a parameter may be.
fn taken(param: &Param) -> Value {
    // Limits are of bytes: as many characters at most.
    match param.takes {
        Takes::Text(bytes_max) => json!({ "type": "string", "maxLength": bytes_max }),
        Takes::Texts(bytes_max) => {
            json!({ "type": "array", "items": { "type": "string", "maxLength": bytes_max } })
        }
        Takes::Number(min, max, default) => {
            json!({ "type": "integer", "minimum": min, "maximum": max, "default": default })
        }
        Takes::Choice(words) => {
            let words = words();
            json!({ "type": "string", "enum": words })
        }
        Takes::Flag => json!({ "type": "string", "enum": ["0", "1"] }),
        Takes::Document(_) => json!({ "type": "string", "contentMediaType": "application/json" }),
    }
}

fn responses(route: &Route, form: Form, schemas: &mut SchemaGenerator) -> Map<String, Value> {
    let mut responses = Map::new();
    let schema = |it: Form, schemas: &mut SchemaGenerator| match (it, route.schema) {
        (Form::Json, Some(schema)) => schema(schemas).to_value(),
        (Form::Json, None) => json!(true),
        (Form::Page | Form::Lines | Form::Csv, _) => json!({ "type": "string" }),
    };
    // The address without an end has every form, as the program accepts it.
    let forms = if form == Form::Page { route.forms.to_vec() } else { vec![form] };
    let content =
        forms.into_iter().map(|it| (it.media_type().to_owned(), json!({ "schema": schema(it, schemas) })));
    let mut content: Map<String, Value> = content.collect();
    // A page that takes `to` writes a file of the type that is named so.
    if route.params.iter().any(|it| it.name == "to" && matches!(it.takes, Takes::Choice(_))) {
        content.insert("*/*".to_owned(), json!({}));
    }
    let mut done = json!({ "description": route.about, "content": content });
    if route.verb == Verb::Get && takes_receipt(route) {
        let header = |about: &str| json!({ "description": about, "schema": { "type": "string" } });
        done["headers"] = json!({
            "Morgue-Receipt": header("The id of the receipt, where one was asked for."),
            "Preference-Applied": header("`receipt`, where `Prefer` asked for one."),
        });
    }
    responses.insert("200".to_owned(), done);
    match route.verb {
        Verb::Get => {
            responses.insert("303".to_owned(), json!({ "description": "The answer has another address" }));
            responses.insert("304".to_owned(), json!({ "description": "Nothing changed since that `ETag`" }));
        }
        Verb::Ask | Verb::Change => {
            let to = json!({ "schema": { "type": "string", "format": "uri-reference" } });
            let done = json!({ "description": "It is done; the page to see", "headers": { "Location": to } });
            responses.insert("303".to_owned(), done);
        }
    }
    let may_be = |kind: ProblemKind| match kind {
        ProblemKind::MethodNotAllowed => false,
        ProblemKind::UnsupportedMediaType | ProblemKind::ContentTooLarge | ProblemKind::TooSlow => {
            route.verb.sends()
        }
        ProblemKind::Conflict | ProblemKind::ReadOnly => route.verb == Verb::Change,
        ProblemKind::NotAcceptable => form == Form::Page,
        _ => true,
    };
    let problems = statuses(may_be).into_keys().map(|status| {
        (status.to_string(), json!({ "$ref": format!("#/components/responses/{}", name_of(status)) }))
    });
    // Before anything is looked at; such an answer has no body.
    responses.insert("431".to_owned(), json!({ "description": "The head of the request is too large" }));
    responses.extend(problems);
    responses
}

/// The kinds of problems that may be, by status.
fn statuses(may_be: impl Fn(ProblemKind) -> bool) -> BTreeMap<u16, Vec<ProblemKind>> {
    let mut statuses: BTreeMap<u16, Vec<ProblemKind>> = BTreeMap::new();
    for kind in ProblemKind::ALL.iter().copied().filter(|it| may_be(*it)) {
        statuses.entry(kind.status().as_u16()).or_default().push(kind);
    }
    statuses
}

fn name_of(status: u16) -> String {
    format!("problem-{status}")
}

fn refusal(kinds: &[ProblemKind]) -> Value {
    let types: Vec<String> = kinds.iter().map(|it| format!("/problems/{}", it.slug())).collect();
    let titles: Vec<&str> = kinds.iter().map(|it| it.title()).collect();
    json!({
        "description": titles.join("; "),
        "content": {
            "application/problem+json": {
                "schema": {
                    "allOf": [
                        { "$ref": "#/components/schemas/problem" },
                        { "properties": { "type": { "enum": types } } },
                    ],
                },
            },
            "text/html": { "schema": { "type": "string" } },
        },
    })
}
