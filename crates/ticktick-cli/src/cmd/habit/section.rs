//! `ticktick habit section`.

use ticktick::habit::HabitSection as Stored;

use super::Known;
use crate::answer::Answer;
use crate::args::{Globals, SectionCommand};
use crate::error::Error;
use crate::generated::cli::HabitSection;
use crate::noun::{self, Named};
use crate::output::{DIM, Output};
use crate::table::Cell;
use crate::text::plural;
use crate::written::{Written, write};

impl Named for HabitSection {
    const WHAT: &'static str = "section";
    const LIST: &'static str = "habit section list";

    fn key(&self) -> &str {
        &self.id
    }

    fn name(&self) -> &str {
        &self.name
    }
}

/// Returns the name of a section. Built-in sections are stored under a key.
pub(super) fn name(stored: &str) -> &str {
    match stored {
        "_morning" => "Morning",
        "_afternoon" => "Afternoon",
        "_night" => "Night",
        "_other" | "_others" => "Others",
        other => other,
    }
}

fn view(section: &Stored, habits: u64) -> HabitSection {
    let name = name(section.name.as_deref().unwrap_or_default()).to_owned();
    HabitSection { id: section.id.to_string(), name, habits }
}

pub(super) fn all(known: &Known) -> Vec<HabitSection> {
    let count = |section: &Stored| {
        let is_in = |habit: &&super::Habit| habit.section.as_ref().is_some_and(|own| section.id == *own.id);
        known.habits.iter().filter(is_in).count().try_into().unwrap_or(u64::MAX)
    };
    known.sections.iter().map(|section| view(section, count(section))).collect()
}

pub(super) async fn run(globals: &Globals, command: SectionCommand, output: Output) -> Result<(), Error> {
    match command {
        SectionCommand::List => list(globals).await,
        command => write(globals, output, async |connection| change(connection, globals, command).await).await,
    }
}

async fn list(globals: &Globals) -> Result<(), Error> {
    let known = noun::read(globals, async |connection| Known::read(&connection.client).await).await?;
    Answer::new(all(&known)).print(globals, |sections| {
        noun::table(sections, "section", 0, |section| {
            let habits = usize::try_from(section.habits).unwrap_or(usize::MAX);
            vec![Cell::new(format!(" {}", section.name)), Cell::new(plural(habits, "habit")).style(DIM)]
        })
    })
}

async fn change(
    connection: &crate::connect::Connection,
    globals: &Globals,
    command: SectionCommand,
) -> Result<Written<HabitSection>, Error> {
    let manager = connection.client.habit();
    match command {
        SectionCommand::Create(args) => {
            connection.name("habit section create");
            let section = view(&manager.create_section(args.name).await?, 0);
            let line = format!("Created section \"{}\"", section.name);
            Ok(Written::one(section, line))
        }
        SectionCommand::Rename(args) => {
            let sections = all(&Known::read(&connection.client).await?);
            let section = noun::find(&args.name, &sections)?;
            noun::name_command(connection, "habit section rename", std::slice::from_ref(section));
            let now = view(&manager.rename_section(section.id.as_str(), args.new_name).await?, section.habits);
            let line = format!("Renamed section \"{}\" to \"{}\"", section.name, now.name);
            Ok(Written::one(now, line))
        }
        SectionCommand::Delete(args) => {
            let names = noun::names(args.names)?;
            let found = noun::find_all(&names, &all(&Known::read(&connection.client).await?))?;
            noun::confirm_delete(globals, &found, "; habits in it are kept")?;
            noun::name_command(connection, "habit section delete", &found);
            let delete = async |section: &HabitSection| {
                manager.delete_section(section.id.as_str()).await?;
                Ok(section.clone())
            };
            Ok(noun::each(&found, "Deleted", delete).await)
        }
        SectionCommand::List => Ok(Written::all(Vec::new(), Vec::new())),
    }
}
