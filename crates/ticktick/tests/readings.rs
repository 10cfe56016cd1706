//! The client with each reading of the simulator: it either does what it reports or answers an error.

use jiff::civil::date;
use jiff::tz::TimeZone;
use ticktick::tag::TagName;
use ticktick::{Client, Due, Error, ProjectDraft, TagDraft, Task, TaskDraft, TaskId};
use ticktick_sim::{DEMO_USER, Reading, Simulator};

use crate::common::{builder, clock};

/// What a step came to: whether the service holds what the client reported, or the error that the client answered.
type Done = Result<bool, Error>;

/// Steps that end in an error with a reading, because the service then stores something other than what was sent.
const REPORTED: &[(&str, &str)] = &[
    ("all-day-end=next-day", "one day"),
    ("all-day-end=next-day", "series"),
    ("all-day-end=dropped", "one day"),
    ("all-day-end=dropped", "series"),
    ("unpin-text=pinned", "unpin"),
    ("undeclared-tag=dropped", "tag task"),
    ("parent-unset=child", "leave parent"),
    ("parent-unset=child", "move family"),
    ("tag-merge-source=refused", "merge tags"),
];

async fn made(client: &Client, title: &str) -> Result<Task, Error> {
    client.task().create(TaskDraft::new(title)).await
}

async fn parent_of(client: &Client, id: &TaskId) -> Result<Option<TaskId>, Error> {
    Ok(client.task().get(id).await?.parent_id.get().cloned())
}

async fn tag_task(client: &Client) -> Done {
    let task = client.task().create(TaskDraft::new("tagged").tag("Alpha").tag("beta")).await?;
    let tags = client.task().get(&task.id).await?.tags;
    Ok(tags.iter().map(|tag| tag.as_str().to_lowercase()).eq(["alpha", "beta"].map(str::to_owned)))
}

async fn unpin(client: &Client) -> Done {
    let task = made(client, "pinned").await?;
    client.task().pin(&task).await?;
    client.task().unpin(&task).await?;
    Ok(!client.task().get(&task.id).await?.is_pinned())
}

async fn one_day(client: &Client) -> Done {
    let day = Due::day(date(2026, 3, 5));
    let task = client.task().create(TaskDraft::new("one day").due(day.clone())).await?;
    Ok(client
        .task()
        .get(&task.id)
        .await?
        .due(&TimeZone::UTC)
        .is_some_and(|due| due.date() == day.date() && due.is_all_day()))
}

async fn series(client: &Client) -> Done {
    let draft = TaskDraft::new("series").due(Due::day(date(2026, 3, 1))).repeat("RRULE:FREQ=DAILY;INTERVAL=1");
    let series = client.task().create(draft).await?;
    client.task().complete(&series).await?;
    let moved = client.task().get(&series.id).await?;
    Ok(moved.due(&TimeZone::UTC).is_some_and(|due| due.date() > date(2026, 3, 1)) && moved.is_open())
}

async fn leave_parent(client: &Client) -> Done {
    let parent = made(client, "parent").await?;
    let child = client.task().create_under(&parent, TaskDraft::new("child")).await?;
    if parent_of(client, &child.id).await?.as_ref() != Some(&parent.id) {
        return Ok(false);
    }
    client.task().unset_parent(&child).await?;
    Ok(parent_of(client, &child.id).await?.is_none())
}

async fn move_family(client: &Client) -> Done {
    let project = client.project().create(ProjectDraft::new("elsewhere")).await?;
    let parent = made(client, "parent").await?;
    let child = client.task().create_under(&parent, TaskDraft::new("child")).await?;
    client.task().move_to(&parent, &project.id).await?;
    let found = client.task().get(&child.id).await?;
    let are_together = found.project_id == project.id && found.parent_id.get() == Some(&parent.id);
    let other = made(client, "other").await?;
    client.task().set_parent(&child, &other).await?;
    Ok(are_together && parent_of(client, &child.id).await?.as_ref() == Some(&other.id))
}

async fn rename_tag(client: &Client) -> Done {
    client.tag().create(TagDraft::new("first")).await?;
    client.tag().create(TagDraft::new("second")).await?;
    let refused = client.tag().rename(TagName::from("first"), "second").await.is_err();
    client.tag().rename(TagName::from("first"), "third").await?;
    let names: Vec<TagName> = client.tag().list().await?.into_iter().map(|tag| tag.name).collect();
    let has = |name: &str| names.iter().any(|found| found.as_str() == name);
    Ok(refused && has("second") && has("third") && !has("first"))
}

async fn rename_tag_in_capitals(client: &Client) -> Done {
    client.tag().create(TagDraft::new("small")).await?;
    let task = client.task().create(TaskDraft::new("renamed").tag("small")).await?;
    let large = client.tag().rename("small", "Large").await?;
    let again = client.tag().rename("large", "LARGE").await?;
    let onto = client.tag().rename("LARGE", "large").await?;
    let tags = client.task().get(&task.id).await?.tags;
    client.tag().set_color("Large", "#4772FA").await?;
    let has_labels = large.label == "Large" && again.label == "LARGE" && onto.label == "large";
    client.tag().delete("large").await?;
    Ok(has_labels && tags.len() == 1 && client.tag().list().await?.iter().all(|tag| tag.label != "large"))
}

async fn merge_tags(client: &Client) -> Done {
    client.tag().create(TagDraft::new("target")).await?;
    client.tag().create(TagDraft::new("source")).await?;
    let task = client.task().create(TaskDraft::new("merged").tag("source")).await?;
    client.tag().merge(TagName::from("source"), TagName::from("target")).await?;
    let tags = client.task().get(&task.id).await?.tags;
    let is_gone = client.tag().list().await?.iter().all(|tag| tag.name.as_str() != "source");
    Ok(is_gone && tags.iter().map(TagName::as_str).eq(["target"]))
}

async fn rename_column(client: &Client) -> Done {
    let project = client.project().create(ProjectDraft::new("board")).await?;
    let column = client.column().create(&project.id, "first").await?;
    let renamed = client.column().rename(&column, "second").await?;
    let found = client.column().list_by_project(&project.id).await?;
    Ok(found.iter().any(|it| it.name == "second" && it.sort_order == renamed.sort_order))
}

#[tokio::test]
async fn what_the_client_reports_holds_with_each_reading() {
    let mut wrong = Vec::new();
    for reading in Reading::all().filter(|reading| !reading.is_default()) {
        let service = Simulator::builder().account(DEMO_USER, "secret").clock(clock()).reading(reading).build();
        let client = builder(&service).verify_writes(true).build().unwrap();
        let steps = [
            ("tag task", tag_task(&client).await),
            ("unpin", unpin(&client).await),
            ("one day", one_day(&client).await),
            ("series", series(&client).await),
            ("leave parent", leave_parent(&client).await),
            ("move family", move_family(&client).await),
            ("rename tag", rename_tag(&client).await),
            ("rename tag in capitals", rename_tag_in_capitals(&client).await),
            ("merge tags", merge_tags(&client).await),
            ("rename column", rename_column(&client).await),
        ];
        for (name, done) in steps {
            let is_reported = REPORTED.contains(&(reading.to_string().as_str(), name));
            let is_right = if is_reported { done.is_err() } else { matches!(done, Ok(true)) };
            wrong.extend((!is_right).then(|| format!("{reading}, {name}: {done:?}")));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
