//! Every text the commands print, from the catalogue `locales/*/cli.ftl` built into the program.

use fluent_templates::fluent_bundle::concurrent::FluentBundle;
use fluent_templates::fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use fluent_templates::langid;

/// The two languages of the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    /// 简体中文, the first.
    Chinese,
    /// English, complete.
    English,
}

impl Language {
    /// The language of this process: `--lang`, then the environment.
    #[must_use]
    pub fn of_process() -> Self {
        let arguments: Vec<String> = std::env::args().collect();
        let variables =
            ["LC_ALL", "LC_MESSAGES", "LANG"].map(|name| std::env::var(name).unwrap_or_default());
        Self::choose(&arguments, &variables)
    }

    /// The last `--lang X` or `--lang=X` among the arguments decides; else the first variable that is set and names
    /// a language; else Chinese.
    fn choose(arguments: &[String], variables: &[String]) -> Self {
        let next = arguments.iter().skip(1).map(Some).chain([None]);
        let given = arguments.iter().zip(next).filter_map(|(argument, next)| {
            match argument.strip_prefix("--lang") {
                Some("") => next.map(String::as_str),
                Some(joined) => joined.strip_prefix('='),
                None => None,
            }
        });
        let named = |value: &&String| {
            !value.is_empty() && !value.starts_with("C.") && *value != "C" && *value != "POSIX"
        };
        let wanted = given
            .last()
            .or_else(|| variables.iter().find(named).map(String::as_str));
        match wanted {
            Some(tag) if !tag.starts_with("zh") => Self::English,
            _ => Self::Chinese,
        }
    }
}

/// The catalogue in one language.
pub struct Texts {
    bundle: FluentBundle<FluentResource>,
    /// Which language it is in.
    pub language: Language,
}

impl Texts {
    /// The catalogue in this language.
    #[must_use]
    pub fn new(language: Language) -> Self {
        let (tag, source) = match language {
            Language::Chinese => (
                langid!("zh-CN"),
                include_str!("../../../locales/zh-CN/cli.ftl"),
            ),
            Language::English => (langid!("en"), include_str!("../../../locales/en/cli.ftl")),
        };
        let mut bundle = FluentBundle::new_concurrent(vec![tag]);
        bundle.set_use_isolating(false);
        // What can be read of a faulty catalogue is used; a test demands that nothing is faulty.
        let resource =
            FluentResource::try_new(source.to_owned()).unwrap_or_else(|(readable, _)| readable);
        bundle.add_resource_overriding(resource);
        Self { bundle, language }
    }

    /// The language's tag.
    #[must_use]
    pub const fn tag(&self) -> &'static str {
        match self.language {
            Language::Chinese => "zh-CN",
            Language::English => "en",
        }
    }

    /// Whether the catalogue has this text.
    #[must_use]
    pub fn knows(&self, key: &str) -> bool {
        self.bundle.has_message(key)
    }

    /// A text without values.
    #[must_use]
    pub fn plain(&self, key: &str) -> String {
        self.with(key, &[])
    }

    /// A text with its values; the key itself where the catalogue lacks it.
    #[must_use]
    pub fn with(&self, key: &str, values: &[(&str, &dyn ToString)]) -> String {
        let Some(pattern) = self
            .bundle
            .get_message(key)
            .and_then(|message| message.value())
        else {
            return key.to_owned();
        };
        let mut arguments = FluentArgs::new();
        for (name, value) in values {
            arguments.set(*name, FluentValue::from(value.to_string()));
        }
        let mut errors = Vec::new();
        self.bundle
            .format_pattern(pattern, Some(&arguments), &mut errors)
            .into_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn strings(list: &[&str]) -> Vec<String> {
        list.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn the_option_wins_over_the_environment_and_chinese_is_first() {
        let choose = |arguments: &[&str], variables: &[&str]| {
            Language::choose(&strings(arguments), &strings(variables))
        };
        assert_eq!(choose(&["pingyi"], &["", "", ""]), Language::Chinese);
        assert_eq!(
            choose(&["pingyi"], &["C.UTF-8", "", "POSIX"]),
            Language::Chinese
        );
        assert_eq!(
            choose(&["pingyi"], &["", "", "en_US.UTF-8"]),
            Language::English
        );
        assert_eq!(
            choose(&["pingyi"], &["zh_CN.UTF-8", "", "en_US.UTF-8"]),
            Language::Chinese
        );
        assert_eq!(
            choose(&["pingyi", "--lang", "en", "verify", "--lang=zh-CN"], &[""]),
            Language::Chinese
        );
        assert_eq!(
            choose(&["pingyi", "--lang", "en"], &["zh_CN.UTF-8"]),
            Language::English
        );
        assert_eq!(
            choose(&["pingyi", "--lang=zh-CN"], &["en_US.UTF-8"]),
            Language::Chinese
        );
    }

    #[test]
    fn both_catalogues_are_sound_and_hold_the_same_texts() {
        let sources = [
            include_str!("../../../locales/zh-CN/cli.ftl"),
            include_str!("../../../locales/en/cli.ftl"),
        ];
        let keys = sources.map(|source| {
            assert!(FluentResource::try_new(source.to_owned()).is_ok());
            let lines = source
                .lines()
                .filter(|line| line.starts_with(char::is_lowercase));
            lines
                .filter_map(|line| line.split_once(" ="))
                .map(|(key, _)| key.to_owned())
                .collect::<Vec<_>>()
        });
        assert_eq!(keys[0], keys[1]);
    }
}
