//! Comments and files on tasks.

use ticktick::Task;
use ticktick::task::Comment;
use ticktick_sim::Collection::{Comments, Tasks};

use super::{Done, is_live, on, writes};
use crate::touch::Touch;
use crate::world::World;

/// Chooses a comment and returns it with its task.
fn comment(world: &World, pick: &mut crate::pick::Pick) -> Option<(Comment, Task)> {
    let comment = pick.of(&world.all::<Comment>(Comments), |_| true)?;
    let task = world.all::<Task>(Tasks).into_iter().find(|task| comment.task_id == task.id)?;
    Some((comment, task))
}

writes! {
    "comment.add" => |world, pick| {
        let task = pick.of(&world.all::<Task>(Tasks), is_live)?;
        let touch = on(&task, ["commentCount"]).born(Comments, 1);
        Done::new(touch, world.client.task().comments(&task).add("new").await)
    };
    "comment.edit" => |world, pick| {
        let (comment, task) = comment(world, &mut pick)?;
        let touch = Touch::default().members(Comments, &comment.id, ["title"]);
        Done::new(touch, world.client.task().comments(&task).edit(&comment.id, "changed").await)
    };
    "comment.delete" => |world, pick| {
        let (comment, task) = comment(world, &mut pick)?;
        let touch = on(&task, ["commentCount"]).gone(Comments, &comment.id);
        Done::new(touch, world.client.task().comments(&task).delete(&comment.id).await)
    };
    "attachment.upload" => |world, pick| {
        let task = pick.of(&world.all::<Task>(Tasks), is_live)?;
        let touch = on(&task, ["attachments", "attachments/+"]);
        Done::new(touch, world.client.task().attachments(&task).upload("b.png", *b"y").await)
    };
    "attachment.show" => |world, pick| {
        let task = pick.of(&world.all::<Task>(Tasks), |task| is_live(task) && !task.attachments.is_empty())?;
        let image = task.attachments.first()?;
        Done::new(on(&task, ["content", "desc"]), world.client.task().attachments(&task).show(image).await)
    };
}
