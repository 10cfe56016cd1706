//! An overview shows of each task what the whole account says.

use jiff::civil::date;
use ticktick::mirror::{Overview, ProjectRow, TaskQuery, TaskRow};
use ticktick::project::{ProjectId, ProjectKind, ViewMode};
use ticktick::raw::op;
use ticktick::{Due, ProjectDraft, Recurrence, TaskDraft};
use ticktick_sim::Fault;

use crate::world::{World, builder};

fn answer(world: &World, body: &str) {
    let fault = Fault::Status { status: 200.try_into().unwrap(), headers: Default::default(), body: body.to_owned() };
    world.service.faults().next(&op::SYNC_CHECK, fault);
}

#[tokio::test]
async fn an_overview_has_the_rows_of_a_mirror() {
    let world = World::refreshed().await;
    let day = Due::day(date(2026, 3, 4));
    let repeated = TaskDraft::new("\"quoted\" \\ and\nbroken").due(day).repeat(Recurrence::weekly()).tag("a");
    let pinned = world.client.task().create(repeated.content("line\n\u{1f}line \u{1f3e1}")).await.unwrap();
    world.client.task().pin(&pinned).await.unwrap();
    world.client.task().create(TaskDraft::new("").parent(&pinned)).await.unwrap();
    world.mirror.refresh(&world.client).await.unwrap();
    world.service.forget_requests();

    let overview = Overview::fetch(&world.client, false).await.unwrap();
    assert_eq!(world.lines().len(), 2, "{:?}", world.lines());
    assert_eq!(sorted(overview.tasks), sorted(world.mirror.list(&TaskQuery::new()).unwrap()));
    let account = world.client.sync().full().await.unwrap();
    assert_eq!(overview.projects, ProjectRow::of_account(&account));
    assert_eq!((&overview.zone, overview.week_start), (account.zone(), account.first_weekday()));

    let with_texts = Overview::fetch(&world.client, true).await.unwrap().tasks;
    assert_eq!(with_texts, TaskRow::of_account(&account));
    assert_eq!(sorted(with_texts), sorted(world.mirror.list(&TaskQuery::new().with_texts()).unwrap()));
}

#[tokio::test]
async fn what_does_not_fit_is_read_and_counted_as_in_a_full_sync() {
    let world = World::new();
    for tasks in [
        r#"{"update":[{"id":"a","projectId":"p","title":"A","priority":[ 1 ],"columnId":""},{"id":"b","projectId":"p"}]}"#,
        r#"{"update":[{"id":7,"projectId":"p","title":null,"x":"\ud83d"},{"id":"c","projectId":"p","status":2}]}"#,
        r#"{"add":[{"id":"a","projectId":"p","items":[{"title":"no id"},{"id":"i","status":1}],"content":7}],"update":null}"#,
        r#"{"update":[{"id":"a","projectId":"p","deleted":1},{"id":"b","projectId":"p","tags":["x",null]}]}"#,
        r#"{"update":[{"projectId":"p"},{"id":"b","projectId":"p","dueDate":"someday","timeZone":"","etag":""}]}"#,
        "null",
    ] {
        let body =
            format!(r#"{{"checkPoint":5,"syncTaskBean":{tasks},"tags":[{{"name":"x"}}],"inboxId":"p","z":1.50}}"#);
        for texts in [false, true] {
            let [client, other] = [builder(&world.service).build().unwrap(), builder(&world.service).build().unwrap()];
            answer(&world, &body);
            let account = client.sync().full().await.unwrap();
            answer(&world, &body);
            let overview = Overview::fetch(&other, texts).await.unwrap();
            assert_eq!(without_texts(overview.tasks), without_texts(TaskRow::of_account(&account)), "{tasks}");
            assert_eq!(overview.projects, ProjectRow::of_account(&account), "{tasks}");
            assert_eq!(other.sync().checkpoint(), 5);
            if texts {
                assert_eq!(format!("{:?}", other.drift()), format!("{:?}", client.drift()), "{tasks}");
            }
        }
    }
    answer(&world, "[]");
    assert!(Overview::fetch(&world.client, false).await.is_err());
}

fn sorted(mut rows: Vec<TaskRow>) -> Vec<TaskRow> {
    rows.sort_by(|a, b| a.id.cmp(&b.id));
    rows
}

fn without_texts(rows: Vec<TaskRow>) -> Vec<TaskRow> {
    let without = |mut row: TaskRow| {
        row.texts = None;
        row
    };
    rows.into_iter().map(without).collect()
}

#[tokio::test]
async fn the_overview_of_a_file_has_the_projects_of_the_account() {
    let world = World::refreshed().await;
    let folder = world.client.folder().create("Home").await.unwrap();
    let draft = ProjectDraft::new("Garden \"1\"").color("#a1b2c3").view_mode(ViewMode::Kanban).kind(ProjectKind::Note);
    let garden = world.client.project().create(draft.folder(&folder)).await.unwrap();
    let kitchen = world.client.project().create(ProjectDraft::new("Kitchen").folder(&folder)).await.unwrap();
    world.client.project().archive(&kitchen).await.unwrap();
    world.client.task().create(TaskDraft::new("Sow").project(&garden)).await.unwrap();
    world.mirror.refresh(&world.client).await.unwrap();

    let account = world.client.sync().full().await.unwrap();
    let query = TaskQuery::new();
    let overview = world.mirror.overview(std::slice::from_ref(&query)).unwrap();
    assert_eq!(overview.projects, ProjectRow::of_account(&account));
    assert_eq!(overview.tasks, world.mirror.list(&query).unwrap());
    assert_eq!(overview.tags, account.tags());
    assert_eq!(overview.zone, *account.zone());
    let row = overview.projects.iter().find(|row| row.id == garden.id).unwrap();
    assert_eq!((row.folder.as_deref(), &row.view), (Some("Home"), &ViewMode::Kanban));
    assert!(overview.projects.iter().any(|row| row.id == kitchen.id && row.archived));
}

#[tokio::test]
async fn an_excerpt_has_the_projects_of_its_tasks_in_the_order_of_all() {
    let world = World::refreshed().await;
    let folder = world.client.folder().create("Home").await.unwrap();
    let mut ids = Vec::new();
    for name in ["Garden", "Kitchen", "Cellar"] {
        let project = world.client.project().create(ProjectDraft::new(name).folder(&folder)).await.unwrap();
        world.client.task().create(TaskDraft::new(name).project(&project).tag("a")).await.unwrap();
        ids.push(project.id);
    }
    world.mirror.refresh(&world.client).await.unwrap();

    let queries = [TaskQuery::new().project(&ids[2]), TaskQuery::new().project(&ids[0])];
    let (all, part) = (world.mirror.overview(&queries).unwrap(), world.mirror.excerpt(&queries).unwrap());
    assert_eq!((&part.tasks, &part.zone, part.week_start), (&all.tasks, &all.zone, all.week_start));
    assert_eq!(part.tasks.len(), 2);
    let is_listed = |row: &&ProjectRow| row.id == ids[0] || row.id == ids[2] || &*row.name == "Inbox";
    assert!(part.projects.iter().eq(all.projects.iter().filter(is_listed)), "{:?}", part.projects);
    assert_eq!(part.projects[1].folder.as_deref(), Some("Home"));

    let unknown = ProjectId::from("unknown");
    assert_eq!(world.mirror.project_rows([&ids[2], &unknown, &ids[0], &ids[2]]).unwrap(), part.projects);
    assert_eq!(world.mirror.project_rows([]).unwrap().len(), 1);
}

#[tokio::test]
async fn a_project_with_a_member_that_does_not_fit_has_a_row() {
    let world = World::refreshed().await;
    answer(
        &world,
        r#"{"checkPoint":9,"projectProfiles":[{"id":"p","name":"P","viewMode":7,"color":[],"sortOrder":"1"}]}"#,
    );
    world.mirror.refresh_full(&world.client).await.unwrap();
    let projects = world.mirror.overview(&[]).unwrap().projects;
    assert!(projects.iter().any(|row| row.id == "p" && &*row.name == "P" && row.color.is_none()), "{projects:?}");
}
