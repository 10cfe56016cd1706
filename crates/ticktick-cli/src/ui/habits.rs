//! The last weeks of habits, with their streaks.

use std::collections::BTreeMap;

use anstyle::Style;
use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

use super::Look;
use super::agenda::week_of;
use super::line::{Line, sentence, wrapped};
use super::style::{BOLD, DIM, GREEN, PLAIN, RED, YELLOW};
use crate::text::{cut, width};

/// Shares of a goal, from small to nearly complete.
const PARTS: [char; 6] = ['▁', '▂', '▃', '▄', '▅', '▆'];
/// The width of a week, with the space after it.
const WEEK: usize = 8;
/// Maximum width of names.
const WIDEST_NAME: usize = 28;
/// Maximum number of weeks, even if there is room for more.
const MOST_WEEKS: usize = 12;
/// If there is room for fewer weeks, the streaks follow below.
const FEWEST_WEEKS: usize = 4;

/// A habit and its days.
#[derive(Clone, Debug, Default)]
pub(crate) struct Habit {
    pub(crate) name: String,
    /// The goal of a day with its unit, such as "5 km".
    pub(crate) goal: Option<String>,
    /// Days without an entry have no check-in.
    pub(crate) days: BTreeMap<Date, Day>,
    pub(crate) streak: usize,
    pub(crate) best: usize,
    /// The share of due days that were done, from 0 to 1.
    pub(crate) rate: Option<f64>,
    /// How often it was done and is due this week, for a habit that is due a number of times a week.
    pub(crate) week: Option<(usize, usize)>,
}

/// The result of a day.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Day {
    Done,
    /// A share of the goal, from 0 to 1.
    Part(f64),
    /// Marked as not done.
    Undone,
    /// Not due.
    Off,
}

impl Habit {
    fn label(&self) -> String {
        match &self.goal {
            Some(goal) => format!("{} ({goal})", self.name),
            None => self.name.clone(),
        }
    }

    fn summary(&self) -> String {
        let mut words = Vec::new();
        words.extend(self.week.map(|(done, due)| format!("{done} of {due} this week")));
        words.push(match (self.streak, self.week) {
            (0, _) => "no streak".into(),
            (streak, None) => format!("{streak}-day streak"),
            (streak, Some(_)) => format!("streak {streak}"),
        });
        words.extend((self.best > self.streak).then(|| format!("best {}", self.best)));
        words.extend(self.rate.map(percent));
        words.join(", ")
    }

    fn cell(&self, day: Date, first: Date, today: Date) -> (char, Style) {
        match self.days.get(&day) {
            _ if day > today || day < first => (' ', DIM),
            Some(Day::Done) => ('▇', GREEN),
            Some(Day::Part(share)) => {
                let at = (share.clamp(0.0, 1.0) * PARTS.len() as f64) as usize;
                (PARTS[at.min(PARTS.len() - 1)], YELLOW)
            }
            Some(Day::Undone) => ('×', RED),
            Some(Day::Off) => (' ', DIM),
            None => ('·', DIM),
        }
    }
}

/// Formats a share as a percentage.
pub(crate) fn percent(share: f64) -> String {
    format!("{:.0} %", share * 100.0)
}

/// Which weeks to draw.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Weeks {
    pub(crate) today: Date,
    pub(crate) starts_on: Weekday,
    /// As many as fit if it is `None`.
    pub(crate) count: Option<usize>,
}

impl Weeks {
    /// Returns the number of weeks since the first day that has anything to show.
    fn since(self, habits: &[Habit]) -> usize {
        let days = habits.iter().flat_map(|habit| &habit.days).filter(|(_, day)| **day != Day::Off);
        let first = days.map(|(day, _)| *day).min().unwrap_or(self.today);
        let weeks = (week_of(self.today, self.starts_on) - week_of(first, self.starts_on)).get_days() / 7 + 1;
        usize::try_from(weeks).unwrap_or(1)
    }
}

/// Draws the last weeks of habits.
pub(crate) fn calendar(habits: &[Habit], weeks: Weeks, look: Look) -> Vec<Line> {
    if look.accessible {
        return habits.iter().flat_map(|habit| in_words(habit, weeks, look)).collect();
    }
    let name = habits.iter().map(|habit| width(&habit.label())).max().unwrap_or(0).min(WIDEST_NAME.min(look.width / 3));
    let summary = habits.iter().map(|habit| width(&habit.summary())).max().unwrap_or(0);
    let lead = 1 + name + 2;
    // Weeks before the first check-in contain nothing.
    let begun = weeks.since(habits);
    let beside = look.width.saturating_sub(lead + 2 + summary) / WEEK;
    let alone = (look.width.saturating_sub(lead) / WEEK).max(1);
    // The summaries follow below if the weeks would not fit beside them.
    let below = beside < weeks.count.unwrap_or(FEWEST_WEEKS.min(begun)).clamp(1, alone);
    let count = weeks.count.unwrap_or(if below { alone } else { beside }.min(MOST_WEEKS).min(begun));
    let count = count.clamp(1, if below { alone } else { beside.max(1) });
    let this = week_of(weeks.today, weeks.starts_on);
    let starts: Vec<Date> =
        (0..count).rev().filter_map(|back| this.checked_sub(i64::try_from(back).ok()?.weeks()).ok()).collect();
    let mut lines = vec![Line::new().pad(lead).then(months(&starts))];
    for habit in habits {
        let label = Line::new().text(" ").text(cut(&habit.label(), name.max(1))).pad(lead);
        let cells = starts.iter().fold(label, |line, week| row(line, habit, *week, starts[0], weeks.today));
        if below {
            lines.push(cells);
            let summary = wrapped(&habit.summary(), look.width.saturating_sub(lead)).into_iter();
            lines.extend(summary.map(|line| Line::new().pad(lead).styled(line, DIM)));
        } else {
            lines.push(cells.pad(lead + count * WEEK + 2).text(habit.summary()));
        }
    }
    lines.into_iter().map(|line| line.fit(look.width)).collect()
}

/// Explains the blocks.
pub(crate) fn legend(look: Look) -> Option<Line> {
    let line = Line::new().styled(" ▇", GREEN).styled(" done  ", DIM).styled("▃", YELLOW).styled(" in part  ", DIM);
    let line = line.styled("·", DIM).styled(" no check-in  ", DIM).styled("×", RED).styled(" not done", DIM);
    (!look.accessible && line.width() <= look.width).then_some(line)
}

/// Labels each week in which a month begins.
fn months(starts: &[Date]) -> Line {
    let mut line = Line::new();
    let mut last = None;
    for (at, week) in starts.iter().enumerate() {
        let month = week.checked_add(6.days()).unwrap_or(*week).strftime("%b").to_string();
        if last.as_ref() != Some(&month) {
            line = line.pad(at * WEEK).styled(&month, BOLD);
            last = Some(month);
        }
    }
    line
}

/// Adds a week. Days with the same style share their escape codes.
fn row(line: Line, habit: &Habit, week: Date, first: Date, today: Date) -> Line {
    let cells = (0..7).filter_map(|at| week.checked_add(at.days()).ok());
    let mut line = line;
    let mut run: Option<(String, Style)> = None;
    for (glyph, style) in cells.map(|day| habit.cell(day, first, today)) {
        run = match run {
            Some((text, same)) if same == style => Some((text + &glyph.to_string(), same)),
            other => {
                line = other.into_iter().fold(line, |line, (text, style)| line.styled(text, style));
                Some((glyph.to_string(), style))
            }
        };
    }
    run.into_iter().fold(line, |line, (text, style)| line.styled(text, style)).text(" ")
}

fn in_words(habit: &Habit, weeks: Weeks, look: Look) -> Vec<Line> {
    let mut lines = sentence(&format!("{}: {}", habit.label(), habit.summary()), PLAIN, look.width);
    let count = i64::try_from(weeks.count.unwrap_or(1).max(1)).unwrap_or(1);
    let this = week_of(weeks.today, weeks.starts_on);
    for back in (0..count).rev() {
        let Ok(week) = this.checked_sub(back.weeks()) else { continue };
        let days = (0..7).filter_map(|at| week.checked_add(at.days()).ok()).filter(|day| *day <= weeks.today);
        let word = |day: Date| {
            let what = match habit.days.get(&day) {
                Some(Day::Done) => "done".to_owned(),
                Some(Day::Part(share)) => percent(*share),
                Some(Day::Undone) => "not done".into(),
                Some(Day::Off) => return None,
                None => "no check-in".into(),
            };
            Some(format!("{} {what}", day.strftime("%a")))
        };
        let said = days.filter_map(word).collect::<Vec<_>>().join(", ");
        lines.extend(sentence(&format!("- week of {}: {said}", week.strftime("%-d %b")), PLAIN, look.width));
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::super::line::rendered;
    use super::super::tests::golden;
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;

    const TODAY: Date = date(2026, 11, 26);

    fn two() -> Vec<Habit> {
        let days = |of: fn(i32) -> Option<Day>| {
            (0..200).filter_map(|back| Some((TODAY.checked_sub(back.days()).ok()?, of(back)?))).collect()
        };
        let read = days(|back| (back % 11 != 10).then_some(Day::Done));
        let run = days(|back| match back % 7 {
            0 => Some(Day::Part(0.4)),
            2 | 5 => Some(Day::Done),
            4 => Some(Day::Undone),
            3 => Some(Day::Off),
            _ => None,
        });
        vec![
            Habit { name: "Read".into(), days: read, streak: 10, best: 31, rate: Some(0.917), ..Habit::default() },
            Habit {
                name: "跑步 🏃‍♀️".into(),
                goal: Some("5 km".into()),
                days: run,
                week: Some((3, 3)),
                streak: 4,
                best: 4,
                rate: None,
            },
            Habit { name: "A new one".into(), ..Habit::default() },
        ]
    }

    fn drawn(width: usize, count: Option<usize>, accessible: bool) -> String {
        let weeks = Weeks { today: TODAY, starts_on: Weekday::Monday, count };
        let mut lines = calendar(&two(), weeks, Look { width, accessible });
        lines.extend(legend(Look { width, accessible }));
        anstream::adapter::strip_str(&rendered(&lines).join("\n")).to_string()
    }

    #[test]
    fn weeks_have_their_months_and_streaks() {
        golden("habits-80", &drawn(80, None, false));
        golden("habits-120", &drawn(120, Some(8), false));
    }

    #[test]
    fn streaks_follow_below_if_the_weeks_need_the_width() {
        golden("habits-below", &drawn(80, Some(8), false));
        golden("habits-40", &drawn(40, Some(8), false));
    }

    #[test]
    fn habits_can_be_read_aloud() {
        golden("habits-accessible", &drawn(120, Some(2), true));
    }

    #[test]
    fn shares_have_heights() {
        let habit = |share| Habit { days: [(TODAY, Day::Part(share))].into(), ..Habit::default() };
        let glyph = |share| habit(share).cell(TODAY, TODAY, TODAY).0;
        assert_eq!([0.0, 0.5, 0.99, 7.0, f64::NAN].map(glyph), ['▁', '▄', '▆', '▆', '▁']);
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn no_line_is_wider_than_the_terminal(
            name in ".{0,40}", width in 20_usize..130, count in prop::option::of(0_usize..60), accessible: bool
        ) {
            let mut habits = two();
            habits[0].name.clone_from(&name);
            habits[1].goal = Some(name);
            let weeks = Weeks { today: TODAY, starts_on: Weekday::Sunday, count };
            for line in calendar(&habits, weeks, Look { width, accessible }) {
                prop_assert!(crate::text::width(&anstream::adapter::strip_str(&line.to_string()).to_string()) <= width);
            }
        }
    }
}
