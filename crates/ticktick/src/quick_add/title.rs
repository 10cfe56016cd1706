//! The title: the rest of the line after the recognized parts are removed.

use std::ops::Range;

/// Removes the cuts from a line and collapses runs of spaces. With `keep`, removes only the backslashes of escapes.
pub(super) fn title(line: &str, cuts: &[(Range<usize>, bool)], keep: bool) -> String {
    let mut is_cut = vec![false; line.len()];
    for (span, is_escape) in cuts {
        if *is_escape || !keep {
            is_cut[span.clone()].fill(true);
        }
    }
    let left: String = line.char_indices().filter(|(at, _)| !is_cut[*at]).map(|(_, c)| c).collect();
    let words: Vec<&str> = left.split_whitespace().collect();
    let title = words.join(" ");
    let ends = |at: usize| !keep && cuts.iter().any(|(span, is_escape)| !is_escape && span.contains(&at));
    let first = line.char_indices().find(|(_, c)| !c.is_whitespace()).is_some_and(|(at, _)| ends(at));
    let last = line.char_indices().rfind(|(_, c)| !c.is_whitespace()).is_some_and(|(at, _)| ends(at));
    let title = if first { clean_start(&title) } else { &title };
    let title = if last { clean_end(title) } else { title };
    title.to_owned()
}

const SIGNS: [char; 8] = [',', ';', ':', '，', '；', '：', '、', ' '];
const DASHES: [char; 3] = ['-', '–', '—'];

/// Returns the text beside a run of dashes if the run is one dash. A dash inside a word stays, except `——`.
fn without_dash<'a>(left: &'a str, dashes: &str, is_apart: bool) -> Option<&'a str> {
    let is_dash = matches!(dashes, "--" | "——") || dashes.chars().count() == 1;
    Some(left).filter(|_| is_dash && (left.is_empty() || is_apart || dashes == "——"))
}

/// Removes signs whose following text was removed.
fn clean_end(title: &str) -> &str {
    let mut title = title.trim_end();
    loop {
        let shorter = title.trim_end_matches(SIGNS);
        let left = shorter.trim_end_matches(DASHES);
        match without_dash(left, &shorter[left.len()..], left.ends_with(' ')) {
            Some(left) => title = left.trim_end(),
            None => return shorter,
        }
    }
}

/// Removes signs whose preceding text was removed.
fn clean_start(title: &str) -> &str {
    let mut title = title.trim_start();
    loop {
        let shorter = title.trim_start_matches(SIGNS);
        let left = shorter.trim_start_matches(DASHES);
        match without_dash(left, &shorter[..shorter.len() - left.len()], left.starts_with(' ')) {
            Some(left) => title = left.trim_start(),
            None => return shorter,
        }
    }
}
