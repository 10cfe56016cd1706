//! `ticktick auth logout`.

use ticktick::Client;
use ticktick::models::OAuthRevocation;
use ticktick::raw::open;
use ticktick_profile::{Profile as Saved, Source};

use super::{described, report};
use crate::args::Globals;
use crate::connect::{Connection, Profile};
use crate::error::Error;
use crate::mirror;
use crate::output::{GREEN, Output};

pub(super) async fn run(globals: &Globals, output: Output) -> Result<(), Error> {
    if globals.demo {
        let connection = Connection::open(globals).await?;
        connection.client.logout().await?;
        return report(globals, super::status::of_demo(false), || {
            vec![format!("{GREEN}✓{GREEN:#} Signed out of the demo")]
        });
    }
    let mut profile = Profile::open(globals)?.saved;
    let status = described(&profile, false);
    if profile.source() == Source::Nowhere && profile.open_api_source() == Source::Nowhere {
        return Err(Error::not_signed_in(&status.server));
    }
    // The saved data must be removed even if the keyring refuses to return the session.
    match profile.client().map_err(Error::from).and_then(|builder| Ok(builder.build()?)) {
        Ok(client) => end(&profile, &client, output).await,
        Err(error) => output.note("warning", &format!("{}; the session may still be valid", error.message)),
    }
    let mirror = profile.mirror_file();
    if let Some(warning) = profile.forget()? {
        output.note("warning", &warning);
    }
    if matches!(profile.source(), Source::Nowhere) {
        mirror::note_kept(&mirror, output);
    }
    if let Some(found) = profile.environment_token() {
        output.note("warning", &format!("{} still contains the session that has ended", found.variable));
    }
    let text = format!("{GREEN}✓{GREEN:#} Signed out of {}", status.server);
    report(globals, status, || vec![text])
}

/// Ends the session and the token on the service. If this fails, the saved data is removed nevertheless.
async fn end(profile: &Saved, client: &Client, output: Output) {
    if profile.source() != Source::Nowhere
        && let Err(error) = client.logout().await
    {
        let why = Error::from(error).message;
        let text = format!("the session was deleted here but may still be valid on the server: {why}");
        output.note("warning", &text);
    }
    let token = profile.open_api_token().ok().flatten();
    let saved = profile.sessions().find_token(profile.settings().profile(), profile.region());
    match (token, saved) {
        (Some(token), Some(saved)) if saved.expires.is_some() => {
            let revoked = open::revoke_token(client.transport(), &OAuthRevocation::new(token)).await;
            if let Err(error) = revoked {
                let why = Error::from(error).message;
                output.note("warning", &format!("the token was deleted here but may still be valid: {why}"));
            }
        }
        (Some(_), Some(_)) => {
            output.note("note", "the personal token stays valid until you delete it in the settings of the web app");
        }
        _ => {}
    }
}
