//! Makes a board with three columns, moves a card across it, and shows the board.
//!
//! Runs against a simulated account; with a session's token (the cookie `t` of a browser) in `TICKTICK_TOKEN`, against
//! the real service: it deletes the board in the end.
//!
//!     cargo run -p ticktick-client --example kanban
#![allow(clippy::print_stdout)]

use ticktick::project::ViewMode;
use ticktick::{Client, ProjectDraft, TaskDraft};

mod support;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), support::Failure> {
    run(&support::client()?).await
}

pub(crate) async fn run(client: &Client) -> Result<(), support::Failure> {
    let board = client.project().create(ProjectDraft::new("Launch").view_mode(ViewMode::Kanban)).await?;
    let mut columns = Vec::new();
    for name in ["To do", "Doing", "Done"] {
        columns.push(client.column().create(&board, name).await?);
    }

    for title in ["Pricing page", "Press kit"] {
        let card = TaskDraft::new(title).project(board.id.clone()).column(columns[0].id.clone());
        client.task().create(card).await?;
    }
    let cards = client.task().list_by_project(&board).await?;
    client.task().move_to_column(&cards[0], &columns[1]).await?;

    let cards = client.task().list_by_project(&board).await?;
    for column in client.column().list_by_project(&board).await? {
        println!("{}", column.name);
        for card in cards.iter().filter(|card| card.column_id == column.id) {
            println!("  {}", card.title);
        }
    }
    client.project().delete(&board).await?;
    Ok(())
}
