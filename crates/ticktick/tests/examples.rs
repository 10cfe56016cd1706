//! Runs the examples against the simulator, whatever the environment says, and checks what they print and leave behind.
// Their `main` is for the command line.
#![allow(clippy::duplicate_mod, clippy::unwrap_used, dead_code)]

#[path = "../examples/board.rs"]
mod board;
#[path = "../examples/faults.rs"]
mod faults;
#[path = "../examples/files_and_comments.rs"]
mod files_and_comments;
#[path = "../examples/focus.rs"]
mod focus;
#[path = "../examples/habits.rs"]
mod habits;
#[path = "../examples/import_csv.rs"]
mod import_csv;
#[path = "../examples/own_transport.rs"]
mod own_transport;
#[path = "../examples/record.rs"]
mod record;
#[path = "../examples/repeating_task.rs"]
mod repeating_task;
#[path = "../examples/sign_in.rs"]
mod sign_in;
#[path = "../examples/support/mod.rs"]
mod support;
#[path = "../examples/weekly_review.rs"]
mod weekly_review;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use ticktick::Client;
use ticktick_sim::{Collection, DEMO_USER, Service, Simulator};

fn signed_in(service: &Service) -> Client {
    support::signed_in(service).build().unwrap()
}

fn lines(out: Vec<u8>) -> Vec<String> {
    String::from_utf8(out).unwrap().lines().map(str::to_owned).collect()
}

/// Returns how many objects of each kind the demo account has, trash included.
fn counts(service: &Service) -> [usize; 4] {
    let kinds = [Collection::Tasks, Collection::Projects, Collection::Columns, Collection::Habits];
    kinds.map(|kind| service.objects(DEMO_USER, kind).len())
}

/// Every example is a module here, and short enough to be read at once.
#[test]
fn all_examples_are_run_and_have_at_most_sixty_lines() {
    let this = include_str!("examples.rs");
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_str().unwrap();
        assert!(this.contains(&format!("mod {name};")), "{name} is not run");
        if path.is_file() {
            let text = fs::read_to_string(&path).unwrap();
            assert!(text.lines().count() <= 60, "{name} has {} lines", text.lines().count());
            assert!(
                text.contains(&format!("cargo run -p ticktick-client --example {name}")),
                "{name} says how to run it"
            );
        }
    }
}

#[tokio::test]
async fn sign_in_keeps_a_session() {
    let service = support::with_second_factor(sign_in::USER, sign_in::PASSWORD, sign_in::TOTP_SECRET);
    let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join("example-session.json");
    let mut out = Vec::new();
    sign_in::run(|| support::signed_out(&service), &file, &mut out).await.unwrap();

    let expected = [
        "the account asks for a second factor",
        "signed in, session kept",
        "the kept session is valid",
        "signed out: true",
    ];
    assert_eq!(lines(out), expected);
    let sign_ins = service.requests().iter().filter(|request| request.operation == Some("auth.sign_on")).count();
    assert_eq!(sign_ins, 1, "the second client needs no password");
    assert!(!fs::read_to_string(&file).unwrap().contains(sign_in::PASSWORD));
    #[cfg(unix)]
    {
        let mode = std::os::unix::fs::PermissionsExt::mode(&fs::metadata(&file).unwrap().permissions());
        assert_eq!(mode & 0o777, 0o600);
    }
}

#[tokio::test]
async fn weekly_review_lists_what_the_account_holds() {
    let service = support::demo();
    let mut out = Vec::new();
    weekly_review::run(&signed_in(&service), &mut out).await.unwrap();
    let lines = lines(out);
    let section = |heading: &str| {
        let start = lines.iter().position(|line| line == heading).unwrap_or_else(|| panic!("{heading} in {lines:?}"));
        lines[start + 1..].iter().take_while(|line| line.starts_with("  ")).map(|line| line.trim()).collect::<Vec<_>>()
    };
    let overdue = [
        "Get the deposit back (Inbox, 2026-01-31)",
        "Fix the dripping tap (🏡 Home, 2026-02-20)",
        "Call the dentist (Inbox, 2026-02-27)",
        "Book the ryokan (✈\u{fe0f} Trip to Japan, 2026-03-01)",
        "Send the quarterly report (💼 Work, 2026-03-01)",
    ];
    assert_eq!(section("Overdue: 5"), overdue);
    assert_eq!(section("Next seven days: 15")[14], "Legal notice (🚀 Website launch, 2026-03-08)");
    assert!(section("Without a date: 9").contains(&"Idea: a shelf above the desk (Inbox)"));
    let completed = ["Renew the train card (Inbox)", "Interview questions (💼 Work)"];
    assert_eq!(section("Completed in the last seven days: 2"), completed);
    assert!(service.requests().iter().all(|request| request.method == "GET"), "it only reads");
}

/// Imports into a new project and returns what was printed.
async fn import(service: &Service, csv: &str) -> Vec<String> {
    let client = signed_in(service);
    let project = client.project().create(ticktick::ProjectDraft::new("Import")).await.unwrap();
    service.forget_requests();
    let mut out = Vec::new();
    import_csv::run(&client, &project, csv, &mut out).await.unwrap();
    lines(out)
}

#[tokio::test]
async fn import_csv_stores_500_tasks_with_subtasks_in_five_requests() {
    let service = support::demo();
    let before = counts(&service);
    assert_eq!(import(&service, &support::csv(500)).await, ["500 tasks imported into Import"]);
    let requests: Vec<_> = service.requests().iter().filter_map(|request| request.operation).collect();
    assert_eq!(requests, ["sync.check", "task.batch", "task.batch", "task.batch", "task.set_parents"]);
    assert_eq!(counts(&service)[0], before[0] + 500);
    let account = signed_in(&service).sync().full().await.unwrap();
    let imported = account.tasks().iter().filter(|task| task.title().starts_with("Task "));
    assert_eq!(imported.filter(|task| task.parent().is_some()).count(), 400);
}

#[tokio::test]
async fn import_csv_stores_every_column() {
    let service = support::demo();
    let csv = "title,parent,priority,due,checklist\nBuy milk,Shop,high,2026-03-05,Oat|Cow\nShop,,none,,\n";
    import(&service, csv).await;

    let client = signed_in(&service);
    let account = client.sync().full().await.unwrap();
    let task = |title: &str| account.tasks().iter().find(|task| task.title() == title).unwrap();
    let (milk, shop) = (task("Buy milk"), task("Shop"));
    assert_eq!(milk.priority(), ticktick::Priority::High);
    assert_eq!(account.day_of(milk).unwrap().to_string(), "2026-03-05");
    assert_eq!(milk.items.iter().map(|item| item.title.to_string()).collect::<Vec<_>>(), ["Oat", "Cow"]);
    assert_eq!(milk.parent(), Some(&shop.id));
    assert!(shop.due(account.zone()).is_none() && shop.items.is_empty());
}

#[tokio::test]
async fn import_csv_names_the_lines_that_fail() {
    let service = support::demo();
    // A project holds 999 tasks.
    let lines = import(&service, &support::csv(1000)).await;
    assert_eq!((lines.len(), &*lines[0]), (2, "999 tasks imported into Import"));
    let start = "line 1001: item 999 \"Task 1000\" (id ";
    assert!(lines[1].starts_with(start) && lines[1].contains("exceed_quota"), "{lines:?}");
}

#[tokio::test]
async fn repeating_task_moves_by_two_days() {
    let service = support::demo();
    let mut out = Vec::new();
    repeating_task::run(&signed_in(&service), &mut out).await.unwrap();
    let expected = [
        "every 2 days: 2026-03-02, 2026-03-04, 2026-03-06, 2026-03-08",
        "completed on 2026-03-02, next on 2026-03-04",
        "skipped, next on 2026-03-06",
    ];
    assert_eq!(lines(out), expected);
}

#[tokio::test]
async fn board_shows_the_moved_card_and_leaves_nothing() {
    let service = support::demo();
    let before = counts(&service);
    let mut out = Vec::new();
    board::run(&signed_in(&service), &mut out).await.unwrap();
    assert_eq!(lines(out), ["To do", "  Press kit", "Doing", "  Pricing page", "Done"]);
    assert_eq!(counts(&service)[1], before[1], "the board is deleted");
}

#[tokio::test]
async fn habits_count_the_days_on_which_the_goal_was_met() {
    let service = support::demo();
    let before = counts(&service);
    let mut out = Vec::new();
    habits::run(&signed_in(&service), &mut out).await.unwrap();
    let mut lines = lines(out);
    lines[..3].sort();
    let expected = [
        "20260228: 2.0 of 5.0 km",
        "20260301: 5.0 of 5.0 km",
        "20260302: 5.5 of 5.0 km",
        "current streak: 2 days",
        "completed: 67 %",
    ];
    assert_eq!(lines, expected);
    assert_eq!(counts(&service)[3], before[3], "the habit is deleted");
}

#[tokio::test]
async fn focus_adds_a_session_and_uses_the_timer() {
    let service = support::demo();
    let mut out = Vec::new();
    let records = service.objects(DEMO_USER, Collection::FocusRecords).len();
    focus::run(&signed_in(&service), &mut out).await.unwrap();
    assert_eq!(lines(out), ["First draft: 25 minutes", "started a pomodoro", "paused: true", "over: true"]);
    assert_eq!(service.objects(DEMO_USER, Collection::FocusRecords).len(), records, "the session is deleted");
}

#[tokio::test]
async fn files_and_comments_come_back_as_they_were_stored() {
    let service = support::demo();
    let mut out = Vec::new();
    files_and_comments::run(&signed_in(&service), &mut out).await.unwrap();
    let expected =
        ["agenda.txt (24 bytes)", "1. Pricing", "2. Press kit", "- Please review the agenda by Friday", "- Looks good"];
    assert_eq!(lines(out), expected);
}

#[tokio::test]
async fn own_transport_reaches_the_server() {
    let server = Simulator::builder().account("me@example.com", "secret").start().await.unwrap();
    let mut out = Vec::new();
    own_transport::run(&server.base_url(), &mut out).await.unwrap();
    assert_eq!(lines(out), ["1 open task"]);
    let mut seen = BTreeMap::new();
    for request in server.service().requests() {
        *seen.entry(request.operation.unwrap()).or_insert(0) += usize::from(request.status == 200);
    }
    assert_eq!(seen["auth.sign_on"], 1, "{seen:?}");
    assert_eq!(seen["task.batch"], 1, "{seen:?}");
}

#[tokio::test]
async fn faults_are_survived_or_reported() {
    let mut out = Vec::new();
    faults::run(&mut out).await.unwrap();
    assert_eq!(lines(out), ["lost answer: saved: Call Ada", "rate limit: not saved, try again in a minute"]);
}

#[tokio::test]
async fn record_sees_each_request_once() {
    let mut out = Vec::new();
    record::run(support::signed_in(&support::demo()), &mut out).await.unwrap();
    assert_eq!(lines(out), ["user.status: 200", "task.batch: 200", "task.get: 200", "task.batch: 200"]);
}
