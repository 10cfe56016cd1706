//! Arguments that the commands on several kinds of objects share.

use clap::{Args, Command, ValueEnum};

use crate::error::Error;

/// Sets the kind of object for the help and the completion of a noun's commands.
pub(crate) fn named(command: Command, kind: &'static str) -> Command {
    command.mut_subcommands(|verb| match verb.get_name() {
        // A new object has a name that does not exist yet, so it cannot be completed.
        "create" => verb,
        _ => verb.mut_args(|arg| match arg.get_id().as_str() {
            "name" | "names" if arg.is_positional() => arg.value_name(kind),
            _ => arg,
        }),
    })
}

/// One object.
#[derive(Args, Debug)]
pub(crate) struct OneArgs {
    /// Name, unique part of the name, or id
    pub(crate) name: String,
}

/// Several objects.
#[derive(Args, Debug)]
pub(crate) struct SomeArgs {
    /// Names, parts of names, or ids; `-` reads them from standard input
    #[arg(value_name = "NAME", required = true)]
    pub(crate) names: Vec<String>,
}

/// A new name.
#[derive(Args, Debug)]
pub(crate) struct RenameArgs {
    /// Name, unique part of the name, or id
    pub(crate) name: String,
    /// The new name
    pub(crate) new_name: String,
}

/// A name for a new object.
#[derive(Args, Debug)]
pub(crate) struct NewArgs {
    /// Name
    pub(crate) name: String,
}

/// Objects of which some are archived.
#[derive(Args, Debug)]
pub(crate) struct ArchivedArgs {
    /// Include archived ones
    #[arg(long)]
    pub(crate) archived: bool,
}

// A position among others.
#[derive(Args, Debug)]
#[group(multiple = false)]
pub(crate) struct PlaceArgs {
    /// Move before this one: name, part of the name, or id
    #[arg(long, value_name = "NAME")]
    pub(crate) before: Option<String>,
    /// Move after this one
    #[arg(long, value_name = "NAME")]
    pub(crate) after: Option<String>,
}

impl PlaceArgs {
    /// Creates the error for a move without a place.
    pub(crate) fn missing(&self) -> Error {
        Error::usage("the new position is missing").hint("use --before NAME or --after NAME")
    }
}

/// How the tasks of a project or a filter are shown.
#[derive(ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ViewArg {
    List,
    Kanban,
    Timeline,
}

/// Reads `yes` or `no`.
pub(crate) fn yes_no(text: &str) -> Result<bool, String> {
    match text {
        "yes" | "true" | "1" => Ok(true),
        "no" | "false" | "0" => Ok(false),
        _ => Err("write yes or no".into()),
    }
}

/// Parses a color or `none`. The `#` may be omitted, because shells treat it as the start of a comment.
pub(crate) fn color(text: &str) -> Result<String, String> {
    let digits = text.strip_prefix('#').unwrap_or(text);
    match text {
        "none" | "transparent" => Ok(text.to_owned()),
        _ if digits.len() == 6 && digits.bytes().all(|digit| digit.is_ascii_hexdigit()) => {
            Ok(format!("#{}", digits.to_uppercase()))
        }
        _ => Err("write it as RRGGBB, such as 4772FA, or none".into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colors_may_be_written_without_the_number_sign() {
        for (text, wanted) in [("4772fa", "#4772FA"), ("#4772FA", "#4772FA"), ("none", "none")] {
            assert_eq!(color(text).as_deref(), Ok(wanted));
        }
        for text in ["", "red", "#fff", "#4772FG", "##4772F"] {
            assert!(color(text).is_err(), "{text}");
        }
    }
}
