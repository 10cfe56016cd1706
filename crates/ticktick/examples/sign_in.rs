//! Signs in to an account with a second factor, keeps the session in a file, and uses it again without a password.
//!
//! Runs against a simulated account. For your own, pass `Client::builder` to `run`, with your credentials.
//!
//!     cargo run -p ticktick-client --example sign_in

use std::fs;
use std::io::{Write, stdout};
use std::path::Path;

use ticktick::{ClientBuilder, Login, Session};

mod support;

pub(crate) const USER: &str = "me@example.com";
pub(crate) const PASSWORD: &str = "secret";
/// The key that the service shows when an authenticator app is set up.
pub(crate) const TOTP_SECRET: &str = "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ";

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), support::Failure> {
    let service = support::with_second_factor(USER, PASSWORD, TOTP_SECRET);
    let file = std::env::temp_dir().join(format!("ticktick-session-{}.json", std::process::id()));
    run(|| support::signed_out(&service), &file, &mut stdout()).await?;
    Ok(fs::remove_file(file)?)
}

pub(crate) async fn run(
    builder: impl Fn() -> ClientBuilder,
    file: &Path,
    out: &mut impl Write,
) -> Result<(), support::Failure> {
    let client = builder().build()?;
    let session = match client.login(USER, PASSWORD).await? {
        Login::Done(session) => session,
        Login::Mfa(challenge) => {
            writeln!(out, "the account asks for a second factor")?;
            // If a person types the code, call `challenge.verify(&code)` instead.
            challenge.verify_totp(TOTP_SECRET).await?
        }
    };
    // A session is as secret as a password.
    support::write_private(file, &serde_json::to_string(&session)?)?;
    writeln!(out, "signed in, session kept")?;

    // The next start of the program.
    let session: Session = serde_json::from_str(&fs::read_to_string(file)?)?;
    let client = builder().session(session).build()?;
    client.check_session().await?;
    writeln!(out, "the kept session is valid")?;

    client.logout().await?;
    let expired = client.task().list().await.is_err_and(|error| error.is_auth());
    writeln!(out, "signed out: {expired}")?;
    Ok(())
}
