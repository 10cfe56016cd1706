//! `ticktick config`: shows and changes settings.

use std::path::PathBuf;

use clap::{Args, FromArgMatches, Subcommand};
use ticktick_profile::{ConfigEdit, ConfigFile, Origin, ProfileName, Resolved, SETTINGS, Setting, Settings};

use crate::answer::Answer;
use crate::args::Globals;
use crate::ask;
use crate::entry::{Entry, Section};
use crate::error::Error;
use crate::generated::cli::{Setting as Row, SettingOrigin};
use crate::output::{DIM, GREEN, Output, width};
use crate::settings;
use crate::shell;
use crate::table::{Cell, Table};

pub(crate) const CONFIG: Entry = Entry::group(
    Section::Account,
    "config",
    "Show and change settings",
    ConfigCommand::augment_subcommands,
    |globals, matches| {
        let command = ConfigCommand::from_arg_matches(matches)?;
        if matches!(&command, ConfigCommand::Set(_) | ConfigCommand::Unset(_) | ConfigCommand::Edit) {
            ask::no_preview(globals)?;
        }
        match command {
            ConfigCommand::List(args) => list(globals, &args),
            ConfigCommand::Get(args) => get(globals, &args),
            ConfigCommand::Set(args) => set(globals, &args),
            ConfigCommand::Unset(args) => unset(globals, &args),
            ConfigCommand::Path => path(globals),
            ConfigCommand::Edit => edit(globals),
        }
    },
);

#[derive(Subcommand, Debug)]
enum ConfigCommand {
    /// List all settings
    ///
    /// The first of these that has a value for a setting wins: the option, the variable (TICKTICK_ and the name in
    /// capitals), the file .ticktick.toml in this folder or one above it, the profile's section of the user's file, the rest
    /// of that file, and the default. `read-only` is true if any of them sets it.
    #[command(visible_alias = "ls")]
    List(ListArgs),
    /// Print the value of a setting
    Get(NameArgs),
    /// Change a setting in the user's file
    ///
    /// With --profile, changes it only for that profile.
    Set(SetArgs),
    /// Remove a setting from the user's file
    ///
    /// With --profile, removes it only from that profile.
    Unset(NameArgs),
    /// Print the path of the user's file
    Path,
    /// Open the user's file in your editor: $VISUAL, $EDITOR, or vi
    Edit,
}

#[derive(Args, Debug)]
struct ListArgs {
    /// Show where each value came from
    #[arg(long)]
    origin: bool,
}

#[derive(Args, Debug)]
struct NameArgs {
    /// Name of the setting
    #[arg(value_name = "SETTING", value_parser = names())]
    name: String,
}

#[derive(Args, Debug)]
struct SetArgs {
    /// Name of the setting
    #[arg(value_name = "SETTING", value_parser = names())]
    name: String,
    /// New value
    value: String,
}

fn names() -> clap::builder::PossibleValuesParser {
    SETTINGS.iter().map(|setting| setting.name).collect::<Vec<_>>().into()
}

fn list(globals: &Globals, args: &ListArgs) -> Result<(), Error> {
    let settings = globals.settings()?;
    let rows = SETTINGS.iter().map(|setting| row(setting, settings)).collect();
    Answer::new(rows).print(globals, |rows: &[Row]| {
        let mut table = Table::new().flexible([(2, 12), (1, 12)]);
        for row in rows {
            let value = row.value.as_deref().map_or_else(|| Cell::new("not set").style(DIM), Cell::new);
            let last = if args.origin { place(row) } else { row.about.clone() };
            table.row(vec![Cell::new(&row.name), value, Cell::new(last).style(DIM)]);
        }
        table.render(width())
    })
}

fn get(globals: &Globals, args: &NameArgs) -> Result<(), Error> {
    let setting = Setting::find(&args.name)?;
    let row = row(setting, globals.settings()?);
    Answer::new(vec![row])
        .print(globals, |rows: &[Row]| rows.iter().filter_map(|row| row.value.clone()).collect::<Vec<_>>())
}

fn set(globals: &Globals, args: &SetArgs) -> Result<(), Error> {
    let setting = Setting::find(&args.name)?;
    let (file, profile) = target(globals, setting)?;
    if setting.name == "profile" {
        ConfigFile::read(&file)?.require(&args.value.parse()?)?;
    }
    let value = ConfigEdit::change(&file, |config| config.set(profile.as_ref(), setting, &args.value))?;
    let row = changed(globals, setting)?;
    if row.value.as_ref() != Some(&value) {
        let text = format!("it has no effect here, because {} takes precedence", place(&row));
        Output::new(globals).note("warning", &text);
    }
    let of = profile.map(|profile| format!(" of profile {profile}")).unwrap_or_default();
    let text = format!("{GREEN}✓{GREEN:#} Set {}{of} to {value}", setting.name);
    Answer::new(vec![row]).print(globals, |_: &[Row]| vec![text])
}

fn unset(globals: &Globals, args: &NameArgs) -> Result<(), Error> {
    let setting = Setting::find(&args.name)?;
    let (file, profile) = target(globals, setting)?;
    let was_set = ConfigEdit::change(&file, |config| config.unset(profile.as_ref(), setting))?;
    let row = changed(globals, setting)?;
    let now = row.value.as_ref().map(|value| format!("; now {value} ({})", place(&row))).unwrap_or_default();
    let text = if was_set { "Removed" } else { "It was not set:" };
    let text = format!("{GREEN}✓{GREEN:#} {text} {}{now}", setting.name);
    Answer::new(vec![row]).print(globals, |_: &[Row]| vec![text])
}

fn path(globals: &Globals) -> Result<(), Error> {
    let path = settings::folders()?.config_file().display().to_string();
    Output::new(globals).lines([path])
}

fn edit(globals: &Globals) -> Result<(), Error> {
    let file = settings::folders()?.config_file();
    // Creates the file, so that the editor finds its folder.
    ticktick_profile::private::lock(&file.with_extension("lock"))?;
    if globals.write.no_input || !shell::can_edit() {
        return Err(
            Error::usage("no terminal to open an editor in").hint(format!("set EDITOR, or open {}", file.display()))
        );
    }
    shell::edit(&file)?;
    settings::load(globals)?;
    Output::new(globals).lines([format!("{GREEN}✓{GREEN:#} {} is valid", file.display())])
}

/// Returns the file to change, and the profile if only its section is changed.
fn target(globals: &Globals, setting: &Setting) -> Result<(PathBuf, Option<ProfileName>), Error> {
    let profile = globals.profile.as_ref().map(|name| name.parse()).transpose()?;
    if setting.name == "profile" && profile.is_some() {
        return Err(Error::usage("`profile` selects a profile, so it cannot be set in one").hint("leave out --profile"));
    }
    Ok((settings::folders()?.config_file(), profile))
}

/// Returns the value that later commands see.
fn changed(globals: &Globals, setting: &Setting) -> Result<Row, Error> {
    Ok(row(setting, &settings::load(globals)?))
}

fn row(setting: &Setting, settings: &Settings) -> Row {
    let resolved = settings.resolved(setting.name);
    Row {
        name: setting.name.to_owned(),
        value: resolved.map(|resolved| resolved.value.clone()),
        origin: resolved.map_or(SettingOrigin::Default, origin),
        place: resolved
            .map(|resolved| resolved.origin.to_string())
            .filter(|place| place != "default" && place != "option"),
        about: setting.about.to_owned(),
    }
}

fn origin(resolved: &Resolved) -> SettingOrigin {
    match &resolved.origin {
        Origin::Flag => SettingOrigin::Flag,
        Origin::Environment(_) => SettingOrigin::Environment,
        Origin::Project(..) => SettingOrigin::Project,
        Origin::Profile(..) => SettingOrigin::Profile,
        Origin::User(..) => SettingOrigin::User,
        _ => SettingOrigin::Default,
    }
}

/// Names the origin of a value for people.
fn place(row: &Row) -> String {
    match (&row.place, &row.origin, &row.value) {
        (Some(place), _, _) => place.clone(),
        (None, SettingOrigin::Flag, _) => format!("--{}", row.name),
        (None, _, Some(_)) => "default".to_owned(),
        (None, _, None) => String::new(),
    }
}
