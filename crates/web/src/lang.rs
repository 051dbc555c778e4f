//! The language of a request, and the texts of the server's pages.

use std::sync::LazyLock;

use axum::http::{HeaderMap, Uri, header};
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use unic_langid::LanguageIdentifier;

/// Name of the cookie that remembers the language.
pub const LANG_COOKIE: &str = "lang";

/// Languages of the interface. Chinese is first: everything falls back to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Lang {
    /// Simplified Chinese, `zh-CN`.
    #[default]
    Zh,
    /// English, `en`.
    En,
}

impl Lang {
    /// Both languages, the first one first.
    pub const ALL: [Self; 2] = [Self::Zh, Self::En];

    /// The tag as it stands in `<html lang>` and in the cookie.
    #[must_use]
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Zh => "zh-CN",
            Self::En => "en",
        }
    }

    /// The other language: where the switch in the rail leads.
    #[must_use]
    pub const fn other(self) -> Self {
        match self {
            Self::Zh => Self::En,
            Self::En => Self::Zh,
        }
    }

    /// Reads a language tag by its primary language; `None` when it is neither of ours.
    #[must_use]
    pub fn from_tag(tag: &str) -> Option<Self> {
        let primary = tag.trim().split(['-', '_']).next()?.to_ascii_lowercase();
        match primary.as_str() {
            "zh" => Some(Self::Zh),
            "en" => Some(Self::En),
            _ => None,
        }
    }

    /// The language of a request: `?lang=`, then the cookie, then `Accept-Language`, then Chinese (contract §3).
    #[must_use]
    pub fn of_request(uri: &Uri, headers: &HeaderMap) -> Self {
        Self::from_query(uri)
            .or_else(|| cookie(headers, LANG_COOKIE).and_then(|tag| Self::from_tag(&tag)))
            .or_else(|| Self::from_accept(headers))
            .unwrap_or_default()
    }

    /// The language asked for by `?lang=` in the address.
    #[must_use]
    pub fn from_query(uri: &Uri) -> Option<Self> {
        uri.query()?
            .split('&')
            .find_map(|pair| pair.strip_prefix("lang="))
            .and_then(Self::from_tag)
    }

    fn from_accept(headers: &HeaderMap) -> Option<Self> {
        let text = headers.get(header::ACCEPT_LANGUAGE)?.to_str().ok()?;
        let mut wanted: Vec<(f32, Self)> = text
            .split(',')
            .filter_map(|part| {
                let (tag, rest) = part.split_once(';').unwrap_or((part, ""));
                let quality = rest
                    .trim()
                    .strip_prefix("q=")
                    .and_then(|q| q.parse().ok())
                    .unwrap_or(1.0);
                Self::from_tag(tag)
                    .filter(|_| quality > 0.0)
                    .map(|lang| (quality, lang))
            })
            .collect();
        // A stable sort: of two with the same quality the one named first stays first.
        wanted.sort_by(|a, b| b.0.total_cmp(&a.0));
        wanted.first().map(|(_, lang)| *lang)
    }
}

/// The value of a cookie of the request.
#[must_use]
pub fn cookie(headers: &HeaderMap, name: &str) -> Option<String> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|line| line.split(';'))
        .find_map(|pair| {
            let (key, value) = pair.trim().split_once('=')?;
            (key == name).then(|| value.to_owned())
        })
}

const ZH: &[&str] = &[
    include_str!("../../../locales/zh-CN/web.ftl"),
    include_str!("../../../locales/zh-CN/web-appraisal.ftl"),
    include_str!("../../../locales/zh-CN/web-errors.ftl"),
    include_str!("../../../locales/zh-CN/grades.ftl"),
    include_str!("../../../locales/zh-CN/record.ftl"),
    include_str!("../../../locales/zh-CN/matters.ftl"),
    include_str!("../../../locales/zh-CN/followup.ftl"),
    include_str!("../../../locales/zh-CN/ledger.ftl"),
    include_str!("../../../locales/zh-CN/indicators.ftl"),
    include_str!("../../../locales/zh-CN/units.ftl"),
    include_str!("../../../locales/zh-CN/firms.ftl"),
    include_str!("../../../locales/zh-CN/lists.ftl"),
    include_str!("../../../locales/zh-CN/evidence.ftl"),
    include_str!("../../../locales/zh-CN/map.ftl"),
    include_str!("../../../locales/zh-CN/import.ftl"),
    include_str!("../../../locales/zh-CN/papers.ftl"),
    include_str!("../../../locales/zh-CN/reports.ftl"),
];
const EN: &[&str] = &[
    include_str!("../../../locales/en/web.ftl"),
    include_str!("../../../locales/en/web-appraisal.ftl"),
    include_str!("../../../locales/en/web-errors.ftl"),
    include_str!("../../../locales/en/grades.ftl"),
    include_str!("../../../locales/en/record.ftl"),
    include_str!("../../../locales/en/matters.ftl"),
    include_str!("../../../locales/en/followup.ftl"),
    include_str!("../../../locales/en/ledger.ftl"),
    include_str!("../../../locales/en/indicators.ftl"),
    include_str!("../../../locales/en/units.ftl"),
    include_str!("../../../locales/en/firms.ftl"),
    include_str!("../../../locales/en/lists.ftl"),
    include_str!("../../../locales/en/evidence.ftl"),
    include_str!("../../../locales/en/map.ftl"),
    include_str!("../../../locales/en/import.ftl"),
    include_str!("../../../locales/en/papers.ftl"),
    include_str!("../../../locales/en/reports.ftl"),
];

static BUNDLES: LazyLock<[FluentBundle<FluentResource>; 2]> =
    LazyLock::new(|| [bundle(Lang::Zh, ZH), bundle(Lang::En, EN)]);

fn bundle(lang: Lang, sources: &[&str]) -> FluentBundle<FluentResource> {
    let id: LanguageIdentifier = lang.tag().parse().unwrap_or_default();
    let mut made = FluentBundle::new_concurrent(vec![id]);
    // Isolation marks show up as boxes in old browsers and in printed pages.
    made.set_use_isolating(false);
    for source in sources {
        // A catalogue with an error keeps its good messages; a test refuses such a catalogue.
        let resource =
            FluentResource::try_new((*source).to_owned()).unwrap_or_else(|(partial, _)| partial);
        made.add_resource_overriding(resource);
    }
    made
}

/// The mark of a text that is in no catalogue; a test renders every page and looks for it.
pub const MISSING: &str = "⟦";

/// Looks texts up in one language. Templates hold one as `t`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Texts(pub Lang);

impl Texts {
    /// The text `id`.
    #[must_use]
    pub fn s(&self, id: &str) -> String {
        self.format(id, None)
    }

    /// The text `id` with the number `n`.
    #[must_use]
    pub fn n<N>(&self, id: &str, n: N) -> String
    where
        N: Into<FluentValue<'static>>,
    {
        self.with(id, [("n", n.into())])
    }

    /// The text `id` with one value under its name.
    #[must_use]
    pub fn a(&self, id: &str, name: &'static str, value: &str) -> String {
        self.with(id, [(name, value.to_owned().into())])
    }

    /// The text `id` with values under their names.
    #[must_use]
    pub fn with<const K: usize>(
        &self,
        id: &str,
        values: [(&'static str, FluentValue<'static>); K],
    ) -> String {
        let mut args = FluentArgs::with_capacity(K);
        for (name, value) in values {
            args.set(name, value);
        }
        self.format(id, Some(&args))
    }

    /// The text `id` with values given by others (names known at run time only).
    #[must_use]
    pub fn with_map<'a>(
        &self,
        id: &str,
        values: impl IntoIterator<Item = (&'a str, &'a str)>,
    ) -> String {
        let mut args = FluentArgs::new();
        for (name, value) in values {
            // Whole numbers go in as numbers, so that plural rules and digit grouping apply.
            let value = value
                .parse::<i64>()
                .map_or_else(|_| FluentValue::from(value.to_owned()), FluentValue::from);
            args.set(name.to_owned(), value);
        }
        self.format(id, Some(&args))
    }

    /// Names one after the other, with the comma of the language.
    #[must_use]
    pub fn list(&self, names: &[String]) -> String {
        names.join(&self.s("web-list-comma"))
    }

    /// Whether this language has the text itself.
    #[must_use]
    pub fn has(&self, id: &str) -> bool {
        BUNDLES[self.index()].has_message(id)
    }

    fn index(self) -> usize {
        match self.0 {
            Lang::Zh => 0,
            Lang::En => 1,
        }
    }

    fn format(self, id: &str, args: Option<&FluentArgs<'_>>) -> String {
        for index in [self.index(), 0] {
            let bundle = &BUNDLES[index];
            if let Some(pattern) = bundle.get_message(id).and_then(|message| message.value()) {
                let mut errors = Vec::new();
                let text = bundle.format_pattern(pattern, args, &mut errors);
                if errors.is_empty() {
                    return text.into_owned();
                }
                return format!("{MISSING}{id}: {errors:?}⟧");
            }
        }
        format!("{MISSING}{id}⟧")
    }
}

#[cfg(test)]
#[path = "lang_tests.rs"]
mod tests;
