//! Calls every operation that only reads.

use std::collections::BTreeSet;

use ticktick_raw::Operation;

use crate::fill;
use crate::generated::{READS, SKIPPED};
use crate::plan::Step;
use crate::report::{Odd, OperationReport, Seen, anonymous};
use crate::run::{Answer, Event, Run, Stop};

impl Run<'_> {
    /// Calls the selected read operations and compares each response with its model. Other operations whose
    /// responses they depend on are called too, but not reported.
    ///
    /// # Errors
    ///
    /// If the session has expired or the service cannot be reached.
    pub async fn reads(
        &mut self,
        wanted: impl Fn(&str) -> bool,
        mut on: impl FnMut(Event<'_>),
    ) -> Result<Vec<OperationReport>, Stop> {
        let names = self.names.clone();
        let mut reports = Vec::new();
        for step in needed(READS, &wanted) {
            let answer = self.call(step).await?;
            if !wanted(step.operation.id) {
                continue;
            }
            let seen = seen(step.operation, answer);
            on(Event::Read { operation: step.operation.id, seen: &seen });
            reports.push(OperationReport { id: step.operation.id.to_owned(), seen });
        }
        // The values learnt identify objects of the account, which experiments must not use.
        self.names = names;
        for (operation, why) in SKIPPED.iter().filter(|(operation, _)| wanted(operation.id)) {
            let seen = Seen::NotTried { why: (*why).to_owned() };
            reports.push(OperationReport { id: operation.id.to_owned(), seen });
        }
        Ok(reports)
    }
}

/// Returns the selected steps and those that they depend on, in order.
fn needed<'s>(steps: &'s [Step], wanted: &impl Fn(&str) -> bool) -> Vec<&'s Step> {
    let mut names = BTreeSet::new();
    let mut needed: Vec<&Step> = Vec::new();
    for step in steps.iter().rev() {
        if wanted(step.operation.id) || step.learn.iter().any(|(name, _)| names.contains(name)) {
            let texts = step.params.iter().map(|(_, value)| *value).chain(step.body);
            names.extend(texts.flat_map(fill::wanted));
            needed.push(step);
        }
    }
    needed.reverse();
    needed
}

fn seen(operation: &Operation, answer: Answer) -> Seen {
    match answer {
        Answer::Body(body) => compared(operation, &body),
        Answer::Refused { status, code } => Seen::Refused { status, code },
        Answer::Failed(what) => Seen::Failed { what },
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
    let mut odd = counted(&check.odd);
    if let Some(error) = check.error.as_ref().filter(|_| odd.is_empty()) {
        // Not even the whole has the right kind.
        let path = anonymous(error.split(": ").next().unwrap_or("$"));
        odd.push(Odd { path, expected: operation.returns.name.to_owned(), found: "other".to_owned(), count: 1 });
    }
    if unknown.is_empty() && odd.is_empty() { Seen::Fits } else { Seen::Differs { unknown, odd } }
}

/// Reads lines such as `$.update[*].status: string for integer`, and counts those that are equal.
fn counted(lines: &[String]) -> Vec<Odd> {
    let mut odd: Vec<Odd> = Vec::new();
    for line in lines {
        let Some((path, (found, expected))) =
            line.rsplit_once(": ").and_then(|(path, kinds)| Some((path, kinds.split_once(" for ")?)))
        else {
            continue;
        };
        let (path, found, expected) = (anonymous(path), found.to_owned(), expected.to_owned());
        match odd.iter_mut().find(|one| (&one.path, &one.found, &one.expected) == (&path, &found, &expected)) {
            Some(one) => one.count += 1,
            None => odd.push(Odd { path, expected, found, count: 1 }),
        }
    }
    odd
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn odd_members_are_reported_with_both_kinds() {
        let body =
            br#"[{"id":"a","name":1},{"id":"b","name":"x","closed":"secret"},{"id":"c","name":"x","closed":"no"}]"#;
        let Seen::Differs { odd, .. } = compared(&ticktick_raw::op::PROJECT_LIST, body) else { panic!("it differs") };
        let told: Vec<String> =
            odd.iter().map(|one| format!("{} {} {} {}", one.path, one.found, one.expected, one.count)).collect();
        assert_eq!(told, ["$[*].name integer string 1", "$[*].closed string boolean 2"]);
        let Seen::Differs { odd, .. } = compared(&ticktick_raw::op::PROJECT_LIST, b"{}") else { panic!("it differs") };
        assert_eq!(odd[0].path.as_str(), "$");
        assert_eq!(odd[0].expected.as_str(), "[Project]");
    }

    #[test]
    fn what_an_operation_needs_is_asked_for() {
        let ids = |wanted: &str| -> Vec<&str> {
            needed(READS, &|id: &str| id == wanted).iter().map(|step| step.operation.id).collect()
        };
        assert_eq!(ids("tag.list"), ["tag.list"]);
        assert_eq!(ids("task.get"), ["sync.check", "task.get"]);
        assert_eq!(ids("focus.by_task"), ["sync.check", "task.get", "focus.by_task"]);
        assert_eq!(needed(READS, &|_: &str| true).len(), READS.len());
    }
}
