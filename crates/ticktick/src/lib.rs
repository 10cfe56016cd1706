//! An unofficial client for TickTick and Dida365: signs in, and works with tasks, projects, habits, focus and the rest
//! of an account.
//!
//! ```
//! use ticktick::{Client, Login, Priority, TaskDraft};
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let sim = ticktick_sim::Simulator::builder().account("me@example.com", "secret").start().await?;
//! # let address = sim.base_url();
//! // `base_url` is for simulators. Defaults to TickTick; use `region(Region::Dida365)` for Dida365.
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
//! Calls need a [Tokio](https://tokio.rs) runtime with I/O and time enabled, such as `#[tokio::main]` starts. Outside a
//! runtime they fail with an error.
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
//! | signing in and out, a second factor | [`Client::login`], [`MfaChallenge`](session::MfaChallenge), [`Client::logout`], [`Client::check_session`] |
//! | keeping a session, signing in again when it ends | [`Client::session`], [`ClientBuilder::credentials`] |
//! | tasks: state, checklist, parents, order, comments, files | [`Client::task`] |
//! | batches, history and trash | [`TaskManager::batch`](task::TaskManager::batch), [`TaskManager::history`](task::TaskManager::history), [`TaskManager::trash`](task::TaskManager::trash) |
//! | dates and recurring tasks | [`Due`], [`Recurrence`], [`TaskManager::skip`](task::TaskManager::skip) |
//! | projects and the inbox, folders, columns, tags | [`Client::project`], [`Client::folder`], [`Client::column`], [`Client::tag`] |
//! | a line such as `Pay rent tomorrow 9am #home`, and dates in words | [`quick_add`] |
//! | saved filters; searches | [`Client::filter`], [`FilterRule`](filter::FilterRule); [`Client::search`], [`TaskQuery`] |
//! | habits, check-ins and streaks | [`Client::habit`], [`HabitHistory`](habit::HabitHistory) |
//! | focus sessions, statistics, countdowns, calendars | [`Client::focus`], [`Client::statistics`], [`Client::countdown`], [`Client::calendar`] |
//! | profile, settings, limits, notifications | [`Client::user`] |
//! | everything at once, views by day, and changes | [`Client::sync`], [`Account`] |
//! | a local copy in SQLite, a journal of writes, undo | `mirror::Mirror`, with the feature `mirror` |
//! | errors | [`Error`] |
//! | verified writes | [`ClientBuilder::verify_writes`] |
//! | all operations of the service | [`raw`], with [`Client::transport`] |
//! | the objects of the service, which keep unknown fields | [`models`] |
//! | short programs to start from | `crates/ticktick/examples` in the repository |
//!
//! Methods that need only a key accept the object or its id. `docs/costs.md` in the repository lists how many requests each
//! call takes.
//!
//! # Guarantees
//!
//! * No field is lost: a write sends back unchanged what it does not change.
//! * A 200 is not success: if the response does not name a written object, the call returns an error.
//! * A lost response never causes a duplicate: the client chooses the ids of new objects, and reads what is stored
//!   before it repeats any other write.
//! * Dates do not drift: days are computed in the zone of the task or the account, never in that of the machine.
//! * Sign-ins are never retried, because failed ones lock the account: the client renews an expired session once if it has
//!   credentials, and sends no sign-in while the account is locked.
//! * Errors, `Debug` output and logs never contain a password, token or e-mail address.
//!
//! # Semantic versioning
//!
//! Everything that mirrors the service is `#[non_exhaustive]`, because the service adds fields and values without notice: a
//! minor version can add fields, variants, methods and modules. The serialized forms of drafts, patches, [`Due`],
//! [`Recurrence`] and [`Changes`] only gain optional fields in minor versions.
//!
//! [`models`], [`raw`] and [`jiff`] are re-exported because signatures name their types. Use them through this crate, so
//! that versions always match. A new major version of jiff is a new major version of this crate. Neither `bytes` nor the
//! HTTP and TLS libraries are part of the API: files are `Vec<u8>`, readers and writers.
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
