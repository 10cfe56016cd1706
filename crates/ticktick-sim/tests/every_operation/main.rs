//! Calls every operation of the contract at least once in the life of an account, and checks the responses against the
//! contract.
//!
//! `life.json` describes this life: the calls in their order, each with its body. Parameters come from the
//! step (`with`) or from the table at its top, there by name and kind (`from:day-stamp`) or by name. A step with
//! `refused` says why the service may refuse the call for this account.
#![allow(clippy::unwrap_used)]

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;
use ticktick_models::FixedClock;
use ticktick_raw::{Auth, BodyKind, Call, FileUpload, Level, OPERATIONS, Operation, Param, Place, Response};
use ticktick_sim::{DEMO_USER, Service, Simulator};

/// A token of the official API.
const API_TOKEN: &str = "api-token-of-the-contract-test";

#[derive(Deserialize)]
struct Life {
    params: BTreeMap<String, String>,
    steps: Vec<Step>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Step {
    call: String,
    #[serde(default)]
    with: BTreeMap<String, String>,
    body: Option<Box<RawValue>>,
    /// Why the call may be refused.
    refused: Option<String>,
}

fn life() -> Life {
    serde_json::from_str(include_str!("life.json")).unwrap()
}

fn service() -> Service {
    let noon = "2026-07-01T12:00:00Z".parse().unwrap();
    Simulator::builder()
        .demo()
        .api_token(DEMO_USER, API_TOKEN)
        .oauth_client("an-app", "a-secret", "http://localhost:8000/")
        .clock(FixedClock(noon))
        .build()
}

impl Life {
    fn call(&self, step: &Step, operation: &'static Operation) -> Result<Call, String> {
        let mut call = Call::new(operation);
        for param in operation.params.iter().filter(|param| param.required || step.with.contains_key(param.name)) {
            let value = self.value(step, param).ok_or(format!("no value for the parameter `{}`", param.name))?;
            call = match param.place {
                Place::Path => call.path(param.name, value),
                Place::Query => call.query(param.name, value),
                _ => call.header(param.name, value),
            };
        }
        if operation.auth == Auth::Bearer {
            call = call.header("Authorization", &format!("Bearer {API_TOKEN}"));
        }
        let Some(body) = operation.body else { return Ok(call) };
        if let BodyKind::Multipart(_) = body.kind {
            return Ok(call.file(FileUpload::new("note.txt", "text/plain", b"A note.".to_vec())));
        }
        let text = step.body.as_ref().ok_or("no body")?.get();
        let check = (body.check)(text.as_bytes());
        if !check.decodes || !check.unknown.is_empty() {
            return Err(format!("the body is no {}: {check:?}", body.name));
        }
        Ok(match body.kind {
            BodyKind::Form => call.form(&serde_json::from_str::<BTreeMap<String, String>>(text).unwrap()),
            _ => call.raw_body(text),
        })
    }

    fn value<'a>(&'a self, step: &'a Step, param: &Param) -> Option<&'a String> {
        let by_kind = format!("{}:{}", param.name, param.kind);
        step.with.get(param.name).or_else(|| self.params.get(&by_kind)).or_else(|| self.params.get(param.name))
    }
}

/// Describes what is wrong with a response.
fn fault(operation: &Operation, step: &Step, answer: &Response) -> Option<String> {
    let text = String::from_utf8_lossy(&answer.body);
    match answer.status {
        501 => return Some("is not answered".into()),
        200..=204 | 302 if operation.evidence.level == Level::Refused => return Some("is to be refused".into()),
        200..=204 | 302 => {}
        _ if operation.evidence.level == Level::Refused || step.refused.is_some() => return None,
        status => return Some(format!("{status}: {text}")),
    }
    if text.is_empty() && operation.returns.empty {
        return None;
    }
    // A 200 can contain a refusal.
    let value: Value = serde_json::from_str(&text).unwrap_or_default();
    if value.get("id2error").and_then(Value::as_object).is_some_and(|errors| !errors.is_empty()) {
        return Some(format!("refuses an item: {text}"));
    }
    let check = (operation.returns.check)(&answer.body);
    let is_sound = check.decodes && check.lossless && check.unknown.is_empty();
    (!is_sound).then(|| format!("answers no {}: {check:?}\n{text}", operation.returns.name))
}

#[tokio::test]
async fn every_operation_answers_as_the_contract_says() {
    let (sim, life) = (service(), life());
    let mut faults = Vec::new();
    for step in &life.steps {
        let operation = Operation::find(&step.call).unwrap_or_else(|| panic!("there is no {}", step.call));
        // Each step has its own session, because one of them signs out.
        let transport = sim.signed_on(DEMO_USER);
        let found = match life.call(step, operation) {
            Ok(call) => fault(operation, step, &call.send(&transport).await.unwrap()),
            Err(fault) => Some(fault),
        };
        faults.extend(found.map(|found| format!("{operation} {found}")));
    }
    assert!(faults.is_empty(), "{} faults\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn the_life_has_every_operation() {
    let life = life();
    let called: BTreeSet<&str> = life.steps.iter().map(|step| step.call.as_str()).collect();
    let missing: Vec<&str> =
        OPERATIONS.iter().map(|operation| operation.id).filter(|id| !called.contains(id)).collect();
    assert!(missing.is_empty(), "{missing:?}");
}
