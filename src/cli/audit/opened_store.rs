//! The store of a data folder, opened for as long as it is asked.

use std::error::Error;

use tokio::runtime::Builder;

use crate::cli::data_folder::{DataFolder, DataOption};
use crate::store::Store;

/// Does something with the store of a data folder, which must be there.
pub(super) fn with_store<T>(
    data: &DataOption,
    work: impl AsyncFnOnce(&Store) -> Result<T, Box<dyn Error>>,
) -> Result<T, Box<dyn Error>> {
    let folder = DataFolder::new(&data.folder)?;
    Builder::new_current_thread().enable_all().build()?.block_on(async {
        let store = Store::open_existing(&folder.path, &folder.loaded_rules.taxonomy).await?;
        let done = work(&store).await;
        store.close().await;
        done
    })
}
