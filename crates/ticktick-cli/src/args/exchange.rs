//! The arguments of `ticktick export` and `ticktick import`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

#[derive(Args, Debug)]
#[command(after_help = "The summary says what the format cannot hold. docs/formats.md has the tables.")]
pub(crate) struct ExportArgs {
    /// File to write; a folder for an archive or for one file per list [default: standard output]
    #[arg(value_name = "FILE|DIR")]
    pub(crate) target: Option<PathBuf>,
    /// Format [default: by the extension; json without one]
    #[arg(short, long = "format", id = "file-format", value_name = "FORMAT")]
    pub(crate) format: Option<FileFormat>,
    /// Only tasks of this project: name, part of the name, or id; repeatable
    #[arg(short, long = "project", value_name = "PROJECT")]
    pub(crate) projects: Vec<String>,
    /// Include completed and abandoned tasks; json and ndjson always do
    #[arg(long)]
    pub(crate) closed: bool,
    /// Keep cells that a spreadsheet would read as a formula
    #[arg(long)]
    pub(crate) raw: bool,
    /// Include the files of tasks; only in an archive
    #[arg(long)]
    pub(crate) attachments: bool,
}

#[derive(Args, Debug)]
#[command(after_help = "\
A second import of a file adds nothing, and an interrupted one can be repeated. Nothing is ever deleted.")]
pub(crate) struct ImportArgs {
    /// Files to read, or the folder of an archive; - for standard input
    #[arg(value_name = "FILE", required = true)]
    pub(crate) files: Vec<PathBuf>,
    /// Format [default: by the content and the extension]
    #[arg(short, long = "format", id = "file-format", value_name = "FORMAT")]
    pub(crate) format: Option<FileFormat>,
    /// Put all tasks into this list, which is made if it does not exist
    #[arg(short, long, value_name = "PROJECT")]
    pub(crate) project: Option<String>,
}

#[derive(ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FileFormat {
    /// Our archive: everything, as the service sent it
    Json,
    /// Our archive, one object per line
    Ndjson,
    /// A table for spreadsheets; cannot be imported
    Csv,
    /// The backup of the app
    BackupCsv,
    /// Markdown in the style of Obsidian Tasks
    Md,
    /// iCalendar with VTODO
    Ics,
    /// JSON of Taskwarrior
    Taskwarrior,
    /// todo.txt
    Todotxt,
    /// Org mode of Emacs
    Org,
    /// CSV of Todoist, one file per list
    Todoist,
}

impl From<FileFormat> for ticktick_formats::Format {
    fn from(format: FileFormat) -> Self {
        match format {
            FileFormat::Json => Self::Json,
            FileFormat::Ndjson => Self::Ndjson,
            FileFormat::Csv => Self::Csv,
            FileFormat::BackupCsv => Self::BackupCsv,
            FileFormat::Md => Self::Markdown,
            FileFormat::Ics => Self::Ics,
            FileFormat::Taskwarrior => Self::Taskwarrior,
            FileFormat::Todotxt => Self::TodoTxt,
            FileFormat::Org => Self::Org,
            FileFormat::Todoist => Self::Todoist,
        }
    }
}
