//! A command of the program: its name, its arguments, and the function that runs it.

use std::ffi::OsString;

use clap::{ArgMatches, Command};

use crate::args::{self, Globals};
use crate::error::Error;

/// The part of the overview that lists a command.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Section {
    Day,
    Objects,
    Data,
    Account,
    Program,
}

impl Section {
    pub(crate) const ALL: [(Self, &'static str); 5] = [
        (Self::Day, "Every day"),
        (Self::Objects, "Everything in the account"),
        (Self::Data, "Data"),
        (Self::Account, "Account"),
        (Self::Program, "Program and API"),
    ];
}

/// Runs the command of a group that the user typed.
pub(crate) fn dispatch(entries: &[Entry], globals: &Globals, matches: &ArgMatches) -> Result<(), Error> {
    let called = matches.subcommand().and_then(|(name, matches)| {
        let entry = entries.iter().find(|entry| entry.is_called(name))?;
        Some((entry, matches))
    });
    match called {
        Some((Entry { run: Run::Account(run), .. }, matches)) => run(globals, matches),
        _ => Err(Error::usage("a command is missing")),
    }
}

/// The commands of a group.
pub(crate) trait Verbs {
    const ALL: &'static [Entry];
}

/// Finds the commands that the words of a command line name. Other commands need not be built, so that the program
/// starts quickly.
///
/// The value of an option may be the name of a command, too, so the result can be more than one command.
pub(crate) fn named<'a>(entries: &'a [Entry], words: &[OsString]) -> Vec<&'a Entry> {
    let is_named = |entry: &&Entry| words.iter().any(|word| word.to_str().is_some_and(|word| entry.is_called(word)));
    entries.iter().filter(is_named).collect()
}

/// Returns the subcommands that the words of a command line name. clap would build all of them.
fn named_by(words: &[OsString], mut group: Command) -> Vec<Command> {
    let is_named = |verb: &&mut Command| {
        let names = verb.get_all_aliases().chain([verb.get_name()]).collect::<Vec<_>>();
        words.iter().any(|word| word.to_str().is_some_and(|word| names.contains(&word)))
    };
    group.get_subcommands_mut().filter(is_named).map(std::mem::take).collect()
}

/// Runs a command.
#[derive(Clone, Copy)]
pub(crate) enum Run {
    Account(fn(&Globals, &ArgMatches) -> Result<(), Error>),
    /// For commands about the program itself, which get all of its commands.
    Program(fn(Command, &ArgMatches) -> Result<(), Error>),
}

/// A command. Its arguments are only built if it is called, so that the program starts quickly.
#[derive(Clone, Copy)]
pub(crate) struct Entry {
    pub(crate) name: &'static str,
    pub(crate) alias: Option<&'static str>,
    pub(crate) section: Section,
    pub(crate) about: &'static str,
    arguments: fn(Command) -> Command,
    pub(crate) run: Run,
    /// Whether it only has subcommands.
    is_group: bool,
    /// Its subcommands, if they are entries.
    verbs: &'static [Entry],
}

impl Entry {
    /// A command without subcommands.
    pub(crate) const fn leaf(
        section: Section,
        name: &'static str,
        about: &'static str,
        arguments: fn(Command) -> Command,
        run: fn(&Globals, &ArgMatches) -> Result<(), Error>,
    ) -> Self {
        Self { name, alias: None, section, about, arguments, run: Run::Account(run), is_group: false, verbs: &[] }
    }

    /// A command with subcommands.
    pub(crate) const fn group(
        section: Section,
        name: &'static str,
        about: &'static str,
        arguments: fn(Command) -> Command,
        run: fn(&Globals, &ArgMatches) -> Result<(), Error>,
    ) -> Self {
        Self { is_group: true, ..Self::leaf(section, name, about, arguments, run) }
    }

    /// A command whose subcommands are entries.
    pub(crate) const fn verbs<V: Verbs>(section: Section, name: &'static str, about: &'static str) -> Self {
        let group = Self::group(
            section,
            name,
            about,
            |command| command.subcommands(V::ALL.iter().map(Entry::command)),
            |globals, matches| dispatch(V::ALL, globals, matches),
        );
        Self { verbs: V::ALL, ..group }
    }

    /// A command about the program itself.
    pub(crate) const fn about_program(
        name: &'static str,
        about: &'static str,
        arguments: fn(Command) -> Command,
        run: fn(Command, &ArgMatches) -> Result<(), Error>,
    ) -> Self {
        let section = Section::Program;
        Self { name, alias: None, section, about, arguments, run: Run::Program(run), is_group: false, verbs: &[] }
    }

    pub(crate) const fn alias(mut self, alias: &'static str) -> Self {
        self.alias = Some(alias);
        self
    }

    /// Returns whether the user typed this name.
    pub(crate) fn is_called(&self, name: &str) -> bool {
        self.name == name || self.alias == Some(name)
    }

    /// Builds the command without its arguments, which clap adds when it needs them.
    pub(crate) fn command(&self) -> Command {
        self.outline().defer(self.arguments)
    }

    /// Builds the command with those of its subcommands that the words of a command line name.
    pub(crate) fn command_for(&self, words: &[OsString]) -> Command {
        let verbs: Vec<Command> = match self.verbs {
            [] if self.is_group => named_by(words, (self.arguments)(self.outline())),
            verbs => named(verbs, words).into_iter().map(|verb| verb.command_for(words)).collect(),
        };
        if verbs.is_empty() { self.command() } else { self.outline().subcommands(verbs) }
    }

    fn outline(&self) -> Command {
        let mut command = args::command(self.name, self.about);
        if let Some(alias) = self.alias {
            command = command.visible_alias(alias);
        }
        if self.is_group {
            command = command.subcommand_required(true).arg_required_else_help(true);
        }
        command
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cmd::COMMANDS;

    fn words(line: &str) -> Vec<OsString> {
        line.split(' ').map(OsString::from).collect()
    }

    #[test]
    fn only_the_commands_that_a_line_names_are_built() {
        let names = |line| named(COMMANDS, &words(line)).iter().map(|entry| entry.name).collect::<Vec<_>>();
        assert_eq!(names("--profile work ls --json"), ["list"]);
        assert_eq!(names("add list"), ["add", "list"]);
        assert!(names("--version").is_empty());
        let line = words("task done 3");
        let built = COMMANDS.iter().find(|entry| entry.is_called("task")).unwrap().command_for(&line);
        assert_eq!(built.get_subcommands().map(Command::get_name).collect::<Vec<_>>(), ["done"]);
    }
}
