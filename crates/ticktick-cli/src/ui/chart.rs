//! Bars and sparklines.

use anstyle::Style;

use super::Look;
use super::line::{Line, sentence};
use super::span::{difference, length};
use super::style::{BOLD, DIM, GREEN, PLAIN, RED};
use crate::text::{cut, width};

/// Heights of a sparkline. Zero is a dot, so that small values differ from it.
const HEIGHTS: [char; 7] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇'];
const NOTHING: char = '·';
/// Eighths of a column of a bar.
const EIGHTHS: [&str; 8] = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];
const LONGEST_BAR: usize = 48;
/// The width of a week in a sparkline, with the space after it.
const WEEK: usize = 8;

/// The unit of numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unit {
    Count,
    /// A length of time.
    Seconds,
}

impl Unit {
    /// Formats a value.
    pub(crate) fn show(self, value: u64) -> String {
        match self {
            Self::Count => value.to_string(),
            Self::Seconds => length(value),
        }
    }

    fn change(self, now: u64, before: u64) -> String {
        match self {
            Self::Count if now < before => format!("-{}", before - now),
            Self::Count => format!("+{}", now - before),
            Self::Seconds => difference(now, before),
        }
    }
}

/// A number by day, in weeks.
#[derive(Clone, Debug)]
pub(crate) struct Trend {
    pub(crate) label: String,
    pub(crate) unit: Unit,
    /// Values by day. The last week is the current one and ends today.
    pub(crate) weeks: Vec<Vec<u64>>,
}

impl Trend {
    fn this_week(&self) -> u64 {
        self.weeks.last().into_iter().flatten().sum()
    }

    /// Sums the same days of the week before.
    fn week_before(&self) -> Option<u64> {
        let [.., before, this] = self.weeks.as_slice() else { return None };
        Some(before.iter().take(this.len()).sum())
    }

    fn today(&self) -> u64 {
        self.weeks.last().and_then(|week| week.last()).copied().unwrap_or(0)
    }

    fn in_words(&self) -> String {
        let now = self.this_week();
        let change = match self.week_before() {
            Some(before) if now < before => format!(", {} less than the week before", self.unit.show(before - now)),
            Some(before) if now > before => format!(", {} more than the week before", self.unit.show(now - before)),
            Some(_) => ", as much as the week before".into(),
            None => String::new(),
        };
        format!("{}: this week {}{change}, today {}", self.label, self.unit.show(now), self.unit.show(self.today()))
    }

    fn summary(&self) -> [Line; 2] {
        let now = self.this_week();
        let week = Line::new().text("this week ").styled(self.unit.show(now), BOLD);
        let week = match self.week_before() {
            Some(before) if before == now => week.styled(" (±0)", DIM),
            Some(before) => {
                let style = if now < before { RED } else { GREEN };
                week.styled(format!(" ({})", self.unit.change(now, before)), style)
            }
            None => week,
        };
        [week, Line::new().text("today ").styled(self.unit.show(self.today()), BOLD)]
    }
}

/// Draws values as a line of blocks, each as high as its share of the highest.
pub(crate) fn spark(values: &[u64], highest: u64) -> String {
    let height = |value: &u64| match value {
        0 => NOTHING,
        value => {
            let steps = HEIGHTS.len() as u64;
            let step = (u128::from(*value) * u128::from(steps)).div_ceil(u128::from(highest.max(1)));
            HEIGHTS[usize::try_from(step).unwrap_or(HEIGHTS.len()).clamp(1, HEIGHTS.len()) - 1]
        }
    };
    values.iter().map(height).collect()
}

/// Draws numbers by day, one below the other, with their totals.
pub(crate) fn trends(trends: &[Trend], look: Look) -> Vec<Line> {
    let label = trends.iter().map(|trend| width(&trend.label)).max().unwrap_or(0);
    let summaries: Vec<[Line; 2]> = trends.iter().map(Trend::summary).collect();
    let widest = |at: usize| summaries.iter().map(|summary| summary[at].width()).max().unwrap_or(0);
    let (first, second) = (widest(0), widest(1));
    let all = trends.iter().map(|trend| trend.weeks.len()).max().unwrap_or(0);
    let lead = 1 + label + 2;
    let behind = look.width.saturating_sub(lead + 2 + first + 3 + second) / WEEK;
    // The totals follow below if fewer than two weeks would fit beside them.
    let below = behind < all.min(2);
    let fitting = if below { look.width.saturating_sub(lead) / WEEK } else { behind };
    let weeks = fitting.clamp(1, all.max(1));
    let mut lines = Vec::new();
    for (trend, [week, today]) in trends.iter().zip(summaries) {
        let start = Line::new().text(" ").styled(&trend.label, BOLD).pad(lead);
        if look.accessible {
            lines.extend(sentence(&trend.in_words(), PLAIN, look.width));
            continue;
        }
        let line = start.then(sparks(trend, weeks));
        if below {
            lines.push(line);
            let lead = || Line::new().pad(lead);
            if lead().width() + week.width() + 3 + today.width() <= look.width {
                lines.push(lead().then(week).text(" · ").then(today));
            } else {
                lines.extend([lead().then(week), lead().then(today)]);
            }
        } else {
            let line = line.pad(lead + weeks * WEEK + 2).then(week);
            lines.push(line.pad(lead + weeks * WEEK + 2 + first + 3).then(today));
        }
    }
    lines.into_iter().map(|line| line.fit(look.width)).collect()
}

fn sparks(trend: &Trend, weeks: usize) -> Line {
    let shown = &trend.weeks[trend.weeks.len().saturating_sub(weeks)..];
    let highest = shown.iter().flatten().copied().max().unwrap_or(0);
    shown.iter().fold(Line::new(), |line, week| line.text(format!("{:7} ", spark(week, highest))))
}

/// A labelled number.
#[derive(Clone, Debug)]
pub(crate) struct Bar {
    pub(crate) label: String,
    pub(crate) value: u64,
    /// The value as text.
    pub(crate) shown: String,
    pub(crate) style: Style,
}

/// Draws numbers as bars below each other.
pub(crate) fn bars(bars: &[Bar], look: Look) -> Vec<Line> {
    let widest = |of: fn(&Bar) -> usize| bars.iter().map(of).max().unwrap_or(0);
    let label = widest(|bar| width(&bar.label)).min(look.width / 3);
    let shown = widest(|bar| width(&bar.shown));
    let room = look.width.saturating_sub(1 + label + 2 + 2 + shown).min(LONGEST_BAR);
    let highest = bars.iter().map(|bar| bar.value).max().unwrap_or(0);
    let line = |bar: &Bar| {
        if look.accessible {
            return sentence(&format!("{}: {}", bar.label, bar.shown), PLAIN, look.width);
        }
        let start = Line::new().text(" ").text(cut(&bar.label, label.max(1))).pad(1 + label + 2);
        let blanks = shown - width(&bar.shown);
        let number = Line::new().text(" ".repeat(blanks)).text(&bar.shown);
        let line = start.styled(block(bar.value, highest, room), bar.style).pad(1 + label + 2 + room + 2).then(number);
        vec![line.fit(look.width)]
    };
    bars.iter().flat_map(line).collect()
}

/// Returns a bar whose length is the share of the highest value. Small values remain visible.
fn block(value: u64, highest: u64, room: usize) -> String {
    let most = room as u128 * 8;
    let eighths = match u128::from(value) * most / u128::from(highest.max(1)) {
        0 if value > 0 && room > 0 => 1,
        eighths => eighths,
    };
    let (full, rest) = (usize::try_from(eighths / 8).unwrap_or(0), usize::try_from(eighths % 8).unwrap_or(0));
    "█".repeat(full) + EIGHTHS[rest]
}

#[cfg(test)]
mod tests {
    use super::super::line::rendered;
    use super::super::tests::golden;
    use super::*;
    use proptest::prelude::*;

    fn plain(lines: &[Line]) -> String {
        anstream::adapter::strip_str(&rendered(lines).join("\n")).to_string()
    }

    fn week() -> Vec<Trend> {
        let before = vec![2, 5, 9, 3, 0, 1, 4];
        vec![
            Trend { label: "Completed".into(), unit: Unit::Count, weeks: vec![before.clone(), vec![8, 9, 4]] },
            Trend {
                label: "Focus".into(),
                unit: Unit::Seconds,
                weeks: vec![before.iter().map(|hours| hours * 1800).collect(), vec![3600, 0, 3000]],
            },
        ]
    }

    #[test]
    fn trends_have_totals_and_the_change_since_the_week_before() {
        golden("trends-80", &plain(&trends(&week(), Look { width: 80, accessible: false })));
        golden("trends-120", &plain(&trends(&week(), Look { width: 120, accessible: false })));
    }

    #[test]
    fn totals_follow_below_in_a_narrow_terminal() {
        golden("trends-40", &plain(&trends(&week(), Look { width: 40, accessible: false })));
    }

    #[test]
    fn trends_can_be_read_aloud() {
        golden("trends-accessible", &plain(&trends(&week(), Look { width: 80, accessible: true })));
    }

    #[test]
    fn the_first_week_has_nothing_to_compare_with() {
        let one = [Trend { label: "Completed".into(), unit: Unit::Count, weeks: vec![vec![0]] }];
        golden("trend-first", &plain(&trends(&one, Look { width: 80, accessible: false })));
        assert!(trends(&[], Look { width: 80, accessible: false }).is_empty());
    }

    #[test]
    fn sparklines_tell_little_from_nothing() {
        assert_eq!(spark(&[0, 1, 50, 99, 100], 100), "·▁▄▇▇");
        assert_eq!(spark(&[u64::MAX, 1, 0], u64::MAX), "▇▁·");
        assert_eq!(spark(&[0], 0), "·");
    }

    fn projects() -> Vec<Bar> {
        [("🏡 Home", 12), ("A project with quite a long name", 7), ("日本", 1), ("Old", 0)]
            .map(|(label, value)| Bar { label: label.into(), value, shown: value.to_string(), style: PLAIN })
            .into()
    }

    #[test]
    fn bars_are_as_long_as_their_share() {
        golden("bars-80", &plain(&bars(&projects(), Look { width: 80, accessible: false })));
        golden("bars-40", &plain(&bars(&projects(), Look { width: 40, accessible: false })));
        golden("bars-accessible", &plain(&bars(&projects(), Look { width: 80, accessible: true })));
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn no_line_is_wider_than_the_terminal(
            rows in prop::collection::vec((".{0,40}", any::<u64>()), 0..9), width in 20_usize..130, accessible: bool
        ) {
            let look = Look { width, accessible };
            let all: Vec<Bar> = rows
                .iter()
                .map(|(label, value)| Bar { label: label.clone(), value: *value, shown: value.to_string(), style: PLAIN })
                .collect();
            let trend = |(label, value): &(String, u64)| Trend {
                label: label.clone(), unit: Unit::Seconds, weeks: vec![vec![*value / 99; 7]; 4]
            };
            let lines = bars(&all, look).into_iter().chain(trends(&rows.iter().map(trend).collect::<Vec<_>>(), look));
            for line in lines {
                prop_assert!(crate::text::width(&anstream::adapter::strip_str(&line.to_string()).to_string()) <= width);
            }
        }
    }
}
