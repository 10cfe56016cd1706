//! The arguments of `ticktick export` and `ticktick import`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

#[derive(Args, Debug)]
#[command(after_help = "A warning lists what the format cannot store. docs/formats.md describes the formats.")]
pub(crate) struct ExportArgs {
    /// File to write; for an archive or one file per project, a folder [default: standard output]
    #[arg(value_name = "FILE|DIR")]
    pub(crate) target: Option<PathBuf>,
    /// Format [default: from the extension; json without one]
    #[arg(short, long = "format", id = "file-format", value_name = "FORMAT")]
    pub(crate) format: Option<FileFormat>,
    /// Only tasks in this project: name, part of the name, or id; repeatable
    #[arg(short, long = "project", value_name = "PROJECT")]
    pub(crate) projects: Vec<String>,
    /// Include closed tasks; json and ndjson always do
    #[arg(long)]
    pub(crate) closed: bool,
    /// Write cells unchanged, even if a spreadsheet would run them as formulas
    #[arg(long)]
    pub(crate) raw: bool,
    /// Include attached files (archives only)
    #[arg(long)]
    pub(crate) attachments: bool,
}

#[derive(Args, Debug)]
#[command(after_help = "\
An import never changes or deletes tasks. Importing a file again adds nothing, so you can repeat an interrupted import.")]
pub(crate) struct ImportArgs {
    /// Files to read, or the folder of an archive; - for standard input
    #[arg(value_name = "FILE", required = true)]
    pub(crate) files: Vec<PathBuf>,
    /// Format [default: detected from the content and the extension]
    #[arg(short, long = "format", id = "file-format", value_name = "FORMAT")]
    pub(crate) format: Option<FileFormat>,
    /// Put all tasks into this project, which is created if it does not exist
    #[arg(short, long, value_name = "PROJECT")]
    pub(crate) project: Option<String>,
}

#[derive(ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FileFormat {
    /// Archive: everything, as the service sent it
    Json,
    /// Archive, one object per line
    Ndjson,
    /// A table for spreadsheets; cannot be imported
    Csv,
    /// The backup of the app
    BackupCsv,
    /// Markdown in the style of Obsidian Tasks
    Md,
    /// iCalendar with VTODO
    Ics,
    /// Taskwarrior JSON
    Taskwarrior,
    /// todo.txt
    Todotxt,
    /// Emacs Org mode
    Org,
    /// Todoist CSV, one file per project
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
