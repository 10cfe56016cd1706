// A stand-in until `cargo xtask codegen` writes this folder.

crate::error_codes! {
    /// No session, or one that has ended.
    UserNotSignOn ["user_not_sign_on", "not_login"] SessionExpired AfterLogin "Sign in again.";
    /// User name or password are wrong, or the client is not welcome.
    UsernamePasswordNotMatch ["username_password_not_match", "incorrect_password"] Auth Never "Check user name and password.";
    /// Signing in is closed for a while.
    IncorrectPasswordTooManyTimes ["incorrect_password_too_many_times"] LockedOut Never "Wait half an hour.";
    /// A captcha is wanted.
    NeedCaptcha ["need_captcha", "need_recaptcha"] Captcha Never "Sign in with a browser.";
    /// No right to do this.
    AccessForbidden ["access_forbidden", "no_project_permission"] Forbidden Never "Check the rights.";
    /// A paid feature.
    NeedPro ["need_pro"] Premium Never "This needs a paid plan.";
    /// No such task.
    TaskNotFound ["task_not_found", "TASK_NOT_FOUND"] NotFound Never "Check the id.";
    /// The request makes no sense.
    UnknownException ["unknown_exception"] Validation Never "Check what is sent.";
    /// Too many requests.
    ExceedQueryLimit ["exceed_query_limit"] RateLimited Later "Wait a minute.";
    /// The host is busy.
    TooBusy ["too_busy"] Transient Later "Try again in a moment.";
    /// A limit of the plan.
    ExceedQuota ["exceed_quota", "EXCEED_QUOTA"] Quota Never "Make room.";
}
