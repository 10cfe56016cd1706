//! Content lines and components of iCalendar, RFC 5545.

/// Maximum length of a line in octets, without its break.
const WIDTH: usize = 75;

/// One property of a component.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Property {
    pub(crate) name: String,
    params: Vec<(String, String)>,
    pub(crate) value: String,
    pub(crate) line: usize,
}

impl Property {
    /// Returns a parameter by its name in capitals.
    pub(crate) fn param(&self, name: &str) -> Option<&str> {
        self.params.iter().find(|(found, _)| found == name).map(|(_, value)| value.as_str())
    }

    /// Returns the value as text, without escapes.
    pub(crate) fn text(&self) -> String {
        unescape(&self.value)
    }
}

/// A component with its nested components.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Component {
    pub(crate) name: String,
    pub(crate) line: usize,
    pub(crate) properties: Vec<Property>,
    pub(crate) inner: Vec<Component>,
}

impl Component {
    pub(crate) fn get(&self, name: &str) -> Option<&Property> {
        self.properties.iter().find(|property| property.name == name)
    }

    pub(crate) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Property> {
        self.properties.iter().filter(move |property| property.name == name)
    }

    /// Returns the text of a property that is not empty.
    pub(crate) fn text(&self, name: &str) -> Option<String> {
        self.get(name).map(Property::text).filter(|text| !text.trim().is_empty())
    }
}

/// Reads all components of a file. Invalid lines are reported by their number.
pub(crate) fn parse(text: &str) -> (Vec<Component>, Vec<usize>) {
    let mut open: Vec<Component> = vec![Component::default()];
    let mut bad = Vec::new();
    for (line, content) in unfolded(text) {
        if content.trim().is_empty() {
            continue;
        }
        let Some(property) = property(&content, line) else {
            bad.push(line);
            continue;
        };
        match property.name.as_str() {
            "BEGIN" => {
                let name = property.value.trim().to_uppercase();
                open.push(Component { name, line, ..Component::default() });
            }
            "END" => close(&mut open, property.value.trim()),
            _ => open.last_mut().into_iter().for_each(|component| component.properties.push(property.clone())),
        }
    }
    // The complete components of a truncated file are kept.
    while open.len() > 1 {
        let name = open.last().map(|component| component.name.clone()).unwrap_or_default();
        close(&mut open, &name);
    }
    (open.pop().map(|root| root.inner).unwrap_or_default(), bad)
}

/// Closes a component and any unclosed components inside it.
fn close(open: &mut Vec<Component>, name: &str) {
    if !open.iter().skip(1).any(|component| component.name.eq_ignore_ascii_case(name)) {
        return;
    }
    while open.len() > 1 {
        let Some(done) = open.pop() else { return };
        let is_it = done.name.eq_ignore_ascii_case(name);
        if let Some(parent) = open.last_mut() {
            parent.inner.push(done);
        }
        if is_it {
            return;
        }
    }
}

/// Joins folded lines and returns each with the number of its first line.
fn unfolded(text: &str) -> Vec<(usize, String)> {
    let mut lines: Vec<(usize, String)> = Vec::new();
    for (index, line) in text.split('\n').enumerate() {
        let line = line.strip_suffix('\r').unwrap_or(line);
        match (line.strip_prefix([' ', '\t']), lines.last_mut()) {
            (Some(more), Some((_, before))) => before.push_str(more),
            _ => lines.push((index + 1, line.to_owned())),
        }
    }
    lines
}

fn property(line: &str, number: usize) -> Option<Property> {
    let end = line.find([';', ':'])?;
    let name = line[..end].trim().to_uppercase();
    let is_name = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    // A group may precede the name, as in vCard.
    if !is_name {
        return None;
    }
    let mut rest = &line[end..];
    let mut params = Vec::new();
    while let Some(after) = rest.strip_prefix(';') {
        let equals = after.find(['=', ';', ':']).filter(|at| after.as_bytes()[*at] == b'=')?;
        let (value, next) = param_value(&after[equals + 1..])?;
        params.push((after[..equals].trim().to_uppercase(), value));
        rest = next;
    }
    let value = rest.strip_prefix(':')?;
    Some(Property { name, params, value: value.to_owned(), line: number })
}

/// Reads the value of a parameter up to the next `;` or `:` outside quotes.
fn param_value(text: &str) -> Option<(String, &str)> {
    let mut is_quoted = false;
    for (at, letter) in text.char_indices() {
        match letter {
            '"' => is_quoted = !is_quoted,
            ';' | ':' if !is_quoted => return Some((text[..at].replace('"', ""), &text[at..])),
            _ => {}
        }
    }
    None
}

fn unescape(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut letters = text.chars();
    while let Some(letter) = letters.next() {
        match (letter, letter == '\\') {
            (_, true) => match letters.next() {
                Some('n' | 'N') => plain.push('\n'),
                Some(other) => plain.push(other),
                None => plain.push('\\'),
            },
            (other, false) => plain.push(other),
        }
    }
    plain
}

/// Splits a list of texts at commas that are not escaped.
pub(crate) fn list(value: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut is_escaped = false;
    for letter in value.chars() {
        if letter == ',' && !is_escaped {
            parts.push(String::new());
            continue;
        }
        is_escaped = letter == '\\' && !is_escaped;
        if let Some(part) = parts.last_mut() {
            part.push(letter);
        }
    }
    parts.iter().map(|part| unescape(part)).collect()
}

/// Escapes a text for a property.
pub(crate) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.replace("\r\n", "\n").chars() {
        match letter {
            '\\' => escaped.push_str("\\\\"),
            ';' => escaped.push_str("\\;"),
            ',' => escaped.push_str("\\,"),
            '\n' | '\r' => escaped.push_str("\\n"),
            // Other control characters are not allowed in a text.
            other if other.is_control() && other != '\t' => {}
            other => escaped.push(other),
        }
    }
    escaped
}

/// Writes one content line, folded at 75 octets and never inside a character.
pub(crate) fn write_line(out: &mut String, line: &str) {
    let mut room = WIDTH;
    for letter in line.chars() {
        if letter.len_utf8() > room {
            out.push_str("\r\n ");
            room = WIDTH - 1;
        }
        room -= letter.len_utf8();
        out.push(letter);
    }
    out.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_joined_and_split_again() {
        let text = "BEGIN:VTODO\r\nSUMMARY;X-A=\"a;b:c\":Käse\\, Brot\\n \r\n und Öl\r\nEND:VTODO\r\n";
        let (components, bad) = parse(text);
        let summary = components[0].get("SUMMARY").unwrap();
        assert_eq!((summary.text().as_str(), summary.param("X-A")), ("Käse, Brot\n und Öl", Some("a;b:c")));
        assert!(bad.is_empty());
        let mut out = String::new();
        write_line(&mut out, &"ä".repeat(100));
        assert!(out.split("\r\n").all(|line| line.len() <= WIDTH));
        assert_eq!(out.replace("\r\n ", "").trim_end(), "ä".repeat(100));
    }

    #[test]
    fn lists_keep_escaped_commas() {
        assert_eq!(list("a,b\\,c,d\\\\,e"), ["a", "b,c", "d\\", "e"]);
    }

    #[test]
    fn a_broken_line_does_not_fail_the_others() {
        let (components, bad) = parse("BEGIN:VTODO\nno property\nSUMMARY:a\nEND:VTODO\nEND:VCALENDAR\n");
        assert_eq!((components.len(), components[0].text("SUMMARY").as_deref(), bad), (1, Some("a"), vec![2]));
    }
}
