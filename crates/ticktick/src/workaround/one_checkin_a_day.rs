//! A habit has one check-in a day: the first is added, later ones change it under its id.

use jiff::civil::Date;
use ticktick_models::{BatchCheckins, CheckinId, DayStamp, HabitCheckin, HabitId, IdSource};

/// The stored check-ins of some habits, and the planned changes.
pub(crate) struct Days {
    check_ins: Vec<(HabitCheckin, Plan)>,
}

#[derive(Clone, Copy, PartialEq)]
enum Plan {
    Keep,
    Add,
    Update,
}

impl Days {
    pub(crate) fn new(stored: Vec<HabitCheckin>) -> Self {
        Self { check_ins: stored.into_iter().map(|check_in| (check_in, Plan::Keep)).collect() }
    }

    /// Returns the planned or stored check-in of a day.
    pub(crate) fn find(&self, habit: &HabitId, day: Date) -> Option<&HabitCheckin> {
        let stamp = DayStamp::from(day);
        self.all().find(|check_in| check_in.habit_id == *habit && check_in.checkin_stamp == stamp)
    }

    /// Plans the check-in of a day, replacing the current one.
    pub(crate) fn put(&mut self, mut check_in: HabitCheckin, ids: &mut IdSource) -> HabitCheckin {
        let same = |(known, _): &&mut (HabitCheckin, Plan)| {
            known.habit_id == check_in.habit_id && known.checkin_stamp == check_in.checkin_stamp
        };
        match self.check_ins.iter_mut().find(same) {
            Some((known, plan)) => {
                if *plan == Plan::Keep {
                    *plan = Plan::Update;
                }
                known.clone_from(&check_in);
            }
            None => {
                check_in.id = CheckinId::new_with(ids).into();
                self.check_ins.push((check_in.clone(), Plan::Add));
            }
        }
        check_in
    }

    /// Returns all check-ins with the planned changes.
    pub(crate) fn all(&self) -> impl Iterator<Item = &HabitCheckin> {
        self.check_ins.iter().map(|(check_in, _)| check_in)
    }

    /// Returns the changes to send, or `None` if there are none.
    pub(crate) fn batch(&self) -> Option<BatchCheckins> {
        let of = |wanted: Plan| {
            self.check_ins.iter().filter(move |(_, plan)| *plan == wanted).map(|(check_in, _)| check_in.clone())
        };
        let mut batch = BatchCheckins::default();
        batch.add.extend(of(Plan::Add));
        batch.update.extend(of(Plan::Update));
        (!batch.add.is_empty() || !batch.update.is_empty()).then_some(batch)
    }
}
