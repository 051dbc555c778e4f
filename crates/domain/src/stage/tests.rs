use super::*;
use crate::config::Presenter;

fn config() -> AppraisalConfig {
    let presenters = ["p1", "p2"]
        .map(|code| Presenter {
            code: code.parse().unwrap(),
            title: code.to_owned(),
            unit: String::new(),
            unit_id: None,
        })
        .to_vec();
    AppraisalConfig {
        presenters,
        ..AppraisalConfig::starting(2018)
    }
}

fn order(json: &str) -> StageOrder {
    serde_json::from_str(json).unwrap()
}

fn after(orders: &[&str]) -> Result<Stage, StageError> {
    let config = config();
    orders.iter().try_fold(Stage::new(&config), |stage, json| {
        stage.ordered(&order(json), &config, false, 1_000)
    })
}

#[test]
fn the_orders_of_the_contract_are_read() {
    assert_eq!(order(r#"{"results":"all"}"#).results, Some(Shown::All));
    assert_eq!(
        order(r#"{"results":{"shown":3}}"#).results,
        Some(Shown::Some { shown: 3 })
    );
    assert_eq!(
        order(r#"{"scene":"blank","countdown":"pause"}"#).countdown,
        Some(CountdownOrder::Pause)
    );
    assert!(serde_json::from_str::<StageOrder>(r#"{"scene":"dance"}"#).is_err());
    assert!(serde_json::from_str::<StageOrder>(r#"{"musik":1}"#).is_err());
    let stage = Stage::new(&config());
    let json = serde_json::to_string(&stage).unwrap();
    assert_eq!(serde_json::from_str::<Stage>(&json).unwrap(), stage);
}

#[test]
fn calling_the_next_speaker_begins_anew_and_ends_the_one_before() {
    let called = [
        r#"{"scene":"speaker","presenter":"p1"}"#,
        r#"{"slide":4,"countdown":"start"}"#,
    ];
    let stage = after(&called).unwrap();
    assert_eq!(
        (stage.slide, stage.countdown),
        (4, Countdown::Running { until: 601_000 })
    );
    assert!(stage.done.is_empty());
    let next = after(&[called[0], called[1], r#"{"presenter":"p2"}"#]).unwrap();
    assert_eq!((next.slide, next.countdown), (1, Countdown::full(10)));
    assert_eq!(next.done, ["p1".parse().unwrap()]);
    let marking = after(&[called[0], r#"{"scene":"mark"}"#, r#"{"presenter":"p1"}"#]).unwrap();
    assert_eq!(marking.done, ["p1".parse().unwrap()]);
}

#[test]
fn orders_that_cannot_be_followed_are_named() {
    let stranger = StageError::NoSuchPresenter {
        code: "p9".parse().unwrap(),
    };
    assert_eq!(after(&[r#"{"presenter":"p9"}"#]), Err(stranger));
    assert_eq!(
        after(&[r#"{"scene":"speaker"}"#]),
        Err(StageError::NoSpeaker)
    );
    assert_eq!(
        after(&[r#"{"scene":"results"}"#]),
        Err(StageError::NotReleased)
    );
    assert_eq!(
        after(&[r#"{"results":"all"}"#]),
        Err(StageError::NotReleased)
    );
    assert_eq!(after(&[r#"{"slide":0}"#]), Err(StageError::NoSuchSlide));
    let released = Stage::new(&config()).ordered(
        &order(r#"{"scene":"results","results":{"shown":2}}"#),
        &config(),
        true,
        0,
    );
    assert_eq!(released.unwrap().results, Shown::Some { shown: 2 });
}

#[test]
fn the_countdown_stands_runs_and_goes_over_time() {
    let full = Countdown::full(10);
    assert_eq!((full.seconds_left(5), full.running()), (600, false));
    let running = full.ordered(CountdownOrder::Start, 1_000, 10);
    assert!(running.running());
    assert_eq!(running.seconds_left(1_000), 600);
    assert_eq!(running.seconds_left(1_001), 600);
    assert_eq!(running.seconds_left(2_000), 599);
    assert_eq!(running.seconds_left(601_000), 0);
    assert_eq!(running.seconds_left(602_500), -1);
    let again = running.ordered(CountdownOrder::Start, 2_000, 10);
    assert_eq!(again, running);
    let paused = running.ordered(CountdownOrder::Pause, 31_000, 10);
    assert_eq!(
        (paused.seconds_left(99_000), paused.running()),
        (570, false)
    );
    assert_eq!(paused.ordered(CountdownOrder::Pause, 0, 10), paused);
    assert_eq!(
        paused.ordered(CountdownOrder::Reset, 0, 8),
        Countdown::full(8)
    );
}
