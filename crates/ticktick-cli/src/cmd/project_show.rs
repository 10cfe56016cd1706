//! `ticktick project show`: a project with its tasks, as a list or as a board.

use jiff::ZonedDateTime;
use ticktick::column::Column;

use super::reading::{Reading, look};
use super::task_table::tasks_table;
use super::task_view::TaskView;
use crate::answer::Answer;
use crate::args::{Globals, ProjectShowArgs, SortArg};
use crate::cmd::project_view::{self, ProjectView};
use crate::error::Error;
use crate::generated::cli::{self, BoardColumn};
use crate::listed::{self, in_order};
use crate::output::{BOLD, DIM, Output, width};
use crate::text::{plural, shown};
use crate::ui::board::{Card, CardColumn, board};
use crate::ui::line::rendered;
use crate::{mirror, numbers, web};

/// How many cards of a column are shown.
const MOST_CARDS: usize = 50;

pub(crate) async fn run(globals: &Globals, args: &ProjectShowArgs, output: Output) -> Result<(), Error> {
    if args.board { as_board(globals, args, output).await } else { as_list(globals, args, output).await }
}

async fn as_list(globals: &Globals, args: &ProjectShowArgs, output: Output) -> Result<(), Error> {
    let snapshot = mirror::snapshot(globals, output).await?;
    let projects = project_view::all(&snapshot.account);
    let project = project_view::find(&args.project, &projects)?.clone();
    let mut tasks = TaskView::open(&snapshot.account, &projects, &snapshot.now);
    tasks.retain(|task| task.task.project.id == project.id);
    let tasks = in_order(tasks, SortArg::Urgency, &projects, &snapshot.now);
    let mut answer = Answer::new(vec![project]);
    snapshot.add_age_to(&mut answer.meta);
    answer.print(globals, |projects| {
        numbers::remember(tasks.iter().map(|task| task.task.id.as_str()));
        let mut lines: Vec<String> = projects.iter().flat_map(head).collect();
        lines.extend(tasks_table(&listed::all(&tasks), true, &snapshot.now).render(width()));
        lines.push(format!(" {}{}", plural(tasks.len(), "task"), snapshot.age()));
        lines
    })
}

/// Formats the details of a project.
fn head(project: &ProjectView) -> Vec<String> {
    let mut words = vec![if project.kind == "NOTE" { "notes".to_owned() } else { plural_open(project.open_tasks) }];
    words.extend(project.folder.as_ref().map(|folder| format!("in {folder}")));
    words.extend(project.archived.then(|| "archived".to_owned()));
    words.push(project.id.clone());
    vec![
        format!(" {BOLD}{}{BOLD:#}", shown(&project.name)),
        format!(" {DIM}{}{DIM:#}", shown(&words.join(" · "))),
        String::new(),
    ]
}

fn plural_open(count: u64) -> String {
    format!("{count} open")
}

async fn as_board(globals: &Globals, args: &ProjectShowArgs, output: Output) -> Result<(), Error> {
    let mut reading = Reading::open(globals, output).await?;
    let project = project_view::find(&args.project, &reading.projects)?.clone();
    let mut tasks = reading
        .connection()
        .find(globals, output, |account, now| {
            let projects = project_view::all(account);
            let mut tasks = TaskView::open(account, &projects, now);
            tasks.retain(|task| task.task.project.id == project.id);
            Ok(tasks)
        })
        .await?;
    tasks.sort_by_key(|task| task.sort_order);
    let mut columns = reading.client().column().list_by_project(project.id.as_str()).await?.to_vec();
    columns.sort_by_key(|column| column.sort_order.get().copied());
    let columns = by_column(&columns, tasks);
    let (now, site, look) = (reading.now.clone(), web::linked_site(globals), look(globals));
    let drawn: Vec<CardColumn> = columns.iter().map(|(column, tasks)| drawn(column, tasks, &now, site)).collect();
    reading
        .answer(columns.into_iter().map(|(column, _)| column).collect::<Vec<_>>())?
        .print(globals, |_| rendered(&board(&drawn, look)))
}

/// Groups the tasks by column. Tasks without a known column come first, as in the app.
fn by_column(columns: &[Column], tasks: Vec<TaskView>) -> Vec<(BoardColumn, Vec<TaskView>)> {
    let known = |task: &TaskView| columns.iter().any(|column| Some(column.id.as_str()) == task.task.column.as_deref());
    let (placed, other): (Vec<_>, Vec<_>) = tasks.into_iter().partition(known);
    let with_tasks = |id: &str, name: &str, tasks: Vec<TaskView>| {
        let column = BoardColumn {
            id: id.to_owned(),
            name: name.to_owned(),
            count: tasks.len().try_into().unwrap_or(u64::MAX),
            tasks: tasks.iter().map(|task| task.task.clone()).collect(),
        };
        (column, tasks)
    };
    let mut all = Vec::new();
    if !other.is_empty() || columns.is_empty() {
        all.push(with_tasks("", "No column", other));
    }
    for column in columns {
        let own = placed.iter().filter(|task| task.task.column.as_deref() == Some(column.id.as_str()));
        all.push(with_tasks(column.id.as_str(), column.name.as_deref().unwrap_or_default(), own.cloned().collect()));
    }
    all
}

fn drawn(column: &BoardColumn, tasks: &[TaskView], now: &ZonedDateTime, site: Option<&str>) -> CardColumn {
    let card = |task: &TaskView| Card {
        title: task.task.title.clone(),
        priority: task.task.priority,
        due: task.when.as_ref().map(|when| (when.show_short(now), task.urgency(now))),
        done: task.task.status != cli::TaskStatus::Open,
        link: site.map(|site| web::task_page(site, &task.task.project.id, &task.task.id)),
    };
    CardColumn {
        name: column.name.clone(),
        cards: tasks.iter().take(MOST_CARDS).map(card).collect(),
        total: tasks.len(),
    }
}
