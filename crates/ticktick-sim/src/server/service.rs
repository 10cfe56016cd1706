//! The simulator without sockets.

mod app;

use std::sync::{Arc, Mutex};
use std::{fmt, io};

use ticktick_models::{Object, Permission, ProjectId};
use ticktick_raw::Operation;

use crate::control::log::Logged;
use crate::control::state::State;
use crate::fault::engine::Faults;
use crate::made::dump;
use crate::server::transport::InProcess;
use crate::world::account::Account;
use crate::world::book::task::TaskHead;
use crate::world::clock::SimClock;
use crate::world::fields::drop_nulls;
use crate::world::lock::lock;
use crate::world::store::Row;

/// The kinds of objects in an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Collection {
    /// Tasks of every status, including those in the trash.
    Tasks,
    /// Projects, including archived ones but not the inbox.
    Projects,
    /// Folders of projects.
    ProjectGroups,
    /// Columns of boards.
    Columns,
    /// Tags.
    Tags,
    /// Saved filters.
    Filters,
    /// Comments on tasks.
    Comments,
    /// Countdowns.
    Countdowns,
    /// Habits, including archived ones.
    Habits,
    /// Check-ins of all habits.
    HabitCheckins,
    /// Sections of habits.
    HabitSections,
    /// Finished focus sessions of both kinds.
    FocusRecords,
    /// Saved focus timers.
    Timers,
}

/// A simulated service that handles calls in the same process. Clones share its state.
///
/// ```
/// use ticktick_sim::{Collection, DEMO_USER, Simulator};
///
/// let sim = Simulator::builder().demo().build();
/// assert_eq!(sim.objects(DEMO_USER, Collection::Projects).len(), 6);
/// assert!(sim.requests().is_empty());
/// ```
#[derive(Clone)]
pub struct Service {
    pub(crate) state: Arc<State>,
}

impl Service {
    /// Returns a transport that is not signed in.
    ///
    /// ```
    /// use ticktick_models::SignOn;
    /// use ticktick_sim::Simulator;
    ///
    /// # async fn example() -> Result<(), ticktick_raw::Error> {
    /// let client = Simulator::builder().account("me", "secret").build().transport();
    /// let mut credentials = SignOn::new("secret");
    /// credentials.username.set("me");
    /// ticktick_raw::auth::sign_on(&client, &credentials, &Default::default()).await?;
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn transport(&self) -> InProcess {
        InProcess::new(self.state.clone(), None)
    }

    /// Returns a transport that is signed in, without sending a request.
    ///
    /// ```
    /// use ticktick_sim::{DEMO_USER, Simulator};
    ///
    /// # async fn example() -> Result<(), ticktick_raw::Error> {
    /// let sim = Simulator::builder().demo().build();
    /// assert_eq!(ticktick_raw::project::list(&sim.signed_on(DEMO_USER)).await?.len(), 6);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Panics
    ///
    /// If the account does not exist.
    #[must_use]
    #[track_caller]
    pub fn signed_on(&self, user: &str) -> InProcess {
        let place = self.place(user);
        let session = lock(&self.state.world().access).open(user, place);
        self.state.note_write();
        InProcess::new(self.state.clone(), Some(session.token))
    }

    /// Returns a transport for the Open API with a new personal token and no session.
    ///
    /// ```
    /// use ticktick_sim::{DEMO_USER, Simulator};
    ///
    /// # async fn example() -> Result<(), ticktick_raw::Error> {
    /// let sim = Simulator::builder().demo().build();
    /// let projects = ticktick_raw::open::list_projects(&sim.open_api(DEMO_USER), &Default::default()).await?;
    /// assert_eq!(projects.len(), 6);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Panics
    ///
    /// If the account does not exist.
    #[must_use]
    #[track_caller]
    pub fn open_api(&self, user: &str) -> InProcess {
        self.place(user);
        let token = lock(&self.state.world().open).personal_token(user);
        self.state.note_write();
        self.transport().with_api_token(token)
    }

    /// Returns the clock.
    #[must_use]
    pub fn clock(&self) -> &SimClock {
        &self.state.world().clock
    }

    /// Returns the last 10,000 requests, oldest first.
    #[must_use]
    pub fn requests(&self) -> Vec<Logged> {
        self.state.log.all()
    }

    /// Returns the number of requests to an operation.
    ///
    /// ```
    /// use ticktick_raw::op;
    /// use ticktick_sim::{DEMO_USER, Simulator};
    ///
    /// # async fn example() -> Result<(), ticktick_raw::Error> {
    /// let sim = Simulator::builder().demo().build();
    /// ticktick_raw::tag::list(&sim.signed_on(DEMO_USER)).await?;
    /// assert_eq!(sim.count(&op::TAG_LIST), 1);
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn count(&self, operation: &Operation) -> usize {
        self.requests().iter().filter(|entry| entry.operation == Some(operation.id)).count()
    }

    /// Clears the log of requests.
    pub fn forget_requests(&self) {
        self.state.log.clear();
    }

    /// Ends every session, as a change of the password does.
    ///
    /// ```
    /// use ticktick_sim::{DEMO_USER, Simulator};
    ///
    /// # async fn example() {
    /// let sim = Simulator::builder().demo().build();
    /// let client = sim.signed_on(DEMO_USER);
    /// sim.end_sessions();
    /// assert!(ticktick_raw::tag::list(&client).await.is_err());
    /// # }
    /// ```
    pub fn end_sessions(&self) {
        self.state.end_sessions();
    }

    /// Changes the password of an account, which ends its sessions.
    ///
    /// # Panics
    ///
    /// If the account does not exist.
    #[track_caller]
    pub fn change_password(&self, user: &str, password: impl Into<String>) {
        let place = self.place(user);
        self.state.change_password(place, password.into());
    }

    /// Returns the sign-on codes sent by mail or text message, each with the lower-case user name and the
    /// method.
    #[must_use]
    pub fn sent_codes(&self) -> Vec<(String, String, String)> {
        lock(&self.state.world().access).codes()
    }

    /// Returns the fault rules. There are none by default.
    #[must_use]
    pub fn faults(&self) -> &Faults {
        &self.state.faults
    }

    /// Returns the contents of all accounts as JSON, for [`Self::load`].
    ///
    /// ```
    /// use ticktick_sim::{DEMO_USER, Simulator};
    ///
    /// let sim = Simulator::builder().demo().build();
    /// let other = Simulator::builder().build();
    /// other.load(&sim.dump())?;
    /// assert_eq!(other.dump(), sim.dump());
    /// # Ok::<(), std::io::Error>(())
    /// ```
    #[must_use]
    pub fn dump(&self) -> String {
        String::from_utf8_lossy(&dump::write(self.state.world())).into_owned()
    }

    /// Replaces all accounts by those of a dump.
    ///
    /// Sessions are restored from its member `access`; if the dump has none, the sessions of accounts that
    /// still exist stay valid.
    ///
    /// # Errors
    ///
    /// If the text is not a dump. In this case, nothing is changed.
    pub fn load(&self, dump: &str) -> io::Result<()> {
        self.state.load(dump.as_bytes())
    }

    /// Restores the initial state: accounts, clock, captcha, faults and the log. All sessions end.
    pub fn reset(&self) {
        self.state.reset();
    }

    /// Saves the accounts now, if they are kept in a file.
    ///
    /// # Errors
    ///
    /// If the file cannot be written; its previous contents are preserved.
    pub fn save(&self) -> io::Result<()> {
        self.state.keeper.as_ref().map_or(Ok(()), |keeper| keeper.flush())
    }

    /// Returns the objects of an account, as stored.
    ///
    /// ```
    /// use ticktick_models::Task;
    /// use ticktick_sim::{Collection, DEMO_USER, Simulator};
    ///
    /// let sim = Simulator::builder().demo().build();
    /// let first: Task = sim.objects(DEMO_USER, Collection::Tasks)[0].decode()?;
    /// assert_eq!(first.title, "Call the dentist");
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    ///
    /// # Panics
    ///
    /// If the account does not exist.
    #[must_use]
    #[track_caller]
    pub fn objects(&self, user: &str, collection: Collection) -> Vec<Object> {
        collection.of(&lock(&self.account(user)))
    }

    /// Changes an account without a call.
    #[track_caller]
    pub(crate) fn change(&self, user: &str, work: impl FnOnce(&mut Account)) {
        work(&mut lock(&self.account(user)));
        self.state.note_write();
    }

    #[track_caller]
    fn account(&self, user: &str) -> Arc<Mutex<Account>> {
        match self.state.world().accounts.get(self.place(user)) {
            Some(account) => account,
            None => panic!("the account was removed by another thread"),
        }
    }

    /// Shares a project of an account, given by id or name, with another account, and returns its id.
    ///
    /// Creates the project if it does not exist. Changes by either account to the project and to its tasks,
    /// columns, comments and files are visible to the other. The permission limits what the guest may change.
    /// A guest who deletes the project leaves it.
    ///
    /// # Panics
    ///
    /// If one of the accounts does not exist.
    #[track_caller]
    pub fn share(&self, owner: &str, project: &str, guest: &str, permission: Permission) -> ProjectId {
        let id = self.state.share(self.place(owner), project, self.place(guest), &permission);
        ProjectId::from(id)
    }

    #[track_caller]
    pub(crate) fn place(&self, user: &str) -> usize {
        match self.state.world().accounts.named(user) {
            Some(place) => place,
            None => panic!("the simulator has no account with this name; add it with `Builder::account`"),
        }
    }
}

impl Collection {
    fn of(self, account: &Account) -> Vec<Object> {
        let table = match self {
            Self::Tasks => return account.tasks.live().map(task).collect(),
            Self::Comments => return account.comments.live().map(|row| row.object()).collect(),
            Self::Countdowns => &account.countdowns,
            Self::HabitCheckins => return account.habit.check_ins.live().map(|row| row.object()).collect(),
            Self::FocusRecords => return account.focus.records.live().map(|row| row.object()).collect(),
            Self::Habits => &account.habit.habits,
            Self::HabitSections => &account.habit.sections,
            Self::Timers => &account.focus.timers,
            Self::Projects => &account.projects,
            Self::ProjectGroups => &account.groups,
            Self::Columns => &account.columns,
            Self::Tags => &account.tags,
            Self::Filters => &account.filters,
        };
        table.live().map(|row| row.object()).collect()
    }
}

/// Returns a task without cleared members, as in responses.
fn task(row: &Row<TaskHead>) -> Object {
    let mut task = row.object();
    drop_nulls(&mut task);
    task
}

impl fmt::Debug for Service {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Service").field("accounts", &self.state.world().accounts.names().len()).finish_non_exhaustive()
    }
}
