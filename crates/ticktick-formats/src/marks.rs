//! Protects titles that look like marks of a format, so that they come back as they were.
//!
//! A sign stands before each word that would be read as a mark. If the word begins with the sign already, it gets one more.

/// Adds a sign before each word that is a mark. `is_mark` gets the index of a word and the word without signs.
pub(crate) fn protected(text: &str, sign: char, is_mark: impl Fn(usize, &str) -> bool) -> String {
    let words = text.split_whitespace().enumerate().map(|(index, word)| {
        let is_mark = is_mark(index, word.trim_start_matches(sign));
        if is_mark { format!("{sign}{word}") } else { word.to_owned() }
    });
    words.collect::<Vec<_>>().join(" ")
}

/// Removes the sign before each word that is a mark.
pub(crate) fn bare<'a>(
    words: impl IntoIterator<Item = &'a str>,
    sign: char,
    is_mark: impl Fn(usize, &str) -> bool,
) -> String {
    let words = words.into_iter().enumerate().map(|(index, word)| {
        let shorter = word.strip_prefix(sign);
        shorter.filter(|_| is_mark(index, word.trim_start_matches(sign))).unwrap_or(word)
    });
    words.collect::<Vec<_>>().join(" ")
}
