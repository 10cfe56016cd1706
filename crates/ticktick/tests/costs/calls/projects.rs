//! Calls on projects, folders, columns and tags.

use ticktick::tag::TagPatch;
use ticktick::{ProjectDraft, ProjectPatch, TagDraft};

use super::calls;
use crate::Call;

pub(super) fn calls() -> Vec<(&'static str, Call)> {
    [projects(), folders_and_columns(), tags()].concat()
}

fn projects() -> Vec<(&'static str, Call)> {
    calls! { w;
        "project.list" => w.client.project().list();
        "project.list_with_archived" => w.client.project().list_with_archived();
        "project.inbox" => w.client.project().inbox();
        "project.get" => w.client.project().get(&w.project);
        "project.create" => w.client.project().create(ProjectDraft::new("New"));
        "project.update" => w.client.project().update(&w.project);
        "project.overwrite" => w.client.project().overwrite(&w.project);
        "project.patch" => w.client.project().patch(&w.project, ProjectPatch::new().color("#FF0000"));
        "project.rename" => w.client.project().rename(&w.project, "Renamed");
        "project.archive" => w.client.project().archive(&w.project);
        "project.unarchive" => w.client.project().unarchive(&w.archived);
        "project.delete" => w.client.project().delete(&w.project);
        "project.move_before" => w.client.project().move_before(&w.project, &w.other_project);
        "project.move_after" => w.client.project().move_after(&w.project, &w.other_project);
        "project.move_to_top" => w.client.project().move_to_top(&w.other_project);
        "project.move_to_bottom" => w.client.project().move_to_bottom(&w.other_project);
        "project.members" => w.client.project().members(&w.shared);
        "project.shares" => w.client.project().shares(&w.shared);
        "project.share_quota" => w.client.project().share_quota(&w.project);
        "project.invite_url" => w.client.project().invite_url(&w.project);
        "project.templates" => w.client.project().templates();
        "project.project_templates" => w.client.project().project_templates();
    }
}

fn folders_and_columns() -> Vec<(&'static str, Call)> {
    calls! { w;
        "folder.list" => w.client.folder().list();
        "folder.get" => w.client.folder().get(&w.folder);
        "folder.projects" => w.client.folder().projects(&w.folder);
        "folder.create" => w.client.folder().create("New");
        "folder.update" => w.client.folder().update(&w.folder);
        "folder.overwrite" => w.client.folder().overwrite(&w.folder);
        "folder.rename" => w.client.folder().rename(&w.folder, "Renamed");
        "folder.delete" => w.client.folder().delete(&w.folder);
        "folder.add_project" => w.client.folder().add_project(&w.folder, &w.other_project);
        "folder.remove_project" => w.client.folder().remove_project(&w.project);
        "column.list" => w.client.column().list();
        "column.list_by_project" => w.client.column().list_by_project(&w.project);
        "column.create" => w.client.column().create(&w.project, "Done");
        "column.update" => w.client.column().update(&w.columns[0]);
        "column.overwrite" => w.client.column().overwrite(&w.columns[0]);
        "column.rename" => w.client.column().rename(&w.columns[0], "Later");
        "column.move_before" => w.client.column().move_before(&w.columns[1], &w.columns[0]);
        "column.move_after" => w.client.column().move_after(&w.columns[0], &w.columns[1]);
        "column.delete" => w.client.column().delete(&w.columns[0]);
        "column.delete_into" => w.client.column().delete_into(&w.columns[0], &w.columns[1]);
    }
}

fn tags() -> Vec<(&'static str, Call)> {
    calls! { w;
        "tag.list" => w.client.tag().list();
        "tag.get" => w.client.tag().get(&w.tags[0]);
        "tag.children" => w.client.tag().children(&w.tags[0]);
        "tag.create" => w.client.tag().create(TagDraft::new("new"));
        "tag.update" => w.client.tag().update(&w.tags[0]);
        "tag.overwrite" => w.client.tag().overwrite(&w.tags[0]);
        "tag.patch" => w.client.tag().patch(&w.tags[0], TagPatch::new().color("#FF0000"));
        "tag.set_color" => w.client.tag().set_color(&w.tags[0], "#FF0000");
        "tag.nest" => w.client.tag().nest(&w.tags[0], &w.tags[1]);
        "tag.unnest" => w.client.tag().unnest(&w.nested);
        "tag.rename" => w.client.tag().rename(&w.tags[0], "other");
        "tag.merge" => w.client.tag().merge(&w.tags[0], &w.tags[1]);
        "tag.delete" => w.client.tag().delete(&w.tags[0]);
        "tag.completed_tasks" => w.client.tag().completed_tasks([&w.tags[0]], 50);
    }
}
