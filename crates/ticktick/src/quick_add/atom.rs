//! Splits text into atoms: numbers, words, Chinese characters and signs.

use std::ops::Range;

/// The kind of an atom.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Number,
    Letters,
    /// One Chinese character or full-width sign, next to which a word can begin and end without a space.
    Han,
    Sign,
}

/// How an atom may be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State {
    Free,
    /// Quoted or escaped; never read.
    Text,
    /// Belongs to a mark.
    Taken,
}

/// The smallest part of a line; phrases consist of atoms.
#[derive(Clone, Debug)]
pub(super) struct Atom {
    /// The text in lower case, with full-width letters, digits and signs replaced by the usual ones.
    pub(super) text: String,
    pub(super) kind: Kind,
    /// Whether it directly follows the atom before it.
    pub(super) glued: bool,
    /// The byte range in the line.
    pub(super) span: Range<usize>,
    pub(super) state: State,
}

/// Splits a line into atoms.
pub(super) fn atoms(line: &str) -> Vec<Atom> {
    let mut found: Vec<Atom> = Vec::new();
    for (start, c) in line.char_indices() {
        if c.is_whitespace() {
            continue;
        }
        let span = start..start + c.len_utf8();
        let (kind, usual) = (kind(c), usual(c));
        let last = found.last_mut();
        let glued = last.as_ref().is_some_and(|last| last.span.end == start);
        let joins = matches!(kind, Kind::Number | Kind::Letters);
        match last {
            Some(last) if glued && joins && last.kind == kind => {
                last.text.extend(usual.to_lowercase());
                last.span.end = span.end;
            }
            _ => found.push(Atom { text: usual.to_lowercase().collect(), kind, glued, span, state: State::Free }),
        }
    }
    found
}

fn kind(c: char) -> Kind {
    match usual(c) {
        '0'..='9' => Kind::Number,
        'a'..='z' | 'A'..='Z' => Kind::Letters,
        _ if is_han(c) => Kind::Han,
        c if c.is_alphanumeric() || is_combining(c) => Kind::Letters,
        _ => Kind::Sign,
    }
}

/// Returns whether a character is a combining mark, which belongs to the word around it.
fn is_combining(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{483}'..='\u{489}' | '\u{591}'..='\u{5bd}' | '\u{610}'..='\u{61a}'
        | '\u{64b}'..='\u{65f}' | '\u{900}'..='\u{903}' | '\u{93a}'..='\u{94f}' | '\u{200c}' | '\u{200d}')
}

/// Returns whether a character belongs to a script without spaces between words, or is a full-width sign.
pub(super) fn is_han(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{303f}' | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ff65}' | '\u{20000}'..='\u{3ffff}' | '“' | '”')
}

/// Replaces a full-width character by the usual one.
pub(super) fn usual(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        '、' => ',',
        '。' => '.',
        '–' | '—' | '−' => '-',
        '’' => '\'',
        c => c,
    }
}
