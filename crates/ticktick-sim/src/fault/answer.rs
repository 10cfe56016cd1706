//! Responses to requests that are not carried out.

use jiff::{SignedDuration, Timestamp};

use crate::exchange::refusal::{Answer, Refusal};
use crate::exchange::reply::{Lost, Reply, http_date};
use crate::fault::engine::Plan;
use crate::generated::faults::{Fault, RetryAfter};

/// The HTML page of a web server in front of the service.
const PAGE: &str = "<!doctype html><html lang=\"en\"><head><title>We will be back soon</title></head>\
                    <body><h1>We will be back soon</h1></body></html>";

impl Plan {
    /// Returns the response if the request must not be carried out.
    pub(crate) fn instead(&self, now: Timestamp) -> Option<Answer> {
        let reply = match self.fault.as_ref()? {
            Fault::Status { status, headers, body } => {
                let reply = Reply { body: body.clone().into(), ..Reply::empty() }.with_status((*status).into());
                headers.iter().fold(reply, |reply, (name, value)| reply.with_header(name.clone(), value))
            }
            Fault::TooManyRequests { retry_after } => too_many(*retry_after, now),
            Fault::RateLimit { .. } => return Some(Err(Refusal::new(500, "exceed_query_limit"))),
            Fault::TooBusy => return Some(Err(Refusal::new(500, "too_busy"))),
            Fault::Reset => Reply::empty().lost(Lost::Unheard),
            Fault::Html => {
                Reply { body: PAGE.into(), ..Reply::empty() }.with_header("Content-Type", "text/html;charset=utf-8")
            }
            _ => return None,
        };
        Some(Ok(reply))
    }

    /// Returns `true` if the session of the request ends before it is checked.
    pub(crate) fn ends_session(&self) -> bool {
        self.fault == Some(Fault::ExpireSession)
    }
}

fn too_many(retry_after: RetryAfter, now: Timestamp) -> Reply {
    let reply = Reply::empty().with_status(429);
    match retry_after {
        RetryAfter::None => reply,
        RetryAfter::Seconds(seconds) => reply.with_header("Retry-After", seconds.to_string()),
        RetryAfter::Date(seconds) => {
            let then = now.checked_add(SignedDuration::from_secs(seconds.into())).unwrap_or(Timestamp::MAX);
            reply.with_header("Retry-After", http_date(then))
        }
    }
}
