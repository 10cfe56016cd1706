//! `ticktick countdown`.

mod write;

use clap::{ArgMatches, FromArgMatches, Subcommand};
use jiff::civil::Date;
use ticktick::Client;
use ticktick::countdown::{Countdown as Stored, CountdownKind, CountdownTimerMode};

use crate::answer::Answer;
use crate::args::{ArchivedArgs, CountdownCommand, Globals, named};
use crate::entry::{Entry, Section};
use crate::error::Error;
use crate::generated::cli::Countdown;
use crate::noun::{self, Named};
use crate::output::{DIM, Output, YELLOW};
use crate::runtime::wait;
use crate::table::Cell;
use crate::text::plural;

pub(crate) const COUNTDOWN: Entry = Entry::group(
    Section::Objects,
    "countdown",
    "Manage countdowns",
    |command| named(CountdownCommand::augment_subcommands(command), "COUNTDOWN"),
    run,
);

impl Named for Countdown {
    const WHAT: &'static str = "countdown";
    const LIST: &'static str = "countdown list --archived";

    fn key(&self) -> &str {
        &self.id
    }

    fn name(&self) -> &str {
        &self.name
    }

    fn details(&self) -> Vec<String> {
        self.date.iter().map(ToString::to_string).collect()
    }
}

fn run(globals: &Globals, matches: &ArgMatches) -> Result<(), Error> {
    let output = Output::new(globals);
    match CountdownCommand::from_arg_matches(matches)? {
        CountdownCommand::List(args) => wait(list(globals, &args)),
        CountdownCommand::Show(args) => wait(show(globals, &args.name)),
        CountdownCommand::Create(args) => wait(write::create(globals, args, output)),
        CountdownCommand::Edit(args) => wait(write::edit(globals, args, output)),
        CountdownCommand::Archive(args) => wait(write::archive(globals, args, true, output)),
        CountdownCommand::Unarchive(args) => wait(write::archive(globals, args, false, output)),
        CountdownCommand::Delete(args) => wait(write::delete(globals, args, output)),
    }
}

fn view(countdown: &Stored, today: Date) -> Countdown {
    let kind = match countdown.r#type.get() {
        Some(CountdownKind::Holiday) => "holiday",
        Some(CountdownKind::Birthday) => "birthday",
        Some(CountdownKind::Anniversary) => "anniversary",
        _ => "countdown",
    };
    let text = |field: Option<&String>| field.cloned().unwrap_or_default();
    let filled = |field: Option<&String>| field.filter(|text| !text.is_empty()).cloned();
    Countdown {
        id: countdown.id.to_string(),
        name: text(countdown.name.get()),
        kind: kind.to_owned(),
        date: countdown.date.get().and_then(|date| date.date()),
        days_left: countdown.days_left(today),
        repeats: filled(countdown.repeat_flag.get()),
        counts_up: countdown.timer_mode == CountdownTimerMode::Up,
        remark: text(countdown.remark.get()),
        icon: text(countdown.icon_res.get()),
        color: filled(countdown.color.get()),
        archived: countdown.archived_time.get().is_some(),
    }
}

/// Reads all countdowns, the next day first, archived ones last.
async fn all(client: &Client, today: Date) -> Result<Vec<Countdown>, Error> {
    let mut all: Vec<Countdown> = client.countdown().list().await?.iter().map(|one| view(one, today)).collect();
    all.sort_by_key(|one| {
        let days = one.days_left.unwrap_or(i64::MAX);
        (one.archived, days < 0, days.abs())
    });
    Ok(all)
}

/// Describes how far away a day is.
fn distance(countdown: &Countdown) -> String {
    let days = |days: i64| plural(usize::try_from(days.unsigned_abs()).unwrap_or(usize::MAX), "day");
    match countdown.days_left {
        None => String::new(),
        Some(0) => "today".to_owned(),
        Some(left @ 1..) => format!("in {}", days(left)),
        Some(left) => format!("{} ago", days(left)),
    }
}

async fn list(globals: &Globals, args: &ArchivedArgs) -> Result<(), Error> {
    let mut countdowns = noun::read(globals, async |connection| {
        let today = noun::now(connection).await?.date();
        all(&connection.client, today).await
    })
    .await?;
    countdowns.retain(|countdown| args.archived || !countdown.archived);
    Answer::new(countdowns).print(globals, |countdowns| noun::table(countdowns, "countdown", 0, row))
}

fn row(countdown: &Countdown) -> Vec<Cell> {
    let near = if countdown.days_left == Some(0) { YELLOW } else { anstyle::Style::new() };
    let repeats = countdown.repeats.as_deref().map(noun::repeats).unwrap_or_default();
    let marks = [&*countdown.kind, &repeats, if countdown.archived { "archived" } else { "" }];
    let marks: Vec<&str> = marks.into_iter().filter(|mark| !mark.is_empty() && *mark != "countdown").collect();
    vec![
        Cell::new(format!(" {}", countdown.name)),
        Cell::new(distance(countdown)).style(near),
        Cell::new(countdown.date.map(|date| date.strftime("%-d %b %Y").to_string()).unwrap_or_default()),
        Cell::new(marks.join(", ")).style(DIM),
    ]
}

async fn show(globals: &Globals, name: &str) -> Result<(), Error> {
    let countdown = noun::read(globals, async |connection| {
        let today = noun::now(connection).await?.date();
        let id = noun::find(name, &all(&connection.client, today).await?)?.id.clone();
        Ok(view(&connection.client.countdown().get(id).await?, today))
    })
    .await?;
    Answer::new(vec![countdown]).print(globals, |all| all.iter().flat_map(details).collect::<Vec<_>>())
}

fn details(countdown: &Countdown) -> Vec<String> {
    let rows = [
        ("day", countdown.date.map(|date| date.strftime("%A, %-d %B %Y").to_string()).unwrap_or_default()),
        ("distance", distance(countdown)),
        ("kind", countdown.kind.clone()),
        ("repeats", countdown.repeats.as_deref().map(noun::repeats).unwrap_or_default()),
        ("remark", countdown.remark.clone()),
        ("color", countdown.color.clone().unwrap_or_default()),
        ("archived", if countdown.archived { "yes".to_owned() } else { String::new() }),
        ("id", countdown.id.clone()),
    ];
    noun::details(&countdown.name, &rows)
}
