//! The builder of a simulator.

mod open;
mod open_api;
mod pending;
mod seed;

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::time::Duration;

use jiff::SignedDuration;
use ticktick_models::{Clock, Permission, SystemClock};

use crate::control::log::{Logged, Observer};
use crate::exchange::forms::{EventsForm, Forms, UnreadForm};
use crate::exchange::sign_on::SignOnRule;
use crate::fault::Rule;
use crate::made::demo;
use crate::made::recipe::{Contents, Planned, Recipe, Shared};
use crate::server::builder::pending::Pending;
use crate::server::service::Service;
use crate::world::account::UpdateMode;
use crate::world::clock::SimClock;
use crate::world::limits::Plan;
use crate::world::open_access::OpenAccess;
use crate::world::readings::{Other, Reading};
use crate::world::state::Captcha;

/// User name of the demo account.
pub const DEMO_USER: &str = "demo@example.com";

/// Password of the demo account.
pub const DEMO_PASSWORD: &str = "demo";

/// Configures and builds a simulator.
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
    pending: Pending,
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
            pending: Pending::default(),
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

    /// Adds the demo account, [`DEMO_USER`] with [`DEMO_PASSWORD`]: 40 open tasks in six projects and the
    /// inbox, dated around the current time of the clock.
    pub fn demo(self) -> Self {
        self.demo_in(demo::ZONE)
    }

    /// Adds the demo account in another time zone, such as `Europe/Berlin`. [`demo`](Self::demo) is in London.
    pub fn demo_in(self, zone: impl Into<String>) -> Self {
        self.plan_account(DEMO_USER.into(), DEMO_PASSWORD.into(), Contents::Demo { zone: zone.into() })
    }

    /// Fills the account added last with this many open tasks, and one more in twenty that is closed or in
    /// the trash. Adds [`DEMO_USER`] with [`DEMO_PASSWORD`] if there is no account.
    ///
    /// Each task has about 32 members and 1 KB. The account contains checklists, nested, recurring and
    /// all-day tasks in several time zones, folders, projects, columns, tags, filters, habits and focus
    /// records. The bytes are the same for the same seed and clock. `tasks` may be 100,000 and more.
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

    /// Sets the clock. Defaults to the system clock.
    pub fn clock(mut self, clock: impl Clock + 'static) -> Self {
        self.recipe.clock = SimClock::new(clock);
        self
    }

    /// Freezes the clock, so that ids, dates and responses are the same in every run with the same
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

    /// Sets how an update treats omitted members. Defaults to [`UpdateMode::Merge`].
    pub fn update_mode(mut self, mode: UpdateMode) -> Self {
        self.recipe.mode = Some(mode);
        self
    }

    /// Sets the plan of the accounts. Defaults to [`Plan::Pro`].
    pub fn plan(mut self, plan: Plan) -> Self {
        self.recipe.plan = Some(plan);
        self
    }

    /// Sets the seed for ids, etags and tokens; the same seed and clock produce the same ones.
    pub fn seed(mut self, seed: u64) -> Self {
        self.recipe.seed = seed;
        self
    }

    /// Accepts requests without the headers of a browser. By default, a sign-on requires `X-Device`, and either
    /// `Origin` or `Referer`.
    pub fn lenient_headers(mut self) -> Self {
        self.sign_on = SignOnRule::Lenient;
        self
    }

    /// Requires both `Origin` and `Referer` for sign-ons. By default, either is enough.
    pub fn strict_headers(mut self) -> Self {
        self.sign_on = SignOnRule::Strict;
        self
    }

    /// Delays the search index: a write can be found only after this time of the simulator's clock. By
    /// default it can be found at once.
    pub fn search_lag(mut self, lag: SignedDuration) -> Self {
        self.recipe.search_lag = lag;
        self
    }

    /// Omits recent writes from the next delta; the one after it contains them. Short for the reading
    /// `late-delta=late`.
    pub fn late_sync(mut self) -> Self {
        self.recipe.readings.take_other(Other::DeltaIsLate);
        self
    }

    /// Sets the behavior on a point where reports about the service disagree. The last reading of an
    /// experiment applies.
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

    /// Shares a project of one account with another, as [`Service::share`] does at run time.
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
    /// Building fails if one of the accounts does not exist.
    pub fn share(
        mut self,
        owner: impl Into<String>,
        project: impl Into<String>,
        guest: impl Into<String>,
        permission: Permission,
    ) -> Self {
        let (owner, project, guest) = (owner.into(), project.into(), guest.into());
        self.recipe.shares.push(Shared { owner, project, guest, permission });
        self
    }

    /// Sets the form of the events of linked calendars; sources report two.
    pub fn events_form(mut self, form: EventsForm) -> Self {
        self.forms.events = form;
        self
    }

    /// Sets the form of the unread notifications, which no source records. Defaults to their number.
    pub fn unread_form(mut self, form: UnreadForm) -> Self {
        self.forms.unread = form;
        self
    }

    /// Sets the port to listen on. Defaults to 0, which picks a free port.
    pub fn port(mut self, port: u16) -> Self {
        self.address.set_port(port);
        self
    }

    /// Sets the address to listen on. Defaults to 127.0.0.1. An address that other machines can reach also
    /// requires [`Self::open_to_others`].
    pub fn host(mut self, host: IpAddr) -> Self {
        self.address.set_ip(host);
        self
    }

    /// Allows an address that other machines can reach. Anyone who can connect can read and change
    /// everything, because the control routes require no password.
    pub fn open_to_others(mut self) -> Self {
        self.open_to_others = true;
        self
    }

    /// Requires a second factor for an account: the code of an authenticator app with this base32 secret.
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
    /// If the account does not exist.
    #[track_caller]
    pub fn mfa(mut self, user: &str, secret: impl Into<String>) -> Self {
        let Some(planned) = self.recipe.planned.iter_mut().find(|planned| planned.username == user) else {
            panic!("the simulator has no account with this name; add it with `Builder::account` first");
        };
        planned.totp = Some(secret.into());
        self
    }

    /// Requires a captcha for every sign-on, and sets the key and the solution that are accepted.
    pub fn captcha(mut self, ver_key: impl Into<String>, ver_code: impl Into<String>) -> Self {
        self.recipe.captcha = Some(Captcha { key: ver_key.into(), code: ver_code.into() });
        self
    }

    /// Ends each session this long after its sign-on. By default, sessions do not expire.
    pub fn session_lifetime(mut self, lifetime: SignedDuration) -> Self {
        self.lifetime = Some(lifetime);
        self
    }

    /// Delays every response: over a socket by waiting, in-process by advancing the clock.
    pub fn latency(mut self, latency: Duration) -> Self {
        self.latency = latency;
        self
    }

    /// Adds a fault rule.
    pub fn fault(mut self, rule: Rule) -> Self {
        self.rules.push(rule);
        self
    }

    /// Adds the fault rules of a file, which contains a JSON array of [`Rule`]s or a single one.
    /// `docs/schemas/faults.schema.json` is the JSON Schema.
    pub fn faults_file(mut self, path: impl Into<PathBuf>) -> Self {
        self.faults_file = Some(path.into());
        self
    }

    /// Keeps the accounts in a file: their contents, passwords and sessions.
    ///
    /// Accounts in the file are restored, and missing ones are added. The file is saved atomically
    /// about a tenth of a second after a change and when the simulator stops. If it cannot be read,
    /// building fails and the file is not changed. A lock file with the additional suffix `.lock` is
    /// created next to it.
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

    /// Sets a function that is called with every request after its response was sent.
    pub fn on_request(mut self, show: impl Fn(&Logged) + Send + Sync + 'static) -> Self {
        self.observer = Some(Box::new(show));
        self
    }

    /// Builds the service without a socket.
    ///
    /// # Panics
    ///
    /// If a file cannot be used, two accounts have the same name, or a secret is not base32; [`Self::open`]
    /// returns an error instead.
    #[must_use]
    #[track_caller]
    pub fn build(self) -> Service {
        match self.open() {
            Ok(service) => service,
            Err(error) => panic!("the simulator cannot be built: {error}"),
        }
    }
}
