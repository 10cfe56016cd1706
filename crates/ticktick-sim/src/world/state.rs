//! All accounts of a simulator, and their common state.

use std::sync::Mutex;

use crate::world::access::Access;
use crate::world::accounts::Accounts;
use crate::world::clock::SimClock;
use crate::world::open_access::OpenAccess;
use crate::world::shared_project::SharedProject;

/// The accounts and the sessions, tokens and shared projects.
pub(crate) struct World {
    pub(crate) accounts: Accounts,
    pub(crate) access: Mutex<Access>,
    pub(crate) open: Mutex<OpenAccess>,
    /// Projects that several accounts share.
    pub(crate) shared_projects: Mutex<Vec<SharedProject>>,
    pub(crate) captcha: Mutex<Option<Captcha>>,
    pub(crate) clock: SimClock,
}

/// A captcha that sign-ons must solve.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Captcha {
    pub(crate) key: String,
    pub(crate) code: String,
}
