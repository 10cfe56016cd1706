//! Exports from a service that never sends more than 50 closed tasks at once.

use serde_json::{Value, json};
use ticktick::Client;
use ticktick::date::FixedClock;
use ticktick::raw::{Error, Pending, Request, Response, Transport};
use ticktick_formats::archive::Entity;
use ticktick_formats::{CollectOptions, collect};
use ticktick_sim::Simulator;

const NOW: &str = "2026-11-26T09:00:00Z";

/// Sixty tasks that were completed in one instant, and one that was completed before.
struct Capped<T>(T);

impl<T: Transport> Transport for Capped<T> {
    fn send<'a>(&'a self, request: Request) -> Pending<'a, Result<Response, Error>> {
        let query = |name: &str| request.query.iter().find(|(key, _)| key == name).map(|(_, value)| value.clone());
        if !request.path.ends_with("/closed") {
            return self.0.send(request);
        }
        let (status, to) = (query("status"), query("to").unwrap_or_else(|| "9".into()));
        let rows = (0..61).map(|number| {
            let at = if number < 60 { "2026-11-25T08:00:00.000+0000" } else { "2026-11-24T08:00:00.000+0000" };
            json!({ "id": format!("{number:024x}"), "projectId": "inbox1", "status": 2, "completedTime": at, "new": 1.50 })
        });
        let is_wanted = |row: &Value| row["completedTime"].as_str().is_some_and(|at| at.replace('T', " ") <= to);
        let rows: Vec<_> =
            rows.filter(|row| is_wanted(row) && status.as_deref() == Some("Completed")).take(50).collect();
        Box::pin(async move { Ok(Response::new(200, Value::from(rows).to_string())) })
    }
}

#[tokio::test]
async fn an_export_goes_past_a_full_second_and_names_it_as_a_gap() {
    let service = Simulator::builder().account("me", "secret").build();
    let clock = FixedClock(NOW.parse().unwrap());
    let client = Client::builder().transport(Capped(service.signed_on("me"))).clock(clock).build().unwrap();
    let mut options = CollectOptions::default();
    options.closed = true;
    let archive = collect(&client, &options, NOW.parse().unwrap(), "test 1", &mut |_| {}).await.unwrap();
    let closed = archive.objects(Entity::Completed);
    assert_eq!(closed.len(), 51);
    assert!(closed.iter().all(|json| json.get().contains("\"new\":1.5")), "nothing is lost");
    let gaps = archive.manifest.gaps.join("\n");
    assert!(gaps.contains("completed") && gaps.contains("2026-11-25T08:00:00Z"), "{gaps}");
}
