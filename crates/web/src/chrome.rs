//! What every page has around its content: language, rail, who is signed in, which files it loads.

use fluent_bundle::FluentValue;

use crate::access::SEE;
use crate::assets::AssetUrls;
use crate::lang::{Lang, Texts};
use crate::roles::Role;

/// Words of the rail that belong to the year's record: only for who sees something of it.
const RECORD: &[&str] = &["/units", "/ledger", "/matters", "/reports"];

/// Pages of the word 组织.
const UNITS: &[&str] = &[
    "/units",
    "/firms",
    "/coverage",
    "/indicators",
    "/import",
    "/shops",
    "/centres",
    "/instructors",
    "/map",
    "/founding",
    "/papers/coverage",
    "/papers/years",
];

/// The user as the rail shows them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChromeUser {
    /// Shown name.
    pub name: String,
    /// Roles.
    pub roles: Vec<Role>,
}

impl ChromeUser {
    /// Whether the user has one of these roles.
    #[must_use]
    pub fn has(&self, any_of: &[Role]) -> bool {
        self.roles.iter().any(|role| any_of.contains(role))
    }
}

/// A word of the rail or of a row of tabs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NavItem {
    /// Where it leads.
    pub href: &'static str,
    /// Id of its text.
    pub text: &'static str,
    /// Whether the page belongs to it.
    pub current: bool,
}

/// Everything around the content of a page.
#[derive(Debug, Clone)]
pub struct Chrome {
    /// Language of the page.
    pub lang: Lang,
    /// Title, without the product's name.
    pub title: String,
    /// Who is signed in.
    pub user: Option<ChromeUser>,
    /// Token for `X-CSRF-Token`, when somebody is signed in.
    pub csrf: Option<String>,
    /// Path of the page, for the rail and the switch of language.
    pub path: String,
    /// Files of the page.
    pub assets: AssetUrls,
    /// Whether the page belongs to a rehearsal.
    pub rehearsal: bool,
    /// Address of live events.
    pub events: Option<String>,
    /// Extra class of the main column.
    pub page_class: &'static str,
    /// Whether a signed-out visitor sees the way to the log-in.
    pub offer_login: bool,
}

impl Chrome {
    /// The text `id`.
    #[must_use]
    pub fn s(&self, id: &str) -> String {
        Texts(self.lang).s(id)
    }

    /// The text `id` with the number `n`.
    #[must_use]
    pub fn n<N: Into<FluentValue<'static>>>(&self, id: &str, n: N) -> String {
        Texts(self.lang).n(id, n)
    }

    /// How many rows a list has, in words; a list narrowed by a text is counted only so far.
    #[must_use]
    pub fn rows(&self, total: &u64) -> String {
        if *total > pingyi_app::list::MOST_COUNTED {
            self.n("record-rows-over", pingyi_app::list::MOST_COUNTED)
        } else {
            self.n("record-rows", *total)
        }
    }

    /// The text `id` with one value under its name.
    #[must_use]
    pub fn a(&self, id: &str, name: &'static str, value: &str) -> String {
        Texts(self.lang).a(id, name, value)
    }

    /// The text `id` with two counts, `a` and `b`.
    #[must_use]
    pub fn with_counts<A, B>(&self, id: &str, a: A, b: B) -> String
    where
        A: Into<FluentValue<'static>>,
        B: Into<FluentValue<'static>>,
    {
        Texts(self.lang).with(id, [("a", a.into()), ("b", b.into())])
    }

    /// The text `id` about a month, with a count `n`.
    #[must_use]
    pub fn with_month(&self, id: &str, month: &str, n: usize) -> String {
        let values = [("month", month.to_owned().into()), ("n", n.into())];
        Texts(self.lang).with(id, values)
    }

    /// The text `id` with two words, `a` and `b`.
    #[must_use]
    pub fn two(&self, id: &str, a: &str, b: &str) -> String {
        let values = [("a", a.to_owned().into()), ("b", b.to_owned().into())];
        Texts(self.lang).with(id, values)
    }

    /// A name and what is to be said about it, with the colon of the language.
    #[must_use]
    pub fn pair(&self, name: &str, said: &str) -> String {
        self.two("web-pair", name, said)
    }

    /// The words of the rail. Those of product.md whose pages do not exist yet are left out: a word that leads
    /// nowhere would be a promise.
    #[must_use]
    pub fn nav(&self) -> Vec<NavItem> {
        let mut items = vec![
            NavItem {
                href: "/",
                text: "nav-home",
                current: self.path == "/",
            },
            NavItem {
                href: "/units",
                text: "nav-units",
                current: self.is_within(UNITS),
            },
            NavItem {
                href: "/ledger",
                text: "nav-ledger",
                current: self.is_within(&["/ledger", "/meetings", "/classes"]),
            },
            NavItem {
                href: "/matters",
                text: "nav-matters",
                current: self.is_within(&[
                    "/matters",
                    "/digest",
                    "/papers/lists",
                    "/papers/digest",
                ]),
            },
            NavItem {
                href: "/reports",
                text: "nav-reports",
                current: self.path.starts_with("/reports"),
            },
            NavItem {
                href: "/appraisals",
                text: "nav-appraisals",
                current: self.is_within(&["/appraisals", "/board", "/letters"]),
            },
        ];
        if !self.searches() {
            items.retain(|item| !RECORD.contains(&item.href));
        }
        if let Some(first) = self.admin_tabs().first() {
            items.push(NavItem {
                href: first.href,
                text: "nav-admin",
                current: self.path.starts_with("/admin"),
            });
        }
        items
    }

    /// Whether the page lies below one of these addresses.
    fn is_within(&self, heads: &[&str]) -> bool {
        heads.iter().any(|head| self.path.starts_with(head))
    }

    /// Whether there is something to search in for who looks.
    #[must_use]
    pub fn searches(&self) -> bool {
        self.user.as_ref().is_some_and(|user| user.has(SEE))
    }

    /// Whether letters are written to who looks.
    #[must_use]
    pub fn reads_letters(&self) -> bool {
        let user = self.user.as_ref();
        user.is_some_and(|user| user.has(&[Role::Presenter]))
    }

    /// The pages under the word 管理 that the user may see.
    #[must_use]
    pub fn admin_tabs(&self) -> Vec<NavItem> {
        let tabs: [(&'static str, &'static str, &[Role]); 3] = [
            ("/admin/users", "admin-users", &[Role::Admin]),
            ("/admin/audit", "admin-audit", &[Role::Admin, Role::Auditor]),
            ("/admin/health", "admin-health", &[Role::Admin]),
        ];
        let may = |roles: &[Role]| self.user.as_ref().is_some_and(|user| user.has(roles));
        tabs.into_iter()
            .filter(|(_, _, roles)| may(roles))
            .map(|(href, text, _)| NavItem {
                href,
                text,
                current: self.path == href,
            })
            .collect()
    }

    /// The same page in the other language.
    #[must_use]
    pub fn lang_href(&self) -> String {
        format!("{}?lang={}", self.path, self.lang.other().tag())
    }
}
