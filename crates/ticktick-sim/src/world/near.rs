//! Finds names similar to a misspelled one.

/// Maximum number of suggestions.
const MOST: usize = 3;

/// Returns the names that are most similar to a text, the most similar first.
pub(crate) fn nearest<'a>(text: &str, names: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    let wanted = text.to_lowercase();
    let mut names: Vec<(usize, &str)> =
        names.into_iter().map(|name| (distance(&wanted, &name.to_lowercase()), name)).collect();
    names.sort();
    names.into_iter().take(MOST).map(|(_, name)| name).collect()
}

/// Returns the edit distance of two texts.
fn distance(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (before, letter) in one.chars().enumerate() {
        let mut corner = row[0];
        row[0] = before + 1;
        for (place, same) in other.iter().map(|there| *there == letter).enumerate() {
            let changed = corner + usize::from(!same);
            corner = row[place + 1];
            row[place + 1] = changed.min(corner + 1).min(row[place] + 1);
        }
    }
    row[other.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances_count_letters() {
        for (one, other, letters) in [("", "abc", 3), ("abc", "abc", 0), ("tag.lst", "tag.list", 1), ("ab", "ba", 2)] {
            assert_eq!(distance(one, other), letters, "{one} {other}");
            assert_eq!(distance(other, one), letters, "{one} {other}");
        }
    }

    #[test]
    fn the_nearest_comes_first() {
        let names = ["task.batch", "task.get", "tag.batch", "sync.check"];
        assert_eq!(nearest("Task.Bach", names), ["task.batch", "tag.batch", "task.get"]);
        assert!(nearest("x", []).is_empty());
    }
}
