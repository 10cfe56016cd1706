//! Errors of clap about wrong arguments.

use clap::error::{ContextKind, ContextValue, ErrorKind};

use crate::error::Error;
use crate::examples::command_in;

/// clap finds most errors before a command runs; these are the others.
impl From<clap::Error> for Error {
    fn from(error: clap::Error) -> Self {
        let text = in_words(&error.to_string());
        let command = command_in(&text).map(|command| format!("ticktick {command}").trim_end().to_owned());
        let help = match &command {
            Some(command) => format!("see `{command} --help`"),
            None => "try --help".to_owned(),
        };
        if let (ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand, Some(command)) = (error.kind(), &command) {
            // The text is the help of the command.
            return Self::usage(format!("'{command}' requires a subcommand but one was not provided")).hint(help);
        }
        let hint = match suggestions(&error).as_slice() {
            [] => match error.get(ContextKind::ValidValue) {
                Some(ContextValue::Strings(values)) if !values.is_empty() => format!("use {}", values.join(", ")),
                _ => help,
            },
            names => format!("did you mean {}? Otherwise {help}", names.join(" or ")),
        };
        Self::usage(message(&text)).hint(hint)
    }
}

/// Returns the first sentence of a text. If it ends in a colon, a list follows on lines of their own.
fn message(text: &str) -> String {
    let mut lines = text.lines();
    let first = lines.next().unwrap_or_default();
    let first = first.strip_prefix("error: ").unwrap_or(first);
    let Some(start) = first.strip_suffix(':') else { return first.to_owned() };
    let list: Vec<_> = lines.map_while(|line| line.strip_prefix("  ")).collect();
    format!("{start}: {}", list.join(", "))
}

/// Replaces the standard library's message about numbers that cannot be parsed.
pub(crate) fn in_words(text: &str) -> String {
    text.replace("invalid digit found in string", "write a whole number")
        .replace("cannot parse integer from empty string", "write a whole number")
        .replace("number too large to fit in target type", "the number is too large")
        .replace("number too small to fit in target type", "the number is too small")
        .replace("invalid float literal", "write a number")
}

/// Returns the names that clap found to be similar, the most similar one first.
fn suggestions(error: &clap::Error) -> Vec<String> {
    let kinds = [ContextKind::SuggestedSubcommand, ContextKind::SuggestedArg, ContextKind::SuggestedValue];
    let names = kinds.into_iter().filter_map(|kind| error.get(kind)).flat_map(|value| match value {
        ContextValue::String(name) => std::slice::from_ref(name),
        ContextValue::Strings(names) => names,
        _ => &[],
    });
    names.rev().cloned().collect()
}
