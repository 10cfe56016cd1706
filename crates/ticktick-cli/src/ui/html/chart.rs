//! Charts with an axis of days, and bars with labels.

use std::fmt::Write;

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

use super::text::{at, escaped};
use crate::text::cut;
use crate::ui::agenda::week_of;
use crate::ui::chart::Unit;

const WIDTH: f64 = 720.0;
/// The space of the labels of the vertical axis.
const LEFT: f64 = 52.0;
const TOP: f64 = 10.0;
const HEIGHT: f64 = 160.0;
/// Longer periods are drawn by week.
const MOST_DAYS: usize = 62;
/// The height of a labelled bar.
const ROW: f64 = 26.0;
/// The space of the labels of bars, and how many letters fit.
const LABELS: f64 = 220.0;
const LETTERS: usize = 28;

/// Numbers the charts of a page, because their titles need ids.
#[derive(Debug, Default)]
pub(super) struct Charts(usize);

impl Charts {
    /// Opens a chart with a title and a description.
    ///
    /// A scale fixes its size; otherwise, the chart is as wide as the page.
    pub(super) fn open(&mut self, class: &str, size: (f64, f64), scale: Option<f64>, texts: (&str, &str)) -> String {
        self.0 += 1;
        let (id, width, height) = (self.0, at(size.0), at(size.1));
        let fixed = scale.map(|scale| format!(" width=\"{}\" height=\"{}\"", at(size.0 * scale), at(size.1 * scale)));
        let (fixed, title, about) = (fixed.unwrap_or_default(), escaped(texts.0), escaped(texts.1));
        format!(
            "<div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-label=\"{title}\">\n\
             <svg class=\"{class}\" viewBox=\"0 0 {width} {height}\"{fixed} role=\"img\" aria-labelledby=\"t{id} d{id}\">\n\
             <title id=\"t{id}\">{title}</title>\n<desc id=\"d{id}\">{about}</desc>\n"
        )
    }
}

pub(super) const CLOSE: &str = "</svg>\n</div>\n";

/// The data of a chart.
pub(super) struct Series<'a> {
    pub(super) title: &'a str,
    /// The class of its color.
    pub(super) class: &'a str,
    pub(super) unit: Unit,
    /// The unit, such as "tasks".
    pub(super) noun: &'a str,
}

impl Series<'_> {
    fn show(&self, value: u64) -> String {
        match self.unit {
            Unit::Count => format!("{value} {}", if value == 1 { self.noun.trim_end_matches('s') } else { self.noun }),
            Unit::Seconds => self.unit.show(value),
        }
    }
}

/// A column of a chart: its first day, its name, and its value.
struct Column {
    start: Date,
    name: String,
    value: u64,
}

/// Draws a number by day, or by week if there are many days.
pub(super) fn columns(charts: &mut Charts, series: &Series<'_>, days: &[(Date, u64)], starts_on: Weekday) -> String {
    let columns = grouped(days, starts_on);
    let highest = columns.iter().map(|column| column.value).max().unwrap_or(0);
    let top = round_up(highest, series.unit);
    let about = match columns.iter().max_by_key(|column| column.value).filter(|column| column.value > 0) {
        Some(most) => format!("Most: {} ({}).", series.show(most.value), most.name),
        None => format!("No {} in this time.", series.noun),
    };
    let mut out = charts.open("columns", (WIDTH, TOP + HEIGHT + 26.0), None, (series.title, &about));
    grid(&mut out, top, series.unit);
    let step = (WIDTH - LEFT) / columns.len().max(1) as f64;
    let gap = (step * 0.25).min(8.0);
    for (place, column) in columns.iter().enumerate() {
        let height = column.value as f64 / top as f64 * HEIGHT;
        let (x, y) = (LEFT + place as f64 * step + gap / 2.0, TOP + HEIGHT - height);
        // A column without height still has a tooltip.
        let _ = writeln!(
            out,
            "<rect class=\"{}\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"{}\"><title>{}: {}</title></rect>",
            series.class,
            at(x),
            at(y),
            at((step - gap).max(0.5)),
            at(height),
            at((step - gap).clamp(0.0, 4.0) / 2.0),
            escaped(&column.name),
            escaped(&series.show(column.value)),
        );
    }
    dates(&mut out, &columns, step);
    out + CLOSE
}

/// Sums days by week if there are many.
fn grouped(days: &[(Date, u64)], starts_on: Weekday) -> Vec<Column> {
    let by_week = days.len() > MOST_DAYS;
    let mut columns: Vec<Column> = Vec::new();
    for (day, value) in days {
        let start = if by_week { week_of(*day, starts_on) } else { *day };
        match columns.last_mut().filter(|column| column.start == start) {
            Some(column) => column.value += value,
            None => {
                let week = if by_week { "week of " } else { "" };
                let name = format!("{week}{}", start.strftime("%a %-d %b %Y"));
                columns.push(Column { start, name, value: *value });
            }
        }
    }
    columns
}

/// Returns the end of an axis: round, and at least as high as the highest value.
fn round_up(highest: u64, unit: Unit) -> u64 {
    let base = match unit {
        Unit::Count => 1,
        // Axes of time end at whole half hours.
        Unit::Seconds => 1_800,
    };
    let steps = highest.div_ceil(base).max(1);
    let mut scale: u64 = 1;
    loop {
        for factor in [2, 4, 6, 8, 10] {
            let top = scale.saturating_mul(factor);
            if top >= steps || top == u64::MAX {
                return top.saturating_mul(base);
            }
        }
        scale = scale.saturating_mul(10);
    }
}

fn grid(out: &mut String, top: u64, unit: Unit) {
    for half in 0..=2 {
        let y = TOP + HEIGHT - HEIGHT / 2.0 * half as f64;
        let value = if half == 0 { "0".into() } else { unit.show(top / 2 * half) };
        let _ = writeln!(out, "<line class=\"grid\" x1=\"{}\" y1=\"{y}\" x2=\"{WIDTH}\" y2=\"{y}\"/>", at(LEFT));
        let _ =
            writeln!(out, "<text x=\"{}\" y=\"{}\" text-anchor=\"end\">{value}</text>", at(LEFT - 8.0), at(y + 4.0));
    }
}

/// Labels some columns with their dates.
fn dates(out: &mut String, columns: &[Column], step: f64) {
    let every = (62.0 / step).ceil().max(1.0) as usize;
    // Counts from the end, so that today has a label; a label at the edge would be cut off.
    for (place, column) in
        columns.iter().enumerate().filter(|(place, _)| (columns.len() - 1 - place).is_multiple_of(every))
    {
        let x = LEFT + (place as f64 + 0.5) * step;
        let (x, anchor) = if x + 26.0 > WIDTH { (WIDTH, "end") } else { (x, "middle") };
        let day = column.start.strftime("%-d %b");
        let y = at(TOP + HEIGHT + 20.0);
        let _ = writeln!(out, "<text x=\"{}\" y=\"{y}\" text-anchor=\"{anchor}\">{day}</text>", at(x));
    }
}

/// Draws labelled bars.
pub(super) fn bars(charts: &mut Charts, series: &Series<'_>, rows: &[(String, u64)]) -> String {
    let highest = rows.iter().map(|(_, value)| *value).max().unwrap_or(0).max(1);
    let about = rows.first().map(|(name, value)| format!("Most: {} ({name}).", series.show(*value)));
    let size = (WIDTH, rows.len() as f64 * ROW);
    let mut out = charts.open("bars", size, None, (series.title, &about.unwrap_or_default()));
    let room = WIDTH - LABELS - 80.0;
    for (place, (name, value)) in rows.iter().enumerate() {
        let y = place as f64 * ROW;
        let long = *value as f64 / highest as f64 * room;
        let (base, shown) = (at(y + 17.0), escaped(&series.show(*value)));
        let (label, name) = (escaped(&cut(name, LETTERS)), escaped(name));
        let _ = writeln!(
            out,
            "<g><title>{name}: {shown}</title><text class=\"label\" x=\"{}\" y=\"{base}\" text-anchor=\"end\">{label}</text>\
             <rect class=\"{}\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"16\" rx=\"2\"/>\
             <text class=\"value\" x=\"{}\" y=\"{base}\">{}</text></g>",
            at(LABELS - 10.0),
            series.class,
            at(LABELS),
            at(y + 5.0),
            at(long.max(1.0)),
            at(LABELS + long.max(1.0) + 8.0),
            escaped(&series.unit.show(*value)),
        );
    }
    out + CLOSE
}

/// Returns each day of a period with its value.
pub(super) fn filled(first: Date, last: Date, value: impl Fn(Date) -> u64) -> Vec<(Date, u64)> {
    let days = std::iter::successors(Some(first), |day| day.checked_add(1.day()).ok());
    days.take_while(|day| *day <= last).map(|day| (day, value(day))).collect()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn axes_end_at_round_numbers() {
        for (highest, top) in [(0, 2), (1, 2), (3, 4), (5, 6), (9, 10), (11, 20), (41, 60), (120, 200)] {
            assert_eq!(round_up(highest, Unit::Count), top, "{highest}");
        }
        assert_eq!(round_up(4_000, Unit::Seconds), 7_200);
        assert_eq!(round_up(u64::MAX, Unit::Count), u64::MAX);
    }

    #[test]
    fn many_days_are_drawn_by_week() {
        let days = filled(date(2026, 9, 1), date(2026, 11, 26), |_| 1);
        let weeks = grouped(&days, Weekday::Monday);
        assert_eq!((days.len(), weeks.len()), (87, 13));
        assert_eq!((weeks[0].value, weeks[1].value, weeks[0].name.as_str()), (6, 7, "week of Mon 31 Aug 2026"));
        assert_eq!(grouped(&days[..30], Weekday::Monday).len(), 30);
    }
}
