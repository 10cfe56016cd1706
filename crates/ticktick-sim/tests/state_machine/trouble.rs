//! Faults of calls, and their effects on a device and the plain model.

use ticktick_raw::Error;
use ticktick_sim::{Fault, RetryAfter};

use crate::plain::Action;

/// A fault of one call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Trouble {
    Reset,
    LoseAnswer,
    TooBusy,
    TooManyRequests,
    Truncate,
    BreakBody,
    Double,
    Html,
    GzipDamage,
}

impl Trouble {
    pub(crate) const ALL: &[Self] = &[
        Self::Reset,
        Self::LoseAnswer,
        Self::TooBusy,
        Self::TooManyRequests,
        Self::Truncate,
        Self::BreakBody,
        Self::Double,
        Self::Html,
        Self::GzipDamage,
    ];

    pub(crate) fn fault(self) -> Fault {
        match self {
            Self::Reset => Fault::Reset,
            Self::LoseAnswer => Fault::LoseAnswer,
            Self::TooBusy => Fault::TooBusy,
            Self::TooManyRequests => Fault::TooManyRequests { retry_after: RetryAfter::Seconds(30) },
            Self::Truncate => Fault::Truncate,
            Self::BreakBody => Fault::BreakBody,
            Self::Double => Fault::Double,
            Self::Html => Fault::Html,
            Self::GzipDamage => Fault::GzipDamage,
        }
    }

    /// Returns whether the service carries out the call nevertheless.
    pub(crate) fn is_carried_out(self) -> bool {
        !matches!(self, Self::Reset | Self::TooBusy | Self::TooManyRequests | Self::Html)
    }

    /// Returns whether the device notices nothing, because a response without a body cannot be damaged.
    pub(crate) fn spares(self, action: &Action) -> bool {
        let is_empty = matches!(action, Action::DeleteProject { .. } | Action::RenameTag { .. });
        is_empty && matches!(self, Self::Truncate | Self::Double)
    }

    /// Returns whether this trouble can cause the error.
    pub(crate) fn explains(self, error: &Error) -> bool {
        match self {
            Self::Reset | Self::LoseAnswer | Self::BreakBody | Self::GzipDamage => matches!(error, Error::Send { .. }),
            Self::TooBusy => matches!(error, Error::Api(refusal) if refusal.status == 500),
            Self::TooManyRequests => matches!(error, Error::Api(refusal) if refusal.status == 429),
            Self::Html => matches!(error, Error::Api(refusal) if refusal.status == 200),
            // A refusal remains one, and a body that ends too early is a truncated response.
            Self::Truncate | Self::Double => {
                matches!(error, Error::Decode { .. } | Error::Api(_) | Error::Send { .. })
            }
        }
    }
}
