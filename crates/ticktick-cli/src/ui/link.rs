//! Clickable links (OSC 8), and which terminals support them.

/// Returns whether an address can be written into an escape code without ending it.
pub(crate) fn is_safe(address: &str) -> bool {
    address.bytes().all(|byte| byte.is_ascii_graphic())
}

/// Returns whether a terminal supports links, judging by its environment. Other terminals may print garbage.
pub(crate) fn are_shown(variable: impl Fn(&str) -> Option<String>) -> bool {
    let is = |name: &str, wanted: &[&str]| variable(name).is_some_and(|value| wanted.contains(&value.as_str()));
    if let Some(forced) = variable("FORCE_HYPERLINK") {
        return !matches!(forced.as_str(), "" | "0" | "false" | "no");
    }
    if is("TERM", &["dumb", "linux"]) || variable("CI").is_some() {
        return false;
    }
    if let Some(version) = variable("VTE_VERSION") {
        // 0.50.1 and newer, written 5001.
        return version.parse::<u32>().is_ok_and(|version| version >= 5001);
    }
    let programs = ["Hyper", "iTerm.app", "WezTerm", "vscode", "ghostty", "zed", "Tabby", "rio", "WarpTerminal"];
    let terms =
        ["xterm-kitty", "alacritty", "alacritty-direct", "xterm-ghostty", "foot", "foot-extra", "contour", "rio"];
    let present = ["WT_SESSION", "DOMTERM", "KONSOLE_VERSION", "KITTY_WINDOW_ID", "ALACRITTY_WINDOW_ID"];
    is("TERM_PROGRAM", &programs) || is("TERM", &terms) || present.iter().any(|name| variable(name).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(variables: &[(&str, &str)]) -> bool {
        are_shown(|name| variables.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned()))
    }

    #[test]
    fn links_are_for_terminals_that_are_known_to_show_them() {
        assert!(shown(&[("TERM", "xterm-256color"), ("VTE_VERSION", "7200")]));
        assert!(shown(&[("TERM_PROGRAM", "iTerm.app")]));
        assert!(shown(&[("TERM", "xterm-kitty")]));
        assert!(shown(&[("WT_SESSION", "a")]));
        assert!(shown(&[("FORCE_HYPERLINK", "1"), ("TERM", "dumb")]));
        assert!(!shown(&[("TERM", "xterm-256color")]));
        assert!(!shown(&[("VTE_VERSION", "4800"), ("TERM_PROGRAM", "vscode")]));
        assert!(!shown(&[("TERM", "dumb"), ("VTE_VERSION", "7200")]));
        assert!(!shown(&[("FORCE_HYPERLINK", "0"), ("VTE_VERSION", "7200")]));
        assert!(!shown(&[("CI", "true"), ("TERM_PROGRAM", "vscode")]));
        assert!(!shown(&[]));
    }

    #[test]
    fn an_address_cannot_end_the_escape_code() {
        assert!(is_safe("https://ticktick.com/webapp/#p/a/tasks/b"));
        assert!(!is_safe("https://ticktick.com/\x1b\\rm"));
        assert!(!is_safe("https://ticktick.com/a b"));
    }
}
