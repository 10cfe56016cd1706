//! A command of the program: its name, its arguments, and the function that runs it.

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
        Self { name, alias: None, section, about, arguments, run: Run::Account(run), is_group: false }
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

    /// A command about the program itself.
    pub(crate) const fn about_program(
        name: &'static str,
        about: &'static str,
        arguments: fn(Command) -> Command,
        run: fn(Command, &ArgMatches) -> Result<(), Error>,
    ) -> Self {
        let section = Section::Program;
        Self { name, alias: None, section, about, arguments, run: Run::Program(run), is_group: false }
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
        let mut command = args::command(self.name, self.about).defer(self.arguments);
        if let Some(alias) = self.alias {
            command = command.visible_alias(alias);
        }
        if self.is_group {
            command = command.subcommand_required(true).arg_required_else_help(true);
        }
        command
    }
}
