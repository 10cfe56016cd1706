//! The unofficial TickTick client: sign in, then work with tasks, projects and the account as a
//! whole.
//!
//! ```
//! use ticktick::{Client, Login, Priority, TaskDraft};
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let sim = ticktick_sim::Simulator::builder().account("me@example.com", "secret").start().await?;
//! # let address = sim.base_url();
//! // `base_url` is for simulators; without, it is TickTick, or `region(Region::Dida365)`.
//! let client = Client::builder().base_url(&address).build()?;
//! let session = match client.login("me@example.com", "secret").await? {
//!     Login::Done(session) => session,
//!     Login::Mfa(challenge) => challenge.verify("123456").await?,
//! };
//!
//! let task = client.task().create(TaskDraft::new("Call Ada").priority(Priority::High)).await?;
//! client.task().complete(&task).await?;
//!
//! // Next time: no password.
//! let client = Client::builder().base_url(&address).session(session).build()?;
//! println!("{} open tasks", client.task().list().await?.len());
//! # Ok(())
//! # }
//! ```
//!
//! Calls need a [Tokio](https://tokio.rs) runtime with I/O and time enabled, such as `#[tokio::main]` starts. Outside a
//! runtime they fail with an error.
//!
//! # The rest of a day
//!
//! ```
//! use jiff::civil::date;
//! use ticktick::filter::build_rule;
//! use ticktick::{CheckIn, Due, HabitDraft, TaskDraft, TaskPatch};
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let sim = ticktick_sim::Simulator::builder().account("me@example.com", "secret").start().await?;
//! # let client = ticktick::Client::builder().base_url(sim.base_url()).build()?;
//! # client.login("me@example.com", "secret").await?.into_session()?;
//! // A day is a day, in whatever zone; a patch changes what it names and nothing else.
//! let task = client.task().create(TaskDraft::new("Rent").due(Due::day(date(2026, 3, 1))).tag("home")).await?;
//! client.task().patch(&task, TaskPatch::new().title("Pay the rent").clear_due()).await?;
//!
//! // Everything at once, then only what changed.
//! let mut account = client.sync().full().await?;
//! for task in account.today() {
//!     println!("{}", task.title);
//! }
//! let changes = client.sync().refresh(&mut account).await?;
//! println!("{} tasks changed", changes.tasks.changed.len());
//!
//! // Many at once, each with its own outcome.
//! let drafts = ["Milk", "Bread"].map(TaskDraft::new);
//! for failure in client.task().batch().create(drafts).send().await?.failures() {
//!     eprintln!("{}: {}", failure.id, failure.error);
//! }
//!
//! // All that was ever finished, page by page.
//! let mut history = client.task().history(..);
//! while let Some(task) = history.try_next().await? {
//!     println!("[x] {}", task.title);
//! }
//!
//! // A rule for a saved filter, and a habit.
//! let rule = build_rule(&[], &[ticktick::Priority::High], &[]);
//! println!("{}", rule.describe());
//! let habit = client.habit().create(HabitDraft::new("Read")).await?;
//! client.habit().check_in(&habit, CheckIn::done()).await?;
//! # Ok(())
//! # }
//! ```
//!
//! # Where to look
//!
//! | for | see |
//! | --- | --- |
//! | signing in and out, a second factor | [`Client::login`], [`MfaChallenge`](session::MfaChallenge), [`Client::logout`], [`Client::check_session`] |
//! | keeping a session, signing in again when it ends | [`Client::session`], [`ClientBuilder::credentials`] |
//! | tasks: state, checklist, parents, order, comments, files | [`Client::task`] |
//! | many tasks at once; what was finished; the trash | [`TaskManager::batch`](task::TaskManager::batch), [`TaskManager::history`](task::TaskManager::history), [`TaskManager::trash`](task::TaskManager::trash) |
//! | dates; what repeats | [`Due`], [`Recurrence`], [`TaskManager::skip`](task::TaskManager::skip) |
//! | projects and the inbox, folders, columns, tags | [`Client::project`], [`Client::folder`], [`Client::column`], [`Client::tag`] |
//! | saved filters; searches | [`Client::filter`], [`FilterRule`](filter::FilterRule); [`Client::search`], [`TaskQuery`] |
//! | habits, check-ins and streaks | [`Client::habit`], [`HabitHistory`](habit::HabitHistory) |
//! | focus sessions, statistics, countdowns, calendars | [`Client::focus`], [`Client::statistics`], [`Client::countdown`], [`Client::calendar`] |
//! | profile, settings, limits, notifications | [`Client::user`] |
//! | everything at once, views by day, and changes | [`Client::sync`], [`Account`] |
//! | what can go wrong | [`Error`] |
//! | whether each write is compared with what is stored | [`ClientBuilder::verify_writes`] |
//! | any other operation of the service | [`raw`], with [`Client::transport`] |
//! | the objects, which keep what they do not know | [`models`] |
//!
//! Where a call needs only a key, it takes the object or its id. What each call costs in requests is listed in
//! `docs/costs.md` of the repository.
//!
//! # What holds
//!
//! * No field is lost: what a write does not touch goes back as it came.
//! * A 200 is not success: a write that the answer does not name is an error.
//! * A lost answer doubles nothing: new objects have ids of ours, and any other write is looked for before it is repeated.
//! * Dates do not drift: a day is read in the zone of its task, else of the account, and never in the machine's.
//! * No sign-in is ever repeated by itself, because failed ones lock the account: an ended session is
//!   renewed once if there are credentials, and a locked account is left alone.
//! * No password, token or e-mail address is in the text of an error, in `Debug` or in a log.
//!
//! # Semantic versioning
//!
//! Everything that mirrors the service is `#[non_exhaustive]`, because the service adds members and values without notice: a
//! minor version can add fields, variants, methods and modules. The serialized forms of drafts, patches, [`Due`],
//! [`Recurrence`] and [`Changes`] only gain optional members in minor versions.
//!
//! [`models`], [`raw`] and [`jiff`] are re-exported because signatures name their types. Use them through this crate, so
//! that versions always match. A new major version of jiff is a new major version of this crate. Neither `bytes` nor the
//! HTTP and TLS libraries are part of the API: files are `Vec<u8>`, readers and writers.
#![deny(missing_docs)]
#![cfg_attr(test, allow(clippy::unwrap_used))]

pub mod account;
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
mod once;
mod order;
pub mod prelude;
pub mod project;
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
