//! Writes changed JSON into its original text, so that unchanged parts keep their bytes.

use std::borrow::Cow;
use std::collections::HashSet;

use serde_json::value::RawValue;

use crate::extra::members;

/// Returns `text` with the smallest replacement that gives it the meaning of `changed`.
///
/// White space, the order of keys and the spelling of texts stay the same in unchanged parts. If `text` is
/// not JSON, the result is `changed`.
pub(crate) fn rewrite(text: &str, changed: &str) -> String {
    let old = text.trim();
    let at = text.len() - text.trim_start().len();
    format!("{}{}{}", &text[..at], value(old, changed), &text[at + old.len()..])
}

fn value<'a>(old: &'a str, new: &'a str) -> Cow<'a, str> {
    if same(old, new) {
        return old.into();
    }
    match (Parts::read(old), Parts::read(new)) {
        (Parts::Object(layout, before), Parts::Object(_, after)) if is_map(&before) && is_map(&after) => {
            layout.write(object(before, after)).into()
        }
        (Parts::Array(layout, before), Parts::Array(_, after)) => layout.write(array(&before, &after)).into(),
        _ => new.into(),
    }
}

/// Keeps the members there were in their order, and puts new ones at the end.
fn object<'a>(before: Vec<Member<'a>>, after: Vec<Member<'a>>) -> Vec<(&'a str, Cow<'a, str>)> {
    let find = |list: &[Member<'a>], key: &str| list.iter().find(|member| member.key == key).map(|member| member.value);
    let kept = before.iter().filter_map(|old| Some((old.head, value(old.value, find(&after, &old.key)?))));
    let added = after.iter().filter(|new| find(&before, &new.key).is_none());
    kept.chain(added.map(|new| (new.head, new.value.into()))).collect()
}

/// Pairs each new element with an equal old one, preferably at the same index. If no old element is equal, the element at
/// the same index counts as changed.
fn array<'a>(before: &[&'a str], after: &[&'a str]) -> Vec<(&'a str, Cow<'a, str>)> {
    let in_place = |(at, new): (usize, &&str)| before.get(at).is_some_and(|old| same(old, new)).then_some(at);
    let mut twins: Vec<Option<usize>> = after.iter().enumerate().map(in_place).collect();
    let mut used = vec![false; before.len()];
    twins.iter().flatten().for_each(|old| used[*old] = true);
    for (twin, new) in twins.iter_mut().zip(after).filter(|(twin, _)| twin.is_none()) {
        *twin = (0..before.len()).find(|old| !used[*old] && same(before[*old], new));
        twin.iter().for_each(|old| used[*old] = true);
    }
    let rest = |at: usize| used.get(at).is_some_and(|used| !used).then_some(at);
    let pairs = after.iter().enumerate().map(|(at, new)| (*new, twins[at].or_else(|| rest(at))));
    pairs.map(|(new, old)| ("", old.map_or(new.into(), |old| value(before[old], new)))).collect()
}

/// Returns whether two JSON texts mean the same; numbers have to be spelled alike.
fn same(one: &str, other: &str) -> bool {
    if one == other {
        return true;
    }
    match (Parts::read(one), Parts::read(other)) {
        (Parts::Text(one), Parts::Text(other)) => one == other,
        (Parts::Array(_, one), Parts::Array(_, other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| same(one, other))
        }
        (Parts::Object(_, one), Parts::Object(_, other)) => {
            let twin =
                |member: &Member| other.iter().any(|other| other.key == member.key && same(other.value, member.value));
            one.len() == other.len() && is_map(&one) && one.iter().all(twin)
        }
        _ => false,
    }
}

/// Returns whether no key comes twice.
fn is_map(members: &[Member]) -> bool {
    let mut seen = HashSet::with_capacity(members.len());
    members.iter().all(|member| seen.insert(&member.key))
}

/// What a JSON text consists of.
enum Parts<'a> {
    Object(Layout<'a>, Vec<Member<'a>>),
    Array(Layout<'a>, Vec<&'a str>),
    Text(String),
    Other,
}

struct Member<'a> {
    key: Cow<'a, str>,
    /// The key as it is spelled, and all up to the value.
    head: &'a str,
    value: &'a str,
}

impl<'a> Parts<'a> {
    fn read(text: &'a str) -> Self {
        match text.as_bytes().first() {
            Some(b'{') => members(text).map_or(Self::Other, |members| Self::object(text, members)),
            Some(b'[') => serde_json::from_str(text).map_or(Self::Other, |elements| Self::array(text, elements)),
            Some(b'"') => serde_json::from_str(text).map_or(Self::Other, Self::Text),
            _ => Self::Other,
        }
    }

    fn object(text: &'a str, members: Vec<(Cow<'a, str>, &'a RawValue)>) -> Self {
        let mut layout = Layout::of(text);
        let mut parts = Vec::with_capacity(members.len());
        for (key, value) in members {
            let before = layout.advance(value.get());
            // Only white space and punctuation precede the key.
            let (gap, head) = before.split_at(before.find('"').unwrap_or_default());
            layout.gaps.push(gap);
            parts.push(Member { key, head, value: value.get() });
        }
        Self::Object(layout, parts)
    }

    fn array(text: &'a str, elements: Vec<&'a RawValue>) -> Self {
        let mut layout = Layout::of(text);
        for element in &elements {
            let gap = layout.advance(element.get());
            layout.gaps.push(gap);
        }
        Self::Array(layout, elements.into_iter().map(RawValue::get).collect())
    }
}

/// The text around the parts of an object or array.
struct Layout<'a> {
    text: &'a str,
    /// Before each part.
    gaps: Vec<&'a str>,
    /// Where the last part ends.
    end: usize,
}

impl<'a> Layout<'a> {
    const fn of(text: &'a str) -> Self {
        Self { text, gaps: Vec::new(), end: 0 }
    }

    /// Steps over a part of the text, and returns the text before it.
    fn advance(&mut self, part: &'a str) -> &'a str {
        let start = part.as_ptr() as usize - self.text.as_ptr() as usize;
        let before = &self.text[self.end..start];
        self.end = start + part.len();
        before
    }

    /// Sets other parts into the gaps.
    fn write(&self, parts: Vec<(&str, Cow<'_, str>)>) -> String {
        let Some(open) = self.gaps.first() else {
            let parts: Vec<_> = parts.iter().map(|(head, value)| format!("{head}{value}")).collect();
            return format!("{}{}{}", &self.text[..1], parts.join(","), &self.text[self.text.len() - 1..]);
        };
        let between = self.gaps[1..].last().unwrap_or(&",");
        let mut text = String::from(if parts.is_empty() { &self.text[..1] } else { open });
        for (at, (head, value)) in parts.iter().enumerate() {
            if at > 0 {
                text.push_str(self.gaps.get(at).unwrap_or(between));
            }
            text.push_str(head);
            text.push_str(value);
        }
        text.push_str(&self.text[self.end..]);
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_changed_is_replaced() {
        for (text, changed, result) in [
            (r#" {"b" : [1 , 2], "a":1E3} "#, r#"{"a":1E3,"b":[1,2]}"#, r#" {"b" : [1 , 2], "a":1E3} "#),
            (r#"{ "b" : [1 , 2], "a":1E3 }"#, r#"{"a":7,"b":[1,2]}"#, r#"{ "b" : [1 , 2], "a":7 }"#),
            (r#"{"a" : 1,  "b": 2}"#, r#"{"b":2,"c":3}"#, r#"{"b": 2,  "c":3}"#),
            (r#"{ "a" : 1 }"#, "{}", "{ }"),
            ("[ ]", "[1,2]", "[1,2]"),
            (r#"[ "\u0061" ,"b"]"#, r#"["a","b","c"]"#, r#"[ "\u0061" ,"b" ,"c"]"#),
            (r#"[ {"x" : 1}, {"x":2}]"#, r#"[{"x":2}]"#, r#"[ {"x":2}]"#),
            (r#"[{"x" : 1},{"x": 1}]"#, r#"[{"x":2},{"x":1}]"#, r#"[{"x" : 2},{"x": 1}]"#),
            (r#"[{"x" : 1},{"y": 1}]"#, r#"[{"y":1},{"x":1}]"#, r#"[{"y": 1},{"x" : 1}]"#),
            (r#"{"a":1,"a":2,"b" : 3}"#, r#"{"a":2,"b":4}"#, r#"{"a":2,"b":4}"#),
            ("not JSON", "{}", "{}"),
        ] {
            assert_eq!(rewrite(text, changed), result, "{text} changed to {changed}");
        }
    }
}
