//! The options of a command line, as one struct.

use std::net::IpAddr;
use std::path::PathBuf;
use std::time::Duration;

use jiff::Timestamp;

use crate::server::builder::{Builder, DEMO_USER};
use crate::server::simulator::Simulator;
use crate::world::account::UpdateMode;
use crate::world::limits::Plan;
use crate::world::readings::Reading;

/// All options of a simulator that can be set before it starts, for command lines and settings files.
///
/// ```
/// use ticktick_sim::{Collection, DEMO_USER, ServeOptions};
///
/// let options = ServeOptions { tasks: Some(20), seed: 7, ..ServeOptions::default() };
/// let sim = options.builder().build();
/// assert_eq!(sim.objects(DEMO_USER, Collection::Tasks).len(), 21);
/// ```
#[derive(Clone, Debug, Default)]
pub struct ServeOptions {
    /// Port to listen on; 0 picks a free one.
    pub port: u16,
    /// Address to listen on. Unlike [`Builder::host`], an address that other machines can reach is accepted
    /// without further confirmation.
    pub host: Option<IpAddr>,
    /// User names and passwords. If neither the options nor a file contain any, the demo account is added.
    pub accounts: Vec<(String, String)>,
    /// Adds the demo account to the others.
    pub demo: bool,
    /// Number of generated open tasks for every account in `accounts`, or for the demo user if there is
    /// none.
    pub tasks: Option<usize>,
    /// Number of generated open tasks per user name. Takes precedence over `tasks`.
    pub tasks_of: Vec<(String, usize)>,
    /// JSON file that describes accounts, for [`Builder::seed_file`].
    pub seed_file: Option<PathBuf>,
    /// Time at which the clock is frozen. By default, the clock runs.
    pub now: Option<Timestamp>,
    /// Seed for generated data; the same seed produces the same account.
    pub seed: u64,
    /// File in which the accounts are kept.
    pub data: Option<PathBuf>,
    /// How updates treat omitted members. Defaults to [`UpdateMode::Merge`].
    pub update_mode: Option<UpdateMode>,
    /// Plan of the accounts.
    pub plan: Option<Plan>,
    /// File of fault rules.
    pub faults: Option<PathBuf>,
    /// Delay of every response.
    pub latency: Duration,
    /// Accepts requests without the headers of a browser.
    pub lenient_headers: bool,
    /// Requires both `Origin` and `Referer` for sign-ons; by default, either is enough.
    pub strict_headers: bool,
    /// Behavior on points where reports about the service disagree.
    pub readings: Vec<Reading>,
    /// Open API token for the first account.
    pub api_token: Option<String>,
}

impl ServeOptions {
    /// Returns `true` if there will be a demo account: it was requested, or neither the options nor a file
    /// name another account.
    pub fn has_demo(&self) -> bool {
        let kept = self.data.as_ref().is_some_and(|path| path.exists());
        let is_described = self.tasks.is_some() || self.seed_file.is_some();
        self.demo || (self.accounts.is_empty() && !is_described && !kept)
    }

    /// Creates the builder for these options.
    pub fn builder(self) -> Builder {
        let mut builder = Simulator::builder().port(self.port).seed(self.seed).latency(self.latency);
        if self.has_demo() {
            builder = builder.demo();
        }
        let first = self.accounts.first().map_or(DEMO_USER, |(user, _)| user).to_owned();
        if let Some(tasks) = self.tasks.filter(|_| self.accounts.is_empty()) {
            builder = builder.synthetic(tasks, self.seed);
        }
        for (user, password) in self.accounts {
            builder = builder.account(user, password);
            builder = self.tasks.into_iter().fold(builder, |builder, tasks| builder.synthetic(tasks, self.seed));
        }
        builder = self.tasks_of.into_iter().fold(builder, |builder, (user, tasks)| builder.synthetic_for(user, tasks));
        builder = self.seed_file.into_iter().fold(builder, Builder::seed_file);
        builder = self.now.into_iter().fold(builder, Builder::now);
        if let Some(host) = self.host {
            builder = builder.host(host).open_to_others();
        }
        if self.strict_headers {
            builder = builder.strict_headers();
        }
        if self.lenient_headers {
            builder = builder.lenient_headers();
        }
        builder = self.readings.into_iter().fold(builder, Builder::reading);
        builder = self.data.into_iter().fold(builder, Builder::data);
        builder = self.faults.into_iter().fold(builder, Builder::faults_file);
        builder = self.update_mode.into_iter().fold(builder, Builder::update_mode);
        builder = self.plan.into_iter().fold(builder, Builder::plan);
        self.api_token.into_iter().fold(builder, |builder, token| builder.api_token(&first, token))
    }
}
