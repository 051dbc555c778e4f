//! Random texts and their hashes: ids of users, tokens of links, the set-up code.

use pingyi_ballot::credential::random_base58;
use pingyi_domain::sha256_hex;

use crate::App;

impl App {
    /// The id of a new user.
    pub(crate) fn new_user_id(&self) -> String {
        random_base58(14, &mut self.rng())
    }

    /// A token of a link: 32 characters, 187 bits.
    pub(crate) fn new_token(&self) -> String {
        random_base58(32, &mut self.rng())
    }

    /// The set-up code: short enough to be typed from a console, 93 bits.
    pub(crate) fn new_setup_code(&self) -> String {
        let text = random_base58(16, &mut self.rng());
        [&text[0..4], &text[4..8], &text[8..12], &text[12..16]].join("-")
    }
}

/// What is stored of a token. Tokens are random and long, so a plain hash is enough.
pub(crate) fn hash_of(token: &str) -> String {
    sha256_hex(token.as_bytes())
}
