//! An account, and runs against it.

use jiff::Timestamp;
use serde_json::{Value, json};
use ticktick_models::FixedClock;
use ticktick_raw::Transport;
use ticktick_sim::{Builder, Collection, Service, Simulator};
use ticktick_verify::{EXPERIMENTS, Report, ReportRegion, Run};

pub(crate) const USER: &str = "zzmarker.user@example.com";

const COLLECTIONS: [Collection; 10] = [
    Collection::Tasks,
    Collection::Projects,
    Collection::ProjectGroups,
    Collection::Columns,
    Collection::Tags,
    Collection::Filters,
    Collection::Comments,
    Collection::Countdowns,
    Collection::Habits,
    Collection::FocusRecords,
];

fn clock() -> FixedClock {
    FixedClock("2026-03-01T12:00:00Z".parse::<Timestamp>().unwrap())
}

/// An account in which every text contains a marker.
pub(crate) fn account(change: impl FnOnce(Builder) -> Builder) -> Service {
    let seed = json!({
        "folders": ["zzmarker folder"],
        "projects": [{ "name": "zzmarker project", "folder": "zzmarker folder" }, "zzmarkerproject2"],
        "columns": [{ "name": "zzmarker column", "project": "zzmarkerproject2" }],
        "tags": ["zzmarker", "zzmarkertag2"],
        "filters": [{ "name": "zzmarker filter", "rule": "{\"and\":[\"zzmarker\"]}" }],
        "tasks": [
            {
                "title": "zzmarker task", "content": "zzmarker content", "project": "zzmarker project", "tags": ["zzmarker"],
                "items": [{ "id": "65f0a1b2c3d4e5f6a7b8c9d0", "title": "zzmarker item" }], "dueDate": "2026-03-02T09:00:00.000+0000",
            },
            { "title": "zzmarker in the inbox" },
            { "title": "zzmarker done", "status": 2, "completedTime": "2026-02-27T09:00:00.000+0000" },
        ],
        "habits": [{ "name": "zzmarker habit" }],
        "checkins": [{ "habit": "zzmarker habit", "checkinStamp": 20260227 }],
    });
    let builder = Simulator::builder().clock(clock()).account(USER, "zzmarkerpassword").seed_json(seed.to_string());
    change(builder).build()
}

pub(crate) fn begin(transport: &dyn Transport) -> Run<'_> {
    Run::new(transport, clock(), [7; 8])
}

/// Runs the selected read operations, all experiments, and the clean-up.
pub(crate) async fn everything(transport: &dyn Transport, wanted: impl Fn(&str) -> bool) -> Report {
    let mut run = begin(transport);
    let mut report = Report::new(ReportRegion::Other);
    report.operations = run.reads(wanted, |_| {}).await.unwrap();
    for experiment in EXPERIMENTS {
        report.experiments.push(run.experiment(experiment, |_| {}).await.unwrap());
    }
    run.clean_up().await.unwrap();
    report
}

/// Everything that an account contains.
pub(crate) fn contents(service: &Service) -> Vec<Vec<Value>> {
    let plain = |collection: &Collection| serde_json::to_string(&service.objects(USER, *collection)).unwrap();
    COLLECTIONS.iter().map(|collection| serde_json::from_str(&plain(collection)).unwrap()).collect()
}
