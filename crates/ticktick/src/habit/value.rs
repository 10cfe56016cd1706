//! Values of habits that drafts, patches and checked writes share.

use jiff::civil::Time;

use crate::Error;

/// Section id of a habit without a section.
pub(super) const NO_SECTION: &str = "-1";

/// Formats the time of a reminder as `HH:MM`.
pub(super) fn reminder(time: Time) -> String {
    format!("{:02}:{:02}", time.hour(), time.minute())
}

/// Rejects a goal that can never or always be reached, and a negative step.
pub(super) fn check_amounts(goal: f64, step: f64) -> Result<(), Error> {
    if !goal.is_finite() || goal <= 0.0 {
        return Err(Error::invalid_input(format!("invalid goal {goal}\nhint: use an amount above 0")));
    }
    if step.is_finite() && step >= 0.0 {
        Ok(())
    } else {
        Err(Error::invalid_input(format!("invalid step {step}\nhint: use a positive amount, or 0 to type amounts in")))
    }
}
