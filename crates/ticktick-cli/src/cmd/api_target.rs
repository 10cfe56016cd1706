//! The call that the arguments of `ticktick api` describe.

use ticktick::raw::{Method, OPERATIONS, Operation, Param, Place};

use crate::error::{Candidate, Error, Kind};

/// The call to make.
#[derive(Debug, PartialEq)]
pub(crate) struct Target {
    pub(crate) operation: &'static Operation,
    /// The path as typed, if it is not the operation's template.
    pub(crate) path: Option<String>,
    pub(crate) listed: bool,
}

impl Target {
    /// Finds an operation by its id, or by method and path.
    pub(crate) fn find(words: &[String]) -> Result<Self, Error> {
        let name = words.join(" ");
        let name = name.trim();
        let Some((method, path)) = name.split_once(char::is_whitespace) else {
            let operation = Operation::find(name).ok_or_else(|| unknown(name))?;
            return Ok(Self { operation, path: None, listed: true });
        };
        let method: Method = method.parse().map_err(Error::usage)?;
        let path = path.trim();
        if !path.starts_with('/') {
            return Err(
                Error::usage(format!("`{path}` is not a path")).hint("write it without the host: GET /api/v2/tags")
            );
        }
        let template = OPERATIONS.iter().any(|operation| operation.method == method && operation.path == path);
        let found = Operation::find(&format!("{method} {path}"));
        let path = (!template).then(|| path.to_owned());
        match found {
            Some(operation) => Ok(Self { operation, path, listed: true }),
            None => Ok(Self { operation: Operation::unlisted(method), path, listed: false }),
        }
    }

    /// Checks names and values against the operation.
    pub(crate) fn assign(&self, params: &[String], query: &[String]) -> Result<Vec<Given>, Error> {
        let mut given = Vec::new();
        for text in params {
            let (name, value) = pair(text, "-p")?;
            let place = self.place(name, "parameter", |_| true)?;
            if place != Place::Query && given.iter().any(|other: &Given| other.name == name) {
                return Err(Error::usage(format!("`{name}` is given twice")));
            }
            given.push(Given { place, name: name.to_owned(), value: value.to_owned() });
        }
        for text in query {
            let (name, value) = pair(text, "--query")?;
            if self.listed {
                self.place(name, "query parameter", |param| param.place == Place::Query)?;
            }
            given.push(Given { place: Place::Query, name: name.to_owned(), value: value.to_owned() });
        }
        let typed = self.path.as_deref().and_then(|path| path.split_once('?')).map_or("", |(_, query)| query);
        let in_path = |name: &str| typed.split('&').any(|pair| pair.split('=').next() == Some(name));
        let missing = self
            .open_params()
            .find(|param| param.required && !in_path(param.name) && !given.iter().any(|one| one.name == param.name));
        match missing {
            Some(param) => Err(Error::usage(format!("{} needs `{}`: {}", self.operation, param.name, param.about))
                .hint(format!("use -p {}=VALUE ({}, {})", param.name, lower(param.place), param.kind))),
            None => Ok(given),
        }
    }

    /// Returns the parameters for which a typed path has no value.
    fn open_params(&self) -> impl Iterator<Item = &'static Param> {
        let typed = self.path.is_some();
        self.operation.params.iter().filter(move |param| !typed || param.place != Place::Path)
    }

    fn place(&self, name: &str, what: &str, fits: fn(&Param) -> bool) -> Result<Place, Error> {
        if let Some(param) = self.open_params().find(|param| param.name == name && fits(param)) {
            return Ok(param.place);
        }
        if !self.listed {
            return Err(Error::usage(format!("the contract does not list this call, so it has no {what} `{name}`"))
                .hint("put path values into the path, and use --query NAME=VALUE for the query"));
        }
        let hints: Vec<String> = self.open_params().filter(|param| fits(param)).map(hint).collect();
        let hint = if hints.is_empty() {
            format!("the operation has no {what}s; to try one, call {} PATH?NAME=VALUE", self.operation.method)
        } else {
            format!("it takes\n{}", hints.join("\n"))
        };
        Err(Error::usage(format!("{} has no {what} `{name}`", self.operation)).hint(hint))
    }
}

/// A parameter with its typed value.
pub(crate) struct Given {
    pub(crate) place: Place,
    pub(crate) name: String,
    pub(crate) value: String,
}

fn hint(param: &Param) -> String {
    let need = if param.required { ", required" } else { "" };
    format!("{} ({}, {}{need}): {}", param.name, lower(param.place), param.kind, param.about)
}

fn pair<'a>(text: &'a str, flag: &str) -> Result<(&'a str, &'a str), Error> {
    text.split_once('=').ok_or_else(|| Error::usage(format!("{flag} takes NAME=VALUE, not `{text}`")))
}

/// Suggests operations for an unknown id.
fn unknown(name: &str) -> Error {
    let (resource, verb) = name.split_once('.').unwrap_or((name, name));
    let near = |operation: &&&Operation| {
        let (own, does) = operation.id.split_once('.').unwrap_or_default();
        own == resource || does == verb
    };
    let candidate = |operation: &&Operation| Candidate {
        id: operation.id.into(),
        name: operation.id.into(),
        details: vec![operation.about.into()],
    };
    Error::new(Kind::NotFound, format!("the contract has no operation `{name}`"))
        .hint("`ticktick api --list` lists all operations; call an unlisted one as METHOD PATH")
        .candidates(OPERATIONS.iter().filter(near).map(candidate).collect())
}

pub(crate) fn lower(value: impl std::fmt::Debug) -> String {
    format!("{value:?}").to_lowercase()
}
