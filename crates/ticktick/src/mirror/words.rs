//! Splits texts and search queries into words.
//!
//! The tokenizer of SQLite treats a run of Han characters as one word, so that parts of it cannot be found. Here, each
//! such character becomes a word of its own, and a run in a query becomes a phrase. Unlike the trigram tokenizer, this
//! also finds parts of fewer than three characters.

/// Returns a text with spaces around each character that is a word by itself.
pub(super) fn spaced(text: &str) -> String {
    let mut spaced = String::with_capacity(text.len());
    for character in text.chars() {
        if is_word(character) {
            spaced.push(' ');
            spaced.push(character);
            spaced.push(' ');
        } else {
            spaced.push(character);
        }
    }
    spaced
}

/// Returns queries for texts that contain all words, or longer words that start with them, best matches first. Each query
/// may also find what those before it find. Returns none if the text contains no words.
pub(super) fn queries(text: &str) -> Vec<String> {
    let (mut whole, mut longer) = (Vec::new(), Vec::new());
    for word in text.split(|character: char| !character.is_alphanumeric()) {
        for run in runs(word) {
            let is_phrase = run.chars().next().is_some_and(is_word);
            // Only letters and digits are left, so nothing has to be escaped.
            let term = if is_phrase { format!("\"{}\"", spaced(run).trim()) } else { format!("\"{run}\"") };
            longer.push(if is_phrase { term.clone() } else { format!("{term}*") });
            whole.push(term);
        }
    }
    let mut queries = Vec::new();
    for terms in [whole, longer] {
        let terms = terms.join(" ");
        if !terms.is_empty() && !queries.contains(&terms) {
            queries.extend([format!("{{title}} : ({terms})"), terms]);
        }
    }
    queries
}

/// Splits a word where characters that are words by themselves meet others.
fn runs(word: &str) -> Vec<&str> {
    let mut runs = Vec::new();
    let mut start = 0;
    let mut before = None;
    for (at, character) in word.char_indices() {
        let kind = is_word(character);
        if before.is_some_and(|before| before != kind) {
            runs.push(&word[start..at]);
            start = at;
        }
        before = Some(kind);
    }
    if start < word.len() {
        runs.push(&word[start..]);
    }
    runs
}

/// Returns whether a character belongs to a script that writes no spaces between words.
fn is_word(character: char) -> bool {
    matches!(character,
        '\u{0E00}'..='\u{0EFF}' // Thai, Lao
        | '\u{3005}'..='\u{3007}' | '\u{3040}'..='\u{30FF}' | '\u{31F0}'..='\u{31FF}' // kana
        | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' // Han
        | '\u{AC00}'..='\u{D7AF}' // hangul
        | '\u{20000}'..='\u{323AF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_match_by_prefix_and_runs_of_han_are_phrases() {
        let whole = |text: &str| format!("{{title}} : ({text})");
        let milk = [r#""buy" "milk""#, r#""buy"* "milk"*"#];
        assert_eq!(queries("buy milk"), [&*whole(milk[0]), milk[0], &*whole(milk[1]), milk[1]]);
        assert_eq!(queries("买牛奶2026").last().unwrap(), r#""买  牛  奶" "2026"*"#);
        assert_eq!(queries("牛奶"), [&*whole(r#""牛  奶""#), r#""牛  奶""#]);
        assert_eq!(queries("\"OR\" (*)").last().unwrap(), r#""OR"*"#);
        assert_eq!(queries(" -*\" "), [""; 0]);
    }
}
