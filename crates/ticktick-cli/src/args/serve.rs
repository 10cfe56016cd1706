//! The options of `ticktick serve`.

use std::net::IpAddr;
use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, ValueEnum};
use jiff::Timestamp;
use ticktick::Secret;
use ticktick_sim::{Plan, Reading, ServeOptions, UpdateMode};

#[derive(Args, Debug)]
#[command(after_help = "\
Prints `listening on http://127.0.0.1:PORT` first, and runs until Ctrl-C. Keeps everything in memory, or in \
the file of --data. Without --account, starts with the demo account. Use only made-up passwords, because other \
users of this machine can see the arguments of a command. See docs/simulator.md for details.")]
pub(crate) struct ServeArgs {
    /// Port to listen on; 0 picks a free one
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub(crate) port: u16,
    /// Account that can sign in; repeatable
    #[arg(long, value_name = "USER:PASSWORD", value_parser = account)]
    pub(crate) account: Vec<Account>,
    /// Fill every --account with N generated open tasks, or a single account with NAME=N
    #[arg(long, value_name = "[NAME=]N", value_parser = tasks)]
    pub(crate) tasks: Vec<TaskCount>,
    /// Seed for generated data; the same seed produces the same account
    #[arg(long, value_name = "S", default_value_t = 0)]
    pub(crate) seed: u64,
    /// Fill accounts from a JSON file with tasks, projects, tags and so on
    #[arg(long, value_name = "FILE")]
    pub(crate) seed_file: Option<PathBuf>,
    /// Freeze the clock at this time, so that runs with the same seed return the same responses
    #[arg(long, value_name = "DATE-TIME", value_parser = moment)]
    pub(crate) now: Option<Timestamp>,
    /// Save the accounts in this file and restore them on the next start
    #[arg(long, value_name = "FILE")]
    pub(crate) data: Option<PathBuf>,
    /// How updates treat omitted fields: `merge` keeps them, `replace` removes them [default: merge]
    #[arg(long, value_name = "MODE")]
    pub(crate) update_mode: Option<UpdateModeArg>,
    /// Plan whose limits apply [default: pro, or the stored plan of accounts in --data]
    #[arg(long, value_name = "PLAN")]
    pub(crate) plan: Option<PlanArg>,
    /// Inject faults: rules as JSON
    #[arg(long, value_name = "FILE")]
    pub(crate) faults: Option<PathBuf>,
    /// Delay each response by this many milliseconds
    #[arg(long, value_name = "MS", default_value_t = 0)]
    pub(crate) latency: u32,
    /// Accept requests without the headers of a browser
    #[arg(long, conflicts_with = "strict_headers")]
    pub(crate) lenient_headers: bool,
    /// Refuse sign-ons unless they have both Origin and Referer; by default, either is enough
    #[arg(long)]
    pub(crate) strict_headers: bool,
    /// Choose a behavior where reports about the service disagree; repeatable; `--readings` lists them
    #[arg(long, value_name = "ID=VERDICT")]
    pub(crate) reading: Vec<Reading>,
    /// List the values of `--reading` and exit
    #[arg(long)]
    pub(crate) readings: bool,
    /// Access token of the official Open API for the first account
    #[arg(long, value_name = "TOKEN")]
    pub(crate) api_token: Option<String>,
    /// Listen on this address; other machines can connect unless it is a loopback address
    #[arg(long, value_name = "ADDRESS")]
    pub(crate) host: Option<IpAddr>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum UpdateModeArg {
    Replace,
    Merge,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum PlanArg {
    Free,
    Pro,
}

/// A user name and a password, written as `USER:PASSWORD`.
#[derive(Clone, Debug)]
pub(crate) struct Account {
    user: String,
    password: Secret,
}

/// A number of generated tasks, for one user or for all.
#[derive(Clone, Debug)]
pub(crate) struct TaskCount {
    user: Option<String>,
    tasks: usize,
}

fn account(text: &str) -> Result<Account, String> {
    match text.split_once(':') {
        Some((user, password)) if !user.is_empty() && !password.is_empty() => {
            Ok(Account { user: user.into(), password: password.into() })
        }
        _ => Err("write USER:PASSWORD, such as me@example.com:secret".into()),
    }
}

/// Maximum number of tasks in a generated account.
const MOST_TASKS: usize = 100_000;

fn tasks(text: &str) -> Result<TaskCount, String> {
    let (user, number) = text.rsplit_once('=').map_or((None, text), |(user, number)| (Some(user.to_owned()), number));
    match number.parse() {
        Ok(tasks) if tasks <= MOST_TASKS && user.as_deref() != Some("") => Ok(TaskCount { user, tasks }),
        _ => Err(format!("write a number up to {MOST_TASKS}, or NAME=N such as me@example.com=200")),
    }
}

fn moment(text: &str) -> Result<Timestamp, String> {
    text.parse().map_err(|_| "write a date and time with an offset, such as 2026-03-01T09:00:00Z".into())
}

impl ServeArgs {
    /// Converts the arguments into options of the simulator.
    pub(crate) fn options(self, demo: bool) -> ServeOptions {
        let (named, all): (Vec<_>, Vec<_>) = self.tasks.into_iter().partition(|count| count.user.is_some());
        ServeOptions {
            port: self.port,
            host: self.host,
            accounts: self
                .account
                .into_iter()
                .map(|account| (account.user, account.password.expose().to_owned()))
                .collect(),
            demo,
            tasks: all.last().map(|count| count.tasks),
            tasks_of: named.into_iter().filter_map(|count| Some((count.user?, count.tasks))).collect(),
            seed: self.seed,
            seed_file: self.seed_file,
            now: self.now,
            data: self.data,
            update_mode: self.update_mode.map(|mode| match mode {
                UpdateModeArg::Replace => UpdateMode::Replace,
                UpdateModeArg::Merge => UpdateMode::Merge,
            }),
            plan: self.plan.map(|plan| match plan {
                PlanArg::Free => Plan::Free,
                PlanArg::Pro => Plan::Pro,
            }),
            faults: self.faults,
            latency: Duration::from_millis(self.latency.into()),
            lenient_headers: self.lenient_headers,
            strict_headers: self.strict_headers,
            readings: self.reading,
            api_token: self.api_token,
        }
    }
}

#[cfg(test)]
mod tests {
    use clap::{Args as _, Command, FromArgMatches as _};

    use super::*;

    fn options(words: &[&str]) -> ServeOptions {
        let matches = ServeArgs::augment_args(Command::new("serve")).try_get_matches_from(words).unwrap();
        ServeArgs::from_arg_matches(&matches).unwrap().options(false)
    }

    #[test]
    fn tasks_are_for_all_or_for_one() {
        let told = options(&["serve", "--tasks", "20", "--tasks", "me@example.com=3"]);
        assert_eq!(told.tasks, Some(20));
        assert_eq!(told.tasks_of, vec![("me@example.com".into(), 3)]);
        for wrong in ["", "many", "=3", "a=", "a=-1", "100001", "a=100001"] {
            assert!(tasks(wrong).unwrap_err().contains("NAME=N"), "{wrong}");
        }
    }

    #[test]
    fn kept_accounts_keep_mode_and_plan_by_default() {
        let silent = options(&["serve", "--data", "a.json"]);
        assert_eq!(silent.update_mode, None);
        assert_eq!(silent.plan, None);
        let told = options(&["serve", "--update-mode", "replace", "--plan", "free"]);
        assert_eq!(told.update_mode, Some(UpdateMode::Replace));
        assert_eq!(told.plan, Some(Plan::Free));
        let sides =
            options(&["serve", "--reading", "unpin-null=unpinned", "--reading", "late-delta=late", "--strict-headers"]);
        let names: Vec<String> = sides.readings.iter().map(Reading::to_string).collect();
        assert_eq!(names.join(" "), "unpin-null=unpinned late-delta=late");
        assert!(sides.strict_headers);
    }
}
