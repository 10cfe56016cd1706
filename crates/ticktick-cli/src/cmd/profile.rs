//! `ticktick profile`: accounts with their own server, session, settings and mirror.

use clap::{Args, FromArgMatches, Subcommand};
use ticktick_profile::{
    ConfigEdit, ConfigFile, Environment, Profile as Saved, ProfileName, Secrets, Setting, Settings, Source,
};

use super::auth;
use crate::answer::Answer;
use crate::args::{Globals, RegionArg};
use crate::ask;
use crate::entry::{Entry, Section};
use crate::error::Error;
use crate::generated::cli::{Profile, SessionSource};
use crate::mirror;
use crate::output::{DIM, GREEN, Output, width};
use crate::settings;
use crate::table::{Cell, Table};

pub(crate) const PROFILE: Entry = Entry::group(
    Section::Account,
    "profile",
    "Manage profiles, for several accounts",
    ProfileCommand::augment_subcommands,
    |globals, matches| {
        let command = ProfileCommand::from_arg_matches(matches)?;
        if !matches!(&command, ProfileCommand::List | ProfileCommand::Show(_)) {
            ask::no_preview(globals)?;
        }
        match command {
            ProfileCommand::List => list(globals),
            ProfileCommand::Show(args) => show(globals, &args),
            ProfileCommand::Add(args) => add(globals, &args),
            ProfileCommand::Use(args) => select(globals, &args),
            ProfileCommand::Remove(args) => remove(globals, &args),
        }
    },
);

#[derive(Subcommand, Debug)]
enum ProfileCommand {
    /// List the profiles
    #[command(visible_alias = "ls")]
    List,
    /// Show a profile
    Show(ShowArgs),
    /// Add a profile
    ///
    /// A profile has its own session, settings and mirror. Sign in to it with `ticktick --profile NAME auth login`.
    Add(AddArgs),
    /// Make a profile the default for all commands
    Use(NameArgs),
    /// Remove a profile with its settings
    #[command(visible_alias = "rm")]
    Remove(NameArgs),
}

#[derive(Args, Debug)]
struct ShowArgs {
    /// Name of the profile [default: the selected one]
    #[arg(value_name = "PROFILE")]
    name: Option<ProfileName>,
}

#[derive(Args, Debug)]
struct NameArgs {
    /// Name of the profile
    #[arg(value_name = "PROFILE")]
    name: ProfileName,
}

#[derive(Args, Debug)]
struct AddArgs {
    /// Name of the profile: letters, digits, `.`, `-` and `_`
    name: ProfileName,
    /// User name or e-mail address to sign in with
    #[arg(long, value_name = "NAME")]
    account: Option<String>,
}

fn list(globals: &Globals) -> Result<(), Error> {
    let names = file()?.profiles();
    let rows = names.iter().map(|name| row(globals, name)).collect::<Result<_, _>>()?;
    print(globals, rows)
}

fn show(globals: &Globals, args: &ShowArgs) -> Result<(), Error> {
    let name = match &args.name {
        Some(name) => name.clone(),
        None => globals.settings()?.profile().clone(),
    };
    file()?.require(&name)?;
    print(globals, vec![row(globals, &name)?])
}

fn add(globals: &Globals, args: &AddArgs) -> Result<(), Error> {
    let region = match globals.region {
        Some(RegionArg::Dida365) => Some("dida365".to_owned()),
        Some(RegionArg::Ticktick) => Some("ticktick".to_owned()),
        None => None,
    };
    let values = [
        ("region", region),
        ("base-url", globals.base_url.clone()),
        ("account", args.account.clone()),
        ("read-only", globals.write.read_only.then(|| "true".to_owned())),
    ];
    ConfigEdit::change(&settings::folders()?.config_file(), |config| {
        config.add_profile(&args.name)?;
        for (name, value) in values {
            if let Some(value) = value {
                config.set(Some(&args.name), Setting::find(name)?, &value)?;
            }
        }
        Ok(())
    })?;
    let name = &args.name;
    Output::new(globals).note("note", &format!("sign in to it with `ticktick --profile {name} auth login`"));
    done(globals, name, format!("Added profile {name}"))
}

fn select(globals: &Globals, args: &NameArgs) -> Result<(), Error> {
    let name = &args.name;
    file()?.require(name)?;
    let setting = Setting::find("profile")?;
    ConfigEdit::change(&settings::folders()?.config_file(), |config| {
        if name.is_default() {
            config.unset(None, setting).map(drop)
        } else {
            config.set(None, setting, name.as_str()).map(drop)
        }
    })?;
    if std::env::var_os("TICKTICK_PROFILE").is_some_and(|value| value.to_str() != Some(name.as_str())) {
        Output::new(globals).note("warning", "TICKTICK_PROFILE is set and takes precedence");
    }
    done(globals, name, format!("Commands use profile {name} now"))
}

fn remove(globals: &Globals, args: &NameArgs) -> Result<(), Error> {
    let name = &args.name;
    file()?.require(name)?;
    let removed = row(globals, name)?;
    if removed.source != SessionSource::None || removed.open_api {
        return Err(Error::usage(format!("profile {name} is still signed in to {}", removed.server))
            .hint(format!("sign out first: ticktick --profile {name} auth logout")));
    }
    let mirror = opened(name)?.mirror_file();
    ConfigEdit::change(&settings::folders()?.config_file(), |config| config.remove_profile(name))?;
    mirror::note_kept(&mirror, Output::new(globals));
    let text = format!("{GREEN}✓{GREEN:#} Removed profile {name}");
    Answer::new(vec![removed]).print(globals, |_: &[Profile]| vec![text])
}

fn done(globals: &Globals, name: &ProfileName, text: String) -> Result<(), Error> {
    let row = row(globals, name)?;
    Answer::new(vec![row]).print(globals, |_: &[Profile]| vec![format!("{GREEN}✓{GREEN:#} {text}")])
}

fn print(globals: &Globals, rows: Vec<Profile>) -> Result<(), Error> {
    Answer::new(rows).print(globals, |rows: &[Profile]| {
        let mut table = Table::new().flexible([(2, 12)]);
        for Profile { name, selected, server, username, source, open_api, read_only } in rows {
            let who = match (username, source) {
                (_, SessionSource::None) if *open_api => Cell::new("token of the Open API"),
                (_, SessionSource::None) => Cell::new("not signed in").style(DIM),
                (Some(username), _) => Cell::new(username),
                (None, _) => Cell::new("signed in"),
            };
            let mark = if *selected { "*" } else { " " };
            let rest = if *read_only { "read-only" } else { "" };
            table.row(vec![Cell::new(format!("{mark} {name}")), Cell::new(server), who, Cell::new(rest).style(DIM)]);
        }
        table.render(width())
    })
}

fn file() -> Result<ConfigFile, Error> {
    Ok(ConfigFile::read(&settings::folders()?.config_file())?)
}

/// Opens a profile without the server options of this command. The token of the environment belongs to no profile.
fn opened(name: &ProfileName) -> Result<Saved, Error> {
    let folders = settings::folders()?;
    let nothing = Environment::fixed::<&str, &str>([]);
    let settings = Settings::load(&folders, &nothing, None, vec![("profile", name.to_string())])?;
    Ok(Saved::open_with(settings, &folders, &nothing, Secrets::File)?)
}

fn row(globals: &Globals, name: &ProfileName) -> Result<Profile, Error> {
    let profile = opened(name)?;
    let selected = globals.settings().is_ok_and(|settings| settings.profile() == name);
    Ok(Profile {
        name: name.to_string(),
        selected,
        server: profile.server(),
        username: profile.username().map(str::to_owned),
        source: auth::source(profile.source()),
        open_api: profile.open_api_source() != Source::Nowhere,
        read_only: profile.settings().is_on("read-only"),
    })
}
