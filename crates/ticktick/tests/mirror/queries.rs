//! The views and queries of docs/mirror.md.

use ticktick::mirror::{SqlLimits, SqlValue};
use ticktick::{Recurrence, TaskDraft, TaskPatch};

use crate::world::World;

const DOCS: &str = include_str!("../../../../docs/mirror.md");

/// An account in which each view has rows.
async fn rich() -> World {
    let world = World::refreshed().await;
    world.mirror.fetch(&world.client, "2025-01-01T00:00:00Z".parse().unwrap()).await.unwrap();
    let tasks = world.client.task();
    let trip = tasks.create(TaskDraft::new("Trip").item("Tickets").item("Hotel").tag("travel")).await.unwrap();
    tasks.complete_item(&trip, &trip.items[0].id).await.unwrap();
    tasks.create_under(&trip, TaskDraft::new("Vaccination")).await.unwrap();
    tasks.comments(&trip).add("Ask Ada").await.unwrap();
    tasks.comments(&trip).list().await.unwrap();
    let due = ticktick::Due::day(jiff::civil::date(2026, 3, 4));
    tasks.create(TaskDraft::new("Water").due(due).repeat(Recurrence::weekly())).await.unwrap();
    let launch = ticktick::countdown::CountdownDraft::new("Launch", jiff::civil::date(2026, 6, 1));
    world.client.countdown().create(launch).await.unwrap();
    let column = world.client.column().list().await.unwrap().remove(0);
    let card = tasks.create(TaskDraft::new("Card").project(&column.project_id)).await.unwrap();
    tasks.patch(&card, TaskPatch::new().column(&column.id)).await.unwrap();
    world
}

#[tokio::test]
async fn each_documented_query_finds_something() {
    let world = rich().await;
    let mut count = 0;
    for query in DOCS.split("```sql\n").skip(1).map(|rest| rest.split("```").next().unwrap()) {
        let found = world.mirror.sql(query, SqlLimits::default()).unwrap_or_else(|error| panic!("{query}: {error}"));
        assert!(!found.rows.is_empty(), "nothing found: {query}");
        count += 1;
    }
    assert!(count >= 12);
}

#[tokio::test]
async fn each_view_is_documented_with_its_columns() {
    let world = rich().await;
    let sql = |text: &str| world.mirror.sql(text, SqlLimits::default()).unwrap();
    let names = sql("select name from sqlite_schema where type = 'view' order by name");
    for name in names.rows.into_iter().map(|mut row| row.remove(0)) {
        let SqlValue::Text(name) = name else { panic!("{name:?}") };
        let line = DOCS.lines().find(|line| line.starts_with(&format!("| `{name}` |")));
        let line = line.unwrap_or_else(|| panic!("{name} is not documented"));
        let found = sql(&format!("select * from {name}"));
        assert!(!found.rows.is_empty(), "{name} is empty");
        for column in &found.columns {
            let documented = line.contains(&format!("`{column}`")) || line.contains("as `tasks`");
            assert!(documented, "{name}.{column} is not documented");
        }
    }
}

#[tokio::test]
async fn fetch_needs_a_client_with_this_mirror() {
    let world = World::refreshed().await;
    let since = "2026-01-01T00:00:00Z".parse().unwrap();
    let error = world.mirror.fetch(&world.elsewhere(), since).await.unwrap_err();
    assert!(matches!(error, ticktick::Error::InvalidInput { .. }), "{error}");
    assert_eq!(world.lines(), ["GET /api/v2/habits"]);
}

#[tokio::test]
async fn names_and_local_dates_stand_in_the_views() {
    let world = rich().await;
    let row = |text: &str| format!("{:?}", world.mirror.sql(text, SqlLimits::default()).unwrap().rows);
    assert_eq!(row("select parent from tasks where title = 'Vaccination'"), r#"[[Text("Trip")]]"#);
    assert_eq!(
        row("select due, due_day from tasks where title = 'Water'"),
        r#"[[Text("2026-03-04"), Text("2026-03-04")]]"#
    );
    assert_eq!(row("select project from tasks where title = 'Trip'"), r#"[[Text("Inbox")]]"#);
    assert_eq!(row("select done from items where title = 'Tickets'"), "[[Integer(1)]]");
    assert_eq!(row("select text from comments"), r#"[[Text("Ask Ada")]]"#);
}
