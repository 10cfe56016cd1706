//! Points on which witnesses of the service disagree, and the side that the simulator takes.

use std::fmt;
use std::str::FromStr;

/// One point: its name, and both sides with what each does. The first side is the default.
struct Point {
    name: &'static str,
    sides: [(&'static str, &'static str); 2],
}

/// Something that witnesses of the service disagree on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Disputed {
    Update,
    Unpin,
    AllDayEnd,
    SecondCheckIn,
    TagCase,
    ColumnUpdate,
    ColumnDelete,
    CommentEdit,
    TrashRestore,
    Delta,
}

/// All points, in the order of [`Disputed`].
const POINTS: [Point; 10] = [
    Point {
        name: "update",
        sides: [
            ("merge", "an update keeps the members that it leaves out"),
            ("replace", "an update removes the members that it leaves out; two live test suites contradict this"),
        ],
    },
    Point {
        name: "unpin",
        sides: [("text", "only the text `-1` unpins a task"), ("null", "a null `pinnedTime` unpins a task too")],
    },
    Point {
        name: "all-day-end",
        sides: [
            ("as-sent", "both dates of an all-day task are stored as sent"),
            ("next-day", "a due date equal to the start of an all-day task moves to the next day"),
        ],
    },
    Point {
        name: "second-check-in",
        sides: [
            ("same", "a second check-in on a day changes the first, under its id"),
            ("new", "a second check-in on a day is stored beside the first"),
        ],
    },
    Point {
        name: "tag-case",
        sides: [("lower", "names of tags are stored in lower case"), ("kept", "names of tags keep their case")],
    },
    Point {
        name: "column-update",
        sides: [
            ("merge", "an update of a column keeps the members that it leaves out"),
            ("replace", "an update of a column resets the name and the position that it leaves out"),
        ],
    },
    Point {
        name: "column-delete",
        sides: [
            ("keep", "tasks keep the `columnId` of a deleted column"),
            ("clear", "tasks lose the `columnId` of a deleted column"),
        ],
    },
    Point {
        name: "comment-edit",
        sides: [
            ("whole", "an edit of a comment takes the whole comment; a title alone is answered with 200 and ignored"),
            ("partial", "an edit of a comment takes a title alone"),
        ],
    },
    Point {
        name: "trash-restore",
        sides: [
            ("refuse", "a task is not restored into a list that is gone"),
            ("inbox", "a task whose list is gone is restored into the inbox, and the answer does not say so"),
        ],
    },
    Point {
        name: "delta",
        sides: [
            ("prompt", "a delta holds everything that was written before it"),
            ("late", "a delta leaves out what was just written; the next one holds it"),
        ],
    },
];

/// One side of a point on which witnesses of the service disagree.
///
/// ```
/// use ticktick_sim::{Reading, Simulator};
///
/// let reading: Reading = "unpin=null".parse()?;
/// assert_eq!(reading.about(), "a null `pinnedTime` unpins a task too");
/// let sim = Simulator::builder().demo().reading(reading).build();
/// # let _ = sim;
/// # Ok::<(), String>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Reading {
    point: usize,
    side: usize,
}

impl Reading {
    /// Deltas that leave out what was just written.
    pub(crate) const LATE: Self = Self { point: Disputed::Delta as usize, side: 1 };

    /// Returns both sides of every point; the first side of each is the default.
    pub fn all() -> impl Iterator<Item = Self> {
        (0..POINTS.len()).flat_map(|point| (0..2).map(move |side| Self { point, side }))
    }

    /// Returns the name of the point.
    #[must_use]
    pub fn quirk(&self) -> &'static str {
        POINTS[self.point].name
    }

    /// Returns the name of the side.
    #[must_use]
    pub fn side(&self) -> &'static str {
        POINTS[self.point].sides[self.side].0
    }

    /// Says what the simulator does with this reading.
    #[must_use]
    pub fn about(&self) -> &'static str {
        POINTS[self.point].sides[self.side].1
    }

    /// Tells whether the simulator reads the service in this way unless it is told otherwise.
    #[must_use]
    pub fn is_default(&self) -> bool {
        self.side == 0
    }

    pub(crate) fn is_about(&self, disputed: Disputed) -> bool {
        self.point == disputed as usize
    }
}

impl fmt::Display for Reading {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}={}", self.quirk(), self.side())
    }
}

impl fmt::Debug for Reading {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for Reading {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::all().find(|reading| reading.to_string() == text).ok_or_else(|| {
            let known: Vec<String> = POINTS.iter().map(|point| sides(point).join("|")).collect();
            format!("no such reading; write QUIRK=SIDE: {}", known.join(", "))
        })
    }
}

fn sides(point: &Point) -> [String; 2] {
    let [(first, _), (second, _)] = point.sides;
    [format!("{}={first}", point.name), second.to_owned()]
}

/// The side taken on every point.
#[derive(Clone, Copy, Default)]
pub(crate) struct Readings([bool; POINTS.len()]);

impl Readings {
    pub(crate) fn take(&mut self, reading: Reading) {
        self.0[reading.point] = !reading.is_default();
    }

    /// Tells whether the second side is taken.
    pub(crate) fn is_other(self, disputed: Disputed) -> bool {
        self.0[disputed as usize]
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::testing::{Tester, id, tester_with};

    /// Shows with one write each which side a simulator takes.
    fn seen(tester: &Tester, quirk: &str) -> &'static str {
        let column = |body: Value| tester.post("/api/v2/column", &body);
        let inbox = "inbox120000001";
        let either = |is_other: bool, sides: [&'static str; 2]| sides[usize::from(is_other)];
        match quirk {
            "update" => {
                tester.add(&json!({ "id": id(1), "content": "kept" }));
                either(tester.update(&json!({ "id": id(1) }))["content"] == "", ["merge", "replace"])
            }
            "unpin" => {
                tester.add(&json!({ "id": id(1), "pinnedTime": "2026-03-01T00:00:00.000+0000" }));
                let task = tester.update(&json!({ "id": id(1), "pinnedTime": null }));
                either(task.get("pinnedTime").is_none(), ["text", "null"])
            }
            "all-day-end" => {
                let day = "2026-03-05T00:00:00.000+0000";
                let task = tester.add(&json!({ "isAllDay": true, "startDate": day, "dueDate": day }));
                either(task["dueDate"] == "2026-03-06T00:00:00.000+0000", ["as-sent", "next-day"])
            }
            "second-check-in" => {
                let habit = json!({ "add": [{ "id": id(1), "name": "a" }] });
                tester.post("/api/v2/habits/batch", &habit);
                for n in 2..4 {
                    let add = json!({ "add": [{ "id": id(n), "habitId": id(1), "checkinStamp": 20_260_301 }] });
                    tester.post("/api/v2/habitCheckins/batch", &add);
                }
                let asked = json!({ "habitIds": [id(1)], "afterStamp": 0 });
                let found = tester.post("/api/v2/habitCheckins/query", &asked)["checkins"][id(1)].clone();
                either(found.as_array().unwrap().len() == 2, ["same", "new"])
            }
            "tag-case" => either(tester.add(&json!({ "tags": ["Work"] }))["tags"][0] == "Work", ["lower", "kept"]),
            "column-update" => {
                column(json!({ "add": [{ "id": id(1), "projectId": inbox, "name": "a", "sortOrder": 5 }] }));
                column(json!({ "update": [{ "id": id(1), "projectId": inbox, "name": "b" }] }));
                either(tester.get("/api/v2/column?from=0")["update"][0]["sortOrder"] == 0, ["merge", "replace"])
            }
            "column-delete" => {
                column(json!({ "add": [{ "id": id(1), "projectId": inbox, "name": "a" }] }));
                tester.add(&json!({ "id": id(2), "columnId": id(1) }));
                column(json!({ "delete": [{ "columnId": id(1), "projectId": inbox }] }));
                either(tester.task(&id(2)).get("columnId").is_none(), ["keep", "clear"])
            }
            "comment-edit" => {
                tester.add(&json!({ "id": id(1) }));
                let path = format!("/api/v2/project/{inbox}/task/{}/comment", id(1));
                tester.post(&path, &json!({ "id": id(2), "title": "old" }));
                tester.send("PUT", &format!("{path}/{}", id(2)), r#"{"title":"new"}"#).value(200);
                either(tester.get(&format!("{path}s"))[0]["title"] == "new", ["whole", "partial"])
            }
            "trash-restore" => {
                tester.add(&json!({ "id": id(1) }));
                let key = json!({ "delete": [{ "taskId": id(1), "projectId": inbox }] });
                tester.post("/api/v2/batch/task", &key);
                let restore = json!([{ "taskId": id(1), "fromProjectId": id(8), "toProjectId": id(8) }]);
                let answer = tester.post("/api/v2/trash/restore", &restore);
                either(answer["id2etag"][id(1)].is_string(), ["refuse", "inbox"])
            }
            "delta" => {
                let next = tester.get("/api/v3/batch/check/0")["checkPoint"].clone();
                tester.add(&json!({ "id": id(1) }));
                let delta = tester.get(&format!("/api/v3/batch/check/{next}"));
                either(delta["syncTaskBean"]["empty"] == true, ["prompt", "late"])
            }
            other => panic!("{other} is not tried"),
        }
    }

    #[test]
    fn every_side_shows() {
        for reading in Reading::all() {
            let tester = tester_with(|builder| builder.reading(reading));
            assert_eq!(seen(&tester, reading.quirk()), reading.side(), "{reading}");
            if reading.is_default() {
                let plain = tester_with(|builder| builder);
                assert_eq!(seen(&plain, reading.quirk()), reading.side(), "{reading} is the default");
            }
        }
    }

    #[test]
    fn names_are_read_and_refused() {
        for reading in Reading::all() {
            assert_eq!(reading.to_string().parse(), Ok(reading));
        }
        let error = "unpin=maybe".parse::<Reading>().unwrap_err();
        assert!(error.contains("unpin=text|null"), "{error}");
    }

    #[test]
    fn readings_survive_a_reset_and_a_load() {
        let reading: Reading = "tag-case=kept".parse().unwrap();
        let tester = tester_with(|builder| builder.reading(reading));
        tester.service.load(&tester.service.dump()).unwrap();
        assert_eq!(seen(&tester, "tag-case"), "kept");
    }
}
