//! What holds for every bit and every vote.

use super::*;

// --- properties ---

fn small_box() -> &'static (Vec<u8>, String) {
    static BOX: std::sync::OnceLock<(Vec<u8>, String)> = std::sync::OnceLock::new();
    BOX.get_or_init(|| {
        let mut scene = Scene::voted(&Plan {
            questions: 1,
            voters: 3,
            ..Plan::default()
        });
        let (steps, sidecar) = scene.opened(&[1, 2]);
        (write(&steps), sidecar.json())
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(200) })]

    #[test]
    fn any_changed_bit_of_an_archive_is_refused(bit in 0..small_box().0.len() * 8) {
        let (archive, sidecar) = small_box();
        let mut changed = archive.clone();
        changed[bit / 8] ^= 1 << (bit % 8);
        let status = judge(&changed, Some(sidecar)).status;
        prop_assert!(matches!(status, Status::Findings | Status::Unreadable), "bit {}", bit);
        let status = judge_foreign(&changed).status;
        prop_assert!(matches!(status, Status::Findings | Status::Unreadable), "bit {}", bit);
    }

    #[test]
    fn any_changed_bit_of_the_strong_proofs_is_refused(bit in 0..small_box().1.len() * 8) {
        let (archive, sidecar) = small_box();
        let mut changed = sidecar.clone().into_bytes();
        changed[bit / 8] ^= 1 << (bit % 8);
        let report = verify(&archive[..], Some(&changed), &Options::default(), &|_| ());
        prop_assert_eq!(report.status, Status::Findings);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(12) })]

    #[test]
    fn the_result_is_the_sum_of_the_last_marks(
        marks in proptest::collection::vec((0..4_usize, 0..4_usize, 0..4_usize), 3..9),
        seed in any::<u64>(),
    ) {
        let plan = Plan { questions: 2, voters: 4, seed, ..Plan::default() };
        let mut scene = Scene::sealed(&plan);
        let one = |chosen: usize| (0..4).map(|k| u8::from(k == chosen)).collect::<Vec<u8>>();
        let mut last = std::collections::BTreeMap::new();
        for (voter, first, second) in &marks {
            scene.cast(*voter, &[one(*first), one(*second)]);
            last.insert(*voter, [*first, *second]);
        }
        let mut expected = vec![vec![0_u64; 4]; 2];
        for choice in last.values() {
            expected[0][choice[0]] += 1;
            expected[1][choice[1]] += 1;
        }
        let (steps, sidecar) = scene.opened(&[2, 3]);
        let report = judge(&write(&steps), Some(&sidecar.json()));
        prop_assert_eq!(report.result, Some(expected));
        let enough = last.len() >= 3;
        prop_assert_eq!(report.status == Status::Valid, enough);
    }
}
