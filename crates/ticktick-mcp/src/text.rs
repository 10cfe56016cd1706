//! Makes text of the account harmless: it cannot forge a line, a field or an invisible instruction.

/// The longest title in characters.
const LONGEST: usize = 200;

/// Returns a text as part of one line.
pub(crate) fn clean(text: &str) -> String {
    let mut clean = String::with_capacity(text.len());
    for c in text.chars().filter(|c| !is_hidden(*c)) {
        match c {
            '|' => clean.push('¦'),
            c if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}') => clean.push(' '),
            c => clean.push(c),
        }
    }
    clean.trim().to_owned()
}

/// Returns the text of an error as part of one line, without the hint for the command line.
pub(crate) fn reason(text: &str) -> String {
    clean(text.split_once("\nhint: ").map_or(text, |(reason, _)| reason))
}

/// Returns a title as part of one line, cut if it is long.
pub(crate) fn title(text: &str) -> String {
    let text = clean(text);
    if text.is_empty() {
        return "(no title)".to_owned();
    }
    match text.char_indices().nth(LONGEST) {
        Some((at, _)) => format!("{}… (cut)", &text[..at]),
        None => text,
    }
}

/// Returns a text of several lines, each marked as a quotation.
pub(crate) fn quote(text: &str, most: usize) -> Vec<String> {
    let all = text.split(['\n', '\r', '\u{2028}', '\u{2029}']).map(clean).filter(|line| !line.is_empty());
    let mut lines: Vec<String> = Vec::new();
    let mut length = 0;
    for line in all {
        length += line.chars().count();
        if length > most {
            lines.push("  > … (cut)".to_owned());
            break;
        }
        lines.push(format!("  > {line}"));
    }
    lines
}

/// Returns whether a character is invisible and changes how text reads. The joiner of emoji is not one of them.
fn is_hidden(c: char) -> bool {
    matches!(c, '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{e0000}'..='\u{e007f}')
}

/// Formats a number of things.
pub(crate) fn plural(count: usize, what: &str) -> String {
    if count == 1 { format!("1 {what}") } else { format!("{count} {what}s") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_cannot_forge_a_line_or_a_field() {
        assert_eq!(clean("a\nbec7 !!! b | c\r\u{2028}d\u{202e}e\u{e0041}"), "a bec7 !!! b ¦ c  de");
        assert_eq!(title(" \n"), "(no title)");
        assert!(title(&"x".repeat(300)).ends_with("… (cut)"));
        assert_eq!(quote("one\n\nundo: 7", 100), ["  > one", "  > undo: 7"]);
        assert_eq!(quote("12345\n67890", 6), ["  > 12345", "  > … (cut)"]);
    }
}
