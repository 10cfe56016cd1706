//! Calls on tasks.

use jiff::civil::{date, time};
use ticktick::tag::TagName;
use ticktick::task::TaskKind;
use ticktick::{Due, Priority, TaskDraft, TaskPatch, Trigger};

use super::calls;
use crate::Call;

/// Reads, whole writes and states.
pub(super) fn calls() -> Vec<(&'static str, Call)> {
    calls! { w;
        "task.list" => w.client.task().list();
        "task.list_by_project" => w.client.task().list_by_project(&w.project);
        "task.list_by_tag" => w.client.task().list_by_tag(TagName::from("one"));
        "task.get" => w.client.task().get(&w.task);
        "task.create" => w.client.task().create(TaskDraft::new("new").priority(Priority::High));
        "task.update" => w.client.task().update(&w.task);
        "task.overwrite" => w.client.task().overwrite(&w.task);
        "task.patch" => w.client.task().patch(&w.task, TaskPatch::new().title("other").clear_due());
        "task.complete" => w.client.task().complete(&w.task);
        "task.wont_do" => w.client.task().wont_do(&w.task);
        "task.reopen" => w.client.task().reopen(&w.closed);
        "task.skip" => w.client.task().skip(&w.series);
        "task.complete_and_move_to" => w.client.task().complete_and_move_to(&w.series, Due::day(date(2026, 4, 1)));
        "task.skip_and_move_to" => w.client.task().skip_and_move_to(&w.series, Due::day(date(2026, 4, 1)));
        "task.delete" => w.client.task().delete(&w.task);
        "task.pin" => w.client.task().pin(&w.task);
        "task.unpin" => w.client.task().unpin(&w.pinned);
        "task.convert" => w.client.task().convert(&w.task, TaskKind::Note);
        "task.duplicate" => w.client.task().duplicate(&w.task);
        "task.trash" => w.client.task().trash();
        "task.restore" => w.client.task().restore(&w.trashed);
        "task.restore_to" => w.client.task().restore_to(&w.trashed, &w.other_project);
        "task.restore_all" => w.client.task().restore_all([&w.trashed]);
        "task.empty_trash" => w.client.task().empty_trash();
        "task.delete_forever" => w.client.task().delete_forever([&w.task]);
        "task.completed" => w.client.task().completed(&w.project);
        "task.completed_in_all" => w.client.task().completed_in_all();
        "history.all" => w.client.task().history(..).all();
        "history.try_next" => async { w.client.task().history(..).try_next().await };
        "task.batch.send" => w.client.task().batch().create([TaskDraft::new("a")]).complete([&w.series]).send();
    }
}

/// Checklist items, tags, reminders, comments and files.
pub(super) fn parts() -> Vec<(&'static str, Call)> {
    calls! { w;
        "task.add_item" => w.client.task().add_item(&w.checklist, "new");
        "task.rename_item" => w.client.task().rename_item(&w.checklist, &w.checklist.items[0], "other");
        "task.complete_item" => w.client.task().complete_item(&w.checklist, &w.checklist.items[0]);
        "task.reopen_item" => w.client.task().reopen_item(&w.checklist, &w.checklist.items[1]);
        "task.move_item" => w.client.task().move_item(&w.checklist, &w.checklist.items[0], 1);
        "task.remove_item" => w.client.task().remove_item(&w.checklist, &w.checklist.items[0]);
        "task.add_tags" => w.client.task().add_tags(&w.task, ["two"]);
        "task.remove_tags" => w.client.task().remove_tags(&w.task, ["one"]);
        "task.set_tags" => w.client.task().set_tags(&w.task, ["two"]);
        "task.add_reminder" => w.client.task().add_reminder(&w.series, Trigger::on_day(0, time(8, 0, 0, 0)));
        "task.remove_reminder" => w.client.task().remove_reminder(&w.series, &Trigger::on_day(0, time(9, 0, 0, 0)));
        "task.set_reminders" => w.client.task().set_reminders(&w.series, [Trigger::on_day(0, time(8, 0, 0, 0))]);
        "task.comments.list" => w.client.task().comments(&w.task).list();
        "task.comments.add" => w.client.task().comments(&w.task).add("text");
        "task.comments.edit" => w.client.task().comments(&w.task).edit(&w.comment, "other");
        "task.comments.delete" => w.client.task().comments(&w.task).delete(&w.comment);
        "task.attachments.list" => w.client.task().attachments(&w.task).list();
        "task.attachments.upload" => w.client.task().attachments(&w.task).upload("a.png", *b"png");
        "task.attachments.upload_from" => w.client.task().attachments(&w.task).upload_from("a.png", &b"png"[..]);
        "task.attachments.download" => w.client.task().attachments(&w.task).download(&w.file, Vec::new());
        "task.attachments.download_at_most" => w.client.task().attachments(&w.task).download_at_most(&w.file, Vec::new(), 1 << 20);
        "task.attachments.show" => w.client.task().attachments(&w.task).show(&w.file);
        "task.may_upload" => w.client.task().may_upload();
        "task.daily_upload_limit" => w.client.task().daily_upload_limit();
    }
}

/// Orders, projects, parents and people.
pub(super) fn places() -> Vec<(&'static str, Call)> {
    calls! { w;
        "task.move_before" => w.client.task().move_before(&w.task, &w.neighbor);
        "task.move_after" => w.client.task().move_after(&w.task, &w.parent);
        "task.move_to_top" => w.client.task().move_to_top(&w.task);
        "task.move_to_bottom" => w.client.task().move_to_bottom(&w.neighbor);
        "task.move_to" => w.client.task().move_to(&w.task, &w.other_project);
        "task.move_without_subtasks" => w.client.task().move_without_subtasks(&w.task, &w.other_project);
        "task.move_to_column" => w.client.task().move_to_column(&w.task, &w.columns[0]);
        "task.children" => w.client.task().children(&w.parent);
        "task.set_parent" => w.client.task().set_parent(&w.task, &w.neighbor);
        "task.unset_parent" => w.client.task().unset_parent(&w.child);
        "task.create_under" => w.client.task().create_under(&w.parent, TaskDraft::new("new"));
        "task.assign" => w.client.task().assign(&w.shared_task, w.guest);
        "task.unassign" => w.client.task().unassign(&w.shared_task);
    }
}
