//! `ticktick auth`: signing in and out.

use std::io::{self, BufRead, IsTerminal, Write};

use clap::{FromArgMatches, Subcommand};
use ticktick::{Client, Login, Secret, Session};

use crate::answer::Answer;
use crate::args::{AuthCommand, Globals, LoginArgs, StatusArgs};
use crate::connect::{self, Connection, Source};
use crate::entry::{Entry, Section};
use crate::error::Error;
use crate::generated::cli::{SessionSource, SignIn};
use crate::mirror;
use crate::output::{GREEN, Output};
use crate::runtime::wait;
use crate::text::on_one_line;

pub(crate) const AUTH: Entry = Entry::group(
    Section::Account,
    "auth",
    "Sign in, sign out, show who is signed in",
    AuthCommand::augment_subcommands,
    |globals, matches| {
        let command = AuthCommand::from_arg_matches(matches)?;
        if !matches!(&command, AuthCommand::Status(StatusArgs { verify: false })) {
            mirror::online(globals)?;
        }
        wait(run(globals, command, Output::new(globals)))
    },
);

async fn run(globals: &Globals, command: AuthCommand, output: Output) -> Result<(), Error> {
    match command {
        AuthCommand::Login(args) => login(globals, args, output).await,
        AuthCommand::Logout => logout(globals, output).await,
        AuthCommand::Status(args) => status(globals, &args).await,
    }
}

async fn login(globals: &Globals, args: LoginArgs, output: Output) -> Result<(), Error> {
    if globals.demo {
        return Err(Error::usage("the demo account needs no sign-in").hint("ticktick --demo task list"));
    }
    let mut connection = Connection::open_signed_out(globals).await?;
    if let Some(store) = &mut connection.store {
        // Without a place to save the session there is no point in signing in.
        store.prepare()?;
    }
    let server = connect::server(connection.client.region());
    let (session, username) = if args.token_stdin {
        with_token(globals, &connection).await?
    } else {
        let username = match args.username {
            Some(username) => username,
            None => asked(&format!("User name or e-mail for {server}: "))?,
        };
        (unless_locked(&mut connection, &username, args.password_stdin).await?, Some(username))
    };
    connection.keep(session, username.clone())?;
    if std::env::var_os("TICKTICK_TOKEN").is_some() {
        output.note("warning", "TICKTICK_TOKEN is set and takes precedence over this session");
    }
    let shown = username.as_deref().unwrap_or("the account of this token");
    report(globals, SignIn { username: username.clone(), ..described(&connection, true) }, || {
        vec![format!("{GREEN}✓{GREEN:#} Signed in to {server} as {}", on_one_line(shown))]
    })
}

async fn with_token(globals: &Globals, connection: &Connection) -> Result<(Session, Option<String>), Error> {
    let token = Secret::from(line("no token on standard input")?);
    let mut builder = connect::builder(globals, &connect::region(globals)?, &connection.recorded).token(token.clone());
    if let Some(store) = &connection.store {
        builder = builder.device(store.device().clone());
    }
    let client = builder.build()?;
    let status = client.check_session().await?;
    let username = status.username.get().map(|name| name.expose().to_owned());
    // The service may have just renewed it.
    Ok((client.session().unwrap_or_else(|| Session::new(token)), username))
}

/// Signs in, unless an earlier command learned that the account is locked.
async fn unless_locked(connection: &mut Connection, username: &str, from_stdin: bool) -> Result<Session, Error> {
    let region = connection.client.region().clone();
    let locked = connection.store.as_ref().and_then(|store| store.locked_until(&region, username));
    if let Some(until) = locked.filter(|until| *until > connection.moment()) {
        return Err(Error::locked_out(until));
    }
    let signed_in = with_password(&connection.client, username, from_stdin).await;
    if let (Err(_), Some(until), Some(store)) =
        (&signed_in, connection.client.locked_until(username), &mut connection.store)
    {
        store.lock(&region, username, until)?;
    }
    signed_in
}

async fn with_password(client: &Client, username: &str, from_stdin: bool) -> Result<Session, Error> {
    let password = match from_stdin {
        true => line("no password on standard input")?,
        false if io::stdin().is_terminal() => rpassword::prompt_password("Password: ")?,
        false => return Err(Error::usage("no password").hint("use --password-stdin if there is no terminal")),
    };
    match client.login(username, password).await? {
        Login::Done(session) => Ok(session),
        Login::Mfa(challenge) => {
            let code = if from_stdin {
                line("the account requires the code of a second factor: pass it on a second line")?
            } else {
                asked("Code of the second factor: ")?
            };
            Ok(challenge.verify(&code).await?)
        }
    }
}

/// Reads one line of standard input.
fn line(missing: &str) -> Result<String, Error> {
    let mut text = String::new();
    io::stdin().lock().read_line(&mut text)?;
    match text.trim_end_matches(['\r', '\n']) {
        "" => Err(Error::usage(missing)),
        line => Ok(line.to_owned()),
    }
}

/// Asks the user at the terminal.
fn asked(question: &str) -> Result<String, Error> {
    if !io::stdin().is_terminal() {
        return Err(Error::usage(format!(
            "cannot ask for \"{}\" because there is no terminal",
            question.trim_end_matches([':', ' '])
        ))
        .hint("use --username with --password-stdin, or --token-stdin"));
    }
    let mut err = io::stderr().lock();
    write!(err, "{question}")?;
    err.flush()?;
    line("no input").map(|text| text.trim().to_owned())
}

async fn logout(globals: &Globals, output: Output) -> Result<(), Error> {
    let mut connection = Connection::open(globals).await?;
    let status = described(&connection, false);
    let ended = connection.client.logout().await;
    let region = connection.client.region().clone();
    if let (Some(store), Source::File) = (&mut connection.store, connection.source) {
        store.forget(&region)?;
    }
    if connection.source == Source::File {
        mirror::note_kept(&region, output);
    }
    if let Err(error) = ended {
        // The local session is gone, which is what matters.
        let error = Error::from(error);
        output.note(
            "warning",
            &format!("the session was deleted here but may still be valid on the server: {}", error.message),
        );
    }
    if connection.source == Source::Environment {
        output.note("warning", "TICKTICK_TOKEN is still set to the session that has ended");
    }
    let text = format!("Signed out of {}", status.server);
    report(globals, status, || vec![format!("{GREEN}✓{GREEN:#} {text}")])
}

async fn status(globals: &Globals, args: &StatusArgs) -> Result<(), Error> {
    let connection = Connection::open(globals).await?;
    let mut status = described(&connection, args.verify);
    if args.verify {
        let answer = connection.client.check_session().await?;
        status.username = answer.username.get().map(|name| name.expose().to_owned()).or(status.username);
    }
    let name = status.username.as_deref().unwrap_or("unknown");
    let place = match (&connection.store, connection.source) {
        (Some(store), Source::File) => store.path().display().to_string(),
        (_, Source::Environment) => "TICKTICK_TOKEN".into(),
        _ => "the demo".into(),
    };
    let verified = if args.verify { "the session is valid" } else { "not verified; use --verify to ask the service" };
    let lines = vec![
        format!("Server:   {}", status.server),
        format!("Account:  {}", on_one_line(name)),
        format!("Session:  {place}"),
        format!("Verified: {verified}"),
    ];
    report(globals, status, || lines)?;
    connection.close()
}

fn described(connection: &Connection, verified: bool) -> SignIn {
    let region = connection.client.region();
    let kept = connection.store.as_ref().and_then(|store| store.session(region));
    let (source, username) = match connection.source {
        Source::Demo => (SessionSource::Demo, Some(ticktick_sim::DEMO_USER.to_owned())),
        Source::Environment => (SessionSource::Environment, None),
        Source::File | Source::Nowhere => (SessionSource::File, kept.and_then(|kept| kept.username.clone())),
    };
    SignIn { server: connect::server(region), username, source, verified }
}

fn report(globals: &Globals, status: SignIn, people: impl FnOnce() -> Vec<String>) -> Result<(), Error> {
    Answer::new(vec![status]).print(globals, |_| people())
}
