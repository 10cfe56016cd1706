//! Properties of all lines.

use proptest::prelude::*;
use ticktick::quick_add::{Parsed, QuickAdd};

use crate::world::at;

fn reader() -> QuickAdd {
    at("2026-11-26T10:00[Europe/Berlin]")
}

/// Words that are parts of phrases, marks, signs and ordinary words.
const WORDS: [&str; 72] = [
    "tomorrow",
    "next",
    "fri",
    "sat",
    "every",
    "every!",
    "2nd",
    "monday",
    "mon,wed",
    "of",
    "the",
    "month",
    "on",
    "15th",
    "dec",
    "31",
    "1-5",
    "9am",
    "at",
    "7",
    "9:30",
    "11-1pm",
    "14:00-13:00",
    "noon",
    "midnight",
    "tonight",
    "morning",
    "for",
    "45m",
    "2",
    "days",
    "in",
    "+3d",
    "+3m",
    "remind",
    "10m,",
    "-1h",
    "until",
    "starting",
    "10",
    "times",
    "from",
    "completion",
    "due:",
    "due:fri",
    "*mon",
    "#home",
    "~Flat",
    "!high",
    "p:low",
    "list:'a b'",
    "\"",
    "\\",
    "\\fri",
    "；",
    "明天",
    "下午三点",
    "每周",
    "一三五",
    "到",
    "的",
    "周五",
    "提前",
    "半小时后",
    "🎉",
    "e\u{301}",
    "\0",
    "2026-12-01",
    "9999-12-31",
    "999999999999",
    "12/1",
    ".",
];

fn holds(line: &str, parsed: &Parsed) -> Result<(), TestCaseError> {
    prop_assert!(!parsed.title.trim().is_empty());
    for found in &parsed.found {
        prop_assert_eq!(line.get(found.span.clone()), Some(found.text.as_str()));
    }
    for note in &parsed.notes {
        prop_assert!(line.get(note.span.clone()).is_some());
    }
    Ok(())
}

proptest! {
    #[test]
    fn any_line_is_read_or_refused(line in any::<String>()) {
        if let Ok(parsed) = reader().parse(&line) {
            holds(&line, &parsed)?;
        }
        let _ = reader().parse_date(&line);
        let _ = reader().parse_repeat(&line);
    }

    #[test]
    fn any_line_of_date_words_is_read_or_refused(
        words in prop::collection::vec((prop::sample::select(&WORDS[..]), prop::sample::select(&["", " "][..])), 0..14),
    ) {
        let line: String = words.iter().flat_map(|(word, space)| [*word, *space]).collect();
        match reader().parse(&line) {
            Ok(parsed) => holds(&line, &parsed)?,
            Err(error) => prop_assert!(!error.reason().is_empty()),
        }
        let _ = reader().parse_date(&line);
    }

    #[test]
    fn ordinary_words_come_back_as_the_title(words in prop::collection::vec("[bcfgjkqvx]{2,9}", 1..8)) {
        let line = words.join(" ");
        let parsed = reader().parse(&line).unwrap();
        prop_assert_eq!(&parsed.title, &line);
        prop_assert!(parsed.found.is_empty() && parsed.due.is_none());
    }

    #[test]
    fn a_line_of_escaped_words_is_text(words in prop::collection::vec(prop::sample::select(
        &["tomorrow", "friday", "9am", "#home", "~Flat", "!high", "*mon", "due:fri", "daily", "tonight", "明天", "每天"][..],
    ), 1..6)) {
        let escaped: Vec<String> = words.iter().map(|word| format!("\\{word}")).collect();
        let parsed = reader().parse(&escaped.join(" ")).unwrap();
        prop_assert_eq!(parsed.title, words.join(" "));
        prop_assert!(parsed.found.is_empty() && parsed.due.is_none() && parsed.repeat.is_none());
    }

    #[test]
    fn a_literal_line_comes_back(line in "[^\\s].{0,40}[^\\s]") {
        prop_assert_eq!(reader().literal(true).parse(&line).unwrap().title, line);
    }
}

#[test]
fn long_lines_are_read() {
    for word in WORDS {
        let _ = reader().parse(&format!("{word} ").repeat(500));
        let _ = reader().parse(&word.repeat(500));
    }
    let _ = reader().parse(&format!("Call fri 9am remind {}", "1h,".repeat(5000)));
    let _ = reader().parse(&format!("Call every {}", "mon,".repeat(5000)));
    let _ = reader().parse(&format!("每周{}", "一".repeat(5000)));
    let _ = reader().parse(&format!("Call every day {}", "from completion ".repeat(2000)));
    assert!(reader().parse(&format!("{}tomorrow", "Call Bob ".repeat(5000))).unwrap().due.is_some());
}
