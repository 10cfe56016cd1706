//! Puts a simulator together.

use std::io;
use std::sync::{Arc, Mutex};

use jiff::SignedDuration;
use ticktick_models::{Clock, Permission, SystemClock};

use crate::account::{Account, Person, Plan, UpdateMode};
use crate::clock::SimClock;
use crate::demo;
use crate::door::Door;
use crate::forms::{EventsForm, Forms, UnreadForm};
use crate::log::Log;
use crate::maker::Maker;
use crate::open::OpenDoor;
use crate::server::Server;
use crate::service::Service;
use crate::simulator::Simulator;
use crate::state::State;
use crate::synthetic;

/// User name of the demo account.
pub const DEMO_USER: &str = "demo@example.com";

/// Password of the demo account.
pub const DEMO_PASSWORD: &str = "demo";

/// Number of the first account; the next ones count on.
const FIRST_USER: i64 = 120_000_001;

/// What is in an account from the start.
#[derive(Clone, Copy)]
enum Contents {
    Nothing,
    Demo,
    Synthetic { tasks: usize, seed: u64 },
}

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
    accounts: Vec<(String, String, Contents)>,
    clock: SimClock,
    mode: UpdateMode,
    plan: Plan,
    seed: u64,
    lenient: bool,
    search_lag: SignedDuration,
    late_sync: bool,
    shares: Vec<(String, String, String, Permission)>,
    forms: Forms,
    port: u16,
    pub(crate) open: OpenDoor,
}

impl Builder {
    pub(crate) fn new() -> Self {
        Self {
            accounts: Vec::new(),
            clock: SimClock::new(SystemClock),
            mode: UpdateMode::default(),
            plan: Plan::default(),
            seed: 0,
            lenient: false,
            search_lag: SignedDuration::ZERO,
            late_sync: false,
            shares: Vec::new(),
            forms: Forms::default(),
            port: 0,
            open: OpenDoor::default(),
        }
    }

    /// Adds an empty account.
    pub fn account(mut self, user: impl Into<String>, password: impl Into<String>) -> Self {
        self.accounts.push((user.into(), password.into(), Contents::Nothing));
        self
    }

    /// Adds the demo account, [`DEMO_USER`] with [`DEMO_PASSWORD`]: 40 open tasks in six lists and
    /// the inbox, with dates around the present moment of the clock.
    pub fn demo(mut self) -> Self {
        self.accounts.push((DEMO_USER.into(), DEMO_PASSWORD.into(), Contents::Demo));
        self
    }

    /// Fills the account that was added last with so many open tasks, and one more in twenty that is
    /// closed or in the trash; without an account, adds [`DEMO_USER`] with [`DEMO_PASSWORD`].
    ///
    /// There are about 40 members and 1.1 KB a task, checklists, nested, recurring and all-day tasks in
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
        if self.accounts.is_empty() {
            self = self.account(DEMO_USER, DEMO_PASSWORD);
        }
        if let Some((_, _, contents)) = self.accounts.last_mut() {
            *contents = Contents::Synthetic { tasks, seed };
        }
        self
    }

    /// Takes the time from a clock; without, from that of the machine.
    pub fn clock(mut self, clock: impl Clock + 'static) -> Self {
        self.clock = SimClock::new(clock);
        self
    }

    /// Sets what an update does with members that it leaves out; without, they stay.
    pub fn update_mode(mut self, mode: UpdateMode) -> Self {
        self.mode = mode;
        self
    }

    /// Sets what the accounts pay for; without, the full range.
    pub fn plan(mut self, plan: Plan) -> Self {
        self.plan = plan;
        self
    }

    /// Sets what ids, etags and tokens are made from: the same ones for the same seed and clock.
    pub fn seed(mut self, seed: u64) -> Self {
        self.seed = seed;
        self
    }

    /// Lets requests in that lack the headers of a browser.
    pub fn lenient_headers(mut self) -> Self {
        self.lenient = true;
        self
    }

    /// Lets the index of the search lag behind writes, by the simulator's clock; without, it does not.
    pub fn search_lag(mut self, lag: SignedDuration) -> Self {
        self.search_lag = lag;
        self
    }

    /// Leaves what was just written out of the next delta; the one after it holds it.
    pub fn late_sync(mut self) -> Self {
        self.late_sync = true;
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
    /// Building panics if there are no such accounts.
    pub fn share(
        mut self,
        owner: impl Into<String>,
        list: impl Into<String>,
        guest: impl Into<String>,
        permission: Permission,
    ) -> Self {
        self.shares.push((owner.into(), list.into(), guest.into(), permission));
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
        self.port = port;
        self
    }

    /// Makes the service without a socket.
    #[must_use]
    pub fn build(self) -> Service {
        let now = self.clock.now();
        let accounts = self.accounts.into_iter().enumerate().map(|(place, (username, password, contents))| {
            let place = i64::try_from(place).unwrap_or_default();
            // The bytes of a synthetic account depend on its own seed alone.
            let seed = if let Contents::Synthetic { seed, .. } = contents { seed } else { self.seed };
            let mut account = Account::new(Person {
                user_id: FIRST_USER + place,
                username,
                password,
                plan: self.plan,
                mode: self.mode,
                maker: Maker::new(seed ^ (place.unsigned_abs() + 1), &self.clock),
                registered: now,
            });
            match contents {
                Contents::Nothing => {}
                Contents::Demo => demo::fill(&mut account, now),
                Contents::Synthetic { tasks, seed } => synthetic::fill(&mut account, tasks, seed, now),
            }
            account.search.lag = self.search_lag;
            account.late.is_on = self.late_sync;
            Mutex::new(account)
        });
        let accounts = accounts.collect();
        let door = Mutex::new(Door::new(Maker::new(!self.seed, &self.clock)));
        let open = Mutex::new(self.open.with(Maker::new(self.seed.rotate_left(32) ^ !1, &self.clock)));
        let log = Log::default();
        let ties = Mutex::default();
        let (lenient, forms) = (self.lenient, self.forms);
        let state = State { accounts, door, open, clock: self.clock, log, ties, lenient, forms };
        let service = Service { state: Arc::new(state) };
        for (owner, list, guest, permission) in self.shares {
            service.share(&owner, &list, &guest, permission);
        }
        service
    }

    /// Starts to listen on the loopback interface, on the tokio runtime of the caller.
    ///
    /// # Errors
    ///
    /// If the port is taken.
    pub async fn start(self) -> io::Result<Simulator> {
        let port = self.port;
        let service = self.build();
        let server = Server::start(service.state.clone(), port).await?;
        Ok(Simulator::new(service, server))
    }
}
