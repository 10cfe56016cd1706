//! The default order of tasks.

/// The sort key of a task in a list: fields in the order of their precedence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Rank<'a> {
    /// Group of dates, such as overdue.
    pub group: u8,
    /// When the task starts, in nanoseconds since 1970.
    pub start: i128,
    /// Priority; the highest is 0.
    pub priority: u8,
    /// Index of the project. Tasks in unknown projects come first.
    pub project: Option<usize>,
    /// Position in the project.
    pub position: i64,
    /// Id of the task, so that the order never depends on the order in which the tasks were read.
    pub id: &'a str,
}

/// Returns the indexes of the sorted tasks.
#[must_use]
pub fn sorted(ranks: &[Rank<'_>]) -> Vec<usize> {
    let mut places: Vec<usize> = (0..ranks.len()).collect();
    places.sort_unstable_by_key(|&place| ranks[place]);
    places
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_field_decides_if_those_before_it_are_equal() {
        let first = Rank { group: 1, start: 1, priority: 1, project: Some(1), position: 1, id: "b" };
        let in_order = [
            Rank { group: 0, start: 9, ..first },
            Rank { start: -1, priority: 9, ..first },
            Rank { priority: 0, project: Some(9), ..first },
            Rank { project: None, position: 9, ..first },
            Rank { project: Some(0), position: 9, ..first },
            Rank { position: -1, id: "c", ..first },
            Rank { id: "a", ..first },
            first,
            Rank { group: 2, start: 0, ..first },
        ];
        assert_eq!(sorted(&in_order), (0..in_order.len()).collect::<Vec<_>>());
        let reversed: Vec<Rank<'_>> = in_order.iter().rev().copied().collect();
        assert_eq!(sorted(&reversed), (0..in_order.len()).rev().collect::<Vec<_>>());
    }
}
