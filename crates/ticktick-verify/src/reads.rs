//! Calls everything that only reads.

use ticktick_raw::Operation;

use crate::generated::{READS, SKIPPED};
use crate::report::{Odd, OperationReport, Seen, anonymous};
use crate::run::{Answer, Event, Run, Stop};

impl Run<'_> {
    /// Calls every operation that only reads, and compares each answer with its model.
    ///
    /// # Errors
    ///
    /// If the session is over or the service cannot be reached.
    pub async fn reads(&mut self, mut on: impl FnMut(Event<'_>)) -> Result<Vec<OperationReport>, Stop> {
        let mut reports = Vec::new();
        for step in READS {
            let answer = self.call(step).await?;
            let seen = seen(step.operation, answer);
            on(Event::Read { operation: step.operation.id, seen: &seen });
            reports.push(OperationReport { id: step.operation.id.to_owned(), seen });
        }
        for (operation, why) in SKIPPED {
            let seen = Seen::NotTried { why: (*why).to_owned() };
            reports.push(OperationReport { id: operation.id.to_owned(), seen });
        }
        Ok(reports)
    }
}

fn seen(operation: &Operation, answer: Answer) -> Seen {
    match answer {
        Answer::Body(body) => compared(operation, &body),
        Answer::Refused { status, code } => Seen::Refused { status, code },
        Answer::Failed(what) => Seen::Failed { what: what.to_owned() },
        Answer::Missing(name) => Seen::NotTried { why: format!("the account has no {name}") },
    }
}

fn compared(operation: &Operation, body: &[u8]) -> Seen {
    if operation.returns.empty && body.trim_ascii().is_empty() {
        return Seen::Fits;
    }
    let check = (operation.returns.check)(body);
    let mut unknown: Vec<String> = check.unknown.iter().map(|path| anonymous(path)).collect();
    unknown.sort();
    unknown.dedup();
    let mut odd: Vec<Odd> = Vec::new();
    if let Some(error) = &check.error {
        let path = error.split(": ").next().unwrap_or("$");
        odd.push(Odd {
            path: anonymous(path),
            expected: operation.returns.name.to_owned(),
            found: "other".to_owned(),
            count: 1,
        });
    }
    if unknown.is_empty() && odd.is_empty() { Seen::Fits } else { Seen::Differs { unknown, odd } }
}
