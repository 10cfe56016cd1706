//! The arguments of the commands on tasks. Commands share them, because each derived struct makes the program larger.

mod write;

use clap::Args;

use super::Selection;
pub(crate) use write::{
    AddArgs, AssignArgs, ConvertArgs, EditArgs, Fields, ItemArgs, KindArg, MoveArgs, OrderArgs, RemindArgs, RestoreArgs,
};

#[derive(Args, Debug)]
pub(crate) struct ListArgs {
    #[command(flatten)]
    pub(crate) selection: Selection,
}

#[derive(Args, Debug)]
pub(crate) struct SearchArgs {
    /// Words that the title, the text, the checklist or a comment contains
    #[arg(value_name = "WORDS", required = true)]
    pub(crate) words: Vec<String>,
    #[command(flatten)]
    pub(crate) selection: Selection,
}

// The tasks of a command: named, or selected.
#[derive(Args, Debug)]
pub(crate) struct TaskArgs {
    /// Tasks: number in the last list, id, start of an id, web address, or title; `-` reads ids from standard input
    #[arg(value_name = "TASK")]
    pub(crate) named: Vec<String>,
    #[command(flatten)]
    pub(crate) selection: Selection,
}
