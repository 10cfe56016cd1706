//! `ticktick import`.

use std::io::IsTerminal;
use std::path::Path;

use clap::{ArgMatches, Args, FromArgMatches};
use ticktick_formats::{
    Applied, ApplyOptions, Archive, CollectOptions, Context, Format, FormatError, Outcome, Plan, Restoration, View,
    apply, collect, detect, read, restore, text,
};

use crate::answer::{Answer, print_one};
use crate::args::{FormatArg, Globals, ImportArgs};
use crate::ask;
use crate::connect::{self, Connection};
use crate::entry::{Entry, Section};
use crate::error::{Error, Kind};
use crate::file;
use crate::generated::cli::{ImportOutcome, Imported, Restored};
use crate::mirror;
use crate::output::{DIM, GREEN, Output, RED, YELLOW, width};
use crate::runtime::wait;
use crate::table::{Cell, Table};
use crate::text::{plural, shown};

pub(crate) const IMPORT: Entry =
    Entry::leaf(Section::Data, "import", "Import tasks, or an archive, from a file", ImportArgs::augment_args, run);

/// Maximum number of rows that are shown to people.
const SHOWN: usize = 20;

/// A file that was read.
struct Input {
    name: String,
    source: String,
    content: Content,
}

enum Content {
    File(Format, Vec<u8>),
    Archive(Box<Archive>),
}

fn run(globals: &Globals, matches: &ArgMatches) -> Result<(), Error> {
    let args = ImportArgs::from_arg_matches(matches)?;
    let output = Output::new(globals);
    let inputs = args.files.iter().map(|path| input(path, &args, output)).collect::<Result<Vec<_>, _>>()?;
    if globals.write.dry_run {
        return preview(globals, &inputs);
    }
    wait(import(globals, &args, inputs, output))
}

fn input(path: &Path, args: &ImportArgs, output: Output) -> Result<Input, Error> {
    let name = path.display().to_string();
    let source = path.file_stem().map_or_else(|| "stdin".to_owned(), |stem| stem.to_string_lossy().into_owned());
    if path.is_dir() {
        let archive = Archive::read_folder(path).map_err(|error| unread(&name, &error))?;
        return Ok(Input { name, source, content: Content::Archive(Box::new(archive)) });
    }
    let bytes = file::contents(path)?;
    let format = match args.format {
        Some(format) => format.into(),
        None => detect(&name, &bytes).map_err(|error| unread(&name, &error))?,
    };
    let content = match format {
        Format::Json | Format::Ndjson => {
            archive(format, &bytes, &name, output).map_err(|error| unread(&name, &error))?
        }
        format => Content::File(format, bytes),
    };
    let source = if path == Path::new("-") { "stdin".to_owned() } else { source };
    Ok(Input { name, source, content })
}

fn archive(format: Format, bytes: &[u8], name: &str, output: Output) -> Result<Content, FormatError> {
    let text = text(bytes)?;
    if format == Format::Json {
        return Ok(Content::Archive(Box::new(Archive::from_json(&text)?)));
    }
    let (archive, bad) = Archive::from_ndjson(&text)?;
    if let Some(first) = bad.first() {
        let lines = plural(bad.len(), "line");
        let what = format!("{name}: skipped {lines} without an object of an archive; the first is line {first}");
        output.note("warning", &what);
    }
    Ok(Content::Archive(Box::new(archive)))
}

fn unread(name: &str, error: &FormatError) -> Error {
    let fault = Error::failed(format!("{name}: {}", error.message()));
    match error.remedy() {
        Some(hint) => fault.hint(hint),
        None => fault,
    }
}

fn planned(input: &Input, context: &Context) -> Result<Plan, Error> {
    match &input.content {
        Content::File(format, bytes) => {
            read(*format, bytes, &input.source, context).map_err(|error| unread(&input.name, &error))
        }
        Content::Archive(archive) => Ok(Plan::of_archive(archive, Format::Json, &input.source, context)),
    }
}

/// Prints what the files contain. Needs no account, so times without a zone are in that of this machine.
fn preview(globals: &Globals, inputs: &[Input]) -> Result<(), Error> {
    let context = Context::new(connect::here(globals)?);
    let plans = inputs.iter().map(|input| planned(input, &context)).collect::<Result<Vec<_>, _>>()?;
    let views: Vec<View> = plans.iter().map(View::new).collect();
    let people = || plans.iter().zip(inputs).flat_map(|(plan, input)| contents(plan, input)).collect::<Vec<_>>();
    match views.as_slice() {
        [view] => print_one(view, globals, people),
        views => print_one(&views, globals, people),
    }
}

fn contents(plan: &Plan, input: &Input) -> Vec<String> {
    let mut table = Table::new().flexible(vec![(0, 12), (1, 8)]);
    for record in plan.records.iter().take(SHOWN) {
        let date = record.due.or(record.start).map(|at| at.to_string()).unwrap_or_default();
        let warning = record.warning.clone().unwrap_or_default();
        table.row(vec![
            Cell::new(format!("  {}", record.title)),
            Cell::new(&record.project).style(DIM),
            Cell::new(date),
            Cell::new(warning).style(YELLOW),
        ]);
    }
    let mut lines =
        vec![format!("{}: {} ({})", shown(&input.name), plural(plan.records.len(), "task"), plan.format.long_name())];
    lines.extend(table.render(width()));
    if plan.records.len() > SHOWN {
        lines.push(format!("  and {} more", plan.records.len() - SHOWN));
    }
    lines.extend(plan.notes().iter().map(|note| format!("  {YELLOW}{}{YELLOW:#}", shown(note))));
    lines
}

async fn import(globals: &Globals, args: &ImportArgs, inputs: Vec<Input>, output: Output) -> Result<(), Error> {
    let connection = mirror::connect(globals, output).await?;
    let zone = connection.client.time_zone().await?;
    let context = Context::new(connection.moment().to_zoned_datetime(zone));
    let plans = inputs.iter().map(|input| planned(input, &context)).collect::<Result<Vec<_>, _>>()?;
    let count = plans.iter().map(|plan| plan.records.len()).sum();
    // Nothing is changed or deleted, so only people are asked.
    if std::io::stdin().is_terminal() && !globals.write.no_input {
        ask::agree(globals, &format!("import {}", plural(count, "task")))?;
    }
    let before = connection.last_write();
    connection
        .name(&format!("import {}", inputs.iter().map(|input| input.name.as_str()).collect::<Vec<_>>().join(" ")));
    let mut rows = Vec::new();
    let mut restored = Vec::new();
    for (input, plan) in inputs.iter().zip(&plans) {
        match &input.content {
            Content::Archive(archive) if args.project.is_none() => {
                let done = bring_back(&connection, archive, output).await?;
                keep_ids(&input.name, &done, output);
                restored.extend(done.entities.iter().map(restored_view));
            }
            _ => rows.extend(add(&connection, input, plan, &context, args, output).await?),
        }
    }
    let undo = connection.last_write().filter(|last| Some(*last) != before);
    connection.close()?;
    finish(globals, rows, restored, undo, output)
}

async fn add(
    connection: &Connection,
    input: &Input,
    plan: &Plan,
    context: &Context,
    args: &ImportArgs,
    output: Output,
) -> Result<Vec<Imported>, Error> {
    let mut options = ApplyOptions::default();
    options.project.clone_from(&args.project);
    let mut progress = |done: usize, all: usize| super::exchange::progress(output, &format!("{done} of {all} tasks"));
    let applied = apply(&connection.client, plan, context, &options, &mut progress).await?;
    super::exchange::progress(output, "");
    if output.is_for_people() && !applied.made.is_empty() {
        output.note("note", &format!("created: {}", applied.made.join(", ")));
    }
    Ok(imported(input, plan, applied))
}

/// Returns the outcome of each row, including skipped ones, in the order of the file.
fn imported(input: &Input, plan: &Plan, applied: Applied) -> Vec<Imported> {
    let number = |row: usize| i64::try_from(row).unwrap_or(i64::MAX);
    let mut rows: Vec<Imported> = plan
        .remarks
        .iter()
        .filter(|remark| remark.skipped || remark.row == 0)
        .map(|remark| Imported {
            file: input.name.clone(),
            row: number(remark.row),
            title: String::new(),
            id: String::new(),
            outcome: ImportOutcome::Skipped,
            reason: Some(remark.text.clone()),
            remarks: Vec::new(),
        })
        .collect();
    rows.extend(applied.rows.into_iter().map(|row| {
        let (outcome, reason) = match row.outcome {
            Outcome::Created => (ImportOutcome::Created, None),
            Outcome::Exists => (ImportOutcome::Exists, None),
            Outcome::Failed(reason) => (ImportOutcome::Failed, Some(reason)),
        };
        let id = if outcome == ImportOutcome::Failed { String::new() } else { row.id };
        Imported {
            file: input.name.clone(),
            row: number(row.row),
            title: row.title,
            id,
            outcome,
            reason,
            remarks: row.remarks,
        }
    }));
    rows.sort_by_key(|row| row.row);
    rows
}

async fn bring_back(connection: &Connection, archive: &Archive, output: Output) -> Result<Restoration, Error> {
    let mut options = CollectOptions::default();
    (options.closed, options.rest) = (true, true);
    let mut progress = |part: &str| super::exchange::progress(output, part);
    let present = collect(&connection.client, &options, connection.moment(), "ticktick", &mut progress).await?;
    let done = restore(&connection.client, archive, &present, &mut progress).await?;
    progress("");
    Ok(done)
}

/// Saves the new ids next to the archive, because other files may contain the old ones.
fn keep_ids(name: &str, done: &Restoration, output: Output) {
    if done.ids.is_empty() || done.created() == 0 || name == "-" {
        return;
    }
    let path = format!("{}.ids.json", name.trim_end_matches('/'));
    let json = serde_json::to_vec_pretty(&done.ids).unwrap_or_default();
    match ticktick_formats::archive::write_private(Path::new(&path), &json) {
        Ok(()) => output.note("note", &format!("the new ids are in {path}")),
        Err(error) => output.note("warning", &format!("the new ids could not be written to {path}: {error}")),
    }
}

fn restored_view(one: &ticktick_formats::Restored) -> Restored {
    let number = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
    Restored {
        kind: one.kind.to_owned(),
        created: number(one.created),
        existing: number(one.existing),
        left_out: number(one.left_out),
        failed: number(one.failed.len()),
        errors: one.failed.iter().map(|(id, reason)| format!("{id}: {reason}")).collect(),
    }
}

fn finish(
    globals: &Globals,
    mut rows: Vec<Imported>,
    restored: Vec<Restored>,
    undo: Option<i64>,
    output: Output,
) -> Result<(), Error> {
    let failed = rows.iter().filter(|row| row.outcome == ImportOutcome::Failed).count();
    let failed = failed + restored.iter().map(|one| usize::try_from(one.failed).unwrap_or(0)).sum::<usize>();
    let data = if rows.is_empty() && !restored.is_empty() {
        serde_json::to_value(&restored)
    } else {
        serde_json::to_value(&rows)
    };
    if failed > 0 {
        if output.is_for_people() {
            output.lines(summary(&rows).into_iter().chain(kinds(&restored)))?;
        }
        let all = rows.len() + restored.iter().map(|one| usize::try_from(one.created).unwrap_or(0)).sum::<usize>();
        let mut error = Error::new(Kind::Partial, format!("{failed} of {} failed", plural(all.max(failed), "row")))
            .hint("repeat the command: what was imported is not imported again");
        let rows = data.ok().filter(|data| data.as_array().is_some_and(|all| !all.is_empty()));
        error.done = rows.map(Box::new);
        return Err(error);
    }
    if rows.is_empty() && !restored.is_empty() {
        let mut answer = Answer::new(restored);
        answer.meta.undo = undo;
        return answer.print(globals, kinds).map_err(|error| error.after_write("the archive was restored"));
    }
    if output.format == FormatArg::Ids {
        rows.retain(|row| !row.id.is_empty());
    }
    let mut answer = Answer::new(rows);
    answer.meta.undo = undo;
    answer.print(globals, summary).map_err(|error| error.after_write("the tasks were imported"))
}

/// Describes the result for people: the counts, then each row that needs attention.
fn summary(rows: &[Imported]) -> Vec<String> {
    let count = |outcome| rows.iter().filter(|row| row.outcome == outcome).count();
    let created = count(ImportOutcome::Created);
    let mut lines = vec![format!("{GREEN}✓{GREEN:#} {} imported", plural(created, "task"))];
    for (outcome, text) in [
        (ImportOutcome::Exists, "were imported before"),
        (ImportOutcome::Skipped, "skipped"),
        (ImportOutcome::Failed, "failed"),
    ] {
        let count = count(outcome);
        if count > 0 {
            lines.push(format!("  {count} {text}"));
        }
    }
    let notable = rows.iter().filter(|row| row.reason.is_some() || !row.remarks.is_empty());
    for row in notable.take(SHOWN) {
        let texts: Vec<&str> = row.reason.iter().chain(&row.remarks).map(String::as_str).collect();
        let style = if row.outcome == ImportOutcome::Failed { RED } else { DIM };
        let name = if row.title.is_empty() { String::new() } else { format!(" {}", shown(&row.title)) };
        lines.push(format!("  {style}row {}{style:#}{name}: {}", row.row, shown(&texts.join("; "))));
    }
    lines
}

fn kinds(restored: &[Restored]) -> Vec<String> {
    let mut table = Table::new();
    for one in restored.iter().filter(|one| one.created + one.existing + one.left_out + one.failed > 0) {
        table.row(vec![
            Cell::new(format!("  {}", one.kind)),
            Cell::new(format!("{} restored", one.created)),
            Cell::new(if one.existing > 0 { format!("{} existed already", one.existing) } else { String::new() })
                .style(DIM),
            Cell::new(if one.left_out > 0 { format!("{} skipped", one.left_out) } else { String::new() }).style(DIM),
            Cell::new(if one.failed > 0 { format!("{} failed", one.failed) } else { String::new() }).style(RED),
        ]);
    }
    table.render(width())
}
