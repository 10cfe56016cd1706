//! The arguments of `ticktick tag`.

use clap::{Args, Subcommand};

use super::noun::{OneArgs, RenameArgs, SomeArgs, color};

#[derive(Subcommand, Debug)]
pub(crate) enum TagCommand {
    /// List tags
    #[command(visible_alias = "ls")]
    List,
    /// Show a tag
    Show(OneArgs),
    /// Create a tag
    #[command(visible_alias = "new")]
    Create(TagCreateArgs),
    /// Rename a tag, on all tasks
    Rename(RenameArgs),
    /// Set the color of a tag
    Color(TagColorArgs),
    /// Put a tag under a parent tag
    Nest(TagPairArgs),
    /// Take tags out of their parent tags
    Unnest(SomeArgs),
    /// Replace a tag with another tag on all tasks, and delete it
    Merge(TagPairArgs),
    /// Delete tags; their tasks are kept
    #[command(visible_alias = "rm")]
    Delete(SomeArgs),
    /// List the completed tasks with a tag
    Completed(TagCompletedArgs),
}

#[derive(Args, Debug)]
pub(crate) struct TagCreateArgs {
    /// Name of the tag
    pub(crate) name: String,
    /// Color, such as 4772FA
    #[arg(long, value_name = "COLOR", value_parser = color)]
    pub(crate) rgb: Option<String>,
    /// Parent tag
    #[arg(long, value_name = "TAG")]
    pub(crate) parent: Option<String>,
}

#[derive(Args, Debug)]
pub(crate) struct TagColorArgs {
    /// Tag: name, or a unique part of the name
    pub(crate) tag: String,
    /// Color, such as 4772FA; `none` removes it
    #[arg(value_name = "COLOR", value_parser = color)]
    pub(crate) rgb: String,
}

#[derive(Args, Debug)]
pub(crate) struct TagPairArgs {
    /// Tag: name, or a unique part of the name
    pub(crate) tag: String,
    /// The other tag
    #[arg(value_name = "TAG")]
    pub(crate) other: String,
}

#[derive(Args, Debug)]
pub(crate) struct TagCompletedArgs {
    /// Tags; tasks with any of them are listed
    #[arg(value_name = "TAG", required = true)]
    pub(crate) tags: Vec<String>,
    /// Only the last N tasks
    #[arg(long, value_name = "N", default_value_t = 50)]
    pub(crate) limit: usize,
}
