//! Tags.

use ticktick::tag::{TagName, TagPatch};
use ticktick::{Tag, TagDraft, Task, TaskPatch};
use ticktick_sim::Collection::{Tags, Tasks};

use super::{Done, is_open, on, writes};
use crate::touch::Touch;
use crate::world::World;

fn tags(world: &World) -> Vec<Tag> {
    world.all(Tags)
}

fn any(_: &Tag) -> bool {
    true
}

fn is_nested(tag: &Tag) -> bool {
    tag.parent.get().is_some()
}

fn is_there(world: &World, name: &str) -> bool {
    tags(world).iter().any(|tag| tag.name.as_str() == name)
}

/// Returns what may change where a tag is no longer there: the tasks that carry it, and the tags below it.
fn leaving(world: &World, tag: &TagName) -> Touch {
    let carriers: Vec<Task> = world.all(Tasks);
    let carriers = carriers.iter().filter(|task| task.tags.contains(tag)).map(|task| &task.id);
    let touch = Touch::default().each(Tasks, carriers, &["tags"]);
    let children = tags(world).into_iter().filter(|child| child.parent == *tag);
    touch.each(Tags, children.map(|child| child.name), &["parent"])
}

/// Returns what putting tags on a task may touch: those that are not there yet are made.
fn tagging(world: &World, task: &Task, names: &[&str]) -> Touch {
    on(task, ["tags"]).born(Tags, names.iter().filter(|name| !is_there(world, name)).count())
}

/// Makes a patch of a tag a write.
macro_rules! patch {
    ($world:ident, $pick:ident, $fits:expr, $member:literal, $patch:expr) => {{
        let tag = $pick.of(&tags($world), $fits)?;
        let touch = Touch::default().members(Tags, &tag.name, [$member]);
        Done::new(touch, $world.client.tag().patch(&tag, $patch).await)
    }};
}

writes! {
    "task.add_tags" => |world, pick| {
        let task = pick.of(&world.all::<Task>(Tasks), is_open)?;
        let touch = tagging(world, &task, &["work", "errands", "neu"]);
        Done::new(touch, world.client.task().add_tags(&task, ["WORK", "errands", "Neu"]).await)
    };
    "task.set_tags" => |world, pick| {
        let task = pick.of(&world.all::<Task>(Tasks), is_open)?;
        let touch = tagging(world, &task, &["work", "日本"]);
        Done::new(touch, world.client.task().set_tags(&task, ["日本", "Work"]).await)
    };
    "task.patch tags" => |world, pick| {
        let task = pick.of(&world.all::<Task>(Tasks), is_open)?;
        let touch = tagging(world, &task, &["errands"]);
        Done::new(touch, world.client.task().patch(&task, TaskPatch::new().tags(["errands"])).await)
    };
    "tag.create" => |world, pick| {
        let draft = TagDraft::new(format!("Neu{}", pick.below(99))).parent("errands").color("#4772FA");
        let count = if is_there(world, "errands") { 1 } else { 2 };
        Done::new(Touch::default().born(Tags, count), world.client.tag().create(draft).await)
    };
    "tag.create with parent" => |world, pick| {
        let draft = TagDraft::new(format!("Up{0}/Down{0}", pick.below(99)));
        Done::new(Touch::default().born(Tags, 2), world.client.tag().create(draft).await)
    };
    "tag.update" => |world, pick| {
        let mut tag = pick.of(&tags(world), any)?;
        tag.sort_order = 9_007_199_254_740_993.into();
        let touch = Touch::default().members(Tags, &tag.name, ["sortOrder"]);
        Done::new(touch, world.client.tag().update(&tag).await)
    };
    "tag.set_color" => |world, pick| {
        let tag = pick.of(&tags(world), any)?;
        let touch = Touch::default().members(Tags, &tag.name, ["color"]);
        Done::new(touch, world.client.tag().set_color(&tag, "#35D870").await)
    };
    "tag.patch clear color" => |world, pick|
        patch!(world, pick, |tag| tag.color.get().is_some(), "color", TagPatch::new().clear_color());
    "tag.patch sort order" => |world, pick|
        patch!(world, pick, any, "sortOrder", TagPatch::new().sort_order(i64::MIN));
    "tag.patch parent" => |world, pick|
        patch!(world, pick, |tag| tag.name.as_str() == "urgent", "parent", TagPatch::new().parent("errands"));
    "tag.nest" => |world, pick| {
        let tag = pick.of(&tags(world), |tag| !is_nested(tag))?;
        let parent = pick.of(&tags(world), |parent| parent.name != tag.name && parent.parent != tag.name)?;
        let touch = Touch::default().members(Tags, &tag.name, ["parent"]);
        Done::new(touch, world.client.tag().nest(&tag, &parent).await)
    };
    "tag.unnest" => |world, pick| {
        let tag = pick.of(&tags(world), is_nested)?;
        let touch = Touch::default().members(Tags, &tag.name, ["parent"]);
        Done::new(touch, world.client.tag().unnest(&tag).await)
    };
    "tag.rename" => |world, pick| {
        let tag = pick.of(&tags(world), any)?;
        let label = format!("Renamed{}", pick.below(99));
        let touch = leaving(world, &tag.name).members(Tags, &tag.name, ["name", "rawName", "label"]);
        let touch = touch.renamed(Tags, &tag.name, label.to_lowercase());
        Done::new(touch, world.client.tag().rename(&tag, label).await)
    };
    "tag.rename case" => |world, pick| {
        let tag = pick.of(&tags(world), |tag| tag.name.as_str() == "work")?;
        let touch = Touch::default().members(Tags, &tag.name, ["rawName", "label"]);
        Done::new(touch, world.client.tag().rename(&tag, tag.name.as_str().to_uppercase()).await)
    };
    "tag.merge" => |world, pick| {
        let source = pick.of(&tags(world), any)?;
        let target = pick.of(&tags(world), |target| target.name != source.name && target.parent != source.name)?;
        let touch = leaving(world, &source.name).gone(Tags, &source.name);
        Done::new(touch, world.client.tag().merge(&source, &target).await)
    };
    "tag.delete" => |world, pick| {
        let tag = pick.of(&tags(world), any)?;
        let touch = leaving(world, &tag.name).gone(Tags, &tag.name);
        Done::new(touch, world.client.tag().delete(&tag).await)
    };
}
