//! No call answers `Ok` for a write that was not carried out: stale objects, changes that no update carries out, repeats.

use jiff::civil::date;
use ticktick::column::ColumnId;
use ticktick::countdown::CountdownDraft;
use ticktick::error::ErrorClass;
use ticktick::filter::FilterRule;
use ticktick::focus::TimerDraft;
use ticktick::folder::FolderId;
use ticktick::raw::op;
use ticktick::tag::TagName;
use ticktick::task::TaskRef;
use ticktick::{
    Client, Due, Error, FilterDraft, FocusDraft, HabitDraft, Project, ProjectDraft, TagDraft, Task, TaskDraft, TaskId,
    TaskPatch,
};
use ticktick_sim::Fault;

use crate::common::{self, builder, in_both_modes, stored, stored_task};

async fn project(client: &Client, name: &str) -> Project {
    client.project().create(ProjectDraft::new(name)).await.unwrap()
}

async fn task(client: &Client, title: &str) -> Task {
    client.task().create(TaskDraft::new(title)).await.unwrap()
}

/// Expects an error that names the call which does what was asked for.
fn refused<T: std::fmt::Debug>(answer: Result<T, Error>, names: &str) {
    match answer {
        Err(Error::InvalidInput { message, .. }) => assert!(message.contains(names), "{message}"),
        other => panic!("{names}: {other:?}"),
    }
}

fn not_found<T: std::fmt::Debug>(answer: Result<T, Error>) {
    assert!(matches!(answer, Err(Error::NotFound { .. })), "{answer:?}");
}

#[tokio::test]
async fn a_stale_task_is_deleted_where_it_is_now() {
    in_both_modes(async |_, client| {
        let other = project(client, "Other").await;
        let stale = task(client, "moved").await;
        client.task().move_to(&stale, &other).await.unwrap();
        client.task().delete(&stale).await.unwrap();
        not_found(client.task().get(&stale).await);
        not_found(client.task().delete(&stale).await);
    })
    .await;
}

#[tokio::test]
async fn a_task_is_found_and_deleted_although_the_project_id_is_wrong() {
    in_both_modes(async |_, client| {
        let made = task(client, "x").await;
        let named = TaskRef::new(made.id.clone(), "65f0a1b2c3d4e5f6a7b8c9d0");
        client.task().complete(&named).await.unwrap();
        client.task().delete(&named).await.unwrap();
        not_found(client.task().delete(&named).await);
        not_found(client.task().delete(TaskId::from("65f0a1b2c3d4e5f6a7b8c9d1")).await);
        let report = client.task().batch().delete([&named]).send().await.unwrap();
        assert!(report.failures().all(|failure| failure.error.is_not_found()) && report.failures().count() == 1);
    })
    .await;
}

#[tokio::test]
async fn a_batch_deletes_and_moves_tasks_that_were_moved_elsewhere() {
    in_both_modes(async |service, client| {
        let (first, second) = (project(client, "First").await, project(client, "Second").await);
        let stale = client.task().batch().create((0..8).map(|n| TaskDraft::new(format!("{n}")))).send().await.unwrap();
        let stale = stale.into_result().unwrap();
        client.task().batch().move_to(&stale, &first).send().await.unwrap().into_result().unwrap();
        service.forget_requests();
        let report = client.task().batch().delete(&stale[..4]).move_to(&stale[4..], &second).send().await.unwrap();
        assert_eq!(report.failures().count(), 0, "one read for all");
        assert_eq!(service.requests().len(), 3, "one read for all");
        for task in &stale[..4] {
            not_found(client.task().get(task).await);
        }
        for task in &stale[4..] {
            assert_eq!(client.task().get(task).await.unwrap().project_id, second.id);
        }
    })
    .await;
}

#[tokio::test]
async fn an_update_does_not_pretend_to_move_a_task() {
    in_both_modes(async |_, client| {
        let other = project(client, "Other").await;
        let (parent, mut moved) = (task(client, "parent").await, task(client, "x").await);
        moved.project_id = other.id.clone();
        refused(client.task().update(&moved).await, "move_to");
        refused(client.task().overwrite(&moved).await, "move_to");
        let mut nested = client.task().get(&moved).await.unwrap();
        nested.parent_id = parent.id.clone().into();
        refused(client.task().update(&nested).await, "set_parent");
        let report = client.task().batch().update([&moved]).update([&nested]).send().await.unwrap();
        let errors: Vec<_> = report.failures().map(|failure| failure.error.to_string()).collect();
        assert!(errors.len() == 2 && errors[0].contains("move_to") && errors[1].contains("set_parent"), "{errors:?}");
        let mut child = client.task().create_under(&parent, TaskDraft::new("child")).await.unwrap();
        child.parent_id = None.into();
        refused(client.task().update(&child).await, "unset_parent");
    })
    .await;
}

#[tokio::test]
async fn an_update_does_not_pretend_to_rename_a_tag_or_to_move_a_column() {
    in_both_modes(async |_, client| {
        let (here, there) = (project(client, "Here").await, project(client, "There").await);
        let mut column = client.column().create(&here, "To do").await.unwrap();
        column.project_id = there.id.clone();
        refused(client.column().update(&column).await, "cannot leave project");
        let mut tag = client.tag().create(TagDraft::new("one")).await.unwrap();
        tag.label = "two".into();
        refused(client.tag().update(&tag).await, "rename");
    })
    .await;
}

#[tokio::test]
async fn a_tag_is_found_and_deleted_by_its_path() {
    in_both_modes(async |_, client| {
        client.tag().create(TagDraft::new("Work/Urgent")).await.unwrap();
        let path = TagName::from("work/urgent");
        assert_eq!(client.tag().get(&path).await.unwrap().name, "urgent");
        not_found(client.tag().get(TagName::from("home/urgent")).await);
        let made = client.task().create(TaskDraft::new("x").tag("Work/Urgent")).await.unwrap();
        assert_eq!(client.task().list_by_tag(&path).await.unwrap().len(), 1);
        assert_eq!(client.sync().full().await.unwrap().by_tag(&path).len(), 1);
        assert_eq!(client.task().remove_tags(&made, ["work/urgent"]).await.unwrap().tags.len(), 0);
        assert_eq!(client.task().add_tags(&made, ["work/urgent"]).await.unwrap().tags[0], "urgent");
        assert_eq!(client.tag().set_color(&path, "#FF0000").await.unwrap().name, "urgent");
        client.tag().delete(&path).await.unwrap();
        assert!(client.tag().list().await.unwrap().iter().all(|tag| tag.name != "urgent"));
        not_found(client.tag().delete(&path).await);
    })
    .await;
}

#[tokio::test]
async fn none_clears_a_member() {
    in_both_modes(async |service, client| {
        let mut made = client.task().create(TaskDraft::new("x").content("text")).await.unwrap();
        made.content = None.into();
        client.task().update(&made).await.unwrap();
        let text = stored_task(service, &made.id).get("content").cloned().unwrap_or_default();
        assert!(["", "null", "\"\""].contains(&text.as_str()), "{text}");
    })
    .await;
}

#[tokio::test]
async fn a_member_that_was_left_out_and_is_stored_still_is_reported() {
    let service = common::service(ticktick_sim::UpdateMode::Merge);
    let client = builder(&service).verify_writes(true).build().unwrap();
    let mut made = client.task().create(TaskDraft::new("x").content("text")).await.unwrap();
    made.content = ticktick::models::Field::Absent;
    for answer in [
        client.task().update(&made).await.map(drop),
        client.task().batch().overwrite([&made]).send().await.unwrap().into_result().map(drop),
    ] {
        match answer {
            Err(Error::FieldLost { field, .. }) => assert_eq!(field, "content"),
            other => panic!("{other:?}"),
        }
    }
}

#[tokio::test]
async fn an_update_is_checked_like_a_patch() {
    in_both_modes(async |_, client| {
        let mut made = project(client, "Project").await;
        (made.name, made.color) = (" ".into(), "red".into());
        refused(client.project().update(&made).await, "name");
        made.name = "Project".into();
        refused(client.project().update(&made).await, "invalid color");
        let mut folder = client.folder().create("Folder").await.unwrap();
        folder.name = None.into();
        refused(client.folder().update(&folder).await, "name");
        let mut column = client.column().create(&made, "Column").await.unwrap();
        column.name = "".into();
        refused(client.column().update(&column).await, "name");
        let mut habit = client.habit().create(HabitDraft::new("Habit")).await.unwrap();
        habit.repeat_rule = "every day".into();
        refused(client.habit().update(&habit).await, "rule");
        let mut tag = client.tag().create(TagDraft::new("tag")).await.unwrap();
        tag.color = "red".into();
        refused(client.tag().update(&tag).await, "invalid color");
        tag.color = None.into();
        tag.parent = TagName::from("nowhere").into();
        not_found(client.tag().update(&tag).await);
    })
    .await;
}

#[tokio::test]
async fn tags_rules_and_dates_of_a_task_are_checked_by_every_write() {
    in_both_modes(async |_, client| {
        let due = Due::days(date(2026, 3, 1)..=date(2026, 3, 5)).unwrap();
        let made = client.task().create(TaskDraft::new("x").due(due)).await.unwrap();
        let change = async |change: fn(&mut Task), names: &str| {
            let mut task = made.clone();
            change(&mut task);
            refused(client.task().update(&task).await, names);
            let report = client.task().batch().update([&task]).send().await.unwrap();
            refused(report.into_result(), names);
        };
        change(|task| task.tags.push("a b".into()), "name of a tag").await;
        change(|task| task.repeat_flag = "every day".into(), "rule").await;
        change(|task| std::mem::swap(&mut task.start_date, &mut task.due_date), "ends before it starts").await;
        let (from, to) = ("2026-03-05T09:00[UTC]".parse().unwrap(), "2026-03-01T09:00[UTC]".parse().unwrap());
        assert_eq!(Due::range(from, to).unwrap_err().to_string(), "the range ends before it starts");
    })
    .await;
}

#[tokio::test]
async fn a_column_of_another_project_or_a_deleted_one_is_refused() {
    in_both_modes(async |_, client| {
        let (here, there) = (project(client, "Here").await, project(client, "There").await);
        let (own, gone) =
            (client.column().create(&here, "Own").await.unwrap(), client.column().create(&here, "Gone").await.unwrap());
        let foreign = client.column().create(&there, "Foreign").await.unwrap();
        client.column().delete(&gone).await.unwrap();
        let draft = |column: &ColumnId| TaskDraft::new("x").project(here.id.clone()).column(column.clone());
        let made = client.task().create(draft(&own.id)).await.unwrap();
        for wrong in [&foreign.id, &gone.id] {
            refused(client.task().create(draft(wrong)).await, "has no column");
            refused(client.task().move_to_column(&made, wrong).await, "has no column");
            refused(client.task().patch(&made, TaskPatch::new().column(wrong.clone())).await, "has no column");
            let mut changed = made.clone();
            changed.column_id = wrong.clone().into();
            refused(client.task().update(&changed).await, "has no column");
            refused(client.task().batch().update([&changed]).send().await.unwrap().into_result(), "has no column");
            refused(client.task().batch().create([draft(wrong)]).send().await.unwrap().into_result(), "has no column");
        }
        assert_eq!(client.task().move_to_column(&made, &own).await.unwrap().column_id, own.id);
    })
    .await;
}

#[tokio::test]
async fn a_child_of_a_parent_in_the_trash_is_refused_before_anything_is_stored() {
    in_both_modes(async |service, client| {
        let parent = task(client, "parent").await;
        client.task().delete(&parent).await.unwrap();
        let before = stored(service).len();
        not_found(client.task().create_under(&parent, TaskDraft::new("child")).await);
        assert_eq!(stored(service).len(), before);
    })
    .await;
}

#[tokio::test]
async fn a_create_with_an_id_is_repeated_without_a_second_task() {
    in_both_modes(async |service, client| {
        let draft = TaskDraft::new("x").id(TaskId::new());
        let before = stored(service).len();
        let first = client.task().create(draft.clone()).await.unwrap();
        let changed = client.task().patch(&first, TaskPatch::new().title("changed")).await.unwrap();
        let again = client.task().create(draft.clone()).await.unwrap();
        assert_eq!(again.id, first.id);
        assert_eq!(again.title, changed.title);
        let report = client.task().batch().create([draft.clone()]).send().await.unwrap();
        assert_eq!(report.created().next().unwrap().title, "changed");
        assert_eq!(stored(service).len(), before + 1);
        client.task().delete(&first).await.unwrap();
        refused(client.task().create(draft).await, "trash");
    })
    .await;
}

#[tokio::test]
async fn a_create_with_the_id_of_an_earlier_one_returns_what_that_has_stored() {
    in_both_modes(async |_, client| {
        let id = "65f0a1b2c3d4e5f6a7b8c9aa";
        let create = async |name: &str| {
            let [start, end] = ["2026-03-01T09:00:00Z", "2026-03-01T09:25:00Z"].map(|time| time.parse().unwrap());
            let (day, rule) = (date(2026, 3, 1), FilterRule::normal());
            [
                client.project().create(ProjectDraft::new(name).id(id)).await.unwrap().name.into_option(),
                client.filter().create(FilterDraft::new(name, rule).id(id)).await.unwrap().name.into_option(),
                client.habit().create(HabitDraft::new(name).id(id)).await.unwrap().name.into_option(),
                client.countdown().create(CountdownDraft::new(name, day).id(id)).await.unwrap().name.into_option(),
                client.focus().create_timer(TimerDraft::stopwatch(name).id(id)).await.unwrap().name.into_option(),
                client.focus().create(FocusDraft::new(start, end).note(name).id(id)).await.unwrap().note.into_option(),
            ]
        };
        for name in ["first", "second"] {
            assert_eq!(create(name).await.map(Option::unwrap), ["first"; 6], "{name}");
        }
    })
    .await;
}

#[tokio::test]
async fn the_error_of_a_create_that_may_be_stored_names_its_id() {
    in_both_modes(async |service, client| {
        for _ in 0..3 {
            service.faults().next(&op::TASK_BATCH, Fault::LoseAnswer);
        }
        let error = client.task().create(TaskDraft::new("lost")).await.unwrap_err();
        let id = TaskId::from(error.id().unwrap());
        assert!(error.is_retryable() && error.class() != Some(ErrorClass::NotFound), "{error:?}");
        assert_eq!(client.task().get(&id).await.unwrap().title, "lost");
    })
    .await;
}

#[tokio::test]
async fn what_does_not_exist_is_not_deleted() {
    in_both_modes(async |_, client| {
        let id = "65f0a1b2c3d4e5f6a7b8c9d0";
        let (project, made) = (project(client, "x").await, task(client, "x").await);
        let column = ticktick::column::Column::new(id, project.id.clone());
        not_found(client.project().delete(ticktick::ProjectId::from(id)).await);
        not_found(client.folder().delete(FolderId::from(id)).await);
        not_found(client.folder().add_project(FolderId::from(id), &project).await);
        not_found(client.column().delete(&column).await);
        not_found(client.tag().delete(TagName::from("nowhere")).await);
        not_found(client.filter().delete(ticktick::filter::FilterId::from(id)).await);
        not_found(client.habit().delete(ticktick::habit::HabitId::from(id)).await);
        not_found(client.habit().delete_section(ticktick::habit::SectionId::from(id)).await);
        not_found(client.countdown().delete(ticktick::countdown::CountdownId::from(id)).await);
        not_found(client.focus().delete(&ticktick::focus::FocusRecord::new(id)).await);
        not_found(client.focus().delete_timer(ticktick::focus::TimerId::from(id)).await);
        not_found(client.task().delete_forever([TaskId::from(id)]).await);
        not_found(client.task().comments(&made).delete(ticktick::task::CommentId::from(id)).await);
    })
    .await;
}

#[tokio::test]
async fn children_are_found_below_a_task_that_was_moved() {
    in_both_modes(async |service, client| {
        let stale = task(client, "parent").await;
        let child = client.task().create_under(&stale, TaskDraft::new("child")).await.unwrap();
        let elsewhere = project(client, "elsewhere").await;
        client.task().move_to(&stale, &elsewhere).await.unwrap();
        let children = client.task().children(&stale).await.unwrap();
        assert_eq!(children.iter().map(|task| &task.id).collect::<Vec<_>>(), [&child.id]);
        service.forget_requests();
        client.task().children(&client.task().get(&stale).await.unwrap()).await.unwrap();
        assert_eq!(service.requests().len(), 2, "one for the task, one for its children");
        client.task().delete(&stale).await.unwrap();
        not_found(client.task().children(&stale).await);
    })
    .await;
}
