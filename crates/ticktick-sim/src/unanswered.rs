//! Resources without an answer of their own: every operation of theirs says 501.

use crate::generated::{CalendarHandlers, FocusHandlers, HabitHandlers, OpenHandlers, StatisticsHandlers};
use crate::state::State;

impl CalendarHandlers for State {}
impl FocusHandlers for State {}
impl HabitHandlers for State {}
impl OpenHandlers for State {}
impl StatisticsHandlers for State {}
