//! Live events (contract §3.6): that something changed, never what.

use std::convert::Infallible;
use std::time::Duration;

use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use futures_util::stream::{self, Stream};
use pingyi_app::{Change, Topic};
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;

use crate::settings::Ctx;

/// How often a comment is sent, so that a line that broke is noticed.
const KEEP_ALIVE: Duration = Duration::from_secs(15);

/// The stream of changes of one appraisal, for these topics.
pub(crate) fn events(ctx: &Ctx, appraisal: &str, topics: &'static [Topic]) -> Response {
    let stream = changes(ctx.app.subscribe(), appraisal.to_owned(), topics);
    let keep = KeepAlive::new().interval(KEEP_ALIVE).text("keep-alive");
    let mut response = Sse::new(stream).keep_alive(keep).into_response();
    // Proxies in between must not collect events before they pass them on.
    response.headers_mut().insert(
        "x-accel-buffering",
        axum::http::HeaderValue::from_static("no"),
    );
    response
}

/// State of a stream: the receiver, and what is still to be sent at once.
struct Line {
    receiver: Receiver<Change>,
    appraisal: String,
    topics: &'static [Topic],
    waiting: Vec<(Topic, u64)>,
}

fn changes(
    receiver: Receiver<Change>,
    appraisal: String,
    topics: &'static [Topic],
) -> impl Stream<Item = Result<Event, Infallible>> {
    let line = Line {
        receiver,
        appraisal,
        topics,
        waiting: Vec::new(),
    };
    stream::unfold(line, |mut line| async move {
        loop {
            if let Some((topic, version)) = line.waiting.pop() {
                let data = format!(r#"{{"topic":"{}","version":{version}}}"#, topic.name());
                return Some((Ok(Event::default().event("change").data(data)), line));
            }
            match line.receiver.recv().await {
                Ok(change)
                    if *change.appraisal == *line.appraisal
                        && line.topics.contains(&change.topic) =>
                {
                    line.waiting.push((change.topic, change.version));
                }
                Ok(_) => {}
                // Some changes were missed: one of each topic makes the client fetch everything again.
                Err(RecvError::Lagged(_)) => line
                    .waiting
                    .extend(line.topics.iter().map(|topic| (*topic, 0))),
                Err(RecvError::Closed) => return None,
            }
        }
    })
}
