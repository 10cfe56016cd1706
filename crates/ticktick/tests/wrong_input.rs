//! What a caller gets wrong is reported before anything is written.

use jiff::Timestamp;
use jiff::civil::{Date, date};
use ticktick::countdown::{CountdownDraft, CountdownPatch};
use ticktick::filter::build_rule;
use ticktick::focus::TimerDraft;
use ticktick::habit::HabitPatch;
use ticktick::tag::TagName;
use ticktick::{
    CheckIn, Client, Due, Error, FilterDraft, HabitDraft, Priority, ProjectId, TagDraft, TaskDraft, TaskPatch,
};
use ticktick_sim::{Service, Simulator};

const USER: &str = "me@example.com";

fn set_up() -> (Service, Client) {
    let service = Simulator::builder().account(USER, "secret").build();
    let client = Client::builder().transport(service.signed_on(USER)).base_url("http://127.0.0.1:1").build().unwrap();
    (service, client)
}

/// Expects that a call is refused with a text that says what to do, and that nothing was written.
async fn refused<T: std::fmt::Debug>(service: &Service, what: &str, call: impl Future<Output = Result<T, Error>>) {
    service.forget_requests();
    match call.await {
        Err(Error::InvalidInput { message, .. }) => {
            assert!(message.contains(what), "{message}");
            // An update reads first, because what is stored already is not checked.
            assert!(service.requests().iter().all(|seen| seen.method == "GET"), "{message}");
        }
        other => panic!("{what}: {other:?}"),
    }
}

#[tokio::test]
async fn a_rule_that_nothing_can_read_is_not_stored() {
    let (service, client) = set_up();
    let due = Due::day(date(2026, 3, 1));
    let what = "repeat rule";
    refused(&service, what, client.task().create(TaskDraft::new("x").due(due).repeat("every day"))).await;
    let task = client.task().create(TaskDraft::new("x").due(Due::day(date(2026, 3, 1)))).await.unwrap();
    refused(&service, what, client.task().patch(&task, TaskPatch::new().repeat("RRULE:FREQ=WEEKLY;BYDAY=XX"))).await;
    refused(&service, what, client.habit().create(HabitDraft::new("x").repeat("every day"))).await;
    let habit = client.habit().create(HabitDraft::new("x")).await.unwrap();
    refused(&service, what, client.habit().patch(&habit, HabitPatch::new().repeat("every day"))).await;
    // What is only unknown is stored as it is.
    let rule = "ERULE:NAME=FORGETTINGCURVE;CYCLE=0";
    let task = client.task().patch(&task, TaskPatch::new().repeat(rule)).await.unwrap();
    assert_eq!(task.repeat_flag, rule);
}

#[tokio::test]
async fn an_update_does_not_break_the_rule_of_a_filter() {
    let (service, client) = set_up();
    let rule = build_rule(&[] as &[ProjectId], &[Priority::High], &[] as &[TagName]);
    let mut filter = client.filter().create(FilterDraft::new("x", rule)).await.unwrap();
    filter.rule = "{broken".into();
    refused(&service, "cannot be read", client.filter().update(&filter)).await;
    refused(&service, "a filter needs a name", client.filter().rename(&filter, " ")).await;
}

#[tokio::test]
async fn a_day_without_a_four_digit_year_is_not_stored_as_another() {
    let (service, client) = set_up();
    let (what, early): (_, Date) = ("four digits", date(-5, 1, 1));
    refused(&service, what, client.countdown().create(CountdownDraft::new("x", early))).await;
    let countdown = client.countdown().create(CountdownDraft::new("x", date(2026, 3, 1))).await.unwrap();
    refused(&service, what, client.countdown().patch(&countdown, CountdownPatch::new().day(early))).await;
    refused(&service, what, client.habit().create(HabitDraft::new("x").target_start(early))).await;
    refused(&service, what, client.focus().heat_map(early..=date(2026, 3, 1))).await;
    refused(&service, what, client.statistics().tasks_by_day(early..=date(2026, 3, 1))).await;
    let habit = client.habit().create(HabitDraft::new("x")).await.unwrap();
    client.time_zone().await.unwrap();
    refused(&service, what, client.habit().check_in(&habit, CheckIn::done().on(early))).await;
}

#[tokio::test]
async fn colors_and_names_are_looked_at_alike_everywhere() {
    let (service, client) = set_up();
    let what = "invalid color";
    refused(&service, what, client.habit().create(HabitDraft::new("x").color("red"))).await;
    refused(&service, what, client.countdown().create(CountdownDraft::new("x", date(2026, 3, 1)).color("red"))).await;
    refused(&service, what, client.focus().create_timer(TimerDraft::stopwatch("x").color("red"))).await;
    let what = "needs a name";
    refused(&service, what, client.habit().create(HabitDraft::new(" "))).await;
    refused(&service, what, client.habit().create_section(" ")).await;
    refused(&service, what, client.countdown().create(CountdownDraft::new(" ", date(2026, 3, 1)))).await;
    refused(&service, what, client.focus().create_timer(TimerDraft::stopwatch(" "))).await;
    refused(&service, what, client.tag().create(TagDraft::new(""))).await;
    refused(&service, what, client.tag().delete(TagName::from(""))).await;
}

#[tokio::test]
async fn what_is_empty_or_absurd_is_not_sent() {
    let (service, client) = set_up();
    client.project().inbox().await.unwrap();
    let due = |day| Due::day(day).in_zone(jiff::tz::TimeZone::get("Etc/GMT+12").unwrap());
    refused(&service, "use another date", client.task().create(TaskDraft::new("x").due(due(Date::MAX)))).await;
    refused(&service, "is empty", client.task().create(TaskDraft::new("x").project(""))).await;
    let task = client.task().create(TaskDraft::new("x")).await.unwrap();
    refused(&service, "a comment needs a text", client.task().comments(&task).add(" ")).await;
    refused(&service, "contains no word", client.search().all(" ")).await;
    refused(&service, "swap its ends", client.focus().records(Timestamp::MAX..=Timestamp::MIN)).await;
    // It would cost one of the few tries before the account is locked.
    refused(&service, "user name", client.login("  ", "secret")).await;
}

#[tokio::test]
async fn a_snapshot_finds_tags_in_any_case_as_the_managers_do() {
    let (_, client) = set_up();
    client.tag().create(TagDraft::new("Errands")).await.unwrap();
    client.task().create(TaskDraft::new("x").tag("Errands")).await.unwrap();
    let account = client.sync().full().await.unwrap();
    let name = TagName::from("Errands");
    assert_eq!(account.by_tag(&name).len(), client.task().list_by_tag(&name).await.unwrap().len());
    assert_eq!(account.by_tag(&name).len(), 1);
    assert!(account.tag(&name).is_some());
}

#[tokio::test]
async fn a_file_needs_a_name_of_one_line() {
    let (service, client) = set_up();
    let task = client.task().create(TaskDraft::new("x")).await.unwrap();
    let files = client.task().attachments(&task);
    refused(&service, "a file needs a name", files.upload("", "x")).await;
    refused(&service, "a file needs a name", files.upload_from(" ", &b"x"[..])).await;
    for name in ["a\r\nX: y.txt", "a\0.txt", "\u{1b}[31m.txt"] {
        refused(&service, "the name of a file cannot contain", files.upload(name, "x")).await;
        refused(&service, "the name of a file cannot contain", files.upload_from(name, &b"x"[..])).await;
    }
    assert_eq!(files.upload("日本 \"1\".txt", "x").await.unwrap().file_name, "日本 \"1\".txt");
}
