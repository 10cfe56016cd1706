//! Finds an object by id, name, or a part of its name.

use crate::text::bare;
/// How similar a name must be to be suggested, from 0 to 1.
const SIMILAR: f64 = 0.85;
/// The weight of a single word of a name, so that whole names are preferred.
const WORD: f64 = 0.99;
/// Minimum length of names to compare. Shorter ones are similar to anything.
const SHORTEST: usize = 3;

/// The result of a search.
#[derive(Debug, PartialEq)]
pub(crate) enum Found<'a, T> {
    One(&'a T),
    Many(Vec<&'a T>),
    Nothing,
}

/// Searches by id, then by name, then by a part of the name.
///
/// Ignores case, and the emoji that many names begin with.
pub(crate) fn pick<'a, T>(
    wanted: &str,
    things: &'a [T],
    id: impl Fn(&T) -> &str,
    name: impl Fn(&T) -> &str,
) -> Found<'a, T> {
    if let Some(thing) = things.iter().find(|thing| id(thing) == wanted) {
        return Found::One(thing);
    }
    let wanted = wanted.trim().to_lowercase();
    if wanted.is_empty() {
        return Found::Nothing;
    }
    let matching = |fits: fn(&str, &str) -> bool| -> Vec<&'a T> {
        let fits = |thing: &&'a T| {
            let name = name(thing).trim().to_lowercase();
            fits(&name, &wanted) || fits(bare(&name), &wanted)
        };
        things.iter().filter(fits).collect()
    };
    let mut found = matching(|name, wanted| name == wanted);
    if found.is_empty() {
        found = matching(|name, wanted| name.contains(wanted));
    }
    match found.as_slice() {
        [] => Found::Nothing,
        [one] => Found::One(one),
        _ => Found::Many(found),
    }
}

/// Returns the name that is most similar to a misspelled one, if any is similar enough.
pub(crate) fn similar<'a>(wanted: &str, names: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let wanted = wanted.trim().to_lowercase();
    if wanted.chars().count() < SHORTEST {
        return None;
    }
    let score = |name: &'a str| {
        let lower = name.trim().to_lowercase();
        // A single word may be a word of the title.
        let words = lower.split_whitespace().filter(|word| word.chars().count() >= SHORTEST);
        let words = words.map(|word| strsim::jaro_winkler(&wanted, word) * WORD);
        (words.fold(strsim::jaro_winkler(&wanted, bare(&lower)), f64::max), name)
    };
    let best = names.map(score).filter(|(score, _)| *score >= SIMILAR).max_by(|a, b| a.0.total_cmp(&b.0));
    best.map(|(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    const THINGS: &[(&str, &str)] =
        &[("1", "Groceries"), ("2", "Grocery budget"), ("3", "🏡 Home"), ("4", "home office"), ("5", "2")];

    fn picked(wanted: &str) -> Vec<&'static str> {
        match pick(wanted, THINGS, |thing| thing.0, |thing| thing.1) {
            Found::One(one) => vec![one.0],
            Found::Many(many) => many.iter().map(|one| one.0).collect(),
            Found::Nothing => vec![],
        }
    }

    #[test]
    fn ids_win_over_names_and_names_over_parts() {
        assert_eq!(picked("2"), ["2"]);
        assert_eq!(picked("groceries"), ["1"]);
        assert_eq!(picked("HOME"), ["3"]);
        assert_eq!(picked("🏡 h"), ["3"]);
        assert_eq!(picked("home o"), ["4"]);
        assert_eq!(picked("off"), ["4"]);
        assert_eq!(picked("budget"), ["2"]);
    }

    #[test]
    fn what_fits_twice_is_not_guessed() {
        assert_eq!(picked("groc"), ["1", "2"]);
        assert_eq!(picked("ho"), ["3", "4"]);
        assert_eq!(picked("roc"), ["1", "2"]);
        assert_eq!(picked("o"), ["1", "2", "3", "4"]);
    }

    #[test]
    fn misspelt_names_are_recognized() {
        let similar = |wanted| similar(wanted, THINGS.iter().map(|thing| thing.1));
        assert_eq!(similar("Groseries"), Some("Groceries"));
        assert_eq!(similar("hoem"), Some("🏡 Home"));
        assert_eq!(similar("2"), None);
        assert_eq!(similar("Dentist"), None);
    }

    #[test]
    fn nothing_fits_nothing() {
        for wanted in ["", "  ", "milk", "riess"] {
            assert!(picked(wanted).is_empty(), "{wanted:?}");
        }
    }
}
