//! The examples at the beginning of the help of each command.

use clap::Command;
use memchr::memmem;

/// A line without indentation names a command, and its examples follow, indented. `ticktick` is the program itself.
const EXAMPLES: &str = concat!("\n", include_str!("help/examples.txt"));

/// Returns the examples of a command, such as `task list`. A command of `task` can share those of the short command.
pub(crate) fn of(path: &str) -> Option<String> {
    let path = if path.is_empty() { "ticktick" } else { path };
    let found = under(path).or_else(|| under(path.strip_prefix("task ")?))?;
    Some(format!("Examples:\n{found}\n"))
}

fn under(path: &str) -> Option<String> {
    // Reading all lines would take a tenth of the time in which help is shown, and `str::find` 6 % of the instructions.
    let heading = format!("\n{path}\n");
    let at = memmem::find(EXAMPLES.as_bytes(), heading.as_bytes())?;
    let found = EXAMPLES.get(at + heading.len()..)?;
    let examples: Vec<_> = found.lines().take_while(|line| line.starts_with(' ')).collect();
    (!examples.is_empty()).then(|| examples.join("\n"))
}

/// Returns the examples of the command whose help this is.
///
/// clap renders the help of a command before it is known which one it is, and looking it up there would make the
/// program start more slowly.
pub(crate) fn of_help(help: &str) -> Option<String> {
    of(&command_in(help)?)
}

/// Returns the command that the usage in a text names, such as `task list`; empty for the program itself.
pub(crate) fn command_in(text: &str) -> Option<String> {
    let usage = text.lines().find_map(|line| line.strip_prefix("Usage: "))?;
    let is_name =
        |word: &&str| !word.starts_with('-') && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-');
    let path: Vec<_> = usage.split_whitespace().skip(1).take_while(is_name).collect();
    Some(path.join(" "))
}

/// Builds all commands of the program with their examples.
pub(crate) fn built(mut program: Command) -> Command {
    program.build();
    let names: Vec<_> = program.get_subcommands().map(|command| command.get_name().to_owned()).collect();
    names
        .into_iter()
        .fold(program, |program, name| program.mut_subcommand(&name, |command| with_examples(command, &name)))
}

fn with_examples(command: Command, path: &str) -> Command {
    let command = match of(path) {
        Some(examples) => command.before_help(examples.trim_end().to_owned()),
        None => command,
    };
    command.mut_subcommands(|command| {
        let path = format!("{path} {}", command.get_name());
        with_examples(command, path.trim_start())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_is_read_from_the_usage() {
        let help = "About\n\nUsage: ticktick task item rm [OPTIONS] <TASK>\n";
        assert_eq!(of_help(help).unwrap(), "Examples:\n  ticktick task item rm groceries 2\n");
        assert_eq!(of_help("Usage: ticktick task today [OPTIONS]\n"), of("today"));
        assert_eq!(of_help("Usage: ticktick [OPTIONS] [COMMAND]\n"), of(""));
        assert_eq!(of_help("Usage: ticktick task item move --to <N> <TASK> <ITEM>...\n"), of("task item move"));
        assert_eq!(of_help("no usage"), None);
    }

    #[test]
    fn every_command_begins_with_examples() {
        fn visit(command: &Command, path: &str, missing: &mut Vec<String>) {
            for command in command.get_subcommands() {
                let path = format!("{path} {}", command.get_name());
                if of(path.trim_start()).is_none() {
                    missing.push(path.clone());
                }
                visit(command, &path, missing);
            }
        }
        let mut missing = Vec::new();
        visit(&built(crate::program(true)), "", &mut missing);
        assert!(missing.is_empty(), "{missing:?}");
    }
}
