//! [`World`]: an account full of what a client does not know.

use serde::de::DeserializeOwned;
use ticktick::date::FixedClock;
use ticktick::models::{
    BatchCheckins, BatchCountdowns, BatchFilters, BatchFocusRecords, BatchFolders, BatchHabitSections, BatchHabits,
    BatchProjects, BatchTags, BatchTasks, BatchTimers, Object, SaveColumns, SetParent, TaskRef, decode_lenient,
};
use ticktick::project::Permission;
use ticktick::raw::{self, FileUpload};
use ticktick::task::AttachmentId;
use ticktick::{Client, ProjectId, TaskId};
use ticktick_sim::{Builder, Collection, Reading, Service, Simulator, UpdateMode};

use crate::odd::Odd;
use crate::seed;
use crate::snapshot::{self, Snapshot, by_id, name};

const ME: &str = "me@example.com";
const GUEST: &str = "guest@example.com";

fn clock() -> FixedClock {
    FixedClock("2026-03-01T12:30:00Z".parse().unwrap())
}

fn accounts() -> Builder {
    Simulator::builder().account(ME, "secret").account(GUEST, "secret").clock(clock())
}

/// An account, and a client of it.
pub(crate) struct World {
    pub(crate) service: Service,
    pub(crate) client: Client,
}

impl World {
    /// Makes an account whose objects have these unknown members, through raw operations.
    pub(crate) async fn new(mode: UpdateMode, odd: &[Odd]) -> Self {
        let world = Self::of(accounts().update_mode(mode));
        let inbox = world.client.project().inbox().await.unwrap().id;
        let mut pen = Pen { odd, next: 0, inbox, written: Vec::new() };
        world.fill_projects(&mut pen).await;
        world.fill_tasks(&mut pen).await;
        world.fill_habits(&mut pen).await;
        world.fill_focus(&mut pen).await;
        world.check(&pen.written);
        world
    }

    /// Makes the account of a dump, in a service that behaves as a reading says.
    pub(crate) fn with(reading: Reading, dump: &str) -> Self {
        let world = Self::of(accounts().reading(reading));
        world.service.load(dump).unwrap();
        world
    }

    fn of(builder: Builder) -> Self {
        let service = builder.build();
        let builder = Client::builder().transport(service.signed_on(ME)).clock(clock());
        let client = builder.base_url("http://127.0.0.1:1").build().unwrap();
        Self { service, client }
    }

    /// Reads everything that the account holds.
    pub(crate) fn snapshot(&self) -> Snapshot {
        snapshot::take(&self.service, ME)
    }

    /// Returns all objects of a kind, in the order of their creation.
    pub(crate) fn all<T: DeserializeOwned>(&self, collection: Collection) -> Vec<T> {
        self.service.objects(ME, collection).iter().map(|object| object.decode_lenient().unwrap()).collect()
    }

    async fn fill_projects(&self, pen: &mut Pen<'_>) {
        let wire = self.client.transport();
        let mut folders = BatchFolders::default();
        folders.add = pen.all(Collection::ProjectGroups, seed::FOLDERS).into();
        raw::project_group::batch(wire, &folders).await.unwrap();
        let mut projects = BatchProjects::default();
        projects.add = pen.all(Collection::Projects, seed::PROJECTS).into();
        raw::project::batch(wire, &projects).await.unwrap();
        let mut columns = SaveColumns::default();
        columns.add = pen.all(Collection::Columns, seed::COLUMNS).into();
        raw::column::save(wire, &columns).await.unwrap();
        let mut tags = BatchTags::default();
        tags.add = pen.all(Collection::Tags, seed::TAGS).into();
        raw::tag::batch(wire, &tags).await.unwrap();
        let mut filters = BatchFilters::default();
        filters.add = pen.all(Collection::Filters, seed::FILTERS).into();
        raw::filter::batch(wire, &filters).await.unwrap();
        let mut countdowns = BatchCountdowns::default();
        countdowns.add = pen.all(Collection::Countdowns, seed::COUNTDOWNS).into();
        raw::countdown::batch(wire, &countdowns).await.unwrap();
    }

    async fn fill_tasks(&self, pen: &mut Pen<'_>) {
        let wire = self.client.transport();
        let mut tasks = BatchTasks::default();
        tasks.add = pen.all(Collection::Tasks, seed::TASKS).into();
        raw::task::batch(wire, &tasks).await.unwrap();
        for (child, parent) in seed::FAMILY {
            let mut link = SetParent::new(id(child), board());
            link.parent_id = TaskId::from(id(parent)).into();
            raw::task::set_parents(wire, &[link]).await.unwrap();
        }
        let mut trash = BatchTasks::default();
        trash.delete =
            seed::TRASHED.iter().map(|task| TaskRef::new(id(task), pen.inbox.clone())).collect::<Vec<_>>().into();
        raw::task::batch(wire, &trash).await.unwrap();
        let note = pen.all(Collection::Comments, &[r##"{"id":"#60","title":"Comment","?":0}"##]).remove(0);
        raw::comment::create(wire, &board(), &TaskId::from(id("#39")), &note).await.unwrap();
        let (image, file) = (FileUpload::new("a.png", "image/png", *b"x"), AttachmentId::from(id("#61")));
        raw::attachment::upload(wire, &board(), &TaskId::from(id("#33")), &file, image).await.unwrap();
        self.service.share(ME, "Shared", GUEST, Permission::Write);
    }

    async fn fill_habits(&self, pen: &mut Pen<'_>) {
        let wire = self.client.transport();
        let mut sections = BatchHabitSections::default();
        sections.add = pen.all(Collection::HabitSections, seed::SECTIONS).into();
        raw::habit::batch_sections(wire, &sections).await.unwrap();
        let mut habits = BatchHabits::default();
        habits.add = pen.all(Collection::Habits, seed::HABITS).into();
        raw::habit::batch(wire, &habits).await.unwrap();
        let mut check_ins = BatchCheckins::default();
        check_ins.add = pen.all(Collection::HabitCheckins, seed::CHECK_INS).into();
        raw::habit::batch_check_ins(wire, &check_ins).await.unwrap();
    }

    async fn fill_focus(&self, pen: &mut Pen<'_>) {
        let wire = self.client.transport();
        let mut timers = BatchTimers::default();
        timers.add = pen.all(Collection::Timers, seed::TIMERS).into();
        raw::focus::batch_timers(wire, &timers).await.unwrap();
        let [pomodoro, stopwatch] = seed::FOCUS;
        let mut records = BatchFocusRecords::default();
        records.add = pen.all(Collection::FocusRecords, &[pomodoro]).into();
        raw::focus::batch_pomodoros(wire, &records).await.unwrap();
        records.add = pen.all(Collection::FocusRecords, &[stopwatch]).into();
        raw::focus::batch_timings(wire, &records).await.unwrap();
    }

    /// Checks that everything that was written is there, to the letter.
    fn check(&self, written: &[(String, Object)]) {
        let stored = self.snapshot();
        for (name, object) in written {
            for (path, text) in by_id(object) {
                // Tasks and tags omit null members, or use another value that means null.
                let found = stored[name].members.get(&path);
                assert!(found == Some(&text) || text == "null", "{name}: `{path}`: {found:?}");
            }
        }
    }
}

/// Returns an id of the seed.
pub(crate) fn id(short: &str) -> String {
    format!("65f0a1b2c3d4e5f6a7b8c9{}", &short[1..])
}

/// Returns the project that has columns, a family and much else.
pub(crate) fn board() -> ProjectId {
    ProjectId::from(id("#03"))
}

/// Writes the objects of the seed.
struct Pen<'a> {
    odd: &'a [Odd],
    next: usize,
    inbox: ProjectId,
    written: Vec<(String, Object)>,
}

impl Pen<'_> {
    fn all<T: DeserializeOwned>(&mut self, collection: Collection, texts: &[&str]) -> Vec<T> {
        let key = if collection == Collection::Tags { "name" } else { "id" };
        let mut write = |text: &&str| {
            let text = self.write(text);
            let object: Object = serde_json::from_str(&text).unwrap();
            let key: String = object.get(key).unwrap().decode().unwrap();
            self.written.push((name(collection, key), object));
            decode_lenient(text.as_bytes()).unwrap().value
        };
        texts.iter().map(&mut write).collect()
    }

    fn write(&mut self, text: &str) -> String {
        let mut text = text.replace("\"#inbox\"", &format!("\"{}\"", self.inbox));
        for n in 1..100 {
            let short = format!("#{n:02}");
            text = text.replace(&format!("\"{short}\""), &format!("\"{}\"", id(&short)));
        }
        while text.contains("\"?\":0") {
            text = text.replacen("\"?\":0", &self.odd[self.next % self.odd.len()].join(","), 1);
            self.next += 1;
        }
        text
    }
}
