//! [`Format`]: the formats that are read and written.

use std::fmt;
use std::str::FromStr;

/// A file format.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    /// The archive of this project: a folder with a manifest, or one JSON document.
    Json,
    /// The archive of this project, with one object per line.
    Ndjson,
    /// The backup of the app, as CSV.
    BackupCsv,
    /// CSV for spreadsheets; write-only.
    Csv,
    /// Markdown in the style of Obsidian Tasks.
    Markdown,
    /// iCalendar with VTODO components.
    Ics,
    /// Taskwarrior JSON.
    Taskwarrior,
    /// todo.txt.
    TodoTxt,
    /// Emacs Org mode.
    Org,
    /// Todoist CSV.
    Todoist,
}

impl Format {
    /// All formats.
    pub const ALL: [Self; 10] = [
        Self::Json,
        Self::Ndjson,
        Self::Csv,
        Self::BackupCsv,
        Self::Markdown,
        Self::Ics,
        Self::Taskwarrior,
        Self::TodoTxt,
        Self::Org,
        Self::Todoist,
    ];

    /// Returns the name that the command line uses.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::Ndjson => "ndjson",
            Self::BackupCsv => "backup-csv",
            Self::Csv => "csv",
            Self::Markdown => "md",
            Self::Ics => "ics",
            Self::Taskwarrior => "taskwarrior",
            Self::TodoTxt => "todotxt",
            Self::Org => "org",
            Self::Todoist => "todoist",
        }
    }

    /// Returns the name of the format in the JSON of a plan.
    #[must_use]
    pub const fn long_name(self) -> &'static str {
        match self {
            Self::Json => "ticktick-json",
            Self::Ndjson => "ticktick-ndjson",
            Self::BackupCsv => "ticktick-csv",
            Self::Csv => "csv",
            Self::Markdown => "obsidian-tasks",
            Self::Ics => "icalendar",
            Self::Taskwarrior => "taskwarrior-json",
            Self::TodoTxt => "todo.txt",
            Self::Org => "org",
            Self::Todoist => "todoist-csv",
        }
    }

    /// Returns the usual file extension.
    #[must_use]
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Json | Self::Taskwarrior => "json",
            Self::Ndjson => "ndjson",
            Self::BackupCsv | Self::Csv | Self::Todoist => "csv",
            Self::Markdown => "md",
            Self::Ics => "ics",
            Self::TodoTxt => "txt",
            Self::Org => "org",
        }
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Format {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let found = Self::ALL.into_iter().find(|format| format.name() == text || format.long_name() == text);
        found.ok_or_else(|| format!("unknown format `{text}`"))
    }
}
