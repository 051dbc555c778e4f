//! `pingyi serve`: the server.

use std::process::ExitCode;

use pingyi_app::App;

use crate::cli::ServeArgs;
use crate::error::CommandError;
use crate::house;
use crate::texts::Texts;
use crate::tls::Tls;

/// Serves until it is asked to stop.
///
/// # Errors
/// The data cannot be opened, the address is taken, or the certificate is unusable.
pub async fn run(args: ServeArgs, texts: &Texts) -> Result<ExitCode, CommandError> {
    let tls = match (&args.tls_cert, &args.tls_key) {
        (Some(cert), Some(key)) => Some(Tls::load(cert, key)?),
        _ => None,
    };
    let listener = house::listen(args.listen).await?;
    let bound = listener.local_addr().map_err(CommandError::Serving)?;
    let base_url = args
        .base_url
        .unwrap_or_else(|| house::public_address(bound, tls.is_some()));
    let mut settings = house::settings(&args.data, base_url.clone())?;
    settings.printing.fonts = args.fonts;
    if args.papers.is_some() {
        settings.printing.program = args.papers;
    }
    settings.converting.program = args.soffice;
    let app = App::open(settings).await?;
    app.try_converting();
    println!("{}", texts.with("cli-serving", &[("address", &base_url)]));
    if let Some(code) = app.setup_code() {
        let address = format!("{base_url}/setup");
        println!(
            "{}",
            texts.with("cli-setup-code", &[("code", &code), ("address", &address)])
        );
    }
    house::serve(app, listener, tls, house::asked_to_stop()).await?;
    println!("{}", texts.plain("cli-stopped"));
    Ok(ExitCode::SUCCESS)
}
