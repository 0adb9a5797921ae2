//! One line of the audit log, and what its hash is made of.

use std::fmt;

use sha2::{Digest as _, Sha256};

/// What the hashes of this encoding begin with: another encoding is another chain.
const ENCODING: &str = "binhyen audit line 1";

/// The hash of a line.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct LineHash([u8; 32]);

impl LineHash {
    /// That of stored bytes; none where they are not 32.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        bytes.try_into().ok().map(Self)
    }

    /// That of 64 hexadecimal digits; none of anything else.
    pub fn from_hex(text: &str) -> Option<Self> {
        let mut bytes = [0; 32];
        hex::decode_to_slice(text, &mut bytes).ok().map(|()| Self(bytes))
    }

    /// Its bytes, as they are stored.
    pub fn to_bytes(self) -> [u8; 32] {
        self.0
    }
}

impl fmt::Display for LineHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex::encode(self.0))
    }
}

impl fmt::Debug for LineHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// What somebody did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum AuditAction {
    /// Single incidents were read as a page.
    Points,
    /// A tile with single incidents was sent.
    PointsTile,
    /// Squares of incidents were read.
    Squares,
    /// A table or a drawing was taken by a role.
    Export,
    /// Records were written.
    Write,
    /// A report of somebody was judged.
    Judgement,
    /// A role was used for the first time, or again after a pause.
    SignIn,
    /// A request was refused for want of a role.
    Refusal,
    /// The tokens that open roles became others.
    Tokens,
    /// Addresses of tiles were signed for programs that send no token.
    Template,
    /// Old lines were removed, as it is configured.
    Retention,
}

impl AuditAction {
    /// Every action.
    pub const ALL: [Self; 11] = [
        Self::Points,
        Self::PointsTile,
        Self::Squares,
        Self::Export,
        Self::Write,
        Self::Judgement,
        Self::SignIn,
        Self::Refusal,
        Self::Tokens,
        Self::Template,
        Self::Retention,
    ];

    /// The word for it in lines.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Points => "points",
            Self::PointsTile => "points_tile",
            Self::Squares => "squares",
            Self::Export => "export",
            Self::Write => "write",
            Self::Judgement => "judgement",
            Self::SignIn => "sign_in",
            Self::Refusal => "refusal",
            Self::Tokens => "tokens",
            Self::Template => "template",
            Self::Retention => "retention",
        }
    }
}

/// One thing that somebody did, before it has its place in the chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditEntry {
    /// When, in milliseconds since 1970 UTC.
    pub moment_ms: i64,
    /// Whose token: the first digits of its hash, or of the hash of who signed in elsewhere; empty for nobody's.
    pub token_id: String,
    /// What the holder is called.
    pub label: String,
    /// The role; empty where none was opened.
    pub role: String,
    /// What was done, in the word of [`AuditAction`]. As text, so that a line of a later program can be read too.
    pub action: String,
    /// With what: the address with its parameters in order, or what was written.
    pub question: String,
    /// How many rows were read or written; none where they were not counted.
    pub rows: Option<u64>,
    /// The request, as the log of requests names it; empty outside of one.
    pub request_id: String,
}

/// The end of a chain: the number and the hash of its last line. Before the first line both are nought.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ChainEnd {
    /// The number of the last line.
    pub number: u64,
    /// Its hash.
    pub hash: LineHash,
}

impl fmt::Display for ChainEnd {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.number, self.hash)
    }
}

/// Why a text is no end of a chain.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not NUMBER:HASH with 64 hexadecimal digits, as `binhyen audit verify` prints it")]
pub struct ChainEndError(String);

impl std::str::FromStr for ChainEnd {
    type Err = ChainEndError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let parts = text.split_once(':');
        let read = parts
            .and_then(|(number, hash)| Some(Self { number: number.parse().ok()?, hash: LineHash::from_hex(hash)? }));
        read.ok_or_else(|| ChainEndError(text.to_owned()))
    }
}

/// An entry in its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditLine {
    /// Its number; that of the line before and one.
    pub number: u64,
    /// What happened.
    pub entry: AuditEntry,
    /// The hash of the line before.
    pub previous: LineHash,
    /// Its own.
    pub hash: LineHash,
}

impl AuditLine {
    /// The line of an entry after the end of a chain.
    pub fn after(end: ChainEnd, entry: AuditEntry) -> Self {
        let number = end.number + 1;
        Self { number, previous: end.hash, hash: hash_of(number, &entry, end.hash), entry }
    }

    /// The end of a chain whose last line this is.
    pub fn end(&self) -> ChainEnd {
        ChainEnd { number: self.number, hash: self.hash }
    }

    /// The hash that a line with these contents has.
    pub fn computed_hash(&self) -> LineHash {
        hash_of(self.number, &self.entry, self.previous)
    }

    /// The hash that it would have in the place of another number.
    pub fn hash_as(&self, number: u64) -> LineHash {
        hash_of(number, &self.entry, self.previous)
    }
}

/// Each field stands with its length, so that no two lines are written alike.
fn hash_of(number: u64, entry: &AuditEntry, previous: LineHash) -> LineHash {
    let AuditEntry { moment_ms, token_id, label, role, action, question, rows, request_id } = entry;
    let mut hash = Sha256::new();
    let mut field = |bytes: &[u8]| {
        hash.update((bytes.len() as u64).to_be_bytes());
        hash.update(bytes);
    };
    field(ENCODING.as_bytes());
    field(&number.to_be_bytes());
    field(&moment_ms.to_be_bytes());
    for text in [token_id, label, role, action, question] {
        field(text.as_bytes());
    }
    // A number that is not there has no bytes, which no number has.
    field(&rows.map(u64::to_be_bytes).as_slice().concat());
    field(request_id.as_bytes());
    field(&previous.0);
    LineHash(hash.finalize().into())
}

/// The question of the line that witnesses a cut.
pub fn cut_question(cut: ChainEnd) -> String {
    format!("lines up to {cut}")
}

#[cfg(test)]
pub(super) mod tests {
    use proptest::prelude::*;

    use super::*;

    pub(in crate::domain::audit) fn entry(question: &str, rows: Option<u64>) -> AuditEntry {
        AuditEntry {
            moment_ms: 1_764_468_000_000,
            token_id: "ba7816bf".into(),
            label: "desk".into(),
            role: "commander".into(),
            action: AuditAction::Points.as_str().into(),
            question: question.into(),
            rows,
            request_id: "r-1".into(),
        }
    }

    #[test]
    fn a_line_is_the_hash_of_its_fields_each_with_its_length() {
        // Worked by hand with another program: the fields of `hash_of`, each after its length in eight bytes.
        let line = AuditLine::after(ChainEnd::default(), entry("/incidents", Some(3)));
        let mut bytes = Vec::new();
        let fields: [&[u8]; 11] = [
            b"binhyen audit line 1",
            &1_u64.to_be_bytes(),
            &1_764_468_000_000_i64.to_be_bytes(),
            b"ba7816bf",
            b"desk",
            b"commander",
            b"points",
            b"/incidents",
            &3_u64.to_be_bytes(),
            b"r-1",
            &[0; 32],
        ];
        for field in fields {
            bytes.extend((field.len() as u64).to_be_bytes());
            bytes.extend(field);
        }
        let expected: [u8; 32] = Sha256::digest(&bytes).into();
        assert_eq!((line.number, line.hash.to_bytes()), (1, expected));
        let next = AuditLine::after(line.end(), entry("/incidents", None));
        assert_eq!((next.number, next.previous), (2, line.hash));
    }

    #[test]
    fn no_rows_and_nought_rows_are_two_lines() {
        let of = |rows| AuditLine::after(ChainEnd::default(), entry("", rows)).hash;
        assert_ne!(of(None), of(Some(0)));
    }

    #[test]
    fn end_of_a_chain_is_read_as_it_is_written() {
        let end = AuditLine::after(ChainEnd::default(), entry("", None)).end();
        assert_eq!(end.to_string().parse(), Ok(end));
        for wrong in ["", "1", "1:ab", "x:00", &format!("-1:{}", end.hash)] {
            assert!(wrong.parse::<ChainEnd>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn each_action_has_a_word_of_its_own() {
        let mut words = AuditAction::ALL.map(AuditAction::as_str).to_vec();
        words.sort_unstable();
        words.dedup();
        assert_eq!(words.len(), AuditAction::ALL.len());
    }

    proptest! {
        #[test]
        fn letters_do_not_pass_from_one_field_to_the_next(one in "[a-z]{0,6}", two in "[a-z]{0,6}") {
            let of = |label: &str, role: &str| {
                let entry = AuditEntry { label: label.into(), role: role.into(), ..entry("", None) };
                AuditLine::after(ChainEnd::default(), entry).hash
            };
            let (joined, nothing) = (format!("{one}{two}"), "");
            prop_assert_eq!(of(&one, &two) == of(&joined, nothing), two.is_empty());
        }

        #[test]
        fn any_other_content_is_another_hash(question in ".{0,20}", rows in prop::option::of(any::<u64>())) {
            let line = AuditLine::after(ChainEnd::default(), entry(&question, rows));
            prop_assert_eq!(line.computed_hash(), line.hash);
            let mut changed = line.clone();
            changed.entry.question.push('x');
            prop_assert_ne!(changed.computed_hash(), line.hash);
            prop_assert_ne!(line.hash_as(2), line.hash);
        }
    }
}
