//! `ticktick habit calendar`: the last weeks of habits.

use std::collections::{BTreeMap, HashMap};
use std::ops::RangeInclusive;

use jiff::ToSpan;
use jiff::civil::Date;
use ticktick::habit::{CheckinStatus, Habit, HabitCheckin, HabitHistory, HabitStatus};

use super::reading::{Reading, look};
use crate::args::{Globals, HabitCalendarArgs};
use crate::error::{Candidate, Error, Kind};
use crate::generated::cli::{HabitCalendar, HabitDay, HabitDayStatus};
use crate::output::Output;
use crate::pick::{Found, pick};
use crate::ui::agenda::week_of;
use crate::ui::habits::{self, Day, Weeks};
use crate::ui::line::{Line, rendered};

/// Default number of weeks in the output for programs.
const WEEKS: u8 = 12;

/// A habit with all its days.
pub(crate) struct Read {
    habit: Habit,
    history: HabitHistory,
    check_ins: BTreeMap<Date, HabitCheckin>,
}

/// Reads habits with their check-ins.
pub(crate) async fn read(reading: &Reading, archived: bool, wanted: Option<&str>) -> Result<Vec<Read>, Error> {
    let mut habits = reading.client().habit().list().await?.to_vec();
    habits.retain(|habit| archived || wanted.is_some() || habit.status != HabitStatus::Archived);
    habits.sort_by_key(|habit| habit.sort_order.get().copied());
    if let Some(name) = wanted {
        let id = find(name, &habits)?;
        habits.retain(|habit| habit.id.as_str() == id);
    }
    if habits.is_empty() {
        return Ok(Vec::new());
    }
    let all = reading.client().habit().check_ins(habits.iter(), ..).await?;
    let mut by_habit: HashMap<String, BTreeMap<Date, HabitCheckin>> = HashMap::new();
    for check_in in &all {
        if let Some(day) = check_in.checkin_stamp.date() {
            by_habit.entry(check_in.habit_id.to_string()).or_default().insert(day, check_in.clone());
        }
    }
    let zone = reading.now.time_zone();
    let with_history = |habit: Habit| {
        let history = HabitHistory::new(&habit, &all, zone, reading.starts_on, reading.today())?;
        let check_ins = by_habit.remove(habit.id.as_str()).unwrap_or_default();
        Ok(Read { habit, history, check_ins })
    };
    habits.into_iter().map(with_history).collect()
}

fn find(name: &str, habits: &[Habit]) -> Result<String, Error> {
    let title = |habit: &Habit| habit.name.as_deref().unwrap_or_default().to_owned();
    let names: Vec<(String, String)> = habits.iter().map(|habit| (habit.id.to_string(), title(habit))).collect();
    match pick(name, &names, |habit| &habit.0, |habit| &habit.1) {
        Found::One(habit) => Ok(habit.0.clone()),
        Found::Nothing => Err(Error::new(Kind::NotFound, format!("no habit matches \"{name}\""))
            .hint("`ticktick habit calendar` lists the habits")),
        Found::Many(several) => {
            let candidate = |habit: &&(String, String)| Candidate {
                id: habit.0.clone(),
                name: habit.1.clone(),
                details: Vec::new(),
            };
            Err(Error::new(Kind::Ambiguous, format!("\"{name}\" matches {} habits", several.len()))
                .hint("use more of the name, or the id")
                .candidates(several.iter().map(candidate).collect()))
        }
    }
}

impl Read {
    fn name(&self) -> String {
        self.habit.name.as_deref().unwrap_or_default().to_owned()
    }

    fn goal(&self) -> f64 {
        self.habit.goal.get().map_or(1.0, |goal| goal.as_f64())
    }

    /// Returns the unit of a habit that counts something.
    fn unit(&self) -> Option<String> {
        let counts = self.habit.r#type == ticktick::habit::HabitType::Real;
        self.habit.unit.get().filter(|unit| counts && !unit.is_empty()).cloned()
    }

    fn day(&self, day: Date) -> (HabitDayStatus, f64) {
        let check_in = self.check_ins.get(&day);
        let value = check_in.and_then(|check_in| check_in.value.get()).map_or(0.0, |value| value.as_f64());
        let status = match check_in.and_then(|check_in| check_in.status.get()) {
            Some(CheckinStatus::Done) => HabitDayStatus::Done,
            Some(CheckinStatus::Undone) => HabitDayStatus::NotDone,
            _ if value > 0.0 => HabitDayStatus::Part,
            _ if self.history.completion_rate(day..=day).is_none() => HabitDayStatus::NotDue,
            _ => HabitDayStatus::None,
        };
        (status, value)
    }

    /// Returns the habit for drawing, with the rate of these days.
    pub(crate) fn drawn(&self, days: RangeInclusive<Date>, reading: &Reading) -> habits::Habit {
        let all =
            std::iter::successors(Some(*days.start()), |day| day.tomorrow().ok()).take_while(|day| day <= days.end());
        let mark = |day: Date| {
            let (status, value) = self.day(day);
            let mark = match status {
                HabitDayStatus::Done => Day::Done,
                HabitDayStatus::Part => Day::Part(value / self.goal().max(f64::MIN_POSITIVE)),
                HabitDayStatus::NotDone => Day::Undone,
                HabitDayStatus::NotDue => Day::Off,
                HabitDayStatus::None => return None,
            };
            Some((day, mark))
        };
        let times = self.habit.repeat_rule.get().and_then(|rule| times_a_week(rule));
        let week = week_of(reading.today(), reading.starts_on);
        let done =
            |first: Date| self.check_ins.range(first..).filter(|(day, _)| self.day(**day).0 == HabitDayStatus::Done);
        habits::Habit {
            name: self.name(),
            goal: self.unit().map(|unit| format!("{} {unit}", self.goal())),
            days: all.filter_map(mark).collect(),
            streak: self.history.current_streak(),
            best: self.history.longest_streak(),
            rate: self.history.completion_rate(days),
            week: times.map(|times| (done(week).count(), times)),
        }
    }

    fn view(&self, days: RangeInclusive<Date>) -> HabitCalendar {
        let number = |count: usize| u64::try_from(count).unwrap_or(u64::MAX);
        let all =
            std::iter::successors(Some(*days.start()), |day| day.tomorrow().ok()).take_while(|day| day <= days.end());
        let day = |day: Date| {
            let (status, value) = self.day(day);
            HabitDay { day, status, value }
        };
        HabitCalendar {
            id: self.habit.id.to_string(),
            name: self.name(),
            goal: self.goal(),
            unit: self.unit(),
            current_streak: number(self.history.current_streak()),
            best_streak: number(self.history.longest_streak()),
            total: number(self.history.total()),
            days: all.map(day).collect(),
            rate: self.history.completion_rate(days),
        }
    }
}

/// Returns how many times a week a habit is due, if the days do not matter.
fn times_a_week(rule: &str) -> Option<usize> {
    rule.split([';', ':']).find_map(|part| part.strip_prefix("TT_TIMES="))?.parse().ok()
}

pub(crate) async fn run(globals: &Globals, args: &HabitCalendarArgs, output: Output) -> Result<(), Error> {
    let reading = Reading::open(globals, output).await?;
    let read = read(&reading, args.archived, args.habit.as_deref()).await?;
    let today = reading.today();
    let this = week_of(today, reading.starts_on);
    let first = this.checked_sub((i32::from(args.weeks.unwrap_or(WEEKS)) - 1).weeks()).unwrap_or(this);
    let weeks = Weeks { today, starts_on: reading.starts_on, count: args.weeks.map(usize::from) };
    let drawn: Vec<habits::Habit> = read.iter().map(|habit| habit.drawn(first..=today, &reading)).collect();
    let look = look(globals);
    reading.answer(read.iter().map(|habit| habit.view(first..=today)).collect())?.print(
        globals,
        |_: &[HabitCalendar]| {
            if drawn.is_empty() {
                return vec![" no habits".to_owned()];
            }
            let mut lines = habits::calendar(&drawn, weeks, look);
            if let Some(legend) = habits::legend(look) {
                lines.extend([Line::new(), legend]);
            }
            rendered(&lines)
        },
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_a_week_are_read_from_the_rule() {
        assert_eq!(times_a_week("RRULE:FREQ=WEEKLY;INTERVAL=1;TT_TIMES=3"), Some(3));
        assert_eq!(times_a_week("RRULE:TT_TIMES=3"), Some(3));
        assert_eq!(times_a_week("RRULE:FREQ=DAILY"), None);
        assert_eq!(times_a_week("TT_TIMES=x"), None);
    }
}
