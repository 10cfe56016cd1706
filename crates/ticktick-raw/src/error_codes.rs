//! The macro behind [`ErrorCode`](crate::ErrorCode).

/// Makes the open enumeration of error codes: a line is a variant, its texts, its class, its retry
/// advice and its remedy.
macro_rules! error_codes {
    ($($(#[$doc:meta])* $name:ident [$first:literal $(, $alias:literal)* $(,)?] $class:ident $retry:ident $remedy:literal;)+) => {
        /// What the service calls a refusal: its `errorCode`.
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum ErrorCode {
            $($(#[$doc])* $name,)+
            /// A code that this version does not know.
            Unknown(Box<str>),
        }

        impl ErrorCode {
            /// The codes that are known.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// Returns what it means.
            ///
            /// ```
            /// use ticktick_raw::{ErrorClass, ErrorCode};
            ///
            /// assert_eq!(ErrorCode::from("need_captcha").class(), ErrorClass::Captcha);
            /// ```
            #[must_use]
            pub const fn class(&self) -> $crate::ErrorClass {
                match self {
                    $(Self::$name => $crate::ErrorClass::$class,)+
                    Self::Unknown(_) => $crate::ErrorClass::Other,
                }
            }

            /// Returns when a repetition may help.
            ///
            /// ```
            /// use ticktick_raw::{ErrorCode, RetryAdvice};
            ///
            /// assert_eq!(ErrorCode::from("need_captcha").retry(), RetryAdvice::Never);
            /// ```
            #[must_use]
            pub const fn retry(&self) -> $crate::RetryAdvice {
                match self {
                    $(Self::$name => $crate::RetryAdvice::$retry,)+
                    Self::Unknown(_) => $crate::RetryAdvice::Never,
                }
            }

            /// Says what to do next.
            ///
            /// ```
            /// assert!(ticktick_raw::ErrorCode::from("need_captcha").remedy().ends_with('.'));
            /// ```
            #[must_use]
            pub const fn remedy(&self) -> &'static str {
                match self {
                    $(Self::$name => $remedy,)+
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
                    $(Self::$name => $first,)+
                    Self::Unknown(code) => code,
                }
            }
        }

        impl From<&str> for ErrorCode {
            fn from(code: &str) -> Self {
                match code {
                    $($first $(| $alias)* => Self::$name,)+
                    _ => Self::Unknown(code.into()),
                }
            }
        }

        impl std::fmt::Display for ErrorCode {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }
    };
}
pub(crate) use error_codes;
