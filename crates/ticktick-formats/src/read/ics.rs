//! Reads iCalendar files: the tasks in them.

use std::collections::BTreeMap;

use super::ics_todo::{self, Zones};
use crate::ical::{self, Component};
use crate::{Context, Format, FormatError, Plan};

pub(super) fn read(text: &str, source: &str, context: &Context) -> Result<Plan, FormatError> {
    let (roots, bad) = ical::parse(text);
    let calendars: Vec<&Component> = roots.iter().filter(|root| root.name == "VCALENDAR").collect();
    if calendars.is_empty() {
        return Err(FormatError::new("the file has no BEGIN:VCALENDAR").hint("is this an iCalendar file?"));
    }
    let mut plan = Plan::new(Format::Ics, source);
    bad.into_iter().for_each(|line| plan.skip(line, "not a property"));
    let mut links = Vec::new();
    for calendar in calendars {
        let name = calendar.text("X-WR-CALNAME").unwrap_or_else(|| source.to_owned());
        let zones = Zones::of(calendar, context);
        for inner in &calendar.inner {
            match inner.name.as_str() {
                "VTODO" if inner.get("RECURRENCE-ID").is_some() => {
                    plan.skip(inner.line, "a changed occurrence of a series");
                }
                "VTODO" | "VJOURNAL" => {
                    let record = ics_todo::record(inner, &name, &zones);
                    match record {
                        Some(record) => {
                            if inner.get("EXDATE").is_some() {
                                plan.note(inner.line, "the excluded dates of a series were not imported");
                            }
                            links.push(Links::of(inner));
                            plan.records.push(record);
                        }
                        None => plan.skip(inner.line, "a task without a title"),
                    }
                }
                "VTIMEZONE" => {}
                other => plan.skip(inner.line, format!("{other} is not a task")),
            }
        }
    }
    link(&mut plan, &links);
    Ok(plan)
}

/// The relations of a component to others.
struct Links {
    uid: String,
    parent: Option<String>,
    children: Vec<String>,
}

impl Links {
    fn of(component: &Component) -> Self {
        let mut links = Self { uid: component.text("UID").unwrap_or_default(), parent: None, children: Vec::new() };
        for property in component.all("RELATED-TO") {
            match property.param("RELTYPE").unwrap_or("PARENT").to_uppercase().as_str() {
                "PARENT" => links.parent = Some(property.text()),
                "CHILD" => links.children.push(property.text()),
                // Siblings are not nested.
                _ => {}
            }
        }
        links
    }
}

fn link(plan: &mut Plan, links: &[Links]) {
    let uids: BTreeMap<&str, usize> =
        links.iter().enumerate().rev().map(|(index, link)| (link.uid.as_str(), index)).collect();
    for (index, link) in links.iter().enumerate() {
        for child in link.children.iter().filter_map(|child| uids.get(child.as_str())) {
            if *child != index {
                plan.records[*child].parent.get_or_insert(index);
            }
        }
    }
    for (index, link) in links.iter().enumerate() {
        let Some(parent) = &link.parent else { continue };
        match uids.get(parent.as_str()) {
            Some(found) if *found != index => plan.records[index].parent = Some(*found),
            _ => {
                let row = plan.records[index].row;
                plan.note(row, "the parent is not in the file; imported without a parent");
            }
        }
    }
}
