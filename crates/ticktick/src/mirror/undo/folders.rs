//! Undoes the deletion of folders, which also took their projects out of them.

use ticktick_models::{Json, Object};
use ticktick_raw::op;

use crate::mirror::action::ChangeAction;
use crate::mirror::journal::{self, Change, Entry};
use crate::mirror::kind::Kind;
use crate::mirror::members::Members;
use crate::mirror::{Mirror, MirrorError};

/// The member of a project that names its folder.
const FOLDER: &str = "groupId";

/// Adds the writes that took projects out of the folders that the given writes deleted, because the client does so before
/// it deletes a folder.
pub(super) fn with_releases(mirror: &Mirror, entries: Vec<Entry>) -> Result<Vec<Entry>, MirrorError> {
    // Without a command, a write is its own run.
    let together = "where id < ?1 and outcome = 'done' \
                    and exists (select * from journal d where d.id = ?1 and (d.run = journal.run \
                    or (d.id = journal.id + 1 and d.command = '' and journal.command = ''))) \
                    and not exists (select * from journal u where u.undoes = journal.id and u.outcome = 'done')";
    let mut all = entries;
    for (entry, folders) in deletions(&all) {
        let mut found = mirror.at_once(|connection| journal::entries(connection, together, [entry]))?;
        found.retain(|write| is_release(write, &folders) && all.iter().all(|other| other.id != write.id));
        all.append(&mut found);
    }
    all.sort_by_key(|entry| std::cmp::Reverse(entry.id));
    Ok(all)
}

/// Returns the writes that deleted folders, with the ids of the folders.
fn deletions(entries: &[Entry]) -> Vec<(i64, Vec<String>)> {
    let is_deleted = |change: &&Change| change.kind == Kind::Folder.name() && change.action == ChangeAction::Delete;
    let folders = |entry: &Entry| entry.changes.iter().filter(is_deleted).map(|change| change.id.clone()).collect();
    let all = entries.iter().map(|entry| (entry.id, folders(entry)));
    all.filter(|(_, folders): &(_, Vec<String>)| !folders.is_empty()).collect()
}

/// Returns whether all that a write did was to take projects out of these folders.
fn is_release(write: &Entry, folders: &[String]) -> bool {
    let folder = |json: &Option<Json>| Members(json.as_ref()?.decode().ok()?).text(FOLDER);
    let is_out = |change: &Change| {
        folder(&change.before).is_some_and(|id| folders.contains(&id) && folder(&change.after) != Some(id))
    };
    write.operation == op::PROJECT_BATCH.id && write.changes.iter().all(is_out)
}

/// Replaces the ids of folders that were deleted and created again in the versions of the projects of a write.
pub(super) fn renew(mirror: &Mirror, entry: &mut Entry) -> Result<(), MirrorError> {
    for change in entry.changes.iter_mut().filter(|change| change.kind == Kind::Project.name()) {
        for version in [&mut change.before, &mut change.after] {
            let Some(mut project) = version.as_ref().and_then(|json| json.decode::<Object>().ok()) else { continue };
            let Some(folder) = project.get(FOLDER).and_then(|id| id.decode::<String>().ok()) else { continue };
            if let Some(new) = mirror.at_once(|connection| journal::created_again(connection, Kind::Folder, &folder))? {
                project.set(FOLDER, new.as_str());
                *version = Json::encode(&project).ok();
            }
        }
    }
    Ok(())
}
