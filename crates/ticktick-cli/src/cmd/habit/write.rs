//! The commands that change habits.

use jiff::civil::{Date, Time};
use ticktick::HabitDraft;
use ticktick::habit::HabitPatch;

use super::{Known, section};
use crate::args::{
    Globals, HabitCreateArgs, HabitEditArgs, HabitExportArgs, HabitFields, HabitMoveArgs, ReminderArg, SomeArgs,
};
use crate::cmd::attachment::file;
use crate::connect::Connection;
use crate::error::Error;
use crate::generated::cli::Habit;
use crate::noun;
use crate::output::Output;
use crate::past;
use crate::written::{Written, write};

/// Reads the first day of a habit.
async fn start(globals: &Globals, connection: &Connection, fields: &HabitFields) -> Result<Option<Date>, Error> {
    let Some(start) = &fields.start else { return Ok(None) };
    Ok(Some(past::parse_any_day(globals, start, noun::now(connection).await?.date())?))
}

fn times(reminders: &[ReminderArg]) -> Vec<Time> {
    let time = |reminder: &ReminderArg| match reminder {
        ReminderArg::At(time) => Some(*time),
        ReminderArg::None => None,
    };
    reminders.iter().filter_map(time).collect()
}

pub(super) async fn create(globals: &Globals, args: HabitCreateArgs, output: Output) -> Result<(), Error> {
    write(globals, output, async |connection| {
        let known = Known::read(&connection.client).await?;
        let start = start(globals, connection, &args.fields).await?;
        let draft = draft(args, start, &known)?;
        connection.name("habit create");
        let habit = known.view(&connection.client.habit().create(draft).await?);
        let line = format!("Created habit \"{}\"", habit.name);
        Ok(Written::one(habit, line))
    })
    .await
}

fn draft(args: HabitCreateArgs, start: Option<Date>, known: &Known) -> Result<HabitDraft, Error> {
    let fields = args.fields;
    let mut draft = HabitDraft::new(args.name);
    if fields.goal.is_none() && (fields.unit.is_some() || fields.step.is_some()) {
        return Err(Error::usage("--unit and --step need --goal"));
    }
    if let Some(goal) = fields.goal {
        draft = draft.amount(goal, fields.unit.unwrap_or_else(|| "Count".into()));
        draft = draft.step(fields.step.unwrap_or_default());
    }
    if let Some(rule) = fields.days.or(fields.repeat) {
        draft = draft.repeat(rule);
    }
    for time in times(&fields.reminders) {
        draft = draft.reminder(time);
    }
    if let Some(name) = fields.section.as_deref().and_then(noun::set) {
        draft = draft.section(noun::find(name, &section::all(known))?.id.as_str());
    }
    if let Some(color) = fields.rgb.as_deref().and_then(noun::set) {
        draft = draft.color(color);
    }
    if let Some(icon) = fields.icon {
        draft = draft.icon(icon);
    }
    if let Some(text) = fields.encouragement.as_deref().and_then(noun::set) {
        draft = draft.encouragement(text);
    }
    if fields.ask_for_note == Some(true) {
        draft = draft.asks_for_note();
    }
    if let Some(days) = fields.target_days {
        draft = draft.target_days(days);
    }
    Ok(match start {
        Some(day) => draft.target_start(day),
        None => draft,
    })
}

pub(super) async fn edit(globals: &Globals, args: HabitEditArgs, output: Output) -> Result<(), Error> {
    write(globals, output, async |connection| {
        let known = Known::read(&connection.client).await?;
        let habit = known.find(&args.habit)?;
        let start = start(globals, connection, &args.fields).await?;
        let patch = patch(args.name, args.fields, start, &known)?;
        noun::name_command(connection, "habit edit", std::slice::from_ref(habit));
        let now = known.view(&connection.client.habit().patch(habit.id.as_str(), patch).await?);
        let line = format!("Changed habit \"{}\"", now.name);
        Ok(Written::one(now, line))
    })
    .await
}

fn patch(name: Option<String>, fields: HabitFields, start: Option<Date>, known: &Known) -> Result<HabitPatch, Error> {
    let mut patch = amounts(HabitPatch::new(), &fields);
    if let Some(name) = name {
        patch = patch.name(name);
    }
    if let Some(rule) = fields.days.or(fields.repeat) {
        patch = patch.repeat(rule);
    }
    if !fields.reminders.is_empty() {
        patch = patch.reminders(times(&fields.reminders));
    }
    if let Some(name) = &fields.section {
        patch = match noun::set(name) {
            Some(name) => patch.section(noun::find(name, &section::all(known))?.id.as_str()),
            None => patch.clear_section(),
        };
    }
    if let Some(color) = fields.rgb {
        patch = patch.color(color);
    }
    if let Some(icon) = fields.icon {
        patch = patch.icon(icon);
    }
    if let Some(text) = fields.encouragement {
        patch = if text == "none" { patch.clear_encouragement() } else { patch.encouragement(text) };
    }
    if let Some(asks) = fields.ask_for_note {
        patch = patch.asks_for_note(asks);
    }
    if let Some(days) = fields.target_days {
        patch = patch.target_days(days);
    }
    if let Some(day) = start {
        patch = patch.target_start(day);
    }
    if patch == HabitPatch::new() {
        return Err(Error::usage("no changes given").hint("give a change, such as --days mon,wed,fri"));
    }
    Ok(patch)
}

fn amounts(mut patch: HabitPatch, fields: &HabitFields) -> HabitPatch {
    if let Some(goal) = fields.goal {
        patch = patch.goal(goal);
    }
    if let Some(step) = fields.step {
        patch = patch.step(step);
    }
    match &fields.unit {
        Some(unit) => patch.unit(unit),
        None => patch,
    }
}

pub(super) async fn archive(globals: &Globals, args: SomeArgs, into: bool, output: Output) -> Result<(), Error> {
    let names = noun::names(args.names)?;
    write(globals, output, async |connection| {
        let known = Known::read(&connection.client).await?;
        let found = noun::find_all(&names, &known.habits)?;
        noun::name_command(connection, if into { "habit archive" } else { "habit unarchive" }, &found);
        let manager = connection.client.habit();
        let done = if into { "Archived" } else { "Unarchived" };
        let archive = async |habit: &Habit| {
            let id = habit.id.as_str();
            let now = if into { manager.archive(id).await? } else { manager.unarchive(id).await? };
            Ok(known.view(&now))
        };
        Ok(noun::each(&found, done, archive).await)
    })
    .await
}

pub(super) async fn place(globals: &Globals, args: &HabitMoveArgs, output: Output) -> Result<(), Error> {
    write(globals, output, async |connection| {
        let known = Known::read(&connection.client).await?;
        let habit = known.find(&args.habit)?;
        let neighbor = |name: &str| Ok::<_, Error>(known.find(name)?.id.clone());
        let (id, manager) = (habit.id.as_str(), connection.client.habit());
        connection.name(&format!("habit move {id}"));
        let now = match (&args.place.before, &args.place.after) {
            (Some(before), _) => manager.move_before(id, neighbor(before)?).await?,
            (_, Some(after)) => manager.move_after(id, neighbor(after)?).await?,
            _ => return Err(args.place.missing()),
        };
        let now = known.view(&now);
        let line = format!("Moved habit \"{}\"", now.name);
        Ok(Written::one(now, line))
    })
    .await
}

pub(super) async fn delete(globals: &Globals, args: SomeArgs, output: Output) -> Result<(), Error> {
    let names = noun::names(args.names)?;
    write(globals, output, async |connection| {
        let found = noun::find_all(&names, &Known::read(&connection.client).await?.habits)?;
        noun::confirm_delete(globals, &found, " with all check-ins")?;
        noun::name_command(connection, "habit delete", &found);
        let manager = connection.client.habit();
        let delete = async |habit: &Habit| {
            manager.delete(habit.id.as_str()).await?;
            Ok(habit.clone())
        };
        Ok(noun::each(&found, "Deleted", delete).await)
    })
    .await
}

pub(super) async fn export(globals: &Globals, args: &HabitExportArgs, output: Output) -> Result<(), Error> {
    file::check(&args.file, args.force)?;
    let bytes = noun::read(globals, async |connection| Ok(connection.client.habit().export().await?)).await?;
    file::write(&args.file, &bytes, args.force)?;
    if args.file.as_os_str() != "-" {
        output.note("note", &format!("wrote {} bytes to {}", bytes.len(), args.file.display()));
    }
    Ok(())
}
