//! `ticktick user`.

use super::{Case, compare};
use crate::sessions::Served;
use crate::support::{json, stdout};

pub(super) const CASES: &[Case] = &[
    ("user profile", "ValueList"),
    ("user status", "ValueList"),
    ("user settings", "ValueList"),
    ("user settings get time_zone startDayOfWeek", "ValueList"),
    ("user settings set start_day_of_week SAT", "ValueList"),
    ("user settings set lunar-enabled yes", "ValueList"),
    ("user limits", "ValueList"),
    ("user limits --all", "ValueList"),
    ("user notifications", "NotificationList"),
    ("user unread", "ValueList"),
    ("user daily-reminder", "ValueList"),
    ("user pomodoro", "ValueList"),
    ("user preferences", "ValueList"),
];

#[test]
fn the_user_is_shown() {
    compare("user", CASES);
}

#[test]
fn a_setting_stays_set() {
    let served = Served::start("nouns-user");
    served.sign_in("me@example.com");
    let set = served.run(&["user", "settings", "set", "time_zone", "Asia/Tokyo"], "").success();
    assert!(stdout(&set).starts_with("✓ time_zone: Asia/Tokyo (was "), "{}", stdout(&set));
    let got = json(&served.run(&["user", "settings", "get", "time_zone", "--json"], "").success());
    assert_eq!(got["data"][0]["value"], "Asia/Tokyo");
}
