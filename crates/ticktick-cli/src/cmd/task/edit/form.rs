//! A task as text: a front matter, the checklist, and the body.
//!
//! ```text
//! ---
//! title: Call the dentist
//! due: 2026-11-23 09:30
//! ---
//! - [ ] insurance card
//! - [x] old X-rays
//!
//! The body follows the blank line and is kept byte for byte.
//! ```

/// The fields, in the order of the front matter.
pub(super) const FIELDS: [&str; 8] = ["title", "project", "column", "due", "repeat", "remind", "priority", "tags"];

const FENCE: &str = "---";
const OPEN: &str = "- [ ]";
const DONE: [&str; 2] = ["- [x]", "- [X]"];

/// A task as text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Form {
    /// The values of [`FIELDS`], in their order. An empty one is not set.
    pub(super) values: [String; 8],
    /// The checklist: whether an item is done, and its title.
    pub(super) items: Vec<(bool, String)>,
    pub(super) body: String,
}

impl Form {
    pub(super) fn value(&self, field: &str) -> &str {
        FIELDS.iter().position(|name| *name == field).map_or("", |at| &self.values[at])
    }

    /// Returns the fields whose values differ.
    pub(super) fn changed(&self, other: &Self) -> Vec<&'static str> {
        let differs = |(at, _): &(usize, &&'static str)| self.values[*at] != other.values[*at];
        FIELDS.iter().enumerate().filter(differs).map(|(_, name)| *name).collect()
    }

    /// Writes the text.
    pub(super) fn render(&self) -> String {
        let mut text = format!("{FENCE}\n");
        for (name, value) in FIELDS.iter().zip(&self.values) {
            text.push_str(format!("{name}: {}", quoted(value)).trim_end_matches(' '));
            text.push('\n');
        }
        text.push_str(FENCE);
        text.push('\n');
        for (done, title) in &self.items {
            let mark = if *done { DONE[0] } else { OPEN };
            text.push_str(format!("{mark} {}", quoted(title)).trim_end_matches(' '));
            text.push('\n');
        }
        text.push('\n');
        if !self.body.is_empty() {
            text.push_str(&self.body);
            // Editors end a file with a line break.
            text.push('\n');
        }
        text
    }

    /// Reads the text. Lines before the front matter are comments.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        let mut rest = text;
        loop {
            let (line, after) = split_line(rest).ok_or("the front matter between two lines `---` is missing")?;
            rest = after;
            match line.trim_end() {
                FENCE => break,
                comment if comment.is_empty() || comment.starts_with('#') => {}
                other => return Err(format!("\"{other}\" is before the front matter, which begins with `---`")),
            }
        }
        let mut form = Self::default();
        loop {
            let (line, after) = split_line(rest).ok_or("the second line `---` of the front matter is missing")?;
            rest = after;
            if line.trim_end() == FENCE {
                break;
            }
            form.read_field(line.trim())?;
        }
        while let Some((line, after)) = split_line(rest) {
            let Some(item) = item(line.trim_end_matches('\r'))? else { break };
            form.items.push(item);
            rest = after;
        }
        if let Some((line, after)) = split_line(rest)
            && line.trim().is_empty()
        {
            rest = after;
        }
        form.body = rest.strip_suffix('\n').unwrap_or(rest).to_owned();
        Ok(form)
    }

    fn read_field(&mut self, line: &str) -> Result<(), String> {
        if line.is_empty() || line.starts_with('#') {
            return Ok(());
        }
        let (name, value) = line.split_once(':').ok_or_else(|| format!("\"{line}\" is not `name: value`"))?;
        let place = FIELDS.iter().position(|field| field.eq_ignore_ascii_case(name.trim()));
        let place =
            place.ok_or_else(|| format!("there is no field \"{name}\"; the fields are {}", FIELDS.join(", ")))?;
        self.values[place] = unquoted(value.trim())?;
        Ok(())
    }
}

/// Combines the changes of the user with those made elsewhere. Returns the fields that both have changed; they have the
/// values of the user.
pub(super) fn merge(base: &Form, mine: &Form, theirs: &Form) -> (Form, Vec<String>) {
    let mut merged = theirs.clone();
    let mut conflicts = Vec::new();
    for (at, name) in FIELDS.iter().enumerate() {
        let (old, own, other) = (&base.values[at], &mine.values[at], &theirs.values[at]);
        if own != old {
            if other != old && other != own {
                conflicts.push(format!("{name} is \"{other}\" now"));
            }
            merged.values[at].clone_from(own);
        }
    }
    if mine.items != base.items {
        if theirs.items != base.items && theirs.items != mine.items {
            conflicts.push("the checklist is different now".to_owned());
        }
        merged.items.clone_from(&mine.items);
    }
    if mine.body != base.body {
        if theirs.body != base.body && theirs.body != mine.body {
            conflicts.push("the text is different now".to_owned());
        }
        merged.body.clone_from(&mine.body);
    }
    (merged, conflicts)
}

/// Returns the first line, without its end, and the rest. The end of the text does not count as a line.
fn split_line(text: &str) -> Option<(&str, &str)> {
    if text.is_empty() {
        return None;
    }
    Some(text.split_once('\n').unwrap_or((text, "")))
}

fn item(line: &str) -> Result<Option<(bool, String)>, String> {
    let done = DONE.iter().find_map(|mark| line.strip_prefix(mark)).map(|title| (true, title));
    let Some((done, title)) = line.strip_prefix(OPEN).map(|title| (false, title)).or(done) else { return Ok(None) };
    if !title.is_empty() && !title.starts_with(' ') {
        return Ok(None);
    }
    Ok(Some((done, unquoted(title.trim())?)))
}

/// Writes a value unchanged, or as a JSON string if it would not be read back unchanged.
fn quoted(value: &str) -> String {
    let is_plain = !value.contains(char::is_control) && value.trim() == value && !value.starts_with('"');
    if is_plain { value.to_owned() } else { serde_json::Value::from(value).to_string() }
}

fn unquoted(value: &str) -> Result<String, String> {
    if !value.starts_with('"') {
        return Ok(value.to_owned());
    }
    // A value in quotes that is not a JSON string is used as typed.
    Ok(serde_json::from_str(value).unwrap_or_else(|_| value.to_owned()))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn form(title: &str, items: &[(bool, &str)], body: &str) -> Form {
        let mut form = Form { body: body.to_owned(), ..Form::default() };
        form.values[0] = title.to_owned();
        form.items = items.iter().map(|(done, title)| (*done, (*title).to_owned())).collect();
        form
    }

    #[test]
    fn a_task_is_a_front_matter_a_checklist_and_a_body() {
        let form = form("Call the dentist", &[(false, "insurance card"), (true, "old X-rays")], "Ask about it.");
        let text = form.render();
        let wanted = "---\ntitle: Call the dentist\nproject:\ncolumn:\ndue:\nrepeat:\nremind:\npriority:\ntags:\n---\n\
                      - [ ] insurance card\n- [x] old X-rays\n\nAsk about it.\n";
        assert_eq!(text, wanted);
        assert_eq!(Form::parse(&text), Ok(form));
    }

    #[test]
    fn comments_and_gaps_are_allowed() {
        let text = "# error: no such date\n\n---\n# a comment\ntitle:  Milk \r\nTags: a, b\n---\n\n- [ ] not an item\n";
        let read = Form::parse(text).unwrap();
        assert_eq!((read.value("title"), read.value("tags")), ("Milk", "a, b"));
        assert!(read.items.is_empty());
        assert_eq!(read.body, "- [ ] not an item");
    }

    #[test]
    fn what_cannot_be_read_is_named() {
        for (text, wanted) in [
            ("", "is missing"),
            ("title: Milk", "before the front matter"),
            ("---\ntitle: Milk\n", "second line"),
            ("---\ncolour: red\n---\n", "no field \"colour\""),
            ("---\nMilk\n---\n", "is not `name: value`"),
        ] {
            let error = Form::parse(text).unwrap_err();
            assert!(error.contains(wanted), "{text:?}: {error}");
        }
    }

    #[test]
    fn changes_from_both_sides_are_combined() {
        let base = form("Milk", &[], "a");
        let (mine, theirs) = (form("Oat milk", &[], "a"), form("Milk", &[], "b"));
        assert_eq!(merge(&base, &mine, &theirs), (form("Oat milk", &[], "b"), vec![]));
        let theirs = form("Bread", &[(true, "x")], "a");
        let wanted = vec!["title is \"Bread\" now".to_owned()];
        assert_eq!(merge(&base, &mine, &theirs), (form("Oat milk", &[(true, "x")], "a"), wanted));
    }

    proptest! {
        #[test]
        fn no_byte_is_lost(
            values in prop::array::uniform8("\\PC*|(?s).{0,12}"),
            items in prop::collection::vec((any::<bool>(), "(?s).{0,12}"), 0..4),
            body in "(?s)(.|\n|\r|- \\[ \\] |---\n){0,12}",
        ) {
            let form = Form { values, items, body };
            prop_assert_eq!(Form::parse(&form.render()), Ok(form));
        }
    }
}
