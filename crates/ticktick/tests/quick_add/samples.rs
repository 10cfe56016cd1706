//! The rows of `tests/samples/quick-add`.

use crate::world::{at, columns, rows, rule};

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
