//! `ticktick auth login --openapi`: a token of the official Open API.

use std::io::{IsTerminal as _, stderr};
use std::process::Stdio;
use std::time::Duration;

use clap::Args;
use ticktick::raw::open;
use ticktick::{Client, Secret};
use ticktick_profile::{Authorization, OAuthClient, OpenApiToken, Profile, Saved};

use super::prompt::{line, secret};
use crate::args::Globals;
use crate::error::Error;
use crate::output::Output;
use crate::shell;

/// How long the user may take to allow the access.
const PATIENCE: Duration = Duration::from_secs(300);

const GUIDE: &str = "\
Create a token in the web app, under Settings > Account > API Token, and copy it.
It serves `ticktick api open.*`; all other commands need a session.";

#[derive(Args, Debug)]
pub(super) struct ClientArgs {
    /// With --openapi: id of an OAuth client that you registered on the developer site
    #[arg(long, value_name = "ID", requires = "openapi", conflicts_with = "token_stdin")]
    client_id: Option<String>,
    /// Read the secret of the OAuth client from standard input; public clients have none
    #[arg(long, requires = "client_id")]
    client_secret_stdin: bool,
    /// Redirect address of the OAuth client, exactly as registered
    #[arg(long, value_name = "URL", requires = "client_id", default_value = "http://127.0.0.1:8765/callback")]
    redirect_uri: String,
}

pub(super) async fn login(
    globals: &Globals,
    profile: &mut Profile,
    args: &ClientArgs,
    from_stdin: bool,
    output: Output,
) -> Result<Saved, Error> {
    let (token, expires) = match &args.client_id {
        Some(id) => {
            let OpenApiToken { token, expires, .. } = in_browser(profile, id, args, output).await?;
            (token, expires)
        }
        None => {
            let missing = "no token on standard input";
            let hint = if from_stdin { missing } else { "use --token-stdin, or --client-id" };
            (secret(globals, GUIDE, "Token: ", hint)?, None)
        }
    };
    check(&profile.client()?.bearer(token.clone()).build()?).await?;
    Ok(profile.save_token(&token, expires)?)
}

/// Asks the service whether it accepts the token.
pub(super) async fn check(client: &Client) -> Result<(), Error> {
    let options = open::ListProjectsOptions::default().limit(1);
    open::list_projects(client.transport(), &options).await.map(drop).map_err(|error| {
        let refused = error.is_auth();
        let error = Error::from(error);
        if refused {
            error.hint("create a new token in the web app, under Settings > Account > API Token")
        } else {
            error
        }
    })
}

async fn in_browser(profile: &Profile, id: &str, args: &ClientArgs, output: Output) -> Result<OpenApiToken, Error> {
    let mut client = OAuthClient::new(id, &args.redirect_uri);
    if args.client_secret_stdin {
        client = client.with_secret(Secret::from(line("no client secret on standard input")?));
    }
    let authorization = Authorization::start(profile.region(), client)?;
    output.note("note", &format!("grant access in a browser:\n{}", authorization.address()));
    if stderr().is_terminal() {
        show(authorization.address());
    }
    let code = authorization.wait(PATIENCE)?;
    Ok(code.exchange(profile.client()?).await?)
}

/// Opens a page in the user's browser. If that fails, the user can copy the address from the terminal.
fn show(address: &str) {
    let mut command = shell::browser(address);
    drop(command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn());
}
