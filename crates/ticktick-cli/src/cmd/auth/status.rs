//! `ticktick auth status`.

use ticktick_profile::{Profile as Saved, Source};
use ticktick_sim::DEMO_USER;

use super::{StatusArgs, described, open_api, place_in_words, report};
use crate::args::Globals;
use crate::connect::{Connection, Profile};
use crate::error::Error;
use crate::generated::cli::{SessionSource, SignIn};
use crate::text::on_one_line;

pub(super) async fn run(globals: &Globals, args: &StatusArgs) -> Result<(), Error> {
    if globals.demo {
        let connection = Connection::open(globals).await?;
        connection.client.check_session().await?;
        let status = of_demo(args.verify);
        let lines = lines(&status, "the demo", None);
        return report(globals, status, || lines);
    }
    let profile = Profile::open(globals)?;
    let mut status = described(&profile.saved, args.verify);
    if status.source == SessionSource::None && status.open_api.is_none() {
        return Err(Error::not_signed_in(&status.server));
    }
    let place = place_in_words(&profile.saved, profile.saved.source());
    let token = token_in_words(&profile.saved, &status);
    if !args.verify {
        let lines = lines(&status, &place, token);
        return report(globals, status, || lines);
    }
    let has_session = profile.saved.source() != Source::Nowhere;
    let connection = profile.connect(globals, None, false)?;
    if has_session {
        let answer = connection.client.check_session().await?;
        status.username = answer.username.get().map(|name| name.expose().to_owned()).or(status.username);
    }
    if token.is_some() {
        open_api::check(&connection.client).await?;
    }
    let lines = lines(&status, &place, token);
    report(globals, status, || lines)?;
    connection.close()
}

/// Describes the session of the demo.
pub(super) fn of_demo(verified: bool) -> SignIn {
    SignIn {
        profile: "demo".to_owned(),
        server: "demo".to_owned(),
        username: Some(DEMO_USER.to_owned()),
        source: SessionSource::Demo,
        place: None,
        verified,
        open_api: None,
    }
}

fn token_in_words(profile: &Saved, status: &SignIn) -> Option<String> {
    let token = status.open_api.as_ref()?;
    let place = place_in_words(profile, profile.open_api_source());
    Some(match token.expires {
        Some(expires) => format!("{place}, expires on {}", expires.strftime("%-d %B %Y")),
        None => place,
    })
}

fn lines(status: &SignIn, place: &str, token: Option<String>) -> Vec<String> {
    let name = status.username.as_deref().unwrap_or("unknown");
    let verified =
        if status.verified { "the service accepts it" } else { "not verified; use --verify to ask the service" };
    let mut lines = vec![
        format!("Profile:  {}", status.profile),
        format!("Server:   {}", status.server),
        format!("Account:  {}", on_one_line(name)),
        format!("Session:  {place}"),
    ];
    lines.extend(token.map(|token| format!("Open API: {token}")));
    lines.push(format!("Verified: {verified}"));
    lines
}
