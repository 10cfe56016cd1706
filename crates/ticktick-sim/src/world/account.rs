//! One account: its user, its objects and its sequence of checkpoints.

mod parts;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use ticktick_models::Object;

use crate::world::book::calendar::CalendarBook;
use crate::world::book::comment::OnTask;
use crate::world::book::file::FileBook;
use crate::world::book::focus::FocusBook;
use crate::world::book::habit::HabitBook;
use crate::world::book::history::History;
use crate::world::book::late::LateSync;
use crate::world::book::pins::Pins;
use crate::world::book::search::SearchBook;
use crate::world::book::share::ShareBook;
use crate::world::book::snapshot::Snapshot;
use crate::world::book::task::TaskHead;
use crate::world::book::template::TemplateBook;
use crate::world::book::user::UserBook;
use crate::world::fields::Fields;
use crate::world::item::{OVER_QUOTA, Refused};
use crate::world::limits::Plan;
use crate::world::maker::{Maker, is_id};
use crate::world::readings::{Other, Readings};
use crate::world::store::{Head, Table};

/// How an update treats omitted members.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum UpdateMode {
    /// Removes them. A worst case for tests, which one report describes and two live test suites contradict.
    Replace,
    /// Keeps them.
    #[default]
    Merge,
}

/// An account with its contents.
pub(crate) struct Account {
    pub(crate) user_id: i64,
    pub(crate) username: String,
    pub(crate) password: String,
    /// Secret of the authenticator app, in base 32.
    pub(crate) totp: Option<String>,
    pub(crate) inbox_id: String,
    pub(crate) zone: String,
    pub(crate) plan: Plan,
    pub(crate) mode: UpdateMode,
    pub(crate) registered: Timestamp,
    pub(crate) settings: Option<Object>,
    /// Whether the limits of the plan apply; a synthetic account may exceed them.
    pub(crate) is_limited: bool,
    pub(crate) comments: Table<OnTask>,
    pub(crate) files: FileBook,
    pub(crate) countdowns: Table,
    pub(crate) templates: TemplateBook,
    pub(crate) search: SearchBook,
    pub(crate) history: History,
    pub(crate) pins: Pins,
    pub(crate) sharing: ShareBook,
    pub(crate) late: LateSync,
    pub(crate) tasks: Table<TaskHead>,
    pub(crate) projects: Table,
    pub(crate) groups: Table,
    pub(crate) columns: Table,
    pub(crate) tags: Table,
    pub(crate) filters: Table,
    pub(crate) snapshot: Snapshot,
    pub(crate) habit: HabitBook,
    pub(crate) focus: FocusBook,
    pub(crate) calendar: CalendarBook,
    pub(crate) user: UserBook,
    /// The readings of disputed points.
    pub(crate) readings: Readings,
    /// Position of the task that was placed last.
    pub(crate) top: i64,
    maker: Maker,
    /// Checkpoint of the last change.
    changed: i64,
    /// Checkpoint of the last change or of the last sync.
    stamp: i64,
}

/// The properties of a new account.
pub(crate) struct Person {
    pub(crate) user_id: i64,
    pub(crate) username: String,
    pub(crate) password: String,
    pub(crate) plan: Plan,
    pub(crate) mode: UpdateMode,
    pub(crate) maker: Maker,
    pub(crate) registered: Timestamp,
}

impl Account {
    pub(crate) fn new(person: Person) -> Self {
        Self {
            user_id: person.user_id,
            username: person.username,
            password: person.password,
            totp: None,
            inbox_id: format!("inbox{}", person.user_id),
            zone: "UTC".into(),
            plan: person.plan,
            mode: person.mode,
            registered: person.registered,
            settings: None,
            is_limited: true,
            comments: Table::new("id"),
            files: FileBook::default(),
            countdowns: Table::new("id"),
            templates: TemplateBook::new(),
            search: SearchBook::default(),
            history: History::default(),
            pins: Pins::default(),
            sharing: ShareBook::default(),
            late: LateSync::default(),
            tasks: Table::new("id"),
            projects: Table::new("id"),
            groups: Table::new("id"),
            columns: Table::new("id"),
            tags: Table::new("name"),
            filters: Table::new("id"),
            snapshot: Snapshot::default(),
            habit: HabitBook::new(person.user_id, person.registered),
            focus: FocusBook::new(),
            calendar: CalendarBook::new(),
            user: UserBook::new(),
            readings: Readings::default(),
            top: 0,
            maker: person.maker,
            changed: 0,
            stamp: 0,
        }
    }

    /// Returns `true` if this is the user name of the account, ignoring case.
    pub(crate) fn is_named(&self, user: &str) -> bool {
        self.username.to_lowercase() == user.to_lowercase()
    }

    /// Creates the checkpoint of a change: epoch milliseconds, or more if needed to exceed all others.
    pub(crate) fn stamp(&mut self, now: Timestamp) -> i64 {
        self.stamp = now.as_millisecond().max(self.stamp + 1);
        self.changed = self.stamp;
        self.stamp
    }

    /// Returns the checkpoint of the last change to anything that a sync contains.
    pub(crate) fn changed(&self) -> i64 {
        self.changed
    }

    /// Returns the checkpoint up to which a sync contains all changes.
    pub(crate) fn checkpoint(&mut self, now: Timestamp) -> i64 {
        self.stamp = self.stamp.max(now.as_millisecond());
        self.stamp
    }

    pub(crate) fn make_id(&mut self) -> String {
        self.maker.id()
    }

    pub(crate) fn make_etag(&mut self) -> String {
        self.maker.etag()
    }

    /// Returns the id of a sent object, or a new one if the service would replace it.
    pub(crate) fn kept_id(&mut self, object: &Object) -> String {
        match object.word("id") {
            Some(id) if is_id(&id) || self.readings.has(Other::ForeignIdKept) => id,
            _ => self.make_id(),
        }
    }

    /// Returns the id of a project. The word `inbox` is the inbox of the account.
    pub(crate) fn project_id(&self, named: &str) -> String {
        if named == "inbox" { self.inbox_id.clone() } else { named.to_owned() }
    }

    pub(crate) fn has_project(&self, id: &str) -> bool {
        id == self.inbox_id || self.projects.row(id).is_some()
    }

    /// Merges a sent object into the stored one, according to the update mode.
    pub(crate) fn updated(&self, stored: &Object, sent: &Object) -> Object {
        match self.mode {
            UpdateMode::Replace => sent.clone(),
            UpdateMode::Merge => {
                let mut object = stored.clone();
                object.merge(sent.clone());
                object
            }
        }
    }

    /// Returns the key of a tag for a typed name.
    pub(crate) fn tag_key(&self, typed: &str) -> String {
        let key = if self.readings.has(Other::TagKeepsCase) { typed.to_owned() } else { typed.to_lowercase() };
        if self.readings.has(Other::BlankReplaced) { key.replace(' ', "-") } else { key }
    }

    /// Stores an object under a new etag, which it returns.
    pub(crate) fn save<H: Head>(
        &mut self,
        table: fn(&mut Self) -> &mut Table<H>,
        object: &mut Object,
        now: Timestamp,
    ) -> String {
        let etag = self.make_etag();
        object.put("etag", &etag);
        let stamp = self.stamp(now);
        table(self).put(object, stamp);
        etag
    }

    /// Refuses another object if a limit of the plan is reached.
    pub(crate) fn room(&self, taken: usize, limit: &str, key: &str) -> Result<(), Refused> {
        let most = crate::world::limits::limit(self.plan, limit);
        if taken < most || !self.is_limited { Ok(()) } else { Err((key.to_owned(), OVER_QUOTA)) }
    }
}
