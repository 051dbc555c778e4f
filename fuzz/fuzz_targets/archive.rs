#![no_main]
libfuzzer_sys::fuzz_target!(|data: &[u8]| pingyi_fuzz::bodies::archive(data));
