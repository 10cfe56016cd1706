//! Escapes untrusted text for HTML and SVG.

use std::borrow::Cow;

use crate::text::on_one_line;

/// Escapes a text for an element or a quoted attribute.
pub(super) fn escaped(text: &str) -> String {
    let text: Cow<'_, str> = on_one_line(text);
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            // Noncharacters are errors in HTML.
            '\u{fdd0}'..='\u{fdef}' => out.push('\u{fffd}'),
            c if u32::from(c) & 0xfffe == 0xfffe => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}

/// Formats a coordinate with at most one decimal.
pub(super) fn at(value: f64) -> String {
    let text = format!("{value:.1}");
    text.strip_suffix(".0").map(str::to_owned).unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_stays_a_text() {
        assert_eq!(escaped("<b a=\"1\" c='2'>&amp;\n\x1b"), "&lt;b a=&quot;1&quot; c=&#39;2&#39;&gt;&amp;amp; \\u{1b}");
        assert_eq!(escaped("a\u{fffe}b\u{1ffff}c\u{fdd0}"), "a\u{fffd}b\u{fffd}c\u{fffd}");
        assert_eq!(escaped("日本 👩‍👩‍👧"), "日本 👩‍👩‍👧");
    }

    #[test]
    fn coordinates_are_short() {
        assert_eq!([0.0, 1.25, 12.04, 7.96].map(at), ["0", "1.2", "12", "8"]);
    }
}
