//! `ticktick habit check-in` and `ticktick habit check-ins`.

use jiff::civil::Date;
use ticktick::CheckIn;
use ticktick::habit::{CheckinStatus, HabitCheckin};
use ticktick::value::Number;

use super::Known;
use crate::answer::Answer;
use crate::args::{CheckInArgs, CheckInsArgs, Globals};
use crate::error::Error;
use crate::generated::cli::{self, CheckInStatus, Habit};
use crate::noun;
use crate::output::{DIM, GREEN, Output, RED, YELLOW};
use crate::table::Cell;
use crate::when;
use crate::written::{Written, write};
use crate::{past, period};

fn view(check_in: &HabitCheckin, habit: &Habit) -> Option<cli::CheckIn> {
    let amount = check_in.value.get().map_or(0.0, Number::as_f64);
    Some(cli::CheckIn {
        habit: cli::Named { id: habit.id.clone(), name: habit.name.clone() },
        day: check_in.checkin_stamp.date()?,
        status: match check_in.status.get() {
            Some(CheckinStatus::Done) => CheckInStatus::Done,
            Some(CheckinStatus::Undone) => CheckInStatus::NotDone,
            _ if amount > 0.0 => CheckInStatus::Part,
            _ => CheckInStatus::None,
        },
        amount,
        goal: check_in.goal.get().map_or(habit.goal, Number::as_f64),
        unit: habit.unit.clone(),
        note: None,
        at: check_in.checkin_time.get().and_then(ticktick::models::Timestamp::instant),
    })
}

pub(super) async fn record(globals: &Globals, args: CheckInArgs, output: Output) -> Result<(), Error> {
    let names = noun::names(args.habits)?;
    let what = match args.amount {
        Some(amount) => CheckIn::amount(amount),
        None if args.missed => CheckIn::undone(),
        None if args.clear => CheckIn::cleared(),
        None => CheckIn::done(),
    };
    write(globals, output, async |connection| {
        let today = noun::now(connection).await?.date();
        let day = args.date.as_deref().map_or(Ok(today), |date| past::parse_any_day(globals, date, today))?;
        let habits = noun::find_all(&names, &Known::read(&connection.client).await?.habits)?;
        noun::name_command(connection, "habit check-in", &habits);
        let planned = habits.iter().map(|habit| (habit.id.as_str(), what.on(day)));
        let recorded = connection.client.habit().check_in_all(planned).await?;
        let mut written = Written::all(Vec::new(), Vec::new());
        for (habit, check_in) in habits.iter().filter_map(|habit| {
            let own = recorded.iter().find(|check_in| check_in.habit_id == *habit.id)?;
            Some((habit, view(own, habit)?))
        }) {
            written.lines.push(format!("{}: {}, {}", habit.name, shown(&check_in), when::day(day, today)));
            written.data.push(check_in);
        }
        Ok(written)
    })
    .await
}

/// Describes the result of a day.
fn shown(check_in: &cli::CheckIn) -> String {
    let word = match check_in.status {
        CheckInStatus::Done => "done",
        CheckInStatus::Part => "in part",
        CheckInStatus::NotDone => "not done",
        CheckInStatus::None => "taken back",
    };
    match &check_in.unit {
        Some(unit) if check_in.amount > 0.0 => {
            let (amount, goal) = (noun::number(check_in.amount), noun::number(check_in.goal));
            format!("{word} ({amount} of {goal} {unit})")
        }
        _ => word.to_owned(),
    }
}

pub(super) async fn list(globals: &Globals, args: CheckInsArgs) -> Result<(), Error> {
    let names = noun::names(args.habits.clone())?;
    let (check_ins, today) = noun::read(globals, async |connection| {
        let today = noun::now(connection).await?.date();
        let (first, last) = days(globals, &args, today)?;
        let mut habits = Known::read(&connection.client).await?.habits;
        if names.is_empty() {
            habits.retain(|habit| !habit.archived);
        } else {
            habits = noun::find_all(&names, &habits)?;
        }
        let manager = connection.client.habit();
        let ids = || habits.iter().map(|habit| habit.id.as_str());
        let stored = manager.check_ins(ids(), first..=last).await?;
        let records = manager.records(ids(), first..=last).await?;
        let mut check_ins: Vec<cli::CheckIn> = Vec::new();
        for check_in in &stored {
            let Some(habit) = habits.iter().find(|habit| check_in.habit_id == *habit.id) else { continue };
            let Some(mut view) = view(check_in, habit) else { continue };
            let is_of = |record: &&ticktick::habit::HabitRecord| {
                record.habit_id == check_in.habit_id && record.stamp == check_in.checkin_stamp
            };
            let note = records.iter().find(is_of).and_then(|record| record.content.get());
            view.note = note.filter(|note| !note.is_empty()).cloned();
            check_ins.push(view);
        }
        check_ins.sort_by(|one, other| (other.day, &one.habit.name).cmp(&(one.day, &other.habit.name)));
        Ok((check_ins, today))
    })
    .await?;
    Answer::new(check_ins).print(globals, |check_ins| noun::table(check_ins, "check-in", 3, |one| row(one, today)))
}

fn days(globals: &Globals, args: &CheckInsArgs, today: Date) -> Result<(Date, Date), Error> {
    Ok(period::recent(globals, args.since.as_deref(), args.until.as_deref(), today)?.into_inner())
}

fn row(check_in: &cli::CheckIn, today: Date) -> Vec<Cell> {
    let style = match check_in.status {
        CheckInStatus::Done => GREEN,
        CheckInStatus::Part => YELLOW,
        CheckInStatus::NotDone => RED,
        CheckInStatus::None => DIM,
    };
    vec![
        Cell::new(format!(" {}", when::day(check_in.day, today))),
        Cell::new(&check_in.habit.name),
        Cell::new(shown(check_in)).style(style),
        Cell::new(check_in.note.as_deref().unwrap_or_default()),
    ]
}
