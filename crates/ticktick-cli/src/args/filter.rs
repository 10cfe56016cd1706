//! The arguments of `ticktick filter`.

use clap::{Args, Subcommand};
use ticktick::filter::FilterDate;

use super::PriorityArg;
use super::due::{DueWord, days_from_today};
use super::noun::{OneArgs, RenameArgs, SomeArgs, ViewArg};

#[derive(Subcommand, Debug)]
pub(crate) enum FilterCommand {
    /// List saved filters
    #[command(visible_alias = "ls")]
    List,
    /// Show a filter and its rule
    Show(OneArgs),
    /// List the tasks of a filter, like `ticktick list --filter`
    Run(OneArgs),
    /// Save a filter
    #[command(visible_alias = "new")]
    Create(FilterCreateArgs),
    /// Change the name, rule or view of a filter
    Edit(FilterEditArgs),
    /// Rename a filter
    Rename(RenameArgs),
    /// Delete filters; their tasks are kept
    #[command(visible_alias = "rm")]
    Delete(SomeArgs),
}

#[derive(Args, Debug)]
pub(crate) struct FilterCreateArgs {
    /// Name of the filter
    pub(crate) name: String,
    #[command(flatten)]
    pub(crate) rule: RuleArgs,
    /// How the app shows the tasks
    #[arg(long, value_name = "VIEW")]
    pub(crate) view: Option<ViewArg>,
}

#[derive(Args, Debug)]
pub(crate) struct FilterEditArgs {
    /// Filter: name, part of the name, or id
    pub(crate) filter: String,
    /// New name
    #[arg(long, value_name = "NAME")]
    pub(crate) name: Option<String>,
    #[command(flatten)]
    pub(crate) rule: RuleArgs,
    /// How the app shows the tasks: list, kanban or timeline; `none` lets the app choose
    #[arg(long, value_name = "VIEW", value_parser = ["list", "kanban", "timeline", "none"])]
    pub(crate) view: Option<String>,
}

// The conditions of a filter; tasks must match all of them.
#[derive(Args, Debug)]
#[command(next_help_heading = "Rule")]
pub(crate) struct RuleArgs {
    /// Tasks in this project: name, part of the name, or id; repeatable, matches any of them
    #[arg(short, long = "project", value_name = "PROJECT")]
    pub(crate) projects: Vec<String>,
    /// Tasks in the projects of this folder; repeatable
    #[arg(long = "folder", value_name = "FOLDER")]
    pub(crate) folders: Vec<String>,
    /// Tasks with this tag; repeatable, matches any of them
    #[arg(short, long = "tag", value_name = "TAG")]
    pub(crate) tags: Vec<String>,
    /// Tasks with this priority; repeatable
    #[arg(long = "priority", value_name = "LEVEL")]
    pub(crate) priorities: Vec<PriorityArg>,
    /// Tasks with this due date: overdue, today, tomorrow, week, nextweek, month, nextmonth, none, or days from today, such as -7..-1; repeatable
    #[arg(short, long = "due", value_name = "WHEN", value_parser = due, allow_hyphen_values = true)]
    pub(crate) due: Vec<FilterDate>,
    /// The rule as TickTick stores it, in JSON; `-` reads it from standard input
    #[arg(long, value_name = "JSON|-", conflicts_with_all = ["projects", "folders", "tags", "priorities", "due"])]
    pub(crate) rule: Option<String>,
}

/// Reads a date of a rule.
fn due(text: &str) -> Result<FilterDate, String> {
    if let Some(word) = DueWord::of(text) {
        return Ok(word.in_rules());
    }
    match days_from_today(text) {
        Some((first, last)) if first <= last => Ok(FilterDate::span(first, last)),
        _ => Err(format!("write {}, or days from today such as -7..-1", DueWord::ALL)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_of_rules_are_words_or_days() {
        for (text, wanted) in [
            ("Today", "today"),
            ("week", "thisweek"),
            ("thisweek", "thisweek"),
            ("next week", "nextweek"),
            ("none", "nodue"),
            ("nodue", "nodue"),
            ("-7..-1", "span(-7~-1)"),
            ("0..3", "span(0~3)"),
        ] {
            assert_eq!(due(text).map(|date| date.as_str().to_owned()).as_deref(), Ok(wanted));
        }
        for text in ["", "friday", "3..0", "1..", "a..b", "any"] {
            assert!(due(text).is_err(), "{text}");
        }
    }
}
