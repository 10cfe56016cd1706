//! The macro behind [`ErrorCode`](crate::ErrorCode).

/// Generates the open enumeration of error codes: each line is a variant with its texts, class, retry
/// advice and hint.
macro_rules! error_codes {
    ($name:ident {
        $($variant:ident = [$first:literal $(, $alias:literal)*] $class:ident $retry:ident $remedy:literal),+ $(,)?
    }) => {
        impl $name {
            /// All known codes.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// Returns the class of the code.
            ///
            /// ```
            /// use ticktick_raw::{ErrorClass, ErrorCode};
            ///
            /// assert_eq!(ErrorCode::from("need_captcha").class(), ErrorClass::Captcha);
            /// ```
            #[must_use]
            pub const fn class(&self) -> $crate::ErrorClass {
                match self {
                    $(Self::$variant => $crate::ErrorClass::$class,)+
                    Self::Unknown(_) => $crate::ErrorClass::Other,
                }
            }

            /// Returns when a retry may help.
            ///
            /// ```
            /// use ticktick_raw::{ErrorCode, RetryAdvice};
            ///
            /// assert_eq!(ErrorCode::from("need_captcha").retry(), RetryAdvice::Never);
            /// ```
            #[must_use]
            pub const fn retry(&self) -> $crate::RetryAdvice {
                match self {
                    $(Self::$variant => $crate::RetryAdvice::$retry,)+
                    Self::Unknown(_) => $crate::RetryAdvice::Never,
                }
            }

            /// Returns a hint on what to do next.
            ///
            /// ```
            /// assert!(ticktick_raw::ErrorCode::from("need_captcha").remedy().starts_with("sign in"));
            /// ```
            #[must_use]
            pub const fn remedy(&self) -> &'static str {
                match self {
                    $(Self::$variant => $remedy,)+
                    Self::Unknown(_) => $crate::ErrorClass::Other.remedy(),
                }
            }

            /// Returns the code as the service writes it.
            ///
            /// ```
            /// assert_eq!(ticktick_raw::ErrorCode::NeedCaptcha.as_str(), "need_captcha");
            /// ```
            #[must_use]
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $first,)+
                    Self::Unknown(code) => code,
                }
            }
        }

        impl From<&str> for $name {
            fn from(code: &str) -> Self {
                match code {
                    $($first $(| $alias)* => Self::$variant,)+
                    _ => Self::Unknown(code.into()),
                }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }
    };
}
pub(crate) use error_codes;
