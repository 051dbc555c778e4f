//! The contract of the store: the same cases on `SQLite` and on `PostgreSQL`, constraints as well as reads and writes.

#![allow(missing_docs, clippy::unwrap_used)]

mod audit;
mod backup;
mod belongings;
mod casting;
mod clerk;
mod decks;
mod firms;
mod fixture;
mod followup;
mod grades;
mod indicators;
mod ledger;
mod map;
mod reports;
mod rows;
mod units;

use std::future::Future;
use std::pin::Pin;

use pingyi_store::cluster::{Cluster, ClusterError};
use pingyi_store::{Store, StoreOptions};

type Case = fn(Store) -> Pin<Box<dyn Future<Output = ()> + Send>>;

macro_rules! cases {
    ($($module:ident :: $name:ident),* $(,)?) => {
        const CASES: &[(&str, Case)] = &[$((stringify!($name), |store| Box::pin($module::$name(store)))),*];
    };
}

cases![
    rows::every_statement_can_be_prepared,
    rows::users_are_stored_and_log_ins_are_unique,
    rows::sessions_expire,
    rows::failed_log_ins_count_within_their_window,
    rows::a_setting_is_removed_once,
    rows::appraisals_keep_version_and_pulse,
    rows::ceremony_takes_each_message_once,
    rows::a_new_token_kills_the_old_one,
    rows::documents_are_replaced,
    rows::slides_are_bytes,
    rows::opinions_come_back_in_the_order_of_their_hash,
    rows::wiping_leaves_nothing_but_the_audit_trail,
    rows::deleting_boxes_with_a_board_is_refused,
    casting::a_ballot_is_on_the_board_and_in_the_index,
    casting::the_same_ballot_twice_conflicts,
    casting::a_revote_leaves_the_last_one,
    casting::a_credential_off_the_roll_is_refused,
    casting::a_ballot_after_close_is_refused,
    casting::roll_back_leaves_nothing,
    casting::a_dropped_transaction_leaves_nothing,
    casting::two_closers_take_turns,
    casting::many_casters_make_one_chain,
    casting::a_stale_head_cannot_advance,
    casting::a_board_is_append_only,
    casting::readers_see_one_moment,
    audit::the_trail_is_append_only,
    audit::the_trail_is_written_with_what_it_tells_or_not_at_all,
    audit::pages_of_one_subject,
    units::a_unit_is_stored_once_per_version,
    units::what_lies_below_moves_along,
    units::a_unit_in_use_stays,
    units::a_list_goes_on_where_the_page_ended,
    units::terms_are_stored_once_per_version,
    units::search_finds_what_is_in_the_index,
    belongings::counts_keep_their_parts,
    belongings::a_centre_keeps_its_units_and_services,
    belongings::a_pairing_is_found_from_both_sides,
    belongings::a_plaque_is_known_until_it_is_withdrawn,
    clerk::lists_are_read_whole,
    clerk::entries_bring_who_took_part,
    clerk::instructors_have_firms_and_visits,
    clerk::cases_of_a_quarter_are_replaced,
    firms::a_firm_is_stored_once_per_version,
    firms::the_lists_hold_what_the_rates_count,
    firms::an_import_is_undone_whole,
    ledger::words_are_stored_once_per_version,
    reports::a_unit_has_one_report_a_year,
    reports::a_section_is_stored_once_per_version,
    reports::an_answer_is_stored_once_per_version,
    reports::a_submission_is_kept_with_its_remarks_and_moves,
    decks::slides_are_stored_once_per_version,
    decks::only_confirmed_photos_and_problems_of_the_year_are_offered,
    decks::the_hall_shows_one_deck_of_a_presenter_and_its_photos,
    ledger::an_entry_is_stored_once_per_version_and_state,
    ledger::a_list_of_entries_is_narrowed_and_goes_on,
    ledger::meetings_and_classes_are_counted,
    ledger::a_matter_moves_on_once,
    ledger::nobody_closes_what_they_reported,
    ledger::a_list_of_matters_sorts_by_day_with_those_without_at_the_end,
    ledger::a_change_is_decided_once,
    ledger::evidence_of_a_report_stays,
    map::a_drawing_is_stored_once_per_version,
    map::a_check_keeps_its_figures,
    map::firms_of_a_check_had_opened_and_stand_below,
    map::a_year_counts_what_is_not_given_back,
    map::a_matter_is_open_until_the_day_it_is_closed,
    followup::a_matter_keeps_what_it_is_made_of,
    followup::an_opinion_is_struck_by_two,
    followup::last_years_list_is_of_its_appraisal,
    followup::progress_counts_each_matter_once,
    indicators::figures_are_counted_to_the_last_row,
    indicators::the_newest_count_of_members_is_taken,
    indicators::an_indicator_is_stored_once_per_version,
    indicators::search_counts_the_pairs_something_holds,
    grades::an_evaluation_is_replaced_and_taken_back,
    grades::nobody_confirms_what_they_entered,
    grades::a_changed_decision_is_confirmed_anew,
    grades::a_record_that_a_configuration_names_is_found,
    backup::every_table_and_column_is_in_a_backup,
    backup::tables_come_out_and_go_in_unchanged,
    backup::a_restore_into_a_used_database_is_refused,
];

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(4)
        .enable_all()
        .build()
        .unwrap()
}

#[test]
fn sqlite() {
    let runtime = runtime();
    for (name, case) in CASES {
        eprintln!("sqlite: {name}");
        let folder = tempfile::tempdir().unwrap();
        runtime.block_on(async {
            let store = Store::open(&StoreOptions::sqlite(
                &folder.path().join("test ?#%.sqlite"),
            ))
            .await
            .unwrap();
            case(store.clone()).await;
            store.close().await;
        });
    }
}

#[test]
fn postgres() {
    let cluster = match Cluster::start() {
        Ok(cluster) => cluster,
        Err(ClusterError::Missing) if !Cluster::required() => return,
        Err(error) => panic!("{error}"),
    };
    let runtime = runtime();
    for (name, case) in CASES {
        eprintln!("postgres: {name}");
        runtime.block_on(async {
            let url = cluster.database(&format!("case_{name}")).await.unwrap();
            let store = Store::open(&StoreOptions::url(url)).await.unwrap();
            case(store.clone()).await;
            store.close().await;
        });
    }
}

/// Several nodes that start at once on one empty database, and a program that meets a newer schema.
#[test]
fn schema_is_made_once_and_a_newer_one_is_refused() {
    let runtime = runtime();
    let folder = tempfile::tempdir().unwrap();
    let options = StoreOptions::sqlite(&folder.path().join("a.sqlite"));
    runtime.block_on(schema(options));
    match Cluster::start() {
        Ok(cluster) => runtime.block_on(async {
            let url = cluster.database("schema").await.unwrap();
            schema(StoreOptions::url(url)).await;
        }),
        Err(ClusterError::Missing) if !Cluster::required() => {}
        Err(error) => panic!("{error}"),
    }
}

async fn schema(options: StoreOptions) {
    let starts: Vec<_> = (0..4)
        .map(|_| {
            let options = options.clone();
            tokio::spawn(async move { Store::open(&options).await })
        })
        .collect();
    let mut stores = Vec::new();
    for start in starts {
        stores.push(start.await.unwrap().unwrap());
    }
    let mut tx = stores[0].begin().await.unwrap();
    sqlx::raw_sql("INSERT INTO migrations (version, checksum) VALUES (999, 'x')")
        .execute(&mut *tx)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    for store in stores {
        store.close().await;
    }
    let error = Store::open(&options).await.unwrap_err();
    assert!(
        matches!(error, pingyi_store::StoreError::Schema { found: 999, .. }),
        "{error}"
    );
}
