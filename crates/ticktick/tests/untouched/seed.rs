//! What the account holds at the start. `"?":0` is replaced by unknown members, and `#07` by the seventh id.

/// Folders.
pub(crate) const FOLDERS: &[&str] = &[
    r##"{"id":"#01","name":"Home","open":true,"showAll":false,"sortOrder":-1099511627776,"viewMode":"globe","?":0}"##,
    r##"{"id":"#02","name":"Work","sortOrder":9223372036854775807,"sortType":"title","teamId":null,"?":0}"##,
];

/// Projects; the inbox is there already.
pub(crate) const PROJECTS: &[&str] = &[
    r##"{"id":"#03","name":"Board","kind":"TASK","viewMode":"kanban","groupId":"#01","color":"#4772FA","sortOrder":-5,"timeline":{"range":null,"sortType":"x","?":0},"?":0}"##,
    r##"{"id":"#04","name":"Old","kind":"TASK","closed":true,"muted":true,"inAll":false,"groupId":"#01","sortOrder":-4,"?":0}"##,
    r##"{"id":"#05","name":"Odd","kind":"SONG","viewMode":"globe","color":"transparent","sortOrder":6917539217469669374,"notificationOptions":[""],"?":0}"##,
    r##"{"id":"#06","name":"Shared","sortOption":{"groupBy":"sortOrder","orderBy":"sortOrder","?":0},"groupId":null,"sortOrder":7,"?":0}"##,
];

/// Columns.
pub(crate) const COLUMNS: &[&str] = &[
    r##"{"id":"#07","projectId":"#03","name":"To do","sortOrder":0,"?":0}"##,
    r##"{"id":"#08","projectId":"#03","name":"Doing","sortOrder":0,"userId":120000001,"?":0}"##,
    r##"{"id":"#09","projectId":"#03","name":"Done","sortOrder":9007199254740993,"?":0}"##,
    r##"{"id":"#10","projectId":"#05","name":"Other","sortOrder":3,"?":0}"##,
];

/// Tags, parents first.
pub(crate) const TAGS: &[&str] = &[
    r##"{"name":"work","label":"Work","color":"#FF6161","sortOrder":-3,"sortType":"globe","?":0}"##,
    r##"{"name":"urgent","label":"Urgent","rawName":"asap","parent":"work","color":null,"sortOrder":-2,"type":9,"?":0}"##,
    r##"{"name":"errands","label":"errands","sortOrder":9007199254740993,"pin":{"?":0},"?":0}"##,
    r##"{"name":"日本","label":"日本","parent":"errands","sortOption":{"groupBy":"x","orderBy":"y","?":0},"?":0}"##,
];

/// Saved filters, the second with a rule that nobody can read.
pub(crate) const FILTERS: &[&str] = &[
    r##"{"id":"#11","name":"High","rule":"{\"and\":[{\"or\":[5],\"conditionName\":\"priority\"}],\"type\":0,\"version\":1}","sortOrder":3,"sortOption":{"groupBy":"x","orderBy":"y","?":0},"?":0}"##,
    r##"{"id":"#12","name":"New","rule":"{\"later\": 1.50}","viewMode":"globe","sortType":"sortOrder","?":0}"##,
];

/// Sections of habits.
pub(crate) const SECTIONS: &[&str] = &[r##"{"id":"#13","name":"Gym","sortOrder":9007199254740993,"?":0}"##];

/// Habits.
pub(crate) const HABITS: &[&str] = &[
    r##"{"id":"#14","name":"Read","color":"#97E38B","iconRes":"habit_reading","sortOrder":1,"status":0,"type":"Boolean","goal":1.0,"step":0.0,"repeatRule":"RRULE:FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA,SU","reminders":["09:00"],"sectionId":"#13","exDates":["20260101"],"style":1,"?":0}"##,
    r##"{"id":"#15","name":"Drink","type":"Real","goal":2.50,"step":0.250,"unit":"Cup","sortOrder":1,"status":0,"repeatRule":"RRULE:FREQ=DAILY;INTERVAL=1","targetDays":30,"encouragement":"!","?":0}"##,
    r##"{"id":"#16","name":"Gone","type":"Imaginary","goal":1e0,"status":1,"archivedTime":"2026-01-01T00:00:00.000+0000","sortOrder":3,"repeatRule":"RRULE:FREQ=SECONDLY","?":0}"##,
];

/// Check-ins.
pub(crate) const CHECK_INS: &[&str] = &[
    r##"{"id":"#17","habitId":"#14","checkinStamp":20260228,"checkinTime":"2026-02-28T10:00:00.000+0000","value":1.0,"goal":1.0,"status":2,"?":0}"##,
    r##"{"id":"#18","habitId":"#15","checkinStamp":20260301,"value":0.750,"goal":2.50,"status":0,"?":0}"##,
];

/// Countdowns.
pub(crate) const COUNTDOWNS: &[&str] = &[
    r##"{"id":"#19","name":"Trip","type":4,"date":20260701,"color":"#4772FA","remark":"x","showRemark":true,"sortOrder":1,"annoyingAlert":{"n":1E3},"?":0}"##,
    r##"{"id":"#20","name":"Ann","type":1,"date":19900229,"ignoreYear":true,"style":"round","styleColor":["#FFFFFF"],"pinnedTime":"2026-01-01T00:00:00.000+0000","preSet":[1.0],"archivedTime":"2026-02-01T00:00:00.000+0000","?":0}"##,
];

/// Saved timers.
pub(crate) const TIMERS: &[&str] = &[
    r##"{"id":"#21","name":"Deep","type":"pomodoro","pomodoroTime":25,"color":"#4772FA","icon":"timer_x","status":0,"sortOrder":0,"?":0}"##,
];

/// Focus sessions: one pomodoro, and one by stopwatch.
pub(crate) const FOCUS: [&str; 2] = [
    r##"{"id":"#22","startTime":"2026-02-20T10:00:00.000+0000","endTime":"2026-02-20T10:25:00.000+0000","type":0,"status":1,"pauseDuration":0,"note":"x","tasks":[{"taskId":"#31","title":"y","projectName":"Inbox","tags":["errands"],"startTime":"2026-02-20T10:00:00.000+0000","endTime":"2026-02-20T10:25:00.000+0000","?":0}],"?":0}"##,
    r##"{"id":"#23","startTime":"2026-02-21T10:00:00.000+0000","endTime":"2026-02-21T10:40:00.000+0000","type":1,"status":1,"pauseDuration":60,"adjustTime":-5,"?":0}"##,
];

/// Tasks of every sort; some have members of kinds that the contract does not expect.
pub(crate) const TASKS: &[&str] = &[
    r##"{"id":"#31","projectId":"#inbox","title":"Plain","content":"a\nb","kind":"TEXT","priority":3,"tags":["errands","urgent"],"sortOrder":-9223090562146500590,"?":0}"##,
    r##"{"id":"#32","projectId":"#inbox","title":"List","content":"","desc":"*far*","kind":"CHECKLIST","priority":4,"timeZone":"Asia/Tokyo","isAllDay":true,"startDate":"2026-03-04T15:00:00.000+0000","dueDate":"2026-03-04T15:00:00.000+0000","reminders":[{"id":"#90","trigger":"TRIGGER:P0DT9H0M0S","tone":3.50,"?":0},{"id":"#91","trigger":"TRIGGER;X=1:soon","?":0}],"items":[{"id":"#92","title":"left","status":1,"sortOrder":5,"completedTime":"2026-02-01T00:00:00.000+0000","?":0},{"id":"#93","title":"right","status":0,"sortOrder":6,"startDate":"2026-03-04T15:00:00.000+0000","isAllDay":true,"timeZone":"Asia/Tokyo","snoozeReminderTime":null,"?":0},{"id":"#94","title":"odd","status":7,"sortOrder":6,"?":0}],"imgMode":7,"sortOrder":1,"?":0}"##,
    r##"{"id":"#33","projectId":"#03","title":"Note","kind":"NOTE","desc":"half \ud83d","content":"- [ ] line","columnId":"#07","tags":["日本"],"sortOrder":1,"notionBlock":{"n":1E3},"?":0}"##,
    r##"{"id":"#34","projectId":"#03","title":"Float","isFloating":true,"startDate":"2026-03-29T01:30:00.000+0000","dueDate":"2026-03-29T01:30:00.000+0000","timeZone":"Europe/Berlin","columnId":"#08","sortOrder":1,"attendId":"a","annoyingAlert":1,"?":0}"##,
    r##"{"id":"#35","projectId":"#03","title":"Range","startDate":"2026-03-08T06:30:00.000+0000","dueDate":"2026-03-08T07:30:00.000+0000","timeZone":"America/New_York","isAllDay":false,"reminder":"TRIGGER:PT0S","reminders":[{"id":"#95","trigger":"TRIGGER:-PT5M","?":0}],"exDate":["20260308"],"remindTime":"2026-03-08T06:00:00.000+0000","sortOrder":2,"?":0}"##,
    r##"{"id":"#36","projectId":"#inbox","title":"Daily","kind":"CHECKLIST","isAllDay":true,"timeZone":"Asia/Tokyo","startDate":"2026-02-28T15:00:00.000+0000","dueDate":"2026-02-28T15:00:00.000+0000","repeatFlag":"RRULE:FREQ=DAILY;INTERVAL=1;X-ODD=1","repeatFrom":"2","repeatFirstDate":"2026-01-31T15:00:00.000+0000","remindTime":"2026-03-01T09:00:00.000+0000","items":[{"id":"#96","title":"in","status":1,"completedTime":"2026-02-01T00:00:00.000+0000","sortOrder":1,"?":0},{"id":"#97","title":"out","status":0,"sortOrder":2,"?":0}],"reminders":[{"id":"#98","trigger":"TRIGGER:P0DT9H0M0S","?":0}],"pinnedTime":"2026-01-01T00:00:00.000+0000","sortOrder":3,"?":0}"##,
    r##"{"id":"#37","projectId":"#03","title":"Weekly","startDate":"2026-03-22T00:30:00.000+0000","dueDate":"2026-03-22T01:30:00.000+0000","timeZone":"Europe/Berlin","repeatFlag":"RRULE:FREQ=WEEKLY;COUNT=3;BYDAY=SU","repeatFrom":0,"columnId":"#09","sortOrder":4,"?":0}"##,
    r##"{"id":"#38","projectId":"#inbox","title":"Ebbing","isAllDay":true,"timeZone":"UTC","startDate":"2026-03-02T00:00:00.000+0000","repeatFlag":"ERULE:NAME=FORGETTINGCURVE;CYCLE=0","repeatFrom":"2","sortOrder":4,"?":0}"##,
    r##"{"id":"#49","projectId":"#inbox","title":"Bare series","timeZone":"","startDate":"2026-03-02T09:00:00.000+0000","repeatFlag":"RRULE:FREQ=MONTHLY","isAllDay":null,"sortOrder":4,"?":0}"##,
    r##"{"id":"#39","projectId":"#03","title":"Root","columnId":"#07","sortOrder":5,"completedUserId":{"id":1.0},"local":"no","focusSummaries":7,"imgMode":[1E0],"annoyingAlert":"x","isDirty":1,"?":0}"##,
    r##"{"id":"#40","projectId":"#03","title":"Child","columnId":"#08","sortOrder":6,"?":0}"##,
    r##"{"id":"#41","projectId":"#03","title":"Grandchild","sortOrder":7,"?":0}"##,
    r##"{"id":"#42","projectId":"#03","title":"Closed child","status":2,"completedTime":"2026-02-01T00:00:00.000+0000","completedUserId":120000001,"tags":["work"],"sortOrder":8,"?":0}"##,
    r##"{"id":"#43","projectId":"#05","title":"Won't","status":-1,"completedTime":"2026-02-01T00:00:00.000+0000","sortOrder":9,"?":0}"##,
    r##"{"id":"#44","projectId":"#05","title":"Old form","status":1,"completedTime":"2026-02-01T00:00:00.000+0000","sortOrder":9,"?":0}"##,
    r##"{"id":"#45","projectId":"#05","title":"Poem","kind":"POEM","items":[{"id":"#89","title":5.0,"status":"x","sortOrder":1e3,"?":0}],"reminders":[{"id":"#88","trigger":{"n":1.0},"?":0}],"content":1.50,"pomodoroSummaries":{"n":[]},"repeatFrom":{},"isFloating":"no","priority":2,"columnId":"#10","timeZone":"","isAllDay":null,"ownerId":[1.0],"isDirty":true,"local":false,"pinnedTime":"2026-01-01T00:00:00.000+0000","assignee":7,"sortOrder":9,"?":0}"##,
    r##"{"id":"#46","projectId":"#06","title":"Shared","focusSummaries":[{"pomoCount":1,"duration":12345678901234567890,"?":0}],"pomodoroSummaries":[{"count":1,"?":0}],"sortOrder":9,"?":0}"##,
    r##"{"id":"#47","projectId":"#inbox","title":"Trashed","content":"x","tags":["errands"],"sortOrder":9,"?":0}"##,
    r##"{"id":"#48","projectId":"#inbox","title":"Trashed too","content":"x","repeatTaskId":"#36","sortOrder":9,"?":0}"##,
];

/// Children and their parents.
pub(crate) const FAMILY: &[(&str, &str)] = &[("#40", "#39"), ("#41", "#40"), ("#42", "#39")];

/// Tasks of the inbox that are in the trash.
pub(crate) const TRASHED: &[&str] = &["#47", "#48"];
