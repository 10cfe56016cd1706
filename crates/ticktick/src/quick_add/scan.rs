//! Splits a line into words, and finds the quotes in it.

use std::ops::Range;

use super::atom::is_han;
use super::marks;

/// A word of the line: the text between spaces outside quotes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Word {
    pub(super) span: Range<usize>,
    /// The quoted value of a mark, without its quotes.
    pub(super) value: Option<Range<usize>>,
}

/// The words of a line, and its quoted parts including the quotes.
#[derive(Clone, Debug, Default)]
pub(super) struct Scan {
    pub(super) words: Vec<Word>,
    pub(super) quoted: Vec<Range<usize>>,
}

const QUOTES: [(char, char); 4] = [('"', '"'), ('“', '”'), ('「', '」'), ('《', '》')];

pub(super) fn scan(line: &str) -> Scan {
    let mut scan = Scan::default();
    let mut at = 0;
    while let Some(start) = line[at..].find(|c: char| !c.is_whitespace()).map(|skip| at + skip) {
        let value = quoted_value(line, start);
        let inside = value.as_ref().map_or(start, |value| after_quote(line, value.end));
        let end = end_of_word(line, start, inside, &mut scan.quoted);
        scan.words.push(Word { span: start..end, value });
        at = end;
    }
    scan
}

/// Returns the position after a closing quote.
fn after_quote(line: &str, at: usize) -> usize {
    at + line[at..].chars().next().map_or(0, char::len_utf8)
}

/// Reads `~"Work projects"` or `list:'Work projects'`; returns the text between the quotes.
fn quoted_value(line: &str, start: usize) -> Option<Range<usize>> {
    let open = start + marks::prefix(&line[start..])?.1;
    let mark = line[open..].chars().next()?;
    let close = if mark == '\'' { '\'' } else { QUOTES.iter().find(|(quote, _)| *quote == mark)?.1 };
    let from = open + mark.len_utf8();
    let ends = |at: usize| {
        let next = line[at + close.len_utf8()..].chars().next();
        next.is_none_or(|c| c.is_whitespace() || marks::AFTER_NAME.contains(&c))
    };
    let end = line[from..].match_indices(close).map(|(at, _)| from + at).find(|at| ends(*at))?;
    Some(from..end)
}

/// Finds the end of a word and the quotes in it, starting at `inside`. Spaces in quotes belong to the word.
fn end_of_word(line: &str, start: usize, inside: usize, quoted: &mut Vec<Range<usize>>) -> usize {
    let mut at = inside;
    let mut before = line[start..inside].chars().next_back();
    while let Some(c) = line[at..].chars().next() {
        if c.is_whitespace() {
            break;
        }
        let next = at + c.len_utf8();
        match closing(line, c, before, next) {
            Some(end) => {
                quoted.push(at..end);
                (at, before) = (end, Some(c));
            }
            None => (at, before) = (next, Some(c)),
        }
    }
    at
}

/// Returns the position after the closing quote, if the character is an opening quote.
fn closing(line: &str, open: char, before: Option<char>, from: usize) -> Option<usize> {
    let (_, close) = QUOTES.iter().find(|(quote, _)| *quote == open)?;
    // `5"` is a length.
    if open == '"' && before.is_some_and(|before| before.is_alphanumeric() && !is_han(before)) {
        return None;
    }
    line[from..].find(*close).map(|at| from + at + close.len_utf8())
}
