//! The initial contents of the accounts, used on startup and for a reset.

use std::io;
use std::sync::Arc;

use jiff::SignedDuration;
use ticktick_models::Permission;

use crate::made::seed::Seed;
use crate::made::{demo, synthetic};
use crate::world::account::{Account, Person, UpdateMode};
use crate::world::clock::SimClock;
use crate::world::limits::Plan;
use crate::world::maker::Maker;
use crate::world::readings::{Other, Readings};
use crate::world::state::Captcha;
use crate::world::totp;

/// User number of the first account.
const FIRST_USER: i64 = 120_000_001;

/// The initial contents of an account.
#[derive(Clone)]
pub(crate) enum Contents {
    Nothing,
    Demo { zone: String },
    Synthetic { tasks: usize, seed: u64 },
    Seeded(Arc<Seed>),
}

/// An account that the builder or the control configured.
#[derive(Clone)]
pub(crate) struct Planned {
    pub(crate) username: String,
    pub(crate) password: String,
    pub(crate) contents: Contents,
    /// Secret of the authenticator app, in base 32.
    pub(crate) totp: Option<String>,
}

/// A project that two accounts share initially.
pub(crate) struct Shared {
    pub(crate) owner: String,
    pub(crate) project: String,
    pub(crate) guest: String,
    pub(crate) permission: Permission,
}

/// The configuration of all accounts.
pub(crate) struct Recipe {
    pub(crate) planned: Vec<Planned>,
    pub(crate) shares: Vec<Shared>,
    pub(crate) mode: Option<UpdateMode>,
    pub(crate) plan: Option<Plan>,
    pub(crate) seed: u64,
    /// Delay of the search index.
    pub(crate) search_lag: SignedDuration,
    /// The selected readings.
    pub(crate) readings: Readings,
    /// The captcha for sign-ins.
    pub(crate) captcha: Option<Captcha>,
    pub(crate) clock: SimClock,
}

impl Recipe {
    pub(crate) fn new(clock: SimClock) -> Self {
        Self {
            planned: Vec::new(),
            shares: Vec::new(),
            mode: None,
            plan: None,
            seed: 0,
            search_lag: SignedDuration::ZERO,
            readings: Readings::default(),
            captcha: None,
            clock,
        }
    }

    /// Validates the configuration.
    pub(crate) fn check(&self) -> io::Result<()> {
        for (place, planned) in self.planned.iter().enumerate() {
            let twice = |other: &Planned| other.username.to_lowercase() == planned.username.to_lowercase();
            if self.planned[..place].iter().any(twice) {
                return Err(io::Error::new(io::ErrorKind::InvalidInput, "two accounts have the same user name"));
            }
            if planned.totp.as_deref().is_some_and(|secret| totp::read(secret).is_none()) {
                let message = "the secret of an authenticator app must be base32 text";
                return Err(io::Error::new(io::ErrorKind::InvalidInput, message));
            }
        }
        Ok(())
    }

    /// Returns the configuration of an account.
    pub(crate) fn planned(&self, user: &str) -> Option<&Planned> {
        self.planned.iter().find(|planned| planned.username.to_lowercase() == user.to_lowercase())
    }

    pub(crate) fn planned_mut(&mut self, user: &str) -> Option<&mut Planned> {
        self.planned.iter_mut().find(|planned| planned.username.to_lowercase() == user.to_lowercase())
    }

    pub(crate) fn accounts(&self) -> io::Result<Vec<Account>> {
        let planned = self.planned.iter().enumerate();
        planned.map(|(place, planned)| self.account(planned, place, self.number(place))).collect()
    }

    /// Adds missing accounts, and applies the settings of the builder to existing ones.
    pub(crate) fn complete(&self, accounts: &mut Vec<Account>) -> io::Result<()> {
        for planned in &self.planned {
            match accounts.iter_mut().find(|account| account.is_named(&planned.username)) {
                Some(account) => {
                    account.password.clone_from(&planned.password);
                    account.totp = planned.totp.clone().or(account.totp.take());
                }
                None => {
                    let last = accounts.iter().map(|account| account.user_id).max();
                    let number = last.map_or(FIRST_USER, |last| last + 1);
                    accounts.push(self.account(planned, accounts.len(), number)?);
                }
            }
        }
        for account in accounts {
            account.plan = self.plan.unwrap_or(account.plan);
            account.mode = self.mode.unwrap_or(account.mode);
        }
        Ok(())
    }

    /// Creates an account in its initial state.
    pub(crate) fn account(&self, planned: &Planned, place: usize, number: i64) -> io::Result<Account> {
        let now = self.clock.now();
        let (user, password) = (planned.username.clone(), planned.password.clone());
        // The bytes of a synthetic account depend only on its own seed.
        let seed = if let Contents::Synthetic { seed, .. } = planned.contents { seed } else { self.seed };
        let mut account = self.empty_of(seed, place, number, user, password);
        account.totp.clone_from(&planned.totp);
        match &planned.contents {
            Contents::Nothing => {}
            Contents::Demo { zone } => demo::fill(&mut account, zone, now),
            Contents::Synthetic { tasks, seed } => synthetic::fill(&mut account, *tasks, *seed, now),
            Contents::Seeded(seed) => seed.fill(&mut account, now)?,
        }
        Ok(account)
    }

    /// Returns the user number of the account at a position.
    pub(crate) fn number(&self, place: usize) -> i64 {
        FIRST_USER + i64::try_from(place).unwrap_or_default()
    }

    /// Creates an empty account.
    pub(crate) fn empty(&self, place: usize, number: i64, username: String, password: String) -> Account {
        self.empty_of(self.seed, place, number, username, password)
    }

    fn empty_of(&self, seed: u64, place: usize, user_id: i64, username: String, password: String) -> Account {
        let place = u64::try_from(place).unwrap_or_default();
        let mut account = Account::new(Person {
            user_id,
            username,
            password,
            plan: self.plan.unwrap_or_default(),
            mode: self.mode.unwrap_or_default(),
            maker: Maker::new(seed ^ (place + 1), &self.clock),
            registered: self.clock.now(),
        });
        account.search.lag = self.search_lag;
        account.late.is_on = self.readings.has(Other::DeltaIsLate);
        account.readings = self.readings;
        account
    }
}
