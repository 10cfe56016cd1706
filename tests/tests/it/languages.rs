//! `docs/other-languages.md` shows the programs that were run, and generators of clients understand `docs/openapi.json`.

use serde_json::Value;

const PAGE: &str = include_str!("../../../docs/other-languages.md");

/// Returns the code blocks of a language.
fn blocks(language: &str) -> Vec<&str> {
    let opening = format!("\n```{language}\n");
    PAGE.split(opening.as_str()).skip(1).map(|rest| &rest[..rest.find("```\n").unwrap()]).collect()
}

#[test]
fn the_page_shows_the_programs_that_were_run() {
    assert_eq!(blocks("typescript"), [include_str!("../../languages/client.ts")]);
    assert_eq!(blocks("python"), [include_str!("../../languages/client.py")]);
}

#[test]
fn every_answer_has_a_media_type_that_generators_know() {
    let document: Value = serde_json::from_str(include_str!("../../../docs/openapi.json")).unwrap();
    let items = document["paths"].as_object().unwrap().values().flat_map(|path| path.as_object().unwrap().values());
    let mut files = 0;
    for operation in items.filter(|item| item["operationId"].is_string()) {
        for (status, response) in operation["responses"].as_object().unwrap() {
            let Some(content) = response["content"].as_object() else { continue };
            let known = ["application/json", "application/octet-stream", "text/*", "text/html"];
            let named = content.keys().any(|kind| known.contains(&kind.as_str()));
            assert!(named, "{} {status}: {content:?}", operation["operationId"]);
            files += usize::from(content.contains_key("*/*"));
        }
    }
    assert_eq!(files, 3, "downloads keep the range of all media types");
}
