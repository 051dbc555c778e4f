//! The names of states and actions, the same on the wire, in the audit trail and in the diagram.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::error::DomainError;

/// Makes an enum of names with their spelling on the wire.
macro_rules! names {
    ($(#[$doc:meta])* $name:ident { $($(#[$inner:meta])* $variant:ident => $text:literal,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum $name {
            $($(#[$inner])* #[serde(rename = $text)] $variant,)*
        }

        impl $name {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$variant,)*];

            /// The name on the wire.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text,)* }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str(self.as_str())
            }
        }

        impl FromStr for $name {
            type Err = DomainError;

            /// # Errors
            /// [`DomainError::State`].
            fn from_str(text: &str) -> Result<Self, DomainError> {
                Self::ALL
                    .iter()
                    .copied()
                    .find(|name| name.as_str() == text)
                    .ok_or_else(|| DomainError::State { text: text.to_owned() })
            }
        }
    };
}

names! {
    /// The name of a state of an appraisal.
    StateName {
        /// 草稿
        Draft => "draft",
        /// 密钥已生成
        Keyed => "keyed",
        /// 已封存
        Sealed => "sealed",
        /// 投票中
        Open => "open",
        /// 暂停
        Paused => "paused",
        /// 已截止
        Closed => "closed",
        /// 已计票
        Counted => "counted",
        /// 已公布
        Released => "released",
        /// 已归档
        Archived => "archived",
        /// 已作废
        Voided => "voided",
    }
}

names! {
    /// What may be done to an appraisal; names as in the addresses of contract §3.2.
    Action {
        /// The last teller's output has been verified.
        Key => "key",
        /// Throw the keys away and start the ceremony again.
        ResetKeys => "reset_keys",
        /// Freeze everything and write each board's first event.
        Seal => "seal",
        /// Let the boxes take ballots.
        Open => "open",
        /// Stop taking ballots for now.
        Pause => "pause",
        /// Take ballots again.
        Resume => "resume",
        /// Take no more ballots.
        Close => "close",
        /// The last box is opened or skipped.
        Count => "count",
        /// Keep the result for the committee.
        Keep => "keep",
        /// Make the result known.
        Release => "release",
        /// Put everything away.
        Archive => "archive",
        /// Declare it void.
        Void => "void",
        /// Wipe a rehearsal.
        Wipe => "wipe",
        /// Delete a draft.
        Delete => "delete",
    }
}
