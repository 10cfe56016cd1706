//! `ticktick user`.

mod settings;
pub(crate) mod values;

use clap::{ArgMatches, FromArgMatches, Subcommand};

use crate::answer::Answer;
use crate::args::{Globals, LimitsArgs, SettingsCommand, SettingsGetArgs, UserCommand};
use crate::entry::{Entry, Section};
use crate::error::Error;
use crate::generated::cli::{Notification, Value};
use crate::noun;
use crate::output::{DIM, Output};
use crate::runtime::wait;
use crate::table::Cell;

pub(crate) const USER: Entry = Entry::group(
    Section::Account,
    "user",
    "Show the profile, settings and limits",
    UserCommand::augment_subcommands,
    run,
);

/// Members of a profile that are of no use: parts of a captcha, and an unknown stamp.
const HIDDEN: [&str; 3] = ["ver_code", "ver_key", "etimestamp"];

fn run(globals: &Globals, matches: &ArgMatches) -> Result<(), Error> {
    let output = Output::new(globals);
    match UserCommand::from_arg_matches(matches)? {
        UserCommand::Profile => wait(profile(globals)),
        UserCommand::Settings(args) => match args.command {
            None => wait(settings::get(globals, &SettingsGetArgs { names: Vec::new() })),
            Some(SettingsCommand::Get(args)) => wait(settings::get(globals, &args)),
            Some(SettingsCommand::Set(args)) => wait(settings::set(globals, &args, output)),
        },
        UserCommand::Limits(args) => wait(limits(globals, &args)),
        UserCommand::Notifications => wait(notifications(globals)),
        command => wait(simple(globals, command)),
    }
}

async fn profile(globals: &Globals) -> Result<(), Error> {
    let profile = noun::read(globals, async |connection| Ok(connection.client.user().profile().await?)).await?;
    let mut values = values::of(&profile)?;
    values.retain(|value| !value.value.is_null() && !HIDDEN.contains(&&*value.name));
    values::print(globals, values)
}

/// Prints the response of one call.
async fn simple(globals: &Globals, command: UserCommand) -> Result<(), Error> {
    let values = noun::read(globals, async |connection| {
        let user = connection.client.user();
        match command {
            UserCommand::Status => values::of(&user.status().await?),
            UserCommand::DailyReminder => values::of(&user.daily_reminder().await?),
            UserCommand::Pomodoro => values::of(&user.pomodoro_preferences().await?),
            UserCommand::Unread => {
                let unread = user.unread_notifications().await?;
                Ok(vec![Value { name: "unread".into(), value: unread.count.into() }])
            }
            _ => values::of(&user.ext_preferences().await?),
        }
    });
    values::print(globals, values.await?)
}

async fn limits(globals: &Globals, args: &LimitsArgs) -> Result<(), Error> {
    let values = noun::read(globals, async |connection| {
        let user = connection.client.user();
        if !args.all {
            return values::of(&user.limits().await?);
        }
        let plans = user.plan_limits().await?;
        let mut all = Vec::new();
        for (plan, limits) in [("free", &plans.free), ("pro", &plans.pro), ("team", &plans.team)] {
            let Some(limits) = limits.get() else { continue };
            let named = |value: Value| Value { name: format!("{plan}.{}", value.name), ..value };
            all.extend(values::of(limits)?.into_iter().map(named));
        }
        Ok(all)
    });
    values::print(globals, values.await?)
}

async fn notifications(globals: &Globals) -> Result<(), Error> {
    let (notifications, now) = noun::read(globals, async |connection| {
        Ok((connection.client.user().notifications().await?, noun::now(connection).await?))
    })
    .await?;
    let view = |notification: &ticktick::user::Notification| Notification {
        id: notification.id.to_string(),
        title: notification.title.as_deref().unwrap_or_default().to_owned(),
        kind: notification.r#type.get().map(|kind| kind.as_str().to_owned()).unwrap_or_default(),
        unread: notification.unread == true,
        created: notification.created_time.get().and_then(ticktick::models::Timestamp::instant),
    };
    Answer::new(notifications.iter().map(view).collect()).print(globals, |all: &[Notification]| {
        noun::table(all, "notification", 1, |one| {
            let title = if one.title.is_empty() { &one.kind } else { &one.title };
            let when = noun::moment(one.created, now.time_zone(), now.date());
            let mark = if one.unread { " • unread" } else { "" };
            vec![Cell::new(format!(" {when}")).style(DIM), Cell::new(title), Cell::new(mark)]
        })
    })
}
