//! An account that has one of everything.

use jiff::Timestamp;
use jiff::civil::date;
use ticktick::column::Column;
use ticktick::countdown::{Countdown, CountdownDraft};
use ticktick::date::FixedClock;
use ticktick::filter::FilterRule;
use ticktick::focus::{FocusRecord, FocusStart, FocusState, Timer, TimerDraft};
use ticktick::folder::Folder;
use ticktick::habit::HabitSection;
use ticktick::project::{Permission, ProjectMember, ViewMode};
use ticktick::task::{Attachment, Comment};
use ticktick::{
    CheckIn, Client, Due, Filter, FilterDraft, FocusDraft, Habit, HabitDraft, ItemDraft, Project, ProjectDraft, Tag,
    TagDraft, Task, TaskDraft, TaskId, Trigger,
};
use ticktick_sim::{Plan, Service, Simulator};

const USER: &str = "me@example.com";

/// An account that has one of everything, and a client that knows inbox and zone already.
pub(crate) struct World {
    pub(crate) service: Service,
    pub(crate) client: Client,
    pub(crate) project: Project,
    pub(crate) other_project: Project,
    pub(crate) archived: Project,
    pub(crate) shared: Project,
    pub(crate) folder: Folder,
    pub(crate) columns: [Column; 2],
    pub(crate) tags: [Tag; 2],
    /// A plain task of the project.
    pub(crate) task: Task,
    pub(crate) neighbor: Task,
    pub(crate) checklist: Task,
    pub(crate) series: Task,
    pub(crate) parent: Task,
    pub(crate) child: Task,
    pub(crate) closed: Task,
    pub(crate) trashed: Task,
    pub(crate) shared_task: Task,
    pub(crate) pinned: Task,
    pub(crate) nested: Tag,
    pub(crate) comment: Comment,
    pub(crate) file: Attachment,
    pub(crate) filter: Filter,
    pub(crate) habits: [Habit; 2],
    pub(crate) section: HabitSection,
    pub(crate) countdown: Countdown,
    pub(crate) timer: Timer,
    /// A focus session that is over.
    pub(crate) record: FocusRecord,
    /// A focus session that runs.
    pub(crate) session: FocusState,
    pub(crate) then: Timestamp,
    pub(crate) now: Timestamp,
    /// Number of the user with whom a project is shared.
    pub(crate) guest: i64,
}

impl World {
    pub(crate) async fn new() -> Self {
        let (then, now) = ("2026-03-01T11:30:00Z".parse().unwrap(), "2026-03-01T12:30:00Z".parse().unwrap());
        let clock = FixedClock(now);
        let sim = Simulator::builder().account(USER, "secret").account("you@example.com", "secret").plan(Plan::Pro);
        let service = sim.share(USER, "Family", "you@example.com", Permission::Write).clock(clock).build();
        let builder = Client::builder().transport(service.signed_on(USER)).clock(clock);
        let client = builder.base_url("http://127.0.0.1:1").build().unwrap();
        // Inbox and zone are asked for once in a client's life, so they count for no call.
        client.check_session().await.unwrap();
        client.time_zone().await.unwrap();

        let folder = client.folder().create("Folder").await.unwrap();
        let draft = ProjectDraft::new("Project").folder(folder.id.clone()).view_mode(ViewMode::Kanban);
        let project = client.project().create(draft).await.unwrap();
        let other_project = client.project().create(ProjectDraft::new("Other")).await.unwrap();
        let archived = client.project().create(ProjectDraft::new("Archived")).await.unwrap();
        let archived = client.project().archive(&archived).await.unwrap();
        let projects = client.project().list().await.unwrap();
        let shared = projects.into_iter().find(|one| one.name == "Family").unwrap();
        let columns = [column(&client, &project, "To do").await, column(&client, &project, "Doing").await];
        let tags = [tag(&client, "one").await, tag(&client, "two").await];

        let inside = |title: &str| TaskDraft::new(title).project(project.id.clone()).tag("one");
        let make = async |draft| client.task().create(draft).await.unwrap();
        let closed = make(inside("closed")).await;
        let trashed = make(inside("trashed")).await;
        let parent = make(inside("parent")).await;
        let child = client.task().create_under(&parent, inside("child")).await.unwrap();
        client.task().delete(&trashed).await.unwrap();
        let task = make(inside("task").due(Due::day(date(2026, 3, 2)))).await;
        let member = |one: &ProjectMember| one.user_id.get().copied().filter(|_| one.is_owner != true);
        let shared_task = make(TaskDraft::new("shared").project(shared.id.clone())).await;
        let guest = client.project().members(&shared).await.unwrap().iter().find_map(member).unwrap();
        client.task().assign(&shared_task, guest).await.unwrap();
        let timer = client.focus().create_timer(TimerDraft::pomodoro("Timer", 25)).await.unwrap();
        Self {
            comment: client.task().comments(&task).add("text").await.unwrap(),
            file: client.task().attachments(&task).upload("a.png", *b"png").await.unwrap(),
            pinned: make(inside("pinned").pinned()).await,
            nested: client.tag().create(TagDraft::new("nested").parent("two")).await.unwrap(),
            filter: client
                .filter()
                .create(FilterDraft::new("Filter", FilterRule::normal().tags(["one"])))
                .await
                .unwrap(),
            habits: [habit(&client, "Read").await, checked_in(&client, "Run").await],
            section: client.habit().create_section("Section").await.unwrap(),
            countdown: client.countdown().create(CountdownDraft::new("Day", date(2026, 12, 24))).await.unwrap(),
            record: client.focus().create(FocusDraft::new(then, now).on_task(&task).on_timer(&timer)).await.unwrap(),
            timer,
            session: client.focus().start(FocusStart::pomodoro(25)).await.unwrap(),
            then,
            now,
            guest,
            task: fresh(&client, &task.id).await,
            neighbor: make(inside("neighbor")).await,
            checklist: make(inside("checklist").item("a").item(ItemDraft::new("b").done())).await,
            series: make(
                inside("series")
                    .due(Due::day(date(2026, 3, 1)))
                    .repeat("RRULE:FREQ=DAILY")
                    .reminder(Trigger::on_day(0, jiff::civil::time(9, 0, 0, 0))),
            )
            .await,
            parent: fresh(&client, &parent.id).await,
            child: fresh(&client, &child.id).await,
            closed: client.task().complete(&closed).await.unwrap().into(),
            trashed,
            shared_task,
            service,
            project,
            other_project,
            archived,
            shared,
            folder,
            columns,
            tags,
            client: client.clone(),
        }
    }
}

async fn column(client: &Client, project: &Project, name: &str) -> Column {
    client.column().create(project, name).await.unwrap()
}

async fn tag(client: &Client, name: &str) -> Tag {
    client.tag().create(TagDraft::new(name)).await.unwrap()
}

async fn habit(client: &Client, name: &str) -> Habit {
    client.habit().create(HabitDraft::new(name)).await.unwrap()
}

async fn checked_in(client: &Client, name: &str) -> Habit {
    let made = habit(client, name).await;
    client.habit().check_in(&made, CheckIn::done().on(date(2026, 2, 28))).await.unwrap();
    client.habit().get(&made).await.unwrap()
}

async fn fresh(client: &Client, id: &TaskId) -> Task {
    client.task().get(id).await.unwrap()
}
