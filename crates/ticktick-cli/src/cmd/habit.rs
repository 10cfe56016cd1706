//! `ticktick habit`.

mod check_in;
mod section;
mod write;

use clap::{ArgMatches, FromArgMatches, Subcommand};
use ticktick::Client;
use ticktick::habit::{HabitSection, HabitStatus, HabitType};
use ticktick::value::Number;

use super::habit_calendar;
use super::user::values;
use crate::answer::Answer;
use crate::args::{ArchivedArgs, Globals, HabitCommand, named};
use crate::entry::{Entry, Section};
use crate::error::Error;
use crate::generated::cli::{self, Habit, HabitDayCount, Named as Name};
use crate::noun::{self, Named};
use crate::output::{DIM, Output};
use crate::runtime::wait;
use crate::table::Cell;
use crate::text::plural;

pub(crate) const HABIT: Entry = Entry::group(
    Section::Objects,
    "habit",
    "Manage habits",
    |command| named(HabitCommand::augment_subcommands(command), "HABIT"),
    run,
);

impl Named for Habit {
    const WHAT: &'static str = "habit";
    const LIST: &'static str = "habit list";

    fn key(&self) -> &str {
        &self.id
    }

    fn name(&self) -> &str {
        &self.name
    }

    fn details(&self) -> Vec<String> {
        self.archived.then(|| "archived".to_owned()).into_iter().collect()
    }
}

fn run(globals: &Globals, matches: &ArgMatches) -> Result<(), Error> {
    let output = Output::new(globals);
    match HabitCommand::from_arg_matches(matches)? {
        HabitCommand::List(args) => wait(list(globals, &args)),
        HabitCommand::Show(args) => wait(show(globals, &args.name)),
        HabitCommand::Create(args) => wait(write::create(globals, args, output)),
        HabitCommand::Edit(args) => wait(write::edit(globals, args, output)),
        HabitCommand::Archive(args) => wait(write::archive(globals, args, true, output)),
        HabitCommand::Unarchive(args) => wait(write::archive(globals, args, false, output)),
        HabitCommand::Move(args) => wait(write::place(globals, &args, output)),
        HabitCommand::Delete(args) => wait(write::delete(globals, args, output)),
        HabitCommand::CheckIn(args) => wait(check_in::record(globals, args, output)),
        HabitCommand::CheckIns(args) => wait(check_in::list(globals, args)),
        HabitCommand::Calendar(args) => wait(habit_calendar::run(globals, &args, output)),
        HabitCommand::Week => wait(week(globals)),
        HabitCommand::Section(command) => wait(section::run(globals, command, output)),
        HabitCommand::Preferences => wait(preferences(globals)),
        HabitCommand::Export(args) => wait(write::export(globals, &args, output)),
    }
}

/// Describes a habit.
fn view(habit: &ticktick::Habit, sections: &[HabitSection]) -> Habit {
    let number = |number: Option<&Number>| number.map_or(0.0, Number::as_f64);
    let count = |field: Option<&i64>| field.and_then(|count| u64::try_from(*count).ok()).unwrap_or(0);
    let text = |field: Option<&String>| field.cloned().unwrap_or_default();
    let is_measured = habit.r#type == HabitType::Real;
    let section = sections.iter().find(|section| habit.section_id == section.id);
    let section = section.and_then(|section| {
        Some(Name { id: section.id.to_string(), name: self::section::name(section.name.get()?).to_owned() })
    });
    Habit {
        id: habit.id.to_string(),
        name: text(habit.name.get()),
        section,
        goal: number(habit.goal.get()),
        unit: habit.unit.get().filter(|_| is_measured).cloned(),
        step: number(habit.step.get()),
        repeats: text(habit.repeat_rule.get()),
        reminders: habit.reminders.to_vec(),
        asks_for_note: habit.record_enable == true,
        target_days: count(habit.target_days.get()),
        encouragement: text(habit.encouragement.get()),
        color: habit.color.get().filter(|color| !color.is_empty()).cloned(),
        archived: habit.status.get().is_some_and(|status| *status != HabitStatus::Active),
        total: count(habit.total_check_ins.get()),
        current_streak: count(habit.current_streak.get()),
        best_streak: None,
    }
}

/// All habits and their sections.
struct Known {
    habits: Vec<Habit>,
    sections: Vec<HabitSection>,
}

impl Known {
    /// Reads everything, in the order of the app: by section and position, archived habits last.
    async fn read(client: &Client) -> Result<Self, Error> {
        let mut sections = client.habit().sections().await?.into_inner();
        sections.sort_by_key(|section| section.sort_order.copied());
        let mut stored = client.habit().list().await?.into_inner();
        stored.sort_by_key(|habit| {
            let place = sections.iter().position(|section| habit.section_id == section.id);
            (place.unwrap_or(usize::MAX), habit.sort_order.copied())
        });
        let mut habits: Vec<Habit> = stored.iter().map(|habit| view(habit, &sections)).collect();
        habits.sort_by_key(|habit| habit.archived);
        Ok(Self { habits, sections })
    }

    fn find(&self, name: &str) -> Result<&Habit, Error> {
        noun::find(name, &self.habits)
    }

    fn view(&self, habit: &ticktick::Habit) -> Habit {
        view(habit, &self.sections)
    }
}

/// Returns the habits and finds one of them with all of its members.
pub(crate) async fn stored(client: &Client, name: &str) -> Result<ticktick::Habit, Error> {
    let known = Known::read(client).await?;
    Ok(client.habit().get(known.find(name)?.id.as_str()).await?)
}

async fn list(globals: &Globals, args: &ArchivedArgs) -> Result<(), Error> {
    let known = noun::read(globals, async |connection| Known::read(&connection.client).await).await?;
    let mut habits = known.habits;
    habits.retain(|habit| args.archived || !habit.archived);
    Answer::new(habits).print(globals, |habits| noun::table(habits, "habit", 1, row))
}

fn row(habit: &Habit) -> Vec<Cell> {
    let streak = match habit.current_streak {
        0 => String::new(),
        days => format!("{}-day streak", days),
    };
    vec![
        Cell::new(format!(" {}", habit.name)),
        Cell::new(habit.section.as_ref().map(|section| section.name.as_str()).unwrap_or_default()).style(DIM),
        Cell::new(goal(habit)),
        Cell::new(noun::repeats(&habit.repeats)),
        Cell::new(streak),
        Cell::new(if habit.archived { "archived" } else { "" }).style(DIM),
    ]
}

/// Shows the goal, such as `8 Cup`.
fn goal(habit: &Habit) -> String {
    habit.unit.as_ref().map(|unit| format!("{} {unit}", noun::number(habit.goal))).unwrap_or_default()
}

async fn show(globals: &Globals, name: &str) -> Result<(), Error> {
    let habit = noun::read(globals, async |connection| {
        let known = Known::read(&connection.client).await?;
        let mut habit = known.find(name)?.clone();
        let stored = connection.client.habit().get(habit.id.as_str()).await?;
        // Streaks cannot be counted if the rule of a habit is unknown.
        if let Ok(history) = connection.client.habit().history(&stored).await {
            let count = |days: usize| u64::try_from(days).unwrap_or(u64::MAX);
            habit.total = count(history.total());
            habit.current_streak = count(history.current_streak());
            habit.best_streak = Some(count(history.longest_streak()));
        }
        Ok(habit)
    })
    .await?;
    Answer::new(vec![habit]).print(globals, |habits| habits.iter().flat_map(details).collect::<Vec<_>>())
}

fn details(habit: &Habit) -> Vec<String> {
    let days = |days: u64| plural(usize::try_from(days).unwrap_or(usize::MAX), "day");
    let rows = [
        ("section", habit.section.as_ref().map(|section| section.name.clone()).unwrap_or_default()),
        ("goal", goal(habit)),
        ("repeats", noun::repeats(&habit.repeats)),
        ("reminders", habit.reminders.join(", ")),
        ("streak", days(habit.current_streak)),
        ("best streak", habit.best_streak.map(days).unwrap_or_default()),
        ("done", format!("on {}", days(habit.total))),
        ("target", if habit.target_days == 0 { String::new() } else { days(habit.target_days) }),
        ("words", habit.encouragement.clone()),
        ("archived", if habit.archived { "yes".to_owned() } else { String::new() }),
        ("id", habit.id.clone()),
    ];
    noun::details(&habit.name, &rows)
}

async fn week(globals: &Globals) -> Result<(), Error> {
    let days = noun::read(globals, async |connection| Ok(connection.client.habit().week_statistics().await?)).await?;
    let count = |field: Option<&i64>| field.and_then(|count| u64::try_from(*count).ok()).unwrap_or(0);
    let day = |(day, counts): (&String, &ticktick::habit::HabitDayCount)| HabitDayCount {
        day: readable_day(day),
        habits: count(counts.total_habit_count.get()),
        done: count(counts.completed_habit_count.get()),
    };
    Answer::new(days.iter().map(day).collect()).print(globals, |days: &[cli::HabitDayCount]| {
        noun::table(days, "day", 0, |day| {
            vec![Cell::new(format!(" {}", day.day)), Cell::new(format!("{} of {} done", day.done, day.habits))]
        })
    })
}

/// Formats a day of eight digits with dashes.
fn readable_day(day: &str) -> String {
    match (day.get(..4), day.get(4..6), day.get(6..)) {
        (Some(year), Some(month), Some(day)) if day.len() == 2 => format!("{year}-{month}-{day}"),
        _ => day.to_owned(),
    }
}

async fn preferences(globals: &Globals) -> Result<(), Error> {
    let preferences = noun::read(globals, async |connection| Ok(connection.client.habit().preferences().await?));
    values::print(globals, values::of(&preferences.await?)?)
}
