//! Values of habits that drafts, patches and checked writes share.

use jiff::civil::Time;

use crate::Error;

/// Section id of a habit without a section.
pub(super) const NO_SECTION: &str = "-1";

/// The largest amount of a habit: of a check-in, a goal or a step. The limit of the service is not known.
pub const MAX_AMOUNT: f64 = 1e9;

/// Formats the time of a reminder as `HH:MM`.
pub(super) fn reminder(time: Time) -> String {
    format!("{:02}:{:02}", time.hour(), time.minute())
}

/// Rejects a goal that can never or always be reached, a negative step, and amounts above [`MAX_AMOUNT`].
pub(super) fn check_amounts(goal: f64, step: f64) -> Result<(), Error> {
    if goal == 0.0 || !is_amount(goal) {
        let hint = format!("use an amount above 0, at most {MAX_AMOUNT}");
        return Err(Error::invalid_input(format!("invalid goal {goal:?}\nhint: {hint}")));
    }
    if is_amount(step) {
        Ok(())
    } else {
        let hint = format!("use a positive amount, at most {MAX_AMOUNT}, or 0 to type amounts in");
        Err(Error::invalid_input(format!("invalid step {step:?}\nhint: {hint}")))
    }
}

/// Returns whether a number is from 0 to [`MAX_AMOUNT`].
pub(super) fn is_amount(number: f64) -> bool {
    (0.0..=MAX_AMOUNT).contains(&number)
}
