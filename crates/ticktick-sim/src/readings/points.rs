//! The table of readings. Each point is an experiment of `spec/experiments.yaml`, and each side one of its verdicts.

/// One side of a point.
pub(super) struct Side {
    /// The verdict of the experiment.
    pub(super) name: &'static str,
    /// What the simulator does.
    pub(super) about: &'static str,
    /// What the code asks for; the default side has none.
    pub(super) other: Option<Other>,
}

/// An experiment, and what the simulator can do in it. The first side is the default.
pub(super) struct Point {
    pub(super) experiment: &'static str,
    pub(super) sides: &'static [Side],
}

/// Builds the enum of all sides but the defaults, and the table of points.
macro_rules! points {
    ($(
        $experiment:literal {
            $usual:literal: $about_usual:literal,
            $($other:ident = $side:literal: $about:literal,)+
        }
    )+) => {
        /// A side that is not the default.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(crate) enum Other {
            $($($other,)+)+
        }

        /// All points.
        pub(super) const POINTS: &[Point] = &[$(
            Point {
                experiment: $experiment,
                sides: &[
                    Side { name: $usual, about: $about_usual, other: None },
                    $(Side { name: $side, about: $about, other: Some(Other::$other) },)+
                ],
            },
        )+];
    };
}

points! {
    // Tasks.
    "update-mode" {
        "merge": "an update keeps the members that it leaves out",
        UpdateReplaces = "replace": "an update removes the members that it leaves out; two live test suites contradict this",
    }
    "unpin-null" {
        "pinned": "only the text `-1` unpins a task",
        NullUnpins = "unpinned": "a null `pinnedTime` unpins a task too",
    }
    "all-day-end" {
        "as-sent": "both dates of an all-day task are stored as sent",
        AllDayEndsNextDay = "next-day": "a due date equal to the start of an all-day task moves to the next day",
    }

    // Habits.
    "second-check-in" {
        "one": "a second check-in on a day changes the first, under its id",
        CheckInIsNew = "two": "a second check-in on a day is stored beside the first",
    }

    // Tags.
    "tag-case" {
        "lower": "names of tags are stored in lower case",
        TagKeepsCase = "kept": "names of tags keep their case",
    }

    // Columns.
    "column-delete-tasks" {
        "keep": "tasks keep the `columnId` of a deleted column",
        ColumnDeleteClears = "clear": "tasks lose the `columnId` of a deleted column",
    }
    "column-partial-update" {
        "keep": "an update of a column keeps the members that it leaves out",
        ColumnUpdateResets = "reset": "an update of a column resets the name and the position that it leaves out",
    }

    // Sync.
    "late-delta" {
        "prompt": "a delta holds everything that was written before it",
        DeltaIsLate = "late": "a delta leaves out what was just written; the next one holds it",
    }

    // Points from `create-twice` on, in the order of the experiments.
    "comment-title-alone" {
        "ignored": "an edit of a comment takes the whole comment; a title alone is answered with 200 and ignored",
        CommentTitleAlone = "edited": "an edit of a comment takes a title alone",
    }
    "restore-without-list" {
        "stays": "a task is not restored into a list that is gone",
        RestoreToInbox = "inbox": "a task whose list is gone is restored into the inbox, and the answer does not say so",
    }
}
