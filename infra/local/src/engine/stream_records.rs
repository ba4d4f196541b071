//! What dynoxide leaves to do about its stream records: each write looks for the latest of them by reading all, and none
//! is ever deleted. An index finds the latest; a trigger deletes what is handled.

use super::Failure;
use super::kept::{Kept, TABLE, TEXT};
use rusqlite::Connection;

/// Adds both to the database at `place`, if they are not there.
///
/// # Errors
/// Its tables are not those that this was written for.
pub(super) fn prepare(place: &str) -> Result<(), Failure> {
    let handled = Kept::Handled.key();
    // Keys stand there with their type before them. A public sequence number is the stored one with a 1 and zeros before
    // it, twenty-one digits in all.
    let stored = format!("CAST(substr(json_extract(NEW.item_json, '$.{TEXT}.S'), 2) AS INTEGER)");
    // The last one handled stays: numbers go on from the highest.
    Connection::open(place)?.execute_batch(&format!(
        "CREATE INDEX IF NOT EXISTS _stream_records_by_number
             ON _stream_records (table_name, CAST(sequence_number AS INTEGER));
         CREATE TRIGGER IF NOT EXISTS _stream_records_trim
             AFTER INSERT ON \"{TABLE}\" WHEN NEW.pk = 'S:{handled}'
             BEGIN
                 DELETE FROM _stream_records
                 WHERE table_name = 'humanops-core' AND CAST(sequence_number AS INTEGER) < {stored};
             END;",
    ))?;
    Ok(())
}
