//! The table of readings. Each point is an experiment of `spec/experiments.yaml`, and each reading is one of
//! its verdicts.

/// One side of a point.
pub(super) struct Side {
    /// The verdict of the experiment.
    pub(super) name: &'static str,
    /// What the simulator does.
    pub(super) about: &'static str,
    /// The name in code; `None` for the default.
    pub(super) other: Option<Other>,
}

/// An experiment, and the possible behaviors of the simulator. The first one is the default.
pub(super) struct Point {
    pub(super) experiment: &'static str,
    pub(super) sides: &'static [Side],
}

/// Builds the enum of all sides except the defaults, and the table of points.
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
        "merge": "an update keeps omitted members",
        UpdateReplaces = "replace": "an update removes omitted members; two live test suites contradict this",
    }
    "unpin-null" {
        "pinned": "only the text `-1` unpins a task",
        NullUnpins = "unpinned": "a null `pinnedTime` also unpins a task",
    }
    "unpin-text" {
        "unpinned": "the text `-1` unpins a task",
        TextKeepsPin = "pinned": "the text `-1` leaves a task pinned, so nothing unpins it",
    }
    "all-day-end" {
        "as-sent": "both dates of an all-day task are stored as sent",
        AllDayEndsNextDay = "next-day": "a due date equal to the start of an all-day task moves to the next day",
        AllDayEndDropped = "dropped": "a due date equal to the start of an all-day task is dropped",
    }
    "repeat-from-absent" {
        "absent": "a series without `repeatFrom` is stored without it",
        RepeatFromCalendar = "calendar": "a series without `repeatFrom` is stored with `2`",
        RepeatFromSchedule = "other": "a series without `repeatFrom` is stored with `0`",
        RepeatFromIsNull = "as-null": "a series without `repeatFrom` is returned with null",
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
        "as-null": "a delta contains a null `parentId` after a task has left its parent",
        DeltaLeavesParentOut = "absent": "a delta omits `parentId` after a task has left its parent",
    }
    "parent-on-create" {
        "ignored": "the `parentId` of a new task is ignored",
        CreateTakesParent = "honored": "the `parentId` of a new task is applied",
    }
    "parent-in-other-project" {
        "apart": "a task cannot be moved under a parent in another project",
        ParentInOtherProject = "linked": "a task can be moved under a parent in another project",
    }
    "move-leaves-children" {
        "stay": "a task that moves to another project loses its children, which stay",
        ChildrenMoveAlong = "move": "a task that moves to another project takes its children along",
    }
    "update-moves-task" {
        "ignored": "an update with another `projectId` does not move the task",
        UpdateMovesTask = "moved": "an update with another `projectId` moves the task",
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
        "replaced": "an id in an unusual form is replaced by a new one",
        ForeignIdKept = "kept": "an id in an unusual form is kept",
        ForeignIdRefused = "refused": "a new task with an id in an unusual form is refused",
    }

    // Habits.
    "second-check-in" {
        "one": "a second check-in on a day changes the first and keeps its id",
        CheckInIsNew = "two": "a second check-in on a day is stored in addition to the first",
    }

    // Tags.
    "tag-case" {
        "lower": "names of tags are stored in lower case",
        TagKeepsCase = "kept": "names of tags keep their case",
    }
    "undeclared-tag" {
        "made": "an unknown tag on a task is created",
        TagStaysOnTask = "only-on-task": "an unknown tag is stored on the task and not created",
        TagIsDropped = "dropped": "an unknown tag is removed from the task",
    }
    "tag-rename-collision" {
        "refused": "a rename onto another tag is refused",
        RenameIgnored = "ignored": "a rename onto another tag is accepted with 200 but ignored",
        RenameMerges = "merged": "a rename onto another tag merges the two",
    }
    "tag-merge-source" {
        "gone": "a tag is deleted when it is merged into another one",
        MergedTagStays = "stays": "a tag that is merged into another one remains, but no task has it",
        MergeRefused = "refused": "a merge of two tags is refused",
    }
    "tag-blank" {
        "stored": "a space in the name of a tag is stored",
        BlankRefused = "refused": "a batch with a tag whose name has a space is refused",
        BlankReplaced = "changed": "a space in the name of a tag is stored as a hyphen",
    }
    "tag-batch-delete" {
        "ignored": "a batch of tags ignores its deletions",
        TagBatchDeletes = "deleted": "a batch of tags applies its deletions",
    }

    // Columns.
    "column-delete-tasks" {
        "keep": "tasks keep the `columnId` of a deleted column",
        ColumnDeleteClears = "clear": "tasks lose the `columnId` of a deleted column",
        ColumnDeleteTrashes = "deleted": "tasks of a deleted column move to the trash",
        ColumnDeletePurges = "gone": "tasks of a deleted column are permanently deleted",
    }
    "column-partial-update" {
        "keep": "an update of a column keeps omitted members",
        ColumnUpdateResets = "reset": "an update of a column resets an omitted name and position",
    }
    "column-without-project" {
        "ignored": "an update of a column without its project is accepted with 200 but ignored",
        ColumnNeedsNoProject = "changed": "an update of a column without its project is applied",
        ColumnWithoutProjectRefused = "refused": "an update of a column without its project is refused",
    }

    // Projects.
    "project-delete-tasks" {
        "trash": "the tasks of a deleted project move to the trash",
        ProjectDeletePurges = "gone": "the tasks of a deleted project are permanently deleted",
        ProjectDeleteSparesTasks = "stay": "the tasks of a deleted project stay and keep its id",
    }

    // Sync.
    "late-delta" {
        "prompt": "a delta contains everything that was written before it",
        DeltaIsLate = "late": "a delta omits recent writes; the next one contains them",
    }

    // The other points, in the order of the experiments.
    "create-twice" {
        "updated": "a second creation with the same id changes the task, as an update does",
        CreateTwiceRefused = "refused": "a second creation with the same id is refused with `EXISTED` in `id2error`",
        CreateTwiceIgnored = "ignored": "a second creation with the same id changes nothing and returns the etag of the task",
    }
    "stale-etag" {
        "accepted": "the etag of an update is not checked; the last write wins",
        StaleEtagRefused = "refused": "an update with an outdated etag is refused in `id2error`; one without an etag is not",
    }
    "complete-without-time" {
        "set": "a task that is completed without a time gets the current time and the user",
        CompletionStaysUntimed = "unset": "a task that is completed without a time stays without one",
    }
    "abandon-without-time" {
        "unlisted": "a task that was abandoned without a time is not listed among the closed tasks",
        AbandonedIsListed = "listed": "a task that was abandoned without a time is listed last among the closed tasks",
    }
    "status-one" {
        "kept": "status 1 of a task is stored as sent",
        StatusOneIsTwo = "changed": "status 1 of a task is stored as 2",
    }
    "item-status-two" {
        "kept": "status 2 of a checklist item is stored as sent",
        ItemTwoIsOne = "one": "status 2 of a checklist item is stored as 1",
        ItemTwoIsOpen = "open": "status 2 of a checklist item is stored as 0, so the item is open",
    }
    "kind-null" {
        "text": "a task that is created without a kind or with null gets the kind `TEXT`",
        KindStaysAbsent = "empty": "a task that is created without a kind or with null has no kind",
    }
    "empty-time-zone" {
        "empty": "an empty time zone of a task is stored as sent",
        EmptyZoneIsFilled = "filled": "a task with an empty time zone gets that of the account",
        EmptyZoneIsDropped = "absent": "a task with an empty time zone is stored without one",
    }
    "only-due-date" {
        "absent": "a task with only a due date has no start",
        StartFollowsDue = "follows": "a task with only a due date starts when it is due, as with the Open API",
    }
    "clear-due-date" {
        "restored": "a date that is cleared alone is restored from the other one",
        DateIsClearedAlone = "cleared": "a date that is cleared alone is removed; the other one stays",
    }
    "date-with-blanks" {
        "read": "a date with spaces after its colons is accepted",
        BlanksDropDate = "dropped": "a date with spaces after its colons is dropped, and the task is stored without it",
        BlanksRefuseTask = "refused": "a task that has a date with spaces after its colons is refused in `id2error`",
    }
    "old-modified-time" {
        "kept": "the `modifiedTime` of an update is stored as sent, even if it is old",
        ModifiedTimeIsServers = "replaced": "the `modifiedTime` of an update is replaced by the current time",
    }
    "filter-rule" {
        "accepted": "any text is stored as the rule of a filter",
        FilterRuleIsChecked = "refused": "a filter whose rule is not a JSON object is refused in `id2error`; an empty rule is not",
    }
    "folder-delete" {
        "dangles": "projects keep the id of a deleted folder",
        FolderDeleteClears = "cleared": "projects are removed from a deleted folder",
    }
    "unarchived-project" {
        "as-null": "`closed` of an unarchived project is null",
        UnarchivedIsFalse = "as-false": "`closed` of an unarchived project is false",
        ArchiveIsForGood = "as-true": "`closed` stays true when it is set to false, so the project stays archived",
    }
    "habit-archived" {
        "kept": "status 2 of a habit is stored as sent",
        HabitTwoIsOne = "changed": "status 2 of a habit is stored as 1, which is archived",
        HabitTwoIsHidden = "hidden": "a habit with status 2 is stored and not listed",
    }
    "comment-title-alone" {
        "ignored": "an edit of a comment requires the whole comment; a title alone is accepted with 200 but ignored",
        CommentTitleAlone = "edited": "an edit of a comment accepts a title alone",
        CommentTitleRefused = "refused": "an edit of a comment requires the whole comment; a title alone is refused",
    }
    "trashed-task" {
        "readable": "a task in the trash is returned with `deleted` 1",
        TrashedIsUnmarked = "unmarked": "a task in the trash is returned as if it were not deleted",
        TrashedIsNotFound = "gone": "a task in the trash is not found",
    }
    "restore-short-form" {
        "ignored": "`taskId` and `projectId` alone are accepted with 200 but restore nothing",
        ShortFormRestores = "restored": "`taskId` and `projectId` restore a task",
    }
    "restore-without-project" {
        "inbox": "a task whose project was deleted is restored to the inbox, and the response does not mention this",
        RestoreIsRefused = "stays": "a task is not restored to a deleted project; `id2error` contains `PROJECT_NOT_FOUND`",
        RestoreIntoNothing = "lost": "a task is restored to its deleted project and is not visible in any project",
        ProjectTakesTrash = "gone": "deleting a project also permanently deletes its tasks in the trash",
    }
    "project-get" {
        "refused": "`GET /project/{projectId}` returns 405",
        ProjectIsRead = "answered": "`GET /project/{projectId}` returns the project",
    }
    "quiet-delta" {
        "as-null": "a delta contains null for unchanged collections",
        QuietIsAbsent = "absent": "a delta omits unchanged collections",
        QuietIsWhole = "projects": "a delta contains all projects, folders, filters and tags, even if unchanged",
    }
    "inbox-unlisted" {
        "unlisted": "the inbox is not among the projects",
        InboxIsListed = "listed": "`GET /projects` also returns the inbox, as the first project",
    }
}
