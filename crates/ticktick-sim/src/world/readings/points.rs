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

/// An experiment, and the possible behaviours of the simulator. The first one is the default.
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

    // The other points, in the order of the experiments.
    "create-twice" {
        "updated": "a second creation under the same id changes the task, as an update does",
        CreateTwiceRefused = "refused": "a second creation under the same id is refused with `EXISTED` in `id2error`",
        CreateTwiceIgnored = "ignored": "a second creation under the same id changes nothing and is answered with the etag of the task",
    }
    "stale-etag" {
        "accepted": "the etag of an update is not checked; the last write wins",
        StaleEtagRefused = "refused": "an update with another etag than the stored one is refused in `id2error`; one without an etag is not",
    }
    "complete-without-time" {
        "set": "a task that is completed without a time gets the present one, and the user",
        CompletionStaysUntimed = "unset": "a task that is completed without a time has none",
    }
    "abandon-without-time" {
        "unlisted": "a task that was abandoned without a time is not among the closed ones",
        AbandonedIsListed = "listed": "a task that was abandoned without a time comes last among the closed ones",
    }
    "status-one" {
        "kept": "status 1 of a task is stored as it was sent",
        StatusOneIsTwo = "changed": "status 1 of a task is stored as 2",
    }
    "item-status-two" {
        "kept": "status 2 of a checklist item is stored as it was sent",
        ItemTwoIsOne = "one": "status 2 of a checklist item is stored as 1",
        ItemTwoIsOpen = "open": "status 2 of a checklist item is stored as 0, so that the item is open",
    }
    "kind-null" {
        "text": "a task that is created without a kind, or with a null, is of the kind `TEXT`",
        KindStaysAbsent = "empty": "a task that is created without a kind, or with a null, has none",
    }
    "empty-time-zone" {
        "empty": "an empty time zone of a task is stored as it was sent",
        EmptyZoneIsFilled = "filled": "a task with an empty time zone gets the zone of the account",
        EmptyZoneIsDropped = "absent": "a task with an empty time zone has none",
    }
    "only-due-date" {
        "absent": "a task with only a due date has no start",
        StartFollowsDue = "follows": "a task with only a due date starts when it is due, as with the Open API",
    }
    "clear-due-date" {
        "restored": "a date that is cleared alone is restored from the other one",
        DateIsClearedAlone = "cleared": "a date that is cleared alone is gone, and the other one stays",
    }
    "date-with-blanks" {
        "read": "a date with blanks after its colons is read",
        BlanksDropDate = "dropped": "a date with blanks after its colons is dropped, and the task is stored without it",
        BlanksRefuseTask = "refused": "a task that has a date with blanks after its colons is refused in `id2error`",
    }
    "old-modified-time" {
        "kept": "the `modifiedTime` of an update is stored as it was sent, an old one too",
        ModifiedTimeIsServers = "replaced": "the `modifiedTime` of an update is replaced by the present time",
    }
    "filter-rule" {
        "accepted": "any text is stored as the rule of a filter",
        FilterRuleIsChecked = "refused": "a filter whose rule is not a JSON object is refused in `id2error`; an empty rule is not",
    }
    "folder-delete" {
        "dangles": "lists go on naming a folder that was deleted",
        FolderDeleteClears = "cleared": "lists are taken out of a folder that is deleted",
    }
    "unarchived-list" {
        "as-null": "`closed` of a list that is taken out of the archive is null",
        UnarchivedIsFalse = "as-false": "`closed` of a list that is taken out of the archive is false",
        ArchiveIsForGood = "as-true": "`closed` stays true when it is set to false, so that the list stays archived",
    }
    "habit-archived" {
        "kept": "status 2 of a habit is stored as it was sent",
        HabitTwoIsOne = "changed": "status 2 of a habit is stored as 1, which is archived",
        HabitTwoIsHidden = "hidden": "a habit with status 2 is stored and not listed",
    }
    "comment-title-alone" {
        "ignored": "an edit of a comment takes the whole comment; a title alone is answered with 200 and ignored",
        CommentTitleAlone = "edited": "an edit of a comment takes a title alone",
        CommentTitleRefused = "refused": "an edit of a comment takes the whole comment; a title alone is refused",
    }
    "trashed-task" {
        "readable": "a task in the trash is read, with `deleted` 1",
        TrashedIsUnmarked = "unmarked": "a task in the trash is read as if it were not deleted",
        TrashedIsNotFound = "gone": "a task in the trash is not found",
    }
    "restore-short-form" {
        "ignored": "`taskId` and `projectId` alone restore nothing, and the answer is 200",
        ShortFormRestores = "restored": "`taskId` and `projectId` restore a task",
    }
    "restore-without-list" {
        "inbox": "a task whose list is gone is restored into the inbox, and the answer does not say so",
        RestoreIsRefused = "stays": "a task is not restored into a list that is gone; `id2error` says `PROJECT_NOT_FOUND`",
        RestoreIntoNothing = "lost": "a task is restored into a list that is gone, where no list shows it",
        ListTakesTrash = "gone": "a list that is deleted takes its tasks out of the trash, too, for good",
    }
    "project-get" {
        "refused": "`GET /project/{projectId}` is answered with 405",
        ProjectIsRead = "answered": "`GET /project/{projectId}` returns the list",
    }
    "quiet-delta" {
        "as-null": "what has not changed is null in a delta",
        QuietIsAbsent = "absent": "what has not changed is absent from a delta",
        QuietIsWhole = "lists": "a delta holds all lists, folders, filters and tags, whether they changed or not",
    }
    "inbox-unlisted" {
        "unlisted": "the inbox is not among the lists",
        InboxIsListed = "listed": "`GET /projects` returns the inbox, too, as the first list",
    }
}
