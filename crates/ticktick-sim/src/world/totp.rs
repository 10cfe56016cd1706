//! Codes of authenticator apps (RFC 6238).

use jiff::Timestamp;
use totp_rs::{Builder, Secret, Totp};

/// Decodes a base32 secret as apps show it: in groups, in lower case, with or without padding.
pub(crate) fn read(secret: &str) -> Option<Totp> {
    let text: String = secret.chars().filter(|letter| !matches!(letter, ' ' | '-' | '=')).collect();
    let secret = Secret::try_from_base32(text.to_uppercase()).ok()?;
    // Secrets in tests may be shorter than those of an app.
    (!text.is_empty()).then(|| Builder::new().with_secret(secret).build_noncompliant())
}

/// Returns `true` if a code is that of the current half minute, the previous or the next one.
pub(crate) fn fits(secret: &str, code: &str, now: Timestamp) -> bool {
    let Ok(seconds) = u64::try_from(now.as_second()) else { return false };
    read(secret).is_some_and(|totp| totp.check(code.trim(), seconds).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `12345678901234567890`, the secret of the vectors in RFC 6238.
    const SECRET: &str = "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ";

    #[test]
    fn the_vectors_of_the_rfc_fit() {
        for (second, code) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_111_111_111, "050471"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
            (20_000_000_000, "353130"),
        ] {
            let at = |second| Timestamp::from_second(second).unwrap();
            assert!(fits(SECRET, code, at(second)), "{second}");
            assert!(fits(&SECRET.to_lowercase(), code, at(second + 30)), "{second}: one step late");
            assert!(!fits(SECRET, code, at(second + 90)), "{second}: too late");
        }
    }

    #[test]
    fn what_is_no_secret_or_no_code_does_not_fit() {
        let now = Timestamp::from_second(59).unwrap();
        for (secret, code) in [("", "287082"), ("1!", "287082"), (SECRET, ""), (SECRET, "28708"), (SECRET, "abcdef")] {
            assert!(!fits(secret, code, now), "{secret} {code}");
        }
    }
}
