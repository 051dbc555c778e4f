//! Reading files of the office that are believed nothing: beside the other work, and never too many at once.

use pingyi_office::Unfit;

use crate::slides::SlidesFault;
use crate::{App, AppError, Result};

impl App {
    /// Reads or fills a pptx; unpacked, one takes up to some hundred megabytes. The place is kept until the work is done,
    /// also when nobody waits for it any more. No view of the database should be held meanwhile.
    ///
    /// # Errors
    /// What the work says; [`AppError::Slides`] (damaged) when it gave up.
    pub(crate) async fn unpacking<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let place = self.0.looking.clone().acquire_owned().await;
        let place = place.map_err(|_| AppError::ShuttingDown)?;
        let done = tokio::task::spawn_blocking(move || {
            let done = work();
            drop(place);
            done
        });
        // A reader that gives up over a file made to break it must not take the request with it.
        done.await.map_err(|_| SlidesFault::Pptx(Unfit::Damaged))?
    }
}

#[cfg(test)]
mod tests;
