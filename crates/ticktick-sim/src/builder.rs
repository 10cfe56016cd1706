//! Collects what a simulator is to be like.

mod open;
mod seed;

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::time::Duration;

use jiff::SignedDuration;
use ticktick_models::{Clock, Permission, SystemClock};

use crate::account::{Plan, UpdateMode};
use crate::auth::{Captcha, SignOnRule};
use crate::clock::SimClock;
use crate::fault::Rule;
use crate::forms::{EventsForm, Forms, UnreadForm};
use crate::log::{Logged, Observer};
use crate::open::OpenAccess;
use crate::readings::{Other, Reading};
use crate::recipe::{Contents, Planned, Recipe, Shared};
use crate::service::Service;

/// User name of the demo account.
pub const DEMO_USER: &str = "demo@example.com";

/// Password of the demo account.
pub const DEMO_PASSWORD: &str = "demo";

/// Collects what a simulator is to be like.
///
/// ```
/// use ticktick_sim::{Simulator, UpdateMode};
///
/// let sim = Simulator::builder()
///     .account("me@example.com", "secret")
///     .update_mode(UpdateMode::Replace)
///     .seed(7)
///     .build();
/// # let _ = sim;
/// ```
#[must_use = "a builder does nothing until it is built or started"]
pub struct Builder {
    recipe: Recipe,
    sign_on: SignOnRule,
    address: SocketAddr,
    open_to_others: bool,
    latency: Duration,
    lifetime: Option<SignedDuration>,
    data: Option<PathBuf>,
    rules: Vec<Rule>,
    faults_file: Option<PathBuf>,
    observer: Option<Observer>,
    forms: Forms,
    pub(crate) open_access: OpenAccess,
    pending: seed::Pending,
}

impl Builder {
    pub(crate) fn new() -> Self {
        Self {
            recipe: Recipe::new(SimClock::new(SystemClock)),
            sign_on: SignOnRule::default(),
            address: (Ipv4Addr::LOCALHOST, 0).into(),
            open_to_others: false,
            latency: Duration::ZERO,
            lifetime: None,
            data: None,
            rules: Vec::new(),
            faults_file: None,
            observer: None,
            forms: Forms::default(),
            open_access: OpenAccess::default(),
            pending: seed::Pending::default(),
        }
    }

    fn plan_account(mut self, username: String, password: String, contents: Contents) -> Self {
        self.recipe.planned.push(Planned { username, password, contents, totp: None });
        self
    }

    /// Adds an empty account.
    pub fn account(self, user: impl Into<String>, password: impl Into<String>) -> Self {
        self.plan_account(user.into(), password.into(), Contents::Nothing)
    }

    /// Adds the demo account, [`DEMO_USER`] with [`DEMO_PASSWORD`]: 40 open tasks in six lists and
    /// the inbox, with dates around the present moment of the clock.
    pub fn demo(self) -> Self {
        self.plan_account(DEMO_USER.into(), DEMO_PASSWORD.into(), Contents::Demo)
    }

    /// Fills the account that was added last with this many open tasks, and one more in twenty that is
    /// closed or in the trash. Adds [`DEMO_USER`] with [`DEMO_PASSWORD`] if there is no account.
    ///
    /// There are about 32 members and 1 KB a task, checklists, nested, recurring and all-day tasks in
    /// several time zones, folders, lists, columns, tags, filters, habits and focus records. The bytes
    /// are the same for the same seed and clock. `tasks` may be up to 100,000 and more.
    ///
    /// ```
    /// use ticktick_sim::{Collection, Simulator};
    ///
    /// let sim = Simulator::builder().account("me@example.com", "secret").synthetic(1_000, 7).build();
    /// assert_eq!(sim.objects("me@example.com", Collection::Tasks).len(), 1_050);
    /// ```
    pub fn synthetic(mut self, tasks: usize, seed: u64) -> Self {
        if self.recipe.planned.is_empty() {
            self = self.account(DEMO_USER, DEMO_PASSWORD);
        }
        if let Some(planned) = self.recipe.planned.last_mut() {
            planned.contents = Contents::Synthetic { tasks, seed };
        }
        self
    }

    /// Takes the time from a clock. Defaults to the clock of the machine.
    pub fn clock(mut self, clock: impl Clock + 'static) -> Self {
        self.recipe.clock = SimClock::new(clock);
        self
    }

    /// Freezes the clock at a moment, so that ids, dates and answers are the same in every run with the same
    /// [`Self::seed`]. [`SimClock::advance`] moves it and [`SimClock::unfreeze`] lets it run.
    ///
    /// ```
    /// use ticktick_sim::Simulator;
    ///
    /// let sim = Simulator::builder().now("2026-03-01T09:00:00Z".parse()?).build();
    /// assert_eq!(sim.clock().now().to_string(), "2026-03-01T09:00:00Z");
    /// # Ok::<(), jiff::Error>(())
    /// ```
    pub fn now(mut self, now: jiff::Timestamp) -> Self {
        self.recipe.clock = SimClock::frozen(SystemClock, now);
        self
    }

    /// Sets what an update does with members that it leaves out. Defaults to [`UpdateMode::Merge`].
    pub fn update_mode(mut self, mode: UpdateMode) -> Self {
        self.recipe.mode = Some(mode);
        self
    }

    /// Sets what the accounts pay for; without, the full range.
    pub fn plan(mut self, plan: Plan) -> Self {
        self.recipe.plan = Some(plan);
        self
    }

    /// Sets what ids, etags and tokens are made from: the same ones for the same seed and clock.
    pub fn seed(mut self, seed: u64) -> Self {
        self.recipe.seed = seed;
        self
    }

    /// Lets requests in that lack the headers of a browser. By default a sign-on needs `X-Device`, and one of `Origin`
    /// and `Referer`.
    pub fn lenient_headers(mut self) -> Self {
        self.sign_on = SignOnRule::Lenient;
        self
    }

    /// Refuses sign-ons that lack `Origin` or `Referer`. By default one of the two is enough.
    pub fn strict_headers(mut self) -> Self {
        self.sign_on = SignOnRule::Strict;
        self
    }

    /// Lets the index of the search lag behind writes, by the simulator's clock; without, it does not.
    pub fn search_lag(mut self, lag: SignedDuration) -> Self {
        self.recipe.search_lag = lag;
        self
    }

    /// Leaves what was just written out of the next delta; the one after it holds it. Short for the reading
    /// `late-delta=late`.
    pub fn late_sync(mut self) -> Self {
        self.recipe.readings.take_other(Other::DeltaIsLate);
        self
    }

    /// Makes the simulator behave in one of the ways in which the service may. The last reading of an experiment counts.
    ///
    /// ```
    /// use ticktick_sim::{Reading, Simulator};
    ///
    /// for reading in Reading::all() {
    ///     println!("{reading}: {}", reading.about());
    ///     let sim = Simulator::builder().demo().reading(reading).build();
    /// #   drop(sim);
    /// }
    /// ```
    pub fn reading(mut self, reading: Reading) -> Self {
        if reading.is_about(Other::UpdateReplaces) {
            self.recipe.mode = Some(if reading.is_default() { UpdateMode::Merge } else { UpdateMode::Replace });
        }
        self.recipe.readings.take(reading);
        self
    }

    /// Shares a list of an account with another one, as [`Service::share`] does later on.
    ///
    /// ```
    /// use ticktick_models::Permission;
    /// use ticktick_sim::{Collection, Simulator};
    ///
    /// let sim = Simulator::builder()
    ///     .account("me@example.com", "secret")
    ///     .account("you@example.com", "secret")
    ///     .share("me@example.com", "Family", "you@example.com", Permission::Write)
    ///     .build();
    /// assert_eq!(sim.objects("you@example.com", Collection::Projects).len(), 1);
    /// ```
    ///
    /// Building fails if there are no such accounts.
    pub fn share(
        mut self,
        owner: impl Into<String>,
        list: impl Into<String>,
        guest: impl Into<String>,
        permission: Permission,
    ) -> Self {
        let (owner, list, guest) = (owner.into(), list.into(), guest.into());
        self.recipe.shares.push(Shared { owner, list, guest, permission });
        self
    }

    /// Sets the shape of the events of linked calendars; sources report two.
    pub fn events_form(mut self, form: EventsForm) -> Self {
        self.forms.events = form;
        self
    }

    /// Sets the shape of the unread notifications, which is not on record; without, their number.
    pub fn unread_form(mut self, form: UnreadForm) -> Self {
        self.forms.unread = form;
        self
    }

    /// Sets the port to listen on; without, or with 0, a free one.
    pub fn port(mut self, port: u16) -> Self {
        self.address.set_port(port);
        self
    }

    /// Sets the address to listen on; without, that of the machine itself, 127.0.0.1. One that others
    /// can reach needs [`Self::open_to_others`] too.
    pub fn host(mut self, host: IpAddr) -> Self {
        self.address.set_ip(host);
        self
    }

    /// Allows a host that others can reach. Whoever does may read and change everything, by the control
    /// without a password.
    pub fn open_to_others(mut self) -> Self {
        self.open_to_others = true;
        self
    }

    /// Has sign-ons to an account ask for a code of an authenticator app, which is made from a secret in
    /// base 32.
    ///
    /// ```
    /// use ticktick_models::{SignOn, SignOnAnswer};
    /// use ticktick_sim::Simulator;
    ///
    /// # async fn example() -> Result<(), ticktick_raw::Error> {
    /// let builder = Simulator::builder().account("me", "secret").mfa("me", "GEZDGNBVGY3TQOJQ");
    /// let client = builder.build().transport();
    /// let mut credentials = SignOn::new("secret");
    /// credentials.username.set("me");
    /// let answer = ticktick_raw::auth::sign_on(&client, &credentials, &Default::default()).await?;
    /// assert!(answer.auth_id.get().is_some() && answer.token.is_absent());
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Panics
    ///
    /// If no such account was added.
    #[track_caller]
    pub fn mfa(mut self, user: &str, secret: impl Into<String>) -> Self {
        let Some(planned) = self.recipe.planned.iter_mut().find(|planned| planned.username == user) else {
            panic!("the simulator has no account of that name; add it with `Builder::account` first");
        };
        planned.totp = Some(secret.into());
        self
    }

    /// Has every sign-on ask for a captcha, and names the key and the answer that pass.
    pub fn captcha(mut self, ver_key: impl Into<String>, ver_code: impl Into<String>) -> Self {
        self.recipe.captcha = Some(Captcha { ver_key: ver_key.into(), ver_code: ver_code.into() });
        self
    }

    /// Ends sessions so long after the sign-on; without, they last.
    pub fn session_lifetime(mut self, lifetime: SignedDuration) -> Self {
        self.lifetime = Some(lifetime);
        self
    }

    /// Makes every answer late: over a socket by waiting, without one by moving the clock.
    pub fn latency(mut self, latency: Duration) -> Self {
        self.latency = latency;
        self
    }

    /// Adds a rule for what goes wrong.
    pub fn fault(mut self, rule: Rule) -> Self {
        self.rules.push(rule);
        self
    }

    /// Adds the rules of a file, which holds a JSON array of [`Rule`]s.
    pub fn faults_file(mut self, path: impl Into<PathBuf>) -> Self {
        self.faults_file = Some(path.into());
        self
    }

    /// Keeps the accounts in a file: what they hold, their passwords and their sessions.
    ///
    /// What is in the file goes on from there; accounts that it lacks are added. A change is saved about
    /// a tenth of a second later and when the simulator stops, always as a whole. A file that cannot be
    /// read is refused and left as it is. Beside it lies a file with the same name and `.lock`.
    ///
    /// ```
    /// # use ticktick_sim::{Collection, Simulator, DEMO_USER};
    /// # let folder = tempfile::tempdir()?;
    /// let path = folder.path().join("account.json");
    /// drop(Simulator::builder().demo().data(&path).open()?);
    /// let again = Simulator::builder().data(&path).open()?;
    /// assert_eq!(again.objects(DEMO_USER, Collection::Projects).len(), 6);
    /// # Ok::<(), std::io::Error>(())
    /// ```
    pub fn data(mut self, path: impl Into<PathBuf>) -> Self {
        self.data = Some(path.into());
        self
    }

    /// Shows every request to somebody, once it is answered.
    pub fn on_request(mut self, show: impl Fn(&Logged) + Send + Sync + 'static) -> Self {
        self.observer = Some(Box::new(show));
        self
    }

    /// Makes the service without a socket.
    ///
    /// # Panics
    ///
    /// If a file cannot be used, two accounts have one name, or a secret is not in base 32; [`Self::open`]
    /// returns that as an error.
    #[must_use]
    #[track_caller]
    pub fn build(self) -> Service {
        match self.open() {
            Ok(service) => service,
            Err(error) => panic!("the simulator cannot be built: {error}"),
        }
    }
}
