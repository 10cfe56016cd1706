//! Placeholders such as `<task>` in the texts of a call.

use std::collections::BTreeMap;

use serde_json::Value;

/// Values by name.
pub(crate) type Names = BTreeMap<String, Value>;

/// A placeholder without a value.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Unknown(pub(crate) String);

/// Fills the placeholders of a text; if the text is a single placeholder, returns its value unchanged.
pub(crate) fn text(template: &str, names: &Names) -> Result<Value, Unknown> {
    if let Some(name) = whole(template) {
        return names.get(name).cloned().ok_or_else(|| Unknown(name.to_owned()));
    }
    let mut out = String::new();
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('<') {
        out.push_str(before);
        let Some((name, next)) = after.split_once('>').filter(|(name, _)| is_name(name)) else {
            out.push('<');
            rest = after;
            continue;
        };
        match names.get(name) {
            Some(Value::String(value)) => out.push_str(value),
            Some(value) => out.push_str(&value.to_string()),
            None => return Err(Unknown(name.to_owned())),
        }
        rest = next;
    }
    out.push_str(rest);
    Ok(Value::String(out))
}

/// Fills all texts of a JSON value.
pub(crate) fn json(template: Value, names: &Names) -> Result<Value, Unknown> {
    Ok(match template {
        Value::String(template) => text(&template, names)?,
        Value::Array(items) => Value::Array(items.into_iter().map(|item| json(item, names)).collect::<Result<_, _>>()?),
        Value::Object(members) => {
            let filled = members.into_iter().map(|(key, value)| Ok((plain(&key, names)?, json(value, names)?)));
            Value::Object(filled.collect::<Result<_, Unknown>>()?)
        }
        other => other,
    })
}

/// Fills the placeholders of a text whose result must be a text, such as a parameter.
pub(crate) fn plain(template: &str, names: &Names) -> Result<String, Unknown> {
    Ok(match text(template, names)? {
        Value::String(text) => text,
        other => other.to_string(),
    })
}

/// Returns the names of the placeholders in a text.
pub(crate) fn wanted(template: &str) -> Vec<&str> {
    template
        .split('<')
        .skip(1)
        .filter_map(|part| part.split_once('>'))
        .map(|(name, _)| name)
        .filter(|name| is_name(name))
        .collect()
}

fn whole(template: &str) -> Option<&str> {
    template.strip_prefix('<')?.strip_suffix('>').filter(|name| is_name(name))
}

fn is_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_lowercase()) && name.chars().all(|c| c.is_ascii_alphanumeric())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn placeholders_are_filled_and_unknown_ones_named() {
        let names = Names::from([("task".to_owned(), json!("65f0")), ("point".to_owned(), json!(7))]);
        let filled = json(json!({"id": "<task>", "n": "<point>", "text": "a <task> < b", "<task>": [true]}), &names);
        assert_eq!(filled, Ok(json!({"id": "65f0", "n": 7, "text": "a 65f0 < b", "65f0": [true]})));
        assert_eq!(plain("/<point>/x", &names), Ok("/7/x".to_owned()));
        assert_eq!(text("<other>", &names), Err(Unknown("other".to_owned())));
        assert_eq!(wanted("a <task> <b c> <point>"), ["task", "point"]);
    }
}
