//! The list of an agent's credited deposits.

use crate::engine::item::text;
use crate::ledger::journal::{DEPOSIT, line_of};
use crate::task::listing::Window;
use crate::{Store, StoreError, unavailable};
use aws_sdk_dynamodb::operation::query::QueryInput;
use aws_sdk_dynamodb::types::Select;
use domain::AgentId;
use domain::money::audit::JournalLine;

impl Store {
    /// Credited deposits of an agent, newest first: at most `limit` after `skip`, before `cursor` if
    /// there is one.
    pub async fn deposits(&self, agent: AgentId, window: &Window) -> Result<Vec<JournalLine>, StoreError> {
        let upper = match &window.cursor {
            Some(cursor) => format!("{DEPOSIT}{cursor}"),
            None => format!("{DEPOSIT}~"),
        };
        // The range includes the cursor's own row, which the window drops.
        let wanted = usize::try_from(window.reach()).unwrap_or_default() + 1;
        let (mut lines, mut next) = (Vec::new(), None);
        loop {
            let query = QueryInput::builder()
                .table_name(&self.tables.ledger)
                .select(Select::AllAttributes)
                .key_condition_expression("pk = :pk AND sk BETWEEN :low AND :high")
                .expression_attribute_values(":pk", text(agent))
                .expression_attribute_values(":low", text(DEPOSIT))
                .expression_attribute_values(":high", text(&upper))
                .scan_index_forward(false)
                .set_exclusive_start_key(next)
                .set_limit(i32::try_from(wanted - lines.len()).ok());
            let answer = self.database.send(query).await.map_err(unavailable("list deposits"))?;
            for item in answer.items.unwrap_or_default() {
                lines.push(line_of(item)?);
            }
            next = answer.last_evaluated_key;
            if next.is_none() || lines.len() >= wanted {
                break;
            }
        }
        Ok(window.cut(lines, cursor_of))
    }
}

/// The place of a deposit in the list.
pub fn cursor_of(line: &JournalLine) -> String {
    format!("{:013}#{}", line.at.millis(), line.id)
}
