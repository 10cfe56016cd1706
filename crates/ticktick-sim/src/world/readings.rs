//! Readings: the simulator's behavior on points where reports about the service disagree or are missing.
//!
//! Each point is tested by an experiment of `ticktick api verify --write`. The table is in `points.rs`, and
//! code that depends on a point calls [`Readings::has`].

mod points;

use std::fmt;
use std::str::FromStr;

use crate::world::near::nearest;
use crate::world::readings::points::{POINTS, Point, Side};

pub(crate) use points::Other;

/// One possible behavior of the service on a point where reports disagree or are missing.
///
/// A reading is named after the experiment that tests it and the verdict that the experiment reaches.
///
/// ```
/// use ticktick_sim::{Reading, Simulator};
///
/// let reading: Reading = "unpin-null=unpinned".parse()?;
/// assert_eq!(reading.about(), "a null `pinnedTime` also unpins a task");
/// let sim = Simulator::builder().demo().reading(reading).build();
/// # let _ = sim;
/// # Ok::<(), String>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Reading {
    point: usize,
    side: usize,
}

impl Reading {
    /// Returns all readings, grouped by experiment. The first one of each experiment is the default.
    pub fn all() -> impl Iterator<Item = Self> {
        let points = POINTS.iter().enumerate();
        points.flat_map(|(point, found)| (0..found.sides.len()).map(move |side| Self { point, side }))
    }

    /// Returns the id of the experiment that tests this reading.
    #[must_use]
    pub fn experiment(&self) -> &'static str {
        POINTS[self.point].experiment
    }

    /// Returns the verdict that the experiment reaches.
    #[must_use]
    pub fn verdict(&self) -> &'static str {
        self.stored().name
    }

    /// Returns a sentence on how the simulator behaves with this reading.
    #[must_use]
    pub fn about(&self) -> &'static str {
        self.stored().about
    }

    /// Returns `true` if the simulator behaves like this by default.
    #[must_use]
    pub fn is_default(&self) -> bool {
        self.side == 0
    }

    /// Returns `true` if this is a reading of the point that includes `other`.
    pub(crate) fn is_about(&self, other: Other) -> bool {
        POINTS[self.point].sides.iter().any(|side| side.other == Some(other))
    }

    fn stored(self) -> &'static Side {
        &POINTS[self.point].sides[self.side]
    }
}

impl fmt::Display for Reading {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}={}", self.experiment(), self.verdict())
    }
}

impl fmt::Debug for Reading {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for Reading {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::all().find(|reading| reading.to_string() == text).ok_or_else(|| {
            let experiment = text.split_once('=').map_or(text, |(experiment, _)| experiment);
            let near = nearest(experiment, POINTS.iter().map(|point| point.experiment));
            let known = POINTS.iter().filter(|point| near.first() == Some(&point.experiment)).map(sides);
            format!("unknown reading; expected EXPERIMENT=VERDICT, such as {}", known.collect::<String>())
        })
    }
}

/// Formats a point with all its sides: `unpin-null=pinned|unpinned`.
fn sides(point: &Point) -> String {
    let names: Vec<&str> = point.sides.iter().map(|side| side.name).collect();
    format!("{}={}", point.experiment, names.join("|"))
}

/// The selected side of each point; `None` for the default.
#[derive(Clone, Copy)]
pub(crate) struct Readings([Option<Other>; POINTS.len()]);

impl Default for Readings {
    fn default() -> Self {
        Self([None; POINTS.len()])
    }
}

impl Readings {
    /// Selects a reading.
    pub(crate) fn take(&mut self, reading: Reading) {
        self.0[reading.point] = reading.stored().other;
    }

    /// Selects a side that is not the default.
    pub(crate) fn take_other(&mut self, other: Other) {
        let found = Reading::all().find(|reading| reading.stored().other == Some(other));
        found.into_iter().for_each(|reading| self.take(reading));
    }

    /// Returns `true` if a side that is not the default is selected.
    pub(crate) fn has(&self, other: Other) -> bool {
        self.0.contains(&Some(other))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_and_refused() {
        for reading in Reading::all() {
            assert_eq!(reading.to_string().parse(), Ok(reading));
        }
        for text in ["unpin-null=maybe", "unpin-nul=pinned", "unpin-null"] {
            let error = text.parse::<Reading>().unwrap_err();
            assert!(error.ends_with("unpin-null=pinned|unpinned"), "{error}");
        }
    }

    #[test]
    fn the_last_reading_of_a_point_counts() {
        let mut readings = Readings::default();
        for (text, has) in [("tag-case=lower", false), ("tag-case=kept", true), ("tag-case=lower", false)] {
            readings.take(text.parse().unwrap());
            assert_eq!(readings.has(Other::TagKeepsCase), has, "{text}");
        }
    }
}
