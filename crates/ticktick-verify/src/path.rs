//! Finds a value by its path, such as `$.update[id=<task>].dueDate`.

use serde_json::Value;

/// Returns the value at a path: members, `[0]`, and `[key=text]` for the first element whose member has this text.
pub(crate) fn find<'a>(root: &'a Value, path: &str) -> Option<&'a Value> {
    let mut rest = path.strip_prefix('$').unwrap_or(path);
    let mut value = root;
    while !rest.is_empty() {
        if let Some(after) = rest.strip_prefix('[') {
            let (inside, next) = after.split_once(']')?;
            value = element(value, inside)?;
            rest = next;
        } else {
            let name = rest.strip_prefix('.')?;
            let end = name.find(['.', '[']).unwrap_or(name.len());
            value = value.get(&name[..end])?;
            rest = &name[end..];
        }
    }
    Some(value)
}

fn element<'a>(list: &'a Value, which: &str) -> Option<&'a Value> {
    match which.split_once('=') {
        None => list.get(which.parse::<usize>().ok()?),
        Some((key, text)) => {
            let fits = |element: &&Value| match element.get(key) {
                Some(Value::String(found)) => found == text,
                Some(Value::Number(found)) => found.as_i64().is_some_and(|found| text.parse() == Ok(found)),
                _ => false,
            };
            list.as_array()?.iter().find(fits)
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn members_and_elements_are_found() {
        let root = json!({"add": [{"id": "a", "n": 1}, {"id": "b", "items": [{"title": "x"}]}], "point": 7});
        let at = |path| find(&root, path).cloned();
        assert_eq!(at("$.point"), Some(json!(7)));
        assert_eq!(at("$.add[0].n"), Some(json!(1)));
        assert_eq!(at("$.add[id=b].items[0].title"), Some(json!("x")));
        assert_eq!(at("$.add[n=1].id"), Some(json!("a")));
        assert_eq!(at("$"), Some(root.clone()));
        for missing in ["$.none", "$.add[9]", "$.add[id=c].n", "$.point.n", "$.add[", "$add"] {
            assert_eq!(at(missing), None, "{missing}");
        }
    }
}
