//! The commands that change tags.

use ticktick::TagDraft;
use ticktick::tag::TagPatch;

use super::{all, find, view};
use crate::args::{Globals, RenameArgs, SomeArgs, TagColorArgs, TagCreateArgs, TagPairArgs};
use crate::ask;
use crate::connect::Connection;
use crate::error::Error;
use crate::generated::cli::Tag;
use crate::noun;
use crate::output::Output;
use crate::written::{Written, write};

async fn known(connection: &mut Connection, globals: &Globals, output: Output) -> Result<Vec<Tag>, Error> {
    connection.find(globals, output, |account, _| Ok(all(account))).await
}

/// Describes a tag after a write.
fn now(before: &Tag, tag: &ticktick::Tag) -> Tag {
    Tag { children: before.children.clone(), open_tasks: before.open_tasks, ..view(tag) }
}

pub(super) async fn create(globals: &Globals, args: TagCreateArgs, output: Output) -> Result<(), Error> {
    write(globals, output, async |connection| {
        let mut draft = TagDraft::new(args.name.trim_start_matches('#'));
        if let Some(parent) = &args.parent {
            let tags = known(connection, globals, output).await?;
            draft = draft.parent(find(parent, &tags)?.name.as_str());
        }
        if let Some(color) = args.rgb.as_deref().and_then(noun::set) {
            draft = draft.color(color);
        }
        connection.name("tag create");
        let tag = view(&connection.client.tag().create(draft).await?);
        let line = format!("Created tag \"{}\"", tag.label);
        Ok(Written::one(tag, line))
    })
    .await
}

pub(super) async fn rename(globals: &Globals, args: RenameArgs, output: Output) -> Result<(), Error> {
    write(globals, output, async |connection| {
        let tags = known(connection, globals, output).await?;
        let tag = find(&args.name, &tags)?;
        noun::name_command(connection, "tag rename", std::slice::from_ref(tag));
        let new_name = args.new_name.trim_start_matches('#');
        let renamed = now(tag, &connection.client.tag().rename(tag.name.as_str(), new_name).await?);
        let line = format!("Renamed tag \"{}\" to \"{}\"", tag.label, renamed.label);
        Ok(Written::one(renamed, line))
    })
    .await
}

pub(super) async fn color(globals: &Globals, args: &TagColorArgs, output: Output) -> Result<(), Error> {
    write(globals, output, async |connection| {
        let tags = known(connection, globals, output).await?;
        let tag = find(&args.tag, &tags)?;
        noun::name_command(connection, "tag color", std::slice::from_ref(tag));
        let (name, manager) = (tag.name.as_str(), connection.client.tag());
        let changed = match noun::set(&args.rgb) {
            Some(color) => manager.set_color(name, color).await?,
            None => manager.patch(name, TagPatch::new().clear_color()).await?,
        };
        let line = format!("Changed the color of tag \"{}\"", tag.label);
        Ok(Written::one(now(tag, &changed), line))
    })
    .await
}

pub(super) async fn nest(globals: &Globals, args: &TagPairArgs, output: Output) -> Result<(), Error> {
    write(globals, output, async |connection| {
        let tags = known(connection, globals, output).await?;
        let (tag, parent) = (find(&args.tag, &tags)?, find(&args.other, &tags)?);
        noun::name_command(connection, "tag nest", std::slice::from_ref(tag));
        let nested = connection.client.tag().nest(tag.name.as_str(), parent.name.as_str()).await?;
        let line = format!("Put tag \"{}\" below \"{}\"", tag.label, parent.label);
        Ok(Written::one(now(tag, &nested), line))
    })
    .await
}

pub(super) async fn unnest(globals: &Globals, args: SomeArgs, output: Output) -> Result<(), Error> {
    let names = names(args)?;
    write(globals, output, async |connection| {
        let found = noun::find_all(&names, &known(connection, globals, output).await?)?;
        noun::name_command(connection, "tag unnest", &found);
        let client = &connection.client;
        let unnest = async |tag: &Tag| Ok(now(tag, &client.tag().unnest(tag.name.as_str()).await?));
        Ok(noun::each(&found, "Unnested", unnest).await)
    })
    .await
}

pub(super) async fn merge(globals: &Globals, args: &TagPairArgs, output: Output) -> Result<(), Error> {
    write(globals, output, async |connection| {
        let tags = known(connection, globals, output).await?;
        let (source, target) = (find(&args.tag, &tags)?, find(&args.other, &tags)?);
        ask::agree(globals, &format!("merge tag \"{}\" into \"{}\" and delete it", source.label, target.label))?;
        noun::name_command(connection, "tag merge", std::slice::from_ref(source));
        let merged = connection.client.tag().merge(source.name.as_str(), target.name.as_str()).await?;
        let tags = all(&connection.client.sync().full().await?);
        let merged = tags.into_iter().find(|tag| merged.name == *tag.name).unwrap_or_else(|| now(target, &merged));
        let line = format!("Merged tag \"{}\" into \"{}\"", source.label, merged.label);
        Ok(Written::one(merged, line))
    })
    .await
}

pub(super) async fn delete(globals: &Globals, args: SomeArgs, output: Output) -> Result<(), Error> {
    let names = names(args)?;
    write(globals, output, async |connection| {
        let found = noun::find_all(&names, &known(connection, globals, output).await?)?;
        noun::confirm_delete(globals, &found, "; tasks are kept")?;
        noun::name_command(connection, "tag delete", &found);
        let client = &connection.client;
        let delete = async |tag: &Tag| {
            client.tag().delete(tag.name.as_str()).await?;
            Ok(tag.clone())
        };
        Ok(noun::each(&found, "Deleted", delete).await)
    })
    .await
}

/// Reads names of tags, which may be written with a number sign.
fn names(args: SomeArgs) -> Result<Vec<String>, Error> {
    let names = noun::names(args.names)?;
    Ok(names.into_iter().map(|name| name.trim_start_matches('#').to_owned()).collect())
}
