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
    "unpin-text" {
        "unpinned": "the text `-1` unpins a task",
        TextKeepsPin = "pinned": "the text `-1` leaves a task pinned, so that nothing unpins it",
    }
    "all-day-end" {
        "as-sent": "both dates of an all-day task are stored as sent",
        AllDayEndsNextDay = "next-day": "a due date equal to the start of an all-day task moves to the next day",
        AllDayEndDropped = "dropped": "a due date equal to the start of an all-day task is dropped",
    }
    "repeat-from-absent" {
        "absent": "a series without `repeatFrom` is stored without it",
        RepeatFromCalendar = "calendar": "a series without `repeatFrom` gets the mode 2",
        RepeatFromSchedule = "other": "a series without `repeatFrom` gets the mode 0",
        RepeatFromIsNull = "as-null": "a series without `repeatFrom` is read with a null in its place",
    }
    "repeat-without-date" {
        "dropped": "a rule on a task without dates is dropped",
        RuleNeedsNoDate = "kept": "a rule on a task without dates is stored",
    }
    "parent-unset" {
        "left": "a task leaves its parent if `oldParentId` is sent alone",
        OldParentIsNotEnough = "child": "a task leaves its parent only if an empty `parentId` is sent",
    }
    "parent-unset-delta" {
        "as-null": "a delta has a null for the parent that a task has left",
        DeltaLeavesParentOut = "absent": "a delta leaves out the parent that a task has left",
    }
    "parent-on-create" {
        "ignored": "a new task loses the parent that it was sent with",
        CreateTakesParent = "honoured": "a new task is below the parent that it was sent with",
    }
    "parent-in-other-list" {
        "apart": "a task cannot be put under a parent in another list",
        ParentInOtherList = "linked": "a task can be put under a parent in another list",
    }
    "move-leaves-children" {
        "stay": "a task that moves to another list leaves its children behind",
        ChildrenMoveAlong = "move": "a task that moves to another list takes its children along",
    }
    "update-moves-task" {
        "ignored": "an update does not move a task, whatever list it names",
        UpdateMovesTask = "moved": "an update that names another list moves the task there",
    }
    "update-unknown-id" {
        "silent": "a batch accepts an update of an unknown task and does not mention it",
        UnknownUpdateTold = "told": "a batch lists an update of an unknown task in `id2error`",
        UnknownUpdateRefused = "refused": "a batch with an update of an unknown task is refused as a whole",
    }
    "delete-unknown-id" {
        "silent": "a batch accepts the deletion of an unknown task and does not mention it",
        UnknownDeleteTold = "told": "a batch lists the deletion of an unknown task in `id2error`",
        UnknownDeleteRefused = "refused": "a batch with the deletion of an unknown task is refused as a whole",
    }
    "foreign-id" {
        "replaced": "an id of another form is replaced by one that the service makes",
        ForeignIdKept = "kept": "an id of another form is kept",
        ForeignIdRefused = "refused": "a new task with an id of another form is refused",
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
    "undeclared-tag" {
        "made": "a tag that a task names and that does not exist is made",
        TagStaysOnTask = "only-on-task": "a tag that a task names and that does not exist is stored on the task alone",
        TagIsDropped = "dropped": "a tag that a task names and that does not exist is dropped from the task",
    }
    "tag-rename-collision" {
        "refused": "a rename onto another tag is refused",
        RenameIgnored = "ignored": "a rename onto another tag is answered with 200 and ignored",
        RenameMerges = "merged": "a rename onto another tag merges the two",
    }
    "tag-merge-source" {
        "gone": "a tag is gone after it was merged into another one",
        MergedTagStays = "stays": "a tag stays after it was merged into another one, and no task carries it",
        MergeRefused = "refused": "a merge of two tags is refused",
    }
    "tag-blank" {
        "stored": "a blank in the name of a tag is stored",
        BlankRefused = "refused": "a batch with a tag whose name has a blank is refused",
        BlankReplaced = "changed": "a blank in the name of a tag is stored as a hyphen",
    }
    "tag-batch-delete" {
        "ignored": "a batch of tags ignores its deletions",
        TagBatchDeletes = "deleted": "a batch of tags deletes, too",
    }

    // Columns.
    "column-delete-tasks" {
        "keep": "tasks keep the `columnId` of a deleted column",
        ColumnDeleteClears = "clear": "tasks lose the `columnId` of a deleted column",
        ColumnDeleteTrashes = "deleted": "tasks of a deleted column go to the trash",
        ColumnDeletePurges = "gone": "tasks of a deleted column are deleted for good",
    }
    "column-partial-update" {
        "keep": "an update of a column keeps the members that it leaves out",
        ColumnUpdateResets = "reset": "an update of a column resets the name and the position that it leaves out",
    }
    "column-without-list" {
        "ignored": "an update of a column without its list is answered with 200 and ignored",
        ColumnNeedsNoList = "changed": "an update of a column needs no list",
        ColumnWithoutListRefused = "refused": "an update of a column without its list is refused",
    }

    // Lists.
    "list-delete-tasks" {
        "trash": "the tasks of a deleted list go to the trash",
        ListDeletePurges = "gone": "the tasks of a deleted list are deleted for good",
        ListDeleteSparesTasks = "stay": "the tasks of a deleted list stay and go on naming it",
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
