//! What is created before the tasks: projects, ids, and parents.

use fastrand::Rng;
use jiff::{SignedDuration, Timestamp};

use crate::made::synthetic::dates::Calendar;
use crate::world::account::Account;

/// Distance between the positions of projects, folders, columns and tasks.
pub(crate) const STEP: i64 = 1 << 40;

/// The time since the creation of the first task.
const AGE: SignedDuration = SignedDuration::from_hours(24 * 1000);

/// A project for tasks.
pub(super) struct Project {
    pub(super) id: String,
    pub(super) columns: Vec<String>,
    pub(super) is_note: bool,
}

impl Project {
    pub(super) fn new(id: String, is_note: bool) -> Self {
        Self { id, columns: Vec::new(), is_note }
    }
}

/// The data that all tasks have in common.
pub(super) struct Outline {
    pub(super) projects: Vec<Project>,
    pub(super) tags: Vec<String>,
    pub(super) calendar: Calendar,
    pub(super) user: i64,
    pub(super) now: Timestamp,
    /// Total number of tasks.
    pub(super) tasks: usize,
    /// Five bytes of every id, which identify the device that created it.
    device: u64,
}

impl Outline {
    pub(super) fn new(
        account: &Account,
        projects: Vec<Project>,
        tasks: usize,
        random: &mut Rng,
        now: Timestamp,
    ) -> Self {
        let tags = account.tags.live().map(|row| row.id.to_string()).collect();
        let device = random.u64(..) >> 24;
        Self { projects, tags, calendar: Calendar::new(now), user: account.user_id, now, tasks, device }
    }

    /// Returns the creation time of a task. Later tasks have later times, up to now.
    pub(super) fn created(&self, place: usize) -> Timestamp {
        let left = i64::try_from(self.tasks - place).unwrap_or(0);
        let step = AGE.as_millis() as i64 / i64::try_from(self.tasks).unwrap_or(i64::MAX).max(1);
        let ago = SignedDuration::from_millis(step.max(1) * left);
        self.now.checked_sub(ago).unwrap_or(self.now)
    }

    /// Returns the id of a task, which need not exist yet.
    pub(super) fn id(&self, place: usize) -> String {
        format!("{:08x}{:010x}{place:06x}", self.created(place).as_second(), self.device)
    }
}

/// Consecutive tasks of one project, of which the first is the parent of the others.
pub(super) struct Family {
    pub(super) first: usize,
    pub(super) size: usize,
    pub(super) project: usize,
}

impl Family {
    /// Creates a family with at most `most` tasks. Most families have one task.
    pub(super) fn new(random: &mut Rng, outline: &Outline, first: usize, most: usize) -> Self {
        let size = if random.u8(..20) == 0 { random.usize(2..=6) } else { 1 };
        Self { size: size.min(most), ..Self::alone(random, outline, first) }
    }

    pub(super) fn alone(random: &mut Rng, outline: &Outline, first: usize) -> Self {
        Self { first, size: 1, project: random.usize(..outline.projects.len()) }
    }

    /// Returns the parent of a task. In larger families, the last task is a grandchild.
    pub(super) fn parent(&self, member: usize) -> Option<usize> {
        match member {
            0 => None,
            _ if self.size >= 4 && member + 1 == self.size => Some(1),
            _ => Some(0),
        }
    }

    pub(super) fn children(&self, parent: usize) -> impl Iterator<Item = usize> {
        (1..self.size).filter(move |member| self.parent(*member) == Some(parent))
    }
}

/// The state of a task.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum TaskState {
    Open,
    /// Closed, with this status.
    Closed(i64),
    Trashed,
}

impl TaskState {
    /// Returns the state of a task that is not open.
    pub(super) fn of(number: usize) -> Self {
        match number % 10 {
            0 => Self::Trashed,
            1 | 2 => Self::Closed(-1),
            _ => Self::Closed(2),
        }
    }

    pub(super) fn status(self) -> i64 {
        if let Self::Closed(status) = self { status } else { 0 }
    }
}
