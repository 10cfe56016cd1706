//! Ranges of days in the path of a call.

use jiff::civil::Date;
use ticktick_models::DayStamp;

use crate::exchange::call::Call;
use crate::exchange::refusal::Refusal;
use crate::world::day::{days_between, plus};

/// Maximum number of days in a range. The limit of the service is not recorded.
const MOST_DAYS: i64 = 3_700;

/// Reads the days from `from` to `to` in the path, including both.
pub(crate) fn range(call: &Call) -> Result<Vec<Date>, Refusal> {
    let day = |name| call.path(name).parse().ok().and_then(|stamp| DayStamp(stamp).date());
    let (Some(from), Some(to)) = (day("from"), day("to")) else { return Err(Refusal::senseless()) };
    let last = days_between(from, to);
    if last > MOST_DAYS { Err(Refusal::senseless()) } else { Ok((0..=last).map(|days| plus(from, days)).collect()) }
}
