//! Readings at run time.

use serde_json::json;

use crate::Reading;
use crate::server::testing::{Tester, tester_with};

/// The experiments of `ticktick-verify` prove the effect of each reading.
fn keeps_case(tester: &Tester) -> bool {
    tester.add(&json!({ "tags": ["Work"] }))["tags"][0] == "Work"
}

#[test]
fn readings_survive_a_reset_and_a_load() {
    let reading: Reading = "tag-case=kept".parse().unwrap();
    let tester = tester_with(|builder| builder.reading(reading));
    assert!(keeps_case(&tester));
    tester.service.load(&tester.service.dump()).unwrap();
    assert!(keeps_case(&tester));
    assert!(!keeps_case(&tester_with(|builder| builder)));
}
