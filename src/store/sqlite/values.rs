//! The values of the parameters of a statement.

use sqlx::encode::Encode;
use sqlx::error::BoxDynError;
use sqlx::sqlite::SqliteArguments;
use sqlx::{Arguments as _, Sqlite, Type};

/// Values in the order of the parameters of a statement.
#[derive(Default)]
pub(in crate::store) struct Values {
    arguments: SqliteArguments,
    refused: Option<BoxDynError>,
}

impl Values {
    /// Room for so many values.
    pub(in crate::store) fn with_room_for(count: usize) -> Self {
        let mut values = Self::default();
        values.arguments.reserve(count, 0);
        values
    }

    /// Adds the value of the next parameter.
    pub(in crate::store) fn bind<'t, T: Encode<'t, Sqlite> + Type<Sqlite>>(&mut self, value: T) {
        if let Err(refusal) = self.arguments.add(value) {
            self.refused.get_or_insert(refusal);
        }
    }

    /// The values as the database takes them.
    pub(in crate::store) fn finished(self) -> Result<SqliteArguments, sqlx::Error> {
        match self.refused {
            Some(refusal) => Err(sqlx::Error::Encode(refusal)),
            None => Ok(self.arguments),
        }
    }
}
