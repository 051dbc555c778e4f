//! Passwords: Argon2id with the parameters of RFC 9106's second choice cut to 19 MiB (as OWASP), always
//! worked out off the asynchronous threads.

use argon2::{
    Algorithm, Argon2, Params, PasswordHash, PasswordHasher as _, PasswordVerifier as _, Version,
};

use crate::{App, AppError, Result};

const MIN_PASSWORD: usize = 10;
const MAX_PASSWORD: usize = 200;

fn hasher() -> Result<Argon2<'static>> {
    let params = Params::new(19_456, 2, 1, None).map_err(AppError::internal)?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

impl App {
    /// Checks the rules of a password and hashes it.
    pub(crate) async fn hash_password(&self, password: &str) -> Result<String> {
        let length = password.chars().count();
        if length < MIN_PASSWORD {
            return Err(AppError::Invalid {
                field: "password",
                rule: "too_short",
            });
        }
        if length > MAX_PASSWORD {
            return Err(AppError::Invalid {
                field: "password",
                rule: "too_long",
            });
        }
        let mut salt = [0_u8; 16];
        self.0.randomness.fill(&mut salt);
        let password = password.to_owned();
        run(move || {
            let hash = hasher()?
                .hash_password_with_salt(password.as_bytes(), &salt)
                .map_err(AppError::internal)?;
            Ok(hash.to_string())
        })
        .await
    }
}

/// Whether a password belongs to a stored hash. Without a hash the same work is done, so that the time
/// does not tell which log-ins exist.
pub(crate) async fn fits(password: &str, stored: Option<String>) -> Result<bool> {
    let password = password.to_owned();
    run(move || {
        let hasher = hasher()?;
        let Some(stored) = stored else {
            let _ = hasher.hash_password_with_salt(password.as_bytes(), b"no such log-in..");
            return Ok(false);
        };
        let hash = PasswordHash::new(&stored).map_err(AppError::internal)?;
        Ok(hasher.verify_password(password.as_bytes(), &hash).is_ok())
    })
    .await
}

async fn run<T: Send + 'static>(work: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
    tokio::task::spawn_blocking(work)
        .await
        .map_err(AppError::internal)?
}
