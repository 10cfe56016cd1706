//! `ticktick auth login`.

use std::path::PathBuf;

use clap::Args;
use ticktick::date::{Clock as _, SystemClock};
use ticktick::session::MfaChallenge;
use ticktick::{Client, Login, Region, Secret, Session};
use ticktick_profile::{Profile as Saved, Saved as Place, is_of_open_api, read_secret};

use super::prompt::{asked, can_ask, hidden, line, secret};
use super::{described, open_api, report};
use crate::args::Globals;
use crate::connect::Profile;
use crate::error::Error;
use crate::generated::cli::SignIn;
use crate::output::{GREEN, Output};
use crate::text::on_one_line;

#[derive(Args, Debug)]
#[command(after_help = "\
Secrets are never arguments, because other users of this machine can see arguments. Pass each secret on a line of its \
own on standard input: first the password, then the code or the secret of the authenticator app.")]
pub(super) struct LoginArgs {
    /// E-mail address or user name of the account [default: the setting `account`]
    #[arg(short, long, value_name = "NAME")]
    username: Option<String>,
    /// Read the password from standard input; the second-factor code may follow on a second line
    #[arg(long, conflicts_with_all = ["token_stdin", "openapi"])]
    password_stdin: bool,
    /// Read the second-factor code from standard input
    #[arg(long, conflicts_with_all = ["token_stdin", "openapi"])]
    mfa_stdin: bool,
    /// Read the secret of the authenticator app from standard input, and compute the code
    #[arg(long, conflicts_with_all = ["token_stdin", "openapi", "mfa_stdin"])]
    totp_secret_stdin: bool,
    /// Read the secret of the authenticator app from a file that only you can read, and compute the code
    #[arg(long, value_name = "FILE", conflicts_with_all = ["token_stdin", "openapi", "mfa_stdin", "totp_secret_stdin"])]
    totp_secret_file: Option<PathBuf>,
    /// Read a session from standard input: the value of a browser's `t` cookie; with --openapi, a token
    #[arg(long, conflicts_with = "username")]
    token_stdin: bool,
    /// Save a token of the official Open API, for accounts without a password: a personal token, or, with --client-id,
    /// one that you grant in a browser
    #[arg(long, conflicts_with = "username")]
    openapi: bool,
    #[command(flatten)]
    client: open_api::ClientArgs,
}

/// Who has signed in.
struct SignedIn {
    username: Option<String>,
    place: Place,
}

pub(super) async fn run(globals: &Globals, args: LoginArgs, output: Output) -> Result<(), Error> {
    if globals.demo {
        return Err(Error::usage("the demo account needs no sign-in")
            .hint("list its tasks with `ticktick --demo`, or leave out --demo to sign in to your own account"));
    }
    let mut profile = Profile::open(globals)?.saved;
    // Without a place to save the session, there is no point in signing in.
    profile.sessions_mut().prepare()?;
    let signed_in = if args.openapi {
        let place = open_api::login(globals, &mut profile, &args.client, args.token_stdin, output).await?;
        SignedIn { username: None, place }
    } else if args.token_stdin {
        with_token(globals, &mut profile).await?
    } else {
        with_name(globals, &mut profile, &args).await?
    };
    tell_place(&profile, &signed_in.place, output);
    if let Some(found) = profile.environment_token() {
        let text = format!("{} is set and takes precedence over what was saved", found.variable);
        output.note("warning", &text);
    }
    let server = profile.server();
    let what = if args.openapi { "Saved the token of the Open API for" } else { "Signed in to" };
    let shown = signed_in.username.as_deref().map(|name| format!(" as {}", on_one_line(name))).unwrap_or_default();
    let status = SignIn { username: signed_in.username, ..described(&profile, true) };
    report(globals, status, || vec![format!("{GREEN}✓{GREEN:#} {what} {server}{shown}")])
}

/// Says where the session is stored, unless it is the usual place.
fn tell_place(profile: &Saved, place: &Place, output: Output) {
    match place {
        Place::InKeyring(name) => output.note("note", &format!("the session is in {name}")),
        Place::InFile(None) => {}
        Place::InFile(Some(why)) => {
            let path = profile.sessions().path().display();
            let readers = if cfg!(unix) { ", which only you can read" } else { "" };
            output.note("note", &format!("no keyring ({why}), so the session is in {path}{readers}"));
        }
        _ => {}
    }
}

async fn with_token(globals: &Globals, profile: &mut Saved) -> Result<SignedIn, Error> {
    let token = secret(globals, &guide(profile.region()), "Value of the cookie t: ", "no token on standard input")?;
    if is_of_open_api(&token) {
        return Err(Error::usage("this is a token of the Open API and not a session")
            .hint("save it with `ticktick auth login --openapi --token-stdin`"));
    }
    let client = profile.client()?.token(token.clone()).build()?;
    let status = client.check_session().await.map_err(|error| elsewhere(error.into(), profile.region()))?;
    let username = status.username.get().map(|name| name.expose().to_owned());
    // The service may have just renewed it.
    let session = client.session().unwrap_or_else(|| Session::new(token));
    Ok(SignedIn { place: profile.save(&session, username.as_deref())?, username })
}

/// Explains how to find the session of a browser.
fn guide(region: &Region) -> String {
    let site = match region {
        Region::Dida365 => "https://dida365.com",
        _ => "https://ticktick.com",
    };
    format!(
        "Sign in at {site} in a browser, and copy the value of the cookie `t`:\n\
         \x20 Chrome, Edge  F12 > Application > Cookies > {site} > t\n\
         \x20 Firefox       F12 > Storage > Cookies > {site} > t\n\
         \x20 Safari        Develop > Show Web Inspector > Storage > Cookies > t\n\
         The value is as good as a password. Signing out in that browser ends it here, too."
    )
}

async fn with_name(globals: &Globals, profile: &mut Saved, args: &LoginArgs) -> Result<SignedIn, Error> {
    let known = args.username.clone().or_else(|| profile.settings().get("account").map(str::to_owned));
    let username = match known {
        Some(username) => username,
        None => asked(globals, &format!("User name or e-mail for {}: ", profile.server()))?,
    };
    let region = profile.region().clone();
    let locked = profile.sessions().locked_until(&region, &username);
    if let Some(until) = locked.filter(|until| *until > SystemClock.now()) {
        return Err(Error::locked_out(until));
    }
    let client = profile.client()?.build()?;
    let signed_in = with_password(globals, &client, &username, args).await;
    if let (Err(_), Some(until)) = (&signed_in, client.locked_until(&username)) {
        profile.sessions_mut().lock(&region, &username, until)?;
    }
    let session = signed_in.map_err(|error| elsewhere(error, &region))?;
    Ok(SignedIn { place: profile.save(&session, Some(&username))?, username: Some(username) })
}

async fn with_password(globals: &Globals, client: &Client, username: &str, args: &LoginArgs) -> Result<Session, Error> {
    let password: Secret = if args.password_stdin {
        line("no password on standard input")?.into()
    } else {
        hidden(globals, "Password: ", "use --password-stdin if there is no terminal")?
    };
    match client.login(username, password).await? {
        Login::Done(session) => Ok(session),
        Login::Mfa(challenge) => second_factor(globals, challenge, args).await,
    }
}

async fn second_factor(globals: &Globals, challenge: MfaChallenge, args: &LoginArgs) -> Result<Session, Error> {
    const MISSING: &str = "the account requires the code of a second factor: pass it on a second line";
    if let Some(path) = &args.totp_secret_file {
        let secret = read_secret(path, "the file of --totp-secret-file")?;
        return Ok(challenge.verify_totp(secret).await?);
    }
    if args.totp_secret_stdin {
        return Ok(challenge.verify_totp(line("no secret of the authenticator app on standard input")?).await?);
    }
    let from_stdin = args.mfa_stdin || (args.password_stdin && !can_ask(globals));
    let code = if from_stdin { line(MISSING)? } else { asked(globals, "Code of the second factor: ")? };
    Ok(challenge.verify(code.trim()).await?)
}

/// Adds a hint to a refusal that the account may belong to the other service.
fn elsewhere(error: Error, region: &Region) -> Error {
    use crate::error::Kind;
    let other = match region {
        Region::TickTick => "if the account is one of dida365.com, add --region dida365",
        Region::Dida365 => "if the account is one of ticktick.com, add --region ticktick",
        _ => return error,
    };
    if error.kind != Kind::Auth {
        return error;
    }
    let hint = error.hint.as_ref().map_or_else(|| other.to_owned(), |hint| format!("{hint}\n{other}"));
    error.hint(hint)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_guide_names_the_service_of_the_region() {
        assert!(guide(&Region::TickTick).contains("https://ticktick.com"));
        assert!(guide(&Region::Dida365).contains("https://dida365.com"));
    }
}
