//! The board of a project: its columns side by side.

use super::Look;
use super::line::{Line, sentence, wrapped_to};
use super::style::{self, BOLD, DIM, GREEN, PLAIN};
use crate::generated::cli::Priority;
use crate::text::{cut, plural, width};
use crate::when::Urgency;

/// Spaces between two columns.
const GAP: usize = 2;
/// Columns are not narrower than this, and wider only if there is room.
const NARROWEST: usize = 17;
const WIDEST: usize = 40;
/// Lines of a title.
const TITLE_LINES: usize = 2;

/// A column of a project.
#[derive(Clone, Debug, Default)]
pub(crate) struct CardColumn {
    pub(crate) name: String,
    pub(crate) cards: Vec<Card>,
    /// Number of cards, including those that are not shown.
    pub(crate) total: usize,
}

/// A task on the board.
#[derive(Clone, Debug)]
pub(crate) struct Card {
    pub(crate) title: String,
    pub(crate) priority: Priority,
    /// Its date in a few words, such as "Fri".
    pub(crate) due: Option<(String, Urgency)>,
    pub(crate) done: bool,
    /// Its page in the web app, if links are shown.
    pub(crate) link: Option<String>,
}

/// Draws the columns side by side, in several bands if they do not fit.
pub(crate) fn board(columns: &[CardColumn], look: Look) -> Vec<Line> {
    if look.accessible {
        return columns.iter().flat_map(|column| in_words(column, look)).collect();
    }
    let inner = look.width - 1;
    let beside = ((inner + GAP) / (NARROWEST + GAP)).clamp(1, columns.len().max(1));
    // Bands of the same size look better than a full one and a single column.
    let bands = columns.len().div_ceil(beside).max(1);
    let beside = columns.len().div_ceil(bands).max(1);
    let own = ((inner + GAP) / beside - GAP).min(if beside == 1 { inner } else { WIDEST });
    let mut lines = Vec::new();
    for band in columns.chunks(beside) {
        if !lines.is_empty() {
            lines.push(Line::new());
        }
        let drawn: Vec<Vec<Line>> = band.iter().map(|column| column_lines(column, own)).collect();
        let height = drawn.iter().map(Vec::len).max().unwrap_or(0);
        for row in 0..height {
            let line = drawn.iter().enumerate().fold(Line::new(), |line, (at, column)| {
                let line = line.pad(1 + at * (own + GAP));
                column.get(row).into_iter().fold(line, |line, cell| line.then(cell.clone()))
            });
            lines.push(line);
        }
    }
    lines
}

fn column_lines(column: &CardColumn, own: usize) -> Vec<Line> {
    let count = format!(" ({})", column.total);
    let name = cut(&column.name, own.saturating_sub(width(&count)).max(1)).into_owned();
    let mut lines =
        vec![Line::new().styled(name, BOLD).styled(count, DIM).fit(own), Line::new().styled("─".repeat(own), DIM)];
    lines.extend(column.cards.iter().flat_map(|card| card_lines(card, own)));
    match column.total.saturating_sub(column.cards.len()) {
        0 if column.total == 0 => lines.push(Line::new().styled("empty", DIM)),
        0 => {}
        hidden => lines.push(Line::new().styled(format!("… {hidden} more"), DIM).fit(own)),
    }
    lines
}

/// Formats a card: the title on up to two lines, the date after it or below.
fn card_lines(card: &Card, own: usize) -> Vec<Line> {
    let (mark, color) = if card.done { ("✓", GREEN) } else { style::priority(card.priority) };
    let lead = if mark.is_empty() { 0 } else { width(mark) + 1 };
    let title = if card.title.trim().is_empty() { "(no title)" } else { &card.title };
    let words = if card.done { DIM } else { PLAIN };
    let mut lines: Vec<Line> = wrapped_to(title, own.saturating_sub(lead), own.saturating_sub(lead), TITLE_LINES)
        .into_iter()
        .enumerate()
        .map(|(at, text)| {
            let start = if at == 0 { Line::new().styled(mark, color) } else { Line::new() };
            start.pad(if at == 0 { lead } else { lead.max(2) }).linked(text, words, card.link.as_deref()).fit(own)
        })
        .collect();
    let Some((due, urgency)) = &card.due else { return lines };
    let date = Line::new().styled(format!("▸ {due}"), style::urgency(*urgency));
    match lines.pop() {
        Some(last) if last.width() + 2 + date.width() <= own => {
            lines.push(last.text("  ").then(date));
        }
        last => {
            lines.extend(last);
            lines.push(Line::new().pad(lead.max(2)).then(date).fit(own));
        }
    }
    lines
}

fn in_words(column: &CardColumn, look: Look) -> Vec<Line> {
    let heading = format!("Column {}, {}:", column.name, plural(column.total, "task"));
    let mut lines = sentence(&heading, BOLD, look.width);
    for card in &column.cards {
        let mut words = vec![card.title.clone()];
        words.extend(style::priority_words(card.priority).map(str::to_owned));
        words.extend(card.due.as_ref().map(|(due, urgency)| match urgency {
            Urgency::Overdue => format!("overdue since {due}"),
            _ => format!("due {due}"),
        }));
        words.extend(card.done.then(|| "done".to_owned()));
        lines.extend(sentence(&format!("- {}", words.join(", ")), PLAIN, look.width));
    }
    match column.total.saturating_sub(column.cards.len()) {
        0 => {}
        hidden => lines.push(Line::new().text(format!("- and {hidden} more"))),
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::super::line::rendered;
    use super::super::tests::golden;
    use super::*;
    use proptest::prelude::*;

    fn card(title: &str, priority: Priority, due: Option<(&str, Urgency)>) -> Card {
        let due = due.map(|(due, urgency)| (due.to_owned(), urgency));
        Card { title: title.into(), priority, due, done: false, link: None }
    }

    fn launch() -> Vec<CardColumn> {
        let column = |name: &str, cards: Vec<Card>, total| CardColumn { name: name.into(), cards, total };
        let logo = Card { done: true, ..card("Logo", Priority::None, None) };
        vec![
            column(
                "To do",
                vec![
                    card("Pricing page", Priority::High, Some(("2 days ago", Urgency::Overdue))),
                    card("Beta invites for 👩‍👩‍👧 families and 日本語 readers", Priority::Low, None),
                ],
                2,
            ),
            column("Doing", vec![card("Press kit", Priority::None, Some(("Fri", Urgency::Later)))], 1),
            column("Waiting", vec![], 0),
            column("Done", vec![logo], 5),
        ]
    }

    fn drawn(width: usize, accessible: bool) -> String {
        let text = rendered(&board(&launch(), Look { width, accessible })).join("\n");
        anstream::adapter::strip_str(&text).to_string()
    }

    #[test]
    fn columns_stand_side_by_side() {
        golden("board-80", &drawn(80, false));
        golden("board-120", &drawn(120, false));
    }

    #[test]
    fn columns_that_do_not_fit_form_bands() {
        golden("board-40", &drawn(40, false));
        golden("board-20", &drawn(20, false));
    }

    #[test]
    fn a_board_can_be_read_aloud() {
        golden("board-accessible", &drawn(80, true));
    }

    #[test]
    fn colors_mark_priority_and_date() {
        let lines = rendered(&board(&launch()[..1], Look { width: 40, accessible: false }));
        assert_eq!(lines[2], " \u{1b}[31m!!!\u{1b}[0m Pricing page  \u{1b}[31m▸ 2 days ago\u{1b}[0m");
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn no_line_is_wider_than_the_terminal(
            titles in prop::collection::vec(".{0,40}", 0..12), count in 1_usize..9, width in 20_usize..130, accessible: bool
        ) {
            let mut columns = vec![CardColumn::default(); count];
            for (at, title) in titles.iter().enumerate() {
                let column = &mut columns[at % count];
                column.name = title.clone();
                column.total += at;
                column.cards.push(card(title, Priority::Medium, Some(("Wed 25 Nov 10:00", Urgency::Today))));
            }
            for line in board(&columns, Look { width, accessible }) {
                let text = line.to_string();
                prop_assert!(crate::text::width(&anstream::adapter::strip_str(&text).to_string()) <= width, "{text:?}");
            }
        }
    }
}
