//! The options of `ticktick serve`.

use std::net::IpAddr;
use std::path::PathBuf;
use std::time::Duration;

use jiff::Timestamp;

use clap::{Args, ValueEnum};
use ticktick_sim::{Plan, Reading, ServeOptions, UpdateMode};

#[derive(Args, Debug)]
#[command(after_help = "\
Prints `listening on http://127.0.0.1:PORT` first, and runs until Ctrl-C. Keeps everything in memory, or in \
the file of --data. Starts with the demo account if nothing else names one. Use made-up passwords only, \
because others on this machine can see what you type here. See docs/simulator.md for details.")]
pub(crate) struct ServeArgs {
    /// Port to listen on; 0 takes a free one
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub(crate) port: u16,
    /// An account that can sign in; may be given more than once
    #[arg(long, value_name = "USER:PASSWORD", value_parser = account)]
    pub(crate) account: Vec<(String, String)>,
    /// Fill every --account with N made-up open tasks, or one account with NAME=N
    #[arg(long, value_name = "[NAME=]N", value_parser = tasks)]
    pub(crate) tasks: Vec<(Option<String>, usize)>,
    /// Seed for generated data; the same seed produces the same account
    #[arg(long, value_name = "S", default_value_t = 0)]
    pub(crate) seed: u64,
    /// Fill accounts from JSON: lists of tasks, projects, tags and so on
    #[arg(long, value_name = "FILE")]
    pub(crate) seed_file: Option<PathBuf>,
    /// Freeze the clock at this time, so that each run with the same seed answers the same
    #[arg(long, value_name = "DATE-TIME", value_parser = moment)]
    pub(crate) now: Option<Timestamp>,
    /// Keep the accounts in this file, so that the next start goes on from there
    #[arg(long, value_name = "FILE")]
    pub(crate) data: Option<PathBuf>,
    /// How updates treat omitted members: `merge` keeps them, the default; `replace` removes them, a hazard that one
    /// report names and two live test suites contradict
    #[arg(long, value_name = "MODE")]
    pub(crate) update_mode: Option<UpdateModeArg>,
    /// Which plan's limits hold; pro without. Accounts of --data stay as they were, if neither is given
    #[arg(long, value_name = "PLAN")]
    pub(crate) plan: Option<PlanArg>,
    /// What goes wrong: rules as JSON
    #[arg(long, value_name = "FILE")]
    pub(crate) faults: Option<PathBuf>,
    /// Answer this many milliseconds late
    #[arg(long, value_name = "MS", default_value_t = 0)]
    pub(crate) latency: u32,
    /// Let requests in that lack the headers of a browser
    #[arg(long, conflicts_with = "strict_headers")]
    pub(crate) lenient_headers: bool,
    /// Refuse sign-ons that lack Origin or Referer; by default one of the two is enough
    #[arg(long)]
    pub(crate) strict_headers: bool,
    /// Take one side where reports on the service disagree; repeatable. `--readings` lists all sides
    #[arg(long, value_name = "ID=VERDICT")]
    pub(crate) reading: Vec<Reading>,
    /// List what `--reading` takes, then exit
    #[arg(long)]
    pub(crate) readings: bool,
    /// A token of the official Open API, for the first account
    #[arg(long, value_name = "TOKEN")]
    pub(crate) api_token: Option<String>,
    /// Listen on this address; anything but this machine's own is open to others
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

fn account(text: &str) -> Result<(String, String), String> {
    match text.split_once(':') {
        Some((user, password)) if !user.is_empty() && !password.is_empty() => Ok((user.into(), password.into())),
        _ => Err("write USER:PASSWORD, such as me@example.com:secret".into()),
    }
}

/// Most tasks that an account is filled with.
const MOST_TASKS: usize = 100_000;

fn tasks(text: &str) -> Result<(Option<String>, usize), String> {
    let (user, number) = text.rsplit_once('=').map_or((None, text), |(user, number)| (Some(user.to_owned()), number));
    match number.parse() {
        Ok(number) if number <= MOST_TASKS && user.as_deref() != Some("") => Ok((user, number)),
        _ => Err(format!("write a number up to {MOST_TASKS}, or NAME=N such as me@example.com=200")),
    }
}

fn moment(text: &str) -> Result<Timestamp, String> {
    text.parse().map_err(|_| "write a date and time with an offset, such as 2026-03-01T09:00:00Z".into())
}

impl ServeArgs {
    /// What the simulator is asked for.
    pub(crate) fn options(self, demo: bool) -> ServeOptions {
        let (named, all): (Vec<_>, Vec<_>) = self.tasks.into_iter().partition(|(user, _)| user.is_some());
        ServeOptions {
            port: self.port,
            host: self.host,
            accounts: self.account,
            demo,
            tasks: all.last().map(|(_, tasks)| *tasks),
            tasks_of: named.into_iter().filter_map(|(user, tasks)| Some((user?, tasks))).collect(),
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
        assert_eq!((told.tasks, told.tasks_of), (Some(20), vec![("me@example.com".into(), 3)]));
        for wrong in ["", "many", "=3", "a=", "a=-1", "100001", "a=100001"] {
            assert!(tasks(wrong).unwrap_err().contains("NAME=N"), "{wrong}");
        }
    }

    #[test]
    fn kept_accounts_keep_mode_and_plan_unless_told() {
        let silent = options(&["serve", "--data", "a.json"]);
        assert_eq!((silent.update_mode, silent.plan), (None, None));
        let told = options(&["serve", "--update-mode", "replace", "--plan", "free"]);
        assert_eq!((told.update_mode, told.plan), (Some(UpdateMode::Replace), Some(Plan::Free)));
        let sides =
            options(&["serve", "--reading", "unpin-null=unpinned", "--reading", "late-delta=late", "--strict-headers"]);
        let names: Vec<String> = sides.readings.iter().map(Reading::to_string).collect();
        assert_eq!((names.join(" "), sides.strict_headers), ("unpin-null=unpinned late-delta=late".into(), true));
    }
}
