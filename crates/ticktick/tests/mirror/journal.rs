//! The journal, lost answers, and undo.

use ticktick::mirror::{ChangeAction, Outcome};
use ticktick::raw::op;
use ticktick::{Error, Priority, ProjectDraft, TaskDraft, TaskPatch};
use ticktick_sim::Fault;

use crate::world::{World, status};

#[tokio::test]
async fn undoing_the_deletion_of_a_project_restores_its_tasks() {
    let world = World::refreshed().await;
    let (projects, tasks) = (world.client.project(), world.client.task());
    let flat = projects.create(ProjectDraft::new("Flat")).await.unwrap();
    let boxes = tasks.create(TaskDraft::new("Boxes").project(&flat)).await.unwrap();
    let keys = tasks.create(TaskDraft::new("Keys").project(&flat)).await.unwrap();
    let other = tasks.create(TaskDraft::new("Milk")).await.unwrap();
    tasks.delete(&other).await.unwrap();
    world.mirror.refresh(&world.client).await.unwrap();
    projects.delete(&flat).await.unwrap();
    let undone = world.mirror.undo_latest(&world.client).await.unwrap();
    let new = undone.objects[0].new_id.clone().unwrap();
    for id in [&boxes.id, &keys.id] {
        let task = tasks.get(id).await.unwrap();
        assert!(task.is_open() && !task.is_deleted() && task.project_id == new.as_str(), "{task:?}");
    }
    assert!(tasks.get(&other).await.is_err(), "it was in another project");
}

#[tokio::test]
async fn writes_are_recorded_with_both_versions() {
    let world = World::refreshed().await;
    world.mirror.name_command("add Milk");
    let milk = world.client.task().create(TaskDraft::new("Milk")).await.unwrap();
    world.mirror.name_command("edit");
    world.client.task().patch(&milk, TaskPatch::new().title("Oat milk")).await.unwrap();
    let journal = world.mirror.journal(10).unwrap();
    let [edit, add] = &journal[..] else { panic!("{journal:?}") };
    assert_eq!(add.command.as_str(), "add Milk");
    assert_eq!(add.operation.as_str(), "task.batch");
    assert_eq!(add.outcome, Outcome::Done);
    assert_eq!(edit.outcome, Outcome::Done);
    let [created] = &add.changes[..] else { panic!("{add:?}") };
    assert_eq!(created.action, ChangeAction::Create);
    assert_eq!(created.before.as_ref(), None);
    let [changed] = &edit.changes[..] else { panic!("{edit:?}") };
    let title =
        |json: &Option<ticktick::models::Json>| json.as_ref().unwrap().decode::<ticktick::Task>().unwrap().title;
    assert_eq!(title(&changed.before).as_deref(), Some("Milk"));
    assert_eq!(title(&changed.after).as_deref(), Some("Oat milk"));
    assert_ne!(add.run, edit.run);
}

#[tokio::test]
async fn a_refused_write_is_recorded_and_changes_nothing() {
    let world = World::refreshed().await;
    world.service.faults().next(&op::TASK_BATCH, status(403));
    world.client.task().create(TaskDraft::new("Quinoa")).await.unwrap_err();
    let journal = world.mirror.journal(1).unwrap();
    assert_eq!(journal[0].outcome, Outcome::Refused);
    assert!(journal[0].error.as_ref().unwrap().contains("403"));
    assert!(world.mirror.search("Quinoa", 10).unwrap().is_empty());
}

#[tokio::test]
async fn the_next_refresh_tells_how_a_lost_write_ended() {
    for (fault, outcome) in [(Fault::LoseAnswer, Outcome::Done), (status(502), Outcome::NotApplied)] {
        let world = World::refreshed().await;
        let client = crate::world::builder(&world.service).mirror(&world.mirror);
        let client = client.retry(ticktick::connection::RetryPolicy::never()).build().unwrap();
        world.service.faults().next(&op::TASK_BATCH, fault.clone());
        client.task().create(TaskDraft::new("Lost")).await.unwrap_err();
        assert_eq!(world.mirror.journal(1).unwrap()[0].outcome, Outcome::Unknown);
        let later = world.opened_at("2026-03-01T12:35:00Z");
        later.refresh(&world.client).await.unwrap();
        assert_eq!(later.journal(1).unwrap()[0].outcome, outcome, "{fault:?}");
        world.assert_equal().await;
    }
}

#[tokio::test]
async fn undo_restores_what_the_write_changed_and_is_undone_itself() {
    let world = World::refreshed().await;
    let tasks = world.client.task();
    let milk = tasks.create(TaskDraft::new("Milk")).await.unwrap();
    tasks.patch(&milk, TaskPatch::new().title("Oat milk")).await.unwrap();
    let entry = world.mirror.journal(1).unwrap()[0].id;
    world.elsewhere().task().patch(&milk, TaskPatch::new().priority(Priority::High)).await.unwrap();

    world.mirror.undo(&world.client, entry).await.unwrap();
    let now = tasks.get(&milk).await.unwrap();
    assert_eq!(now.title(), "Milk");
    assert_eq!(now.priority(), Priority::High);
    let undo = world.mirror.journal(1).unwrap()[0].clone();
    assert_eq!(undo.undoes, Some(entry));
    world.mirror.undo(&world.client, undo.id).await.unwrap();
    assert_eq!(tasks.get(&milk).await.unwrap().title(), "Oat milk");
    world.mirror.refresh(&world.client).await.unwrap();
    world.assert_equal().await;
}

#[tokio::test]
async fn undo_refuses_what_somebody_has_changed_since() {
    let world = World::refreshed().await;
    let milk = world.client.task().create(TaskDraft::new("Milk")).await.unwrap();
    world.client.task().patch(&milk, TaskPatch::new().title("Oat milk")).await.unwrap();
    world.elsewhere().task().patch(&milk, TaskPatch::new().title("Soy milk")).await.unwrap();
    let entry = world.mirror.journal(1).unwrap()[0].id;
    let Err(Error::UndoConflict(conflict)) = world.mirror.undo(&world.client, entry).await else { panic!("undone") };
    let title =
        |json: Option<ticktick::models::Json>| json.unwrap().decode::<ticktick::Task>().unwrap().title.to_string();
    let versions = [conflict.before.clone(), conflict.after.clone(), conflict.current.clone()].map(title);
    assert_eq!(versions, ["Milk", "Oat milk", "Soy milk"]);
    let members = conflict.members();
    assert_eq!(members.iter().map(|member| member.name.as_str()).collect::<Vec<_>>(), ["title"]);
    assert_eq!(members[0].current.as_ref().unwrap().as_str(), r#""Soy milk""#);
    assert_eq!(world.client.task().get(&milk).await.unwrap().title(), "Soy milk");
    assert!(!format!("{conflict} {conflict:?}").contains("Milk"));
}

#[tokio::test]
async fn undo_of_creates_and_deletes() {
    let world = World::refreshed().await;
    let tasks = world.client.task();
    let milk = tasks.create(TaskDraft::new("Milk").item("1 l")).await.unwrap();
    world.mirror.undo_latest(&world.client).await.unwrap();
    assert!(tasks.get(&milk).await.unwrap_err().is_not_found());
    assert!(world.mirror.task(&milk).unwrap().is_none());

    let bread = tasks.create(TaskDraft::new("Bread").item("Rye")).await.unwrap();
    tasks.delete(&bread).await.unwrap();
    let undone = world.mirror.undo_latest(&world.client).await.unwrap();
    assert_eq!(undone.objects[0].new_id, None, "restored from the trash");
    assert_eq!(tasks.get(&bread).await.unwrap().items.len(), 1);

    tasks.delete(&bread).await.unwrap();
    let entry = world.mirror.journal(1).unwrap()[0].id;
    tasks.empty_trash().await.unwrap();
    let undone = world.mirror.undo(&world.client, entry).await.unwrap();
    let id = undone.objects[0].new_id.clone().unwrap();
    let again = tasks.get(ticktick::TaskId::from(id)).await.unwrap();
    assert_eq!(again.title(), "Bread");
    assert_eq!(again.items.len(), 1);

    let project = world.client.project().create(ProjectDraft::new("Flat")).await.unwrap();
    world.client.project().rename(&project, "House").await.unwrap();
    world.mirror.undo_latest(&world.client).await.unwrap();
    assert_eq!(world.client.project().get(&project).await.unwrap().name(), "Flat");
}

#[tokio::test]
async fn undo_of_the_deletion_of_a_family_restores_its_parents() {
    let world = World::refreshed().await;
    let trip = world.client.task().create(TaskDraft::new("Trip")).await.unwrap();
    let bag = world.client.task().create_under(&trip, TaskDraft::new("Bag")).await.unwrap();
    let sock = world.client.task().create_under(&bag, TaskDraft::new("Socks")).await.unwrap();
    world.mirror.refresh(&world.client).await.unwrap();
    world.client.task().batch().delete([&trip.id, &bag.id, &sock.id]).send().await.unwrap().into_result().unwrap();
    let entry = world.mirror.journal(1).unwrap()[0].id;
    world.mirror.undo(&world.client, entry).await.unwrap();
    for (child, parent) in [(&bag, &trip), (&sock, &bag)] {
        assert_eq!(world.client.task().get(child).await.unwrap().parent_id, parent.id);
    }
}

#[tokio::test]
async fn undo_of_moves_and_parents() {
    let world = World::refreshed().await;
    let tasks = world.client.task();
    let (a, b) = (tasks.create(TaskDraft::new("A")).await.unwrap(), tasks.create(TaskDraft::new("B")).await.unwrap());
    tasks.set_parent(&b, &a).await.unwrap();
    assert_eq!(world.mirror.task(&b).unwrap().unwrap().parent(), Some(&a.id));
    world.mirror.undo_latest(&world.client).await.unwrap();
    assert_eq!(tasks.get(&b).await.unwrap().parent(), None);
    let project = world.client.project().create(ProjectDraft::new("Flat")).await.unwrap();
    tasks.move_to(&b, &project).await.unwrap();
    world.mirror.undo_latest(&world.client).await.unwrap();
    assert_eq!(tasks.get(&b).await.unwrap().project(), a.project());
}

#[tokio::test]
async fn undo_of_comments_check_ins_and_focus_records() {
    let world = World::refreshed().await;
    let task = world.client.task().create(TaskDraft::new("Trip")).await.unwrap();
    let comments = world.client.task().comments(&task);
    let first = comments.add("First").await.unwrap();
    comments.edit(&first.id, "Second").await.unwrap();
    world.mirror.undo_latest(&world.client).await.unwrap();
    assert_eq!(comments.list().await.unwrap()[0].title, "First");
    comments.delete(&first.id).await.unwrap();
    let undone = world.mirror.undo_latest(&world.client).await.unwrap();
    assert!(undone.objects[0].new_id.is_some());
    assert_eq!(comments.list().await.unwrap()[0].title, "First");

    let habit = world.client.habit().create(ticktick::HabitDraft::new("Read")).await.unwrap();
    world.mirror.name_command("habit check-in Read");
    world.client.habit().check_in(&habit, ticktick::CheckIn::done()).await.unwrap();
    assert_eq!(world.client.habit().get(&habit).await.unwrap().total_check_ins, 1);
    world.mirror.undo_latest(&world.client).await.unwrap();
    assert_eq!(world.client.habit().get(&habit).await.unwrap().total_check_ins, 0);
    let check_ins = world.client.habit().check_ins([&habit], ..).await.unwrap();
    assert!(check_ins.iter().all(|check_in| check_in.status == ticktick::habit::CheckinStatus::InProgress));
    let found = world.mirror.sql("select state from checkins where habit = 'Read'", Default::default()).unwrap();
    assert_eq!(format!("{:?}", found.rows), r#"[[Text("in_progress")]]"#);

    let (start, end) = ("2026-03-01T09:00:00Z".parse().unwrap(), "2026-03-01T10:30:00Z".parse().unwrap());
    let record = world.client.focus().create(ticktick::FocusDraft::new(start, end)).await.unwrap();
    world.mirror.name_command("focus rm");
    world.client.focus().delete(&record).await.unwrap();
    let undone = world.mirror.undo_latest(&world.client).await.unwrap();
    let id = undone.objects[0].new_id.clone().unwrap();
    let records = world.client.focus().records(start..=end).await.unwrap();
    assert!(records.iter().any(|record| record.id == id.as_str()));
}

#[tokio::test]
async fn a_command_that_cannot_be_undone_whole_is_not_undone_in_part() {
    let world = World::refreshed().await;
    let tasks = world.client.task();
    let (one, two) =
        (tasks.create(TaskDraft::new("One")).await.unwrap(), tasks.create(TaskDraft::new("Two")).await.unwrap());
    world.mirror.name_command("rename");
    tasks.patch(&one, TaskPatch::new().title("First")).await.unwrap();
    tasks.patch(&two, TaskPatch::new().title("Second")).await.unwrap();
    world.elsewhere().task().patch(&one, TaskPatch::new().title("Mine")).await.unwrap();
    let error = world.mirror.undo_latest(&world.client).await.unwrap_err();
    assert!(matches!(error, Error::UndoConflict(_)), "{error}");
    assert_eq!(tasks.get(&two).await.unwrap().title(), "Second");
}

#[tokio::test]
async fn a_command_that_wrote_an_object_twice_is_undone_whole() {
    let world = World::refreshed().await;
    let tasks = world.client.task();
    let one = tasks.create(TaskDraft::new("One")).await.unwrap();
    world.mirror.name_command("rename twice");
    tasks.patch(&one, TaskPatch::new().title("Two")).await.unwrap();
    tasks.patch(&one, TaskPatch::new().title("Three")).await.unwrap();
    let undone = world.mirror.undo_latest(&world.client).await.unwrap();
    assert_eq!(undone.entries.len(), 2);
    assert_eq!(tasks.get(&one).await.unwrap().title(), "One");
}

#[tokio::test]
async fn a_write_at_the_same_time_is_not_part_of_an_undo() {
    let world = World::refreshed().await;
    let tasks = world.client.task();
    let milk = tasks.create(TaskDraft::new("Milk")).await.unwrap();
    tasks.patch(&milk, TaskPatch::new().title("Oat milk")).await.unwrap();
    let undo = world.mirror.undo_latest(&world.client);
    let other = world.mirror.with_command("add", tasks.create(TaskDraft::new("Bread")));
    let (undone, bread, tea) = tokio::join!(undo, other, tasks.create(TaskDraft::new("Tea")));
    let (undone, bread, tea) = (undone.unwrap(), bread.unwrap(), tea.unwrap());
    assert_eq!(undone.objects[0].id, milk.id.as_str());
    let journal = world.mirror.journal(3).unwrap();
    let of = |id: &ticktick::TaskId| journal.iter().find(|entry| entry.changes[0].id == id.as_str()).unwrap();
    assert_eq!(of(&milk.id).undoes, Some(undone.entries[0]));
    assert_eq!(of(&bread.id).command, "add");
    assert_eq!(of(&bread.id).undoes, None);
    assert_eq!(of(&tea.id).command, "");
    assert_eq!(of(&tea.id).undoes, None);
}
