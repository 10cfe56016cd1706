//! Symbols and word forms: `~Flat`, `#home`, `!high`, `*friday`, `list:Flat`.

use ticktick_models::Priority;

use super::atom::{is_han, usual};
use super::error::QuickAddError;

/// The field that a mark sets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sigil {
    Project,
    Tag,
    Priority,
    Date,
}

/// Signs after a name that are not part of it.
pub(super) const AFTER_NAME: [char; 6] = [',', '.', ';', '，', '。', '；'];

const SYMBOLS: [(char, Sigil); 8] = [
    ('~', Sigil::Project),
    ('～', Sigil::Project),
    ('^', Sigil::Project),
    ('#', Sigil::Tag),
    ('＃', Sigil::Tag),
    ('!', Sigil::Priority),
    ('！', Sigil::Priority),
    ('*', Sigil::Date),
];

const WORDS: [(&str, Sigil); 4] =
    [("list:", Sigil::Project), ("tag:", Sigil::Tag), ("p:", Sigil::Priority), ("due:", Sigil::Date)];

const PRIORITIES: [(&str, Priority); 9] = [
    ("high", Priority::High),
    ("medium", Priority::Medium),
    ("med", Priority::Medium),
    ("low", Priority::Low),
    ("none", Priority::None),
    ("高", Priority::High),
    ("中", Priority::Medium),
    ("低", Priority::Low),
    ("无", Priority::None),
];

/// Returns the field that a word marks, and the length of the symbol or word form.
pub(super) fn prefix(word: &str) -> Option<(Sigil, usize)> {
    let first = word.chars().next()?;
    if let Some((symbol, sigil)) = SYMBOLS.iter().find(|(symbol, _)| *symbol == first) {
        return Some((*sigil, symbol.len_utf8()));
    }
    let is_start = |form: &str| word.get(..form.len()).is_some_and(|start| start.eq_ignore_ascii_case(form));
    WORDS.iter().find(|(form, _)| is_start(form)).map(|(form, sigil)| (*sigil, form.len()))
}

/// Returns whether a mark is a word form. There, an unknown value is an error.
pub(super) fn is_word_form(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_alphabetic())
}

/// Returns the name after a mark, or `None` if the text cannot be a name.
pub(super) fn name(sigil: Sigil, text: &str) -> Option<&str> {
    let name = text.trim_end_matches(AFTER_NAME);
    let first = name.chars().next()?;
    let digits = name.trim_start_matches(|c: char| c.is_ascii_digit());
    let is_numbered = sigil == Sigil::Tag && first.is_ascii_digit() && digits.starts_with(char::is_alphabetic);
    (first.is_alphabetic() || is_emoji(first) || is_numbered).then_some(name)
}

/// Reads the value of a priority.
pub(super) fn priority(text: &str) -> Option<Priority> {
    let name = text.trim_end_matches(AFTER_NAME).to_lowercase();
    PRIORITIES.iter().find(|(known, _)| *known == name).map(|(_, priority)| *priority)
}

/// Returns the priority that a misspelled word probably means.
pub(super) fn near_priority(text: &str) -> Option<&'static str> {
    let word: Vec<char> = text.trim_end_matches(AFTER_NAME).to_lowercase().chars().collect();
    let near = |known: &str| word.first() == known.chars().next().as_ref() && is_near(&word, known);
    PRIORITIES.iter().map(|(known, _)| *known).find(|known| known.len() > 2 && word.len() > 2 && near(known))
}

/// Returns whether two words differ by one added, missing or different letter, or by two swapped letters.
fn is_near(word: &[char], known: &str) -> bool {
    let known: Vec<char> = known.chars().collect();
    let same = word.iter().zip(&known).take_while(|(one, other)| one == other).count();
    let (rest, known_rest) = (&word[same..], &known[same..]);
    match (rest, known_rest) {
        ([], _) | (_, []) => rest.len() + known_rest.len() == 1,
        ([a, b, rest @ ..], [c, d, other @ ..]) if a == d && b == c => rest == other,
        ([_, rest @ ..], [_, other @ ..]) => rest == other || rest == known_rest || word[same..] == *other,
    }
}

/// Explains that the value of a word form is unknown.
pub(super) fn unknown(sigil: Sigil, word: &str) -> QuickAddError {
    match sigil {
        Sigil::Priority => {
            let reason = format!("unknown priority \"{word}\"");
            QuickAddError::unknown(reason).write(["p:high", "p:medium", "p:low", "p:none"])
        }
        Sigil::Date => {
            let reason = format!("\"{word}\" is not followed by a date that can be read");
            QuickAddError::unknown(reason).write(["due:friday", "due:2026-12-01", "due:\"next friday 9am\""])
        }
        Sigil::Project => {
            let reason =
                format!("\"{word}\" has no valid project name: start the name with a letter, or put it in quotes");
            QuickAddError::unknown(reason).write(["list:Work", "list:'Work projects'"])
        }
        Sigil::Tag => {
            let reason = format!("\"{word}\" has no valid tag name: start the name with a letter, or put it in quotes");
            QuickAddError::unknown(reason).write(["tag:work"])
        }
    }
}

fn is_emoji(c: char) -> bool {
    let is_pictograph =
        matches!(u32::from(c), 0x1_f000..=0x1_faff | 0x2600..=0x27bf | 0x2b00..=0x2bff | 0x2300..=0x23ff);
    is_pictograph || matches!(c, '©' | '®' | '™' | '‼' | '⁉' | 'ℹ' | '〰' | '㊗' | '㊙')
}

/// Returns whether a word names an assignee.
pub(super) fn is_assignee(word: &str) -> bool {
    let mut chars = word.chars();
    chars.next().map(usual) == Some('@') && chars.next().is_some_and(|c| c.is_alphabetic() || is_han(c))
}
