//! `ticktick focus timer`.

use ticktick::Client;
use ticktick::focus::{Timer as Stored, TimerDraft, TimerKind};

use crate::answer::Answer;
use crate::args::{Globals, ModeArg, TimerCommand, TimerCreateArgs, TimerEditArgs, TimerFields};
use crate::connect::Connection;
use crate::error::Error;
use crate::generated::cli::{FocusMode, Timer};
use crate::noun::{self, Named};
use crate::output::Output;
use crate::table::Cell;
use crate::written::{Written, write};

impl Named for Timer {
    const WHAT: &'static str = "timer";
    const LIST: &'static str = "focus timer list";

    fn key(&self) -> &str {
        &self.id
    }

    fn name(&self) -> &str {
        &self.name
    }
}

pub(super) async fn run(globals: &Globals, command: TimerCommand, output: Output) -> Result<(), Error> {
    match command {
        TimerCommand::List => list(globals).await,
        TimerCommand::Show(args) => show(globals, &args.name).await,
        command => write(globals, output, async |connection| change(connection, globals, command).await).await,
    }
}

fn view(timer: &Stored) -> Timer {
    Timer {
        id: timer.id.to_string(),
        name: timer.name.as_deref().unwrap_or_default().to_owned(),
        mode: if timer.r#type == TimerKind::Timing { FocusMode::Stopwatch } else { FocusMode::Pomodoro },
        minutes: timer.pomodoro_time.copied().and_then(|minutes| minutes.try_into().ok()).unwrap_or(0),
        color: timer.color.get().filter(|color| !color.is_empty()).cloned(),
        days: None,
        today_minutes: None,
        total_minutes: None,
    }
}

async fn all(client: &Client) -> Result<Vec<Stored>, Error> {
    let mut timers = client.focus().timers().await?.into_inner();
    timers.sort_by_key(|timer| timer.sort_order.copied());
    Ok(timers)
}

/// Finds a timer with all of its members.
pub(super) async fn stored(client: &Client, name: &str) -> Result<Stored, Error> {
    let all = all(client).await?;
    let views: Vec<Timer> = all.iter().map(view).collect();
    let id = noun::find(name, &views)?.id.clone();
    all.into_iter().find(|timer| timer.id == *id).ok_or_else(|| Error::failed("the timer no longer exists"))
}

fn length(timer: &Timer) -> String {
    match timer.mode {
        FocusMode::Pomodoro => format!("{} min", timer.minutes),
        FocusMode::Stopwatch => "stopwatch".to_owned(),
    }
}

async fn list(globals: &Globals) -> Result<(), Error> {
    let timers = noun::read(globals, async |connection| all(&connection.client).await).await?;
    Answer::new(timers.iter().map(view).collect()).print(globals, |timers: &[Timer]| {
        noun::table(timers, "timer", 0, |timer| {
            let color = noun::swatch(timer.color.as_ref());
            vec![Cell::new(format!(" {}", timer.name)), Cell::new(length(timer)), color]
        })
    })
}

async fn show(globals: &Globals, name: &str) -> Result<(), Error> {
    let timer = noun::read(globals, async |connection| {
        let timer = stored(&connection.client, name).await?;
        let overview = connection.client.focus().timer_overview(&timer).await?;
        let count = |field: Option<&i64>| field.and_then(|count| u64::try_from(*count).ok());
        let (days, today) = (count(overview.days.get()), count(overview.today.get()));
        Ok(Timer { days, today_minutes: today, total_minutes: count(overview.total.get()), ..view(&timer) })
    })
    .await?;
    Answer::new(vec![timer]).print(globals, |timers| timers.iter().flat_map(details).collect::<Vec<_>>())
}

fn details(timer: &Timer) -> Vec<String> {
    let minutes = |minutes: Option<u64>| minutes.map(|minutes| format!("{minutes} min")).unwrap_or_default();
    let rows = [
        ("length", length(timer)),
        ("today", minutes(timer.today_minutes)),
        ("in all", minutes(timer.total_minutes)),
        ("days", timer.days.map(|days| days.to_string()).unwrap_or_default()),
        ("color", timer.color.clone().unwrap_or_default()),
        ("id", timer.id.clone()),
    ];
    noun::details(&timer.name, &rows)
}

async fn change(connection: &Connection, globals: &Globals, command: TimerCommand) -> Result<Written<Timer>, Error> {
    match command {
        TimerCommand::Create(args) => create(connection, args).await,
        TimerCommand::Edit(args) => edit(connection, args).await,
        TimerCommand::Delete(args) => {
            let names = noun::names(args.names)?;
            let all: Vec<Timer> = all(&connection.client).await?.iter().map(view).collect();
            let found = noun::find_all(&names, &all)?;
            noun::confirm_delete(globals, &found, "; sessions are kept")?;
            noun::name_command(connection, "focus timer delete", &found);
            let focus = connection.client.focus();
            let delete = async |timer: &Timer| {
                focus.delete_timer(timer.id.as_str()).await?;
                Ok(timer.clone())
            };
            Ok(noun::each(&found, "Deleted", delete).await)
        }
        TimerCommand::List | TimerCommand::Show(_) => Ok(Written::all(Vec::new(), Vec::new())),
    }
}

async fn create(connection: &Connection, args: TimerCreateArgs) -> Result<Written<Timer>, Error> {
    let TimerFields { mode, minutes, rgb, icon } = args.fields;
    let mut draft = match mode {
        Some(ModeArg::Stopwatch) if minutes.is_some() => {
            return Err(Error::usage("a stopwatch has no length; leave out --minutes"));
        }
        Some(ModeArg::Stopwatch) => TimerDraft::stopwatch(args.name),
        _ => TimerDraft::pomodoro(args.name, minutes.unwrap_or(25)),
    };
    if let Some(color) = rgb.as_deref().and_then(noun::set) {
        draft = draft.color(color);
    }
    if let Some(icon) = icon {
        draft = draft.icon(icon);
    }
    connection.name("focus timer create");
    let timer = view(&connection.client.focus().create_timer(draft).await?);
    let line = format!("Saved timer \"{}\"", timer.name);
    Ok(Written::one(timer, line))
}

async fn edit(connection: &Connection, args: TimerEditArgs) -> Result<Written<Timer>, Error> {
    let before = stored(&connection.client, &args.timer).await?;
    let mut timer = before.clone();
    let TimerFields { mode, minutes, rgb, icon } = args.fields;
    if let Some(name) = args.name {
        timer.name = name.into();
    }
    if let Some(mode) = mode {
        timer.r#type = if mode == ModeArg::Stopwatch { TimerKind::Timing } else { TimerKind::Pomodoro }.into();
    }
    if let Some(minutes) = minutes {
        timer.pomodoro_time = i64::from(minutes).into();
    }
    if let Some(color) = rgb {
        timer.color = color.into();
    }
    if let Some(icon) = icon {
        timer.icon = icon.into();
    }
    if timer == before {
        return Err(Error::usage("no changes given").hint("give a change, such as --minutes 50"));
    }
    connection.name(&format!("focus timer edit {}", timer.id));
    let timer = view(&connection.client.focus().update_timer(&timer).await?);
    let line = format!("Changed timer \"{}\"", timer.name);
    Ok(Written::one(timer, line))
}
