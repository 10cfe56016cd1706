//! Untrusted text, escaped for a terminal and measured in terminal columns.
//!
//! Titles, names and messages come from the service or from other people. Control characters control a
//! terminal, and invisible characters can disguise one text as another. [`shown`] makes both visible, and
//! [`cut`] and [`width`] count what a reader sees.

use std::borrow::Cow;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// Maximum length of a grapheme that is shown in full, in characters. The longest emoji have ten; stacked
/// accents are unlimited.
const LONGEST_GRAPHEME: usize = 16;

/// Returns the text with control characters and invisible characters escaped, such as `\u{1b}`.
///
/// Keeps line breaks and tabs, and joiners inside emoji and in scripts that use them.
pub fn shown(text: &str) -> Cow<'_, str> {
    replaced(text, |c| matches!(c, '\n' | '\t'))
}

/// Returns the text on one line: each white-space character becomes a space, everything else as in
/// [`shown`].
pub fn on_one_line(text: &str) -> Cow<'_, str> {
    let line = |c: char| matches!(c, '\n' | '\t' | '\r' | '\u{b}' | '\u{c}' | '\u{85}');
    if is_plain(text) {
        return text.into();
    }
    if text.contains(line) {
        Cow::Owned(shown(&text.replace("\r\n", " ").replace(line, " ")).into_owned())
    } else {
        shown(text)
    }
}

/// Returns the text with every line break escaped, and nothing else changed.
///
/// Keeps one id per line, whatever characters an id contains.
pub fn unbroken(text: &str) -> Cow<'_, str> {
    let breaks = |c: char| matches!(c, '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}');
    if is_plain(text) {
        return text.into();
    }
    if text.contains(breaks) {
        text.chars()
            .map(|c| if breaks(c) { c.escape_unicode().to_string() } else { c.to_string() })
            .collect::<String>()
            .into()
    } else {
        text.into()
    }
}

/// Returns whether a text consists of printable ASCII, as nearly all do.
fn is_plain(text: &str) -> bool {
    /// A one in each of eight bytes.
    const EACH: u64 = u64::MAX / 255;
    // Eight bytes at once, because lists measure megabytes.
    let (words, rest) = text.as_bytes().as_chunks::<8>();
    let is_plain_word = |word: &[u8; 8]| {
        let word = u64::from_le_bytes(*word);
        // The highest bit of a byte is set if it is not ASCII, below a space, or DEL.
        (word | word.wrapping_sub(EACH * 0x20) | word.wrapping_add(EACH)) & (EACH * 0x80) == 0
    };
    words.iter().all(is_plain_word) && rest.iter().all(|byte| matches!(byte, 0x20..0x7f))
}

fn replaced(text: &str, keep: impl Fn(char) -> bool) -> Cow<'_, str> {
    if is_plain(text) {
        return text.into();
    }
    let mut out = String::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        if keep(c) || !is_deceptive(text, at, c) {
            out.push(c);
        } else {
            out.extend(c.escape_unicode());
        }
    }
    out.into()
}

/// Returns whether a character controls a terminal or is invisible.
pub fn is_deceptive(text: &str, at: usize, c: char) -> bool {
    match c {
        // C0, DEL, C1.
        _ if c.is_control() => true,
        '\u{200c}' | '\u{200d}' => !joins(text, at, c),
        '\u{e0020}'..='\u{e007f}' => !is_of_a_flag(&text[..at]),
        // Soft hyphen, Mongolian vowel separator, zero-width space, word joiner and invisible operators.
        '\u{ad}' | '\u{180e}' | '\u{200b}' | '\u{2060}'..='\u{2064}' | '\u{feff}' => true,
        // Embeddings, overrides, isolates, and other characters that invisibly reorder or annotate text.
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{206f}' | '\u{fff9}'..='\u{fffb}' => true,
        '\u{2028}' | '\u{2029}' | '\u{e0000}'..='\u{e001f}' => true,
        _ => false,
    }
}

/// Returns whether a tag character after this text belongs to a flag such as that of Scotland, which has at
/// most six and an end.
fn is_of_a_flag(before: &str) -> bool {
    let flag = before.trim_end_matches(|c| matches!(c, '\u{e0020}'..='\u{e007f}'));
    flag.ends_with('🏴') && before[flag.len()..].chars().count() < 7
}

/// Returns whether a joiner is needed by its neighbors.
fn joins(text: &str, at: usize, joiner: char) -> bool {
    let before = text[..at].trim_end_matches('\u{fe0f}').chars().next_back();
    let after = text[at + joiner.len_utf8()..].chars().next();
    match (before, after) {
        (Some(before), Some(after)) if is_pictograph(before) => is_pictograph(after),
        (Some(before), _) => is_of_joining_script(before),
        (None, _) => false,
    }
}

fn is_pictograph(c: char) -> bool {
    matches!(c, '\u{2190}'..='\u{2bff}' | '\u{1f000}'..='\u{1faff}')
}

/// Returns whether a character is Arabic or related, Indian, South-East Asian or Mongolian.
fn is_of_joining_script(c: char) -> bool {
    matches!(c, '\u{600}'..='\u{1aff}' | '\u{a800}'..='\u{abff}' | '\u{fb50}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}' | '\u{11000}'..='\u{11fff}')
}

/// Returns the width of a text in columns.
pub fn width(text: &str) -> usize {
    if text.is_ascii() { text.len() } else { text.width() }
}

/// Shortens a text to at most `most` columns and ends it with an ellipsis. Never splits a grapheme.
pub fn cut(text: &str, most: usize) -> Cow<'_, str> {
    let plain = text.len() <= most && text.is_ascii();
    if plain || (text.width() <= most && text.graphemes(true).all(|one| one.chars().count() <= LONGEST_GRAPHEME)) {
        return text.into();
    }
    let whole = text.width() <= most;
    let room = if whole { most } else { most.saturating_sub(1) };
    let mut kept = String::new();
    let mut used = 0;
    for grapheme in text.graphemes(true) {
        used += grapheme.width();
        if used > room {
            break;
        }
        kept.extend(grapheme.chars().take(LONGEST_GRAPHEME));
    }
    if whole { kept.into() } else { format!("{}…", kept.trim_end()).into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_a_terminal_obeys_is_left() {
        assert_eq!(shown("a\x1b[2Jb\tc\nd\u{9b}1m\u{7f}"), "a\\u{1b}[2Jb\tc\nd\\u{9b}1m\\u{7f}");
        assert_eq!(on_one_line("a\r\nb\tc\x07"), "a b c\\u{7}");
        let c0_and_c1 = (0..0x20).chain(0x7f..0xa0).filter_map(char::from_u32).collect::<String>();
        assert!(!on_one_line(&c0_and_c1).contains(char::is_control));
    }

    #[test]
    fn invisible_characters_are_shown() {
        for hidden in [
            '\u{202e}',
            '\u{202a}',
            '\u{2066}',
            '\u{2069}',
            '\u{200b}',
            '\u{2060}',
            '\u{feff}',
            '\u{ad}',
            '\u{2028}',
            '\u{2029}',
            '\u{e0041}',
            '\u{e0001}',
            '\u{200d}',
            '\u{200c}',
            '\u{180e}',
            '\u{fff9}',
        ] {
            assert_eq!(shown(&format!("a{hidden}b")), format!("a{}b", hidden.escape_unicode()));
        }
    }

    #[test]
    fn joiners_stay_where_they_are_needed() {
        for text in [
            "👩‍👩‍👧",
            "❤️‍🔥",
            "🏳️‍🌈",
            "می‌خواهم",
            "क्‍ष",
            "🏴\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f}",
            "café",
            "日本語",
        ] {
            assert_eq!(shown(text), text);
        }
    }

    #[test]
    fn plain_texts_are_printable_ascii() {
        for byte in 0..=0x7f_u8 {
            for place in 0..10 {
                let mut text = *b"0123456789";
                text[place] = byte;
                let text = std::str::from_utf8(&text).unwrap();
                assert_eq!(is_plain(text), matches!(byte, b' '..=b'~'), "{text:?}");
            }
        }
        assert!(is_plain("") && !is_plain("1234567é") && !is_plain("é"));
    }

    #[test]
    fn one_id_stays_one_line() {
        assert_eq!(unbroken("a\nb\r\u{2028}\x7f"), "a\\u{a}b\\u{d}\\u{2028}\x7f");
        assert_eq!(unbroken("65f0a1"), "65f0a1");
    }

    #[test]
    fn texts_are_cut_between_graphemes() {
        assert_eq!(cut("日本語", 5), "日本…");
        assert_eq!(cut("日本語", 6), "日本語");
        assert_eq!(cut("👩‍👩‍👧 family", 4), "👩‍👩‍👧…");
        assert_eq!(cut("e\u{301}e\u{301}e\u{301}", 2), "e\u{301}…");
        assert_eq!(cut("anything", 0), "…");
    }

    #[test]
    fn runs_without_width_have_an_end() {
        let stacked = format!("a{}", "\u{301}".repeat(5000));
        assert!(cut(&stacked, 10).chars().count() <= LONGEST_GRAPHEME);
        assert!(cut(&format!("{stacked}bcdefghijklm"), 5).chars().count() <= LONGEST_GRAPHEME + 5);
    }
}
