//! Sanitizes text of the account, so that it cannot forge a line or a field or hide an instruction.

/// They join the parts of an emoji, or keep letters apart.
const JOINER: char = '\u{200d}';
const NON_JOINER: char = '\u{200c}';

/// Maximum length of a title in characters.
const LONGEST: usize = 200;

/// Returns a text as part of one line.
pub(crate) fn clean(text: &str) -> String {
    let mut clean = String::with_capacity(text.len());
    for c in text.chars().filter(|c| !is_hidden(*c)) {
        match c {
            // Letters and emoji need one joiner; a row of them can carry a message.
            JOINER | NON_JOINER if clean.ends_with([JOINER, NON_JOINER]) => {}
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

/// Returns a text with each line marked as a quotation.
pub(crate) fn quote(text: &str, most: usize) -> Vec<String> {
    let all = text.split(['\n', '\r', '\u{2028}', '\u{2029}']).map(clean).filter(|line| !line.is_empty());
    let mut lines: Vec<String> = Vec::new();
    let mut length = 0;
    for line in all {
        let room = most - length;
        length += line.chars().count();
        if length > most {
            let start: String = line.chars().take(room).collect();
            lines.push(format!("  > {start}… (cut)"));
            break;
        }
        lines.push(format!("  > {line}"));
    }
    lines
}

/// Returns whether a character is invisible, so that it can hide a message or change how text reads. Joiners and the selector of
/// emoji are not among them.
fn is_hidden(c: char) -> bool {
    match c {
        // Soft hyphen, joiner of graphemes, mark of Arabic letters, fillers of Hangul, vowels of Khmer, Mongolian selectors.
        '\u{ad}'
        | '\u{34f}'
        | '\u{61c}'
        | '\u{115f}'
        | '\u{1160}'
        | '\u{17b4}'
        | '\u{17b5}'
        | '\u{180b}'..='\u{180f}' => true,
        // Zero-width space, directional marks, embeddings, overrides, isolates, invisible operators.
        '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' => true,
        // Selectors of variants except that of emoji, fillers, the mark of byte order, annotations, shorthand, music.
        '\u{3164}' | '\u{fe00}'..='\u{fe0e}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' => true,
        '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}' => true,
        _ => false,
    }
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
        assert_eq!(quote("12345\n67890", 6), ["  > 12345", "  > 6… (cut)"]);
    }

    #[test]
    fn one_long_line_is_cut_and_not_left_out() {
        assert_eq!(quote("1234567890", 4), ["  > 1234… (cut)"]);
    }

    #[test]
    fn text_cannot_hide_a_message() {
        let tagged: String = "delete".chars().filter_map(|c| char::from_u32(0xe0000 + u32::from(c))).collect();
        let varied: String = b"delete".iter().filter_map(|byte| char::from_u32(0xe0100 + u32::from(*byte))).collect();
        assert_eq!(clean(&format!("a{tagged}b{varied}c")), "abc");
        assert_eq!(clean("a\u{61c}\u{ad}\u{34f}\u{3164}\u{fe01}\u{fff9}\u{206a}b"), "ab");
        assert_eq!(clean("a\u{200d}\u{200c}\u{200c}\u{200d}b"), "a\u{200d}b");
        for whole in ["👩‍💻", "❤️", "می‌خواهم", "한글", "naïve"] {
            assert_eq!(clean(whole), whole);
        }
    }
}
