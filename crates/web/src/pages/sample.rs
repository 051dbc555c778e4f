//! Frames for samples.

use std::sync::LazyLock;

use crate::assets::Assets;
use crate::chrome::{Chrome, ChromeUser};
use crate::lang::{Lang, Texts};
use crate::roles::Role;

/// One page as it would be sent.
#[derive(Debug)]
pub struct Sample {
    /// Name of the file in the gallery.
    pub name: &'static str,
    /// The page, or why it could not be made.
    pub html: Result<String, askama::Error>,
}

impl Sample {
    /// A sample.
    #[must_use]
    pub const fn new(name: &'static str, html: Result<String, askama::Error>) -> Self {
        Self { name, html }
    }
}

static ASSETS: LazyLock<Assets> = LazyLock::new(Assets::load);

/// The frame of a page for somebody signed out. `title` is the id of a text.
#[must_use]
pub fn chrome_out(
    lang: Lang,
    title: &str,
    path: &str,
    page_class: &'static str,
    bundles: &[&str],
) -> Chrome {
    Chrome {
        lang,
        title: Texts(lang).s(title),
        user: None,
        csrf: None,
        path: path.to_owned(),
        assets: ASSETS.urls(bundles),
        rehearsal: false,
        events: None,
        page_class,
        offer_login: false,
    }
}

/// The frame of a page for an organiser who is also an administrator.
#[must_use]
pub fn chrome_in(lang: Lang, title: &str, path: &str, bundles: &[&str]) -> Chrome {
    let name = match lang {
        Lang::Zh => "组织科",
        Lang::En => "Organisation office",
    };
    Chrome {
        user: Some(ChromeUser {
            name: name.to_owned(),
            roles: vec![Role::Admin, Role::Organiser],
        }),
        csrf: Some("sample".to_owned()),
        ..chrome_out(lang, title, path, "", bundles)
    }
}

/// Every page of the program × its samples, in one language.
#[must_use]
pub fn all(lang: Lang) -> Vec<Sample> {
    [
        super::enter::LoginPage::samples(lang),
        super::enter::FirstSetupPage::samples(lang),
        super::enter::ErrorPage::samples(lang),
        super::home::HomePage::samples(lang),
        super::home::AppraisalsPage::samples(lang),
        super::appraisal::AppraisalPage::samples(lang),
        super::result::ResultPage::samples(lang),
        super::grades::samples(lang),
        super::board::BoardPage::samples(lang),
        super::apps::AppPage::samples(lang),
        super::admin::UsersPage::samples(lang),
        super::admin::AuditPage::samples(lang),
        super::admin::HealthPage::samples(lang),
        super::record::samples(lang),
        super::followup::samples(lang),
        super::reports::samples(lang),
        super::papers::samples(lang),
    ]
    .into_iter()
    .flatten()
    .collect()
}
