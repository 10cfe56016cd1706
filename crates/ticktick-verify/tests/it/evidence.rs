//! `xtask/tests/evidence/report.json` is the report of a real run. `SNAPSHOTS=overwrite` rewrites it.
//!
//! The tests of `cargo xtask evidence add` merge that file into a copy of `spec/`.

use std::path::Path;

use serde_json::json;
use snapbox::{Assert, Data};
use ticktick_raw::{Call, op};
use ticktick_sim::{Fault, Plan};
use ticktick_verify::{EXPERIMENTS, Report, ReportRegion};

use crate::support::{USER, account, begin};

/// The read calls: responses that match, that do not, refusals for two reasons, lost responses, and a skipped call.
const READS: [&str; 6] = ["sync.check", "project.get", "project.users", "tag.list", "task.activity", "user.export"];

/// The experiments, one for each effect on a quirk. The list is fixed, so that new experiments do not change the report.
const TRIED: [&str; 4] = ["unpin-null", "tag-rename-collision", "item-status-two", "stale-etag"];

/// Behavior of the service that its quirks contradict or leave open.
const READINGS: [&str; 3] = ["project-get=refused", "tag-rename-collision=merged", "item-status-two=one"];

#[tokio::test]
async fn the_report_that_xtask_merges_comes_from_a_run() {
    let service = account(|builder| {
        let builder = builder.plan(Plan::Free);
        READINGS.iter().fold(builder, |builder, reading| builder.reading(reading.parse().unwrap()))
    });
    let transport = service.signed_on(USER);
    let strange = json!({ "add": [{ "title": "strange", "priority": 77, "newMember": true }] });
    Call::new(&op::TASK_BATCH).json(&strange).nothing(&transport).await.unwrap();
    // `evidence add` refuses reports of a simulator, whose region is `other`, so the report names a region of the service.
    let mut report = Report::new(ReportRegion::Ticktick);
    report.tool = "0.0.0".to_owned(); // a release must not change the file
    let mut run = begin(&transport);
    service.faults().next(&op::PROJECT_USERS, Fault::LoseAnswer);
    report.operations = run.reads(|id| READS.contains(&id), |_| {}).await.unwrap();
    service.faults().next(&op::TASK_GET, Fault::LoseAnswer);
    for id in TRIED {
        let experiment = EXPERIMENTS.iter().find(|experiment| experiment.id == id).unwrap();
        report.experiments.push(run.experiment(experiment, |_| {}).await.unwrap());
    }
    let text = serde_json::to_string_pretty(&report).unwrap() + "\n";
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../xtask/tests/evidence/report.json");
    Assert::new().action_env("SNAPSHOTS").eq(text, Data::read_from(&file, None).raw());
}
