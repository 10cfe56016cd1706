//! What a command line says of a simulator, as one struct.

use std::net::IpAddr;
use std::path::PathBuf;
use std::time::Duration;

use jiff::Timestamp;

use crate::account::{Plan, UpdateMode};
use crate::builder::{Builder, DEMO_USER};
use crate::readings::Reading;
use crate::simulator::Simulator;

/// Everything that one can say of a simulator before it starts, for command lines and files of settings.
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
    /// Port to listen on; 0 for a free one.
    pub port: u16,
    /// Address to listen on. One that others can reach is taken as it is given: to name it is to want it.
    pub host: Option<IpAddr>,
    /// User names and passwords; without any, and without any in the file, there is the demo account.
    pub accounts: Vec<(String, String)>,
    /// Adds the demo account beside the others.
    pub demo: bool,
    /// Synthetic open tasks of every account in `accounts`, or of the demo user if there is none.
    pub tasks: Option<usize>,
    /// Synthetic open tasks of one account, by user name. Takes precedence over `tasks`.
    pub tasks_of: Vec<(String, usize)>,
    /// File of JSON that describes accounts, for [`Builder::seed_file`].
    pub seed_file: Option<PathBuf>,
    /// Moment at which the clock is frozen. Defaults to a clock that runs with that of the machine.
    pub now: Option<Timestamp>,
    /// What everything random is made from.
    pub seed: u64,
    /// File that the accounts are kept in.
    pub data: Option<PathBuf>,
    /// What updates do with members that they leave out. Defaults to [`UpdateMode::Merge`].
    pub update_mode: Option<UpdateMode>,
    /// What the accounts pay for.
    pub plan: Option<Plan>,
    /// File of rules for what goes wrong.
    pub faults: Option<PathBuf>,
    /// By how much every answer is late.
    pub latency: Duration,
    /// Lets requests in that lack the headers of a browser.
    pub lenient_headers: bool,
    /// Refuses sign-ons that lack `Origin` or `Referer`; by default one of the two is enough.
    pub strict_headers: bool,
    /// Sides of points on which witnesses of the service disagree.
    pub readings: Vec<Reading>,
    /// Token of the Open API, for the first of the accounts.
    pub api_token: Option<String>,
}

impl ServeOptions {
    /// Tells whether there is the demo account: where it is asked for, or where nobody names another and no file
    /// holds one.
    pub fn has_demo(&self) -> bool {
        let kept = self.data.as_ref().is_some_and(|path| path.exists());
        let told = self.tasks.is_some() || self.seed_file.is_some();
        self.demo || (self.accounts.is_empty() && !told && !kept)
    }

    /// Makes the builder that the options describe.
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
