//! Roles with the ids of their texts. The roles themselves are the application's.

pub use pingyi_app::Role;

/// Id of the role's name.
#[must_use]
pub const fn text(role: Role) -> &'static str {
    match role {
        Role::Admin => "role-admin",
        Role::Organiser => "role-organiser",
        Role::Teller => "role-teller",
        Role::Leader => "role-leader",
        Role::Presenter => "role-presenter",
        Role::Recorder => "role-recorder",
        Role::Auditor => "role-auditor",
    }
}

/// Id of the sentence that says what the role may do.
#[must_use]
pub const fn hint(role: Role) -> &'static str {
    match role {
        Role::Admin => "role-admin-hint",
        Role::Organiser => "role-organiser-hint",
        Role::Teller => "role-teller-hint",
        Role::Leader => "role-leader-hint",
        Role::Presenter => "role-presenter-hint",
        Role::Recorder => "role-recorder-hint",
        Role::Auditor => "role-auditor-hint",
    }
}
