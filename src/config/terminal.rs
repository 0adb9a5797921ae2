//! What the terminal asks of a program: its arguments, its language, whether it wants colours.
//!
//! In: the environment. Out: values as they were given; what they mean is not decided here.

use std::ffi::OsString;

/// The arguments of the program, its own name first.
pub fn arguments() -> Vec<OsString> {
    std::env::args_os().collect()
}

/// The locale of messages, of the first variable that has one.
///
/// # Reference
/// POSIX.1-2017, Base Definitions 8.2: `LC_ALL`, else `LC_MESSAGES`, else `LANG`; an empty one counts as none.
pub fn message_locale() -> Option<String> {
    first_locale(|name| std::env::var_os(name).map(|value| value.to_string_lossy().into_owned()))
}

fn first_locale(variable: impl Fn(&str) -> Option<String>) -> Option<String> {
    ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().filter_map(variable).find(|locale| !locale.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn first_variable_that_is_not_empty_says_the_locale() {
        let of = |variables: &[(&str, &str)]| {
            let value =
                |name: &str| variables.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).into());
            first_locale(value)
        };
        assert_eq!(of(&[]), None);
        assert_eq!(of(&[("LANG", "vi_VN.UTF-8")]).as_deref(), Some("vi_VN.UTF-8"));
        assert_eq!(of(&[("LANG", "vi_VN"), ("LC_ALL", "C")]).as_deref(), Some("C"));
        assert_eq!(of(&[("LANG", "C"), ("LC_ALL", ""), ("LC_MESSAGES", "vi")]).as_deref(), Some("vi"));
    }
}
