//! The arguments of `ticktick comment` and `ticktick attachment`.

use std::path::PathBuf;

use clap::{Args, Subcommand};

#[derive(Subcommand, Debug)]
pub(crate) enum CommentCommand {
    /// List the comments on a task
    #[command(visible_alias = "ls")]
    List(OfTaskArgs),
    /// Write a comment on a task
    #[command(visible_aliases = ["create", "new"])]
    Add(CommentAddArgs),
    /// Change the text of a comment
    Edit(CommentEditArgs),
    /// Delete comments
    #[command(visible_alias = "rm")]
    Delete(CommentDeleteArgs),
}

// The task of comments or attachments.
#[derive(Args, Debug)]
pub(crate) struct OfTaskArgs {
    /// Task: number in the last list, id, start of an id, web address, or title
    pub(crate) task: String,
}

#[derive(Args, Debug)]
pub(crate) struct CommentAddArgs {
    #[command(flatten)]
    pub(crate) of: OfTaskArgs,
    /// Text of the comment; `-` reads it from standard input
    pub(crate) text: String,
}

#[derive(Args, Debug)]
pub(crate) struct CommentEditArgs {
    #[command(flatten)]
    pub(crate) of: OfTaskArgs,
    /// Comment: its id, a part of its text, or `last`
    pub(crate) comment: String,
    /// The new text; `-` reads it from standard input
    pub(crate) text: String,
}

#[derive(Args, Debug)]
pub(crate) struct CommentDeleteArgs {
    #[command(flatten)]
    pub(crate) of: OfTaskArgs,
    /// Comments: ids, parts of texts, or `last`
    #[arg(value_name = "COMMENT", required = true)]
    pub(crate) comments: Vec<String>,
}

#[derive(Subcommand, Debug)]
pub(crate) enum AttachmentCommand {
    /// List the files of a task
    #[command(visible_alias = "ls")]
    List(OfTaskArgs),
    /// Attach files to a task
    #[command(visible_alias = "add")]
    Upload(UploadArgs),
    /// Download an attached file
    Download(DownloadArgs),
    /// Show an attached image in the text of its task
    Show(AttachmentArgs),
    /// Show how many files you can still upload
    Limits,
}

#[derive(Args, Debug)]
pub(crate) struct AttachmentArgs {
    #[command(flatten)]
    pub(crate) of: OfTaskArgs,
    /// File: name, part of the name, or id
    #[arg(value_name = "FILE")]
    pub(crate) attachment: String,
}

#[derive(Args, Debug)]
pub(crate) struct UploadArgs {
    #[command(flatten)]
    pub(crate) of: OfTaskArgs,
    /// Files to upload
    #[arg(value_name = "FILE", required = true)]
    pub(crate) files: Vec<PathBuf>,
}

#[derive(Args, Debug)]
pub(crate) struct DownloadArgs {
    #[command(flatten)]
    pub(crate) attachment: AttachmentArgs,
    /// File to write; `-` writes to standard output [default: its name, in the current folder]
    #[arg(long, value_name = "FILE|-")]
    pub(crate) to: Option<PathBuf>,
    /// Replace an existing file
    #[arg(long)]
    pub(crate) force: bool,
}
