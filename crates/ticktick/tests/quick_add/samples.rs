//! The rows of `tests/samples/quick-add`.

use crate::world::{at, columns, rows, rule, summary};

#[test]
fn every_line_of_the_samples_is_read() {
    let rows = rows(include_str!("../samples/quick-add/quick-add.tsv"));
    assert_eq!(rows.len(), 110);
    let mut wrong = Vec::new();
    for row in rows {
        let result = at(row[1]).parse(row[0]);
        let expected: Vec<String> = row[2..9].iter().map(|field| rule(field)).collect();
        match result {
            Ok(parsed) if columns(&parsed).to_vec() == expected => {}
            Err(_) if row[2] == "ERROR" => {}
            Ok(parsed) => wrong.push(format!("{}: {:?}", row[0], columns(&parsed))),
            Err(error) => wrong.push(format!("{}: {error}", row[0])),
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_date_of_the_samples_is_read() {
    let rows = rows(include_str!("../samples/quick-add/dates.tsv"));
    assert_eq!(rows.len(), 55);
    let mut wrong = Vec::new();
    for row in rows {
        match at(row[1]).parse_date(row[0]) {
            Ok(date) if date.to_string() == row[2] => {}
            Err(_) if row[2] == "ERROR" => {}
            other => wrong.push(format!("{}: {other:?}", row[0])),
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_examples_of_the_guide_are_true() {
    let guide = include_str!("../../../../docs/quick-add.md");
    let tables = guide.split("| line | title | fields |\n").skip(1);
    let rows = tables.flat_map(|table| table.lines().skip(1).take_while(|line| line.starts_with("| ")));
    let reader = at("2026-11-26T10:00[Europe/Berlin]");
    let mut count = 0;
    for row in rows {
        let mut cells = row.trim_matches('|').split(" | ").map(|cell| cell.trim().trim_matches(['`', '|']).trim_end());
        let (line, title, fields) = (cells.next().unwrap(), cells.next().unwrap(), cells.next().unwrap_or_default());
        let expected =
            if title == "refused" { title.to_owned() } else { format!("{title} {fields}").trim().to_owned() };
        assert_eq!(reader.parse(line).map_or("refused".to_owned(), |parsed| summary(&parsed)), expected, "{line}");
        count += 1;
    }
    assert!(count > 40, "{count}");
}
