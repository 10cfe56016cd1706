//! [`Line`]: styled text whose width is known.

use std::fmt;

use anstyle::Style;
use unicode_segmentation::UnicodeSegmentation;

use super::style::PLAIN;
use crate::text::{cut, on_one_line, width};

/// A line of texts, each with its style.
///
/// Texts are sanitized when they are added, so a line is always one line.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Line {
    parts: Vec<Part>,
    width: usize,
}

#[derive(Clone, Debug, PartialEq)]
struct Part {
    text: String,
    style: Style,
    link: Option<String>,
}

impl Line {
    pub(crate) fn new() -> Self {
        Self::default()
    }

    /// Adds a text without a style.
    pub(crate) fn text(self, text: impl AsRef<str>) -> Self {
        self.styled(text, PLAIN)
    }

    /// Adds a text.
    pub(crate) fn styled(mut self, text: impl AsRef<str>, style: Style) -> Self {
        let text = on_one_line(text.as_ref()).into_owned();
        if !text.is_empty() {
            self.width += width(&text);
            self.parts.push(Part { text, style, link: None });
        }
        self
    }

    /// Adds a text that opens an address when it is clicked, if there is one.
    pub(crate) fn linked(self, text: impl AsRef<str>, style: Style, link: Option<&str>) -> Self {
        let before = self.parts.len();
        let mut line = self.styled(text, style);
        if let Some(part) = line.parts.get_mut(before) {
            part.link = link.filter(|link| super::link::is_safe(link)).map(str::to_owned);
        }
        line
    }

    /// Adds spaces until the line is this wide.
    pub(crate) fn pad(self, to: usize) -> Self {
        let missing = to.saturating_sub(self.width);
        self.text(" ".repeat(missing))
    }

    /// Adds the parts of another line.
    pub(crate) fn then(mut self, other: Self) -> Self {
        self.width += other.width;
        self.parts.extend(other.parts);
        self
    }

    /// Returns the width in columns.
    pub(crate) fn width(&self) -> usize {
        self.width
    }

    /// Shortens the line to at most this many columns.
    pub(crate) fn fit(self, most: usize) -> Self {
        if self.width <= most {
            return self;
        }
        let mut line = Self::new();
        for part in self.parts {
            let room = most - line.width;
            if width(&part.text) > room || room == 0 {
                let text = if room == 0 { String::new() } else { cut(&part.text, room).into_owned() };
                return line.linked(text, part.style, part.link.as_deref());
            }
            line = line.linked(part.text, part.style, part.link.as_deref());
        }
        line
    }
}

impl fmt::Display for Line {
    /// Writes the escape codes of colors and links; trailing spaces are omitted.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let last = self.parts.iter().rposition(|part| !part.text.trim_end().is_empty());
        for (at, part) in self.parts.iter().enumerate().take(last.map_or(0, |last| last + 1)) {
            let text = if Some(at) == last { part.text.trim_end() } else { &part.text };
            let style = part.style;
            if let Some(link) = &part.link {
                write!(f, "\x1b]8;;{link}\x1b\\")?;
            }
            if style == PLAIN {
                f.write_str(text)?;
            } else {
                write!(f, "{style}{text}{style:#}")?;
            }
            if part.link.is_some() {
                f.write_str("\x1b]8;;\x1b\\")?;
            }
        }
        Ok(())
    }
}

/// Formats lines for output.
pub(crate) fn rendered(lines: &[Line]) -> Vec<String> {
    lines.iter().map(Line::to_string).collect()
}

/// Breaks a text into lines of at most this many columns, between words if possible.
pub(crate) fn wrapped(text: &str, most: usize) -> Vec<String> {
    wrapped_after(text, most, most)
}

/// Breaks a text into lines, the first of which has less room. It is empty if no word fits there.
fn wrapped_after(text: &str, first: usize, most: usize) -> Vec<String> {
    let text = on_one_line(text);
    let most = most.max(2);
    let first = first.clamp(2, most);
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        let gap = usize::from(!line.is_empty());
        let room = if lines.is_empty() { first } else { most };
        if width(&line) + gap + width(word) <= room {
            line.extend((gap == 1).then_some(' '));
            line.push_str(word);
            continue;
        }
        let starts = lines.is_empty() && line.is_empty() && first < most;
        if !line.is_empty() || (starts && width(word) <= most) {
            lines.push(std::mem::take(&mut line));
        }
        let mut pieces = pieces(word, if lines.is_empty() { first } else { most }, most);
        line = pieces.pop().unwrap_or_default();
        lines.extend(pieces);
    }
    if !line.is_empty() {
        lines.push(line);
    }
    lines
}

/// Breaks a sentence for a screen reader; further lines are indented.
pub(crate) fn sentence(text: &str, style: Style, most: usize) -> Vec<Line> {
    let lines = wrapped(text, most.saturating_sub(2)).into_iter().enumerate();
    lines.map(|(at, line)| Line::new().text(if at == 0 { "" } else { "  " }).styled(line, style)).collect()
}

/// Splits a long word between graphemes.
fn pieces(word: &str, first: usize, most: usize) -> Vec<String> {
    let mut pieces: Vec<String> = Vec::new();
    let mut piece = String::new();
    for grapheme in word.graphemes(true) {
        let room = if pieces.is_empty() { first } else { most };
        if !piece.is_empty() && width(&piece) + width(grapheme) > room {
            pieces.push(std::mem::take(&mut piece));
        }
        // A single grapheme that is too wide, or that has too many accents.
        piece.push_str(&cut(grapheme, room));
    }
    pieces.push(piece);
    pieces
}

/// Breaks a text into at most this many lines. If it is longer, the last line ends with an ellipsis.
pub(crate) fn wrapped_to(text: &str, first: usize, most: usize, lines: usize) -> Vec<String> {
    let mut all = wrapped_after(text, first, most);
    if all.len() > lines {
        let rest = all.split_off(lines.saturating_sub(1)).join(" ");
        let room = if lines <= 1 { first } else { most };
        all.push(cut(rest.trim_start(), room.max(2)).into_owned());
    }
    all
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::style::RED;
    use super::*;

    #[test]
    fn a_line_knows_its_width_and_has_no_blanks_at_its_end() {
        let line = Line::new().styled("日本\n", RED).text(" a").pad(10).text("");
        assert_eq!(line.width(), 10);
        assert_eq!(line.to_string(), "\x1b[31m日本 \x1b[0m a");
        assert_eq!(Line::new().pad(3).to_string(), "");
    }

    #[test]
    fn a_line_is_cut_inside_a_part() {
        let line = Line::new().styled("high ", RED).text("👩‍👩‍👧 family").text("more");
        assert_eq!(line.clone().fit(9).to_string(), "\x1b[31mhigh \x1b[0m👩‍👩‍👧…");
        assert_eq!(line.clone().fit(5).to_string(), "\x1b[31mhigh\x1b[0m");
        assert_eq!(line.clone().fit(0).to_string(), "");
        assert_eq!(line.clone().fit(99), line);
    }

    #[test]
    fn links_surround_their_text_and_do_not_count() {
        let line = Line::new().linked("Milk", RED, Some("https://ticktick.com/#p")).linked("!", PLAIN, Some("a\x1bb"));
        assert_eq!(line.width(), 5);
        assert_eq!(line.to_string(), "\x1b]8;;https://ticktick.com/#p\x1b\\\x1b[31mMilk\x1b[0m\x1b]8;;\x1b\\!");
    }

    #[test]
    fn texts_are_wrapped_between_words_and_inside_long_ones() {
        assert_eq!(wrapped("Ask about  the wisdom tooth.", 12), ["Ask about", "the wisdom", "tooth."]);
        assert_eq!(wrapped("日本語のとても長い題", 7), ["日本語", "のとて", "も長い", "題"]);
        assert_eq!(wrapped("🇩🇪🇫🇷🇯🇵", 4), ["🇩🇪🇫🇷", "🇯🇵"]);
        assert_eq!(wrapped("", 5), [""; 0]);
        assert_eq!(wrapped_to("one two three four", 5, 5, 2), ["one", "two…"]);
        assert_eq!(wrapped_to("one two", 5, 5, 2), ["one", "two"]);
        assert_eq!(rendered(&sentence("- one two three", PLAIN, 9)), ["- one", "  two", "  three"]);
    }

    #[test]
    fn a_first_line_can_have_less_room() {
        assert_eq!(wrapped_to("Passport", 4, 8, 2), ["", "Passport"]);
        assert_eq!(wrapped_to("Passport", 4, 8, 1), ["Pas…"]);
        assert_eq!(wrapped_to("日本語のとても", 4, 8, 2), ["日本", "語のと…"]);
        assert_eq!(wrapped_to("a longer title", 4, 8, 2), ["a", "longer…"]);
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn no_wrapped_line_is_too_wide(text in ".{0,60}", first in 0_usize..40, most in 2_usize..40) {
            for line in wrapped(&text, most).iter().chain(&wrapped_to(&text, first, most, 2)) {
                prop_assert!(width(line) <= most, "{line:?}");
            }
            prop_assert!(width(&Line::new().text(&text).fit(most).to_string()) <= most);
        }
    }
}
