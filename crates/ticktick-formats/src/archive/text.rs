//! Archives as one document and as one object per line.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::value::RawValue;

use super::files::line;
use super::{Archive, Entity, Manifest};
use crate::FormatError;

/// One line of NDJSON.
#[derive(Deserialize)]
struct Line<'a> {
    entity: String,
    #[serde(borrow)]
    object: &'a RawValue,
}

impl Archive {
    /// Returns the archive as one JSON document, without attachments.
    #[must_use]
    pub fn to_json(&self) -> String {
        let head = serde_json::to_string(&self.manifest).unwrap_or_default();
        let mut text = head.strip_suffix('}').unwrap_or(&head).to_owned();
        text.push_str(",\n\"objects\":{");
        for (index, (entity, objects)) in self.entities().enumerate() {
            let lines: Vec<String> = objects.iter().map(|json| line(json)).collect();
            let comma = if index == 0 { "" } else { "," };
            text.push_str(&format!("{comma}\n\"{}\":[\n{}\n]", entity.name(), lines.join(",\n")));
        }
        text.push_str("\n}}\n");
        text
    }

    /// Returns the archive as one object per line, without attachments. The first line is the manifest.
    #[must_use]
    pub fn to_ndjson(&self) -> String {
        let mut text = String::new();
        let manifest = serde_json::to_string(&self.manifest).unwrap_or_default();
        text.push_str(&format!("{{\"entity\":\"manifest\",\"object\":{manifest}}}\n"));
        for (entity, objects) in self.entities() {
            for json in objects {
                text.push_str(&format!("{{\"entity\":\"{}\",\"object\":{}}}\n", entity.name(), line(json)));
            }
        }
        text
    }

    /// Reads a document of [`to_json`](Self::to_json).
    ///
    /// # Errors
    ///
    /// Fails if the text is not such a document, or is newer than this program.
    pub fn from_json(text: &str) -> Result<Self, FormatError> {
        let value: Head = serde_json::from_str(text).map_err(|error| {
            FormatError::new(format!("the file is not an archive of ticktick: {error}"))
                .hint("write the file with: ticktick export FILE.json")
        })?;
        let mut archive = Self::new(Manifest::read(text.as_bytes())?);
        for (name, objects) in value.objects {
            if let Some(entity) = Entity::of(&name) {
                archive.add(entity, objects);
            }
        }
        Ok(archive)
    }

    /// Reads lines of [`to_ndjson`](Self::to_ndjson). Also returns the lines that cannot be read.
    ///
    /// # Errors
    ///
    /// Fails if the first line is not a manifest, or is newer than this program.
    pub fn from_ndjson(text: &str) -> Result<(Self, Vec<usize>), FormatError> {
        let mut lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
        let first: Option<Line<'_>> = lines.next().and_then(|(_, line)| serde_json::from_str(line).ok());
        let first = first.filter(|line| line.entity == "manifest").ok_or_else(|| {
            FormatError::new("the first line is not the manifest of an archive")
                .hint("write the file with: ticktick export --format ndjson")
        })?;
        let mut archive = Self::new(Manifest::read(first.object.get().as_bytes())?);
        let mut bad = Vec::new();
        let mut all: BTreeMap<Entity, Vec<Box<RawValue>>> = BTreeMap::new();
        for (index, line) in lines {
            match serde_json::from_str::<Line<'_>>(line).ok().and_then(|line| Some((Entity::of(&line.entity)?, line))) {
                Some((entity, line)) => all.entry(entity).or_default().push(line.object.to_owned()),
                None => bad.push(index + 1),
            }
        }
        for (entity, objects) in all {
            archive.add(entity, objects);
        }
        Ok((archive, bad))
    }
}

/// The part of a document other than its manifest.
#[derive(Deserialize)]
struct Head {
    objects: BTreeMap<String, Vec<Box<RawValue>>>,
}
