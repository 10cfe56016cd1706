//! The keys that the service sends in every object, with their types.

use serde_json::{Value, json};

use crate::server::testing::{Tester, USER, id, tester};
use crate::world::lock::lock;
use crate::{DEMO_USER, Simulator};

/// Members of one kind of object.
struct Kind {
    name: &'static str,
    /// Always present and never null.
    required: &'static str,
    /// Always present, and null if not set.
    nullable: &'static str,
    /// Omitted if not set; never null.
    optional: &'static str,
}

const SIGN_ON: &str = "userId userCode username inboxId teamPro proEndDate needSubscribe teamUser activeTeamUser freeTrial pro \
                       ds registerDate";

const TASK: &str = "id projectId etag modifiedTime priority status sortOrder creator deleted title isFloating items \
                    createdTime timeZone reminders exDate kind content desc isAllDay progress focusSummaries tags attachments";

const UNSET: &str = "startDate dueDate repeatFlag repeatFirstDate parentId childIds assignee completedTime completedUserId \
                     pinnedTime remindTime annoyingAlert columnId repeatTaskId";

const KINDS: &[Kind] = &[
    Kind { name: "status", required: SIGN_ON, nullable: "", optional: "proStartDate subscribeType subscribeFreq freq" },
    Kind {
        name: "profile",
        required: "username siteDomain filledPassword verifiedEmail fakedEmail picture locale userCode displayName",
        nullable: "etimestamp createdCampaign createdDeviceInfo accountDomain extenalId externalId email phone \
                   phoneWithoutCountryCode givenName familyName link gender verCode verKey",
        optional: "name",
    },
    Kind {
        name: "sync",
        required: "inboxId checkPoint projectProfiles tags syncTaskBean syncTaskOrderBean syncOrderBean syncOrderBeanV3 \
                   remindChanges",
        nullable: "projectGroups filters checks",
        optional: "",
    },
    Kind { name: "task", required: TASK, nullable: "", optional: UNSET },
    Kind {
        name: "completed task",
        required: "id projectId title status items reminders exDate completedTime completedUserId",
        nullable: "",
        optional: UNSET,
    },
    Kind { name: "trashed task", required: TASK, nullable: "", optional: UNSET },
    Kind { name: "item", required: "id status title sortOrder", nullable: "", optional: "" },
    Kind {
        name: "project",
        required: "id name etag modifiedTime inAll isOwner muted sortOrder userCount needAudit barcodeNeedAudit source",
        nullable: "groupId sortOption background sortType closed transferred notificationOptions teamId permission timeline \
                   openToTeam teamMemberPermission showType reminderType color kind viewMode",
        optional: "",
    },
    Kind {
        name: "group",
        required: "id etag name deleted showAll sortOrder sortType userId",
        nullable: "sortOption background teamId timeline viewMode",
        optional: "",
    },
    Kind {
        name: "tag",
        required: "name rawName label etag sortOrder type sortType",
        nullable: "",
        optional: "color parent sortOption timeline",
    },
    Kind {
        name: "filter",
        required: "id name rule sortOrder sortType etag createdTime modifiedTime",
        nullable: "viewMode timeline sortOption",
        optional: "",
    },
    Kind {
        name: "habit",
        required: "id name iconRes color sortOrder status encouragement totalCheckIns createdTime modifiedTime type goal step \
                   unit etag repeatRule recordEnable sectionId targetDays completedCycles",
        nullable: "archivedTime exDates reminders targetStartDate",
        optional: "",
    },
    Kind {
        name: "check-in",
        required: "id habitId checkinStamp opTime value goal status",
        nullable: "checkinTime",
        optional: "",
    },
    Kind {
        name: "column",
        required: "id projectId name sortOrder createdTime modifiedTime etag",
        nullable: "",
        optional: "",
    },
];

/// Returns the objects of every kind in an account.
fn objects(tester: &Tester) -> Vec<(&'static str, Vec<Value>)> {
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let sync = tester.get("/api/v3/batch/check/0");
    let open = list(&sync["syncTaskBean"]["update"]);
    let items = open.iter().flat_map(|task| list(&task["items"])).collect();
    let habits = list(&tester.get("/api/v2/habits"));
    let ids: Vec<&Value> = habits.iter().map(|habit| &habit["id"]).collect();
    let asked = json!({ "habitIds": ids, "afterStamp": 0 });
    let check_ins = tester.post("/api/v2/habitCheckins/query", &asked)["checkins"].clone();
    let completed = [
        "/api/v2/project/all/closed?status=Completed",
        "/api/v2/project/all/completed",
        "/api/v2/project/all/completedInAll/",
    ];
    vec![
        ("status", vec![tester.get("/api/v2/user/status")]),
        ("profile", vec![tester.get("/api/v2/user/profile")]),
        ("task", open),
        ("task", list(&tester.get("/api/v2/project/inbox/tasks"))),
        ("task", list(&tester.get("/api/v2/project/all/closed"))),
        (
            "completed task",
            completed.iter().flat_map(|path| list(&tester.get(path))).filter(|task| task["status"] == 2).collect(),
        ),
        ("trashed task", list(&tester.get("/api/v2/project/all/trash/pagination")["tasks"])),
        ("item", items),
        ("project", list(&sync["projectProfiles"])),
        ("project", list(&tester.get("/api/v2/projects"))),
        ("group", list(&sync["projectGroups"])),
        ("tag", list(&sync["tags"])),
        ("tag", list(&tester.get("/api/v2/tags"))),
        ("filter", list(&sync["filters"])),
        ("habit", habits),
        ("check-in", check_ins.as_object().unwrap().values().flat_map(list).collect()),
        ("column", list(&tester.get("/api/v2/column?from=0")["update"])),
        ("sync", vec![sync]),
    ]
}

fn seeded(service: crate::Service, user: &str) -> Tester {
    let token = lock(&service.state.world().access).open(user, 0).token;
    Tester::new(service, token)
}

/// Creates one object of every kind through the API, with only the required members, or with nulls for the
/// others.
fn made(with_nulls: bool) -> Tester {
    let tester = tester();
    let whole = |mut object: Value, kind: &str| {
        let kind = KINDS.iter().find(|known| known.name == kind).unwrap();
        if with_nulls {
            for key in [kind.required, kind.nullable, kind.optional].iter().flat_map(|keys| keys.split_whitespace()) {
                if object.get(key).is_none() {
                    object[key] = Value::Null;
                }
            }
        }
        object
    };
    let inbox = "inbox120000001";
    let add = |path: &str, object: Value| tester.post(path, &json!({ "add": [object] }));
    add("/api/v2/batch/projectGroup", whole(json!({ "name": "G" }), "group"));
    add("/api/v2/batch/project", whole(json!({ "name": "P" }), "project"));
    add("/api/v2/batch/tag", whole(json!({ "name": "t" }), "tag"));
    add("/api/v2/batch/filter", whole(json!({ "name": "F" }), "filter"));
    add("/api/v2/column", whole(json!({ "name": "C", "projectId": inbox }), "column"));
    add("/api/v2/habits/batch", whole(json!({ "id": id(1), "name": "H" }), "habit"));
    add("/api/v2/habitCheckins/batch", whole(json!({ "habitId": id(1), "checkinStamp": 20_260_301 }), "check-in"));
    add("/api/v2/batch/task", whole(json!({ "id": id(2), "items": [{ "title": "x" }] }), "task"));
    add("/api/v2/batch/task", whole(json!({ "id": id(3), "status": 2 }), "task"));
    add("/api/v2/batch/task", whole(json!({ "id": id(4) }), "task"));
    tester.post("/api/v2/batch/task", &json!({ "delete": [{ "taskId": id(4), "projectId": inbox }] }));
    tester
}

#[test]
fn what_is_always_sent_is_there_and_what_is_unset_is_not() {
    let now = jiff::civil::date(2026, 7, 1).at(10, 0, 0, 0).in_tz("UTC").unwrap().timestamp();
    let builder = || Simulator::builder().clock(ticktick_models::FixedClock(now));
    let accounts = [
        ("demo", seeded(builder().demo().build(), DEMO_USER)),
        ("synthetic", seeded(builder().account(USER, "x").synthetic(400, 1).build(), USER)),
        ("made", made(false)),
        ("made with nulls", made(true)),
    ];
    for (account, tester) in &accounts {
        for (kind, objects) in objects(tester) {
            let about = KINDS.iter().find(|known| known.name == kind).unwrap();
            assert!(!objects.is_empty(), "{account}: no {kind}");
            for object in &objects {
                for key in about.required.split_whitespace() {
                    assert!(
                        object.get(key).is_some_and(|value| !value.is_null()),
                        "{account}: {kind}: {key}: {object}"
                    );
                }
                for key in about.nullable.split_whitespace() {
                    assert!(object.get(key).is_some(), "{account}: {kind}: {key}: {object}");
                }
                for key in about.optional.split_whitespace() {
                    assert!(object.get(key).is_none_or(|value| !value.is_null()), "{account}: {kind}: {key}: {object}");
                }
            }
        }
    }
}

#[test]
fn the_code_of_a_person_is_a_uuid_of_version_4() {
    let tester = tester();
    let code = tester.get("/api/v2/user/status")["userCode"].as_str().unwrap().to_owned();
    let lengths: Vec<usize> = code.split('-').map(str::len).collect();
    assert_eq!(lengths, [8, 4, 4, 4, 12]);
    assert_eq!(&code[14..15], "4", "{code}");
    assert!("89ab".contains(&code[19..20]), "{code}");
    assert_eq!(tester.get("/api/v2/user/profile")["userCode"], *code);
    assert!(tester.get("/api/v2/user/profile")["picture"].as_str().is_some_and(|picture| !picture.is_empty()));
}
