//! Creates a board with three columns and two cards, moves a card, and prints the board.
//!
//! Runs against a simulated account, or against yours if `TICKTICK_TOKEN` holds the value of your browser's cookie `t`;
//! deletes the board in the end.
//!
//!     cargo run -p ticktick-client --example board

use std::io::{Write, stdout};

use ticktick::project::ViewMode;
use ticktick::{Client, ProjectDraft, TaskDraft};

mod support;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), support::Failure> {
    run(&support::client()?, &mut stdout()).await
}

pub(crate) async fn run(client: &Client, out: &mut impl Write) -> Result<(), support::Failure> {
    let board = client.project().create(ProjectDraft::new("Launch").view_mode(ViewMode::Kanban)).await?;
    let to_do = client.column().create(&board, "To do").await?;
    let doing = client.column().create(&board, "Doing").await?;
    client.column().create(&board, "Done").await?;

    let card = |title: &str| TaskDraft::new(title).project(&board).column(&to_do);
    let pricing = client.task().create(card("Pricing page")).await?;
    client.task().create(card("Press kit")).await?;
    client.task().move_to_column(&pricing, &doing).await?;

    let cards = client.task().list_by_project(&board).await?;
    for column in client.column().list_by_project(&board).await? {
        writeln!(out, "{}", column.name)?;
        for card in cards.iter().filter(|card| card.column_id == column.id) {
            writeln!(out, "  {}", card.title())?;
        }
    }
    client.project().delete(&board).await?;
    Ok(())
}
