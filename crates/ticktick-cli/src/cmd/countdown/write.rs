//! The commands that change countdowns.

use ticktick::countdown::{CountdownDraft, CountdownKind, CountdownPatch};

use super::{all, view};
use crate::args::{CountdownCreateArgs, CountdownEditArgs, CountdownFields, CountdownKindArg, Globals, SomeArgs};
use crate::error::Error;
use crate::generated::cli::Countdown;
use crate::noun;
use crate::output::Output;
use crate::past;
use crate::written::{Written, write};

impl From<CountdownKindArg> for CountdownKind {
    fn from(kind: CountdownKindArg) -> Self {
        match kind {
            CountdownKindArg::Countdown => Self::Countdown,
            CountdownKindArg::Holiday => Self::Holiday,
            CountdownKindArg::Birthday => Self::Birthday,
            CountdownKindArg::Anniversary => Self::Anniversary,
        }
    }
}

pub(super) async fn create(globals: &Globals, args: CountdownCreateArgs, output: Output) -> Result<(), Error> {
    write(globals, output, async |connection| {
        let today = noun::now(connection).await?.date();
        let CountdownFields { kind, remark, rgb, icon, yearly } = args.fields;
        let mut draft = CountdownDraft::new(args.name, past::parse_any_day(globals, &args.day, today)?);
        if let Some(kind) = kind {
            draft = draft.kind(kind.into());
        }
        if let Some(remark) = remark.as_deref().and_then(noun::set) {
            draft = draft.remark(remark);
        }
        if let Some(color) = rgb.as_deref().and_then(noun::set) {
            draft = draft.color(color);
        }
        if let Some(icon) = icon {
            draft = draft.icon(icon);
        }
        if yearly {
            draft = draft.yearly();
        }
        if args.count_up {
            draft = draft.count_up();
        }
        connection.name("countdown create");
        let countdown = view(&connection.client.countdown().create(draft).await?, today);
        let line = format!("Created countdown \"{}\", {}", countdown.name, super::distance(&countdown));
        Ok(Written::one(countdown, line))
    })
    .await
}

pub(super) async fn edit(globals: &Globals, args: CountdownEditArgs, output: Output) -> Result<(), Error> {
    write(globals, output, async |connection| {
        let today = noun::now(connection).await?.date();
        let all = all(&connection.client, today).await?;
        let countdown = noun::find(&args.countdown, &all)?;
        let mut patch = patch(args.fields, args.once);
        if let Some(name) = args.name {
            patch = patch.name(name);
        }
        if let Some(day) = &args.day {
            patch = patch.day(past::parse_any_day(globals, day, today)?);
        }
        if patch == CountdownPatch::new() {
            return Err(Error::usage("no changes given").hint("give a change, such as --day 2026-12-10"));
        }
        noun::name_command(connection, "countdown edit", std::slice::from_ref(countdown));
        let now = view(&connection.client.countdown().patch(countdown.id.as_str(), patch).await?, today);
        let line = format!("Changed countdown \"{}\"", now.name);
        Ok(Written::one(now, line))
    })
    .await
}

fn patch(fields: CountdownFields, once: bool) -> CountdownPatch {
    let CountdownFields { kind, remark, rgb, icon, yearly } = fields;
    let mut patch = CountdownPatch::new();
    if let Some(kind) = kind {
        patch = patch.kind(kind.into());
    }
    if let Some(remark) = remark {
        patch = if remark == "none" { patch.clear_remark() } else { patch.remark(remark) };
    }
    if let Some(color) = rgb {
        patch = if color == "none" { patch.clear_color() } else { patch.color(color) };
    }
    if let Some(icon) = icon {
        patch = patch.icon(icon);
    }
    match (yearly, once) {
        (true, _) => patch.yearly(),
        (_, true) => patch.clear_repeat(),
        _ => patch,
    }
}

pub(super) async fn archive(globals: &Globals, args: SomeArgs, into: bool, output: Output) -> Result<(), Error> {
    let names = noun::names(args.names)?;
    write(globals, output, async |connection| {
        let today = noun::now(connection).await?.date();
        let found = noun::find_all(&names, &all(&connection.client, today).await?)?;
        noun::name_command(connection, if into { "countdown archive" } else { "countdown unarchive" }, &found);
        let manager = connection.client.countdown();
        let done = if into { "Archived" } else { "Unarchived" };
        let archive = async |countdown: &Countdown| {
            let id = countdown.id.as_str();
            let now = if into { manager.archive(id).await? } else { manager.unarchive(id).await? };
            Ok(view(&now, today))
        };
        Ok(noun::each(&found, done, archive).await)
    })
    .await
}

pub(super) async fn delete(globals: &Globals, args: SomeArgs, output: Output) -> Result<(), Error> {
    let names = noun::names(args.names)?;
    write(globals, output, async |connection| {
        let today = noun::now(connection).await?.date();
        let found = noun::find_all(&names, &all(&connection.client, today).await?)?;
        noun::confirm_delete(globals, &found, "")?;
        noun::name_command(connection, "countdown delete", &found);
        let manager = connection.client.countdown();
        let delete = async |countdown: &Countdown| {
            manager.delete(countdown.id.as_str()).await?;
            Ok(countdown.clone())
        };
        Ok(noun::each(&found, "Deleted", delete).await)
    })
    .await
}
