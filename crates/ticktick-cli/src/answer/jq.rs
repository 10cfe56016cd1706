//! `--jq`: filters the data of an answer.

use jaq_core::data::JustLut;
use jaq_core::load::{self, Arena, File, Loader};
use jaq_core::{Compiler, Ctx, Vars, unwrap_valr};
use jaq_json::{Val, read, write};
use serde_json::Value;

use crate::error::Error;
use crate::text::cut;

/// How many characters of the beginning of an error are shown.
const MOST: usize = 60;
/// How many characters of the end of a long error are shown. The end says how the value was used.
const LAST: usize = 30;

/// Returns the outputs of a filter: strings without quotes, and everything else as JSON.
pub(super) fn run(filter: &str, data: &Value) -> Result<Vec<String>, Error> {
    let input = read::parse_single(data.to_string().as_bytes())
        .map_err(|error| Error::failed(format!("cannot parse the data: {error}")))?;
    let definitions = jaq_core::defs().chain(jaq_std::defs()).chain(jaq_json::defs());
    let functions = jaq_core::funs().chain(jaq_std::funs()).chain(jaq_json::funs());
    let arena = Arena::default();
    let modules = Loader::new(definitions)
        .load(&arena, File { code: filter, path: () })
        .map_err(|errors| wrong(filter, unparsed(&errors)))?;
    let compiled = Compiler::default().with_funs(functions).compile(modules).map_err(|errors| {
        let names = errors.iter().flat_map(|(_, errors)| errors).map(|(name, _)| format!("`{name}`"));
        wrong(filter, format!("not defined: {}", names.collect::<Vec<_>>().join(", ")))
    })?;
    let context = Ctx::<JustLut<Val>>::new(&compiled.lut, Vars::new([]));
    let outputs = compiled.id.run((context, input)).map(unwrap_valr);
    outputs.map(|output| output.map(text).map_err(|error| wrong(filter, shortened(&error.to_string())))).collect()
}

/// Describes where a filter cannot be parsed.
fn unparsed<P>(errors: &load::Errors<&str, P>) -> String {
    let rest = errors.iter().find_map(|(_, error)| match error {
        load::Error::Lex(errors) => errors.first().map(|(_, rest)| *rest),
        load::Error::Parse(errors) => errors.first().map(|(_, rest)| *rest),
        load::Error::Io(_) => None,
    });
    match rest {
        None | Some("") => "it ends too early".to_owned(),
        Some(rest) => format!("it cannot be read from `{rest}` on"),
    }
}

/// Shortens an error in the middle, because it contains the unsuitable value, which can be the whole input.
fn shortened(error: &str) -> String {
    let count = error.chars().count();
    if count <= MOST + LAST {
        return error.to_owned();
    }
    let end: String = error.chars().skip(count - LAST).collect();
    format!("{}{end}", cut(error, MOST))
}

fn wrong(filter: &str, why: String) -> Error {
    Error::usage(format!("--jq `{filter}`: {why}"))
        .hint("the input of the filter is `data`, the list of elements: try '.[].title'")
}

fn text(value: Val) -> String {
    let bytes = match value {
        Val::TStr(text) => text.to_vec(),
        value => {
            let mut json = Vec::new();
            // Writing to memory does not fail.
            drop(write::write(&mut json, &write::Pp::default(), 0, &value));
            json
        }
    };
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn filters_select_and_change() {
        let data = json!([{"title": "Milk", "n": 1}, {"title": "Bread", "n": 2}]);
        for (filter, wanted) in [
            (".[].title", &["Milk", "Bread"][..]),
            ("length", &["2"]),
            ("map(select(.n > 1))", &[r#"[{"n":2,"title":"Bread"}]"#]),
            (".[0].nothing", &["null"]),
            ("map(.title) | join(\" and \")", &["Milk and Bread"]),
            ("empty", &[]),
        ] {
            assert_eq!(run(filter, &data).unwrap(), wanted, "{filter}");
        }
    }

    #[test]
    fn wrong_filters_say_where() {
        for (filter, part) in
            [(".[", "ends too early"), ("nothing_such", "not defined: `nothing_such`"), (".title", "index")]
        {
            let error = run(filter, &json!([])).unwrap_err();
            assert!(error.message.contains(part), "{}", error.message);
        }
    }

    #[test]
    fn an_error_does_not_repeat_the_whole_input() {
        let data = json!(vec![json!({"title": "Milk"}); 100]);
        let error = run(".foo.bar", &data).unwrap_err();
        let wanted = r#"--jq `.foo.bar`: cannot index [{"title":"Milk"},{"title":"Milk"},{"title":"M…},{"title":"Milk"}] with "foo""#;
        assert_eq!(error.message, wanted);
        assert_eq!(run(".[] | .[0]", &json!([1])).unwrap_err().message, "--jq `.[] | .[0]`: cannot index 1 with 0");
    }
}
