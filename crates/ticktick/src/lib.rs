//! An unofficial client for TickTick and Dida365. It signs in and works with tasks, projects, habits, focus sessions
//! and everything else in an account.
//!
//! ```
//! use ticktick::{Client, Login, Priority, TaskDraft};
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let sim = ticktick_sim::Simulator::builder().account("me@example.com", "secret").start().await?;
//! # let address = sim.base_url();
//! // `base_url` selects a local simulator. The default is TickTick; for Dida365, call `region(Region::Dida365)`.
//! let client = Client::builder().base_url(&address).build()?;
//! let session = match client.login("me@example.com", "secret").await? {
//!     Login::Done(session) => session,
//!     Login::Mfa(challenge) => challenge.verify("123456").await?,
//! };
//!
//! let task = client.task().create(TaskDraft::new("Call Ada").priority(Priority::High)).await?;
//! client.task().complete(&task).await?;
//!
//! // Next time, sign in with the saved session.
//! let client = Client::builder().base_url(&address).session(session).build()?;
//! assert!(client.task().list().await?.is_empty());
//! # Ok(())
//! # }
//! ```
//!
//! All calls need a [Tokio](https://tokio.rs) runtime with I/O and time enabled, like the one that `#[tokio::main]`
//! starts. Outside of a runtime, they return an error. Programs without a runtime can use `blocking::Client`, with the
//! feature `blocking`.
//!
//! # A longer example
//!
//! ```
//! # ticktick_tests::example(async |client| {
//! use jiff::civil::date;
//! use ticktick::filter::build_rule;
//! use ticktick::{CheckIn, Due, HabitDraft, TaskDraft, TaskPatch};
//!
//! // An all-day date is the same in every time zone. A patch changes only the given fields.
//! let task = client.task().create(TaskDraft::new("Rent").due(Due::day(date(2026, 3, 1))).tag("home")).await?;
//! client.task().patch(&task, TaskPatch::new().title("Pay the rent").clear_due()).await?;
//!
//! // Read the whole account, then only what has changed.
//! let mut account = client.sync().full().await?;
//! client.task().complete(&task).await?;
//! let changes = client.sync().refresh(&mut account).await?;
//! assert_eq!(changes.tasks.removed, [task.id]);
//!
//! // A batch writes many tasks and reports the outcome of each.
//! let drafts = ["Milk", "Bread"].map(TaskDraft::new);
//! for failure in client.task().batch().create(drafts).send().await?.failures() {
//!     eprintln!("{failure}");
//! }
//!
//! // The history returns all completed and abandoned tasks, page by page.
//! let mut history = client.task().history(..);
//! while let Some(task) = history.try_next().await? {
//!     assert!(task.is_completed());
//! }
//!
//! // A rule for a saved filter, and a habit.
//! let rule = build_rule(&[], &[ticktick::Priority::High], &[]);
//! assert!(rule.describe().contains("priority"));
//! let habit = client.habit().create(HabitDraft::new("Read")).await?;
//! client.habit().check_in(&habit, CheckIn::done()).await?;
//! # Ok(())
//! # });
//! ```
//!
//! # Overview
//!
//! | topic | see |
//! | --- | --- |
//! | signing in and out, second factor | [`Client::login`], [`MfaChallenge`](session::MfaChallenge), [`Client::logout`], [`Client::check_session`] |
//! | saving a session, signing in again when it expires | [`Client::session`], [`ClientBuilder::credentials`] |
//! | tasks: state, checklist, parents, order, comments, files | [`Client::task`] |
//! | batches, history and trash | [`TaskManager::batch`](task::TaskManager::batch), [`TaskManager::history`](task::TaskManager::history), [`TaskManager::trash`](task::TaskManager::trash) |
//! | dates and recurring tasks | [`Due`], [`Recurrence`], [`TaskManager::skip`](task::TaskManager::skip) |
//! | projects and the inbox, folders, columns, tags | [`Client::project`], [`Client::folder`], [`Client::column`], [`Client::tag`] |
//! | tasks from a line such as `Pay rent tomorrow 9am #home`, dates in words | [`quick_add`] |
//! | saved filters, searches | [`Client::filter`], [`FilterRule`](filter::FilterRule), [`Client::search`], [`TaskQuery`] |
//! | habits, check-ins and streaks | [`Client::habit`], [`HabitHistory`](habit::HabitHistory) |
//! | focus sessions, statistics, countdowns, calendars | [`Client::focus`], [`Client::statistics`], [`Client::countdown`], [`Client::calendar`] |
//! | profile, settings, limits, notifications | [`Client::user`] |
//! | the whole account at once, views by day, changes | [`Client::sync`], [`Account`] |
//! | a local copy in SQLite, a journal of writes, undo | `mirror::Mirror`, with the feature `mirror` |
//! | errors | [`Error`] |
//! | verified writes | [`ClientBuilder::verify_writes`] |
//! | single operations of the service | [`raw`], with [`Client::transport`] |
//! | data types, which keep unknown fields | [`models`] |
//! | short programs to start from | `crates/ticktick/examples` in the repository |
//!
//! Methods that only need to identify an object accept the object or its id. `docs/costs.md` in the repository lists
//! how many requests each call sends.
//!
//! # Guarantees
//!
//! * No field is lost. A write sends the whole object, including fields that this version does not know.
//! * A status of 200 does not count as success. If the response does not show that an object was stored, the call
//!   returns an error.
//! * A lost response never causes a duplicate. The client chooses the ids of new objects, and before it repeats any
//!   other write, it reads what is stored.
//! * Concurrent changes through a client and its clones lose nothing, because calls that change the same object run one
//!   after the other. Other clients and devices are different: the client reads an object before it writes it, but the
//!   service has no locks, so a change that arrives between the read and the write is overwritten.
//! * Dates do not drift. Days are computed in the time zone of the task or the account, never in that of the machine.
//! * Sign-ins are never retried, because failed attempts lock the account. A client with credentials signs in again
//!   once when its session has expired. While the account is locked, it does not try.
//! * Errors, `Debug` output and logs never contain passwords, tokens or e-mail addresses.
//!
//! # Semantic versioning
//!
//! Types that represent data of the service are `#[non_exhaustive]`, because the service adds fields and values without
//! notice. A minor version can add fields, variants, methods and modules. The serialized forms of drafts, patches,
//! [`Due`], [`Recurrence`] and [`Changes`] only gain optional fields in minor versions.
//!
//! [`models`], [`raw`] and [`jiff`] are re-exported because public signatures use their types. Use them through this
//! crate, so that their versions always match. A new major version of jiff requires a new major version of this crate.
//! Neither `bytes` nor the HTTP and TLS libraries are part of the API: files are passed as `Vec<u8>`, readers or
//! writers.
#![deny(missing_docs)]
#![cfg_attr(test, allow(clippy::unwrap_used))]

pub mod account;
mod arrival;
#[cfg(feature = "blocking")]
pub mod blocking;
mod builder;
pub mod calendar;
mod change;
mod check;
mod client;
pub mod column;
pub mod connection;
pub mod countdown;
mod credentials;
pub mod date;
mod drift;
pub mod error;
mod fields;
pub mod filter;
pub mod focus;
pub mod folder;
mod form;
pub mod habit;
mod id;
mod login;
mod manager;
mod mfa;
#[cfg(feature = "mirror")]
pub mod mirror;
mod once;
mod order;
pub mod prelude;
pub mod project;
pub mod quick_add;
mod range;
mod relogin;
mod resource;
pub mod search;
pub mod session;
mod sign_on;
mod sign_on_error;
pub mod statistics;
#[cfg(feature = "stream")]
mod stream;
pub mod sync;
pub mod tag;
pub mod task;
#[cfg_attr(not(feature = "totp"), path = "no_totp.rs")]
mod totp;
mod turn;
pub mod user;
pub mod value;
mod workaround;
mod write;

pub use account::{Account, Changes};
pub use builder::ClientBuilder;
pub use client::Client;
pub use credentials::Credentials;
pub use error::Error;
pub use filter::FilterDraft;
pub use focus::FocusDraft;
pub use habit::{CheckIn, HabitDraft};
pub use jiff;
pub use login::Login;
pub use project::{ProjectDraft, ProjectPatch};
pub use tag::TagDraft;
pub use task::{ItemDraft, TaskDraft, TaskPatch};
pub use ticktick_models as models;
#[doc(inline)]
pub use ticktick_models::{
    AsId, Due, Field, Filter, Habit, Priority, Project, ProjectId, Recurrence, Secret, Tag, Task, TaskId, TaskQuery,
    TaskStatus, Trigger,
};
pub use ticktick_raw as raw;
#[doc(inline)]
pub use ticktick_raw::http::{Region, Session};
