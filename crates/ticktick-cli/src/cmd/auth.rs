//! `ticktick auth`: signing in and out.

pub(super) mod doctor;
mod findings;
mod login;
mod logout;
mod open_api;
mod prompt;
mod status;

use clap::{Args, FromArgMatches, Subcommand};
use ticktick_profile::{Profile, Source};

use crate::answer::Answer;
use crate::args::Globals;
use crate::ask;
use crate::connect;
use crate::entry::{Entry, Section};
use crate::error::Error;
use crate::generated::cli::{OpenApiToken, SessionSource, SignIn};
use crate::output::Output;
use crate::runtime::wait;

pub(crate) const AUTH: Entry = Entry::group(
    Section::Account,
    "auth",
    "Sign in and out, show who is signed in, and find problems",
    AuthCommand::augment_subcommands,
    |globals, matches| {
        let command = AuthCommand::from_arg_matches(matches)?;
        if !matches!(&command, AuthCommand::Status(StatusArgs { verify: false }) | AuthCommand::Doctor) {
            connect::online(globals)?;
        }
        if matches!(&command, AuthCommand::Login(_) | AuthCommand::Logout) {
            ask::no_preview(globals)?;
        }
        let output = Output::new(globals);
        match command {
            AuthCommand::Login(args) => wait(login::run(globals, *args, output)),
            AuthCommand::Logout => wait(logout::run(globals, output)),
            AuthCommand::Status(args) => wait(status::run(globals, &args)),
            AuthCommand::Doctor => wait(doctor::run(globals)),
        }
    },
);

#[derive(Subcommand, Debug)]
enum AuthCommand {
    /// Sign in and save the session
    ///
    /// Prompts for missing values. The session is saved in the system's keyring. Without a keyring, it is saved in a file
    /// that only you can read. All later commands use it. Accounts created through Google or Apple have no password: set one in the
    /// web app, or sign in with --token-stdin or --openapi.
    Login(Box<login::LoginArgs>),
    /// Sign out and delete the saved session
    Logout,
    /// Show which session is used
    Status(StatusArgs),
    /// Check everything that sign-in depends on, and say how to fix each problem
    ///
    /// Checks settings, permissions, keyring, session, lock-outs, network, TLS and clock. The exit status is 1 if a check
    /// fails.
    Doctor,
}

#[derive(Args, Debug)]
struct StatusArgs {
    /// Ask the service whether the session is still valid
    #[arg(long)]
    verify: bool,
}

/// Describes who is signed in.
fn described(profile: &Profile, verified: bool) -> SignIn {
    let token = profile.open_api_source();
    let saved = profile.sessions().find_token(profile.settings().profile(), profile.region());
    let expires = saved.filter(|_| token != Source::Environment).and_then(|saved| saved.expires);
    SignIn {
        profile: profile.settings().profile().to_string(),
        server: profile.server(),
        username: profile.username().map(str::to_owned),
        source: source(profile.source()),
        place: place(profile, profile.source()),
        verified,
        open_api: (token != Source::Nowhere).then(|| OpenApiToken { source: source(token), expires }),
    }
}

pub(crate) fn source(source: Source) -> SessionSource {
    match source {
        Source::Environment => SessionSource::Environment,
        Source::File => SessionSource::File,
        Source::Keyring => SessionSource::Keyring,
        _ => SessionSource::None,
    }
}

/// Returns the file or variable of a session or token.
fn place(profile: &Profile, source: Source) -> Option<String> {
    match source {
        Source::Environment => profile.environment_token().map(|found| found.variable.to_owned()),
        Source::File => Some(profile.sessions().path().display().to_string()),
        _ => None,
    }
}

/// Names the place of a session or token for people.
fn place_in_words(profile: &Profile, source: Source) -> String {
    match source {
        Source::Keyring => "the keyring".to_owned(),
        Source::Nowhere => "none".to_owned(),
        source => place(profile, source).unwrap_or_default(),
    }
}

fn report(globals: &Globals, status: SignIn, people: impl FnOnce() -> Vec<String>) -> Result<(), Error> {
    Answer::new(vec![status]).print(globals, |_| people())
}
