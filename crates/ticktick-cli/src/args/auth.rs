//! The arguments of `ticktick auth` and `ticktick doctor`.

use clap::{Args, Subcommand};

#[derive(Subcommand, Debug)]
pub(crate) enum AuthCommand {
    /// Sign in and save the session
    ///
    /// Prompts for missing values. Accounts created through Google or Apple have no password: set one in
    /// the web app, or sign in with --token-stdin.
    Login(LoginArgs),
    /// Sign out and delete the saved session
    Logout,
    /// Show which session is used
    Status(StatusArgs),
}

#[derive(Args, Debug)]
pub(crate) struct LoginArgs {
    /// E-mail address or user name of the account
    #[arg(short, long, value_name = "NAME")]
    pub(crate) username: Option<String>,
    /// Read the password from standard input; the code of the second factor may follow on a second line
    #[arg(long, conflicts_with = "token_stdin", requires = "username")]
    pub(crate) password_stdin: bool,
    /// Read the session from standard input: the value of a browser's `t` cookie
    #[arg(long, conflicts_with = "username")]
    pub(crate) token_stdin: bool,
}

#[derive(Args, Debug)]
pub(crate) struct StatusArgs {
    /// Ask the service whether the session is still valid
    #[arg(long)]
    pub(crate) verify: bool,
}

#[derive(Args, Debug)]
pub(crate) struct DoctorArgs {
    /// List answers that did not fit the contract: operation, path, kinds and day, never a value
    #[arg(long)]
    pub(crate) drift: bool,
    /// Clear the list
    #[arg(long, requires = "drift")]
    pub(crate) clear: bool,
}
