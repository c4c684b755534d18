//! Whether JSON has a shape: the part of JSON Schema 2020-12 that the description of the API uses.
//! A keyword that is not known here fails, so that nothing passes unchecked. (A whole validator
//! brings 28 crates, and features of serde_json for which all of tantivy is built once more.)

use serde_json::Value;

/// What of `value` does not have the shape, each with its place. `$ref` is looked up in `document`.
pub(crate) fn faults(document: &Value, schema: &Value, value: &Value) -> Vec<String> {
    let mut faults = Vec::new();
    check(document, schema, value, "", &mut faults);
    faults
}

fn check(document: &Value, schema: &Value, value: &Value, at: &str, faults: &mut Vec<String>) {
    let keywords = match schema {
        Value::Bool(true) => return,
        Value::Object(keywords) => keywords,
        other => return faults.push(format!("{at}: no schema: {other}")),
    };
    let fits = |schema: &Value| {
        let mut inner = Vec::new();
        check(document, schema, value, at, &mut inner);
        inner.is_empty()
    };
    let array = |it: &Value| it.as_array().cloned().unwrap_or_default();
    for (keyword, wanted) in keywords {
        let mut wrong = |what: String| faults.push(format!("{at}: {what}"));
        match keyword.as_str() {
            "$ref" => {
                let pointer = wanted.as_str().unwrap_or_default().trim_start_matches('#');
                match document.pointer(pointer) {
                    Some(schema) => check(document, schema, value, at, faults),
                    None => wrong(format!("{wanted} leads nowhere")),
                }
            }
            "type" => {
                let types = if wanted.is_array() { array(wanted) } else { vec![wanted.clone()] };
                if !types.iter().any(|it| has_type(value, it.as_str().unwrap_or_default())) {
                    wrong(format!("{value} is no {wanted}"));
                }
            }
            "properties" => {
                for (name, schema) in wanted.as_object().into_iter().flatten() {
                    if let Some(value) = value.get(name) {
                        check(document, schema, value, &format!("{at}/{name}"), faults);
                    }
                }
            }
            "additionalProperties" | "unevaluatedProperties" => {
                let known = keywords.get("properties").and_then(Value::as_object);
                for (name, value) in value.as_object().into_iter().flatten() {
                    if !known.is_some_and(|it| it.contains_key(name)) {
                        match wanted {
                            Value::Bool(false) => faults.push(format!("{at}/{name}: is not told of")),
                            schema => check(document, schema, value, &format!("{at}/{name}"), faults),
                        }
                    }
                }
            }
            "required" => {
                for name in array(wanted) {
                    if value.is_object() && value.get(name.as_str().unwrap_or_default()).is_none() {
                        wrong(format!("{name} is missing"));
                    }
                }
            }
            "items" => {
                let first = keywords.get("prefixItems").map_or(0, |it| array(it).len());
                for (n, value) in value.as_array().into_iter().flatten().enumerate().skip(first) {
                    check(document, wanted, value, &format!("{at}/{n}"), faults);
                }
            }
            "prefixItems" => {
                for (n, (schema, value)) in array(wanted).iter().zip(array(value)).enumerate() {
                    check(document, schema, &value, &format!("{at}/{n}"), faults);
                }
            }
            "minItems" if value.as_array().is_some_and(|it| it.len() < number(wanted)) => {
                wrong("too few".to_owned());
            }
            "maxItems" if value.as_array().is_some_and(|it| it.len() > number(wanted)) => {
                wrong("too many".to_owned());
            }
            "minimum" if value.is_number() && value.as_f64() < wanted.as_f64() => {
                wrong(format!("{value} is below {wanted}"));
            }
            "maximum" if value.is_number() && value.as_f64() > wanted.as_f64() => {
                wrong(format!("{value} is above {wanted}"));
            }
            "allOf" => array(wanted).iter().for_each(|it| check(document, it, value, at, faults)),
            "anyOf" if !array(wanted).iter().any(fits) => wrong(format!("{value} is nothing of `anyOf`")),
            "oneOf" if array(wanted).iter().filter(|it| fits(it)).count() != 1 => {
                wrong(format!("{value} is not one of `oneOf`"));
            }
            "enum" if !array(wanted).contains(value) => wrong(format!("{value} is none of {wanted}")),
            "const" if wanted != value => wrong(format!("{value} is not {wanted}")),
            "minItems" | "maxItems" | "minimum" | "maximum" | "anyOf" | "oneOf" | "enum" | "const" => (),
            // They say something to people, or of how a number is kept.
            "title" | "description" | "format" | "default" | "examples" | "deprecated" => (),
            other => wrong(format!("`{other}` is not known here")),
        }
    }
}

fn number(value: &Value) -> usize {
    value.as_u64().and_then(|it| usize::try_from(it).ok()).unwrap_or(0)
}

fn has_type(value: &Value, name: &str) -> bool {
    match name {
        "null" => value.is_null(),
        "boolean" => value.is_boolean(),
        "object" => value.is_object(),
        "array" => value.is_array(),
        "number" => value.is_number(),
        "integer" => value.is_i64() || value.is_u64(),
        "string" => value.is_string(),
        _ => false,
    }
}

#[test]
fn a_shape_is_told_from_another() {
    let object = serde_json::json!({
        "type": "object",
        "properties": { "n": { "type": ["integer", "null"], "minimum": 1 }, "all": { "type": "array", "items": { "$ref": "#/word" } } },
        "required": ["n"],
    });
    let document = serde_json::json!({ "word": { "type": "string" } });
    for (value, n_faults) in [
        (serde_json::json!({ "n": 1, "all": ["a"] }), 0),
        (serde_json::json!({ "n": null }), 0),
        (serde_json::json!({ "n": 0 }), 1),
        (serde_json::json!({ "n": "1", "all": [1, 2] }), 3),
        (serde_json::json!({}), 1),
        (serde_json::json!([]), 1),
    ] {
        let faults = faults(&document, &object, &value);
        assert_eq!(faults.len(), n_faults, "{value}: {faults:?}");
    }
    assert_eq!(faults(&document, &serde_json::json!({ "pattern": "a" }), &Value::Null).len(), 1);
}
