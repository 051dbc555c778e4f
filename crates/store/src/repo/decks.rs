//! The slides of duty reports: how they are arranged, what is typed for them, the facts frozen with a submission, the
//! photos and problems they may show, and what the hall shows.

use pingyi_domain::record::UnitPath;

use crate::{AppraisalId, Conn, Result};

/// How the slides of a report are arranged.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct DeckRow {
    /// Id of the report.
    pub report: String,
    /// Version, from 1.
    pub version: i64,
    /// JSON.
    pub arrangement: String,
    /// Who arranged last.
    pub actor: String,
    /// Seconds since 1970.
    pub at: i64,
}

/// What is typed for a slide.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct SlideTextRow {
    /// Id of the report.
    pub report: String,
    /// Which slide.
    pub slide: String,
    /// `title` or `points`.
    pub field: String,
    /// Version, from 1.
    pub version: i64,
    /// Text as typed; empty leaves it to the proposal.
    pub text: String,
    /// Who wrote it last.
    pub actor: String,
    /// Seconds since 1970.
    pub at: i64,
}

/// A photo of the evidence of a confirmed entry.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct PhotoRow {
    /// Id of the evidence.
    pub id: String,
    /// Id of the entry.
    pub entry: String,
    /// SHA-256 of the file.
    pub sha256: String,
    /// Media type.
    pub media: String,
    /// What it shows in words, else the entry's title.
    pub caption: String,
    /// Day of the entry.
    pub on_date: String,
    /// Pixels.
    pub width: i64,
    /// Pixels.
    pub height: i64,
}

/// A problem of the year.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct ProblemRow {
    /// What it is about.
    pub title: String,
    /// State on the wire.
    pub state: String,
    /// What its newest report said, else its measures.
    pub done: String,
}

/// The slides the hall shows of a presenter.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct ShownRow {
    /// Id of the appraisal.
    pub appraisal: String,
    /// Code of the presenter.
    pub presenter: String,
    /// Id of the report.
    pub report: String,
    /// JSON, exactly what is shown.
    pub deck: String,
    /// SHA-256 of it.
    pub hash: String,
    /// Seconds since 1970.
    pub at: i64,
}

/// A presenter's slides without what stands on them.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct ShownHead {
    /// Code of the presenter.
    pub presenter: String,
    /// Id of the report.
    pub report: String,
    /// SHA-256 of the slides.
    pub hash: String,
}

crate::statements::statements! {
    DECK = "SELECT report, version, arrangement, actor, at FROM report_decks WHERE report = $1";
    ADD_DECK = "INSERT INTO report_decks (report, version, arrangement, actor, at) VALUES ($1, 1, $2, $3, $4) \
                ON CONFLICT (report) DO NOTHING";
    PUT_DECK = "UPDATE report_decks SET version = version + 1, arrangement = $3, actor = $4, at = $5 \
                WHERE report = $1 AND version = $2";
    TEXTS = "SELECT report, slide, field, version, text, actor, at FROM report_slide_texts WHERE report = $1 \
             ORDER BY slide, field";
    ADD_TEXT = "INSERT INTO report_slide_texts (report, slide, field, version, text, actor, at) \
                VALUES ($1, $2, $3, 1, $4, $5, $6) ON CONFLICT (report, slide, field) DO NOTHING";
    PUT_TEXT = "UPDATE report_slide_texts SET version = version + 1, text = $5, actor = $6, at = $7 \
                WHERE report = $1 AND slide = $2 AND field = $3 AND version = $4";
    ADD_FACTS = "INSERT INTO report_deck_facts (report, seq, facts) VALUES ($1, $2, $3)";
    FACTS = "SELECT facts FROM report_deck_facts WHERE report = $1 AND seq = $2";
    // A picture has pixels and is of one of the two kinds every screen and paper takes.
    PHOTOS = "SELECT f.id, n.id AS entry, f.sha256, f.media, CASE WHEN f.caption <> '' THEN f.caption ELSE n.title END AS caption, \
              n.on_date, f.width, f.height FROM evidence f JOIN entries n ON n.id = f.entry \
              WHERE n.state = 'confirmed' AND n.on_date >= $1 AND n.on_date <= $2 \
              AND n.unit IN (SELECT id FROM units WHERE path >= $3 AND path < $4) \
              AND f.media IN ('image/jpeg', 'image/png') AND f.width > 0 AND f.height > 0 \
              ORDER BY n.on_date DESC, n.id, f.place, f.id LIMIT $5";
    PHOTO_NAMED = "SELECT f.id, n.id AS entry, f.sha256, f.media, \
                   CASE WHEN f.caption <> '' THEN f.caption ELSE n.title END AS caption, \
                   n.on_date, f.width, f.height FROM evidence f JOIN entries n ON n.id = f.entry \
                   WHERE n.state = 'confirmed' AND n.on_date >= $1 AND n.on_date <= $2 \
                   AND n.unit IN (SELECT id FROM units WHERE path >= $3 AND path < $4) \
                   AND f.media IN ('image/jpeg', 'image/png') AND f.width > 0 AND f.height > 0 \
                   AND f.id IN (SELECT id FROM evidence WHERE id = $5 OR sha256 = $5) \
                   ORDER BY n.on_date DESC, n.id, f.place, f.id LIMIT 1";
    PROBLEMS = "SELECT m.title, m.state, COALESCE((SELECT v.text FROM matter_moves v WHERE v.matter = m.id \
                AND v.move = 'report' AND v.text <> '' AND m.state IN ('reported', 'closed') ORDER BY v.seq DESC LIMIT 1), m.measures) \
                AS done FROM matters m WHERE m.list = 'problem' AND m.raised_on <= $2 \
                AND (m.raised_on >= $1 OR m.closed_on IS NULL OR m.closed_on >= $1) \
                AND m.unit IN (SELECT id FROM units WHERE path >= $3 AND path < $4) \
                ORDER BY CASE WHEN m.closed_on IS NULL THEN 1 ELSE 0 END, m.raised_on, m.id";
    DROP_PHOTOS = "DELETE FROM shown_deck_photos WHERE appraisal = $1 AND presenter = $2";
    DROP_SHOWN = "DELETE FROM shown_decks WHERE appraisal = $1 AND presenter = $2";
    ADD_SHOWN = "INSERT INTO shown_decks (appraisal, presenter, report, deck, hash, at) VALUES ($1, $2, $3, $4, $5, $6)";
    ADD_PHOTO = "INSERT INTO shown_deck_photos (appraisal, presenter, sha256, media) VALUES ($1, $2, $3, $4) \
                 ON CONFLICT (appraisal, presenter, sha256) DO NOTHING";
    SHOWN = "SELECT appraisal, presenter, report, deck, hash, at FROM shown_decks WHERE appraisal = $1 AND presenter = $2";
    HEADS = "SELECT presenter, report, hash FROM shown_decks WHERE appraisal = $1 ORDER BY presenter";
    PHOTO = "SELECT media FROM shown_deck_photos WHERE appraisal = $1 AND presenter = $2 AND sha256 = $3";
    OF_REPORT = "SELECT presenter, report, hash FROM shown_decks WHERE report = $1 ORDER BY at DESC, presenter";
}

/// The arrangement of a report's slides, where somebody arranged them.
///
/// # Errors
/// When the database fails.
pub async fn deck(conn: &mut Conn, report: &str) -> Result<Option<DeckRow>> {
    let query = sqlx::query_as(DECK).bind(report);
    Ok(query.fetch_optional(conn).await?)
}

/// Stores an arrangement that still has the version of the row (0: there is none yet) and raises it; false when somebody
/// was faster.
///
/// # Errors
/// When the database fails.
pub async fn put_deck(conn: &mut Conn, row: &DeckRow) -> Result<bool> {
    let query = if row.version == 0 {
        sqlx::query(ADD_DECK).bind(row.report.as_str())
    } else {
        let query = sqlx::query(PUT_DECK).bind(row.report.as_str());
        query.bind(row.version)
    };
    let query = query
        .bind(row.arrangement.as_str())
        .bind(row.actor.as_str());
    let done = query.bind(row.at).execute(conn).await?;
    Ok(done.rows_affected() == 1)
}

/// What is typed for the slides of a report.
///
/// # Errors
/// When the database fails.
pub async fn texts(conn: &mut Conn, report: &str) -> Result<Vec<SlideTextRow>> {
    Ok(sqlx::query_as(TEXTS).bind(report).fetch_all(conn).await?)
}

/// As [`put_deck`], for what is typed for a slide.
///
/// # Errors
/// When the database fails.
pub async fn put_text(conn: &mut Conn, row: &SlideTextRow) -> Result<bool> {
    let query = sqlx::query(if row.version == 0 { ADD_TEXT } else { PUT_TEXT });
    let query = query
        .bind(row.report.as_str())
        .bind(row.slide.as_str())
        .bind(row.field.as_str());
    let query = if row.version == 0 {
        query
    } else {
        query.bind(row.version)
    };
    let query = query.bind(row.text.as_str()).bind(row.actor.as_str());
    let done = query.bind(row.at).execute(conn).await?;
    Ok(done.rows_affected() == 1)
}

/// Keeps the facts of a submission.
///
/// # Errors
/// [`crate::StoreError::Orphan`] without the submission.
pub async fn add_facts(conn: &mut Conn, report: &str, seq: i64, facts: &str) -> Result<()> {
    let query = sqlx::query(ADD_FACTS).bind(report).bind(seq).bind(facts);
    query.execute(conn).await?;
    Ok(())
}

/// The facts of a submission; none for those of before there were slides.
///
/// # Errors
/// When the database fails.
pub async fn facts(conn: &mut Conn, report: &str, seq: i64) -> Result<Option<String>> {
    let query = sqlx::query_scalar(FACTS).bind(report).bind(seq);
    Ok(query.fetch_optional(conn).await?)
}

/// The photos of confirmed entries of a unit and all below it from day to day, the newest first.
///
/// # Errors
/// When the database fails.
pub async fn photos(
    conn: &mut Conn,
    (from, until): (&str, &str),
    place: &UnitPath,
    most: i64,
) -> Result<Vec<PhotoRow>> {
    Ok(sqlx::query_as(PHOTOS)
        .bind(from)
        .bind(until)
        .bind(place.as_str())
        .bind(place.end())
        .bind(most)
        .fetch_all(conn)
        .await?)
}

/// One of these photos, however many are newer, by the id of the evidence or the SHA-256 of its file.
///
/// # Errors
/// When the database fails.
pub async fn photo_named(
    conn: &mut Conn,
    (from, until): (&str, &str),
    place: &UnitPath,
    name: &str,
) -> Result<Option<PhotoRow>> {
    Ok(sqlx::query_as(PHOTO_NAMED)
        .bind(from)
        .bind(until)
        .bind(place.as_str())
        .bind(place.end())
        .bind(name)
        .fetch_optional(conn)
        .await?)
}

/// The problems of a unit and all below it that were raised from day to day or not closed before: the closed first.
///
/// # Errors
/// When the database fails.
pub async fn problems(
    conn: &mut Conn,
    (from, until): (&str, &str),
    place: &UnitPath,
) -> Result<Vec<ProblemRow>> {
    Ok(sqlx::query_as(PROBLEMS)
        .bind(from)
        .bind(until)
        .bind(place.as_str())
        .bind(place.end())
        .fetch_all(conn)
        .await?)
}

async fn clear(conn: &mut Conn, appraisal: &str, presenter: &str) -> Result<bool> {
    let mut cleared = 0;
    for statement in [DROP_PHOTOS, DROP_SHOWN] {
        let query = sqlx::query(statement).bind(appraisal).bind(presenter);
        cleared = query.execute(&mut *conn).await?.rows_affected();
    }
    Ok(cleared > 0)
}

/// Takes away what the hall shows of a presenter; false where it showed nothing.
///
/// # Errors
/// When the database fails.
pub async fn drop_shown(conn: &mut Conn, id: &AppraisalId, presenter: &str) -> Result<bool> {
    clear(conn, id.as_str(), presenter).await
}

/// Puts what the hall shows of a presenter in the place of what it showed; `photos` are hash and media type.
///
/// # Errors
/// When the database fails.
pub async fn put_shown(conn: &mut Conn, row: &ShownRow, photos: &[(String, String)]) -> Result<()> {
    clear(conn, &row.appraisal, &row.presenter).await?;
    sqlx::query(ADD_SHOWN)
        .bind(row.appraisal.as_str())
        .bind(row.presenter.as_str())
        .bind(row.report.as_str())
        .bind(row.deck.as_str())
        .bind(row.hash.as_str())
        .bind(row.at)
        .execute(&mut *conn)
        .await?;
    for (sha256, media) in photos {
        sqlx::query(ADD_PHOTO)
            .bind(row.appraisal.as_str())
            .bind(row.presenter.as_str())
            .bind(sha256.as_str())
            .bind(media.as_str())
            .execute(&mut *conn)
            .await?;
    }
    Ok(())
}

/// What the hall shows of a presenter.
///
/// # Errors
/// When the database fails.
pub async fn shown(conn: &mut Conn, id: &AppraisalId, presenter: &str) -> Result<Option<ShownRow>> {
    let query = sqlx::query_as(SHOWN).bind(id.as_str()).bind(presenter);
    Ok(query.fetch_optional(conn).await?)
}

/// Which presenters of an appraisal have slides that the hall shows.
///
/// # Errors
/// When the database fails.
pub async fn heads(conn: &mut Conn, id: &AppraisalId) -> Result<Vec<ShownHead>> {
    let query = sqlx::query_as(HEADS).bind(id.as_str());
    Ok(query.fetch_all(conn).await?)
}

/// Where slides of a report were shown.
///
/// # Errors
/// When the database fails.
pub async fn of_report(conn: &mut Conn, report: &str) -> Result<Vec<ShownHead>> {
    let query = sqlx::query_as(OF_REPORT).bind(report);
    Ok(query.fetch_all(conn).await?)
}

/// The media type of a photo in the slides of a presenter; none when it is not in them.
///
/// # Errors
/// When the database fails.
pub async fn photo(
    conn: &mut Conn,
    id: &AppraisalId,
    presenter: &str,
    sha256: &str,
) -> Result<Option<String>> {
    Ok(sqlx::query_scalar(PHOTO)
        .bind(id.as_str())
        .bind(presenter)
        .bind(sha256)
        .fetch_optional(conn)
        .await?)
}
