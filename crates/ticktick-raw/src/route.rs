//! Finds operations by name and by path.

use crate::operation::{Method, Operation};
use crate::{OPERATIONS, encode};

/// An operation and the values of its path parameters.
type Match = (&'static Operation, Vec<(&'static str, String)>);

impl Operation {
    /// Finds a listed operation by its id, or by a method and a path.
    ///
    /// The path may be the template or a concrete one, with or without a query.
    ///
    /// ```
    /// use ticktick_raw::{OPERATIONS, Operation};
    ///
    /// let first = OPERATIONS[0];
    /// assert_eq!(Operation::find(first.id), Some(first));
    /// assert_eq!(Operation::find(&format!("{} {}", first.method, first.path)), Some(first));
    /// ```
    #[must_use]
    pub fn find(name: &str) -> Option<&'static Self> {
        find_in(OPERATIONS, name.trim())
    }

    /// Finds the listed operation for a method and a concrete path, and returns it with the decoded path
    /// parameters.
    ///
    /// Exact segments take precedence over parameters.
    ///
    /// ```
    /// use ticktick_raw::{Method, Operation};
    ///
    /// assert!(Operation::route(Method::Get, "/no/such/path").is_none());
    /// ```
    #[must_use]
    pub fn route(method: Method, path: &str) -> Option<Match> {
        route_in(OPERATIONS, method, path)
    }
}

fn find_in(operations: &[&'static Operation], name: &str) -> Option<&'static Operation> {
    let Some((method, path)) = name.split_once(char::is_whitespace) else {
        return operations.iter().find(|operation| operation.id == name).copied();
    };
    let method = method.parse().ok()?;
    let path = path.trim();
    let template = operations.iter().find(|one| one.method == method && one.path == path);
    template.copied().or_else(|| Some(route_in(operations, method, path)?.0))
}

fn route_in(operations: &[&'static Operation], method: Method, path: &str) -> Option<Match> {
    let path = path.split(['?', '#']).next().unwrap_or_default();
    let mut best: Option<&'static Operation> = None;
    for operation in operations.iter().filter(|operation| operation.method == method) {
        if fits(operation.path, path) && best.is_none_or(|best| closer(operation.path, best.path)) {
            best = Some(operation);
        }
    }
    best.map(|operation| (operation, values(operation.path, path)))
}

/// Returns the parameter's name if a segment of a template is a parameter.
pub(crate) fn parameter(segment: &str) -> Option<&str> {
    segment.strip_prefix('{')?.strip_suffix('}')
}

/// Fills a template with values.
pub(crate) fn filled(template: &str, values: &[(String, String)]) -> Result<String, String> {
    let segments: Vec<&str> = template.split('/').collect();
    if let Some((name, _)) =
        values.iter().find(|(name, _)| !segments.iter().any(|segment| parameter(segment) == Some(name)))
    {
        return Err(format!("`{template}` has no parameter `{name}`"));
    }
    let mut path = String::with_capacity(template.len() + 32);
    for (index, segment) in segments.into_iter().enumerate() {
        if index > 0 {
            path.push('/');
        }
        let Some(name) = parameter(segment) else {
            path.push_str(segment);
            continue;
        };
        let value = values.iter().find(|(known, _)| known == name);
        let (_, value) = value.ok_or_else(|| format!("the path parameter `{name}` is missing"))?;
        let value = encode::segment(value);
        path.push_str(&value.map_err(|why| format!("the path parameter `{name}` {why}"))?);
    }
    Ok(path)
}

fn fits(template: &str, path: &str) -> bool {
    let mut segments = path.split('/');
    template.split('/').all(|wanted| {
        segments.next().is_some_and(|segment| match parameter(wanted) {
            Some(_) => !segment.is_empty(),
            None => wanted == segment,
        })
    }) && segments.next().is_none()
}

/// Returns `true` if the first template has an exact segment where the second has a parameter, at the first
/// segment in which they differ.
fn closer(one: &str, other: &str) -> bool {
    one.split('/')
        .zip(other.split('/'))
        .find(|(a, b)| parameter(a).is_some() != parameter(b).is_some())
        .is_some_and(|(_, b)| parameter(b).is_some())
}

fn values(template: &'static str, path: &str) -> Vec<(&'static str, String)> {
    template
        .split('/')
        .zip(path.split('/'))
        .filter_map(|(wanted, segment)| Some((parameter(wanted)?, encode::decoded(segment))))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    static ALL: Operation = Operation::new("x.all", Method::Get, "/p/all/closed");
    static ONE: Operation = Operation::new("x.one", Method::Get, "/p/{id}/closed");
    static ITEM: Operation = Operation::new("x.item", Method::Get, "/p/all/{id}");
    static TAIL: Operation = Operation::new("x.tail", Method::Get, "/p/{id}/completed/");
    static SEND: Operation = Operation::new("x.send", Method::Post, "/p/{id}/closed");
    static TABLE: &[&Operation] = &[&ONE, &ITEM, &ALL, &TAIL, &SEND];

    fn routed(path: &str) -> Option<(&'static str, Vec<(&'static str, String)>)> {
        route_in(TABLE, Method::Get, path).map(|(operation, values)| (operation.id, values))
    }

    #[test]
    fn exact_segments_win() {
        assert_eq!(routed("/p/all/closed"), Some(("x.all", vec![])));
        assert_eq!(routed("/p/7/closed"), Some(("x.one", vec![("id", "7".into())])));
        assert_eq!(routed("/p/all/other"), Some(("x.item", vec![("id", "other".into())])));
    }

    #[test]
    fn words_of_the_open_api_are_no_task_ids() {
        let id = |method, path: &str| Operation::route(method, path).map(|(operation, _)| operation.id);
        for (path, wanted) in [
            ("/open/v1/task/completeTasks", "open.complete_tasks"),
            ("/open/v1/task/undone", "open.list_undone_tasks"),
            ("/open/v1/task/65f0a1b2c3d4e5f6a7b8c9d0", "open.update_task"),
        ] {
            assert_eq!(id(Method::Post, path), Some(wanted));
            assert_eq!(Operation::find(&format!("POST {path}")).map(|operation| operation.id), Some(wanted));
        }
        assert_eq!(id(Method::Get, "/open/v1/habit/sections"), Some("open.list_habit_sections"));
        assert_eq!(id(Method::Get, "/open/v1/habit/65f0"), Some("open.get_habit"));
    }

    #[test]
    fn values_are_decoded_and_queries_ignored() {
        let found = routed("/p/a%2Fb%20c/closed?from=1#x");
        assert_eq!(found, Some(("x.one", vec![("id", "a/b c".into())])));
    }

    #[test]
    fn slashes_count() {
        assert_eq!(routed("/p/7/completed/").unwrap().0, "x.tail");
        for path in ["/p/7/completed", "/p//closed", "/p/7/closed/", "p/7/closed", ""] {
            assert_eq!(routed(path), None, "{path}");
        }
    }

    #[test]
    fn names_are_ids_templates_or_paths() {
        let id = |name| find_in(TABLE, name).map(|operation| operation.id);
        assert_eq!(id("x.send"), Some("x.send"));
        assert_eq!(id("post /p/{id}/closed"), Some("x.send"));
        assert_eq!(id("GET  /p/all/closed"), Some("x.all"));
        assert_eq!(id("GET /p/65f0/closed"), Some("x.one"));
        assert_eq!(id("PUT /p/65f0/closed"), None);
        assert_eq!(id("FETCH /p/65f0/closed"), None);
    }
}
